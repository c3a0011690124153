//! How data travels from the pages to the program: packed small, read with little code.
//!
//! Leptos would send island props as JSON. Reading JSON cost the bundle 13.5 KB (Brotli); Postcard
//! reads fields by their order. Its bytes stand in a hidden element of the page, a character a byte.

/// The reason why a value cannot be packed: then the page would be dead, and is not built.
#[cfg(not(target_arch = "wasm32"))]
pub use postcard::Error as PackError;

/// Added to bytes that cannot stand in HTML as they are.
const OFFSET: u32 = 0x100;

/// A value, packed.
///
/// # Errors
/// Those of the packing, which has none for the types that travel.
#[cfg(not(target_arch = "wasm32"))]
pub fn pack<T: serde::Serialize>(value: &T) -> Result<String, PackError> {
    let character = |byte: u8| match byte {
        b' '..=b'~' => Some(char::from(byte)),
        _ => char::from_u32(OFFSET + u32::from(byte)),
    };
    Ok(postcard::to_allocvec(value)?.into_iter().filter_map(character).collect())
}

/// The value that was packed; none where the text is another.
pub fn unpack<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    let byte = |it: char| {
        let code = u32::from(it);
        u8::try_from(code.checked_sub(OFFSET).unwrap_or(code)).ok()
    };
    let bytes: Vec<u8> = text.chars().map(byte).collect::<Option<_>>()?;
    postcard::from_bytes(&bytes).ok()
}
