//! Proof of work: a sender over its allowance pays with it, so that nobody who only shares an address
//! is locked out. Challenges are ALTCHA's, version 1; nothing is stored of them. A solution counts
//! for one request id, so used again it changes nothing.

use altcha_lib_rs::{ChallengeOptions, create_challenge, verify_json_solution};
use axum::http::HeaderValue;
use base64ct::{Base64, Encoding};
use josekit::util::random_bytes;
use serde::Serialize;
use time::{Duration, OffsetDateTime};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::store::{Store, StoreError};

/// The time for which a solution is valid.
const LIFETIME: Duration = Duration::minutes(20);
/// The name of the secret in the store.
const SECRET: &str = "proof-of-work";

/// The secret that challenges are signed with, the same for all processes of one store.
#[derive(Debug)]
pub(super) struct Proofs {
    key: String,
}

/// A challenge to solve: find the number from 0 to `maxnumber` for which the SHA-256 of `salt` and
/// its decimal digits is `challenge`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Challenge {
    /// Always `SHA-256`.
    algorithm: &'static str,
    /// SHA-256 in hexadecimal digits.
    challenge: String,
    /// Comes before the number, unchanged.
    salt: String,
    /// Must be sent back with the solution.
    signature: String,
    /// The largest number to try.
    maxnumber: u64,
}

impl Proofs {
    pub async fn of(store: &Store) -> Result<Self, StoreError> {
        let fresh = base16ct::lower::encode_string(&random_bytes(32));
        let key = store.secret(SECRET, fresh.as_bytes()).await?;
        Ok(Self { key: String::from_utf8_lossy(&key).into_owned() })
    }

    /// A challenge for one request, with numbers up to `max_number` to try. `None` if the library
    /// makes none, which it does only for numbers that are not used here.
    pub fn challenge(
        &self,
        request_id: Uuid,
        max_number: u64,
        now: OffsetDateTime,
    ) -> Option<Challenge> {
        let expires = (now + LIFETIME).unix_timestamp();
        // The library loses the order of several parameters; so the number and the id come before
        // them.
        let nonce = Uuid::new_v4().simple();
        let salt = format!("{nonce}.{max_number}.{request_id}?expires={expires}&");
        let options = ChallengeOptions {
            max_number: Some(max_number),
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

    /// Returns `true` if a header holds the solution of a challenge of this store for this request,
    /// of at least `min_number`.
    pub fn proves(&self, header: &HeaderValue, request_id: Uuid, min_number: u64) -> bool {
        let solution = header.to_str().ok().and_then(|it| Base64::decode_vec(it).ok());
        let Some(json) = solution.and_then(|it| String::from_utf8(it).ok()) else { return false };
        is_for(&json, request_id, min_number)
            && verify_json_solution(&json, &self.key, true).is_ok()
    }
}

fn is_for(json: &str, request_id: Uuid, min_number: u64) -> bool {
    let Ok(solution) = serde_json::from_str::<altcha_lib_rs::Payload>(json) else { return false };
    let named = solution.salt.split_once('?').and_then(|(before, _)| before.rsplit_once('.'));
    let number = named.and_then(|(before, _)| before.rsplit_once('.')?.1.parse().ok());
    named.is_some_and(|(_, id)| id == request_id.to_string())
        && number.is_some_and(|number: u64| number >= min_number)
}
