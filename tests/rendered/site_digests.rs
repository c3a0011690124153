//! The digests of all files of the site, which `intake verify-site` compares.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use migraine_guide::site::digests;

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// Writes a small site, in this order.
fn site<'a>(names: impl IntoIterator<Item = &'a str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in names {
        write(&folder.path().join("dist"), name, name);
    }
    folder
}

const NAMES: [&str; 6] = [
    "index.html",
    "index.html.br",
    "a.js",
    "articles/one/index.html",
    "articles/a name.png",
    ".well-known/security.txt",
];

fn list(folder: &tempfile::TempDir) -> String {
    digests::list(&folder.path().join("dist")).expect("listed")
}

#[test]
fn every_file_is_listed_once_and_nothing_else() {
    let folder = site(NAMES);
    for hidden in [".trunk-lock", "articles/.well-known/a.txt", ".stage/index.html"] {
        write(&folder.path().join("dist"), hidden, hidden);
    }
    let list = list(&folder);
    let mut listed: Vec<&str> =
        list.lines().map(|it| it.split_once("  ").expect("two").1).collect();
    let mut names = NAMES.to_vec();
    names.sort_unstable();
    assert_eq!(listed, names, "sorted");
    listed.dedup();
    assert_eq!(listed.len(), NAMES.len());
}

#[test]
fn equal_files_give_an_equal_list_and_any_change_another() {
    let (one, other) = (site(NAMES), site(NAMES.into_iter().rev()));
    assert_eq!(list(&one), list(&other));
    let before = list(&one);
    write(&one.path().join("dist"), "a.js", "a.jt");
    assert_ne!(list(&one), before);
    write(&other.path().join("dist"), "b.js", "");
    assert_ne!(list(&other), before);
}

#[test]
fn sha256sum_reads_it() {
    let folder = site(NAMES);
    let site = folder.path().join("dist");
    let file = digests::file(&site);
    assert_eq!(file, folder.path().join("dist.sha256"), "beside the site, not in it");
    fs::write(&file, list(&folder)).expect("written");
    let check = || {
        let mut check = Command::new("sha256sum");
        check.args(["--check", "--strict", "../dist.sha256"]).current_dir(&site);
        check.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("it runs").success()
    };
    assert!(check());
    write(&site, "a.js", "altered");
    assert!(!check());
}

#[test]
fn a_name_that_would_be_read_as_another_stops_the_build() {
    for name in ["a\nb.txt", "a\\b.txt"] {
        let folder = site([name]);
        let error = digests::list(&folder.path().join("dist")).expect_err("refused");
        assert!(error.to_string().contains("cannot stand in a line"), "{error}");
    }
}
