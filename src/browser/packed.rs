//! Passes data from the pages to the app: as Postcard in the text of a hidden element, one character for
//! each byte.
//!
//! Leptos passes island props as JSON, whose reader costs the app 13.5 KB (Brotli 11). Postcard reads
//! fields by their order, with a few hundred bytes of code.

/// The error of packing. It stops the build: without its data the app would not start.
#[cfg(not(target_arch = "wasm32"))]
pub use postcard::Error as PackError;

/// The offset of characters for bytes that are not printable ASCII, which HTML would change.
const OFFSET: u32 = 0x100;

/// Packs a value.
///
/// # Errors
/// The value has no Postcard form; none of today's types causes it.
#[cfg(not(target_arch = "wasm32"))]
pub fn pack<T: serde::Serialize>(value: &T) -> Result<String, PackError> {
    let character = |byte: u8| match byte {
        b' '..=b'~' => Some(char::from(byte)),
        _ => char::from_u32(OFFSET + u32::from(byte)),
    };
    Ok(postcard::to_allocvec(value)?.into_iter().filter_map(character).collect())
}

/// Unpacks a value; `None` if the text is not a packed value of this type.
pub fn unpack<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    let byte = |it: char| {
        let code = u32::from(it);
        u8::try_from(code.checked_sub(OFFSET).unwrap_or(code)).ok()
    };
    let bytes: Vec<u8> = text.chars().map(byte).collect::<Option<_>>()?;
    postcard::from_bytes(&bytes).ok()
}
