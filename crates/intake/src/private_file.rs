//! Files and folders that only their owner can read, and their entries on disk. Windows has no modes: there they have the
//! permissions of the folder that they are made in, which in a person's own folder leave other people out.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

/// Options for a file that only its owner can read and write.
pub fn options() -> OpenOptions {
    with_mode(0o600)
}

/// Options for a file of this mode.
pub fn with_mode(mode: u32) -> OpenOptions {
    let mut options = OpenOptions::new();
    set_mode(&mut options, mode);
    options
}

#[cfg(unix)]
fn set_mode(options: &mut OpenOptions, mode: u32) {
    use std::os::unix::fs::OpenOptionsExt as _;

    options.mode(mode);
}

#[cfg(not(unix))]
fn set_mode(_: &mut OpenOptions, _: u32) {}

/// Makes a folder for its owner alone, where there is none.
///
/// # Errors
/// Those of the system.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Syncs the entries of a folder to disk. Windows opens no folder, and keeps entries in a journal of its own.
///
/// # Errors
/// Those of the system.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}
