//! The person that a command is recorded under in the audit.

use clap::Args;

use crate::audit::Actor;

/// The flag that names who runs a command.
#[derive(Args, Debug)]
pub(super) struct ByFlag {
    /// Your name for the audit, beside that of the operating system's user
    #[arg(long, value_name = "NAME", value_parser = name)]
    by: Option<String>,
}

impl ByFlag {
    /// The name given, and the user who runs this process, which nobody can choose.
    pub(super) fn actor(self) -> Actor {
        let user = user();
        Actor::CommandLine(match self.by {
            Some(name) => format!("{name}, as {user}"),
            None => user,
        })
    }
}

/// The name of the user who runs this process, as the system knows it.
#[cfg(unix)]
fn user() -> String {
    use nix::unistd::{User, geteuid};

    let id = geteuid();
    match User::from_uid(id) {
        Ok(Some(user)) => user.name,
        // A user without an entry, as in a container.
        Ok(None) | Err(_) => format!("user {id}"),
    }
}

/// The name of the user who runs this process, as the system knows it.
#[cfg(windows)]
fn user() -> String {
    whoami::username().unwrap_or_else(|_| "unknown user".to_owned())
}

fn name(word: &str) -> Result<String, &'static str> {
    match word.trim() {
        "" => Err("give a name"),
        name if name.chars().any(char::is_control) => Err("give a name of one line"),
        name => Ok(name.to_owned()),
    }
}
