//! Precompresses the files of a site. A package of its own, so that development builds optimize it: generic code is
//! compiled with the package that uses it.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use walkdir::WalkDir;

/// Endings of files to compress. Images are compressed already.
const COMPRESSED: [&str; 9] =
    ["html", "css", "js", "wasm", "json", "svg", "txt", "xml", "webmanifest"];

/// Of the packed bytes that are unpacked at once.
const BUFFER: usize = 4096;

/// Writes `….br` and `….gz` beside every text and wasm file, so that no server has to compress. Those of a file that
/// is as it was stay.
///
/// # Errors
/// A file that cannot be read or written.
pub fn all(folder: &Path) -> io::Result<()> {
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        let kind = entry.path().extension();
        if kind.is_some_and(|it| COMPRESSED.iter().any(|kind| it == *kind)) {
            compress(entry.path())?;
        }
    }
    Ok(())
}

fn compress(path: &Path) -> io::Result<()> {
    let bytes = fs::read(path)?;
    let brotli = path.with_added_extension("br");
    if !holds(&brotli, &bytes, |file| brotli::Decompressor::new(file, BUFFER)) {
        let best =
            brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut bytes.as_slice(), &mut File::create(brotli)?, &best)?;
    }
    let gzip = path.with_added_extension("gz");
    if !holds(&gzip, &bytes, GzDecoder::new) {
        let mut gzip = GzEncoder::new(File::create(gzip)?, Compression::best());
        gzip.write_all(&bytes)?;
        gzip.finish()?;
    }
    Ok(())
}

/// Returns `true` where a file is there and holds these bytes.
fn holds<R: Read>(file: &Path, bytes: &[u8], unpacked: impl FnOnce(File) -> R) -> bool {
    let mut held = Vec::new();
    File::open(file).is_ok_and(|it| unpacked(it).read_to_end(&mut held).is_ok() && held == bytes)
}
