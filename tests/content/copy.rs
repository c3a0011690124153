//! The project's content, to be spoiled.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use guide_core::date::CalendarDate;
use migraine_guide::content::{self, Keys};
use tempfile::TempDir;

/// The page that Trunk would leave to fill.
pub const FRAME: &str = "<html><head></head><body></body></html>";

/// A day on which no key of these tests has expired, but one.
pub fn today() -> CalendarDate {
    "2026-12-01".parse().expect("a date")
}

/// A copy of the project's content that can be spoiled.
pub struct Copy {
    pub folder: TempDir,
}

impl Copy {
    pub fn new() -> Self {
        let copy = Self { folder: TempDir::new().expect("a folder") };
        copy_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &copy.content());
        // A test key: its private half is published with the vectors.
        let vectors = include_str!("../../crates/guide-core/tests/vectors/envelope-vectors.json");
        let mut vectors: serde_json::Value = serde_json::from_str(vectors).expect("JSON");
        let key = vectors["keys"]["clinic"].as_object_mut().expect("a key");
        key.remove("d");
        fs::write(copy.key(), serde_json::to_vec(key).expect("JSON")).expect("written");
        copy
    }

    pub fn content(&self) -> PathBuf {
        self.folder.path().join("content")
    }

    pub fn key(&self) -> PathBuf {
        self.folder.path().join("clinic.public.jwk.json")
    }

    /// Replaces a text in a file that holds it.
    pub fn spoil(&self, file: &str, from: &str, to: &str) -> &Self {
        let path = self.content().join(file);
        let text = fs::read_to_string(&path).expect(file);
        assert!(text.contains(from), "{file} no longer holds {from:?}");
        fs::write(&path, text.replacen(from, to, 1)).expect("written");
        self
    }

    /// Puts a file there.
    pub fn put(&self, file: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.content().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
        self
    }

    /// A file's text.
    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.content().join(file)).expect(file)
    }

    /// Builds its pages; where, and what came of it.
    pub fn build(&self) -> (PathBuf, Output) {
        let site = self.folder.path().join("site");
        copy_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("public"), &site);
        fs::write(site.join("index.html"), FRAME).expect("written");
        let output = Command::new(env!("CARGO_BIN_EXE_migraine-guide"))
            .env("TRUNK_STAGING_DIR", &site)
            .env("GUIDE_CONTENT", self.content())
            .env("GUIDE_DEVELOPMENT_KEY", self.key())
            .output()
            .expect("the program runs");
        (site, output)
    }

    /// Builds them for the clinic's own keys.
    pub fn build_for_the_clinic(&self) -> Output {
        Command::new(env!("CARGO_BIN_EXE_migraine-guide"))
            .env("TRUNK_STAGING_DIR", self.folder.path())
            .env("GUIDE_CONTENT", self.content())
            .output()
            .expect("the program runs")
    }

    /// What is read of it.
    pub fn read(&self) -> content::Content {
        content::load(&self.content(), "en", Keys::Development(&self.key()), today())
            .expect("no mistake")
    }

    /// What the build says: file (from the content's folder), line and reason.
    pub fn mistakes(&self) -> Vec<(String, usize, String)> {
        let error = content::load(&self.content(), "en", Keys::Development(&self.key()), today())
            .expect_err("a mistake");
        let file = |file: &str| {
            let path = Path::new(file).strip_prefix(self.content()).expect("a file of the content");
            path.display().to_string()
        };
        error.0.into_iter().map(|it| (file(&it.file), it.line, it.reason)).collect()
    }

    /// Asserts that one mistake is found, in the line that holds `at`, for a reason with these
    /// words.
    pub fn expect(&self, file: &str, at: &str, reason: &str) {
        let found = self.mistakes();
        assert_eq!(found.len(), 1, "{found:#?}");
        let (in_file, line, said) = &found[0];
        assert_eq!(in_file, file);
        assert!(said.contains(reason), "{said}");
        let text = fs::read_to_string(self.content().join(file)).expect(file);
        let expected = text.lines().position(|it| it.contains(at)).expect(at) + 1;
        assert_eq!(*line, expected, "{said}");
    }
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the content").map(|it| it.expect("an entry").path()) {
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy_all(&entry, &target);
        } else {
            fs::copy(&entry, &target).expect("copied");
        }
    }
}
