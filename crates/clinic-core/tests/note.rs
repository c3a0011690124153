//! Notes: whatever is written comes back, and nothing else passes for a note.

use clinic_core::note::{BLOCK, MAX_TEXT, Note, NoteError, SCHEMA};
use guide_core::request::payload::AppointmentRequest;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::{Builder, Uuid};

fn id(nth: u8) -> Uuid {
    Builder::from_random_bytes([nth; 16]).into_uuid()
}

/// Reads a payload of these members, padded or not.
fn read(payload: &Value) -> Result<Note, NoteError> {
    Note::from_json(payload.to_string().as_bytes(), id(1))
}

fn payload(text: &str) -> Value {
    json!({ "schema": SCHEMA, "request_id": id(1), "text": text, "pad": "" })
}

#[test]
fn a_note_is_one_to_two_thousand_characters() {
    assert_eq!(Note::new(id(1), ""), Err(NoteError::Empty));
    assert_eq!(Note::new(id(1), " \n\t\u{2003}"), Err(NoteError::Empty));
    assert_eq!(Note::new(id(1), " Called.\n").unwrap().text(), "Called.");
    for longest in ["x".repeat(MAX_TEXT), "\u{1f9e0}".repeat(MAX_TEXT), "\u{1}".repeat(MAX_TEXT)] {
        let note = Note::new(id(1), &longest).unwrap();
        assert_eq!(Note::from_json(&note.to_padded_json().unwrap(), id(1)), Ok(note));
        assert_eq!(Note::new(id(1), &format!("{longest}x")), Err(NoteError::TooLong));
    }
}

#[test]
fn the_same_limits_hold_when_a_note_is_read() {
    assert_eq!(read(&payload("")), Err(NoteError::Empty));
    assert_eq!(read(&payload(" \n")), Err(NoteError::Empty));
    assert_eq!(read(&payload(&"x".repeat(MAX_TEXT + 1))), Err(NoteError::TooLong));
    assert_eq!(read(&payload(&"x".repeat(60_000))), Err(NoteError::TooLarge));
    assert!(read(&payload("x")).is_ok());
    // Each character in twelve bytes, as no writer of ours escapes it.
    let escaped = payload("?").to_string().replace('?', &"\\ud83e\\udde0".repeat(MAX_TEXT));
    assert_eq!(
        Note::from_json(escaped.as_bytes(), id(1)).unwrap().text().chars().count(),
        MAX_TEXT
    );
}

#[test]
fn a_note_on_another_request_is_refused() {
    let note = Note::new(id(1), "Called.").unwrap().to_padded_json().unwrap();
    assert_eq!(Note::from_json(&note, id(2)), Err(NoteError::OtherRequest));
}

#[test]
fn other_payloads_are_no_notes() {
    for hostile in ["", "null", "[]", "{}", "\u{feff}{}", "{\"schema\":\"request-note/1\"}"] {
        let error = Note::from_json(hostile.as_bytes(), id(1)).unwrap_err();
        assert!(matches!(error, NoteError::Shape { .. }), "{hostile}: {error:?}");
    }
    let deep = "[".repeat(20_000);
    assert!(matches!(Note::from_json(deep.as_bytes(), id(1)), Err(NoteError::Shape { .. })));
    let mut other = payload("Called.");
    other["schema"] = "request-note/2".into();
    assert_eq!(read(&other), Err(NoteError::Schema));
    let mut more = payload("Called.");
    more["author"] = "x".into();
    assert!(matches!(read(&more), Err(NoteError::Shape { .. })));
    let twice = payload("Called.").to_string().replacen('{', "{\"text\":\"Other.\",", 1);
    let twice = Note::from_json(twice.as_bytes(), id(1));
    assert!(matches!(twice, Err(NoteError::Shape { .. })), "{twice:?}");
    let note = Note::new(id(1), "Called.").unwrap().to_padded_json().unwrap();
    assert!(AppointmentRequest::from_json(&note).is_err());
}

#[test]
fn neither_errors_nor_debug_repeat_the_text() {
    let secret = "Migraine since March";
    assert_eq!(format!("{:?}", Note::new(id(1), secret).unwrap()), "Note(…)");
    let broken = payload(secret).to_string().replace("\"pad\":\"\"", &format!("\"pad\":{secret}"));
    let error = Note::from_json(broken.as_bytes(), id(1)).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("March"), "{error:?}");
}

proptest! {
    #[test]
    fn any_text_comes_back_and_lengths_are_multiples(text in any::<String>(), nth in any::<u8>()) {
        if let Ok(note) = Note::new(id(nth), &text) {
            let bytes = note.to_padded_json().unwrap();
            prop_assert_eq!(bytes.len() % BLOCK, 0);
            let read = Note::from_json(&bytes, id(nth)).unwrap();
            prop_assert_eq!(read.text(), text.trim());
        } else {
            prop_assert!(text.trim().is_empty());
        }
    }

    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
        prop_assert!(Note::from_json(&bytes, id(1)).is_err());
    }
}
