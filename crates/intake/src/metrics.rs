//! Metrics for Prometheus: numbers, never who or what.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use time::OffsetDateTime;

/// The media type of [`Metrics::text`].
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds of the histogram's buckets, in seconds.
const BOUNDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// The metrics of the service. Cheap to clone; all clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Arc<Registry>,
    responses: Family<Response, Counter>,
    seconds: Family<Route, Histogram>,
    unknown_recipients: Counter,
    failed_tokens: Family<FailedToken, Counter>,
    connections: Gauge,
    refused: Family<Refused, Counter>,
    pending_notices: Gauge<u64, AtomicU64>,
    stored: Gauge<u64, AtomicU64>,
    max_stored: Gauge<u64, AtomicU64>,
    oldest_new: Gauge<u64, AtomicU64>,
    last_backup: Gauge<i64, AtomicI64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Response {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct FailedToken {
    reason: &'static str,
}

/// Why a token was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFailure {
    /// It is none, or was revoked.
    Unknown,
    /// Its last day is past.
    Expired,
    /// It does not have the scope of the call.
    Scope,
    /// It is not the secret of the link of the set-up, or that is closed.
    SetUp,
}

/// Counts a connection as open until it is dropped.
#[derive(Debug)]
pub struct OpenConnection(Gauge);

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("intake");
        let responses = Family::default();
        let seconds: Family<Route, Histogram> =
            Family::new_with_constructor(|| Histogram::new(BOUNDS));
        let (connections, pending_notices) = (Gauge::default(), Gauge::default());
        registry.register("responses", "Responses", responses.clone());
        registry.register_with_unit(
            "response_duration",
            "From the head of a request to the head of its response",
            Unit::Seconds,
            seconds.clone(),
        );
        let unknown_recipients = Counter::default();
        registry.register(
            "unknown_recipients",
            "Requests sealed for a key that the service does not know, refused or not",
            unknown_recipients.clone(),
        );
        let failed_tokens: Family<FailedToken, Counter> = Family::default();
        registry.register(
            "failed_tokens",
            "Tokens of the staff that were refused: unknown, expired, without the scope, or for a set-up",
            failed_tokens.clone(),
        );
        // From 0 on: of a count that begins at 1 Prometheus shows no increase.
        use TokenFailure::{Expired, Scope, SetUp, Unknown};
        for failure in [Unknown, Expired, Scope, SetUp] {
            failed_tokens.get_or_create(&failure.label()).inc_by(0);
        }
        registry.register("open_connections", "Connections open now", connections.clone());
        let refused = Family::default();
        registry.register(
            "refused_connections",
            "Connections closed at once: their address has its share, or all are in use",
            refused.clone(),
        );
        registry.register(
            "waiting_notices",
            "New requests whose notice is due and not sent yet",
            pending_notices.clone(),
        );
        let (stored, max_stored) = (Gauge::default(), Gauge::default());
        registry.register(
            "stored_requests",
            "Requests stored, whatever their state",
            stored.clone(),
        );
        registry.register("max_requests", "Most requests that may be stored", max_stored.clone());
        let oldest_new = Gauge::default();
        registry.register_with_unit(
            "oldest_new",
            "Age of the oldest request that nobody marked yet; 0 where there is none",
            Unit::Seconds,
            oldest_new.clone(),
        );
        let last_backup = Gauge::default();
        registry.register_with_unit(
            "last_backup_timestamp",
            "Moment that the last backup is of, since 1970; 0 where none was noted",
            Unit::Seconds,
            last_backup.clone(),
        );
        let registry = Arc::new(registry);
        Self {
            last_backup,
            oldest_new,
            stored,
            max_stored,
            registry,
            responses,
            seconds,
            unknown_recipients,
            failed_tokens,
            connections,
            refused,
            pending_notices,
        }
    }
}

impl Metrics {
    /// Counts a response. `route` is one of the service's own routes, never a path somebody made up;
    /// other methods than those of the interface count as one.
    pub fn count_response(&self, method: &str, route: &str, status: u16, took: Duration) {
        let method = ["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"]
            .into_iter()
            .find(|known| *known == method)
            .unwrap_or("other");
        let route = route.to_owned();
        self.responses.get_or_create(&Response { method, route: route.clone(), status }).inc();
        self.seconds.get_or_create(&Route { route }).observe(took.as_secs_f64());
    }

    /// Counts a request that is sealed for an unknown key.
    pub fn unknown_recipient(&self) {
        self.unknown_recipients.inc();
    }

    /// Counts a token that was refused.
    pub fn token_failed(&self, failure: TokenFailure) {
        self.failed_tokens.get_or_create(&failure.label()).inc();
    }

    /// Counts a connection that was opened.
    pub fn connected(&self) -> OpenConnection {
        self.connections.inc();
        OpenConnection(self.connections.clone())
    }

    /// Counts a connection that was closed at once, by the reason for it.
    pub fn refused(&self, reason: &'static str) {
        self.refused.get_or_create(&Refused { reason }).inc();
    }

    /// Sets the number of stored requests, and its maximum.
    pub fn stored(&self, stored: u64, max: u64) {
        self.stored.set(stored);
        self.max_stored.set(max);
    }

    /// Sets the age of the oldest request that is new.
    pub fn oldest_new(&self, age: Duration) {
        self.oldest_new.set(age.as_secs());
    }

    /// Sets the moment of the last backup; `None` where none was noted.
    pub fn last_backup(&self, backed_up_at: Option<OffsetDateTime>) {
        self.last_backup.set(backed_up_at.map_or(0, OffsetDateTime::unix_timestamp));
    }

    /// All metrics, in the text format of Prometheus.
    ///
    /// # Errors
    /// Errors of writing into a string, which has none.
    pub fn text(&self, pending_notices: u64) -> Result<String, std::fmt::Error> {
        self.pending_notices.set(pending_notices);
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

impl TokenFailure {
    const fn label(self) -> FailedToken {
        let reason = match self {
            Self::Unknown => "unknown",
            Self::Expired => "expired",
            Self::Scope => "scope",
            Self::SetUp => "set-up",
        };
        FailedToken { reason }
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.dec();
    }
}
