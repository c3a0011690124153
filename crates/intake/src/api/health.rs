//! How the service is: alive, ready, busy.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use super::problem::{Problem, ProblemDetails};
use super::state::Intake;
use crate::metrics;

/// Returns `true` for the paths by which the service is watched.
pub fn is_about_health(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz" | "/metrics")
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

/// Tells whether requests can be stored, as found out by a write within the last second.
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

/// Counts for Prometheus.
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
    let waiting = intake.store.waiting_notices().await?;
    let text = intake.metrics.text(waiting).map_err(|_| Problem::StoreUnavailable)?;
    Ok(([(CONTENT_TYPE, metrics::MEDIA_TYPE)], text))
}
