//! The command line.

mod audit;
mod backup;
mod by;
mod check;
mod delete;
mod error;
mod export;
mod key;
mod list;
mod mark;
mod open;
mod opening;
mod recorder;
mod rewrap;
mod runtime;
mod serve;
mod staff_file;
mod stored;
mod token;
mod verify_site;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::settings::ServiceFlags;

/// Stores sealed appointment requests, and opens them for the clinic that holds the key.
#[derive(Debug, Parser)]
#[command(name = "intake", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take requests over HTTP, and serve the built pages
    Serve(ServiceFlags),
    /// Print the settings in force, the source of each, and every mistake
    Check(check::CheckFlags),
    /// Make and check keys
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Make, list and revoke the staff's tokens
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Make a staff file for the inbox: a token and the clinic's keys, under a person's passphrase
    StaffFile(staff_file::StaffFileFlags),
    /// List the stored requests; nothing is opened
    List(list::ListFlags),
    /// Open stored requests with a private key, and print them
    Open(open::OpenFlags),
    /// Open stored requests and write them as a table, as JSON or as FHIR
    Export(export::ExportFlags),
    /// Set the state of requests: new, claimed, tried, reached, booked, declined, closed or junk
    Mark(mark::MarkFlags),
    /// Add recipients that `intake key rewrap` wrote, so that another key of the clinic opens requests too
    AddRecipients(rewrap::AddRecipientsFlags),
    /// Delete requests for good, by reference, or by state and time of receipt
    Delete(delete::DeleteFlags),
    /// List who did what and when, and verify that no line was changed or is missing
    Audit(audit::AuditFlags),
    /// Copy a SQLite database into a new file while the service goes on, or note another copy
    Backup(backup::BackupFlags),
    /// Restore a copy of a SQLite database, or finish a restore by other programs
    Restore(backup::RestoreFlags),
    /// Fetch every file of the site from outside, and compare it with what was built
    VerifySite(verify_site::VerifySiteFlags),
}

/// Runs the command that this process was started with. Errors go to standard error; the exit code
/// is 1 where something failed, 2 where the command line was not understood; `open`, `export` and
/// `audit` have codes of their own (see [`stored::Counts::finish`] and [`audit::run`]).
pub fn run() -> ExitCode {
    let result = match CommandLine::parse().command {
        Command::Serve(flags) => serve::run(&flags.sources()),
        Command::Check(flags) => check::run(flags, &mut io::stdout().lock()),
        Command::Key(command) => command.run(&mut io::stdout().lock()),
        Command::Token(command) => command.run(&mut io::stdout().lock()),
        Command::StaffFile(flags) => staff_file::run(flags),
        Command::List(flags) => list::run(flags, &mut io::stdout().lock()),
        Command::Open(flags) => open::run(flags, &mut io::stdout().lock()),
        Command::Export(flags) => export::run(flags, &mut io::stdout().lock()),
        Command::Mark(flags) => mark::run(flags, &mut io::stdout().lock()),
        Command::AddRecipients(flags) => rewrap::add(flags, &mut io::stdout().lock()),
        Command::Delete(flags) => delete::run(flags, &mut io::stdout().lock()),
        Command::Audit(flags) => audit::run(flags, &mut io::stdout().lock()),
        Command::Backup(flags) => backup::back_up(flags),
        Command::Restore(flags) => backup::restore(flags),
        Command::VerifySite(flags) => verify_site::run(flags, &mut io::stdout().lock()),
    };
    result.unwrap_or_else(|error| {
        eprintln!("intake: {error}");
        ExitCode::FAILURE
    })
}
