//! `POST /v1/requests`: takes a sealed request.

use std::error::Error;
use std::net::IpAddr;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use guide_core::request::envelope::{Envelope, MAX_BYTES, MEDIA_TYPE};
use guide_core::request::reference::Reference;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as _;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use utoipa::ToSchema;
use uuid::Uuid;

use super::limits::Verdict;
use super::problem::{Problem, ProblemDetails};
use super::sender::{Peer, sender};
use super::state::{Intake, Rules};
use crate::keys::{Named, UnknownRecipients};
use crate::min_rate::TooSlow;
use crate::network::is_private;
use crate::store::InsertOutcome;

/// Header with the id of the request.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Header with a solution, in base64.
pub(super) const PROOF_OF_WORK: HeaderName = HeaderName::from_static("proof-of-work");

/// The response to a request that is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Receipt {
    /// The request's short name, `XXXX-XXXX`.
    pub reference: String,
    /// RFC 3339, UTC, whole seconds; the first time, if it was sent again.
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
        (
            status = 503,
            body = ProblemDetails,
            content_type = "application/problem+json",
            description =
                "The store is unavailable or full, or the clinic has no key yet \
                 (`urn:problem-type:intake:no-key`). Nothing was stored.",
        ),
    )
)]
pub(super) async fn receive(
    State(intake): State<Intake>,
    request: Request,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    let (head, body) = request.into_parts();
    announced_as_envelope(&head.headers)?;
    let idempotency_key = idempotency_key(&head.headers).ok_or(Problem::IdempotencyKey)?;
    // Read before anything is refused for its sender: browsers read no response while they send.
    let bytes = read(body, MAX_BYTES).await?;
    let sender = intake.rules.sender(&head, idempotency_key);
    intake.rules.attempt(sender)?;
    let (envelope, header) = Envelope::parse(&bytes)?;
    if header.rid != idempotency_key {
        return Err(Problem::IdempotencyKey);
    }
    intake.check_recipients(&envelope)?;
    // A request that is stored already gets its receipt: the sender may not have got it.
    if !intake.rules.quota.has_room(&intake.store).await?
        && intake.store.envelope(header.rid).await?.is_none()
    {
        return Err(Problem::StorageFull);
    }
    // Only requests that could be stored count toward a sender's allowance.
    intake.rules.admit(sender)?;
    let (status, moment) = match intake.store.insert(header.rid, &bytes).await? {
        InsertOutcome::Created(moment) => {
            intake.rules.quota.stored_one().await;
            (StatusCode::CREATED, moment)
        }
        InsertOutcome::Duplicate(moment) => (StatusCode::OK, moment),
        InsertOutcome::Conflict => return Err(Problem::Conflict),
    };
    let received_at = moment.format(&Rfc3339).map_err(|_| Problem::StoreUnavailable)?;
    Ok((status, Json(Receipt { reference: Reference::of(&header.rid).to_string(), received_at })))
}

impl Intake {
    /// Refuses an envelope that the clinic could not open, or that, unless the settings allow it,
    /// somebody else could open too.
    pub(super) fn check_recipients(&self, envelope: &Envelope) -> Result<(), Problem> {
        if self.rules.keys.is_empty() {
            return Err(Problem::NoKey);
        }
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

/// The sender of a request, for the limits.
#[derive(Clone, Copy)]
struct Sender {
    /// `None` in a process without connections.
    address: Option<IpAddr>,
    request_id: Uuid,
    is_proven: bool,
}

impl Rules {
    fn sender(&self, head: &Parts, request_id: Uuid) -> Sender {
        let trusted = self.trusted_proxies.as_slice();
        let address = head.extensions.get();
        let address = address.map(|Peer(peer)| sender(peer.ip(), &head.headers, trusted));
        // A sender who began to solve an easier challenge is not sent back again.
        let min_number = self.limits.max_number() / 2;
        let solution = head.headers.get(PROOF_OF_WORK);
        let is_proven = solution.is_some_and(|it| self.proofs.proves(it, request_id, min_number));
        Sender { address, request_id, is_proven }
    }

    /// Counts a request before it is parsed; an error if the sender has sent too many.
    fn attempt(&self, sender: Sender) -> Result<(), Problem> {
        let Some(address) = sender.address else { return Ok(()) };
        let proven = sender.is_proven.then_some(sender.request_id);
        self.pass(sender, self.limits.attempt(address, proven))
    }

    /// Counts a sealed request; an error if the sender has sent too many.
    fn admit(&self, sender: Sender) -> Result<(), Problem> {
        let Some(address) = sender.address else { return Ok(()) };
        self.pass(sender, self.limits.count(address, sender.is_proven))
    }

    fn pass(&self, sender: Sender, verdict: Verdict) -> Result<(), Problem> {
        if verdict != Verdict::Free
            && sender.address.is_some_and(is_private)
            && self.proxy_counted.is_due()
        {
            tracing::warn!(
                "an address of a private network is over its allowance: where it is a proxy's, all \
                 patients count as one sender; see the setting trusted_proxies, and let the proxy \
                 add X-Forwarded-For"
            );
        }
        match verdict {
            Verdict::Free => Ok(()),
            Verdict::TooMany(wait) => {
                // Whole seconds, rounded up.
                Err(Problem::TooMany(wait.as_secs().saturating_add(1)))
            }
            Verdict::ProofNeeded => {
                let (max, now) = (self.limits.max_number(), OffsetDateTime::now_utc());
                let challenge = self.proofs.challenge(sender.request_id, max, now);
                Err(challenge.map_or(Problem::StoreUnavailable, Problem::ProofOfWork))
            }
        }
    }
}

/// Refuses a body that is not announced as an envelope; parameters such as `charset` are ignored.
pub(super) fn announced_as_envelope(headers: &HeaderMap) -> Result<(), Problem> {
    let announced = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let (media_type, _) = announced.split_once(';').unwrap_or((announced, ""));
    match media_type.trim().eq_ignore_ascii_case(MEDIA_TYPE) {
        true => Ok(()),
        false => Err(Problem::ContentType),
    }
}

fn idempotency_key(headers: &HeaderMap) -> Option<Uuid> {
    Uuid::try_parse(headers.get(IDEMPOTENCY_KEY)?.to_str().ok()?).ok()
}

/// Returns `true` if the peer was too slow; each body around another wraps its errors.
fn is_too_slow(error: &(dyn Error + 'static)) -> bool {
    error.is::<TooSlow>() || error.source().is_some_and(is_too_slow)
}

/// Reads the body, up to the longest envelope; nothing if more is announced.
pub(super) async fn read(body: Body, max_bytes: usize) -> Result<Bytes, Problem> {
    if body.size_hint().lower() > max_bytes as u64 {
        return Err(Problem::TooLarge);
    }
    match Limited::new(body, max_bytes).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Problem::TooLarge),
        Err(error) if is_too_slow(&*error) => Err(Problem::TooSlow),
        Err(_) => Err(Problem::Incomplete),
    }
}
