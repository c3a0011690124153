//! Calls of the service, from which this page came.

use gloo_net::http::{Method, RequestBuilder};
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

/// A call.
pub struct Call<'a> {
    /// The method.
    pub method: &'static str,
    /// The path, relative to this page.
    pub path: &'a str,
    /// The token of the person.
    pub token: Option<&'a str>,
    /// The version that a change is made upon.
    pub if_match: Option<u64>,
    /// The media type and the body.
    pub body: Option<(&'static str, String)>,
}

/// A response.
pub struct Reply {
    /// Its status.
    pub status: u16,
    /// The time by the server's clock, as HTTP writes it.
    pub date: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// Carries out a call. `None` where no response came.
pub async fn call(call: Call<'_>) -> Option<Reply> {
    let method = match call.method {
        "POST" => Method::POST,
        "PATCH" => Method::PATCH,
        "DELETE" => Method::DELETE,
        _ => Method::GET,
    };
    let mut request = RequestBuilder::new(call.path)
        .method(method)
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer);
    if let Some(token) = call.token {
        request = request.header("Authorization", &["Bearer ", token].concat());
    }
    if let Some(version) = call.if_match {
        request = request.header("If-Match", &format!("\"{version}\""));
    }
    let request = match call.body {
        Some((kind, body)) => request.header("Content-Type", kind).body(body),
        None => request.build(),
    };
    let response = request.ok()?.send().await.ok()?;
    let (status, date) = (response.status(), response.headers().get("Date"));
    Some(Reply { status, date, body: response.binary().await.ok()? })
}

/// A text as one segment of a path.
pub fn path_segment(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
