//! A private key in three shares, of which any two open it and one alone tells nothing (Shamir's scheme),
//! for the recovery key: no single person, and no single place, has it or can lose it.

use std::fs;
use std::path::{Path, PathBuf};

use base64ct::{Base64UrlUnpadded, Encoding};
use guide_core::key::PublicKey;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;
use vsss_rs::Gf256;

use super::file::{KeyFileError, Reason};
use super::passphrase_source::PassphraseSource;
use super::private::{NewKey, PrivateKey, read_jwk, write_new};
use crate::private_file::make_folder;

/// The number of shares.
const SHARES: usize = 3;
/// The number of shares that open the key.
const NEEDED: usize = 2;
/// Bytes of a share: its number, and one for each of the private number.
const SHARE_BYTES: usize = 33;

/// A file with a share.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Share {
    /// The public key that belongs to the private one.
    public: PublicKey,
    /// The same in all shares of one splitting.
    splitting: Uuid,
    /// [`SHARE_BYTES`] in base64url.
    share: String,
}

/// Splits a private key into three files of a folder, `NAME.share-1.json` and so on, readable for their
/// owner alone. Any two make the key again.
///
/// # Errors
/// The reason why a file cannot be used or written, or why there is no passphrase.
pub fn split(
    private: &Path,
    passphrase: &PassphraseSource,
    folder: &Path,
    name: &str,
) -> Result<Vec<PathBuf>, KeyFileError> {
    let unfit = |reason| KeyFileError::new(private, reason);
    let files: Vec<PathBuf> =
        (1..=SHARES).map(|nth| folder.join(format!("{name}.share-{nth}.json"))).collect();
    // Before anybody types a passphrase.
    if let Some(taken) = files.iter().find(|file| file.exists()) {
        return Err(KeyFileError::new(taken, Reason::Taken));
    }
    let jwk = read_jwk(private, passphrase).map_err(unfit)?;
    let public = PrivateKey::from_jwk(&jwk).map_err(unfit)?.public().clone();
    let number = private_number(&jwk).map_err(unfit)?;
    let shares = Gf256::split_bytes(NEEDED, SHARES, &number, rand::rng())
        .map_err(|_| unfit(Reason::Mismatch))?;
    make_folder(folder).map_err(|error| KeyFileError::new(folder, error))?;
    let splitting = Uuid::new_v4();
    for (file, share) in files.iter().zip(shares) {
        let failed = |reason: Reason| KeyFileError::new(file, reason);
        let share = Share {
            public: public.clone(),
            splitting,
            share: Base64UrlUnpadded::encode_string(&share),
        };
        let json = serde_json::to_vec_pretty(&share).map_err(|error| failed(error.into()))?;
        write_new(file, 0o600, &json).map_err(|error| failed(error.into()))?;
    }
    Ok(files)
}

/// The private key of which these files are shares, by any two of them that make it.
///
/// # Errors
/// The reason why a file cannot be used; [`Reason::OtherShare`] where it is of another splitting or given
/// twice, [`Reason::OneShare`], and [`Reason::AlteredShare`] where no two make the key.
pub fn combine(files: &[PathBuf]) -> Result<NewKey, KeyFileError> {
    let mut shares: Vec<(Share, Vec<u8>)> = Vec::new();
    for file in files {
        let failed = |reason: Reason| KeyFileError::new(file, reason);
        let json = fs::read(file).map_err(|error| failed(error.into()))?;
        let share: Share = serde_json::from_slice(&json).map_err(|error| failed(error.into()))?;
        let bytes = Base64UrlUnpadded::decode_vec(&share.share).unwrap_or_default();
        let belongs = |(other, others): &(Share, Vec<u8>)| {
            (&other.public, other.splitting) == (&share.public, share.splitting)
                && others.first() != bytes.first()
        };
        if bytes.len() != SHARE_BYTES {
            return Err(failed(Reason::AlteredShare));
        }
        if !shares.iter().all(belongs) {
            return Err(failed(Reason::OtherShare));
        }
        shares.push((share, bytes));
    }
    let last = files.last().map_or(Path::new(""), PathBuf::as_path);
    if shares.len() < NEEDED {
        return Err(KeyFileError::new(last, Reason::OneShare));
    }
    for (nth, (share, one)) in shares.iter().enumerate() {
        for (_, other) in &shares[nth + 1..] {
            let Ok(number) = Gf256::combine_bytes([one.clone(), other.clone()]) else { continue };
            // Another number does not belong to the public key.
            if let Ok(key) = NewKey::of(share.public.clone(), &number) {
                return Ok(key);
            }
        }
    }
    Err(KeyFileError::new(last, Reason::AlteredShare))
}

fn private_number(jwk: &[u8]) -> Result<Vec<u8>, Reason> {
    let members: Map<String, Value> = serde_json::from_slice(jwk)?;
    let number = members.get("d").and_then(Value::as_str).ok_or(Reason::Public)?;
    Base64UrlUnpadded::decode_vec(number).map_err(|_| Reason::Mismatch)
}
