//! Settings understood. Each reader takes the words given and says all that is wrong with them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use axum::http::HeaderValue;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::Url;

use crate::keys::KnownKeys;
use crate::log::LogFormat;

/// Names of the parameter that says how PostgreSQL is reached, as SQLx reads them.
const SSL_MODE: [&str; 2] = ["sslmode", "ssl-mode"];

/// Where requests are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// One SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL database.
    Postgres(PostgresAddress),
}

/// The address of a PostgreSQL database. Never shows the password in it.
#[derive(Clone)]
pub struct PostgresAddress {
    address: String,
    options: Box<PgConnectOptions>,
}

/// Sources of the CSP directive `frame-ancestors`, parted by spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameAncestors(String);

impl Database {
    /// `postgres://…`, `sqlite:PATH` or a plain path, in a folder that is there.
    pub(super) fn parse(words: &[String]) -> Result<Self, Vec<String>> {
        let word = single(words)?;
        if is_postgres(word) {
            // What is wrong with it may be the password, which is not told.
            return PostgresAddress::parse(word).map(Self::Postgres).map_or_else(
                || refuse("not an address; give postgres://USER@HOST:PORT/DATABASE"),
                Ok,
            );
        }
        let path = match word.strip_prefix("sqlite:") {
            Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
            None if word.contains("://") => {
                return refuse("not a known database; give sqlite:PATH or postgres://…");
            }
            None => word,
        };
        if path.is_empty() || path == ":memory:" {
            return refuse("give the path of a file; requests kept in memory would be lost");
        }
        let folder = match Path::new(path).parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if !folder.is_dir() {
            return refuse(format!("there is no folder {}; make it first", folder.display()));
        }
        Ok(Self::Sqlite(path.into()))
    }

    /// As [`Database::parse`], for a word that other users of the machine can see.
    pub(super) fn parse_in_the_open(words: &[String]) -> Result<Self, Vec<String>> {
        let database = Self::parse(words)?;
        match &database {
            Self::Postgres(postgres) if postgres.has_password() => refuse(
                "a command line can be read by every user of this machine; put the password into \
                 the settings file, INTAKE_DATABASE, PGPASSWORD or ~/.pgpass",
            ),
            _ => Ok(database),
        }
    }
}

/// A word that gives a database, without the password that may be in it.
pub fn without_password(word: &str) -> String {
    match Database::parse(&[word.to_owned()]) {
        Ok(Database::Postgres(postgres)) => postgres.to_string(),
        _ if is_postgres(word) => "postgres://…".to_owned(),
        _ => word.to_owned(),
    }
}

fn is_postgres(word: &str) -> bool {
    word.starts_with("postgres://") || word.starts_with("postgresql://")
}

impl PostgresAddress {
    /// An address as libpq takes it. Over a network the server must prove by TLS that it is the one
    /// named, unless `sslmode` in the address says otherwise: libpq's default, `prefer`, goes on in
    /// the clear where somebody in between says that there is no TLS.
    fn parse(word: &str) -> Option<Self> {
        let mut options: PgConnectOptions = word.parse().ok()?;
        let said = Url::parse(word)
            .is_ok_and(|url| url.query_pairs().any(|(name, _)| SSL_MODE.contains(&&*name)));
        if !said && is_over_network(&options) {
            options = options.ssl_mode(PgSslMode::VerifyFull);
        }
        Some(Self { address: word.to_owned(), options: Box::new(options) })
    }

    /// What a connection is made with.
    pub fn options(&self) -> &PgConnectOptions {
        &self.options
    }

    fn has_password(&self) -> bool {
        let authority = self.address.split('/').nth(2).unwrap_or_default();
        let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
        user.contains(':') || self.address.contains("password=")
    }
}

impl PartialEq for PostgresAddress {
    fn eq(&self, other: &Self) -> bool {
        self.address == other.address
    }
}

impl Eq for PostgresAddress {}

impl fmt::Display for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.options.get_username();
        let database = self.options.get_database().unwrap_or(user);
        let (host, port) = (self.options.get_host(), self.options.get_port());
        write!(f, "postgres://{user}@{host}:{port}/{database}")?;
        match self.options.get_ssl_mode() {
            PgSslMode::Prefer if !is_over_network(&self.options) => Ok(()),
            mode => write!(f, "?sslmode={}", ssl_mode(mode)),
        }
    }
}

impl fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Returns `true` if the connection to the server leaves this machine.
fn is_over_network(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    // A host that is a path names a Unix socket.
    options.get_socket().is_none() && !host.starts_with('/') && !is_this_machine(host)
}

/// As libpq names it.
const fn ssl_mode(mode: PgSslMode) -> &'static str {
    match mode {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

impl FrameAncestors {
    /// One or more sources. Nothing that could end the directive and begin another.
    pub(super) fn parse(words: &[String]) -> Result<Self, Vec<String>> {
        let sources = words.join(" ");
        let fits = |c: char| c.is_ascii_graphic() && c != ';' && c != ',' || c == ' ';
        if sources.trim().is_empty() || !sources.chars().all(fits) {
            return refuse(
                "give sources such as 'self' or https://clinic.example, parted by spaces",
            );
        }
        Ok(Self(sources.trim().to_owned()))
    }

    /// As it stands in the header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Origins of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(Vec<HeaderValue>);

impl Origins {
    /// Each as browsers send it: scheme, host, and a port that is not the scheme's own.
    pub(super) fn parse(words: &[String]) -> Result<Self, Vec<String>> {
        each(words, |word| {
            let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
            let fits =
                |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.:[]".contains(c);
            match HeaderValue::try_from(word) {
                Ok(value) if rest.is_some_and(|it| !it.is_empty() && it.chars().all(fits)) => {
                    Ok(value)
                }
                _ => Err(format!("\"{word}\" is no origin, such as https://clinic.example")),
            }
        })
        .map(Self)
    }

    /// As they stand in headers.
    pub fn as_slice(&self) -> &[HeaderValue] {
        &self.0
    }
}

/// The fate of a request that is sealed for an unknown key beside a known one. One that is sealed for
/// no known key is refused always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownRecipients {
    /// It is refused: the page that sealed it may have been altered to seal for a stranger too.
    Refuse,
    /// It is stored, with a warning in the log.
    Warn,
}

impl UnknownRecipients {
    /// `refuse` or `warn`.
    pub(super) fn parse(words: &[String]) -> Result<Self, Vec<String>> {
        match single(words)? {
            "refuse" => Ok(Self::Refuse),
            "warn" => Ok(Self::Warn),
            word => refuse(format!("\"{word}\" is neither refuse nor warn")),
        }
    }
}

/// Networks of proxies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Addresses and networks, `private` among them for all private ones, or `none`.
    pub(super) fn parse(words: &[String]) -> Result<Self, Vec<String>> {
        if let [word] = words
            && word == "none"
        {
            return Ok(Self(Vec::new()));
        }
        let networks = each(words, |word| {
            if word == "private" {
                return Ok(PRIVATE.to_vec());
            }
            let network = word.parse().or_else(|_| word.parse::<IpAddr>().map(IpNet::from));
            network.map(|network| vec![network]).map_err(|_| {
                format!(
                    "\"{word}\" is no address or network, such as 10.0.0.0/8; or give private or none"
                )
            })
        })?;
        Ok(Self(networks.concat()))
    }

    /// The networks.
    pub fn as_slice(&self) -> &[IpNet] {
        &self.0
    }

    /// Returns `true` if the address is in one of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// Networks that no address on the public Internet is in: of this machine (RFC 1122, RFC 4291), of
/// organizations and containers (RFC 1918, RFC 4193, RFC 6598), of one wire (RFC 3927, RFC 4291).
const PRIVATE: [IpNet; 9] = [
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8)),
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128)),
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8)),
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12)),
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16)),
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10)),
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7)),
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 0, 0), 16)),
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10)),
];

/// The private network that an address is in.
pub fn private_network(address: IpAddr) -> Option<IpNet> {
    let address = address.to_canonical();
    PRIVATE.into_iter().find(|network| network.contains(&address))
}

/// Returns `true` if the address is on no public network.
pub fn is_private(address: IpAddr) -> bool {
    private_network(address).is_some()
}

/// For how long closed requests are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// So many days after they were closed.
    Days(u32),
    /// Until somebody deletes them.
    Forever,
}

impl Retention {
    /// A number of days from 1, or `forever`.
    pub(super) fn parse(words: &[String]) -> Result<Self, Vec<String>> {
        match single(words)? {
            "forever" => Ok(Self::Forever),
            word => match word.parse::<NonZeroU32>() {
                Ok(days) => Ok(Self::Days(days.get())),
                Err(_) => refuse(format!("\"{word}\" is not a number of days from 1, nor forever")),
            },
        }
    }
}

pub(super) fn log_format(words: &[String]) -> Result<LogFormat, Vec<String>> {
    match single(words)? {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        word => refuse(format!("\"{word}\" is neither text nor json")),
    }
}

/// Returns `true` for a host that is reached without a network.
pub(super) fn is_this_machine(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Every word understood, or all that is wrong with any.
pub(super) fn each<T>(
    words: &[String],
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, Vec<String>> {
    let (mut values, mut reasons) = (Vec::new(), Vec::new());
    for word in words {
        match parse(word) {
            Ok(value) => values.push(value),
            Err(reason) => reasons.push(reason),
        }
    }
    if reasons.is_empty() { Ok(values) } else { Err(reasons) }
}

pub(super) fn number(words: &[String]) -> Result<u32, Vec<String>> {
    let word = single(words)?;
    word.parse().or_else(|_| refuse(format!("\"{word}\" is not a whole number")))
}

pub(super) fn positive(words: &[String]) -> Result<NonZeroU32, Vec<String>> {
    let word = single(words)?;
    word.parse().or_else(|_| refuse(format!("\"{word}\" is not a whole number from 1")))
}

pub(super) fn address(words: &[String]) -> Result<SocketAddr, Vec<String>> {
    let word = single(words)?;
    word.parse().or_else(|_| {
        refuse(format!("\"{word}\" is not an IP address and port, such as 127.0.0.1:8080"))
    })
}

pub(super) fn folder(words: &[String]) -> Result<Option<PathBuf>, Vec<String>> {
    let Some(word) = at_most_one(words)? else { return Ok(None) };
    if Path::new(word).is_dir() {
        Ok(Some(word.into()))
    } else {
        refuse(format!("there is no folder {word}"))
    }
}

pub(super) fn keys(words: &[String]) -> Result<KnownKeys, Vec<String>> {
    if words.is_empty() {
        return refuse("give at least one public key; `intake key new` makes a pair");
    }
    KnownKeys::read(words)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>())
}

pub(super) fn seconds(words: &[String]) -> Result<Option<u32>, Vec<String>> {
    let Some(word) = at_most_one(words)? else { return Ok(None) };
    match word.parse() {
        Ok(seconds) => Ok(Some(seconds)),
        Err(_) => refuse(format!("\"{word}\" is not a whole number of seconds")),
    }
}

pub(super) fn single(words: &[String]) -> Result<&str, Vec<String>> {
    at_most_one(words)?.map_or_else(|| refuse("takes one value"), Ok)
}

pub(super) fn at_most_one(words: &[String]) -> Result<Option<&str>, Vec<String>> {
    match words {
        [] => Ok(None),
        [word] => Ok(Some(word)),
        _ => refuse("takes one value"),
    }
}

pub(super) fn refuse<T>(reason: impl Into<String>) -> Result<T, Vec<String>> {
    Err(vec![reason.into()])
}
