//! Headers of every response: rules for browsers.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, InvalidHeaderValue,
    REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

use crate::settings::FrameAncestors;

/// No device, no sensor, no payment, no topics: the pages use none, and embedded content may not.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), \
    camera=(), display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), hid=(), \
    identity-credentials-get=(), idle-detection=(), local-fonts=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), \
    screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

/// The headers that are the same for every response. Nothing is loaded from another origin, nothing
/// inline runs, and no form is ever posted by the browser itself: the app seals and sends.
///
/// # Errors
/// An error if the sources cannot be a header, which [`FrameAncestors`] rules out.
pub fn fixed(
    frame_ancestors: &FrameAncestors,
    hsts: Option<u32>,
) -> Result<HeaderMap, InvalidHeaderValue> {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'none'; connect-src 'self'; frame-src 'self'; \
         manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors {}",
        frame_ancestors.as_str()
    );
    let mut headers = HeaderMap::from_iter([
        (CONTENT_SECURITY_POLICY, HeaderValue::try_from(policy)?),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS)),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ]);
    if let Some(seconds) = hsts {
        let value = HeaderValue::try_from(format!("max-age={seconds}"))?;
        headers.insert(STRICT_TRANSPORT_SECURITY, value);
    }
    Ok(headers)
}

/// Adds the fixed headers to a response.
pub async fn add(State(fixed): State<Arc<HeaderMap>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().extend(fixed.iter().map(|(name, value)| (name.clone(), value.clone())));
    response
}
