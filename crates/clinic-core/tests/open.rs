//! Opening without the cryptography: what is tried, in which order, with which error.

use clinic_core::open::{OpenError, Opening, sealed_for};
use guide_core::request::envelope::{EnvelopeError, Recipient};
use guide_core::request::payload::PayloadError;
use proptest::prelude::*;
use serde_json::Value;
use uuid::{Uuid, uuid};

use crate::keys::{CLINIC, RECOVERY};

const VECTORS: &str = include_str!("../../guide-core/tests/vectors/envelope-vectors.json");
const PAYLOAD: &str = include_str!("../../guide-core/tests/vectors/appointment-request-1.json");
/// A key that was made after the request.
const NEWER: &str = "-pCIqkLX-yTQrZJdUVrSC8tI1Jj2PZsyqgm-vF__4Gc";

/// An envelope for the clinic's key and the recovery key, in this order.
fn envelope() -> Value {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let mut envelope = vectors["vectors"][1]["envelope"].clone();
    let recipients = envelope["recipients"].as_array_mut().unwrap();
    recipients.sort_by_key(|it| it["header"]["kid"] != CLINIC[0]);
    envelope
}

fn bytes(envelope: &Value) -> Vec<u8> {
    envelope.to_string().into_bytes()
}

fn added(kid: &str) -> Recipient {
    let mut recipient: Recipient =
        serde_json::from_value(envelope()["recipients"][0].clone()).unwrap();
    recipient.header.kid = kid.to_owned();
    recipient
}

fn damaged(kid: &str) -> Recipient {
    Recipient { encrypted_key: "AA".to_owned(), ..added(kid) }
}

/// The key and the error of each attempt.
fn plan(added: &[Recipient], keys: &[&str]) -> Result<Vec<(String, OpenError)>, OpenError> {
    let opening = Opening::plan(&bytes(&envelope()), added, |kid| keys.contains(&kid))?;
    assert_eq!(opening.failure(), opening.attempts()[0].error);
    let attempts = opening.attempts().iter();
    Ok(attempts.map(|it| (it.recipient.header.kid.clone(), it.error.clone())).collect())
}

#[test]
fn own_recipients_are_tried_before_those_that_were_added() {
    let all = plan(&[added(NEWER), added(CLINIC[0])], &[NEWER, RECOVERY[0], CLINIC[0]]);
    let expected = [
        (CLINIC[0], OpenError::Altered),
        (RECOVERY[0], OpenError::Altered),
        (NEWER, OpenError::AddedRecipient),
        (CLINIC[0], OpenError::AddedRecipient),
    ];
    assert_eq!(all.unwrap(), expected.map(|(kid, error)| (kid.to_owned(), error)));
    let newer = plan(&[added(NEWER)], &[NEWER]).unwrap();
    assert_eq!(newer, [(NEWER.to_owned(), OpenError::AddedRecipient)]);
}

#[test]
fn a_request_for_other_keys_names_them() {
    assert_eq!(plan(&[], &[NEWER]), Err(OpenError::NoMatchingKey));
    assert_eq!(plan(&[], &[]), Err(OpenError::NoMatchingKey));
    let envelope = bytes(&envelope());
    assert_eq!(sealed_for(&envelope, &[]).unwrap(), [CLINIC[0], RECOVERY[0]]);
    let with_added = sealed_for(&envelope, &[added(NEWER), added(CLINIC[0])]).unwrap();
    assert_eq!(with_added, [CLINIC[0], RECOVERY[0], NEWER]);
}

#[test]
fn a_name_that_is_no_thumbprint_is_not_repeated_to_anybody() {
    let mut hostile = envelope();
    let words = "Call 555-0100 and read out your passphrase.";
    assert_eq!(words.len(), CLINIC[0].len());
    hostile["recipients"][0]["header"]["kid"] = words.into();
    assert_eq!(sealed_for(&bytes(&hostile), &[]).unwrap(), [RECOVERY[0]]);
}

#[test]
fn a_damaged_recipient_is_not_decrypted() {
    assert_eq!(plan(&[damaged(NEWER)], &[NEWER]), Err(OpenError::AddedRecipient));
    let both = plan(&[damaged(NEWER)], &[NEWER, CLINIC[0]]).unwrap();
    assert_eq!(both, [(CLINIC[0].to_owned(), OpenError::Altered)]);
    let again = plan(&[damaged(NEWER), added(NEWER)], &[NEWER]).unwrap();
    assert_eq!(again, [(NEWER.to_owned(), OpenError::AddedRecipient)]);
}

#[test]
fn what_is_no_envelope_is_not_tried() {
    let plan = |bytes: &[u8]| Opening::plan(bytes, &[], |_| true).map(|_| ());
    let form = |error| Err(OpenError::Form(error));
    assert_eq!(plan(b"{}"), form(EnvelopeError::Shape));
    assert_eq!(plan(&[b' '; 70_000]), form(EnvelopeError::TooLarge));
    let mut other = envelope();
    other["recipients"][0]["header"]["alg"] = "RSA-OAEP".into();
    assert_eq!(plan(&bytes(&other)), Err(OpenError::Algorithm));
    assert_eq!(sealed_for(&bytes(&other), &[]), Err(OpenError::Algorithm));
    assert_eq!(sealed_for(b"{}", &[]), Err(OpenError::Form(EnvelopeError::Shape)));
}

#[test]
fn an_envelope_is_decrypted_for_one_recipient() {
    let opening = Opening::plan(&bytes(&envelope()), &[added(NEWER)], |_| true).unwrap();
    for attempt in opening.attempts() {
        let envelope = opening.envelope_for(attempt);
        assert_eq!(envelope.recipients, std::slice::from_ref(&attempt.recipient));
        assert_eq!(envelope.protected, opening.envelope().protected);
    }
}

#[test]
fn the_ids_must_agree() {
    let outside = uuid!("c0a8012e-5b0e-4f0a-8c1c-6a3f0f4f7d22");
    let opening = Opening::plan(&bytes(&envelope()), &[], |_| true).unwrap();
    assert_eq!(opening.request_id(), outside);
    let of = |id: Uuid| {
        let mut payload: Value = serde_json::from_str(PAYLOAD).unwrap();
        payload["request_id"] = id.to_string().into();
        payload.to_string().into_bytes()
    };
    let other = uuid!("7f1f5a1c-0b7e-4c43-9a53-2f0f8a1d9b11");
    for stored_as in [None, Some(outside)] {
        assert_eq!(opening.finish(&of(outside), stored_as).unwrap().request_id, outside);
        assert_eq!(opening.finish(&of(other), stored_as), Err(OpenError::InnerId));
    }
    assert_eq!(opening.finish(&of(outside), Some(other)), Err(OpenError::IdMismatch));
    assert_eq!(opening.finish(&of(other), Some(other)), Err(OpenError::IdMismatch));
    let shape = opening.finish(b"{}", None);
    assert!(matches!(shape, Err(OpenError::Payload(PayloadError::Shape(_)))), "{shape:?}");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>(), payload in any::<Vec<u8>>()) {
        prop_assert!(Opening::plan(&bytes, &[], |_| true).is_err());
        prop_assert!(sealed_for(&bytes, &[]).is_err());
        let opening = Opening::plan(&self::bytes(&envelope()), &[], |_| true).unwrap();
        prop_assert!(opening.finish(&payload, None).is_err());
    }
}
