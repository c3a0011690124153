//! Notices by a webhook, signed by the scheme of Standard Webhooks
//! (<https://www.standardwebhooks.com/>), for which there are libraries in every language.

use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, USER_AGENT};
use axum::http::{Request, Uri};
use base64ct::{Base64, Encoding};
use hmac::digest::InvalidLength;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::json;
use sha2::Sha256;
use time::OffsetDateTime;
use uuid::Uuid;

use super::content::{Event, NoticeContent};
use super::error::NoticeError;
use super::secret::Secret;

/// The prefix of a signing key.
const PREFIX: &str = "whsec_";
/// Bytes of a signing key: the scheme takes no fewer and no more.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// The address that notices are posted to, and the signing key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookSettings {
    /// The address; https, unless it is this machine.
    pub address: Uri,
    /// The signing key.
    pub key: SigningKey,
}

/// A key that signs webhooks.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey(Vec<u8>);

/// Posts notices.
#[derive(Clone, Debug)]
pub struct Webhook {
    settings: WebhookSettings,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    /// `whsec_` and 24 to 64 bytes in base64; `None` for anything else.
    pub fn parse(secret: &Secret) -> Option<Self> {
        let key = Base64::decode_vec(secret.reveal().strip_prefix(PREFIX)?).ok()?;
        KEY_BYTES.contains(&key.len()).then_some(Self(key))
    }

    /// The signature of a message: HMAC-SHA-256 over its id, its moment and its bytes.
    fn sign(&self, id: &Uuid, seconds: i64, body: &str) -> Result<String, InvalidLength> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)?;
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        Ok(format!("v1,{}", Base64::encode_string(&mac.finalize().into_bytes())))
    }
}

impl Webhook {
    /// A channel; nothing is connected yet.
    ///
    /// # Errors
    /// An error if this machine has no list of certificate authorities.
    pub fn new(settings: WebhookSettings) -> Result<Self, NoticeError> {
        // Redirects are not followed: a signed notice goes where it was meant to go.
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(NoticeError::Authorities)?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self { settings, client: Client::builder(TokioExecutor::new()).build(connector) })
    }

    /// Posts a notice; any 2xx is success.
    ///
    /// # Errors
    /// An error if it was not accepted.
    pub async fn send(&self, content: &NoticeContent) -> Result<(), NoticeError> {
        let NoticeContent { id, event } = content;
        let body = match event {
            Event::Arrived { requests, reference } => json!({
                "type": "request.arrived",
                "data": { "reference": reference, "count": requests },
            }),
            Event::Unread { requests, reference, age_days } => json!({
                "type": "request.unread",
                "data": { "reference": reference, "count": requests, "age_days": age_days },
            }),
        };
        let body = body.to_string();
        let seconds = OffsetDateTime::now_utc().unix_timestamp();
        let signature = self.settings.key.sign(id, seconds, &body)?;
        let request = Request::post(&self.settings.address)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, concat!("intake/", env!("CARGO_PKG_VERSION")))
            .header("webhook-id", id.to_string())
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", signature)
            .body(Full::from(body))?;
        let status = self.client.request(request).await?.status();
        if status.is_success() { Ok(()) } else { Err(NoticeError::Status(status)) }
    }
}
