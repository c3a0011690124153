//! The clinic's public keys.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

use guide_core::key::{ExpiryNotice, KeyError, PublicKey, short_fingerprint};
use guide_core::request::form::CalendarDate;
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

#[test]
fn a_key_id_tells_the_beginning_of_the_fingerprint() {
    for name in ["clinic", "recovery", "stranger"] {
        let key = public(name);
        assert_eq!(short_fingerprint(&key.kid), key.fingerprint()[..14]);
    }
    for no_id in ["", "short", "not base64url!", "ÄÖÜäöüß"] {
        assert_eq!(short_fingerprint(no_id), "", "{no_id}");
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

fn day(text: &str) -> CalendarDate {
    text.parse().expect("a date")
}

fn expiring(last: &str) -> PublicKey {
    PublicKey { expires: Some(day(last)), ..public("clinic") }
}

#[test]
fn a_key_is_the_same_key_whenever_it_expires() {
    let key = expiring("2027-01-31");
    assert_eq!(key.check(), Ok(()));
    assert_eq!(key.thumbprint(), public("clinic").thumbprint());
}

#[test]
fn an_expiry_is_written_where_there_is_one() {
    let lasting = serde_json::to_value(public("clinic")).expect("JSON");
    assert!(lasting.get("expires").is_none());
    let key = expiring("2027-01-31");
    let json = serde_json::to_value(&key).expect("JSON");
    assert_eq!(json["expires"], "2027-01-31");
    assert_eq!(serde_json::from_value::<PublicKey>(json).expect("a key"), key);
    let toml = toml::to_string(&key).expect("TOML");
    assert!(toml.ends_with("use = \"enc\"\nexpires = \"2027-01-31\"\n"), "{toml}");
    assert_eq!(toml::from_str::<PublicKey>(&toml).expect("a key"), key);
}

#[test]
fn nothing_is_sealed_after_the_last_day() {
    let key = expiring("2027-01-31");
    assert!(!key.expired(day("2027-01-31")));
    assert!(key.expired(day("2027-02-01")));
    assert!(!public("clinic").expired(day("9999-12-31")));
}

#[test]
fn an_expiry_is_told_from_thirty_days_before() {
    let key = expiring("2027-01-31");
    let last = day("2027-01-31");
    assert_eq!(public("clinic").expiry_notice(day("9999-12-31")), None);
    assert_eq!(key.expiry_notice(day("2026-12-31")), None);
    for (today, notice, words) in [
        ("2027-01-01", ExpiryNotice::Soon { last, days: 30 }, "expires in 30 days, on 2027-01-31"),
        ("2027-01-30", ExpiryNotice::Soon { last, days: 1 }, "expires tomorrow, 2027-01-31"),
        ("2027-01-31", ExpiryNotice::Soon { last, days: 0 }, "expires today, 2027-01-31"),
        ("2027-02-01", ExpiryNotice::Expired { last }, "expired on 2027-01-31; nothing is sealed"),
    ] {
        assert_eq!(key.expiry_notice(day(today)), Some(notice), "{today}");
        assert!(notice.to_string().starts_with(words), "{notice}");
    }
}

#[test]
fn a_moment_has_its_day() {
    for (seconds, expected) in [
        (0, Some("1970-01-01")),
        (951_782_400, Some("2000-02-29")),
        (951_868_799, Some("2000-02-29")),
        (951_868_800, Some("2000-03-01")),
        (i64::MAX, None),
    ] {
        assert_eq!(CalendarDate::of_unix_time(seconds), expected.map(day), "{seconds}");
    }
}
