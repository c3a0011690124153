//! The link to the set-up of the inbox: one secret of one process, in memory alone.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use tokio::time::Instant;

use crate::store::{Store, StoreError};
use crate::tokens;

/// The time for which the link can be used.
const LIFETIME: Duration = Duration::from_secs(60 * 60);
/// Wrong secrets after which it cannot be used any more. Nobody guesses 256 bits; whoever tries is noticed.
const MAX_FAILURES: u32 = 10;

/// The way to the first token, while it is open.
#[derive(Debug, Default)]
pub(super) struct SetUp(Mutex<Option<Open>>);

/// A link that can be used.
struct Open {
    /// SHA-256 of the secret, which itself is known to whoever reads the link alone.
    digest: [u8; 32],
    until: Instant,
    failures: u32,
}

/// The link to the set-up: its secret stands in the fragment, which browsers send to nobody.
#[derive(Clone)]
pub struct SetUpLink(String);

impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Open(…)")
    }
}

impl fmt::Debug for SetUpLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetUpLink(…)")
    }
}

impl SetUpLink {
    /// The link to an inbox at this address of the listener for operations. To be shown to whoever runs the
    /// service, and never logged.
    pub fn url(&self, address: SocketAddr) -> String {
        let Self(secret) = self;
        let ip = address.ip();
        match ip.is_unspecified() || ip.is_loopback() {
            // No browser goes to the address that stands for all, and passkeys are of names alone.
            true => format!("http://localhost:{}/#set-up={secret}", address.port()),
            false => format!("http://{address}/#set-up={secret}"),
        }
    }
}

impl SetUp {
    /// Opens the set-up of a store that has no token yet.
    pub async fn of(store: &Store) -> Result<(Self, Option<SetUpLink>), StoreError> {
        match store.tokens().await?.is_empty() {
            true => {
                let (set_up, link) = Self::open(Instant::now());
                Ok((set_up, Some(link)))
            }
            false => Ok((Self::default(), None)),
        }
    }

    fn open(now: Instant) -> (Self, SetUpLink) {
        let secret = tokens::random();
        let open = Open { digest: digest(&secret), until: now + LIFETIME, failures: 0 };
        (Self(Mutex::new(Some(open))), SetUpLink(secret))
    }

    /// Returns `true` while the link can be used.
    pub fn is_open(&self, now: Instant) -> bool {
        self.state(now).is_some()
    }

    /// Returns `true` if this is the secret of a link that can be used. Counts wrong ones.
    pub fn admits(&self, secret: &str, now: Instant) -> bool {
        let mut state = self.state(now);
        let Some(open) = &mut *state else { return false };
        let admitted: bool = open.digest.ct_eq(&digest(secret)).into();
        if !admitted {
            open.failures += 1;
            if open.failures >= MAX_FAILURES {
                *state = None;
            }
        }
        admitted
    }

    /// Lets nobody use it any more.
    pub fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The link, unless its time is over.
    fn state(&self, now: Instant) -> MutexGuard<'_, Option<Open>> {
        // Nothing panics while it holds the lock.
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.as_ref().is_some_and(|open| now >= open.until) {
            *state = None;
        }
        state
    }
}

fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_valid_for_an_hour() {
        let now = Instant::now();
        let (set_up, SetUpLink(secret)) = SetUp::open(now);
        assert!(set_up.admits(&secret, now + LIFETIME - Duration::from_secs(1)));
        assert!(!set_up.admits(&secret, now + LIFETIME));
        assert!(!set_up.is_open(now), "and never again");
    }

    #[test]
    fn ten_wrong_secrets_close_it() {
        let now = Instant::now();
        let (set_up, SetUpLink(secret)) = SetUp::open(now);
        for _ in 1..MAX_FAILURES {
            assert!(!set_up.admits(&secret[1..], now));
        }
        assert!(set_up.admits(&secret, now));
        assert!(!set_up.admits("", now));
        assert!(!set_up.admits(&secret, now));
    }

    #[test]
    fn nothing_shows_the_secret_but_the_link() {
        let (set_up, link) = SetUp::open(Instant::now());
        let url = link.url(([127, 0, 0, 1], 8090).into());
        let secret = url.strip_prefix("http://localhost:8090/#set-up=").unwrap_or_default();
        assert_eq!(secret.len(), 43, "256 bits in base64url");
        assert!(!format!("{set_up:?} {link:?}").contains(secret));
        let any = link.url(([0, 0, 0, 0], 8090).into());
        assert!(any.starts_with("http://localhost:8090/#set-up="), "{any}");
    }
}
