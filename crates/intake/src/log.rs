//! The structured log of this process, and a throttle for lines that anybody can cause.

use std::io::{self, IsTerminal};
use std::str::FromStr;
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tracing::Level;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

/// The default pause between two lines about refused requests.
const PAUSE: Duration = Duration::from_secs(60);

/// Throttles a log line that anybody can cause: at most one a minute, by default.
#[derive(Debug)]
pub struct LogThrottle(Option<DefaultDirectRateLimiter>);

impl Default for LogThrottle {
    fn default() -> Self {
        Self::every(PAUSE)
    }
}

impl LogThrottle {
    /// A throttle with a pause of its own.
    pub fn every(pause: Duration) -> Self {
        Self(Quota::with_period(pause).map(RateLimiter::direct))
    }

    /// Returns `true` if the line is to be written now.
    pub fn is_due(&self) -> bool {
        self.0.as_ref().is_none_or(|it| it.check().is_ok())
    }
}

/// The format of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// A word that names no format of the log.
#[derive(Debug, thiserror::Error)]
#[error("\"{0}\" is neither text nor json")]
pub struct NotAFormat(String);

impl FromStr for LogFormat {
    type Err = NotAFormat;

    fn from_str(word: &str) -> Result<Self, NotAFormat> {
        match word {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(NotAFormat(word.to_owned())),
        }
    }
}

/// Sends the logs of this process to standard error.
///
/// # Errors
/// An error if they go somewhere already.
pub fn init(format: LogFormat) -> Result<(), TryInitError> {
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    // Libraries log warnings only.
    let levels = Targets::new().with_default(Level::WARN).with_target("intake", Level::INFO);
    tracing_subscriber::registry().with(levels).with(lines).try_init()
}
