//! Whose requests are counted together, and how many are free.

use std::num::NonZeroU32;
use std::time::Duration;

use axum::http::HeaderName;
use intake::api::limits::{Limits, Verdict, sender};

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
fn without_a_readable_address_the_proxy_counts() {
    assert_eq!(sender_of("127.0.0.1", &[]), "127.0.0.1");
    for forwarded in ["", "unknown", "1.1.1.1, _hidden", "198.51.100.1:80 x", "\u{1}"] {
        let headers: &[&'static str] = if forwarded == "\u{1}" { &[] } else { &[forwarded] };
        assert_eq!(sender_of("127.0.0.1", headers), "127.0.0.1", "{forwarded}");
    }
}

#[test]
fn an_allowance_is_used_up_then_a_limit() {
    let limits = Limits::new(2, NonZeroU32::new(4).unwrap());
    let one = "198.51.100.1".parse().unwrap();
    let verdicts = [false, false, false, true].map(|proven| limits.count(one, proven));
    assert_eq!(verdicts, [Verdict::Free, Verdict::Free, Verdict::ProofNeeded, Verdict::Free]);
    let Verdict::TooMany(wait) = limits.count(one, true) else { panic!("over the limit") };
    assert!(wait > Duration::from_secs(100) && wait <= Duration::from_secs(150), "{wait:?}");
    assert_eq!(limits.count("198.51.100.2".parse().unwrap(), false), Verdict::Free);
}

#[test]
fn a_network_of_ipv6_counts_as_one() {
    let limits = Limits::new(1, NonZeroU32::new(9).unwrap());
    let count = |address: &str| limits.count(address.parse().unwrap(), false);
    assert_eq!(count("2001:db8:1:2::1"), Verdict::Free);
    assert_eq!(count("2001:db8:1:2:ffff::2"), Verdict::ProofNeeded);
    assert_eq!(count("2001:db8:1:3::1"), Verdict::Free);
    assert_eq!(count("198.51.100.1"), Verdict::Free);
    assert_eq!(count("::ffff:198.51.100.1"), Verdict::ProofNeeded);
}

#[test]
fn no_allowance_asks_always() {
    let limits = Limits::new(0, NonZeroU32::new(9).unwrap());
    let one = "198.51.100.1".parse().unwrap();
    assert_eq!(limits.count(one, false), Verdict::ProofNeeded);
    assert_eq!(limits.count(one, true), Verdict::Free);
}
