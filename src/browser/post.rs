//! Posting a sealed request.

use gloo_net::http::Request;
use guide_core::request::envelope::MEDIA_TYPE;
use serde::Deserialize;
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

/// What intake answers to a request that it took.
#[derive(Deserialize)]
struct Receipt {
    reference: String,
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
        200 | 201 => match response.json::<Receipt>().await {
            Ok(receipt) => Answer::Accepted { reference: receipt.reference },
            Err(_) => Answer::NoAnswer,
        },
        408 | 425 | 429 | 500.. => Answer::Later,
        _ => Answer::Refused,
    }
}
