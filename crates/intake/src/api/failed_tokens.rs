//! Tokens that were refused: counted, and logged without any part of them.

use crate::log::LogThrottle;
use crate::metrics::{Metrics, TokenFailure};
use crate::store::Token;

/// Counts refused tokens, with a log line now and then: never a part of a token, which could be a
/// valid one with a slip of the hand.
#[derive(Debug, Default)]
pub(super) struct FailedTokens {
    /// Anybody can send an unknown token, and must not hide the lines about known ones.
    unknown: LogThrottle,
    known: LogThrottle,
}

impl FailedTokens {
    /// Counts one. `token` is that which was sent, where it is known.
    pub fn count(&self, failure: TokenFailure, token: Option<&Token>, metrics: &Metrics) {
        metrics.token_failed(failure);
        let throttle = if token.is_some() { &self.known } else { &self.unknown };
        if !throttle.is_due() {
            return;
        }
        let token = token.map(|token| token.name.as_str());
        match failure {
            TokenFailure::Unknown => tracing::warn!("an unknown token was sent, or a revoked one"),
            TokenFailure::Expired => {
                tracing::warn!(token, "an expired token was sent; make a new one if it is needed");
            }
            TokenFailure::SetUp => {
                tracing::warn!("somebody tried to set up the inbox by a wrong or closed link");
            }
            TokenFailure::Scope => tracing::warn!(token, "a token was sent without the scope"),
        }
    }
}
