//! The settings of notices, declared as the others are.

use std::path::Path;
use std::str::FromStr;

use axum::http::Uri;
use clap::Args;
use lettre::message::Mailbox;

use crate::network::is_this_machine;
use crate::notices::{
    EmailSettings, Login, NoticeSettings, Secret, SecretError, SigningKey, Transport,
    WebhookSettings, WorkingDays,
};

/// Options of the channels that notices of new requests go out by.
#[derive(Args, Clone, Debug)]
pub(super) struct NoticeOptions {
    /// Mail server that takes notices of new requests, as smtp://HOST:PORT (STARTTLS) or
    /// smtps://HOST:PORT
    #[arg(long, value_name = "ADDRESS")]
    smtp: Option<MailServer>,
    /// User at the mail server
    #[arg(long, value_name = "USER")]
    smtp_user: Option<String>,
    /// File that holds the user's password
    #[arg(long, value_name = "FILE", value_parser = secret)]
    smtp_password_file: Option<Secret>,
    /// Sender of the notices
    #[arg(long, value_name = "E-MAIL", value_parser = mailbox)]
    notice_from: Option<Mailbox>,
    /// Recipient of the notices; may be given again
    #[arg(long, value_name = "E-MAIL", value_parser = mailbox)]
    notice_to: Vec<Mailbox>,
    /// Somebody who gets the notice of requests that nobody marked, beside the recipients of the others;
    /// may be given again
    #[arg(long, value_name = "E-MAIL", value_parser = mailbox)]
    deputy: Vec<Mailbox>,
    /// URL that notices are posted to, signed as in Standard Webhooks
    #[arg(long, value_name = "ADDRESS", value_parser = webhook)]
    webhook: Option<Uri>,
    /// File that holds the signing key of the webhook, whsec_…
    #[arg(long, value_name = "FILE", value_parser = signing_key)]
    webhook_key_file: Option<SigningKey>,
    /// Working days (Monday to Friday, UTC) after which requests that nobody marked cause a notice,
    /// once a day until somebody does
    #[arg(long, value_name = "DAYS", default_value = "1")]
    unread_after_working_days: WorkingDays,
}

impl NoticeOptions {
    /// The channels whose settings are complete, which `rules` makes sure of.
    pub fn settings(&self) -> NoticeSettings {
        let Self { smtp, smtp_user, smtp_password_file, notice_from, notice_to, deputy, .. } =
            self.clone();
        let login = smtp_user.zip(smtp_password_file);
        let email = smtp.zip(notice_from).map(|(server, from)| EmailSettings {
            transport: server.transport,
            host: server.host,
            port: server.port,
            login: login.map(|(user, password)| Login { user, password }),
            from,
            to: notice_to,
            deputies: deputy,
        });
        let webhook = self.webhook.clone().zip(self.webhook_key_file.clone());
        let webhook = webhook.map(|(address, key)| WebhookSettings { address, key });
        NoticeSettings { email, webhook, unread_after: self.unread_after_working_days }
    }
}

/// A mail server, as its address names it.
#[derive(Clone, Debug)]
struct MailServer {
    transport: Transport,
    host: String,
    port: Option<u16>,
}

/// Why a word is not a value of its setting.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoticeOptionError {
    #[error("give smtp://HOST:PORT or smtps://HOST:PORT")]
    MailServer,
    #[error("give the user as smtp_user, and the password in a file")]
    UserInMailServer,
    #[error("\"{0}\" is not an e-mail address")]
    Mailbox(String),
    #[error("not an address")]
    Webhook,
    #[error("an address with a password in it would be seen in logs; sign instead")]
    PasswordInWebhook,
    #[error("give an address that begins with https://")]
    PlainWebhook,
    #[error("{file}: {error}")]
    Secret { file: String, error: SecretError },
    #[error(
        "the file must hold whsec_ and 24 to 64 random bytes in base64; make one with: \
         echo \"whsec_$(head -c 32 /dev/urandom | base64)\""
    )]
    SigningKey,
}

impl FromStr for MailServer {
    type Err = NoticeOptionError;

    fn from_str(word: &str) -> Result<Self, NoticeOptionError> {
        let address: Uri = word.parse().map_err(|_| NoticeOptionError::MailServer)?;
        if has_user(&address) {
            return Err(NoticeOptionError::UserInMailServer);
        }
        let host = address.host().unwrap_or("").trim_matches(['[', ']']).to_owned();
        let transport = match address.scheme_str() {
            Some("smtps") => Transport::Tls,
            Some("smtp") if is_this_machine(&host) => Transport::Loopback,
            Some("smtp") => Transport::StartTls,
            _ => return Err(NoticeOptionError::MailServer),
        };
        if host.is_empty() || address.path().len() > 1 || address.query().is_some() {
            return Err(NoticeOptionError::MailServer);
        }
        Ok(Self { transport, host, port: address.port_u16() })
    }
}

fn webhook(word: &str) -> Result<Uri, NoticeOptionError> {
    let address: Uri = word.parse().map_err(|_| NoticeOptionError::Webhook)?;
    if has_user(&address) {
        return Err(NoticeOptionError::PasswordInWebhook);
    }
    match (address.scheme_str(), address.host()) {
        (Some("https"), Some(_)) => Ok(address),
        (Some("http"), Some(host)) if is_this_machine(host) => Ok(address),
        _ => Err(NoticeOptionError::PlainWebhook),
    }
}

fn has_user(address: &Uri) -> bool {
    address.authority().is_some_and(|authority| authority.as_str().contains('@'))
}

fn mailbox(word: &str) -> Result<Mailbox, NoticeOptionError> {
    word.parse().map_err(|_| NoticeOptionError::Mailbox(word.to_owned()))
}

fn secret(file: &str) -> Result<Secret, NoticeOptionError> {
    Secret::read(Path::new(file))
        .map_err(|error| NoticeOptionError::Secret { file: file.to_owned(), error })
}

fn signing_key(file: &str) -> Result<SigningKey, NoticeOptionError> {
    SigningKey::parse(&secret(file)?).ok_or(NoticeOptionError::SigningKey)
}
