//! Origins of the pages that may use the interface. The guide's own always may; pages of other
//! origins only where the settings name them.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::{
    AUTHORIZATION, CONTENT_TYPE, ETAG, HOST, HeaderMap, HeaderName, HeaderValue, IF_MATCH, ORIGIN,
    RETRY_AFTER,
};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::cors::CorsLayer;

use super::problem::Problem;
use super::requests::{IDEMPOTENCY_KEY, PROOF_OF_WORK};

/// The time for which browsers may cache the response to a preflight.
const PREFLIGHT_AGE: Duration = Duration::from_secs(3600);

/// A listener, by what pages of other origins may do there.
#[derive(Clone, Copy)]
pub(super) enum Listener {
    /// They send requests.
    Public,
    /// They list and change them, by token.
    Operations,
}

/// Lets the pages of the given origins read responses.
pub(super) fn cross_origin(origins: &[HeaderValue], listener: Listener) -> CorsLayer {
    let of_origins = CorsLayer::new().allow_origin(origins.to_vec());
    let allowed =
        match listener {
            Listener::Public => of_origins
                .allow_methods([Method::GET, Method::POST])
                .allow_headers([CONTENT_TYPE, IDEMPOTENCY_KEY, PROOF_OF_WORK]),
            Listener::Operations => of_origins
                .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
                .allow_headers([AUTHORIZATION, CONTENT_TYPE, IF_MATCH]),
        };
    allowed.expose_headers([RETRY_AFTER, ETAG]).max_age(PREFLIGHT_AGE)
}

/// Refuses a request of a page of another origin.
pub(super) async fn check(
    State(origins): State<Arc<[HeaderValue]>>,
    request: Request,
    next: Next,
) -> Response {
    if is_allowed(request.headers(), &origins) {
        next.run(request).await
    } else {
        Problem::OriginNotAllowed.into_response()
    }
}

/// Clients that are no browsers send no origin. `Sec-Fetch-Site`, which only browsers can set and
/// proxies do not touch, marks a page's own origin. Older browsers do not send it; their origin is
/// compared with `Host`, which proxies may have to be configured to pass on.
fn is_allowed(headers: &HeaderMap, origins: &[HeaderValue]) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let sent_from = HeaderName::from_static("sec-fetch-site");
    headers.get(sent_from).is_some_and(|it| it == "same-origin")
        || origins.contains(origin)
        || headers.get(HOST).is_some_and(|host| is_of_host(origin, host))
}

fn is_of_host(origin: &HeaderValue, host: &HeaderValue) -> bool {
    let origin = origin.as_bytes();
    let authority = origin.strip_prefix(b"https://").or_else(|| origin.strip_prefix(b"http://"));
    authority.is_some_and(|it| it.eq_ignore_ascii_case(host.as_bytes()))
}
