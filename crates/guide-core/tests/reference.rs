//! The short name of a request, as people read it to each other.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

use guide_core::request::reference::{NotAReference, Reference};
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

#[test]
fn a_reference_is_read_however_it_is_spelled() {
    let reference = Reference::from_digest(
        &[0x00, 0x44, 0x32, 0x14, 0xc7].repeat(7)[..32].try_into().expect("32"),
    );
    for spelled in ["0123-4567", "01234567", "oI23 4567", " -0L2-34-56-7- ", "Ol23-4567"] {
        assert_eq!(spelled.parse(), Ok(reference), "{spelled}");
    }
    for digest in [[0x00; 32], [0xff; 32], [0x5a; 32]] {
        let reference = Reference::from_digest(&digest);
        assert_eq!(reference.to_string().to_lowercase().parse(), Ok(reference));
    }
    for none in ["", "0123-456", "0123-45678", "U123-4567", "0123_4567", "0123-456é", "----"] {
        assert_eq!(none.parse::<Reference>(), Err(NotAReference), "{none}");
    }
}
