//! Headers of every response: rules for browsers.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    InvalidHeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;
use guide_core::policy::{INBOX, policy};

use crate::settings::FrameAncestors;

/// No device, no sensor, no payment, no topics: the pages use none, and embedded content may not.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), \
    camera=(), display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), hid=(), \
    identity-credentials-get=(), idle-detection=(), local-fonts=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), \
    screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";
/// The one of them that the inbox uses, itself and alone: a passkey opens the clinic's key.
const PASSKEYS: (&str, &str) = (
    "publickey-credentials-get=()",
    "publickey-credentials-create=(self), publickey-credentials-get=(self)",
);
/// The beginning of the paths whose responses are about requests and people.
const INTERFACE: &str = "/v1";
/// Isolates a page from the window that opened it.
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
/// Lists the features that a page may use.
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
/// Types of files that are never documents: browsers use them by the rules of the page that loads them. With
/// rules of their own each of these responses would be a kilobyte longer.
const PARTS: [&str; 3] = ["application/manifest+json", "application/wasm", "text/javascript"];

/// The headers that are the same for every response of the public listener, but that a page has a policy of its own,
/// see [`crate::site`], and parts of a page have none.
///
/// # Errors
/// An error if the sources cannot be a header, which [`FrameAncestors`] rules out.
pub fn fixed(
    frame_ancestors: &FrameAncestors,
    hsts: Option<u32>,
) -> Result<HeaderMap, InvalidHeaderValue> {
    let policy = with_frame_ancestors(&policy(&[], &[]), frame_ancestors);
    headers(&policy, PERMISSIONS, hsts)
}

/// The headers of every response of the listener for operations, with or without an inbox: nobody frames it, and a
/// passkey can open the clinic's key there.
///
/// # Errors
/// None: all of it is written here.
pub fn of_operations(hsts: Option<u32>) -> Result<HeaderMap, InvalidHeaderValue> {
    let policy = format!("{INBOX}; frame-ancestors 'none'");
    let (none, own) = PASSKEYS;
    let mut headers = headers(&policy, &PERMISSIONS.replace(none, own), hsts)?;
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    Ok(headers)
}

fn headers(
    policy: &str,
    permissions: &str,
    hsts: Option<u32>,
) -> Result<HeaderMap, InvalidHeaderValue> {
    let mut headers = HeaderMap::from_iter([
        (CONTENT_SECURITY_POLICY, HeaderValue::try_from(policy)?),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (PERMISSIONS_POLICY, HeaderValue::try_from(permissions)?),
        (OPENER_POLICY, HeaderValue::from_static("same-origin")),
    ]);
    if let Some(seconds) = hsts {
        let value = HeaderValue::try_from(format!("max-age={seconds}"))?;
        headers.insert(STRICT_TRANSPORT_SECURITY, value);
    }
    Ok(headers)
}

/// A policy for a response: a page cannot say itself which sites may frame it.
pub fn with_frame_ancestors(policy: &str, frame_ancestors: &FrameAncestors) -> String {
    format!("{policy}; frame-ancestors {}", frame_ancestors.as_str())
}

/// Returns `true` for a part of a page, such as a script, that is no document itself.
pub fn is_part(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|it| PARTS.iter().any(|part| it == part))
}

/// Adds the fixed headers to a response, where it does not have them already; to a part of a page only those
/// that browsers heed there.
pub async fn add(State(fixed): State<Arc<HeaderMap>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let part = is_part(response.headers());
    let of_documents =
        [CONTENT_SECURITY_POLICY, OPENER_POLICY, PERMISSIONS_POLICY, REFERRER_POLICY];
    for (name, value) in fixed.iter().filter(|(name, _)| !(part && of_documents.contains(name))) {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}

/// Adds the headers of operations to a response, to scripts too: a worker obeys the policy of its own response. What
/// is about requests and people is stored by no cache.
pub async fn add_to_operations(
    State(fixed): State<Arc<HeaderMap>>,
    request: Request,
    next: Next,
) -> Response {
    let rest = request.uri().path().strip_prefix(INTERFACE);
    let of_interface = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in fixed.iter() {
        headers.insert(name, value.clone());
    }
    if of_interface {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
