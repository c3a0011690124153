//! Files sealed under a passphrase: a JWE (RFC 7516 §7.2.2) by PBES2 (RFC 7518 §4.8), as `intake key` writes
//! private keys. Beside the passphrase, passkeys can open a file: for each the member `passkeys` has the content
//! key once more, wrapped (A256KW) by a key that only the passkey gives.

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::CryptoKey;

use crate::web_crypto::{
    Result, base64url, base64url_decoded, bytes, object, random, resolved, subtle, usages,
};

const ALGORITHM: &str = "PBES2-HS512+A256KW";
const ENCRYPTION: &str = "A256GCM";
/// Rounds of PBKDF2, as in `intake key`: the OWASP Password Storage Cheat Sheet asks for 210,000 with
/// HMAC-SHA-512.
const ROUNDS: u32 = 600_000;
/// The most rounds of a file that is opened: more would stop the page for minutes.
const MAX_ROUNDS: u32 = 10_000_000;
/// Keeps the secrets that passkeys give for staff files apart from those for anything else.
const PASSKEY_INFO: &[u8] = b"staff-file passkey ";
/// Bytes of salt (NIST SP 800-132).
const SALT: usize = 16;

/// A sealed file, in the flattened JSON serialization.
#[derive(Serialize, Deserialize)]
struct SealedFile {
    protected: String,
    encrypted_key: String,
    iv: String,
    ciphertext: String,
    tag: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    passkeys: Vec<Passkey>,
}

/// A passkey that opens a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// The credential's id, base64url.
    pub id: String,
    /// What the passkey derives its secret from (WebAuthn, extension `prf`): 32 bytes, base64url.
    pub salt: String,
    encrypted_key: String,
}

/// Its protected header.
#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    enc: String,
    cty: String,
    p2s: String,
    p2c: u32,
}

/// Why a file cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is no file under a passphrase, or one of another kind.
    Form,
    /// The passphrase is another, or the file was altered.
    Passphrase,
}

/// Seals a content under a passphrase. Returns JSON. `content_type` tells files of different kinds apart.
///
/// # Errors
/// The browser cannot encrypt.
pub async fn seal_file(content: &[u8], content_type: &str, passphrase: &str) -> Result<String> {
    let subtle = subtle()?;
    let (salt, iv) = (random::<SALT>()?, random::<12>()?);
    let header = Header {
        alg: ALGORITHM.to_owned(),
        enc: ENCRYPTION.to_owned(),
        cty: content_type.to_owned(),
        p2s: base64url(&salt),
        p2c: ROUNDS,
    };
    let header = serde_json::to_string(&header).map_err(|_| JsValue::from("no JSON"))?;
    let protected = base64url(header.as_bytes());
    let aes = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
    let generated = subtle.generate_key_with_object(&aes, true, &usages("encrypt"))?;
    let content_key: CryptoKey = resolved(generated).await?;
    let gcm = gcm(&iv, &protected);
    let encrypted = subtle.encrypt_with_object_and_js_u8_array(
        &gcm,
        &content_key,
        &Uint8Array::from(content),
    )?;
    let encrypted = bytes(resolved(encrypted).await?);
    let (ciphertext, tag) =
        encrypted.split_last_chunk::<16>().ok_or_else(|| JsValue::from("no tag"))?;
    let wrapping = wrapping_key(passphrase, &salt, ROUNDS, "wrapKey").await?;
    let wrapped = subtle.wrap_key_with_str("raw", &content_key, &wrapping, "AES-KW")?;
    let file = SealedFile {
        protected,
        encrypted_key: base64url(&bytes(resolved(wrapped).await?)),
        iv: base64url(&iv),
        ciphertext: base64url(ciphertext),
        tag: base64url(tag),
        passkeys: Vec::new(),
    };
    serde_json::to_string(&file).map_err(|_| JsValue::from("no JSON"))
}

/// The content of a file that was sealed under a passphrase, if it is of this kind.
///
/// # Errors
/// Any [`FileError`].
pub async fn unseal_file(
    json: &[u8],
    content_type: &str,
    passphrase: &str,
) -> std::result::Result<Vec<u8>, FileError> {
    let (file, header) = parse(json).ok_or(FileError::Form)?;
    if !fits(&header, content_type) {
        return Err(FileError::Form);
    }
    let opened = async {
        let wrapping = by_passphrase(&header, passphrase).await?;
        let content_key = unwrapped(&file.encrypted_key, &wrapping, false).await?;
        decrypted(&file, &content_key).await
    };
    opened.await.map_err(|_| FileError::Passphrase)
}

/// The passkeys that open a file, if it is of this kind; none where it is not.
pub fn passkeys_of(json: &[u8], content_type: &str) -> Vec<Passkey> {
    match parse(json) {
        Some((file, header)) if fits(&header, content_type) => file.passkeys,
        _ => Vec::new(),
    }
}

/// The content of a file, by a passkey and the secret that it gave.
///
/// # Errors
/// Any [`FileError`].
pub async fn unseal_file_by(
    passkey: &Passkey,
    secret: &[u8],
    json: &[u8],
    content_type: &str,
) -> std::result::Result<Vec<u8>, FileError> {
    let (file, header) = parse(json).ok_or(FileError::Form)?;
    if !fits(&header, content_type) {
        return Err(FileError::Form);
    }
    let opened = async {
        let wrapping = by_secret(secret, &passkey.id, "unwrapKey").await?;
        let content_key = unwrapped(&passkey.encrypted_key, &wrapping, false).await?;
        decrypted(&file, &content_key).await
    };
    opened.await.map_err(|_| FileError::Passphrase)
}

/// The same file, opened by one more passkey: its id, the salt that it was asked with, and the secret that it
/// gave. Everything else stays as it is.
///
/// # Errors
/// Any [`FileError`].
pub async fn add_passkey(
    json: &[u8],
    passphrase: &str,
    (id, salt): (&[u8], &[u8]),
    secret: &[u8],
) -> std::result::Result<String, FileError> {
    let (mut file, header) = parse(json).ok_or(FileError::Form)?;
    if !fits(&header, &header.cty) {
        return Err(FileError::Form);
    }
    let id = base64url(id);
    let wrapped = async {
        let wrapping = by_passphrase(&header, passphrase).await?;
        let content_key = unwrapped(&file.encrypted_key, &wrapping, true).await?;
        let wrapping = by_secret(secret, &id, "wrapKey").await?;
        let wrapped = subtle()?.wrap_key_with_str("raw", &content_key, &wrapping, "AES-KW")?;
        Ok::<_, JsValue>(base64url(&bytes(resolved(wrapped).await?)))
    };
    let encrypted_key = wrapped.await.map_err(|_| FileError::Passphrase)?;
    file.passkeys.retain(|passkey| passkey.id != id);
    file.passkeys.push(Passkey { id, salt: base64url(salt), encrypted_key });
    serde_json::to_string(&file).map_err(|_| FileError::Form)
}

fn parse(json: &[u8]) -> Option<(SealedFile, Header)> {
    let file: SealedFile = serde_json::from_slice(json).ok()?;
    let header = base64url_decoded(&file.protected).ok()?;
    let header = serde_json::from_slice(&header).ok()?;
    Some((file, header))
}

fn fits(header: &Header, content_type: &str) -> bool {
    header.alg == ALGORITHM
        && header.enc == ENCRYPTION
        && header.cty == content_type
        && header.p2c <= MAX_ROUNDS
}

async fn by_passphrase(header: &Header, passphrase: &str) -> Result<CryptoKey> {
    let salt = base64url_decoded(&header.p2s)?;
    wrapping_key(passphrase, &salt, header.p2c, "unwrapKey").await
}

/// The wrapping key of a passkey: HKDF (RFC 5869) over its secret. The id keeps apart what several give.
async fn by_secret(secret: &[u8], id: &str, usage: &str) -> Result<CryptoKey> {
    let subtle = subtle()?;
    let raw = Uint8Array::from(secret);
    let imported = subtle.import_key_with_str("raw", &raw, "HKDF", false, &usages("deriveKey"))?;
    let secret: CryptoKey = resolved(imported).await?;
    let derivation = object(&[
        ("name", "HKDF".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::new_with_length(0).into()),
        ("info", Uint8Array::from([PASSKEY_INFO, id.as_bytes()].concat().as_slice()).into()),
    ]);
    let wrapping = object(&[("name", "AES-KW".into()), ("length", 256.into())]);
    let derived = subtle.derive_key_with_object_and_object(
        &derivation,
        &secret,
        &wrapping,
        false,
        &usages(usage),
    )?;
    resolved(derived).await
}

async fn unwrapped(wrapped: &str, wrapping: &CryptoKey, extractable: bool) -> Result<CryptoKey> {
    let wrapped = base64url_decoded(wrapped)?;
    let unwrapped = subtle()?.unwrap_key_with_js_u8_array_and_str_and_str(
        "raw",
        &Uint8Array::from(wrapped.as_slice()),
        wrapping,
        "AES-KW",
        "AES-GCM",
        extractable,
        &usages("decrypt"),
    )?;
    resolved(unwrapped).await
}

async fn decrypted(file: &SealedFile, content_key: &CryptoKey) -> Result<Vec<u8>> {
    let subtle = subtle()?;
    let mut encrypted = base64url_decoded(&file.ciphertext)?;
    encrypted.extend(base64url_decoded(&file.tag)?);
    let decrypted = subtle.decrypt_with_object_and_js_u8_array(
        &gcm(&base64url_decoded(&file.iv)?, &file.protected),
        content_key,
        &Uint8Array::from(encrypted.as_slice()),
    )?;
    Ok(bytes(resolved(decrypted).await?))
}

/// The key that wraps the content key: PBKDF2 over the passphrase (RFC 7518 §4.8.1.1).
async fn wrapping_key(
    passphrase: &str,
    salt: &[u8],
    rounds: u32,
    usage: &str,
) -> Result<CryptoKey> {
    let subtle = subtle()?;
    let raw = Uint8Array::from(passphrase.as_bytes());
    let imported =
        subtle.import_key_with_str("raw", &raw, "PBKDF2", false, &usages("deriveKey"))?;
    let passphrase: CryptoKey = resolved(imported).await?;
    let salt = [ALGORITHM.as_bytes(), &[0], salt].concat();
    let derivation = object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-512".into()),
        ("salt", Uint8Array::from(salt.as_slice()).into()),
        ("iterations", rounds.into()),
    ]);
    let wrapping = object(&[("name", "AES-KW".into()), ("length", 256.into())]);
    let derived = subtle.derive_key_with_object_and_object(
        &derivation,
        &passphrase,
        &wrapping,
        false,
        &usages(usage),
    )?;
    resolved(derived).await
}

fn gcm(iv: &[u8], protected: &str) -> js_sys::Object {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(iv).into()),
        ("additionalData", Uint8Array::from(protected.as_bytes()).into()),
    ])
}
