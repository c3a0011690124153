//! State that the routes share.

use std::sync::Arc;

use super::failed_tokens::FailedTokens;
use super::limits::Limits;
use super::proof::Proofs;
use super::quota::StorageQuota;
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
    /// Limits the warnings that a sender over its allowance is a proxy.
    pub proxy_counted: LogThrottle,
}

impl Rules {
    /// The rules of these settings. The store keeps the secret of the proofs of work.
    pub async fn new(
        store: &Store,
        metrics: &Metrics,
        settings: &Settings,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            keys: settings.keys(),
            unknown_recipients: settings.unknown_recipients,
            limits: Limits::new(settings.allowance, settings.limit, settings.total_allowance),
            proofs: Proofs::of(store).await?,
            quota: StorageQuota::new(settings.max_requests, metrics.clone()),
            trusted_proxies: settings.trusted_proxies(),
            failed_tokens: FailedTokens::default(),
            proxy_counted: LogThrottle::default(),
        })
    }
}
