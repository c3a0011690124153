//! Solves proofs of work: finds the number of an ALTCHA challenge.

use base64ct::{Base64, Encoding as _};
use guide_core::request::outbox::Challenge;
use js_sys::{JSON, Object, Reflect};
use sha2::{Digest as _, Sha256};
use web_sys::AbortSignal;

use super::clock;

/// Digests between two updates of the progress bar: a few milliseconds on a slow phone.
const BATCH: u32 = 1_000;
/// Digests of the client-side throttle: about a second on a slow phone.
const THROTTLE: u32 = 100_000;

/// Solves a challenge and returns the value of the header `Proof-Of-Work`; `None` if there is no solution
/// or `signal` is aborted. `progress` gets the share done, from 0 to 1.
pub async fn solve(
    challenge: &Challenge,
    signal: &AbortSignal,
    progress: impl Fn(f64),
) -> Option<String> {
    let Challenge { algorithm, challenge: sought, salt, signature, max_number } = challenge;
    let salted = Sha256::new().chain_update(salt);
    let mut number = 0;
    while number <= *max_number && !signal.aborted() {
        let end = number.saturating_add(BATCH).min(max_number.saturating_add(1));
        let mut digits = [0; 10];
        if let Some(number) = (number..end).find(|number| {
            let digest = salted.clone().chain_update(decimal(*number, &mut digits)).finalize();
            is_hex_of(sought, &digest)
        }) {
            let proof = Object::new();
            for (name, value) in [
                ("algorithm", algorithm.into()),
                ("challenge", sought.into()),
                ("number", number.into()),
                ("salt", salt.into()),
                ("signature", signature.into()),
            ] {
                Reflect::set(&proof, &name.into(), &value).ok()?;
            }
            let proof = String::from(JSON::stringify(&proof).ok()?);
            return Some(Base64::encode_string(proof.as_bytes()));
        }
        number = end;
        progress(f64::from(number) / f64::from(*max_number));
        // Keeps the page responsive.
        clock::next_task().await;
    }
    None
}

/// The client-side throttle: as much work as a challenge, without a server asking for it. It slows down
/// a form that looks filled in by a robot, and costs a person about a second.
pub async fn throttle(signal: &AbortSignal, progress: impl Fn(f64)) {
    let unsolvable = Challenge {
        algorithm: String::new(),
        challenge: String::new(),
        salt: String::new(),
        signature: String::new(),
        max_number: THROTTLE,
    };
    solve(&unsolvable, signal, progress).await;
}

/// Formats a number without an allocation, since it runs thousands of times.
fn decimal(mut number: u32, digits: &mut [u8; 10]) -> &[u8] {
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return &digits[first..];
        }
    }
}

fn is_hex_of(hex: &str, bytes: &[u8]) -> bool {
    let digit = |value: u8| char::from_digit(value.into(), 16);
    hex.len() == 2 * bytes.len()
        && hex.chars().map(Some).eq(bytes.iter().flat_map(|it| [digit(it >> 4), digit(it & 15)]))
}
