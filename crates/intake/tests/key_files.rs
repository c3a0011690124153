//! `intake key`: files made, kept, refused.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use base64ct::{Base64UrlUnpadded, Encoding};
use guide_core::key::PublicKey;
use intake::keys::{self, KeyFileError, KnownKeys, NewKey, PassphraseSource, PrivateKey, Reason};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::clinic::Keys;
use crate::harness::database;
use crate::harness::program::{Server, intake, run, texts};

const PASSPHRASE: &str = "correct horse battery staple";

pub fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

pub fn mode(file: &str) -> u32 {
    fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_pair_is_made_and_belongs_together() {
    let folder = tempfile::tempdir().unwrap();
    let out = path(folder.path(), "keys");
    let made = run(["key", "new", "--out", &out, "--no-passphrase"]);
    let (snippet, _) = texts(&made);
    assert!(made.status.success());
    let private = format!("{out}/clinic.private.jwk.json");
    let public = format!("{out}/clinic.public.jwk.json");
    assert_eq!((mode(&out), mode(&private)), (0o700, 0o600));

    let key: PublicKey = serde_json::from_slice(&fs::read(&public).unwrap()).unwrap();
    assert_eq!(key.check(), Ok(()));
    let PublicKey { x, y, kid, .. } = &key;
    assert_eq!(
        snippet,
        format!(
            "[[keys]]\nkty = \"EC\"\ncrv = \"P-256\"\nx = \"{x}\"\ny = \"{y}\"\nkid = \"{kid}\"\n\
             alg = \"ECDH-ES+A256KW\"\nuse = \"enc\"\n"
        )
    );
    let checked = run(["key", "check", "--private", &private, "--public", &public]);
    assert!(checked.status.success(), "{checked:?}");
    let fingerprint = key.fingerprint();
    assert_eq!(
        texts(&checked).0,
        format!(
            "A private key opens what is sealed for {kid}.\n\
             Fingerprint, as on the privacy page: {fingerprint}\n"
        )
    );
    // The same digest as the thumbprint, in other letters.
    let digits: String = fingerprint.split(' ').collect();
    let mut digest = [0; 32];
    base16ct::upper::decode(digits, &mut digest).unwrap();
    assert_eq!(Base64UrlUnpadded::encode_string(&digest), *kid);
}

#[test]
fn an_expiry_stands_in_both_files_and_in_the_entry_for_the_clinic() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    let made = run(["key", "new", "--out", &out, "--no-passphrase", "--expires", "2099-12-31"]);
    assert!(texts(&made).0.ends_with("use = \"enc\"\nexpires = \"2099-12-31\"\n"), "{made:?}");
    let public =
        keys::read_public(&folder.path().join("clinic.public.jwk.json")).unwrap().remove(0);
    assert_eq!(public.expires, Some("2099-12-31".parse().unwrap()));
    let private = folder.path().join("clinic.private.jwk.json");
    assert_eq!(PrivateKey::read(&private, &PassphraseSource::Terminal).unwrap().public(), &public);
}

#[test]
fn an_expiry_that_is_past_or_no_day_makes_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    for (expires, words) in [
        ("2026-01-01", "--expires: that day is past"),
        ("2099-02-29", "give a day of the calendar as YYYY-MM-DD"),
        ("31.12.2099", "give a day of the calendar as YYYY-MM-DD"),
    ] {
        let refused = run(["key", "new", "--out", &out, "--no-passphrase", "--expires", expires]);
        assert!(!refused.status.success());
        assert!(texts(&refused).1.contains(words), "{refused:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_key_that_expires_is_told_by_check_and_by_serve() {
    let folder = tempfile::tempdir().unwrap();
    let mut clinic = Keys::new(folder.path(), "clinic");
    clinic.public.expires = Some("2026-01-01".parse().unwrap());
    fs::write(&clinic.public_file, serde_json::to_vec(&clinic.public).unwrap()).unwrap();
    let warning = format!("key {} expired on 2026-01-01; nothing is sealed", clinic.public.kid);

    let checked = run(["check", "--keys", clinic.public_file.to_str().unwrap()]);
    assert!(checked.status.success(), "{checked:?}");
    assert!(texts(&checked).1.contains(&format!("warning: {warning}")), "{checked:?}");
    let server = Server::start(&database::fresh(folder.path()), &clinic.public_file);
    server.line_with(&warning);
}

#[test]
fn nothing_is_ever_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    let private = path(folder.path(), "clinic.private.jwk.json");
    let public = path(folder.path(), "clinic.public.jwk.json");
    for taken in [&private, &public] {
        fs::write(taken, "precious").unwrap();
        let refused = run(["key", "new", "--out", &out, "--no-passphrase"]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(texts(&refused).1.contains(taken), "{refused:?}");
        assert_eq!(fs::read_to_string(taken).unwrap(), "precious");
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1, "no half of a pair is left");
        fs::remove_file(taken).unwrap();
    }
}

#[test]
fn a_private_key_is_kept_under_a_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    let (right, wrong) = (path(folder.path(), "right"), path(folder.path(), "wrong"));
    fs::write(&right, format!("{PASSPHRASE}\n")).unwrap();
    fs::write(&wrong, "wrong horse battery staple\n").unwrap();
    let made = run(["key", "new", "--out", &out, "--passphrase-file", &right]);
    assert!(made.status.success(), "{made:?}");
    let private = path(folder.path(), "clinic.private.jwk.json");
    let public = path(folder.path(), "clinic.public.jwk.json");
    assert_eq!(mode(&private), 0o600);

    let check = |passphrase: &[&str]| {
        let command = ["key", "check", "--private", &private, "--public", &public];
        run(command.iter().chain(passphrase))
    };
    assert!(check(&["--passphrase-file", &right]).status.success());
    let refused = check(&["--passphrase-file", &wrong]);
    assert_eq!(
        texts(&refused).1,
        format!("intake: {private}: the passphrase is another, or the file was altered\n")
    );
    let nobody = check(&[]);
    assert_eq!(nobody.status.code(), Some(1));
    assert!(texts(&nobody).1.contains("no terminal to ask at"), "{nobody:?}");
}

#[test]
fn an_altered_protected_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("altered.json");
    let passphrase = folder.path().join("passphrase");
    fs::write(&passphrase, PASSPHRASE).unwrap();
    let protected = "eyJlbmMiOiJBMjU2R0NNIiwicDJzIjoiQUFBQUFBQUFBQUEiLCJwMmMiOjEwMDAsImFsZyI6Il\
                     BCRVMyLUhTNTEyK0EyNTZLVyJ9";
    let key = "A".repeat(54);
    for (encrypted_key, iv, tag) in [
        ("AAAA", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA"),
        (key.as_str(), "AAAA", "AAAAAAAAAAAAAAAAAAAAAA"),
        (key.as_str(), "AAAAAAAAAAAAAAAA", ""),
        (key.as_str(), "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA"),
    ] {
        let jwe = json!({"protected": protected, "encrypted_key": encrypted_key, "iv": iv,
                         "ciphertext": "AAAA", "tag": tag});
        fs::write(&file, jwe.to_string()).unwrap();
        let error =
            PrivateKey::read(&file, &PassphraseSource::File(passphrase.clone())).unwrap_err();
        assert!(matches!(error.reason, Reason::Passphrase), "{error}");
    }
}

#[test]
fn a_short_passphrase_makes_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let passphrase = path(folder.path(), "passphrase");
    fs::write(&passphrase, "fourteen chars\n").unwrap();
    let out = path(folder.path(), "keys");
    let refused = run(["key", "new", "--out", &out, "--passphrase-file", &passphrase]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(texts(&refused).1.contains("at least 15 characters"), "{refused:?}");
    assert!(!Path::new(&out).exists());
}

#[test]
fn without_a_passphrase_or_a_terminal_no_key_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let refused = run(["key", "new", "--out", &folder.path().display().to_string()]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_name_cannot_lead_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    for name in ["../clinic", "a/b", ".", ""] {
        let refused = run(["key", "new", "--out", &out, "--name", name, "--no-passphrase"]);
        assert_eq!(refused.status.code(), Some(2), "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn keys_that_do_not_belong_together_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Keys::new(folder.path(), "one"), Keys::new(folder.path(), "two"));
    let (private, public) =
        (one.private_file.display().to_string(), two.public_file.display().to_string());
    let refused = run(["key", "check", "--private", &private, "--public", &public]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(texts(&refused).1.contains("no private key opens what is sealed for"), "{refused:?}");
}

/// A private key as JSON, with one member changed.
fn with(keys: &Keys, member: &str, value: Option<Value>) -> Result<PrivateKey, Reason> {
    let mut jwk: Value = serde_json::from_slice(&fs::read(&keys.private_file).unwrap()).unwrap();
    match value {
        Some(value) => jwk[member] = value,
        None => drop(jwk.as_object_mut().unwrap().remove(member)),
    }
    PrivateKey::from_jwk(jwk.to_string().as_bytes())
}

#[test]
fn a_private_key_must_fit_its_public_one() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Keys::new(folder.path(), "one"), Keys::new(folder.path(), "two"));
    let other: Value = serde_json::from_slice(&fs::read(&two.private_file).unwrap()).unwrap();
    let order = "_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE";
    for d in [other["d"].clone(), "A".repeat(43).into(), order.into(), "AAAA".into(), 7.into()] {
        let error = with(&one, "d", Some(d)).unwrap_err();
        assert!(matches!(error, Reason::Mismatch), "{error}");
    }
    assert!(matches!(with(&one, "d", None), Err(Reason::Public)));
    assert!(matches!(with(&one, "kid", Some("mine".into())), Err(Reason::Unfit(_))));
    assert!(matches!(with(&one, "x", None), Err(Reason::Shape { .. })));
    let shown = format!("{:?}", one.private());
    assert_eq!(shown, format!("PrivateKey {{ kid: \"{}\", .. }}", one.public.kid));
}

#[test]
fn a_private_key_on_the_server_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let error = KnownKeys::read(&clinic.private_file).unwrap_err();
    assert!(matches!(error, KeyFileError { reason: Reason::Private, .. }), "{error:?}");
}

/// Before anybody types a passphrase twice.
#[test]
fn a_name_that_is_taken_is_refused_before_a_passphrase_is_asked_for() {
    for taken in ["clinic.private.jwk.json", "clinic.public.jwk.json"] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().display().to_string();
        fs::write(folder.path().join(taken), "precious").unwrap();
        let missing = path(folder.path(), "missing.passphrase");
        let refused = run(["key", "new", "--out", &out, "--passphrase-file", &missing]);
        let told = format!(
            "intake: {}: is there already, and is never overwritten; choose another --name\n",
            path(folder.path(), taken)
        );
        assert_eq!(texts(&refused).1, told);
        assert_eq!(fs::read_to_string(folder.path().join(taken)).unwrap(), "precious");
    }
}

/// A folder with a key file under a passphrase, and the files of the old and the new one.
fn protected() -> (TempDir, PathBuf, [String; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let passphrases = ["old", "new"].map(|name| path(folder.path(), name));
    fs::write(&passphrases[0], PASSPHRASE).unwrap();
    fs::write(&passphrases[1], "four other words entirely").unwrap();
    let key = NewKey::generate(None).unwrap();
    let files = key.write(folder.path(), "clinic", Some(PASSPHRASE)).unwrap();
    (folder, files.private, passphrases)
}

fn change(private: &Path, [old, new]: &[String; 2]) -> Output {
    let private = private.display().to_string();
    let flags = ["--passphrase-file", old, "--new-passphrase-file", new];
    run(["key", "passphrase", "--private", &private].iter().chain(&flags))
}

fn opens(private: &Path, passphrase: &str) -> bool {
    PrivateKey::read(private, &PassphraseSource::File(passphrase.into())).is_ok()
}

#[test]
fn a_passphrase_is_changed_and_the_key_stays() {
    let (_folder, private, passphrases) = protected();
    let [old, new] = &passphrases;
    let source = PassphraseSource::File(old.into());
    let kid = PrivateKey::read(&private, &source).unwrap().public().kid.clone();
    let changed = change(&private, &passphrases);
    assert!(changed.status.success(), "{changed:?}");
    assert!(texts(&changed).1.contains("Copies of this file stay as they were"));
    assert!(opens(&private, new) && !opens(&private, old));
    let source = PassphraseSource::File(new.into());
    assert_eq!(PrivateKey::read(&private, &source).unwrap().public().kid, kid);
    assert_eq!(mode(&private.display().to_string()), 0o600);
}

#[test]
fn a_key_without_a_passphrase_gets_one_and_a_link_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let passphrase = path(folder.path(), "passphrase");
    fs::write(&passphrase, PASSPHRASE).unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let link = folder.path().join("link");
    symlink(&clinic.private_file, &link).unwrap();
    let changed = change(&link, &[passphrase.clone(), passphrase.clone()]);
    assert!(changed.status.success(), "{changed:?}");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let file = fs::read_to_string(&clinic.private_file).unwrap();
    assert!(file.contains("ciphertext"), "{file}");
    assert!(opens(&clinic.private_file, &passphrase));
}

#[test]
fn a_passphrase_that_cannot_be_changed_leaves_the_file_as_it_was() {
    let (folder, private, [old, new]) = protected();
    let before = fs::read(&private).unwrap();
    let short = path(folder.path(), "short");
    fs::write(&short, "too short").unwrap();
    for (passphrases, told) in [
        ([new.clone(), new.clone()], "the passphrase is another"),
        ([old.clone(), old.clone()], "has that passphrase already"),
        ([old.clone(), short], "at least 15 characters"),
        ([old.clone(), path(folder.path(), "missing")], "the passphrase file"),
    ] {
        let refused = change(&private, &passphrases);
        assert_eq!(refused.status.code(), Some(1), "{refused:?}");
        assert!(texts(&refused).1.contains(told), "{refused:?}");
        assert_eq!(fs::read(&private).unwrap(), before);
    }
    // Nothing of the private key is left beside it.
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 5, "two keys, three passphrases");
}

/// Somebody puts another key there while the passphrase is asked for.
#[test]
fn a_key_file_that_was_replaced_meanwhile_was_overwritten() {
    let (folder, private, [old, _]) = protected();
    let other = Keys::new(folder.path(), "other");
    let pipe = path(folder.path(), "pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let file = private.display().to_string();
    let flags = ["--private", &file, "--passphrase-file", &old, "--new-passphrase-file", &pipe];
    let change =
        intake(["key", "passphrase"].iter().chain(&flags)).stderr(Stdio::piped()).spawn().unwrap();
    // Opens once the command reads, after it has read the key.
    let mut passphrase = OpenOptions::new().write(true).open(&pipe).unwrap();
    fs::rename(&other.private_file, &private).unwrap();
    passphrase.write_all(b"four other words entirely").unwrap();
    drop(passphrase);
    let refused = change.wait_with_output().unwrap();
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(texts(&refused).1.contains("changed by somebody else meanwhile"), "{refused:?}");
    let kept = PrivateKey::read(&private, &PassphraseSource::Terminal).unwrap();
    assert_eq!(kept.public(), &other.public);
}

#[test]
fn a_key_file_keeps_its_mode() {
    let (_folder, private, passphrases) = protected();
    fs::set_permissions(&private, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(change(&private, &passphrases).status.success());
    assert_eq!(mode(&private.display().to_string()), 0o640);
}

#[test]
fn the_public_part_of_private_keys_can_be_printed_again() {
    let folder = tempfile::tempdir().unwrap();
    let out = path(folder.path(), "keys");
    let make = |name: &str| {
        let made = run(["key", "new", "--out", &out, "--name", name, "--no-passphrase"]);
        texts(&made).0
    };
    let snippets = [make("clinic"), make("recovery")];
    let file = |name: &str| format!("{out}/{name}.private.jwk.json");
    let (clinic, recovery) = (file("clinic"), file("recovery"));
    let printed = run(["key", "public", "--private", &clinic, "--private", &recovery]);
    assert!(printed.status.success());
    let (entries, _) = texts(&printed);
    assert_eq!(entries.replace("\n\n", "\n"), snippets.concat());
    for file in [clinic, recovery] {
        let key: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        assert!(!entries.contains(key["d"].as_str().unwrap()), "nothing private is printed");
    }
}
