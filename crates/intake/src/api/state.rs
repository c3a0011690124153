//! State that the routes share.

use std::sync::Arc;

use time::OffsetDateTime;

use super::failed_tokens::FailedTokens;
use super::limits::Limits;
use super::link::{SetUp, SetUpLink};
use super::proof::Proofs;
use super::quota::StorageQuota;
use super::refused::RefusedToday;
use crate::keys::{KnownKeys, UnknownRecipients};
use crate::log::LogThrottle;
use crate::metrics::Metrics;
use crate::network::TrustedProxies;
use crate::settings::Settings;
use crate::store::{Store, StoreError};

/// The state of the routes.
#[derive(Clone, Debug)]
pub(super) struct Intake {
    /// The stored requests.
    pub store: Store,
    /// The metrics of the service.
    pub metrics: Metrics,
    /// The rules for every request.
    pub rules: Arc<Rules>,
}

/// The rules that are the same for every request.
#[derive(Debug)]
pub(super) struct Rules {
    /// The keys that requests may be sealed for.
    pub keys: KnownKeys,
    pub unknown_recipients: UnknownRecipients,
    pub limits: Limits,
    pub proofs: Proofs,
    pub quota: StorageQuota,
    pub trusted_proxies: TrustedProxies,
    pub failed_tokens: FailedTokens,
    /// The way to the first token.
    pub set_up: SetUp,
    /// What the public listener refused today.
    pub refused: RefusedToday,
    /// Limits the warnings that a sender over its allowance is a proxy.
    pub proxy_counted: LogThrottle,
}

impl Rules {
    /// The rules of these settings, and the link to the set-up, where there is an inbox and no token yet. The store
    /// keeps the secret of the proofs of work.
    pub async fn new(
        store: &Store,
        metrics: &Metrics,
        settings: &Settings,
    ) -> Result<(Self, Option<SetUpLink>), StoreError> {
        let (set_up, link) = match settings.inbox {
            Some(_) => SetUp::of(store).await?,
            None => (SetUp::default(), None),
        };
        let rules = Self {
            set_up,
            refused: RefusedToday::new(OffsetDateTime::now_utc()),
            keys: settings.keys(),
            unknown_recipients: settings.unknown_recipients,
            limits: Limits::new(settings.allowance, settings.limit, settings.total_allowance),
            proofs: Proofs::of(store).await?,
            quota: StorageQuota::new(settings.max_requests, metrics.clone()),
            trusted_proxies: settings.trusted_proxies(),
            failed_tokens: FailedTokens::default(),
            proxy_counted: LogThrottle::default(),
        };
        Ok((rules, link))
    }
}
