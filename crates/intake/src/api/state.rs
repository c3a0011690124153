//! What the routes share.

use std::sync::Arc;

use super::limits::Limits;
use super::proof::Proofs;
use super::quota::StorageQuota;
use crate::keys::{KnownKeys, UnknownRecipients};
use crate::log::Seldom;
use crate::metrics::Metrics;
use crate::network::TrustedProxies;
use crate::settings::Settings;
use crate::store::{Store, StoreError};

/// What the routes work with.
#[derive(Clone, Debug)]
pub(super) struct Intake {
    /// Where requests are kept.
    pub store: Store,
    /// What was counted.
    pub metrics: Metrics,
    /// What is the same for every request.
    pub rules: Arc<Rules>,
}

/// What is the same for every request.
#[derive(Debug)]
pub(super) struct Rules {
    /// Whom requests may be sealed for.
    pub keys: KnownKeys,
    pub unknown_recipients: UnknownRecipients,
    pub limits: Limits,
    pub proofs: Proofs,
    pub quota: StorageQuota,
    pub trusted_proxies: TrustedProxies,
    /// Says that the sender who is over its allowance is a proxy.
    pub proxy_counted: Seldom,
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
            proxy_counted: Seldom::default(),
        })
    }
}
