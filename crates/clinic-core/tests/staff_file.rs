//! Staff files: what is written is read, nothing else is, and no secret is printed.

use clinic_core::private_key::{PrivateJwk, PrivateJwkError, is_private_number};
use clinic_core::staff_file::{SCHEMA, StaffFile, StaffFileError};
use guide_core::key::KeyError;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::keys::{CLINIC, RECOVERY, private};

const TOKEN: &str = "intake_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

fn payload() -> Value {
    json!({
        "schema": SCHEMA, "name": "Ann Example", "token": TOKEN,
        "keys": [private(CLINIC), private(RECOVERY)],
    })
}

fn read(payload: &Value) -> Result<StaffFile, StaffFileError> {
    StaffFile::from_json(payload.to_string().as_bytes())
}

/// The error of a payload with another member at this place, or with none where the value is null.
fn error_with(pointer: &str, value: Value) -> StaffFileError {
    let mut payload = payload();
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    let parent = payload.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Value::Null => parent.remove(member),
        value => parent.insert(member.to_owned(), value),
    };
    read(&payload).unwrap_err()
}

fn of_key(nth: usize, error: PrivateJwkError) -> StaffFileError {
    StaffFileError::Key { nth, error }
}

#[test]
fn what_is_written_is_read() {
    let file = read(&payload()).unwrap();
    assert_eq!((file.name(), file.token()), ("Ann Example", TOKEN));
    let kids: Vec<&str> = file.keys().iter().map(|key| &*key.public().kid).collect();
    assert_eq!(kids, [CLINIC[0], RECOVERY[0]]);
    assert_eq!(Value::Object(file.keys()[0].members().unwrap()), private(CLINIC));
    let written: Value = serde_json::from_slice(&file.to_json().unwrap()).unwrap();
    assert_eq!(written, payload());
    let again = StaffFile::new(file.name(), file.token(), file.keys().to_vec()).unwrap();
    assert_eq!(again, file);
}

#[test]
fn a_key_keeps_its_last_day() {
    let mut payload = payload();
    payload["keys"][0]["expires"] = "2028-12-31".into();
    let file = read(&payload).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&file.to_json().unwrap()).unwrap(), payload);
}

#[test]
fn other_files_are_told_apart() {
    for other in ["", "null", "{}", "[]", "not JSON", "{\"schema\":1}"] {
        let error = StaffFile::from_json(other.as_bytes()).unwrap_err();
        assert_eq!(error, StaffFileError::OtherFile, "{other}");
    }
    assert_eq!(read(&private(CLINIC)), Err(StaffFileError::OtherFile));
    assert_eq!(error_with("/schema", "request-note/1".into()), StaffFileError::OtherFile);
    assert_eq!(error_with("/schema", "staff-file/x\u{202e}".into()), StaffFileError::OtherFile);
    let later = StaffFileError::Schema("staff-file/2".to_owned());
    assert_eq!(error_with("/schema", "staff-file/2".into()), later);
}

#[test]
fn parts_of_a_wrong_form_are_refused() {
    use StaffFileError::{Name, NoKey, Shape, Token, TooManyKeys, Twice};
    for name in ["".to_owned(), "  ".to_owned(), "Ann\nEve".to_owned(), "x".repeat(201)] {
        assert_eq!(error_with("/name", name.into()), Name);
    }
    for token in ["".to_owned(), "a b".to_owned(), "a\r\nX: y".to_owned(), "é".to_owned()] {
        assert_eq!(error_with("/token", token.into()), Token);
    }
    assert_eq!(error_with("/token", "x".repeat(201).into()), Token);
    assert_eq!(error_with("/keys", json!([])), NoKey);
    let seventeen: Vec<Value> = std::iter::repeat_n(private(CLINIC), 17).collect();
    assert_eq!(error_with("/keys", seventeen.into()), TooManyKeys);
    let twice = json!([private(CLINIC), private(RECOVERY), private(CLINIC)]);
    assert_eq!(error_with("/keys", twice), Twice { nth: 3 });
    for (pointer, value) in [
        ("/name", Value::Null),
        ("/token", Value::Null),
        ("/keys", Value::Null),
        ("/keys", json!({})),
        ("/keys", json!([1])),
        ("/more", json!(1)),
        ("/keys/0/more", json!(1)),
        ("/keys/0/x", Value::Null),
        ("/keys/0/x", json!(1)),
    ] {
        let error = error_with(pointer, value);
        assert!(matches!(error, Shape { .. }), "{pointer}: {error:?}");
    }
    let repeated = payload().to_string().replacen('{', "{\"token\":\"other\",", 1);
    assert!(matches!(StaffFile::from_json(repeated.as_bytes()), Err(Shape { .. })));
}

#[test]
fn keys_of_a_wrong_form_are_refused() {
    let key_with = |member, value| error_with(&format!("/keys/1/{member}"), value);
    assert_eq!(key_with("d", Value::Null), of_key(2, PrivateJwkError::Public));
    let order = "_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE";
    let above = "_____wAAAAD__________7zm-q2nF56E87nKwvxjJVI";
    let zero = "A".repeat(43);
    let padded = format!("{}=", CLINIC[3]);
    for d in ["", "AQ", &zero, order, above, &padded, "*", &CLINIC[3][1..]] {
        assert!(!is_private_number(d), "{d}");
        assert_eq!(key_with("d", d.into()), of_key(2, PrivateJwkError::Number), "{d}");
    }
    assert_eq!(key_with("d", json!(1)), of_key(2, PrivateJwkError::Number));
    let unfit = |error| of_key(2, PrivateJwkError::Unfit(error));
    assert_eq!(key_with("kid", CLINIC[0].into()), unfit(KeyError::Thumbprint));
    assert_eq!(key_with("x", CLINIC[1].into()), unfit(KeyError::Thumbprint));
    assert_eq!(key_with("x", "AQ".into()), unfit(KeyError::Coordinate));
    assert_eq!(key_with("crv", "P-384".into()), unfit(KeyError::Kind));
    assert_eq!(key_with("use", "sig".into()), unfit(KeyError::Kind));
    assert_eq!(key_with("alg", "ECDH-ES".into()), unfit(KeyError::Kind));
}

#[test]
fn a_private_key_is_read_alone_too() {
    let read = |key: &Value| PrivateJwk::from_json(key.to_string().as_bytes());
    assert_eq!(read(&private(CLINIC)).unwrap().public().kid, CLINIC[0]);
    let mut public = private(CLINIC);
    public.as_object_mut().unwrap().remove("d");
    assert_eq!(read(&public), Err(PrivateJwkError::Public));
    assert!(matches!(read(&json!({})), Err(PrivateJwkError::Shape { .. })));
}

#[test]
fn nothing_secret_is_printed() {
    let file = read(&payload()).unwrap();
    let debug = format!("{file:?} {file:#?} {:?}", file.keys());
    assert!(debug.contains(CLINIC[0]), "{debug}");
    for secret in [TOKEN, CLINIC[3], RECOVERY[3]] {
        assert!(!debug.contains(secret), "{debug}");
    }
    // Mistakes right before or behind a secret, at which a parser would quote it.
    for (whole, part) in [
        (format!("\"{TOKEN}\""), format!("[\"{TOKEN}\"]")),
        (format!("\"{TOKEN}\""), TOKEN.to_owned()),
        (format!("\"{}\"", CLINIC[3]), format!("\"{}\" 1", CLINIC[3])),
        ("\"d\"".to_owned(), "\"e\"".to_owned()),
    ] {
        let broken = payload().to_string().replacen(&whole, &part, 1);
        let error = StaffFile::from_json(broken.as_bytes()).unwrap_err();
        let error = format!("{error} {error:?}");
        assert!(!error.contains(TOKEN) && !error.contains(CLINIC[3]), "{error}");
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
        prop_assert!(StaffFile::from_json(&bytes).is_err());
        prop_assert!(PrivateJwk::from_json(&bytes).is_err());
    }

    #[test]
    fn one_changed_byte_never_prints_a_secret(at in 0_usize..900, byte in any::<u8>()) {
        let mut bytes = payload().to_string().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Err(error) = StaffFile::from_json(&bytes) {
            let error = format!("{error} {error:?}");
            prop_assert!(!error.contains(&TOKEN[7..20]) && !error.contains(&CLINIC[3][..8]));
        }
    }
}
