//! Notices by e-mail.

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue, To};
use lettre::message::{Mailbox, Mailboxes, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::content::{Event, NoticeContent};
use super::error::{NoticeError, TIME_LIMIT};
use super::secret::Secret;

/// The encryption of the connection to the mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// TLS from the first byte (`smtps://`).
    Tls,
    /// TLS before anything is sent (`smtp://`, STARTTLS).
    StartTls,
    /// In the clear: on this machine only.
    Loopback,
}

/// The account at a mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Its name.
    pub user: String,
    /// Its password.
    pub password: Secret,
}

/// The mail server, the sender and the recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailSettings {
    /// The encryption of the connection.
    pub transport: Transport,
    /// The server's name or address.
    pub host: String,
    /// `None` for the default port of the protocol.
    pub port: Option<u16>,
    /// `None` if the server asks for none.
    pub login: Option<Login>,
    /// The sender.
    pub from: Mailbox,
    /// All recipients, in one message.
    pub to: Vec<Mailbox>,
    /// Those who get the alarm about unread requests too.
    pub deputies: Vec<Mailbox>,
}

/// Sends notices by e-mail.
#[derive(Clone, Debug)]
pub struct Email {
    server: AsyncSmtpTransport<Tokio1Executor>,
    message: MessageBuilder,
    to: Mailboxes,
    /// With the deputies, each address once.
    everybody: Mailboxes,
    domain: String,
}

/// Keeps absence notices from replying (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Email {
    /// A channel; nothing is connected yet.
    ///
    /// # Errors
    /// An error for a server's name that cannot be in a certificate.
    pub fn new(settings: &EmailSettings) -> Result<Self, NoticeError> {
        let EmailSettings { transport, host, port, login, from, to, deputies } = settings;
        let mut server = match transport {
            Transport::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(host)?,
            Transport::StartTls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host)?,
            Transport::Loopback => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host),
        };
        if let Some(port) = port {
            server = server.port(*port);
        }
        if let Some(Login { user, password }) = login {
            let password = password.reveal().to_owned();
            server = server.credentials(Credentials::new(user.clone(), password));
        }
        let mut everybody = to.clone();
        for deputy in deputies {
            if !everybody.iter().any(|other| other.email == deputy.email) {
                everybody.push(deputy.clone());
            }
        }
        let message = Message::builder()
            .from(from.clone())
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN);
        Ok(Self {
            server: server.timeout(Some(TIME_LIMIT)).build(),
            message,
            to: to.iter().cloned().collect(),
            everybody: everybody.into_iter().collect(),
            domain: from.email.domain().to_owned(),
        })
    }

    /// Sends a notice. A retry has the same message id.
    ///
    /// # Errors
    /// An error if the server did not accept it.
    pub async fn send(&self, content: &NoticeContent) -> Result<(), NoticeError> {
        match content.event {
            Event::Arrived { .. } => self.send_to(&self.to, content).await,
            Event::Unread { .. } => self.send_to_everybody(content).await,
        }
    }

    /// Sends a notice to the deputies too, whatever it is about.
    ///
    /// # Errors
    /// As [`Email::send`].
    pub async fn send_to_everybody(&self, content: &NoticeContent) -> Result<(), NoticeError> {
        self.send_to(&self.everybody, content).await
    }

    async fn send_to(&self, to: &Mailboxes, content: &NoticeContent) -> Result<(), NoticeError> {
        let NoticeContent { id, event } = content;
        let (subject, rest) = text(event);
        let message = self
            .message
            .clone()
            .mailbox(To::from(to.clone()))
            .subject(subject.clone())
            .message_id(Some(format!("<{id}@{}>", self.domain)))
            .body(format!("{subject}. {rest}\n"))?;
        self.server.send(message).await?;
        Ok(())
    }
}

/// The subject, and the sentences after it in the body.
fn text(event: &Event) -> (String, String) {
    match event {
        Event::Arrived { requests: 1, reference } => (
            format!("Appointment request {reference} arrived"),
            "It is sealed: open it with intake.".to_owned(),
        ),
        Event::Arrived { requests, reference } => (
            format!("{requests} appointment requests arrived"),
            format!("The last is {reference}. They are sealed: open them with intake."),
        ),
        Event::Unread { requests: 1, reference, age_days } => (
            format!("Appointment request {reference} is still new"),
            format!(
                "It arrived {}. Open it, then claim it, or mark what came of it.",
                ago(*age_days)
            ),
        ),
        Event::Unread { requests, reference, age_days } => (
            format!("{requests} appointment requests are still new"),
            format!(
                "The oldest is {reference}; it arrived {}. Open them, then claim them, or mark what \
                 came of them.",
                ago(*age_days)
            ),
        ),
    }
}

fn ago(days: u64) -> String {
    match days {
        1 => "1 day ago".to_owned(),
        _ => format!("{days} days ago"),
    }
}
