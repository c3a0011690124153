//! `intake check`.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use time::{Duration, OffsetDateTime};

use super::error::CommandError;
use super::runtime::{today, wait_for};
use crate::keys::ExpiringKey;
use crate::keys::site::{self, Severity};
use crate::notices::Channels;
use crate::settings::{InForce, ServiceFlags, Settings, warnings};
use crate::store::{Database, STORE_TIMEOUT, Store, StoreError, without_password};

/// The age at which a backup is warned of: a daily one, and half a day to see that it failed.
const OLD_BACKUP: Duration = Duration::hours(36);
/// Two clocks that are both right differ by less.
const CLOCK_SLACK: Duration = Duration::HOUR;

/// Flags of `intake check`.
#[derive(Args, Debug)]
pub(super) struct CheckFlags {
    #[command(flatten)]
    service: ServiceFlags,
    /// Send a notice of request 0000-0000 to everybody who gets notices
    #[arg(long)]
    send_notice: bool,
}

/// Prints each setting with its value and source, then warnings, then every mistake. Compares the
/// keys of the pages with the known ones. Tries whether the database can be read, and a file of
/// SQLite written to; on request sends a trial notice.
pub(super) fn run(flags: CheckFlags, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let CheckFlags { service, send_notice } = flags;
    let sources = service.sources();
    for InForce { setting, given } in sources.in_force() {
        let words: Vec<String> = match setting.name() {
            "database" => given.words.iter().map(|it| without_password(it)).collect(),
            _ => given.words.clone(),
        };
        let words = if words.is_empty() { "-".to_owned() } else { words.join(" ") };
        writeln!(out, "{:26}{words:40}  {}", setting.name(), given.source)?;
    }
    let settings = Settings::from_sources(&sources).map_err(CommandError::Settings)?;
    let (keys, today) = (settings.keys(), today()?);
    for ExpiringKey { kid, notice } in keys.expiring(today) {
        eprintln!("warning: key {kid} {notice}");
    }
    for warning in warnings(&sources, &settings) {
        eprintln!("warning: {warning}");
    }
    if let Some(site) = settings.site.as_ref().filter(|site| !site.join("index.html").is_file()) {
        eprintln!("warning: {} holds no index.html; `make build` writes one", site.display());
    }
    if let Some(inbox) = settings.inbox.as_ref().filter(|it| !it.join("index.html").is_file()) {
        eprintln!("warning: {} holds no index.html, so it is no built inbox", inbox.display());
    }
    if let Some(site) = &settings.site
        && !keys.is_empty()
        && let Err(error) = site::compare(site, &keys, today)
    {
        match error.severity(settings.unknown_recipients) {
            Severity::Warning => eprintln!("warning: {error}"),
            Severity::Error | Severity::Fatal => return Err(error.into()),
        }
    }
    wait_for(try_out(&settings, send_notice))?;
    Ok(ExitCode::SUCCESS)
}

/// Tries whether this user could write to a database, and to the files that SQLite keeps beside it.
fn try_writing(file: &Path) -> Result<(), CommandError> {
    match OpenOptions::new().append(true).open(file) {
        Ok(_) => try_writing_beside(file),
        Err(error) => Err(CommandError::Unwritable { what: file.display().to_string(), error }),
    }
}

/// Tries it with a nameless file, so that nothing is left behind.
fn try_writing_beside(file: &Path) -> Result<(), CommandError> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match tempfile::tempfile_in(folder) {
        Ok(_) => Ok(()),
        Err(error) => Err(CommandError::Unwritable { what: folder.display().to_string(), error }),
    }
}

/// Warns where requests are stored, and the last backup that was noted is old.
async fn warn_of_backups(database: &Database) -> Result<(), CommandError> {
    let store = Store::open_for_reading(database, STORE_TIMEOUT).await?;
    let (count, last) = (store.count().await?, store.last_backup().await?);
    store.close().await;
    let how = "see \"Back up and restore\" in docs/operating.md";
    let age = last.map(|last| OffsetDateTime::now_utc() - last);
    match age {
        None if count > 0 => eprintln!("warning: no backup was ever noted; {how}"),
        Some(age) if age > OLD_BACKUP => {
            eprintln!("warning: the last backup is {} hours old; {how}", age.whole_hours());
        }
        Some(age) if age < -CLOCK_SLACK => {
            eprintln!("warning: the last backup was noted by a clock that was ahead; make another");
        }
        _ => {}
    }
    Ok(())
}

async fn try_out(settings: &Settings, send_notice: bool) -> Result<(), CommandError> {
    match &settings.database {
        Database::Sqlite(file) if !file.exists() => {
            try_writing_beside(file)?;
            eprintln!("{} is made at the first start", file.display());
        }
        database => {
            if let Database::Sqlite(file) = database {
                try_writing(file)?;
            }
            match Store::try_existing(database, STORE_TIMEOUT).await {
                // The start of the service migrates both.
                Err(error @ (StoreError::Empty(_) | StoreError::Older { .. })) => {
                    eprintln!("{error}");
                }
                tried => {
                    tried?;
                    warn_of_backups(database).await?;
                }
            }
        }
    }
    let channels = Channels::new(&settings.notices())?;
    if send_notice {
        for channel in channels.send_trial().await? {
            eprintln!("notice of request 0000-0000 sent by {}", channel.as_str());
        }
    }
    Ok(())
}
