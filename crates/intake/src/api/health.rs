//! Health of the service: alive, ready, metrics.

use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use time::OffsetDateTime;

use super::problem::{Problem, ProblemDetails};
use super::state::Intake;
use crate::metrics;

/// Returns `true` for the paths of health checks and metrics.
pub fn is_about_health(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz" | "/metrics")
}

/// Returns `true` if a request that begins so is a health check; `None` where more of it is needed to
/// know.
pub fn asks_about_health(begin: &[u8]) -> Option<bool> {
    let mut words = begin.split(|byte| *byte == b' ');
    let (_method, target, _rest) = (words.next()?, words.next()?, words.next()?);
    let path = target.split(|byte| *byte == b'?').next().unwrap_or(target);
    Some(str::from_utf8(path).is_ok_and(is_about_health))
}

/// Responds while the process runs.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "operation",
    responses((status = 200, body = String, content_type = "text/plain"))
)]
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// Responds with 200 if requests can be stored, as a write within the last second proved.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "operation",
    responses(
        (status = 200, body = String, content_type = "text/plain"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(super) async fn ready(State(intake): State<Intake>) -> Result<&'static str, Problem> {
    intake.store.probe().await?;
    Ok("ready\n")
}

/// Metrics for Prometheus.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operation",
    responses(
        (status = 200, body = String, content_type = "application/openmetrics-text"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(super) async fn metrics(State(intake): State<Intake>) -> Result<impl IntoResponse, Problem> {
    intake.rules.quota.count(&intake.store).await?;
    let oldest_new = intake.store.oldest_new().await?;
    // A clock that was put back since has received requests in the future.
    let age = oldest_new
        .and_then(|received_at| (OffsetDateTime::now_utc() - received_at).try_into().ok());
    intake.metrics.oldest_new(age.unwrap_or(Duration::ZERO));
    intake.metrics.last_backup(intake.store.last_backup().await?);
    let pending = intake.store.pending_notices().await?;
    let text = intake.metrics.text(pending).map_err(|_| Problem::StoreUnavailable)?;
    Ok(([(CONTENT_TYPE, metrics::MEDIA_TYPE)], text))
}
