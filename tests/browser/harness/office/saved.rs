//! The files that a browser saved.

use std::fs;
use std::path::PathBuf;

use super::colleague::Colleague;
use crate::harness::wait::until;

/// The folder of a browser's downloads.
pub struct Downloads(PathBuf);

impl Colleague {
    /// The folder that the browser saves files in, without those of earlier journeys.
    pub fn saves_files(&self) -> Downloads {
        let folder = self.person.engine().downloads().to_owned();
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).expect("the folder can be made");
        Downloads(folder)
    }
}

impl Downloads {
    /// Waits until a file whose name has this ending was saved. Returns its path.
    pub async fn waits_for(&self, ending: &str) -> PathBuf {
        until(&format!("a saved file *{ending}"), async || {
            let entries = fs::read_dir(&self.0).expect("the folder is there");
            let mut paths = entries.filter_map(Result::ok).map(|entry| entry.path());
            // While it is written it has another name; Firefox keeps the name free by an empty file.
            let is_whole = |path: &PathBuf| fs::metadata(path).is_ok_and(|it| it.len() > 0);
            paths.find(|path| path.to_string_lossy().ends_with(ending) && is_whole(path))
        })
        .await
    }

    /// Waits for such a file, and returns its text.
    pub async fn reads(&self, ending: &str) -> String {
        fs::read_to_string(self.waits_for(ending).await).expect("a text")
    }
}
