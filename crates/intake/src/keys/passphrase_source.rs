//! Passphrases, asked for or read from a file.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// The fewest characters of a new passphrase: NIST SP 800-63B-4 §3.1.1.2, for a passphrase that is the
/// only protection.
const SHORTEST: usize = 15;

/// The source of passphrases. Never the command line, which others can see.
#[derive(Clone, Debug)]
pub enum PassphraseSource {
    /// A file that holds the passphrase and perhaps a line end.
    File(PathBuf),
    /// The terminal.
    Terminal,
}

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// The passphrase file cannot be read.
    #[error("the passphrase file: {0}")]
    File(io::Error),
    /// Nobody can be asked.
    #[error("it needs a passphrase and there is no terminal to ask at; give --passphrase-file")]
    NoTerminal,
    /// The terminal failed.
    #[error("asking for the passphrase: {0}")]
    Terminal(io::Error),
    /// Too short to protect a key that somebody has taken away.
    #[error("a passphrase needs at least {SHORTEST} characters; four words are easy to keep")]
    Short,
    /// Not typed twice the same.
    #[error("the two passphrases differ")]
    Differ,
}

impl PassphraseSource {
    /// The file where there is one, else the terminal.
    pub fn new(file: Option<PathBuf>) -> Self {
        file.map_or(Self::Terminal, Self::File)
    }

    /// The passphrase of an existing key file.
    ///
    /// # Errors
    /// Any [`PassphraseError`] but [`PassphraseError::Short`] and [`PassphraseError::Differ`].
    pub fn existing(&self, key: &Path) -> Result<String, PassphraseError> {
        match self {
            Self::File(file) => read(file),
            Self::Terminal => prompt(&format!("Passphrase of {}: ", key.display())),
        }
    }

    /// A new passphrase, for a new key or an existing one; at the terminal it is typed twice.
    ///
    /// # Errors
    /// Any [`PassphraseError`].
    pub fn new_one(&self) -> Result<String, PassphraseError> {
        let passphrase = match self {
            Self::File(file) => read(file)?,
            Self::Terminal => {
                let first = prompt("New passphrase: ")?;
                if prompt("The same again: ")? != first {
                    return Err(PassphraseError::Differ);
                }
                first
            }
        };
        if passphrase.chars().count() < SHORTEST {
            return Err(PassphraseError::Short);
        }
        Ok(passphrase)
    }
}

fn read(file: &Path) -> Result<String, PassphraseError> {
    let text = fs::read_to_string(file).map_err(PassphraseError::File)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn prompt(words: &str) -> Result<String, PassphraseError> {
    // A terminal may exist although this command runs in a script.
    if !io::stdin().is_terminal() {
        return Err(PassphraseError::NoTerminal);
    }
    rpassword::prompt_password(words).map_err(PassphraseError::Terminal)
}
