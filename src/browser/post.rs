//! Posting a sealed request.

use gloo_net::http::Request;
use guide_core::request::envelope::MEDIA_TYPE;
use uuid::Uuid;

/// How long an answer may take, in milliseconds: a few kilobytes over the slowest mobile network,
/// several times over.
const TIME_LIMIT: u32 = 30_000;

/// What came of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
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
    NoAnswer,
}

/// Posts an envelope. Nothing but the sealed bytes, their id and their type is sent.
pub async fn envelope(endpoint: &str, request_id: Uuid, envelope: String) -> Answer {
    let limit = web_sys::AbortSignal::timeout_with_u32(TIME_LIMIT);
    let request = Request::post(endpoint)
        .header("Content-Type", MEDIA_TYPE)
        .header("Idempotency-Key", &request_id.to_string())
        .abort_signal(Some(&limit))
        .credentials(web_sys::RequestCredentials::Omit)
        .referrer_policy(web_sys::ReferrerPolicy::NoReferrer)
        .body(envelope);
    let Ok(request) = request else { return Answer::NoAnswer };
    let Ok(response) = request.send().await else { return Answer::NoAnswer };
    match response.status() {
        // The gate of a guest network answers 200 to anything: only a receipt counts.
        200 | 201 => match reference(&response.text().await.unwrap_or_default()) {
            Some(reference) => Answer::Accepted { reference },
            None => Answer::NoAnswer,
        },
        408 | 425 | 429 | 500.. => Answer::Later,
        _ => Answer::Refused,
    }
}

/// The reference in what intake answers. The browser reads the JSON: it has a reader already.
fn reference(receipt: &str) -> Option<String> {
    let receipt = js_sys::JSON::parse(receipt).ok()?;
    js_sys::Reflect::get(&receipt, &"reference".into()).ok()?.as_string()
}
