//! Private keys: made, written, read.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64ct::{Base64UrlUnpadded, Encoding};
use clinic_core::private_key::is_private_number;
use guide_core::key::{ALGORITHM, Point, PublicKey};
use guide_core::request::form::CalendarDate;
use josekit::JoseError;
use josekit::jwe::ECDH_ES_A256KW;
use josekit::jwe::alg::ecdh_es::EcdhEsJweDecrypter;
use josekit::jwk::alg::ec::{EcCurve, EcKeyPair};
use josekit::jwk::{Jwk, KeyPair};
use serde::Deserialize;
use serde_json::{Map, Value};
use tempfile::NamedTempFile;

use super::file::{KeyFileError, Reason};
use super::passphrase;
use super::passphrase_source::PassphraseSource;
use crate::private_file::{make_folder, sync_folder, with_mode};

/// A key that opens envelopes.
#[derive(Clone)]
pub struct PrivateKey {
    public: PublicKey,
    decrypter: EcdhEsJweDecrypter,
}

/// A pair of keys that is not on disk yet.
pub struct NewKey {
    /// The public key, which pages seal for.
    pub public: PublicKey,
    /// The private key as a JWK (JSON).
    private: Vec<u8>,
}

/// The files of a new pair of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFiles {
    /// The file of the private key.
    pub private: PathBuf,
    /// The file of the public key.
    pub public: PathBuf,
}

impl fmt::Debug for PrivateKey {
    /// Names the key; nothing private.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey").field("kid", &self.public.kid).finish_non_exhaustive()
    }
}

impl PrivateKey {
    /// Reads a private key from a file, plain or sealed under the passphrase of `source`.
    ///
    /// # Errors
    /// The reason why the file cannot be used, or why there is no passphrase.
    pub fn read(path: &Path, source: &PassphraseSource) -> Result<Self, KeyFileError> {
        Self::open(path, source).map_err(|reason| KeyFileError::new(path, reason))
    }

    fn open(path: &Path, source: &PassphraseSource) -> Result<Self, Reason> {
        Self::from_jwk(&read_jwk(path, source)?)
    }

    /// A private key from its JWK (JSON): the members of [`PublicKey`], and `d`.
    ///
    /// # Errors
    /// [`Reason::Shape`], [`Reason::Public`], [`Reason::Unfit`] and [`Reason::Mismatch`].
    pub fn from_jwk(json: &[u8]) -> Result<Self, Reason> {
        let members: Map<String, Value> = serde_json::from_slice(json)?;
        let mut public = members.clone();
        let number = public.remove("d").ok_or(Reason::Public)?;
        let public = PublicKey::deserialize(Value::Object(public))?;
        public.check()?;
        if !number.as_str().is_some_and(is_private_number) {
            return Err(Reason::Mismatch);
        }
        let mismatch = |_: JoseError| Reason::Mismatch;
        let jwk = Jwk::from_map(members).map_err(mismatch)?;
        if derived_point(&jwk).map_err(mismatch)? != Some(public.point()) {
            return Err(Reason::Mismatch);
        }
        let decrypter = ECDH_ES_A256KW.decrypter_from_jwk(&jwk).map_err(mismatch)?;
        Ok(Self { public, decrypter })
    }

    /// The key that requests are sealed for, so that this one opens them.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The decrypter of the JOSE library.
    pub(crate) fn decrypter(&self) -> &EcdhEsJweDecrypter {
        &self.decrypter
    }
}

/// The public point that belongs to a key's private number alone.
fn derived_point(jwk: &Jwk) -> Result<Option<Point>, JoseError> {
    let mut number = Jwk::new("EC");
    number.set_curve(EcCurve::P256.name());
    number.set_parameter("d", jwk.parameter("d").cloned())?;
    let derived = EcKeyPair::from_jwk(&number)?.to_jwk_public_key();
    Ok(Point::deserialize(Value::Object(derived.into())).ok())
}

impl KeyFiles {
    /// The files of a new pair of this name, of which none is there yet.
    ///
    /// # Errors
    /// [`Reason::Taken`].
    pub fn new(folder: &Path, name: &str) -> Result<Self, KeyFileError> {
        let file = |kind| folder.join(format!("{name}.{kind}.jwk.json"));
        let files = Self { private: file("private"), public: file("public") };
        for file in [&files.private, &files.public] {
            if file.exists() {
                return Err(KeyFileError::new(file, Reason::Taken));
            }
        }
        Ok(files)
    }
}

impl NewKey {
    /// Makes a pair of keys from the operating system's randomness. `expires` is the last day on
    /// which the page seals for it.
    ///
    /// # Errors
    /// An error if the library has no randomness.
    pub fn generate(expires: Option<CalendarDate>) -> Result<Self, JoseError> {
        let mut jwk = Jwk::generate_ec_key(EcCurve::P256)?;
        let coordinate = |name| match jwk.parameter(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            _ => Err(JoseError::InvalidJwkFormat(io::Error::other("no coordinates").into())),
        };
        let mut public = PublicKey {
            kty: "EC".to_owned(),
            crv: EcCurve::P256.name().to_owned(),
            x: coordinate("x")?,
            y: coordinate("y")?,
            kid: String::new(),
            alg: ALGORITHM.to_owned(),
            usage: "enc".to_owned(),
            expires,
        };
        public.kid = public.thumbprint();
        jwk.set_key_id(&public.kid);
        jwk.set_algorithm(ALGORITHM);
        jwk.set_key_use("enc");
        if let Some(last) = expires {
            jwk.set_parameter("expires", Some(Value::String(last.into())))?;
        }
        let private = jwk.to_string().into_bytes();
        Ok(Self { public, private })
    }

    /// A pair of keys by its public key and the bytes of its private number.
    ///
    /// # Errors
    /// [`Reason::Mismatch`] where they do not belong together.
    pub(super) fn of(public: PublicKey, number: &[u8]) -> Result<Self, Reason> {
        let Value::Object(mut members) = serde_json::to_value(&public)? else {
            return Err(Reason::Mismatch);
        };
        members.insert("d".to_owned(), Base64UrlUnpadded::encode_string(number).into());
        let private = serde_json::to_vec(&members)?;
        PrivateKey::from_jwk(&private)?;
        Ok(Self { public, private })
    }

    /// Writes `<name>.private.jwk.json` (mode 0600; sealed where there is a passphrase) and
    /// `<name>.public.jwk.json` into a folder, which is made where there is none. Both are synced.
    ///
    /// # Errors
    /// A file that is there already (nothing is ever overwritten), or cannot be written.
    pub fn write(
        &self,
        folder: &Path,
        name: &str,
        passphrase: Option<&str>,
    ) -> Result<KeyFiles, KeyFileError> {
        let KeyFiles { private, public } = KeyFiles::new(folder, name)?;
        let failed = |path, reason: Reason| KeyFileError::new(path, reason);
        let kept = match passphrase {
            Some(passphrase) => passphrase::protect(&self.private, passphrase::JWK, passphrase)
                .map(String::into_bytes)
                .map_err(|error| failed(&private, error.into()))?,
            None => self.private.clone(),
        };
        let published = serde_json::to_vec_pretty(&self.public)
            .map_err(|error| failed(&public, error.into()))?;
        make_folder(folder).map_err(|error| failed(folder, error.into()))?;
        write_new(&private, 0o600, &kept).map_err(|error| failed(&private, error.into()))?;
        write_new(&public, 0o644, &published).map_err(|error| failed(&public, error.into()))?;
        Ok(KeyFiles { private, public })
    }
}

/// Seals the private key in a file under another passphrase, or under its first one. The key stays the
/// same. The file changes at once or not at all, and only after the new one was opened for a trial.
///
/// # Errors
/// The reason why the file cannot be used or replaced, or why there is no passphrase; the file is then as
/// it was.
pub fn change_passphrase(
    path: &Path,
    old: &PassphraseSource,
    new: &PassphraseSource,
) -> Result<PrivateKey, KeyFileError> {
    replace_sealed(path, old, new).map_err(|reason| KeyFileError::new(path, reason))
}

fn replace_sealed(
    path: &Path,
    old: &PassphraseSource,
    new: &PassphraseSource,
) -> Result<PrivateKey, Reason> {
    // Where the path is a link, the file that it leads to is replaced.
    let path = fs::canonicalize(path)?;
    let before = fs::read(&path)?;
    let jwk = unprotected(&before, &path, old)?;
    let key = PrivateKey::from_jwk(&jwk)?;
    let passphrase = new.new_one()?;
    if passphrase::unprotect(&before, &passphrase).is_ok() {
        return Err(Reason::SamePassphrase);
    }
    let sealed = passphrase::protect(&jwk, passphrase::JWK, &passphrase)? + "\n";
    if passphrase::unprotect(sealed.as_bytes(), &passphrase)? != jwk {
        return Err(Reason::Passphrase);
    }
    let folder = path.parent().unwrap_or(Path::new("/"));
    // Readable by its owner alone until it is complete.
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(sealed.as_bytes())?;
    #[cfg(unix)]
    give_to_owner_of(&path, file.as_file())?;
    file.as_file().sync_all()?;
    if fs::read(&path)? != before {
        return Err(Reason::ChangedMeanwhile);
    }
    file.persist(&path).map_err(|error| error.error)?;
    sync_folder(folder)?;
    Ok(key)
}

/// Gives a file the owner and the mode of the one that it will replace.
#[cfg(unix)]
fn give_to_owner_of(path: &Path, file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};

    let owner = fs::metadata(path)?;
    fchown(file, Some(owner.uid()), Some(owner.gid()))?;
    file.set_permissions(owner.permissions())
}

/// The private JWK (JSON) in a file, plain or sealed under the passphrase of `source`.
pub(super) fn read_jwk(path: &Path, source: &PassphraseSource) -> Result<Vec<u8>, Reason> {
    unprotected(&fs::read(path)?, path, source)
}

fn unprotected(bytes: &[u8], path: &Path, source: &PassphraseSource) -> Result<Vec<u8>, Reason> {
    match passphrase::is_protected(bytes) {
        true => passphrase::unprotect(bytes, &source.existing(path)?),
        false => Ok(bytes.to_vec()),
    }
}

/// Writes a file that must not be there yet, and syncs it. After an error there is none.
pub(super) fn write_new(path: &Path, mode: u32, json: &[u8]) -> io::Result<()> {
    let mut file = with_mode(mode).write(true).create_new(true).open(path)?;
    let written =
        file.write_all(json).and_then(|()| file.write_all(b"\n")).and_then(|()| file.sync_all());
    if written.is_err() {
        // A part of a key would only stand in the way of the next try.
        let _ = fs::remove_file(path);
    }
    written
}
