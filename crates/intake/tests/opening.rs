//! Opening: envelopes of another implementation, and everything that may not open.

use base64ct::{Base64UrlUnpadded, Encoding};
use guide_core::request::envelope::EnvelopeError;
use guide_core::request::payload::PayloadError;
use guide_core::request::reference::Reference;
use intake::keys::PrivateKey;
use intake::open::{OpenError, open, unseal};
use serde_json::Value;
use uuid::Uuid;

use crate::harness::clinic::{Keys, request, request_id};

const VECTORS: &str = include_str!("vectors/envelope-vectors.json");

struct Vector {
    envelope: Value,
    request_id: Uuid,
    reference: String,
    opens_with: Vec<String>,
    payload: String,
}

fn keys() -> Vec<PrivateKey> {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let keys = vectors["keys"].as_object().unwrap().values();
    keys.map(|jwk| PrivateKey::from_jwk(jwk.to_string().as_bytes()).unwrap()).collect()
}

fn vectors() -> Vec<Vector> {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let vector = |value: &Value| Vector {
        envelope: value["envelope"].clone(),
        request_id: text(&value["request_id"]).parse().unwrap(),
        reference: text(&value["reference"]),
        opens_with: value["opens_with"].as_array().unwrap().iter().map(text).collect(),
        payload: text(&value["payload"]),
    };
    vectors["vectors"].as_array().unwrap().iter().map(vector).collect()
}

/// Opens with one key; the error, or the payload as text.
fn try_with(key: &PrivateKey, envelope: &Value) -> Result<String, OpenError> {
    let opened = unseal(envelope.to_string().as_bytes(), &[], std::slice::from_ref(key))?;
    Ok(String::from_utf8(opened.payload).unwrap())
}

fn opener<'a>(vector: &Vector, keys: &'a [PrivateKey]) -> &'a PrivateKey {
    keys.iter().find(|key| vector.opens_with.contains(&key.public().kid)).unwrap()
}

#[test]
fn envelopes_of_another_implementation_open_with_their_keys_and_no_other() {
    let keys = keys();
    for vector in vectors() {
        assert_eq!(Reference::of(&vector.request_id).to_string(), vector.reference);
        for key in &keys {
            let expected = match vector.opens_with.contains(&key.public().kid) {
                true => Ok(vector.payload.clone()),
                false => Err(OpenError::NoMatchingKey),
            };
            assert_eq!(try_with(key, &vector.envelope), expected);
        }
        let opened = unseal(vector.envelope.to_string().as_bytes(), &[], &keys).unwrap();
        assert_eq!(opened.request_id, vector.request_id);
    }
}

/// Every text that one bit more or less in the encoded bytes makes.
fn flips(encoded: &str) -> impl Iterator<Item = Value> {
    let bytes = Base64UrlUnpadded::decode_vec(encoded).unwrap();
    (0..bytes.len() * 8).map(move |bit| {
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        Base64UrlUnpadded::encode_string(&bytes).into()
    })
}

#[test]
fn one_bit_of_any_sealed_part_alters_the_request() {
    let keys = keys();
    for vector in vectors() {
        let key = opener(&vector, &keys);
        let nth = vector.envelope["recipients"].as_array().unwrap().iter();
        let kid = Value::from(key.public().kid.clone());
        let nth = nth.into_iter().position(|it| it["header"]["kid"] == kid).unwrap();
        let own_key = format!("/recipients/{nth}/encrypted_key");
        for part in ["/ciphertext", "/tag", "/iv", &own_key] {
            let original = vector.envelope.pointer(part).unwrap().as_str().unwrap();
            for flipped in flips(original) {
                let mut envelope = vector.envelope.clone();
                *envelope.pointer_mut(part).unwrap() = flipped;
                assert_eq!(try_with(key, &envelope), Err(OpenError::Altered), "{part}");
            }
        }
        for coordinate in ["x", "y"] {
            let part = format!("/recipients/{nth}/header/epk/{coordinate}");
            let original = vector.envelope.pointer(&part).unwrap().as_str().unwrap();
            for flipped in flips(original) {
                let mut envelope = vector.envelope.clone();
                *envelope.pointer_mut(&part).unwrap() = flipped;
                assert_eq!(try_with(key, &envelope), Err(OpenError::Altered), "{part}");
            }
        }
        for flipped in flips(vector.envelope["protected"].as_str().unwrap()) {
            let mut envelope = vector.envelope.clone();
            envelope["protected"] = flipped;
            try_with(key, &envelope).unwrap_err();
        }
    }
}

#[test]
fn one_bit_anywhere_is_an_error() {
    let keys = keys();
    // Of the vector with one recipient: the part of another recipient is not ours to judge.
    let vector = vectors().remove(0);
    let bytes = vector.envelope.to_string().into_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut altered = bytes.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        let opened = unseal(&altered, &[], &keys);
        assert!(opened.is_err(), "bit {bit}: {}", String::from_utf8_lossy(&altered));
    }
}

#[test]
fn an_altered_id_is_an_alteration() {
    let keys = keys();
    let vector = vectors().remove(0);
    let protected = vector.envelope["protected"].as_str().unwrap();
    let header = Base64UrlUnpadded::decode_vec(protected).unwrap();
    let header = String::from_utf8(header).unwrap();
    let other = header.replace(&vector.request_id.to_string(), &request_id(1).to_string());
    assert_ne!(other, header);
    let mut envelope = vector.envelope.clone();
    envelope["protected"] = Base64UrlUnpadded::encode_string(other.as_bytes()).into();
    assert_eq!(try_with(opener(&vector, &keys), &envelope), Err(OpenError::Altered));
}

#[test]
fn other_algorithms_are_refused_as_such() {
    let keys = keys();
    let vector = vectors().remove(0);
    let key = opener(&vector, &keys);
    let mut envelope = vector.envelope.clone();
    envelope["recipients"][0]["header"]["alg"] = "ECDH-ES+A128KW".into();
    assert_eq!(try_with(key, &envelope), Err(OpenError::Algorithm));
    let rid = vector.request_id;
    for header in [
        format!(r#"{{"enc":"A128GCM","typ":"appointment-request+jwe","rid":"{rid}"}}"#),
        format!(r#"{{"enc":"A256GCM","typ":"JWT","rid":"{rid}"}}"#),
    ] {
        let mut envelope = vector.envelope.clone();
        envelope["protected"] = Base64UrlUnpadded::encode_string(header.as_bytes()).into();
        assert_eq!(try_with(key, &envelope), Err(OpenError::Algorithm));
    }
}

#[test]
fn other_forms_are_refused_as_such() {
    let keys = keys();
    let vector = vectors().remove(0);
    let key = opener(&vector, &keys);
    for (part, value, error) in [
        ("/tag", "", EnvelopeError::Encoding),
        ("/iv", "AAAA", EnvelopeError::Encoding),
        ("/recipients/0/encrypted_key", "AAAA", EnvelopeError::Encoding),
        ("/recipients/0/header/epk/crv", "P-384", EnvelopeError::EphemeralKey),
        ("/protected", "e30", EnvelopeError::Protected),
    ] {
        let mut envelope = vector.envelope.clone();
        *envelope.pointer_mut(part).unwrap() = value.into();
        assert_eq!(try_with(key, &envelope), Err(OpenError::Form(error)), "{part}");
    }
    let mut envelope = vector.envelope.clone();
    envelope["unprotected"] = serde_json::json!({"zip": "DEF"});
    assert_eq!(try_with(key, &envelope), Err(OpenError::Form(EnvelopeError::Shape)));
}

#[test]
fn a_request_of_ours_opens_and_the_ids_must_agree() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let keys = [clinic.private()];
    let (id, other) = (request_id(1), request_id(2));
    let sealed = clinic.seal(request(id));
    let opened = open(&sealed, &[], Some(id), &keys).unwrap();
    assert_eq!(opened.patient, request(id).patient);
    assert_eq!(open(&sealed, &[], None, &keys).unwrap(), opened);
    assert_eq!(open(&sealed, &[], Some(other), &keys), Err(OpenError::IdMismatch));
    let payload = request(id).to_padded_json().unwrap();
    let under_another = clinic.seal_payload(&payload, other);
    assert_eq!(open(&under_another, &[], Some(other), &keys), Err(OpenError::InnerId));
    assert_eq!(open(&under_another, &[], None, &keys), Err(OpenError::InnerId));
}

#[test]
fn what_is_no_request_inside_is_refused_whole() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let keys = [clinic.private()];
    let id = request_id(1);
    let open_payload = |payload: &[u8]| open(&clinic.seal_payload(payload, id), &[], None, &keys);
    let shape = open_payload(b"not JSON").unwrap_err();
    assert!(matches!(shape, OpenError::Payload(PayloadError::Shape(_))), "{shape}");
    let payload = String::from_utf8(request(id).to_padded_json().unwrap()).unwrap();
    let nameless = payload.replace("Ann Example", "");
    let field = open_payload(nameless.as_bytes()).unwrap_err();
    assert!(matches!(field, OpenError::Payload(PayloadError::Field(..))), "{field}");
}

#[test]
fn an_envelope_for_several_keys_opens_with_each() {
    let folder = tempfile::tempdir().unwrap();
    let all = ["one", "two", "three"].map(|name| Keys::new(folder.path(), name));
    let recipients: Vec<_> = all.iter().map(|keys| keys.public.clone()).collect();
    let sealed = intake::seal::seal(b"trial", request_id(1), &recipients).unwrap();
    for keys in &all {
        assert_eq!(unseal(&sealed, &[], &[keys.private()]).unwrap().payload, b"trial");
    }
}
