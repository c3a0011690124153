//! `POST /v1/requests`: takes a sealed request.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use guide_core::request::envelope::{Envelope, MAX_BYTES, MEDIA_TYPE};
use guide_core::request::reference::Reference;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as _;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use utoipa::ToSchema;
use uuid::Uuid;

use super::limits::{self, Verdict};
use super::problem::ProblemDetails;
use super::{IDEMPOTENCY_KEY, Intake, PROOF_OF_WORK, Peer, Problem, Rules};
use crate::keys::Named;
use crate::settings::UnknownRecipients;
use crate::store::Kept;

/// The answer to a request that is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Receipt {
    /// The request's short name, `XXXX-XXXX`.
    pub reference: String,
    /// RFC 3339, UTC, whole seconds; the first time, where it was sent again.
    #[schema(format = DateTime)]
    pub received_at: String,
}

/// Store the sealed request in the body, byte for byte. 201 once it is on disk.
///
/// # Errors
/// Any [`Problem`] but those of paths, methods and staff; then nothing was stored.
#[utoipa::path(
    post,
    path = "/v1/requests",
    tag = "patients",
    params(
        ("Idempotency-Key" = Uuid, Header, description = "The rid of the protected header."),
        ("Proof-Of-Work" = Option<String>, Header, description =
            "The solution of a challenge: base64 of JSON with algorithm, challenge, number, salt \
             and signature."),
    ),
    request_body(
        content = Object,
        content_type = "application/jose+json",
        description =
            "A JWE (RFC 7516, general JSON serialization) of at most 64 KiB: A256GCM, and for each \
             recipient ECDH-ES+A256KW on P-256."
    ),
    responses(
        (status = 201, body = Receipt, description = "It is stored."),
        (status = 200, body = Receipt, description = "The same bytes were stored before."),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(super) async fn receive(
    State(intake): State<Intake>,
    request: Request,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    let (head, body) = request.into_parts();
    if !is_envelope(&head.headers) {
        return Err(Problem::ContentType);
    }
    let idempotency_key = idempotency_key(&head.headers).ok_or(Problem::IdempotencyKey)?;
    // Read before anything is refused for its sender: a browser is told only what it waits for.
    let bytes = read(body).await?;
    intake.rules.admit(&head, idempotency_key)?;
    let (envelope, header) = Envelope::parse(&bytes)?;
    if header.rid != idempotency_key {
        return Err(Problem::IdempotencyKey);
    }
    intake.check_recipients(&envelope)?;
    let (status, moment) = match intake.store.keep(header.rid, &bytes).await? {
        Kept::Now(moment) => (StatusCode::CREATED, moment),
        Kept::Before(moment) => (StatusCode::OK, moment),
        Kept::Otherwise => return Err(Problem::Conflict),
    };
    let received_at = moment.format(&Rfc3339).map_err(|_| Problem::StoreUnavailable)?;
    Ok((status, Json(Receipt { reference: Reference::of(&header.rid).to_string(), received_at })))
}

impl Intake {
    /// Refuses an envelope that the clinic could not open, or that, unless the settings allow it,
    /// somebody else could open too.
    fn check_recipients(&self, envelope: &Envelope) -> Result<(), Problem> {
        let named = self.rules.keys.named(envelope);
        if named == Named::All {
            return Ok(());
        }
        self.metrics.unknown_recipient();
        let refused =
            named == Named::None || self.rules.unknown_recipients == UnknownRecipients::Refuse;
        // Nothing of the envelope is logged: its sender chose the name of the key.
        tracing::warn!(refused, "a request is sealed for a key that is not named in keys");
        if refused { Err(Problem::UnknownRecipient) } else { Ok(()) }
    }
}

impl Rules {
    /// Counts the request for its sender; an error where that has sent too many.
    fn admit(&self, head: &Parts, request_id: Uuid) -> Result<(), Problem> {
        let Some(Peer(peer)) = head.extensions.get() else { return Ok(()) };
        let sender = limits::sender(peer.ip(), &head.headers, &self.trusted_proxies);
        let solution = head.headers.get(PROOF_OF_WORK);
        let proven = solution.is_some_and(|it| self.proofs.proves(it, request_id));
        match self.limits.count(sender, proven) {
            Verdict::Free => Ok(()),
            Verdict::TooMany(wait) => {
                // Whole seconds, and never too few.
                Err(Problem::TooMany(wait.as_secs().saturating_add(1)))
            }
            Verdict::ProofNeeded => {
                let challenge = self.proofs.challenge(request_id, OffsetDateTime::now_utc());
                Err(challenge.map_or(Problem::StoreUnavailable, Problem::ProofOfWork))
            }
        }
    }
}

/// Whether the body is announced as an envelope; parameters such as `charset` do not matter.
fn is_envelope(headers: &HeaderMap) -> bool {
    let announced = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let (media_type, _) = announced.split_once(';').unwrap_or((announced, ""));
    media_type.trim().eq_ignore_ascii_case(MEDIA_TYPE)
}

fn idempotency_key(headers: &HeaderMap) -> Option<Uuid> {
    Uuid::try_parse(headers.get(IDEMPOTENCY_KEY)?.to_str().ok()?).ok()
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
