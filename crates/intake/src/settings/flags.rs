//! Settings from the command line.

use std::path::PathBuf;

use clap::Args;

use super::{Setting, Sources};

/// Flags of a command that only reads what is stored.
#[derive(Args, Clone, Debug)]
pub struct StoreFlags {
    /// Settings file (TOML) [env: INTAKE_CONFIG]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where requests are stored: sqlite:PATH, a path, or postgres://USER@HOST/DATABASE [env:
    /// INTAKE_DATABASE] [default: sqlite:intake.db]
    #[arg(long, value_name = "DATABASE")]
    database: Option<String>,
}

/// Flags of the service.
#[derive(Args, Clone, Debug)]
pub struct ServiceFlags {
    #[command(flatten)]
    store: StoreFlags,
    /// Address and port to listen on [env: INTAKE_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Folder of the built pages; without it only the interface is served [env: INTAKE_SITE]
    #[arg(long, value_name = "FOLDER")]
    site: Option<String>,
    /// Public key (JWK) or keys (JWK Set) that requests may be sealed for; may be given again [env:
    /// INTAKE_KEYS, parted by commas]
    #[arg(long, value_name = "FILE")]
    keys: Vec<String>,
    /// Requests sealed for an unknown key beside a known one: refuse, or warn and store [env:
    /// INTAKE_UNKNOWN_RECIPIENTS] [default: refuse]
    #[arg(long, value_name = "FATE")]
    unknown_recipients: Option<String>,
    /// Who may show the pages in a frame, as in the CSP directive [env: INTAKE_FRAME_ANCESTORS]
    /// [default: 'self']
    #[arg(long, value_name = "SOURCES")]
    frame_ancestors: Option<String>,
    /// Send Strict-Transport-Security for so long; only where TLS is on for good [env: INTAKE_HSTS]
    #[arg(long, value_name = "SECONDS")]
    hsts: Option<String>,
    /// Origin of pages that may use the interface, beside the guide's own; may be given again [env:
    /// INTAKE_ORIGINS, parted by commas]
    #[arg(long, value_name = "ORIGIN")]
    origins: Vec<String>,
    /// Address or network of a proxy whose X-Forwarded-For is believed, private for all private
    /// networks, or none; may be given again [env: INTAKE_TRUSTED_PROXIES, parted by
    /// commas] [default: 127.0.0.0/8, ::1]
    #[arg(long, value_name = "NETWORK")]
    trusted_proxies: Vec<String>,
    /// Requests in ten minutes that an address may send before each needs a proof of work; 0 asks
    /// always [env: INTAKE_ALLOWANCE] [default: 10]
    #[arg(long, value_name = "NUMBER")]
    allowance: Option<String>,
    /// Requests in ten minutes that an address may send at all [env: INTAKE_LIMIT] [default: 100]
    #[arg(long, value_name = "NUMBER")]
    limit: Option<String>,
    /// Requests in ten minutes that all addresses together may send before each needs a proof of
    /// work, the harder the more are stored [env: INTAKE_TOTAL_ALLOWANCE] [default: 200]
    #[arg(long, value_name = "NUMBER")]
    total_allowance: Option<String>,
    /// Most requests stored at once; more are refused until some are deleted [env:
    /// INTAKE_MAX_REQUESTS] [default: 100000]
    #[arg(long, value_name = "NUMBER")]
    max_requests: Option<String>,
    /// Most connections at once; more wait [env: INTAKE_CONNECTIONS] [default: 512]
    #[arg(long, value_name = "NUMBER")]
    connections: Option<String>,
    /// Most connections at once of one address, or requests under way where it comes by a trusted
    /// proxy [env: INTAKE_CONNECTIONS_PER_ADDRESS] [default: 64]
    #[arg(long, value_name = "NUMBER")]
    connections_per_address: Option<String>,
    /// Days after which closed requests are deleted, or forever [env: INTAKE_RETENTION_DAYS]
    /// [default: 90]
    #[arg(long, value_name = "DAYS")]
    retention_days: Option<String>,
    #[command(flatten)]
    notices: NoticeFlags,
    /// Form of the log: text or json [env: INTAKE_LOG_FORMAT] [default: text]
    #[arg(long, value_name = "FORM")]
    log_format: Option<String>,
}

/// Flags for notices of new requests.
#[derive(Args, Clone, Debug)]
struct NoticeFlags {
    /// Mail server that takes notices of new requests, as smtp://HOST:PORT (STARTTLS) or
    /// smtps://HOST:PORT [env: INTAKE_SMTP]
    #[arg(long, value_name = "ADDRESS")]
    smtp: Option<String>,
    /// Its user [env: INTAKE_SMTP_USER]
    #[arg(long, value_name = "USER")]
    smtp_user: Option<String>,
    /// File that holds the user's password [env: INTAKE_SMTP_PASSWORD_FILE]
    #[arg(long, value_name = "FILE")]
    smtp_password_file: Option<String>,
    /// Who writes the notices [env: INTAKE_NOTICE_FROM]
    #[arg(long, value_name = "E-MAIL")]
    notice_from: Option<String>,
    /// Who gets them; may be given again [env: INTAKE_NOTICE_TO, parted by commas]
    #[arg(long, value_name = "E-MAIL")]
    notice_to: Vec<String>,
    /// Where notices are posted, signed as Standard Webhooks has it [env: INTAKE_WEBHOOK]
    #[arg(long, value_name = "ADDRESS")]
    webhook: Option<String>,
    /// File that holds the key that signs them, whsec_… [env: INTAKE_WEBHOOK_KEY_FILE]
    #[arg(long, value_name = "FILE")]
    webhook_key_file: Option<String>,
}

impl StoreFlags {
    /// These flags over the process's environment over the file.
    pub fn sources(self) -> Sources {
        gather(self.config, vec![(Setting::Database, Vec::from_iter(self.database))])
    }
}

impl ServiceFlags {
    /// These flags over the process's environment over the file.
    pub fn sources(self) -> Sources {
        let Self { store, listen, site, keys, frame_ancestors, hsts, .. } = self;
        let notices = self.notices;
        gather(
            store.config,
            vec![
                (Setting::Database, Vec::from_iter(store.database)),
                (Setting::Listen, Vec::from_iter(listen)),
                (Setting::Site, Vec::from_iter(site)),
                (Setting::Keys, keys),
                (Setting::UnknownRecipients, Vec::from_iter(self.unknown_recipients)),
                (Setting::FrameAncestors, Vec::from_iter(frame_ancestors)),
                (Setting::Hsts, Vec::from_iter(hsts)),
                (Setting::Origins, self.origins),
                (Setting::TrustedProxies, self.trusted_proxies),
                (Setting::Allowance, Vec::from_iter(self.allowance)),
                (Setting::Limit, Vec::from_iter(self.limit)),
                (Setting::TotalAllowance, Vec::from_iter(self.total_allowance)),
                (Setting::MaxRequests, Vec::from_iter(self.max_requests)),
                (Setting::Connections, Vec::from_iter(self.connections)),
                (Setting::ConnectionsPerAddress, Vec::from_iter(self.connections_per_address)),
                (Setting::RetentionDays, Vec::from_iter(self.retention_days)),
                (Setting::Smtp, Vec::from_iter(notices.smtp)),
                (Setting::SmtpUser, Vec::from_iter(notices.smtp_user)),
                (Setting::SmtpPasswordFile, Vec::from_iter(notices.smtp_password_file)),
                (Setting::NoticeFrom, Vec::from_iter(notices.notice_from)),
                (Setting::NoticeTo, notices.notice_to),
                (Setting::Webhook, Vec::from_iter(notices.webhook)),
                (Setting::WebhookKeyFile, Vec::from_iter(notices.webhook_key_file)),
                (Setting::LogFormat, Vec::from_iter(self.log_format)),
            ],
        )
    }
}

fn gather(config: Option<PathBuf>, mut flags: Vec<(Setting, Vec<String>)>) -> Sources {
    flags.retain(|(_, words)| !words.is_empty());
    // A variable that is not Unicode cannot be one of ours.
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    Sources::gather(config.as_deref(), flags, variables)
}
