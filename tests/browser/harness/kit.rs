//! The site kit, unpacked in a folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::clinic::{key, root};
use super::site::{copy, every_file};

/// A folder with the kit, and nothing else on the path.
pub struct Kit(TempDir);

impl Kit {
    /// Unpacks it, with the content of the project.
    pub fn unpacked() -> Self {
        let folder = TempDir::new().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        // By a process of its own: what this one writes is open in each that another test starts meanwhile, and an open
        // program cannot be run ("Text file busy").
        let program = env!("CARGO_BIN_EXE_migraine-guide");
        let copied = Command::new("cp").arg(program).arg(at("guide")).status().expect("it runs");
        assert!(copied.success());
        copy(&root().join("target/kit/app"), &at("app"));
        fs::copy(root().join("target/kit/app.sha256"), at("app.sha256")).expect("copied");
        copy(&root().join("content"), &at("content"));
        Self(folder)
    }

    /// Returns the path of a file of the kit.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs a command of the program to its end.
    pub fn guide(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        command.env("GUIDE_DEVELOPMENT_KEY", key("public")).output().expect("it runs")
    }

    /// Returns a command of the program, for a computer without any tool.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.path("guide"));
        command.args(arguments).current_dir(self.0.path()).env_clear();
        command.env("PATH", self.path("app"));
        command
    }

    /// The number of folders that builds work in.
    pub fn leftovers(&self) -> usize {
        let entries = fs::read_dir(self.0.path()).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        names.filter(|name| name.to_string_lossy().starts_with(".guide-")).count()
    }

    /// Puts other words in the place of those in a file of the content.
    pub fn rewrites(&self, file: &str, old: &str, new: &str) {
        let path = self.path("content").join(file);
        let text = fs::read_to_string(&path).expect("readable");
        assert!(text.contains(old), "{file}");
        fs::write(path, text.replacen(old, new, 1)).expect("written");
    }
}

/// Every file of a site by its path in it.
pub fn files(site: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let below = |file: &Path| file.strip_prefix(site).expect("below the site").to_owned();
    every_file(site)
        .iter()
        .filter(|file| !file.ends_with(".trunk-lock"))
        .map(|file| (below(file), fs::read(file).expect("readable")))
        .collect()
}
