//! The channels that are set up, and their sending in the background.

use std::time::Duration;

use time::OffsetDateTime;
use tokio::sync::watch;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::content::{Event, NoticeContent};
use super::email::{Email, EmailSettings};
use super::error::{NoticeError, TIME_LIMIT};
use super::webhook::{Webhook, WebhookSettings};
use super::working_days::WorkingDays;
use crate::store::{Channel, MAX_PAUSE, Notice, Store, StoreError};

/// The pause between two checks for due notices.
const PAUSE: Duration = Duration::from_secs(3);
/// Shortest time between two notices of a channel: at most 96 a day, and nobody waits long.
const GATHERING: Duration = Duration::from_secs(15 * 60);
/// The time for which a claimed notice is nobody else's: longer than the time limit of sending it.
pub(super) const LEASE: Duration = Duration::from_secs(60);
/// The wait before the second attempt; each one after that is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(30);

/// The reference of a trial.
const NO_REQUEST: &str = "0000-0000";

/// Settings of the channels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeSettings {
    /// By SMTP.
    pub email: Option<EmailSettings>,
    /// By HTTP.
    pub webhook: Option<WebhookSettings>,
    /// Working days after which requests that are still new cause an alarm.
    pub unread_after: WorkingDays,
}

/// The channels that are set up.
#[derive(Clone, Debug, Default)]
pub struct Channels {
    /// By SMTP.
    pub email: Option<Email>,
    /// By HTTP.
    pub webhook: Option<Webhook>,
    /// Working days after which requests that are still new cause an alarm.
    pub unread_after: WorkingDays,
}

impl Channels {
    /// The channels of these settings; nothing is connected yet.
    ///
    /// # Errors
    /// [`NoticeError::Smtp`] and [`NoticeError::Authorities`].
    pub fn new(settings: &NoticeSettings) -> Result<Self, NoticeError> {
        let NoticeSettings { email, webhook, unread_after } = settings;
        Ok(Self {
            email: email.as_ref().map(Email::new).transpose()?,
            webhook: webhook.clone().map(Webhook::new).transpose()?,
            unread_after: *unread_after,
        })
    }

    /// The channels that are set up, for the store to leave notices for.
    pub fn names(&self) -> Vec<Channel> {
        let email = self.email.as_ref().map(|_| Channel::Email);
        let webhook = self.webhook.as_ref().map(|_| Channel::Webhook);
        email.into_iter().chain(webhook).collect()
    }

    /// Sends due notices until `stop`, on each channel by itself, then finishes those that have
    /// begun.
    pub async fn run(self, store: Store, stop: impl Future<Output = ()>) {
        let (stopping, stopped) = watch::channel(false);
        let mut running = JoinSet::new();
        for channel in self.names() {
            running.spawn(self.clone().run_channel(channel, store.clone(), stopped.clone()));
        }
        stop.await;
        stopping.send_replace(true);
        while running.join_next().await.is_some() {}
    }

    async fn run_channel(self, channel: Channel, store: Store, mut stopped: watch::Receiver<bool>) {
        loop {
            if let Err(error) = self.send_due(&store, channel).await {
                tracing::error!(channel = channel.as_str(), %error, "notices cannot be read");
            }
            let now = OffsetDateTime::now_utc();
            if let Err(error) = self.send_alarm(&store, channel, now).await {
                let channel = channel.as_str();
                tracing::error!(channel, %error, "unread requests cannot be looked for");
            }
            tokio::select! {
                _ = stopped.wait_for(|stopped| *stopped) => return,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }

    /// Tries once to send the due notice of a channel. Returns `true` if there was one. A channel
    /// that was set up when requests arrived, and is not any more, keeps its notices until it is
    /// again.
    ///
    /// # Errors
    /// An error if the store is unavailable.
    pub async fn send_due(&self, store: &Store, channel: Channel) -> Result<bool, StoreError> {
        if !self.names().contains(&channel) {
            return Ok(false);
        }
        let now = OffsetDateTime::now_utc();
        match store.claim_notice(channel, now, now + LEASE).await? {
            Some(notice) => self.send_one(store, &notice).await.map(|()| true),
            None => Ok(false),
        }
    }

    /// Sends a trial notice on every channel that is set up, to deputies too. Returns the channels.
    ///
    /// # Errors
    /// The first [`NoticeError`].
    pub async fn send_trial(&self) -> Result<Vec<Channel>, NoticeError> {
        let event = Event::Arrived { requests: 1, reference: NO_REQUEST.to_owned() };
        let content = NoticeContent { id: Uuid::new_v4(), event };
        let mut sent = Vec::new();
        for channel in self.names() {
            let sending = async {
                match (channel, &self.email) {
                    (Channel::Email, Some(email)) => Some(email.send_to_everybody(&content).await),
                    _ => self.send(channel, &content).await,
                }
            };
            let sent_in_time = tokio::time::timeout(TIME_LIMIT, sending).await;
            sent_in_time.map_err(|_| NoticeError::TimeLimit)?.transpose()?;
            sent.push(channel);
        }
        Ok(sent)
    }

    async fn send_one(&self, store: &Store, notice: &Notice) -> Result<(), StoreError> {
        let (channel, requests, attempts) =
            (notice.channel.as_str(), notice.requests, notice.attempts);
        let content = NoticeContent::of(notice);
        let sending = tokio::time::timeout(TIME_LIMIT, self.send(notice.channel, &content)).await;
        let now = OffsetDateTime::now_utc();
        match sending {
            Ok(Some(Ok(()))) => {
                tracing::info!(channel, requests, attempts, "notice sent");
                return store.settle_notice(notice, now + GATHERING).await;
            }
            Ok(Some(Err(error))) => log_failure(channel, attempts, &error),
            Err(_) => log_failure(channel, attempts, &NoticeError::TimeLimit),
            Ok(None) => tracing::debug!(channel, "a notice waits for a channel that is not set up"),
        }
        store.postpone_notices(notice.channel, now + wait(attempts)).await
    }

    /// `None` where the channel is not set up.
    pub(super) async fn send(
        &self,
        channel: Channel,
        content: &NoticeContent,
    ) -> Option<Result<(), NoticeError>> {
        match channel {
            Channel::Email => Some(self.email.as_ref()?.send(content).await),
            Channel::Webhook => Some(self.webhook.as_ref()?.send(content).await),
        }
    }
}

pub(super) fn log_failure(channel: &str, attempts: u32, error: &NoticeError) {
    // The innermost cause is the most specific: a refused connection, an unknown certificate.
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    tracing::warn!(channel, attempts, %error, %cause, "notice not sent; it is tried again");
}

/// The wait after so many attempts: exponential backoff.
pub(super) fn wait(attempts: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
    FIRST_WAIT.saturating_mul(doubled).min(MAX_PAUSE)
}
