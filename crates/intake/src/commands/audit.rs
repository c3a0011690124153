//! `intake audit`.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use clinic_core::readable;
use serde_json::Value;

use super::error::CommandError;
use super::runtime::wait_for;
use crate::audit::{Chain, Hash, Line, StoredLine};
use crate::settings::{self, StoreFlags};
use crate::store::{STORE_TIMEOUT, Store};

/// Lines read at once.
const PAGE: u32 = 1000;
/// Most broken places that are printed: after lines were renumbered none fits any more.
const MAX_PRINTED: u64 = 20;
/// Exit code: the chain is broken, or the expected hash is not in it.
const BROKEN: u8 = 4;

/// Flags of `intake audit`.
#[derive(Args, Debug)]
pub(super) struct AuditFlags {
    #[command(flatten)]
    store: StoreFlags,
    /// Print each line as one line of JSON, with its hash
    #[arg(long)]
    json: bool,
    /// Fail unless this hash, written down earlier, is in the chain: lines removed from its end are
    /// found by nothing else
    #[arg(long, value_name = "HASH")]
    expect: Option<Hash>,
}

/// The outcome of verifying the whole audit.
struct Verified {
    chain: Chain,
    lines: u64,
    breaks: u64,
    /// The position of the line with the expected hash.
    expected_at: Option<i64>,
}

/// Prints each line to `out`, and to standard error every place where the chain is broken, then the
/// number of lines and the hash of the last one. The exit code is 4 where the chain is broken, or the
/// expected hash is not in it.
pub(super) fn run(flags: AuditFlags, out: &mut impl Write) -> Result<ExitCode, CommandError> {
    let AuditFlags { store, json, expect } = flags;
    let database = settings::database(&store.sources()).map_err(CommandError::Settings)?;
    let verified = wait_for(async {
        let store = Store::open_for_reading(&database, STORE_TIMEOUT).await?;
        let verified = verify(&store, expect, |stored| {
            let line = if json { in_json(stored) } else { in_words(&stored.line) };
            Ok(writeln!(out, "{line}")?)
        })
        .await;
        store.close().await;
        verified
    })?;
    let Verified { chain, lines, breaks, expected_at } = verified;
    if breaks > MAX_PRINTED {
        eprintln!("and {} more", breaks - MAX_PRINTED);
    }
    if let Some(expected) = expect {
        match expected_at {
            Some(0) => eprintln!("the hash expected is that of an audit without lines"),
            Some(position) => eprintln!("the hash expected is that of line {position}"),
            None => eprintln!(
                "the hash expected is in no line: lines were removed from the end or written anew, or \
                 the database is an older copy ({expected})"
            ),
        }
    }
    match breaks {
        0 => eprintln!("{lines} lines, none changed or missing; the last hash is {}", chain.head()),
        _ => eprintln!("{lines} lines, {breaks} broken places; the last hash is {}", chain.head()),
    }
    let is_whole = breaks == 0 && (expect.is_none() || expected_at.is_some());
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(BROKEN) })
}

/// Reads all lines, and prints every place where the chain is broken.
async fn verify(
    store: &Store,
    expect: Option<Hash>,
    mut take: impl FnMut(&StoredLine) -> Result<(), CommandError>,
) -> Result<Verified, CommandError> {
    let expected_at = (expect == Some(Hash::NONE)).then_some(0);
    let mut verified = Verified { chain: Chain::new(), lines: 0, breaks: 0, expected_at };
    loop {
        let page = store.audit_page(verified.chain.position(), PAGE).await?;
        if page.is_empty() {
            return Ok(verified);
        }
        for stored in page {
            take(&stored)?;
            verified.lines += 1;
            if let Err(broken) = verified.chain.read(&stored) {
                verified.breaks += 1;
                if verified.breaks <= MAX_PRINTED {
                    eprintln!("{broken}");
                }
            }
            if expect == Some(stored.hash) {
                verified.expected_at = Some(stored.line.position);
            }
        }
    }
}

fn in_words(line: &Line) -> String {
    let Line { position, at, actor, action, subject, detail } = line;
    let words = [actor, action, subject, detail].map(String::as_str);
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    readable::shown(&format!("{position:>6}  {at}  {}", words.join("  ")))
}

fn in_json(stored: &StoredLine) -> String {
    let mut line = stored.line.json();
    line["hash"] = Value::from(stored.hash.to_string());
    readable::one_line(&line)
}
