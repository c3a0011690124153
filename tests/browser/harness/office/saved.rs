//! The files that a browser saved.

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use tempfile::TempDir;

use super::colleague::Colleague;
use crate::harness::wait::until;

/// The folder of a browser's downloads. Ends with the value.
pub struct Downloads(TempDir);

impl Colleague {
    /// Has the browser save files in a folder of its own.
    pub async fn saves_files(&self) -> Downloads {
        let folder = TempDir::new().expect("a folder");
        let to = json!({ "behavior": "allow", "downloadPath": folder.path() });
        self.person.devtools("Page.setDownloadBehavior", to).await;
        Downloads(folder)
    }
}

impl Downloads {
    /// Waits until a file whose name has this ending was saved. Returns its path.
    pub async fn waits_for(&self, ending: &str) -> PathBuf {
        until(&format!("a saved file *{ending}"), async || {
            let entries = fs::read_dir(self.0.path()).expect("the folder is there");
            let mut paths = entries.filter_map(Result::ok).map(|entry| entry.path());
            // While it is written it has another name.
            paths.find(|path| path.to_string_lossy().ends_with(ending))
        })
        .await
    }

    /// Waits for such a file, and returns its text.
    pub async fn reads(&self, ending: &str) -> String {
        fs::read_to_string(self.waits_for(ending).await).expect("a text")
    }
}
