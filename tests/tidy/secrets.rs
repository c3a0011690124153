//! Keys, databases and requests never get into the repository or an image, whatever somebody types.

use std::process::Command;

use regex::Regex;

use super::{read, root};

/// Files that hold secrets or requests, as the documents and people's habits name them.
const NEVER_COMMITTED: [&str; 19] = [
    "keys/clinic.private.jwk.json",
    "keys/clinic.public.jwk.json",
    "clinic.private.jwk.json",
    "content/clinic-2027.private.jwk.json",
    "requests.db",
    "requests.db-wal",
    "requests.db-shm",
    "requests-2026-11-24.db",
    "crates/intake/requests.db",
    "requests.csv",
    "requests.json",
    "requests.fhir.json",
    "content/requests-2026-11.csv",
    "requests.dump",
    "staff-first-person.json",
    "webhook-key",
    "smtp-password",
    "passphrase.txt",
    ".env",
];

fn git(arguments: &[&str]) -> String {
    let output =
        Command::new("git").args(arguments).current_dir(root()).output().expect("git runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn secrets_and_requests_are_ignored_wherever_somebody_puts_them() {
    let ignored = git(&[&["check-ignore", "--no-index"][..], &NEVER_COMMITTED].concat());
    for file in NEVER_COMMITTED {
        assert!(
            ignored.lines().any(|it| it == file),
            "`git add --all` would take {file}; .gitignore has to name it"
        );
    }
    let tracked = git(&["ls-files", "--cached", "--ignored", "--exclude-standard"]);
    assert_eq!(tracked, "", ".gitignore names files of the project");
}

/// An image is built from the checkout: whatever git ignores is no part of it.
#[test]
fn what_git_ignores_reaches_no_image() {
    let of_images = read(".dockerignore");
    for pattern in read(".gitignore").lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
        assert!(
            of_images.lines().any(|it| it == pattern),
            ".dockerignore lacks {pattern}, which .gitignore names"
        );
    }
}

#[test]
fn commands_of_the_documents_keep_secrets_outside_of_the_checkout() {
    let place = Regex::new(
        r"--(?:out|database|private|public|keys|passphrase-file|file)[ =]([^\s`]+)|-v ([^\s`:]+jwk[^\s`:]*)",
    )
    .expect("a pattern");
    // A path of its own, the address of a database, or a word that stands for one.
    let outside = Regex::new(r"^(~/|/|sqlite:/|postgres:|[A-Z]+$)").expect("a pattern");
    let mut seen = 0;
    for file in ["README.md", "docs/operating.md"] {
        for (number, line) in read(file).lines().enumerate() {
            for found in place.captures_iter(line) {
                let path = found.get(1).or(found.get(2)).expect("a path").as_str();
                seen += 1;
                assert!(
                    outside.is_match(path),
                    "{file}:{}: {path} would lie in the checkout; write ~/intake/…",
                    number + 1
                );
            }
        }
    }
    assert!(seen > 15, "the documents name {seen} such paths; has the notation changed?");
}
