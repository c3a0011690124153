//! Structured logs. Of a request: method, route, status, duration. Never a body, an id, an address
//! or a path that somebody made up.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tracing::Level;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

use crate::metrics::Metrics;

/// What stands for the route of a request that the interface has no route for.
const SITE: &str = "site";

/// The pause between two lines that say the same of everybody who is refused.
const PAUSE: Duration = Duration::from_secs(60);

/// Lets a line be written that anybody can cause, at most once a minute.
#[derive(Debug)]
pub struct Seldom(Option<DefaultDirectRateLimiter>);

impl Default for Seldom {
    fn default() -> Self {
        Self::every(PAUSE)
    }
}

impl Seldom {
    /// With a pause of its own.
    pub fn every(pause: Duration) -> Self {
        Self(Quota::with_period(pause).map(RateLimiter::direct))
    }

    /// Returns `true` if the line is to be written now.
    pub fn is_due(&self) -> bool {
        self.0.as_ref().is_none_or(|it| it.check().is_ok())
    }
}

/// The form of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// An object a line, for programs.
    Json,
}

/// Sends the logs of this process to standard error.
///
/// # Errors
/// Where they go somewhere already.
pub fn init(format: LogFormat) -> Result<(), TryInitError> {
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    // Of the libraries only warnings.
    let levels = Targets::new().with_default(Level::WARN).with_target("intake", Level::INFO);
    tracing_subscriber::registry().with(levels).with(lines).try_init()
}

/// Writes a line for each request answered, and counts it.
pub async fn requests(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or(SITE, MatchedPath::as_str);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    metrics.answered(method.as_str(), route, status, took);
    tracing::info!(%method, route, status, milliseconds = took.as_millis(), "answered");
    response
}
