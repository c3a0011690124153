//! A clinic with a key, and patients who ask for an appointment.

use std::path::{Path, PathBuf};

use guide_core::key::PublicKey;
use guide_core::request::form::{Draft, Rules};
use guide_core::request::payload::{AppointmentRequest, Circumstances, Included};
use guide_core::request::reference::Reference;
use intake::keys::{KeyFiles, NewKey, PassphraseSource, PrivateKey};
use uuid::{Builder, Uuid, uuid};

/// A pair of keys in a folder of the test.
pub struct Keys {
    pub private_file: PathBuf,
    pub public_file: PathBuf,
    pub public: PublicKey,
}

impl Keys {
    /// Makes a pair of keys, the private one unprotected.
    pub fn new(folder: &Path, name: &str) -> Self {
        let key = NewKey::generate(None).unwrap();
        let KeyFiles { private, public } = key.write(folder, name, None).unwrap();
        Self { private_file: private, public_file: public, public: key.public }
    }

    pub fn private(&self) -> PrivateKey {
        PrivateKey::read(&self.private_file, &PassphraseSource::Terminal).unwrap()
    }

    /// Seals a request for this clinic alone.
    pub fn seal(&self, request: AppointmentRequest) -> Vec<u8> {
        let id = request.request_id;
        self.seal_payload(&request.to_padded_json().unwrap(), id)
    }

    /// Seals any payload under any id.
    pub fn seal_payload(&self, payload: &[u8], request_id: Uuid) -> Vec<u8> {
        intake::seal::seal(payload, request_id, std::slice::from_ref(&self.public)).unwrap()
    }
}

/// Two ids of one reference, found by trying a million.
pub const OF_ONE_REFERENCE: [Uuid; 2] =
    [uuid!("286c5187-5757-4a67-ae53-dafd7cf8a9fe"), uuid!("1b849cb4-3ab5-4c4b-bdc1-79c93f3720b6")];

/// The nth id; each is a UUID v4.
pub fn request_id(nth: u8) -> Uuid {
    Builder::from_random_bytes([nth; 16]).into_uuid()
}

/// The reference of the nth id.
pub fn reference_of(nth: u8) -> String {
    Reference::of(&request_id(nth)).to_string()
}

/// A request as the form makes it.
pub fn request(id: Uuid) -> AppointmentRequest {
    request_of(id, "Ann Example", "Mornings are best.")
}

/// The same with another name and message.
pub fn request_of(id: Uuid, name: &str, message: &str) -> AppointmentRequest {
    let entries = [
        ("name", name),
        ("phone", "(972) 555-0100"),
        ("contact-by", "call"),
        ("returning", "no"),
        ("days", "mon"),
        ("days", "thu"),
        ("coverage", "insurance"),
        ("carrier", "Acme Health"),
        ("message", message),
        ("consent", "yes"),
    ];
    let draft = Draft::new(entries.map(|(name, value)| (name.into(), value.into())).into());
    let rules = Rules {
        locations: vec!["main".to_owned()],
        today: "2026-11-23".parse().unwrap(),
        all_fields_shown: false,
    };
    AppointmentRequest::new(
        draft.validate(&rules).unwrap(),
        Included::default(),
        Circumstances {
            request_id: id,
            created_at: "2026-11-23T09:30:00-05:00".to_owned(),
            language: "en".to_owned(),
            consent_version: "1".to_owned(),
        },
    )
}
