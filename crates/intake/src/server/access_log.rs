//! A log line and a count for each request: method, route, status, duration. Never a body, an id, an
//! address or a path that somebody made up.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::metrics::Metrics;

/// Stands for the route of a request that the interface has no route for.
const SITE: &str = "site";

/// Logs and counts each response.
pub(super) async fn log_requests(
    State(metrics): State<Metrics>,
    request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or(SITE, MatchedPath::as_str);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    metrics.count_response(method.as_str(), route, status, took);
    tracing::info!(%method, route, status, milliseconds = took.as_millis(), "answered");
    response
}
