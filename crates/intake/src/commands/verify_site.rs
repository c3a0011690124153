//! `intake verify-site`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use axum::http::HeaderValue;
use clap::Args;
use url::Url;

use super::error::CommandError;
use super::runtime::wait_for;
use crate::verify_site::{Manifest, Visitor, verify};

/// Flags of `intake verify-site`.
#[derive(Args, Debug)]
pub(super) struct VerifySiteFlags {
    /// Address of the guide, such as https://guide.example/
    #[arg(long, value_name = "URL", value_parser = site)]
    site: Url,
    /// File with the digests of all files, which `make build` writes beside `dist`; keep it on another
    /// machine than the site's
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// Name to visit by, such as a browser's, so that a server that sends you another page than patients
    /// has it harder
    #[arg(
        long,
        value_name = "TEXT",
        default_value = concat!("intake/", env!("CARGO_PKG_VERSION")),
        value_parser = user_agent
    )]
    user_agent: HeaderValue,
}

/// Fetches every file of the manifest, and prints each difference. The exit code is 1 where there is any.
pub(super) fn run(flags: VerifySiteFlags, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let VerifySiteFlags { site, manifest, user_agent } = flags;
    let manifest = Manifest::read(&manifest)
        .map_err(|error| CommandError::Manifest { file: manifest, error })?;
    let visitor = Visitor::new(user_agent)?;
    let report = wait_for(async { Ok(verify(&site, &manifest, &visitor).await) })?;
    for line in report.lines() {
        writeln!(out, "{line}")?;
    }
    eprintln!("{} files fetched, {} differences", manifest.files().len(), report.len());
    Ok(if report.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn site(text: &str) -> Result<Url, &'static str> {
    let site = Url::parse(text).ok().filter(|site| matches!(site.scheme(), "http" | "https"));
    site.ok_or("give an address that begins with https:// or http://")
}

fn user_agent(text: &str) -> Result<HeaderValue, &'static str> {
    text.parse().map_err(|_| "give one line of text")
}
