//! Which bytes are a sealed request, and how others are refused.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

use base64ct::{Base64UrlUnpadded, Encoding as _};
use guide_core::request::envelope::{
    Envelope, EnvelopeError, MAX_BYTES, MAX_NOTE_BYTES, MAX_RECIPIENTS, ProtectedHeader,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

fn vectors() -> Vec<Value> {
    let vectors: Value =
        serde_json::from_str(include_str!("vectors/envelope-vectors.json")).expect("vectors");
    vectors["vectors"].as_array().expect("a list").clone()
}

/// The envelope of the vectors that has two recipients.
fn envelope() -> Value {
    vectors()[1]["envelope"].clone()
}

fn parse(envelope: &Value) -> Result<(Envelope, ProtectedHeader), EnvelopeError> {
    Envelope::parse(envelope.to_string().as_bytes())
}

/// The error of an envelope with one place, by its JSON pointer, holding something else.
#[track_caller]
fn refused(pointer: &str, value: Value) -> EnvelopeError {
    let mut envelope = envelope();
    *envelope.pointer_mut(pointer).expect("a place in the envelope") = value;
    parse(&envelope).expect_err("refused")
}

fn encoded(bytes: &[u8]) -> Value {
    Base64UrlUnpadded::encode_string(bytes).into()
}

#[test]
fn the_envelopes_of_another_implementation_are_taken() {
    let vectors = vectors();
    assert!(!vectors.is_empty());
    for vector in vectors {
        let name = &vector["name"];
        let (envelope, header) = parse(&vector["envelope"]).expect("taken");
        assert_eq!(header.rid.to_string(), vector["request_id"], "{name}");
        let kids: Vec<&str> = envelope.recipients.iter().map(|it| &*it.header.kid).collect();
        assert_eq!(json!(kids), vector["opens_with"], "{name}");
        // Nothing is lost or added on the way through our types.
        let again: Value = serde_json::from_str(&envelope.to_json().expect("JSON")).expect("JSON");
        assert_eq!(again, vector["envelope"], "{name}");
    }
}

/// The ciphertext is bound to these very bytes.
#[test]
fn our_header_is_written_as_the_vectors_have_it() {
    for vector in vectors() {
        let id = vector["request_id"].as_str().expect("an id").parse::<Uuid>().expect("a UUID");
        assert_eq!(ProtectedHeader::new(id).encode(), vector["envelope"]["protected"]);
    }
}

#[test]
fn too_large() {
    let mut bytes = envelope().to_string().into_bytes();
    bytes.resize(MAX_BYTES, b' ');
    assert!(Envelope::parse(&bytes).is_ok());
    bytes.push(b' ');
    assert_eq!(Envelope::parse(&bytes), Err(EnvelopeError::TooLarge));
}

#[test]
fn not_the_members_of_an_envelope() {
    for bytes in [&b""[..], b"{}", b"[]", b"null", b"{", b"eyJlbmMi.x.y.z.t", b"\xff\xfe"] {
        assert_eq!(Envelope::parse(bytes), Err(EnvelopeError::Shape), "{bytes:?}");
    }
    for member in ["protected", "recipients", "iv", "ciphertext", "tag"] {
        let mut envelope = envelope();
        envelope.as_object_mut().expect("an object").remove(member);
        assert_eq!(parse(&envelope), Err(EnvelopeError::Shape), "without {member}");
        assert_eq!(refused(&format!("/{member}"), json!(7)), EnvelopeError::Shape, "{member}");
    }
    // Members that JWE has, and we do not use.
    for (place, member) in [("", "aad"), ("", "unprotected"), ("/recipients/0", "alg")] {
        let mut envelope = envelope();
        envelope.pointer_mut(place).expect("a place")[member] = json!("x");
        assert_eq!(parse(&envelope), Err(EnvelopeError::Shape), "with {member}");
    }
    // A private key where a public one belongs.
    let mut envelope = envelope();
    envelope["recipients"][0]["header"]["epk"]["d"] = json!("x");
    assert_eq!(parse(&envelope), Err(EnvelopeError::Shape));
    let twice = r#"{"iv":"","iv":"","protected":"","recipients":[],"ciphertext":"","tag":""}"#;
    assert_eq!(Envelope::parse(twice.as_bytes()), Err(EnvelopeError::Shape));
}

#[test]
fn a_protected_header_that_is_none() {
    let id = "7f1f5a1c-0b7e-4c43-9a53-2f0f8a1d9b11";
    for header in [
        json!({}),
        json!([]),
        json!({ "enc": "A256GCM", "typ": "appointment-request+jwe" }),
        json!({ "enc": "A256GCM", "typ": "appointment-request+jwe", "rid": "one" }),
        json!({ "enc": "A256GCM", "typ": "appointment-request+jwe", "rid": id, "zip": "DEF" }),
        json!({ "enc": "A256GCM", "typ": "appointment-request+jwe", "rid": id, "crit": [] }),
    ] {
        let value = encoded(header.to_string().as_bytes());
        assert_eq!(refused("/protected", value), EnvelopeError::Protected, "{header}");
    }
    for text in ["", "e30=", "not base64url!", "e30"] {
        assert_eq!(refused("/protected", json!(text)), EnvelopeError::Protected, "{text}");
    }
}

#[test]
fn another_algorithm() {
    let id = "7f1f5a1c-0b7e-4c43-9a53-2f0f8a1d9b11";
    for (enc, typ) in [("A128GCM", "appointment-request+jwe"), ("A256GCM", "JWE")] {
        let header = json!({ "enc": enc, "typ": typ, "rid": id });
        let value = encoded(header.to_string().as_bytes());
        assert_eq!(refused("/protected", value), EnvelopeError::Algorithm, "{header}");
    }
    for alg in ["ECDH-ES", "RSA-OAEP", "dir", "none", ""] {
        let error = refused("/recipients/1/header/alg", json!(alg));
        assert_eq!(error, EnvelopeError::Algorithm, "{alg}");
    }
}

/// A sealed note about the request of the vectors.
fn note() -> Value {
    let (_, header) = parse(&envelope()).expect("taken");
    let mut note = envelope();
    note["protected"] = ProtectedHeader::of_note(header.rid).encode().into();
    note
}

#[test]
fn a_note_is_no_request_nor_a_request_a_note() {
    let note = note().to_string();
    let (_, header) = Envelope::parse_note(note.as_bytes()).expect("taken");
    assert_eq!(header.typ, "request-note+jwe");
    assert_eq!(Envelope::parse(note.as_bytes()), Err(EnvelopeError::Algorithm));
    let request = envelope().to_string();
    assert_eq!(Envelope::parse_note(request.as_bytes()), Err(EnvelopeError::Algorithm));
}

#[test]
fn a_note_that_is_too_large() {
    let mut bytes = note().to_string().into_bytes();
    bytes.resize(MAX_NOTE_BYTES, b' ');
    assert!(Envelope::parse_note(&bytes).is_ok());
    bytes.push(b' ');
    assert_eq!(Envelope::parse_note(&bytes), Err(EnvelopeError::TooLarge));
}

#[test]
fn none_or_too_many_or_the_same_recipient() {
    assert_eq!(refused("/recipients", json!([])), EnvelopeError::Recipients);
    let one = envelope()["recipients"][0].clone();
    let many = |count: usize| -> Value {
        let recipients = (0..count).map(|nth| {
            let mut recipient = one.clone();
            recipient["header"]["kid"] = json!(format!("key {nth}"));
            recipient
        });
        let mut envelope = envelope();
        envelope["recipients"] = recipients.collect();
        envelope
    };
    assert!(parse(&many(MAX_RECIPIENTS)).is_ok());
    assert_eq!(parse(&many(MAX_RECIPIENTS + 1)), Err(EnvelopeError::Recipients));
    let twice = refused("/recipients", json!([one, one]));
    assert_eq!(twice, EnvelopeError::Recipients);
}

#[test]
fn an_ephemeral_key_that_is_none() {
    for (member, value) in [
        ("kty", "OKP"),
        ("crv", "P-521"),
        ("crv", "X25519"),
        ("x", ""),
        ("x", "AAAA"),
        ("y", "not base64url"),
        ("y", "nuvQlztXCtULPxU5OKXP3LHqXs-ZQ-vsmQ9WhWRTHTU="),
    ] {
        let error = refused(&format!("/recipients/1/header/epk/{member}"), json!(value));
        assert_eq!(error, EnvelopeError::EphemeralKey, "{member} {value}");
    }
}

#[test]
fn a_part_of_another_length_or_alphabet() {
    for (pointer, length) in [("/iv", 12), ("/tag", 16), ("/recipients/0/encrypted_key", 40)] {
        for wrong in [0, length - 1, length + 1] {
            let error = refused(pointer, encoded(&vec![7; wrong]));
            assert_eq!(error, EnvelopeError::Encoding, "{wrong} bytes in {pointer}");
        }
        for text in ["//////////////////////", "%", "AAAAAAAAAAAAAAAAAAAAAA=="] {
            let error = refused(pointer, json!(text));
            assert_eq!(error, EnvelopeError::Encoding, "{text} in {pointer}");
        }
    }
    for text in ["", "a", "a+b/", "YQ=="] {
        assert_eq!(refused("/ciphertext", json!(text)), EnvelopeError::Encoding, "{text}");
    }
}

proptest! {
    // A failure prints its smallest case: keep that as a test of its own, not in a file.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(Envelope::parse(&bytes), Err(EnvelopeError::Shape));
    }

    #[test]
    fn no_altered_envelope_panics(
        alterations in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = envelope().to_string().into_bytes();
        for (index, byte) in alterations {
            let place = index.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok((envelope, header)) = Envelope::parse(&bytes) {
            // An accepted envelope, written again, is accepted again as the same.
            let again = envelope.to_json().expect("JSON");
            prop_assert_eq!(Envelope::parse(again.as_bytes()), Ok((envelope, header)));
        }
    }

    #[test]
    fn no_part_panics(part in any::<String>(), place in 0..6_usize) {
        let pointer = [
            "/protected",
            "/iv",
            "/tag",
            "/ciphertext",
            "/recipients/0/encrypted_key",
            "/recipients/0/header/epk/x",
        ][place];
        let mut envelope = envelope();
        *envelope.pointer_mut(pointer).expect("a place") = json!(part);
        if let Ok((envelope, _)) = parse(&envelope) {
            prop_assert!(pointer == "/ciphertext", "{} holds {}", pointer, part);
            prop_assert!(!envelope.ciphertext.is_empty());
        }
    }
}
