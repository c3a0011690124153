//! One way for all tests to run the service, to speak HTTP with it, and to make sealed requests.

use std::env;
use std::path::PathBuf;

use intake::settings::{Flags, Setting};

pub mod altering;
pub mod clinic;
pub mod database;
pub mod http;
pub mod office;
pub mod postgres;
pub mod program;
pub mod receivers;
pub mod service;

/// The folder where the Makefile installs tools.
pub fn tools() -> PathBuf {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.tools");
    env::var_os("GUIDE_TOOLS").map_or_else(|| default.into(), PathBuf::from)
}

/// The flags that give these settings.
pub fn flags(words: &[(&str, &str)]) -> Flags {
    let mut flags = Flags::default();
    for (setting, word) in words {
        set(&mut flags, setting, [*word]);
    }
    flags
}

/// Gives a setting, over what was given before.
pub fn set<W: Into<String>>(flags: &mut Flags, setting: &str, words: impl IntoIterator<Item = W>) {
    assert!(Setting::all().iter().any(|it| it.name() == setting), "there is no setting {setting}");
    flags.words.insert(setting.to_owned(), words.into_iter().map(Into::into).collect());
}

/// Runs what waits.
pub fn wait_for<T>(task: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(task)
}
