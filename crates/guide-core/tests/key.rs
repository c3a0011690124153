//! The clinic's public keys.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

use guide_core::key::{KeyError, PublicKey};
use serde_json::Value;

/// The public part of a key of the vectors.
fn public(name: &str) -> PublicKey {
    let vectors: Value =
        serde_json::from_str(include_str!("vectors/envelope-vectors.json")).expect("vectors");
    let mut key = vectors["keys"][name].clone();
    key.as_object_mut().expect("a key").remove("d");
    serde_json::from_value(key).expect("a public key")
}

#[test]
fn a_key_is_named_by_its_thumbprint() {
    for (name, kid) in [
        ("clinic", "QqOnrSKf-UdGV6gp-UlhnIvGZJGXn3J2gV1C4WiusuA"),
        ("recovery", "YYFTXEiKZJVg5_EIO9BztGP9yt05RZjEaabQiIFAROo"),
        ("stranger", "-pCIqkLX-yTQrZJdUVrSC8tI1Jj2PZsyqgm-vF__4Gc"),
    ] {
        let key = public(name);
        assert_eq!(key.kid, kid);
        assert_eq!(key.thumbprint(), kid);
        assert_eq!(key.check(), Ok(()));
    }
}

/// RFC 7638 §3.2: the required members alone, in the order of their names, without spaces.
#[test]
fn what_the_thumbprint_is_made_of() {
    assert_eq!(
        public("clinic").thumbprint_input(),
        concat!(
            r#"{"crv":"P-256","kty":"EC","x":"csqGDuGZJKjWVwhuEkN6-rLOmqET_oNh-_JCxGAEQ7Q","#,
            r#""y":"nuvQlztXCtULPxU5OKXP3LHqXs-ZQ-vsmQ9WhWRTHTU"}"#
        )
    );
}

type Alteration = (fn(&mut PublicKey), KeyError);

#[test]
fn an_altered_key_is_refused() {
    let alterations: [Alteration; 13] = [
        (|key| key.kty = "RSA".to_owned(), KeyError::Kind),
        (|key| key.crv = "P-384".to_owned(), KeyError::Kind),
        (|key| key.alg = "ECDH-ES".to_owned(), KeyError::Kind),
        (|key| key.usage = "sig".to_owned(), KeyError::Kind),
        (|key| key.x.clear(), KeyError::Coordinate),
        (|key| key.x.push('A'), KeyError::Coordinate),
        (|key| key.y.push('='), KeyError::Coordinate),
        (|key| key.y.truncate(42), KeyError::Coordinate),
        (|key| key.y.replace_range(0..1, "+"), KeyError::Coordinate),
        // The last character of 32 bytes carries two bits that have to be 0.
        (|key| key.x.replace_range(42..43, "R"), KeyError::Coordinate),
        (|key| key.x.replace_range(0..1, "d"), KeyError::Thumbprint),
        (|key| std::mem::swap(&mut key.x, &mut key.y), KeyError::Thumbprint),
        (|key| key.kid = public("stranger").kid, KeyError::Thumbprint),
    ];
    for (nth, (alter, expected)) in alterations.into_iter().enumerate() {
        let mut key = public("clinic");
        alter(&mut key);
        assert_eq!(key.check(), Err(expected), "alteration {nth}");
    }
}

/// A private key in the place of a public one must not get into the page.
#[test]
fn a_private_key_is_no_public_key() {
    let vectors: Value =
        serde_json::from_str(include_str!("vectors/envelope-vectors.json")).expect("vectors");
    assert!(serde_json::from_value::<PublicKey>(vectors["keys"]["clinic"].clone()).is_err());
}
