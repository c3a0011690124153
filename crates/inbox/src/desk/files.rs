//! Making key files and staff files. Private numbers are readable only here, between making a key and sealing
//! it under a passphrase; they are never sent, and the browser keeps none.

use clinic_core::private_key::PrivateJwk;
use clinic_core::staff_file::StaffFile;
use guide_core::key::PublicKey;
use guide_core::request::envelope::{Envelope, ProtectedHeader};
use serde_json::{Map, Value};
use uuid::Uuid;
use web_jwe::{
    OpeningKey, SealingKey, decrypt, new_id, new_key_pair, seal, seal_file, unseal_file,
};

use super::unlock::{KEY_FILE, STAFF_FILE};

/// The fewest characters of a passphrase: NIST SP 800-63B-4 §3.1.1.2, for one that is the only protection.
pub const MIN_PASSPHRASE: usize = 15;
/// The payload of a trial.
const TRIAL: &[u8] = b"trial";

/// A new pair of keys, and its private key as a sealed file.
#[derive(Clone)]
pub struct NewKeyFile {
    /// The private key, to be put into staff files.
    pub private: PrivateJwk,
    /// The file (JSON), to be saved.
    pub file: String,
}

/// Makes a pair of keys, and seals the private one under a passphrase, as `intake key new` does.
/// `None` where the browser cannot.
pub async fn new_key_file(passphrase: &str) -> Option<NewKeyFile> {
    let pair = new_key_pair(None).await.ok()?;
    let mut members = serde_json::to_value(&pair.public).ok()?;
    members.as_object_mut()?.insert("d".to_owned(), pair.number.into());
    let json = serde_json::to_vec(&members).ok()?;
    let private = PrivateJwk::from_json(&json).ok()?;
    let file = seal_file(&json, KEY_FILE, passphrase).await.ok()?;
    Some(NewKeyFile { private, file })
}

/// Seals a staff file under a passphrase. `None` where the browser cannot.
pub async fn staff_file(file: &StaffFile, passphrase: &str) -> Option<String> {
    let json = file.to_json().ok()?;
    seal_file(&json, STAFF_FILE, passphrase).await.ok()
}

/// The name of a person's staff file.
pub fn file_name(name: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let name: String = name.to_lowercase().chars().map(letter).take(40).collect();
    format!("staff-{}.json", name.trim_matches('-'))
}

/// Proves that a key file, under its passphrase, opens what is sealed for a public key.
pub async fn proves(file: &[u8], passphrase: &str, public: &PublicKey) -> bool {
    try_proof(file, passphrase, public).await == Some(true)
}

async fn try_proof(file: &[u8], passphrase: &str, public: &PublicKey) -> Option<bool> {
    let json = unseal_file(file, KEY_FILE, passphrase).await.ok()?;
    let members: Map<String, Value> = serde_json::from_slice(&json).ok()?;
    let key = OpeningKey::import(&public.kid, &members).await.ok()?;
    let sealing = SealingKey { kid: public.kid.clone(), point: public.point() };
    let envelope = seal(TRIAL, &ProtectedHeader::new(Uuid::nil()), &[sealing]).await.ok()?;
    Some(opens(&envelope, &key).await.as_deref() == Some(TRIAL))
}

/// Seals a trial request for public keys: nobody's, and not of the form that a patient's has.
pub async fn sealed_trial(keys: &[SealingKey]) -> Option<String> {
    seal(TRIAL, &ProtectedHeader::new(new_id()?), keys).await.ok()
}

/// Returns `true` if a trial request opens with one of these keys.
pub async fn is_trial(envelope: &str, keys: &[OpeningKey]) -> bool {
    for key in keys {
        if opens(envelope, key).await.as_deref() == Some(TRIAL) {
            return true;
        }
    }
    false
}

async fn opens(envelope: &str, key: &OpeningKey) -> Option<Vec<u8>> {
    let (envelope, _) = Envelope::parse(envelope.as_bytes()).ok()?;
    let recipient = envelope.recipients.iter().find(|it| it.header.kid == key.kid)?;
    decrypt(&envelope, recipient, key).await.ok()
}

/// The entries of `clinic.toml` for public keys. All their values are letters, digits and a few signs.
pub fn toml_entries(keys: &[&PublicKey]) -> String {
    let entry = |key: &&PublicKey| {
        let PublicKey { kty, crv, x, y, kid, alg, usage, .. } = key;
        let members = [
            ("kty", kty),
            ("crv", crv),
            ("x", x),
            ("y", y),
            ("kid", kid),
            ("alg", alg),
            ("use", usage),
        ];
        let lines = members.map(|(name, value)| format!("{name} = \"{value}\"\n")).concat();
        format!("[[keys]]\n{lines}")
    };
    keys.iter().map(entry).collect::<Vec<_>>().join("\n")
}

/// Why a new passphrase is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassphraseError {
    /// Less than [`MIN_PASSPHRASE`] characters.
    TooShort,
    /// The two entries differ.
    Different,
}

/// Checks a new passphrase, typed twice.
///
/// # Errors
/// Any [`PassphraseError`].
pub fn check_passphrase(once: &str, twice: &str) -> Result<(), PassphraseError> {
    if once.chars().count() < MIN_PASSPHRASE {
        Err(PassphraseError::TooShort)
    } else if once == twice {
        Ok(())
    } else {
        Err(PassphraseError::Different)
    }
}
