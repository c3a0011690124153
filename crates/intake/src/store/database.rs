//! The database that requests are stored in, by its file or address.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::Url;

use crate::network::is_this_machine;

/// Names of the parameter for TLS to PostgreSQL, as SQLx reads them.
const SSL_MODE: [&str; 2] = ["sslmode", "ssl-mode"];

/// The database of the requests.
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

/// Why a word is no database. Never repeats the word, which may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADatabase {
    /// An address that SQLx cannot read.
    #[error("not an address; give postgres://USER@HOST:PORT/DATABASE")]
    Address,
    /// An address of another kind.
    #[error("not a known database; give sqlite:PATH or postgres://…")]
    Unknown,
    /// SQLite without a file.
    #[error("give the path of a file; requests kept in memory would be lost")]
    NoFile,
    /// SQLite makes files, but no folders.
    #[error("there is no folder {}; make it first", .0.display())]
    NoFolder(PathBuf),
}

impl FromStr for Database {
    type Err = NotADatabase;

    /// Parses `postgres://…`, `sqlite:PATH` or a plain path, in a folder that is there.
    fn from_str(word: &str) -> Result<Self, NotADatabase> {
        if is_postgres(word) {
            // `postgres:` alone would take the rest for a path.
            if !word.contains("://") {
                return Err(NotADatabase::Address);
            }
            let address = PostgresAddress::parse(word).ok_or(NotADatabase::Address)?;
            return Ok(Self::Postgres(address));
        }
        let path = match word.strip_prefix("sqlite:") {
            Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
            None if is_like_address(word) => return Err(NotADatabase::Unknown),
            None => word,
        };
        if path.is_empty() || path == ":memory:" {
            return Err(NotADatabase::NoFile);
        }
        let folder = match Path::new(path).parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if !folder.is_dir() {
            return Err(NotADatabase::NoFolder(folder.to_owned()));
        }
        Ok(Self::Sqlite(path.into()))
    }
}

/// A word that gives a database, without the password that may be in it.
pub fn without_password(word: &str) -> String {
    match word.parse() {
        Ok(Database::Postgres(postgres)) => postgres.to_string(),
        // Anything may be in it.
        Err(NotADatabase::Address | NotADatabase::Unknown) => {
            word.split_once(':').map_or_else(|| "…".to_owned(), |(scheme, _)| format!("{scheme}:…"))
        }
        Ok(Database::Sqlite(_)) | Err(NotADatabase::NoFile | NotADatabase::NoFolder(_)) => {
            word.to_owned()
        }
    }
}

/// Returns `true` for the schemes of PostgreSQL, in letters of any size (RFC 3986 §3.1).
fn is_postgres(word: &str) -> bool {
    let scheme = word.split_once(':').map_or("", |(scheme, _)| scheme);
    ["postgres", "postgresql"].iter().any(|it| scheme.eq_ignore_ascii_case(it))
}

/// Returns `true` for an address, or the `USER:PASSWORD@` of one whose beginning is missing. A file of
/// such a name can be given by `sqlite:`.
fn is_like_address(word: &str) -> bool {
    word.contains("://") || word.split_once('@').is_some_and(|(user, _)| user.contains(':'))
}

impl PostgresAddress {
    /// An address as libpq takes it. Over a network the server must prove by TLS that it is the one
    /// named, unless `sslmode` in the address says otherwise: libpq's default, `prefer`, goes on in
    /// the clear where somebody in between claims that there is no TLS.
    fn parse(word: &str) -> Option<Self> {
        let mut options: PgConnectOptions = word.parse().ok()?;
        let has_ssl_mode = Url::parse(word)
            .is_ok_and(|url| url.query_pairs().any(|(name, _)| SSL_MODE.contains(&&*name)));
        if !has_ssl_mode && is_over_network(&options) {
            options = options.ssl_mode(PgSslMode::VerifyFull);
        }
        Some(Self { address: word.to_owned(), options: Box::new(options) })
    }

    /// The options of a connection.
    pub fn options(&self) -> &PgConnectOptions {
        &self.options
    }

    /// Returns `true` if the address holds a password.
    pub fn has_password(&self) -> bool {
        let authority = self.address.split('/').nth(2);
        let user = authority.and_then(|it| it.rsplit_once('@')).map(|(user, _)| user);
        user.is_some_and(|user| user.contains(':')) || self.address.contains("password=")
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
