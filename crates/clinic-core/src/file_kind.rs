//! The kind of a file that somebody of the staff chose, from a first look: so that a page can say "this is
//! the public key, choose your staff file". Nothing is checked beyond that, and nothing decrypted.

use base64ct::{Base64UrlUnpadded, Encoding};
use guide_core::request::envelope;
use serde_json::{Map, Value};

use crate::{note, staff_file};

/// The largest file that is looked at, in bytes: every file of ours is smaller.
pub const MAX_BYTES: usize = 256 * 1024;
/// The `cty` of a private key that `intake key` sealed under a passphrase.
const PRIVATE_KEY: &str = "jwk+json";

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A staff file, sealed under a passphrase.
    StaffFile,
    /// The content of a staff file, readable by anybody.
    OpenStaffFile,
    /// A private key of `intake key`, sealed under a passphrase.
    SealedPrivateKey,
    /// A private key, readable by anybody.
    PrivateKey,
    /// A share of a private key, of `intake key split`.
    KeyShare,
    /// A public key: it opens nothing.
    PublicKey,
    /// A list of public keys, such as `keys.json` of the guide: it opens nothing.
    PublicKeys,
    /// A sealed request.
    Request,
    /// A sealed note on a request.
    Note,
    /// None of ours, as far as can be seen.
    Other,
}

impl FileKind {
    /// The kind of a file by its content.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.len() > MAX_BYTES {
            return Self::Other;
        }
        // Editors of Windows write the mark.
        let json = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let Ok(Value::Object(members)) = serde_json::from_slice(json) else { return Self::Other };
        if let Some(protected) = text(&members, "protected") {
            return Self::of_jwe(&members, protected);
        }
        let has = |name| members.contains_key(name);
        if text(&members, "schema").is_some_and(|it| it.starts_with("staff-file/")) {
            return Self::OpenStaffFile;
        }
        if has("splitting") && has("share") {
            return Self::KeyShare;
        }
        match members.get("keys") {
            Some(Value::Array(keys)) if keys.iter().any(|key| key.get("d").is_some()) => {
                Self::PrivateKey
            }
            Some(Value::Array(keys)) if keys.iter().any(|key| key.get("kty").is_some()) => {
                Self::PublicKeys
            }
            _ if has("kty") && has("d") => Self::PrivateKey,
            _ if has("kty") => Self::PublicKey,
            _ => Self::Other,
        }
    }

    /// The kind of a JWE by its headers, of which a passphrase's may be outside of the protected one.
    fn of_jwe(members: &Map<String, Value>, protected: &str) -> Self {
        let json = Base64UrlUnpadded::decode_vec(protected).unwrap_or_default();
        let Ok(Value::Object(header)) = serde_json::from_slice(&json) else { return Self::Other };
        match text(&header, "typ") {
            Some(envelope::TYPE) => return Self::Request,
            Some(note::TYPE) => return Self::Note,
            _ => {}
        }
        let unprotected = members.get("header").and_then(|it| it.get("alg")?.as_str());
        let algorithm = text(&header, "alg").or(unprotected);
        match (algorithm.is_some_and(|it| it.starts_with("PBES2-")), text(&header, "cty")) {
            (true, Some(staff_file::CONTENT_TYPE)) => Self::StaffFile,
            (true, Some(PRIVATE_KEY)) => Self::SealedPrivateKey,
            _ => Self::Other,
        }
    }
}

fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name)?.as_str()
}
