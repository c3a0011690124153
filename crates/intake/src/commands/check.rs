//! `intake check`.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::{CommandError, today, wait_for};
use crate::notices::Channels;
use crate::settings::{
    Database, ServiceFlags, Setting, Settings, unnamed_proxies, without_password,
};
use crate::store::{PATIENCE, Store};

/// What to check.
#[derive(Args, Debug)]
pub(super) struct CheckFlags {
    #[command(flatten)]
    service: ServiceFlags,
    /// Send a notice of request 0000-0000 to everybody who gets notices
    #[arg(long)]
    send_notice: bool,
}

/// Prints each setting, what holds and where it comes from, then what will be a mistake soon, then
/// every mistake. Tries whether the database can be read, and what it was asked to try.
pub(super) fn run(flags: CheckFlags, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let CheckFlags { service, send_notice } = flags;
    let sources = service.sources();
    for setting in Setting::ALL {
        let given = sources.given(setting);
        let words = match setting {
            Setting::Database => given.words.iter().map(|it| without_password(it)).collect(),
            _ => given.words,
        };
        let words = if words.is_empty() { "-".to_owned() } else { words.join(" ") };
        writeln!(out, "{:24}{words:40}  {}", setting.name(), given.origin)?;
    }
    let settings = Settings::from_sources(&sources).map_err(CommandError::Settings)?;
    for (kid, notice) in settings.keys.expiring(today()) {
        eprintln!("warning: key {kid} {notice}");
    }
    if let Some(warning) = unnamed_proxies(&sources, &settings) {
        eprintln!("warning: {warning}");
    }
    if let Some(site) = settings.site.as_ref().filter(|site| !site.join("index.html").is_file()) {
        eprintln!("warning: {} holds no index.html; `make build` writes one", site.display());
    }
    wait_for(try_out(&settings, send_notice))?;
    Ok(ExitCode::SUCCESS)
}

async fn try_out(settings: &Settings, send_notice: bool) -> Result<(), CommandError> {
    match &settings.database {
        Database::Sqlite(file) if !file.exists() => {
            eprintln!("{} is made at the first start", file.display());
        }
        database => Store::open_for_reading(database, PATIENCE).await?.close().await,
    }
    let channels = Channels::new(&settings.notices)?;
    if send_notice {
        for channel in channels.send_trial().await? {
            eprintln!("notice of request 0000-0000 sent by {}", channel.as_str());
        }
    }
    Ok(())
}
