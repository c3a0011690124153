//! The short name of a request, as people read it to each other.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

use guide_core::request::reference::Reference;
use serde_json::Value;
use uuid::Uuid;

#[test]
fn references_are_those_of_the_vectors() {
    let vectors: Value =
        serde_json::from_str(include_str!("vectors/envelope-vectors.json")).expect("vectors");
    let vectors = vectors["vectors"].as_array().expect("a list");
    assert!(!vectors.is_empty());
    for vector in vectors {
        let id = vector["request_id"].as_str().expect("an id");
        let id = Uuid::parse_str(id).expect("a UUID");
        assert_eq!(Reference::of(&id).to_string(), vector["reference"], "{}", vector["name"]);
    }
}

#[test]
fn the_first_forty_bits_of_a_digest_in_crockford_base_32() {
    for (digest, expected) in [
        ([0x00; 32], "0000-0000"),
        ([0xff; 32], "ZZZZ-ZZZZ"),
        // 0, 1, 2 … 7 in groups of five bits.
        ([0x00, 0x44, 0x32, 0x14, 0xc7].repeat(7)[..32].try_into().expect("32"), "0123-4567"),
        // 24, 25 … 31.
        ([0xc6, 0x75, 0xbe, 0x77, 0xdf].repeat(7)[..32].try_into().expect("32"), "RSTV-WXYZ"),
    ] {
        assert_eq!(Reference::from_digest(&digest).to_string(), expected);
    }
}
