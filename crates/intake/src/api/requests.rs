//! `POST /v1/requests`: takes a sealed request.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use guide_core::request::envelope::{Envelope, MAX_BYTES, MEDIA_TYPE};
use guide_core::request::reference::Reference;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as _;
use serde::Serialize;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::{Intake, Problem};
use crate::store::Kept;

/// The answer to a request that is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The request's short name, `XXXX-XXXX`.
    pub reference: String,
    /// RFC 3339, UTC, whole seconds; the first time, where it was sent again.
    pub received_at: String,
}

/// Stores the envelope in the body, byte for byte. 201 once it is on disk; 200 where the same bytes
/// were stored before.
///
/// # Errors
/// Any [`Problem`] but those of paths and methods; then nothing was stored.
pub async fn receive(
    State(intake): State<Intake>,
    request: Request,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    let (head, body) = request.into_parts();
    if !is_envelope(&head.headers) {
        return Err(Problem::ContentType);
    }
    let idempotency_key = idempotency_key(&head.headers).ok_or(Problem::IdempotencyKey)?;
    let bytes = read(body).await?;
    let (envelope, header) = Envelope::parse(&bytes)?;
    if header.rid != idempotency_key {
        return Err(Problem::IdempotencyKey);
    }
    if !intake.keys.can_open(&envelope) {
        return Err(Problem::UnknownRecipient);
    }
    let (status, moment) = match intake.store.keep(header.rid, &bytes).await? {
        Kept::Now(moment) => (StatusCode::CREATED, moment),
        Kept::Before(moment) => (StatusCode::OK, moment),
        Kept::Otherwise => return Err(Problem::Conflict),
    };
    let received_at = moment.format(&Rfc3339).map_err(|_| Problem::StoreUnavailable)?;
    Ok((status, Json(Receipt { reference: Reference::of(&header.rid).to_string(), received_at })))
}

/// Whether the body is announced as an envelope; parameters such as `charset` do not matter.
fn is_envelope(headers: &HeaderMap) -> bool {
    let announced = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let (media_type, _) = announced.split_once(';').unwrap_or((announced, ""));
    media_type.trim().eq_ignore_ascii_case(MEDIA_TYPE)
}

fn idempotency_key(headers: &HeaderMap) -> Option<Uuid> {
    Uuid::try_parse(headers.get("idempotency-key")?.to_str().ok()?).ok()
}

/// Reads the body as far as an envelope can be long: not at all where more is announced.
async fn read(body: Body) -> Result<Bytes, Problem> {
    if body.size_hint().lower() > MAX_BYTES as u64 {
        return Err(Problem::TooLarge);
    }
    match Limited::new(body, MAX_BYTES).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Problem::TooLarge),
        Err(_) => Err(Problem::Incomplete),
    }
}
