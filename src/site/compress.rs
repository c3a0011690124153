//! Precompresses the files of the site.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use walkdir::WalkDir;

/// Endings of files to compress. Images are compressed already.
const COMPRESSED: [&str; 9] =
    ["html", "css", "js", "wasm", "json", "svg", "txt", "xml", "webmanifest"];

/// Writes `….br` and `….gz` beside every text and wasm file, so that no server has to compress.
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
    let create = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        fs::File::create(name)
    };
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut create(".br")?, &best)?;
    let mut gzip = flate2::write::GzEncoder::new(create(".gz")?, flate2::Compression::best());
    gzip.write_all(&bytes)?;
    gzip.finish().map(drop)
}
