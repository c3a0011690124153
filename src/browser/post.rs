//! Posting a sealed request.

use std::time::Duration;

use gloo_net::http::Request;
use guide_core::request::envelope::MEDIA_TYPE;
use leptos::prelude::set_timeout;
use uuid::Uuid;

/// How long an answer may take: a few kilobytes over the slowest mobile network, several times
/// over.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// What came of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Stored; the reference by which intake knows it.
    Accepted {
        /// As the answer gives it.
        reference: String,
    },
    /// Not taken, and not taken if sent again as it is.
    Refused,
    /// Not taken now; sending again may succeed.
    Later,
    /// No answer: whether it arrived is not known. Sending again is harmless.
    Missing,
}

/// Posts an envelope. Nothing but the sealed bytes, their id and their type is sent.
pub async fn envelope(endpoint: &str, request_id: Uuid, envelope: String) -> Reply {
    // Not `AbortSignal.timeout`, which older phones do not have.
    let Ok(controller) = web_sys::AbortController::new() else { return Reply::Missing };
    let limit = controller.signal();
    set_timeout(move || controller.abort(), TIME_LIMIT);
    let request = Request::post(endpoint)
        .header("Content-Type", MEDIA_TYPE)
        .header("Idempotency-Key", &request_id.to_string())
        .abort_signal(Some(&limit))
        .credentials(web_sys::RequestCredentials::Omit)
        .referrer_policy(web_sys::ReferrerPolicy::NoReferrer)
        .body(envelope);
    let Ok(request) = request else { return Reply::Missing };
    let Ok(response) = request.send().await else { return Reply::Missing };
    match response.status() {
        // The gate of a guest network answers 200 to anything: only a receipt counts.
        200 | 201 => match reference(&response.text().await.unwrap_or_default()) {
            Some(reference) => Reply::Accepted { reference },
            None => Reply::Missing,
        },
        408 | 425 | 429 | 500.. => Reply::Later,
        _ => Reply::Refused,
    }
}

/// The reference in what intake answers. The browser reads the JSON: it has a reader already.
fn reference(receipt: &str) -> Option<String> {
    let receipt = js_sys::JSON::parse(receipt).ok()?;
    js_sys::Reflect::get(&receipt, &"reference".into()).ok()?.as_string()
}
