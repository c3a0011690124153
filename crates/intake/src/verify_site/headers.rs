//! Headers of the pages: those that a server should send, and those that it should not.

use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderMap, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use clinic_core::readable;

use super::difference::Difference;

/// Headers by which a server could do something to readers without changing a byte of a page: send them
/// elsewhere, mark them, load or report something.
const UNWANTED: [&str; 11] = [
    "clear-site-data",
    "content-security-policy-report-only",
    "link",
    "nel",
    "refresh",
    "report-to",
    "reporting-endpoints",
    "service-worker-allowed",
    "set-cookie",
    "sourcemap",
    "speculation-rules",
];

/// The one directive that a server adds: a page cannot say itself which sites may frame it.
const FRAME_ANCESTORS: &str = "; frame-ancestors ";

/// The differences in these headers. Without a policy to compare with, any is right.
pub(super) fn differences(
    headers: &HeaderMap,
    is_page: bool,
    policy: Option<&str>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    if is_page && let Some(policy) = policy {
        let mut sent = headers.get_all(CONTENT_SECURITY_POLICY).iter();
        match (sent.next(), sent.next()) {
            (Some(sent), None) if is_policy(sent, policy.trim()) => {}
            (Some(sent), None) => found.push(Difference::PolicyChanged(shown(sent))),
            _ => found.push(Difference::PolicyMissing),
        }
    }
    if headers.get(X_CONTENT_TYPE_OPTIONS).is_none_or(|it| it != "nosniff") {
        found.push(Difference::NoNosniff);
    }
    for name in UNWANTED {
        found.extend(headers.get_all(name).iter().map(|it| Difference::Header(name, shown(it))));
    }
    found
}

fn is_policy(sent: &HeaderValue, policy: &str) -> bool {
    // A comma begins another policy (RFC 9110, 5.3).
    let is_one = |sources: &str| !sources.contains([';', ',']);
    let rest = sent.to_str().ok().and_then(|sent| sent.strip_prefix(policy));
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix(FRAME_ANCESTORS).is_some_and(is_one)
    })
}

/// A value as it can be shown in a terminal.
pub(super) fn shown(value: &HeaderValue) -> String {
    readable::shown(&String::from_utf8_lossy(value.as_bytes()))
}
