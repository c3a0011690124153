//! Opening a staff file: the token and the clinic's keys of one person, under their own passphrase.

use clinic_core::file_kind::FileKind;
use clinic_core::inbox::Content;
use clinic_core::private_key::PrivateJwk;
use clinic_core::staff_file::StaffFile;
use web_jwe::{
    FileError, OpeningKey, SealingKey, add_passkey, passkeys_of, unseal_file, unseal_file_by,
};

use super::session::Session;
use crate::browser::passkey;
use crate::service::people::Me;
use crate::service::{Service, ServiceError};

/// The kind of a staff file, in its protected header.
pub const STAFF_FILE: &str = "staff-file+json";
/// The kind of a private key file.
pub const KEY_FILE: &str = "jwk+json";

/// Why an inbox stays locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlockError {
    /// No file was chosen.
    NoFile,
    /// The file is another than a staff file.
    WrongFile(FileKind),
    /// No passphrase was typed.
    NoPassphrase,
    /// The passphrase is another, or the file was altered.
    Passphrase,
    /// No passkey of the file was at hand, or the person cancelled.
    Passkey,
    /// The browser cannot use a key in the file.
    Keys,
    /// The service does not know the token, or cannot be asked.
    Service(ServiceError),
}

/// An unlocked session, and whose it is.
pub type Unlocked = (Session, Me);

/// Opens a staff file, and asks the service who its token is.
///
/// # Errors
/// Any [`UnlockError`].
pub async fn unlock(
    file: &[u8],
    passphrase: &str,
    content: &Content,
) -> Result<Unlocked, UnlockError> {
    let staff_file = open_staff_file(file, passphrase).await?;
    unlocked(&staff_file, content).await
}

/// Opens a staff file by one of its passkeys, and asks the service who its token is.
///
/// # Errors
/// Any [`UnlockError`].
pub async fn unlock_by_passkey(file: &[u8], content: &Content) -> Result<Unlocked, UnlockError> {
    for passkey in passkeys_of(file, STAFF_FILE) {
        let Some(secret) = passkey::secret(&passkey.id, &passkey.salt).await else { continue };
        let Ok(json) = unseal_file_by(&passkey, &secret, file, STAFF_FILE).await else { continue };
        let other = UnlockError::WrongFile(FileKind::Other);
        let staff_file = StaffFile::from_json(&json).map_err(|_| other)?;
        return unlocked(&staff_file, content).await;
    }
    Err(UnlockError::Passkey)
}

/// Returns `true` if a file can be opened by a passkey here.
pub fn has_passkey(file: &[u8]) -> bool {
    passkey::is_supported() && !passkeys_of(file, STAFF_FILE).is_empty()
}

/// The same staff file, opened by a new passkey too.
///
/// # Errors
/// [`UnlockError::Passphrase`] and [`UnlockError::Passkey`].
pub async fn with_passkey(
    file: &[u8],
    passphrase: &str,
    (name, clinic): (&str, &str),
) -> Result<String, UnlockError> {
    // Before anybody is asked for a finger.
    open_staff_file(file, passphrase).await?;
    let made = passkey::create(name, clinic).await.ok_or(UnlockError::Passkey)?;
    let passkey = (made.id.as_slice(), made.salt.as_slice());
    let added = add_passkey(file, passphrase, passkey, &made.secret).await;
    added.map_err(|_| UnlockError::Passphrase)
}

async fn unlocked(staff_file: &StaffFile, content: &Content) -> Result<Unlocked, UnlockError> {
    let mut keys = Vec::new();
    for key in staff_file.keys() {
        let members = key.members().map_err(|_| UnlockError::Keys)?;
        let imported = OpeningKey::import(&key.public().kid, &members).await;
        keys.push(imported.map_err(|_| UnlockError::Keys)?);
    }
    let service = Service::new(staff_file.token().to_owned());
    let me = service.me().await.map_err(UnlockError::Service)?;
    // The newest key of the file, which everybody of the staff has, and those of the pages.
    let own = staff_file.keys().first().map(PrivateJwk::public);
    let others = content.clinic.keys.iter().filter(|key| own.is_none_or(|own| own.kid != key.kid));
    let sealing = own.into_iter().chain(others);
    let sealing = sealing.map(|key| SealingKey { kid: key.kid.clone(), point: key.point() });
    Ok((Session::new(service, keys, sealing.collect()), me))
}

/// Opens a staff file.
///
/// # Errors
/// Any [`UnlockError`] but [`UnlockError::Keys`] and [`UnlockError::Service`].
pub async fn open_staff_file(file: &[u8], passphrase: &str) -> Result<StaffFile, UnlockError> {
    let kind = FileKind::of(file);
    if kind != FileKind::StaffFile {
        return Err(UnlockError::WrongFile(kind));
    }
    if passphrase.is_empty() {
        return Err(UnlockError::NoPassphrase);
    }
    let json = unseal_file(file, STAFF_FILE, passphrase).await.map_err(|error| match error {
        FileError::Form => UnlockError::WrongFile(FileKind::Other),
        FileError::Passphrase => UnlockError::Passphrase,
    })?;
    StaffFile::from_json(&json).map_err(|_| UnlockError::WrongFile(FileKind::Other))
}
