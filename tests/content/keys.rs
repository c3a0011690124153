//! Keys to seal for: none, expired, altered, or the private half.

use std::fs;
use std::process::Command;

use migraine_guide::content::{self, Keys};

use crate::copy::{Copy, today};

/// What `make check-content` runs: its exit code, and what it says.
pub fn checked(copy: &Copy) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_migraine-guide"))
        .arg("check")
        .env("GUIDE_CONTENT", copy.content())
        .output()
        .expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// `[[keys]]` of the test key, with this expiry, before the locations.
pub fn with_expiring_key(copy: &Copy, expires: &str) {
    let text = fs::read_to_string(copy.key()).expect("a key");
    let key: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let member = |name: &str| format!("{name} = {}\n", key[name]);
    let members = ["kty", "crv", "x", "y", "kid", "alg", "use"].map(member).concat();
    let entry = format!("[[keys]]\n{members}expires = {expires}\n\n[[locations]]\n");
    copy.spoil("clinic.toml", "[[locations]]\n", &entry).spoil(
        "clinic.toml",
        "guide.example.org",
        "guide.nortex-psychiatry.net",
    );
}

#[test]
fn content_without_a_mistake_but_without_a_key_is_told_apart_from_both() {
    let copy = Copy::new();
    let (code, said) = checked(&copy);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("clinic.toml:1: no public key"), "{said}");
    assert!(said.contains("no mistake in the text, but no page can be built"), "{said}");
    // Beside a mistake it is one of them.
    copy.spoil("en/interface.toml", "skip = ", "skop = ");
    let (code, said) = checked(&copy);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("no public key") && said.contains("2 to mend"), "{said}");
    // With a key all is well.
    let copy = Copy::new();
    with_expiring_key(&copy, "\"2999-12-31\"");
    let (code, said) = checked(&copy);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("no mistake found"), "{said}");
    assert!(said.contains("phone of Allen, Texas is not known"), "{said}");
}

#[test]
fn an_expired_key_stops_check_and_build() {
    let copy = Copy::new();
    with_expiring_key(&copy, "\"2020-01-31\"");
    let (code, said) = checked(&copy);
    assert_eq!(code, Some(1), "{said}");
    for words in ["expired on 2020-01-31", "put a new key in its place", "    expires = "] {
        assert!(said.contains(words), "{words} is missing: {said}");
    }
    let line = copy.text("clinic.toml").lines().position(|it| it.starts_with("expires = "));
    let line = line.expect("it is there") + 1;
    assert!(said.contains(&format!("clinic.toml:{line}: ")), "{said}");
    let output = copy.build_for_the_clinic();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("expired on 2020-01-31"));
}

#[test]
fn an_example_for_a_base_address_is_no_mistake_until_there_are_keys() {
    let copy = Copy::new();
    with_expiring_key(&copy, "\"2999-12-31\"");
    copy.spoil("clinic.toml", "guide.nortex-psychiatry.net", "guide.example.org");
    let (code, said) = checked(&copy);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("guide.example.org is an example"), "{said}");
}

#[test]
fn the_private_half_of_a_key_is_refused_and_not_repeated() {
    let copy = Copy::new();
    with_expiring_key(&copy, "\"2999-12-31\"");
    copy.spoil("clinic.toml", "kty = ", "d = \"c2VjcmV0\"\nkty = ");
    let (code, said) = checked(&copy);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("the private half of a key"), "{said}");
    assert!(!said.contains("c2VjcmV0"), "{said}");
}

#[test]
fn a_private_key_to_try_with_is_refused_and_not_repeated() {
    let copy = Copy::new();
    let text = fs::read_to_string(copy.key()).expect("a key");
    fs::write(copy.key(), text.replacen('{', "{\"d\":\"c2VjcmV0\",", 1)).expect("written");
    let (_, output) = copy.build();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(said.contains("not a public JWK"), "{said}");
    assert!(!said.contains("c2VjcmV0"), "{said}");
}

#[test]
fn an_expiry_is_a_day() {
    for (expires, reason) in [
        ("\"31.12.2099\"", "not a date of the form YYYY-MM-DD"),
        ("\"2099-02-29\"", "not a date of the form YYYY-MM-DD"),
        ("2099-12-31", "put the text in quotation marks: expires = \"2099-12-31\""),
    ] {
        let copy = Copy::new();
        with_expiring_key(&copy, expires);
        copy.expect("clinic.toml", "expires = ", reason);
    }
}

#[test]
fn a_key_that_expires_is_told_for_thirty_days_and_after() {
    let copy = Copy::new();
    with_expiring_key(&copy, "\"2027-01-31\"");
    let content = content::load(&copy.content(), "en", Keys::Clinic, today()).expect("no mistake");
    let told = |today: &str| {
        let expiring = content.clinic.expiring(today.parse().expect("a date"));
        expiring.iter().map(|(kid, notice)| format!("{kid} {notice}")).collect::<Vec<_>>()
    };
    assert_eq!(told("2026-12-31"), [""; 0]);
    let kid = &content.clinic.keys[0].kid;
    for (today, words) in [
        ("2027-01-01", "expires in 30 days, on 2027-01-31"),
        ("2027-02-01", "expired on 2027-01-31"),
    ] {
        let notices = told(today);
        assert_eq!(notices.len(), 1);
        assert!(notices[0].starts_with(&format!("{kid} {words}")), "{notices:?}");
    }
}

#[test]
fn a_day_to_come_above_an_article() {
    let copy = Copy::new();
    with_expiring_key(&copy, "\"2999-12-31\"");
    copy.spoil("en/guide.md", "date = 2026-", "date = 2096-");
    let (code, said) = checked(&copy);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("guide.md:5: this day is still to come"), "{said}");
}
