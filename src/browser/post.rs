//! Posts a sealed request. Apart from its bytes only id and media type are sent.

use std::time::Duration;

use gloo_net::http::Request;
use guide_core::request::envelope::MEDIA_TYPE;
use guide_core::request::outbox::{Challenge, Response};
use js_sys::{Date, JSON, Reflect};
use leptos::prelude::{set_timeout_with_handle, window};
use uuid::Uuid;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

/// The time limit of a post: several times what a few kilobytes take over the slowest mobile network.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Posts an envelope, with a proof of work if there is one. `abort` cancels it.
pub async fn post(
    endpoint: &str,
    id: Uuid,
    sealed: &str,
    proof: Option<&str>,
    abort: &AbortController,
) -> Response {
    // Older phones lack `AbortSignal.timeout`.
    let controller = abort.clone();
    let limit = set_timeout_with_handle(move || controller.abort(), TIME_LIMIT).ok();
    let response = send(endpoint, id, sealed, proof, abort).await;
    if let Some(limit) = limit {
        limit.clear();
    }
    // Browsers give no details of a network error.
    response.unwrap_or_else(|_| Response::Missing { online: window().navigator().on_line() })
}

async fn send(
    endpoint: &str,
    id: Uuid,
    sealed: &str,
    proof: Option<&str>,
    abort: &AbortController,
) -> Result<Response, gloo_net::Error> {
    let mut request = Request::post(endpoint)
        .header("Content-Type", MEDIA_TYPE)
        .header("Idempotency-Key", &id.to_string())
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&abort.signal()));
    if let Some(proof) = proof {
        request = request.header("Proof-Of-Work", proof);
    }
    let response = request.body(sealed)?.send().await?;
    let headers = response.headers();
    let retry_after =
        headers.get("Retry-After").and_then(|it| milliseconds(&it, headers.get("Date")));
    // A captive portal may respond with anything, or cut the body off.
    let body = response.text().await.ok().and_then(|text| JSON::parse(&text).ok());
    let body = body.unwrap_or(JsValue::UNDEFINED);
    Ok(Response::Http {
        status: response.status(),
        reference: text(&body, "reference"),
        retry_after,
        challenge: member(&body, "challenge").and_then(|it| challenge(&it)),
    })
}

/// The pause that `Retry-After` asks for, given in seconds or as a date. The date is compared with the
/// server's clock, since the device's may be wrong.
fn milliseconds(asked: &str, server_date: Option<String>) -> Option<u64> {
    if let Ok(seconds) = asked.parse::<u32>() {
        return Some(u64::from(seconds) * 1_000);
    }
    let pause = Date::parse(asked) - Date::parse(&server_date?);
    // `false` for NaN, if one of them is no date.
    (pause > 0.0).then_some(pause as u64)
}

fn challenge(asked: &JsValue) -> Option<Challenge> {
    Some(Challenge {
        algorithm: text(asked, "algorithm")?,
        challenge: text(asked, "challenge")?,
        salt: text(asked, "salt")?,
        signature: text(asked, "signature")?,
        max_number: member(asked, "maxnumber")?.as_f64()? as u32,
    })
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    member(object, name)?.as_string()
}

/// A member of a JavaScript value; `None` if the value is no object.
fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}
