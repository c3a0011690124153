//! The size of `public/embed.js`, which other sites load. Its surface is held by the journeys of
//! `tests/browser/journeys/embed_surface.rs`.

#![expect(clippy::expect_used, reason = "a test says what it expected")]

use std::fs;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;

/// Bytes that a site fetches, Brotli 11.
const MAX: usize = 2048;

#[test]
fn the_script_is_small() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/embed.js");
    let script = fs::read(script).expect("the script");
    let best = BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut script.as_slice(), &mut packed, &best).expect("packed");
    assert!(packed.len() <= MAX, "public/embed.js takes {} bytes of {MAX}", packed.len());
}
