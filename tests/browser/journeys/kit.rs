//! The site kit: whoever has no toolchain changes the text and builds the site.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::harness::clinic::{key, root};
use crate::harness::site::{copy, every_file, trial_copy};

/// A folder with the kit, and nothing else on the path.
struct Kit(TempDir);

impl Kit {
    fn unpacked() -> Self {
        let folder = TempDir::new().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::copy(env!("CARGO_BIN_EXE_migraine-guide"), at("guide")).expect("copied");
        copy(&root().join("target/kit/app"), &at("app"));
        copy(&root().join("content"), &at("content"));
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn guide(&self, arguments: &[&str]) -> Output {
        Command::new(self.path("guide"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .env("PATH", self.path("app"))
            .env("GUIDE_DEVELOPMENT_KEY", key("public"))
            .output()
            .expect("it runs")
    }

    /// Puts other words in the place of those in a file of the content.
    fn rewrites(&self, file: &str, old: &str, new: &str) {
        let path = self.path("content").join(file);
        let text = fs::read_to_string(&path).expect("readable");
        assert!(text.contains(old), "{file}");
        fs::write(path, text.replacen(old, new, 1)).expect("written");
    }
}

/// Every file of a site by its path in it.
fn files(site: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let below = |file: &Path| file.strip_prefix(site).expect("below the site").to_owned();
    every_file(site)
        .iter()
        .filter(|file| !file.ends_with(".trunk-lock"))
        .map(|file| (below(file), fs::read(file).expect("readable")))
        .collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn it_builds_what_a_build_with_all_tools_does() {
    let kit = Kit::unpacked();
    let built = kit.guide(&["build"]);
    assert!(built.status.success(), "{}", said(&built));
    let (with_kit, with_tools) = (files(&kit.path("dist")), files(&trial_copy()));
    assert!(with_kit.keys().eq(with_tools.keys()), "{:?}", with_kit.keys());
    for (file, bytes) in &with_kit {
        assert!(Some(bytes) == with_tools.get(file), "{} is another", file.display());
    }
    let manifest = |site: &Path| fs::read_to_string(site.with_extension("sha256")).expect("there");
    assert_eq!(manifest(&kit.path("dist")), manifest(&trial_copy()));
}

#[test]
fn another_sentence_changes_the_page_and_no_byte_of_the_app() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    let before = files(&kit.path("dist"));
    kit.rewrites("en/pages/privacy.md", "You can read the whole guide", "Here you can read it all");
    let built = kit.guide(&["build"]);
    assert!(built.status.success(), "{}", said(&built));
    let after = files(&kit.path("dist"));
    let changed: Vec<String> = after
        .iter()
        .filter(|(file, bytes)| before.get(*file) != Some(*bytes))
        .map(|(file, _)| file.display().to_string())
        .collect();
    let page = "privacy/index.html";
    assert_eq!(changed, [page, "privacy/index.html.br", "privacy/index.html.gz"]);
    assert!(String::from_utf8_lossy(&after[Path::new(page)]).contains("Here you can read it all"));
    let left: Vec<PathBuf> = every_file(kit.0.path())
        .into_iter()
        .filter(|file| {
            file.components().any(|it| it.as_os_str().to_string_lossy().starts_with(".guide"))
        })
        .collect();
    assert_eq!(left, Vec::<PathBuf>::new(), "nothing of the build is left");
}

#[test]
fn a_mistake_is_explained_and_leaves_the_site_as_it_was() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    let before = files(&kit.path("dist"));
    kit.rewrites("en/pages/privacy.md", "key-fingerprints", "key-fingerprint");
    for command in ["check", "build"] {
        let refused = kit.guide(&[command]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(&refused).contains("content/en/pages/privacy.md:"), "{}", said(&refused));
    }
    assert!(before == files(&kit.path("dist")));
}

/// `--out` may be mistyped.
#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let kit = Kit::unpacked();
    let refused = kit.guide(&["build", "--out", "content"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("is no site that this program built"), "{}", said(&refused));
    assert!(kit.path("content/clinic.toml").is_file());
}
