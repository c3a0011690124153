//! Packs the WordPress plugin into the archive that staff upload.

use std::fs;
use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, System, ZipWriter};

/// Packs a folder with its files. Equal files give equal bytes.
///
/// # Errors
/// A file that cannot be read, with its path.
pub fn archive(folder: &Path) -> Result<Vec<u8>, (PathBuf, io::Error)> {
    let failed = |error| (folder.to_owned(), error);
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    // Without compression: it is small, and every system can unpack it. Without times, so that the bytes
    // do not change from build to build.
    // Windows would be named as the system that made it.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .system(System::Unix);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        let text = fs::read(&file).map_err(|error| (file.clone(), error))?;
        let path = [&name, "/", &*file.file_name().unwrap_or_default().to_string_lossy()].concat();
        archive.start_file(path, options).map_err(|error| failed(error.into()))?;
        archive.write_all(&text).map_err(failed)?;
    }
    archive.finish().map(Cursor::into_inner).map_err(|error| failed(error.into()))
}
