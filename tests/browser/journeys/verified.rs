//! The whole site as `intake` serves it is what was built.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::harness::clinic::{Clinic, root};
use crate::harness::site::{every_file, trial_copy};

#[tokio::test(flavor = "multi_thread")]
async fn the_trial_copy_is_served_as_it_was_built() {
    let clinic = Clinic::open().await;
    let verified = clinic.verifies_site();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (differences, said) = (text(&verified.stdout), text(&verified.stderr));
    assert!(verified.status.success() && differences.is_empty(), "{differences}{said}");
}

#[test]
fn every_file_of_the_trial_copy_is_in_the_manifest_and_nothing_else() {
    let site = trial_copy();
    let manifest = fs::read_to_string(site.with_extension("sha256")).expect("beside the site");
    let listed: BTreeSet<PathBuf> = manifest
        .lines()
        .map(|line| site.join(line.split_once("  ").expect("a digest and a path").1))
        .collect();
    let mut built = every_file(&site);
    // Trunk's own, which no server sends.
    built.remove(&site.join(".trunk-lock"));
    assert!(built.len() > 50, "{built:?}");
    assert_eq!(listed, built);
}

/// Nor does it depend on the folder of the checkout. The app named the home folder of whoever built it.
#[test]
fn no_file_names_a_folder_of_the_builder() {
    let home = std::env::var("HOME").expect("a home folder");
    let folders = [format!("{home}/"), root().display().to_string(), ".cargo/registry".to_owned()];
    let finders = folders.each_ref().map(|folder| folder.as_bytes());
    for file in every_file(&trial_copy()) {
        let bytes = fs::read(&file).expect("readable");
        for (folder, finder) in folders.iter().zip(finders) {
            let names = bytes.windows(finder.len()).any(|window| window == finder);
            assert!(!names, "{} names {folder}", file.display());
        }
    }
}
