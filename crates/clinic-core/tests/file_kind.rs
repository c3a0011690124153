//! Files that people choose are told apart, whatever they hold.

use base64ct::{Base64UrlUnpadded, Encoding};
use clinic_core::file_kind::{FileKind, MAX_BYTES};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::keys::{CLINIC, RECOVERY, private, public};

const VECTORS: &str = include_str!("../../guide-core/tests/vectors/envelope-vectors.json");

fn kind(file: &Value) -> FileKind {
    FileKind::of(file.to_string().as_bytes())
}

fn jwe(header: &Value) -> Value {
    let protected = Base64UrlUnpadded::encode_string(header.to_string().as_bytes());
    json!({
        "protected": protected, "encrypted_key": "AA", "iv": "AA", "ciphertext": "AA", "tag": "AA",
    })
}

fn by_passphrase(content_type: &str) -> Value {
    jwe(&json!({
        "alg": "PBES2-HS512+A256KW", "enc": "A256GCM", "cty": content_type, "p2s": "AA",
        "p2c": 600_000,
    }))
}

#[test]
fn each_of_our_files_has_its_kind() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    assert_eq!(kind(&vectors["vectors"][0]["envelope"]), FileKind::Request);
    assert_eq!(kind(&jwe(&json!({"enc": "A256GCM", "typ": "request-note+jwe"}))), FileKind::Note);
    assert_eq!(kind(&by_passphrase("staff-file+json")), FileKind::StaffFile);
    assert_eq!(kind(&by_passphrase("jwk+json")), FileKind::SealedPrivateKey);
    assert_eq!(kind(&private(CLINIC)), FileKind::PrivateKey);
    assert_eq!(kind(&public(CLINIC)), FileKind::PublicKey);
    assert_eq!(kind(&json!({"keys": [public(CLINIC), public(RECOVERY)]})), FileKind::PublicKeys);
    assert_eq!(kind(&json!({"keys": [public(CLINIC), private(RECOVERY)]})), FileKind::PrivateKey);
    let share = json!({"public": public(CLINIC), "splitting": "x", "share": "AA"});
    assert_eq!(kind(&share), FileKind::KeyShare);
    let open = json!({"schema": "staff-file/1", "keys": [private(CLINIC)]});
    assert_eq!(kind(&open), FileKind::OpenStaffFile);
}

#[test]
fn the_algorithm_may_be_outside_of_the_protected_header() {
    let mut file = jwe(&json!({"enc": "A256GCM", "cty": "jwk+json"}));
    assert_eq!(kind(&file), FileKind::Other);
    file["header"] = json!({"alg": "PBES2-HS512+A256KW"});
    assert_eq!(kind(&file), FileKind::SealedPrivateKey);
}

#[test]
fn the_mark_of_an_editor_changes_nothing() {
    let file = format!("\u{feff}{}\r\n", serde_json::to_string_pretty(&public(CLINIC)).unwrap());
    assert_eq!(FileKind::of(file.as_bytes()), FileKind::PublicKey);
}

#[test]
fn everything_else_is_other() {
    for file in [
        json!(null),
        json!([]),
        json!({}),
        json!("text"),
        json!({"keys": []}),
        json!({"keys": {"kty": "EC"}}),
        json!({"protected": "*"}),
        json!({"protected": 1}),
        jwe(&json!([])),
        jwe(&json!({"alg": "ECDH-ES+A256KW", "cty": "staff-file+json"})),
        by_passphrase("text/plain"),
    ] {
        assert_eq!(kind(&file), FileKind::Other, "{file}");
    }
    for file in ["", "PNG", "{", "{\"kty\":", "\u{feff}"] {
        assert_eq!(FileKind::of(file.as_bytes()), FileKind::Other, "{file}");
    }
    assert_eq!(FileKind::of("[".repeat(100_000).as_bytes()), FileKind::Other);
    let mut large = public(CLINIC);
    large["more"] = "x".repeat(MAX_BYTES).into();
    assert_eq!(kind(&large), FileKind::Other);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
        FileKind::of(&bytes);
    }

    #[test]
    fn no_protected_header_panics(header in any::<Vec<u8>>()) {
        let protected = Base64UrlUnpadded::encode_string(&header);
        prop_assert_eq!(kind(&json!({ "protected": protected })), FileKind::Other);
    }
}
