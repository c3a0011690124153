//! `intake key split` and `combine`: a private key in three shares.

use std::fs;
use std::path::Path;
use std::process::Output;

use intake::keys;
use serde_json::Value;

use crate::harness::clinic::Keys;
use crate::harness::program::{run, texts};
use crate::key_files::{mode, path};

/// A pair of keys whose private one is split.
fn split(folder: &Path) -> (Keys, [String; 3]) {
    let recovery = Keys::new(folder, "recovery");
    let private = recovery.private_file.display().to_string();
    let out = folder.display().to_string();
    let made = run(["key", "split", "--private", &private, "--out", &out]);
    assert!(made.status.success(), "{made:?}");
    let files = [1, 2, 3].map(|nth| path(folder, &format!("recovery.share-{nth}.json")));
    assert_eq!(texts(&made).0, files.join("\n") + "\n");
    (recovery, files)
}

fn combine(shares: &[&String], out: &str) -> Output {
    let shares = shares.iter().flat_map(|file| ["--share", file.as_str()]);
    run(["key", "combine", "--no-passphrase", "--out", out].into_iter().chain(shares))
}

#[test]
fn any_two_of_three_shares_make_the_key_again() {
    let folder = tempfile::tempdir().unwrap();
    let (recovery, [one, two, three]) = split(folder.path());
    assert_eq!(mode(&one), 0o600);
    let private =
        |file: &str| -> Value { serde_json::from_slice(&fs::read(file).unwrap()).unwrap() };
    let before = private(&recovery.private_file.display().to_string());
    for (nth, shares) in [
        vec![&one, &two],
        vec![&two, &one],
        vec![&one, &three],
        vec![&three, &two],
        vec![&one, &two, &three],
    ]
    .iter()
    .enumerate()
    {
        let out = path(folder.path(), &format!("made-{nth}"));
        let made = combine(shares, &out);
        assert!(made.status.success(), "{made:?}");
        let after = private(&format!("{out}/clinic.private.jwk.json"));
        assert_eq!(after["d"], before["d"]);
        let public = keys::read_public(Path::new(&format!("{out}/clinic.public.jwk.json")));
        assert_eq!(public.unwrap(), std::slice::from_ref(&recovery.public));
    }
}

#[test]
fn one_share_tells_nothing_and_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (recovery, [one, ..]) = split(folder.path());
    let refused = combine(&[&one], &path(folder.path(), "made"));
    assert_eq!(refused.status.code(), Some(1));
    assert!(texts(&refused).1.contains("give a second one"), "{refused:?}");
    // Split again, the same key has other shares: a share depends on chance.
    let share = |file: &str| -> Value { serde_json::from_slice(&fs::read(file).unwrap()).unwrap() };
    let again = path(folder.path(), "again");
    let private = recovery.private_file.display().to_string();
    assert!(run(["key", "split", "--private", &private, "--out", &again]).status.success());
    let other = share(&format!("{again}/recovery.share-1.json"));
    assert_eq!(other["public"], share(&one)["public"]);
    assert_ne!(other["share"], share(&one)["share"]);
}

#[test]
fn shares_that_do_not_belong_together_or_were_altered_make_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let (_, [one, two, three]) = split(folder.path());
    let elsewhere = tempfile::tempdir().unwrap();
    let (_, [_, of_another, _]) = split(elsewhere.path());
    let altered = path(folder.path(), "altered.json");
    let text = fs::read_to_string(&two).unwrap();
    let mut share: Value = serde_json::from_str(&text).unwrap();
    let words = share["share"].as_str().unwrap();
    let last = if words.ends_with('A') { "E" } else { "A" };
    share["share"] = format!("{}{last}", &words[..words.len() - 1]).into();
    fs::write(&altered, share.to_string()).unwrap();
    let out = path(folder.path(), "made");
    for (second, told) in [
        (&one, "no share of the same splitting"),
        (&of_another, "no share of the same splitting"),
        (&altered, "no two of the shares given make the key"),
    ] {
        let refused = combine(&[&one, second], &out);
        assert_eq!(refused.status.code(), Some(1), "{second}");
        assert!(texts(&refused).1.contains(told), "{refused:?}");
        assert!(!Path::new(&out).exists());
    }
    // Of two splittings of one key as well.
    let again = path(folder.path(), "again");
    let private = path(folder.path(), "recovery.private.jwk.json");
    assert!(run(["key", "split", "--private", &private, "--out", &again]).status.success());
    let refused = combine(&[&one, &format!("{again}/recovery.share-2.json")], &out);
    assert!(texts(&refused).1.contains("no share of the same splitting"), "{refused:?}");
    // With a third one that is good, an altered one does no harm.
    assert!(combine(&[&altered, &one, &three], &out).status.success());
}

#[test]
fn shares_that_are_there_are_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let (recovery, [_, two, _]) = split(folder.path());
    let before = fs::read(&two).unwrap();
    let private = recovery.private_file.display().to_string();
    let out = folder.path().display().to_string();
    let refused = run(["key", "split", "--private", &private, "--out", &out]);
    assert!(texts(&refused).1.contains("is never overwritten"), "{refused:?}");
    assert_eq!(fs::read(&two).unwrap(), before);
}
