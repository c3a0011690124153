//! Whose requests are counted together, and how many are free.

use std::num::NonZeroU32;
use std::time::Duration;

use axum::http::HeaderName;
use intake::api::limits::{Limits, Verdict};
use intake::api::sender::sender;
use uuid::Uuid;

fn sender_of(peer: &str, forwarded: &[&'static str]) -> String {
    let trusted = ["127.0.0.0/8", "::1/128", "10.0.0.0/8"].map(|net| net.parse().unwrap());
    let name = HeaderName::from_static("x-forwarded-for");
    let header = |value: &&'static str| (name.clone(), value.parse().unwrap());
    let headers = forwarded.iter().map(header).collect();
    sender(peer.parse().unwrap(), &headers, &trusted).to_string()
}

#[test]
fn only_what_trusted_proxies_added_is_believed() {
    assert_eq!(sender_of("203.0.113.7", &["198.51.100.1"]), "203.0.113.7");
    assert_eq!(sender_of("127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
    assert_eq!(sender_of("127.0.0.1", &["1.1.1.1, 198.51.100.1, 10.1.2.3"]), "198.51.100.1");
    assert_eq!(sender_of("127.0.0.1", &["1.1.1.1", "198.51.100.1,10.1.2.3"]), "198.51.100.1");
    assert_eq!(sender_of("::1", &["2001:db8::1"]), "2001:db8::1");
    assert_eq!(sender_of("::ffff:127.0.0.1", &["::ffff:198.51.100.1"]), "198.51.100.1");
}

#[test]
fn a_forwarded_address_may_have_a_port() {
    for (forwarded, sender) in [
        ("198.51.100.1:54321", "198.51.100.1"),
        ("[2001:db8::1]:54321", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[::ffff:198.51.100.1]:80", "198.51.100.1"),
        ("198.51.100.9, 198.51.100.1:80, 10.1.2.3:443", "198.51.100.1"),
    ] {
        assert_eq!(sender_of("127.0.0.1", &[forwarded]), sender, "{forwarded}");
    }
    for forwarded in
        ["198.51.100.1:", "198.51.100.1:99999", "[198.51.100.1]", "[2001:db8::1", "[]:1"]
    {
        assert_eq!(sender_of("127.0.0.1", &[forwarded]), "127.0.0.1", "{forwarded}");
    }
}

#[test]
fn without_a_readable_address_the_proxy_counts() {
    assert_eq!(sender_of("127.0.0.1", &[]), "127.0.0.1");
    for forwarded in ["", "unknown", "1.1.1.1, _hidden", "198.51.100.1:80 x", "\u{1}"] {
        let headers: &[&'static str] = if forwarded == "\u{1}" { &[] } else { &[forwarded] };
        assert_eq!(sender_of("127.0.0.1", headers), "127.0.0.1", "{forwarded}");
    }
}

/// Limits of an address, with room for everybody.
fn limits(allowance: u32, limit: u32) -> Limits {
    Limits::new(allowance, NonZeroU32::new(limit).unwrap(), NonZeroU32::MAX)
}

#[test]
fn an_allowance_is_used_up_then_a_limit() {
    let limits = limits(2, 4);
    let one = "198.51.100.1".parse().unwrap();
    let verdicts = [false, false, false, true].map(|proven| limits.count(one, proven));
    assert_eq!(verdicts, [Verdict::Free, Verdict::Free, Verdict::ProofNeeded, Verdict::Free]);
    let Verdict::TooMany(wait) = limits.count(one, true) else { panic!("over the limit") };
    assert!(wait > Duration::from_secs(100) && wait <= Duration::from_secs(150), "{wait:?}");
    assert_eq!(limits.count("198.51.100.2".parse().unwrap(), false), Verdict::Free);
}

#[test]
fn a_network_of_ipv6_counts_as_one() {
    let limits = limits(1, 9);
    let count = |address: &str| limits.count(address.parse().unwrap(), false);
    assert_eq!(count("2001:db8:1:2::1"), Verdict::Free);
    assert_eq!(count("2001:db8:1:2:ffff::2"), Verdict::ProofNeeded);
    assert_eq!(count("2001:db8:1:3::1"), Verdict::Free);
    assert_eq!(count("198.51.100.1"), Verdict::Free);
    assert_eq!(count("::ffff:198.51.100.1"), Verdict::ProofNeeded);
}

#[test]
fn no_allowance_asks_always() {
    let limits = limits(0, 9);
    let one = "198.51.100.1".parse().unwrap();
    assert_eq!(limits.count(one, false), Verdict::ProofNeeded);
    assert_eq!(limits.count(one, true), Verdict::Free);
}

#[test]
fn in_a_flood_from_everywhere_everybody_proves_work_and_the_more_the_more_is_stored() {
    let limits = Limits::new(9, NonZeroU32::new(9).unwrap(), NonZeroU32::new(2).unwrap());
    let mut others = 0;
    // Each request is from another network of one site.
    let mut count = |proven| {
        others += 1;
        limits.count(format!("2001:db8:0:{others}::1").parse().unwrap(), proven)
    };
    assert_eq!([count(false), count(false)], [Verdict::Free; 2]);
    let mut asked = Vec::new();
    for _ in 2..70 {
        assert_eq!(count(false), Verdict::ProofNeeded);
        asked.push(limits.max_number());
        assert_eq!(count(true), Verdict::Free);
    }
    assert!(asked.is_sorted());
    asked.dedup();
    assert_eq!(asked, [50_000, 100_000, 200_000, 400_000, 800_000]);
}

#[test]
fn a_flood_of_junk_needs_proofs_and_each_is_good_for_a_few_attempts() {
    let limits = limits(1, 2);
    let one = "198.51.100.1".parse().unwrap();
    for _ in 0..20 {
        assert_eq!(limits.attempt(one, None), Verdict::Free);
    }
    assert_eq!(limits.attempt(one, None), Verdict::ProofNeeded);
    let proofs = [Uuid::from_u128(1), Uuid::from_u128(2)];
    for _ in 0..20 {
        assert_eq!(limits.attempt(one, Some(proofs[0])), Verdict::Free);
    }
    assert!(matches!(limits.attempt(one, Some(proofs[0])), Verdict::TooMany(_)));
    // Whoever shares the address is as free as before.
    assert_eq!(limits.attempt(one, Some(proofs[1])), Verdict::Free);
    assert_eq!(limits.count(one, false), Verdict::Free);
    assert_eq!(limits.attempt("198.51.100.2".parse().unwrap(), None), Verdict::Free);
}
