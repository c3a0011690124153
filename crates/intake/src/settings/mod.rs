//! What the program is told.
//!
//! A setting can come from a flag (`--frame-ancestors`), from the environment
//! (`INTAKE_FRAME_ANCESTORS`) or from one TOML file (`frame_ancestors`); the first of these that
//! names it holds, else its default. Paths are relative to the working directory.

mod environment;
mod file;
mod flags;
mod notices;
mod source;
mod value;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use crate::keys::{KnownKeys, UnknownRecipients};
use crate::log::LogFormat;
use crate::network::TrustedProxies;
use crate::notices::NoticeSettings;
use crate::store::Database;

pub use flags::{ServiceFlags, StoreFlags};
pub use source::{Given, Mistake, Origin, Sources};
pub use value::{FrameAncestors, Origins, Retention};

/// The settings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// Address and port to listen on.
    Listen,
    /// Where requests are stored.
    Database,
    /// Folder of the built pages.
    Site,
    /// Files of the public keys that requests may be sealed for.
    Keys,
    /// The fate of a request that is sealed for an unknown key beside a known one.
    UnknownRecipients,
    /// Who may show the pages in a frame.
    FrameAncestors,
    /// For how long browsers insist on TLS.
    Hsts,
    /// Whose pages may use the interface, beside the guide's own.
    Origins,
    /// Whose word on where a request comes from is believed.
    TrustedProxies,
    /// Requests that an address may send freely.
    Allowance,
    /// Requests that an address may send at all.
    Limit,
    /// Requests that all addresses together may send freely.
    TotalAllowance,
    /// Most requests that are stored at once.
    MaxRequests,
    /// Most connections at once.
    Connections,
    /// Most of them that an address may have.
    ConnectionsPerAddress,
    /// Days after which closed requests are deleted.
    RetentionDays,
    /// The mail server that takes notices of new requests.
    Smtp,
    /// Its user.
    SmtpUser,
    /// File with the user's password.
    SmtpPasswordFile,
    /// Who writes the notices.
    NoticeFrom,
    /// Who gets them.
    NoticeTo,
    /// Where notices are posted.
    Webhook,
    /// File with the key that signs them.
    WebhookKeyFile,
    /// The form of the log.
    LogFormat,
}

impl Setting {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::Listen,
        Self::Database,
        Self::Site,
        Self::Keys,
        Self::UnknownRecipients,
        Self::FrameAncestors,
        Self::Hsts,
        Self::Origins,
        Self::TrustedProxies,
        Self::Allowance,
        Self::Limit,
        Self::TotalAllowance,
        Self::MaxRequests,
        Self::Connections,
        Self::ConnectionsPerAddress,
        Self::RetentionDays,
        Self::Smtp,
        Self::SmtpUser,
        Self::SmtpPasswordFile,
        Self::NoticeFrom,
        Self::NoticeTo,
        Self::Webhook,
        Self::WebhookKeyFile,
        Self::LogFormat,
    ];

    /// Its name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Listen => "listen",
            Self::Database => "database",
            Self::Site => "site",
            Self::Keys => "keys",
            Self::UnknownRecipients => "unknown_recipients",
            Self::FrameAncestors => "frame_ancestors",
            Self::Hsts => "hsts",
            Self::Origins => "origins",
            Self::TrustedProxies => "trusted_proxies",
            Self::Allowance => "allowance",
            Self::Limit => "limit",
            Self::TotalAllowance => "total_allowance",
            Self::MaxRequests => "max_requests",
            Self::Connections => "connections",
            Self::ConnectionsPerAddress => "connections_per_address",
            Self::RetentionDays => "retention_days",
            Self::Smtp => "smtp",
            Self::SmtpUser => "smtp_user",
            Self::SmtpPasswordFile => "smtp_password_file",
            Self::NoticeFrom => "notice_from",
            Self::NoticeTo => "notice_to",
            Self::Webhook => "webhook",
            Self::WebhookKeyFile => "webhook_key_file",
            Self::LogFormat => "log_format",
        }
    }

    /// Whether it takes a list, which is parted by commas in the environment.
    const fn is_list(self) -> bool {
        matches!(self, Self::Keys | Self::Origins | Self::TrustedProxies | Self::NoticeTo)
    }

    /// The setting of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.name() == name)
    }

    /// What holds where nobody gives it.
    const fn default_words(self) -> &'static [&'static str] {
        match self {
            Self::Listen => &["127.0.0.1:8080"],
            Self::Database => &["sqlite:intake.db"],
            Self::UnknownRecipients => &["refuse"],
            Self::FrameAncestors => &["'self'"],
            Self::TrustedProxies => &["127.0.0.0/8", "::1"],
            Self::Allowance => &["10"],
            Self::Limit => &["100"],
            Self::TotalAllowance => &["200"],
            Self::MaxRequests => &["100000"],
            Self::Connections => &["512"],
            Self::ConnectionsPerAddress => &["64"],
            Self::RetentionDays => &["90"],
            Self::LogFormat => &["text"],
            Self::Site | Self::Keys | Self::Hsts | Self::Origins => &[],
            Self::Smtp | Self::SmtpUser | Self::SmtpPasswordFile => &[],
            Self::NoticeFrom | Self::NoticeTo | Self::Webhook | Self::WebhookKeyFile => &[],
        }
    }
}

/// What the service runs with. Every value can be used: files were read, folders were there.
#[derive(Clone, Debug)]
pub struct Settings {
    /// See [`Setting::Listen`].
    pub listen: SocketAddr,
    /// See [`Setting::Database`].
    pub database: Database,
    /// See [`Setting::Site`]; without it only the interface is served.
    pub site: Option<PathBuf>,
    /// What the files of [`Setting::Keys`] hold: at least one key.
    pub keys: KnownKeys,
    /// See [`Setting::UnknownRecipients`].
    pub unknown_recipients: UnknownRecipients,
    /// See [`Setting::FrameAncestors`].
    pub frame_ancestors: FrameAncestors,
    /// Seconds of `Strict-Transport-Security`; without it the header is not sent.
    pub hsts: Option<u32>,
    /// See [`Setting::Origins`].
    pub origins: Origins,
    /// See [`Setting::TrustedProxies`].
    pub trusted_proxies: TrustedProxies,
    /// See [`Setting::Allowance`]; in ten minutes. With 0 a proof of work is asked for always.
    pub allowance: u32,
    /// See [`Setting::Limit`]; in ten minutes.
    pub limit: NonZeroU32,
    /// See [`Setting::TotalAllowance`]; in ten minutes.
    pub total_allowance: NonZeroU32,
    /// See [`Setting::MaxRequests`].
    pub max_requests: NonZeroU32,
    /// See [`Setting::Connections`].
    pub connections: NonZeroU32,
    /// See [`Setting::ConnectionsPerAddress`]; of requests under way, for who comes by a proxy.
    pub connections_per_address: NonZeroU32,
    /// See [`Setting::RetentionDays`].
    pub retention: Retention,
    /// Where notices of new requests go.
    pub notices: NoticeSettings,
    /// See [`Setting::LogFormat`].
    pub log_format: LogFormat,
}

impl Settings {
    /// The settings that hold.
    ///
    /// # Errors
    /// Every mistake in any of them.
    pub fn from_sources(sources: &Sources) -> Result<Self, Vec<Mistake>> {
        let mut mistakes = sources.mistakes().to_vec();
        let listen = sources.value(Setting::Listen, value::address, &mut mistakes);
        let database = database_of(sources, &mut mistakes);
        let site = sources.value(Setting::Site, value::folder, &mut mistakes);
        let keys = sources.value(Setting::Keys, value::keys, &mut mistakes);
        let unknown_recipients =
            sources.value(Setting::UnknownRecipients, value::one, &mut mistakes);
        let frame_ancestors =
            sources.value(Setting::FrameAncestors, FrameAncestors::parse, &mut mistakes);
        let hsts = sources.value(Setting::Hsts, value::seconds, &mut mistakes);
        let origins = sources.value(Setting::Origins, Origins::parse, &mut mistakes);
        let trusted_proxies =
            sources.value(Setting::TrustedProxies, value::trusted_proxies, &mut mistakes);
        let allowance = sources.value(Setting::Allowance, value::number, &mut mistakes);
        let limit = sources.value(Setting::Limit, value::positive, &mut mistakes);
        let total_allowance =
            sources.value(Setting::TotalAllowance, value::positive, &mut mistakes);
        let max_requests = sources.value(Setting::MaxRequests, value::positive, &mut mistakes);
        let connections = sources.value(Setting::Connections, value::positive, &mut mistakes);
        let connections_per_address =
            sources.value(Setting::ConnectionsPerAddress, value::positive, &mut mistakes);
        let retention = sources.value(Setting::RetentionDays, Retention::parse, &mut mistakes);
        let notices = notices::settings(sources, &mut mistakes);
        let log_format = sources.value(Setting::LogFormat, value::log_format, &mut mistakes);
        // A value that is not there is a mistake.
        let settings = || {
            Some(Self {
                listen: listen?,
                database: database?,
                site: site?,
                keys: keys?,
                unknown_recipients: unknown_recipients?,
                frame_ancestors: frame_ancestors?,
                hsts: hsts?,
                origins: origins?,
                trusted_proxies: trusted_proxies?,
                allowance: allowance?,
                limit: limit?,
                total_allowance: total_allowance?,
                max_requests: max_requests?,
                connections: connections?,
                connections_per_address: connections_per_address?,
                retention: retention?,
                notices: notices?,
                log_format: log_format?,
            })
        };
        if mistakes.is_empty() { settings().ok_or(mistakes) } else { Err(mistakes) }
    }
}

/// Says that patients may be counted as one sender: connections come from elsewhere, and nobody said
/// by way of whom.
pub fn unnamed_proxies(sources: &Sources, settings: &Settings) -> Option<&'static str> {
    let is_default = sources.given(Setting::TrustedProxies).origin == Origin::Default;
    (is_default && !settings.listen.ip().is_loopback()).then_some(
        "listen takes connections from elsewhere, and trusted_proxies names this machine alone: \
         behind a proxy on another machine or in another container all patients count as one \
         sender; give trusted_proxies its address or network, private for all private networks, \
         or none where there is no proxy",
    )
}

/// The database alone, for commands that need nothing else.
///
/// # Errors
/// Every mistake in it and in the file as a whole.
pub fn database(sources: &Sources) -> Result<Database, Vec<Mistake>> {
    let mut mistakes = sources.mistakes().to_vec();
    match database_of(sources, &mut mistakes) {
        Some(database) if mistakes.is_empty() => Ok(database),
        _ => Err(mistakes),
    }
}

fn database_of(sources: &Sources, mistakes: &mut Vec<Mistake>) -> Option<Database> {
    let in_the_open = matches!(sources.given(Setting::Database).origin, Origin::Flag(_));
    sources.value(Setting::Database, |words| value::database(words, in_the_open), mistakes)
}
