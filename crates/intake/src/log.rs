//! Structured logs of this process, and lines that are written once a minute at most.

use std::io::{self, IsTerminal};
use std::str::FromStr;
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tracing::Level;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

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

/// A word that names no form of the log.
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
