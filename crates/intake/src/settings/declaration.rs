//! The settings, each declared once. A field's name is the setting's name in the file, of its flag
//! and of its variable; its comment is the help; its attribute holds the default and the parser.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use axum::http::HeaderValue;
use clap::Parser;

use super::notices::NoticeOptions;
use super::value::{
    FrameAncestors, Retention, folder, known_keys, number, origin, positive, seconds, socket,
};
use crate::keys::{KeyFileError, KnownKeys, UnknownRecipients, site};
use crate::log::LogFormat;
use crate::network::TrustedProxies;
use crate::notices::NoticeSettings;
use crate::store::Database;

/// The settings in force. Every value can be used: files were read, folders were there.
//
// Comments here are printed by `--help`: no period at the end, no links. Numbers of requests are
// meant for ten minutes.
#[derive(Clone, Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
pub struct Settings {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = socket)]
    pub listen: SocketAddr,
    /// Address and port of a second listener, for the staff's programs, metrics and readiness; keep
    /// it on this machine or a private network
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8090", value_parser = socket)]
    pub operations_listen: SocketAddr,
    /// Database of the requests: sqlite:PATH, a path, or postgres://USER@HOST/DATABASE
    #[arg(long, value_name = "DATABASE", default_value = "sqlite:intake.db")]
    pub database: Database,
    /// Folder of the built pages; without it only the interface is served
    #[arg(long, value_name = "FOLDER", value_parser = folder)]
    pub site: Option<PathBuf>,
    /// Folder of the built inbox, served for the staff by the listener for operations
    #[arg(long, value_name = "FOLDER", value_parser = folder)]
    pub inbox: Option<PathBuf>,
    /// Public key (JWK) or keys (JWK Set) that requests may be sealed for, by default those of the
    /// pages in site; may be given again
    #[arg(long, value_name = "FILE", value_parser = known_keys)]
    keys: Vec<KnownKeys>,
    /// Requests sealed for an unknown key beside a known one: refuse, or warn and store
    #[arg(long, value_name = "POLICY", default_value = "refuse")]
    pub unknown_recipients: UnknownRecipients,
    /// Sites that may show the pages in a frame, as in the CSP directive; may be given again
    #[arg(long, value_name = "SOURCES", default_value = "'self'")]
    frame_ancestors: Vec<FrameAncestors>,
    /// Max-age of Strict-Transport-Security; only where TLS is on for good
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub hsts: Option<u32>,
    /// Origin of pages that may use the interface, beside the guide's own; may be given again
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub origins: Vec<HeaderValue>,
    /// Address or network of a proxy whose X-Forwarded-For is believed, private for all private
    /// networks, or none; may be given again
    #[arg(long, value_name = "NETWORK", default_values = ["127.0.0.0/8", "::1"])]
    trusted_proxies: Vec<TrustedProxies>,
    /// Requests in ten minutes that an address may send before each needs a proof of work; 0 asks
    /// always
    #[arg(long, value_name = "NUMBER", default_value = "10", value_parser = number)]
    pub allowance: u32,
    /// Requests in ten minutes that an address may send at all
    #[arg(long, value_name = "NUMBER", default_value = "100", value_parser = positive)]
    pub limit: NonZeroU32,
    /// Requests in ten minutes that all addresses together may send before each needs a proof of
    /// work, the harder the more are stored
    #[arg(long, value_name = "NUMBER", default_value = "200", value_parser = positive)]
    pub total_allowance: NonZeroU32,
    /// Most requests stored at once; more are refused until some are deleted
    #[arg(long, value_name = "NUMBER", default_value = "100000", value_parser = positive)]
    pub max_requests: NonZeroU32,
    /// Most connections at once; more wait
    #[arg(long, value_name = "NUMBER", default_value = "512", value_parser = positive)]
    pub connections: NonZeroU32,
    /// Most connections at once of one address, or requests under way where it comes by a trusted
    /// proxy
    #[arg(long, value_name = "NUMBER", default_value = "64", value_parser = positive)]
    pub connections_per_address: NonZeroU32,
    /// Days after which settled requests (booked, declined, closed, junk) are deleted, or forever
    #[arg(long, value_name = "DAYS", default_value = "90")]
    pub retention_days: Retention,
    #[command(flatten)]
    notices: NoticeOptions,
    /// Format of the log: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub log_format: LogFormat,
}

impl Settings {
    /// Where `keys` names none, lets the keys be known that the pages seal for. They are read here, and once, so
    /// that all of the service knows the same.
    ///
    /// # Errors
    /// A list of keys that cannot be read.
    pub(super) fn or_keys_of_site(mut self) -> Result<Self, KeyFileError> {
        if let (true, Some(site)) = (self.keys.is_empty(), &self.site) {
            self.keys = vec![site::known(site)?];
        }
        Ok(self)
    }

    /// The public keys that requests may be sealed for; none while the clinic has none, and then every request is
    /// refused.
    pub fn keys(&self) -> KnownKeys {
        self.keys.iter().cloned().collect()
    }

    /// The sources that may show the pages in a frame: at least one.
    pub fn frame_ancestors(&self) -> FrameAncestors {
        self.frame_ancestors.iter().cloned().collect()
    }

    /// The proxies whose `X-Forwarded-For` is believed.
    pub fn trusted_proxies(&self) -> TrustedProxies {
        self.trusted_proxies.iter().cloned().collect()
    }

    /// The channels for notices of new requests.
    pub fn notices(&self) -> NoticeSettings {
        self.notices.settings()
    }
}
