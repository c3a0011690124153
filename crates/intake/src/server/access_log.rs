//! A log line and a count for each request: method, route, status, duration, and the name of the
//! token of a call of the staff. Never a body, an id, an address or a path that somebody made up.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::api::TokenName;
use crate::metrics::Metrics;

/// Stands for the route of a request that the interface has no route for.
const SITE: &str = "site";

/// Logs and counts each response.
pub(super) async fn log_requests(
    State(metrics): State<Metrics>,
    mut request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let token = TokenName::default();
    request.extensions_mut().insert(token.clone());
    let response = next.run(request).await;
    let route = route.as_ref().map_or(SITE, MatchedPath::as_str);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    metrics.count_response(method.as_str(), route, status, took);
    let milliseconds = took.as_millis();
    tracing::info!(%method, route, status, token = token.get(), milliseconds, "answered");
    response
}
