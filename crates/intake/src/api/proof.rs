//! Proof of work: what an address over its allowance pays with, so that nobody who only shares it is
//! locked out. Challenges are ALTCHA's, version 1; nothing is stored of them. A solution counts for
//! one request id, so used again it changes nothing.

use altcha_lib_rs::{ChallengeOptions, create_challenge, verify_json_solution};
use axum::http::HeaderValue;
use base64ct::{Base64, Encoding};
use josekit::util::random_bytes;
use serde::Serialize;
use time::{Duration, OffsetDateTime};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::store::{Store, StoreError};

/// The number to be found is at most this: half a second on an old phone, on average.
const MAX_NUMBER: u64 = 50_000;
/// How long a solution counts.
const LIFETIME: Duration = Duration::minutes(20);
/// The name of the key in the store.
const SECRET: &str = "proof-of-work";

/// The secret that challenges are signed with, the same for all processes of one store.
#[derive(Debug)]
pub(super) struct Proofs {
    key: String,
}

/// What to solve: find the number from 0 to `maxnumber` for which the SHA-256 of `salt` and its
/// decimal digits is `challenge`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Challenge {
    /// Always `SHA-256`.
    algorithm: &'static str,
    /// In hexadecimal digits.
    challenge: String,
    /// Put before the number as it is.
    salt: String,
    /// To be sent back.
    signature: String,
    /// The largest number to try.
    maxnumber: u64,
}

impl Proofs {
    pub async fn of(store: &Store) -> Result<Self, StoreError> {
        let fresh = random_bytes(32).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let key = store.secret(SECRET, fresh.as_bytes()).await?;
        Ok(Self { key: String::from_utf8_lossy(&key).into_owned() })
    }

    /// A challenge for one request; `None` where the library makes none, which it says of numbers
    /// that are not used here.
    pub fn challenge(&self, request_id: Uuid, now: OffsetDateTime) -> Option<Challenge> {
        let expires = (now + LIFETIME).unix_timestamp();
        // The library keeps one parameter in place, and loses the order of two; so the id stands
        // before them.
        let salt = format!("{}.{request_id}?expires={expires}&", Uuid::new_v4().simple());
        let options = ChallengeOptions {
            max_number: Some(MAX_NUMBER),
            hmac_key: &self.key,
            salt: Some(salt),
            ..ChallengeOptions::default()
        };
        let made = create_challenge(options).ok()?;
        Some(Challenge {
            algorithm: "SHA-256",
            challenge: made.challenge,
            salt: made.salt,
            signature: made.signature,
            maxnumber: made.maxnumber,
        })
    }

    /// Whether a header holds the solution of a challenge of this store for this request.
    pub fn proves(&self, header: &HeaderValue, request_id: Uuid) -> bool {
        let solution = header.to_str().ok().and_then(|it| Base64::decode_vec(it).ok());
        let Some(json) = solution.and_then(|it| String::from_utf8(it).ok()) else { return false };
        is_for(&json, request_id) && verify_json_solution(&json, &self.key, true).is_ok()
    }
}

fn is_for(json: &str, request_id: Uuid) -> bool {
    let solution: Option<altcha_lib_rs::Payload> = serde_json::from_str(json).ok();
    let salt = solution.map(|it| it.salt).unwrap_or_default();
    let named = salt.split_once('?').and_then(|(before, _)| before.rsplit_once('.'));
    named.is_some_and(|(_, id)| id == request_id.to_string())
}
