//! Origins, rate limits, and proof of work.

use altcha_lib_rs::solve_challenge;
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use crate::harness::clinic::{request, request_id};
use crate::harness::http::{self, Response};
use crate::harness::service::{Plan, Service};

/// A service, and some requests for it.
struct Sender {
    service: Service,
    sealed: Vec<Vec<u8>>,
}

fn with(settings: &[(&str, &str)]) -> Sender {
    let mut plan = Plan::new();
    for (setting, word) in settings {
        plan.set(setting, *word);
    }
    let sealed = (0..5).map(|nth| plan.clinic.seal(request(request_id(nth)))).collect();
    Sender { service: plan.start(), sealed }
}

/// Posts the nth request with more headers than the page's usual ones.
fn send(sender: &Sender, nth: u8, headers: &[(&str, &str)]) -> Response {
    let key = request_id(nth).to_string();
    let usual = [("Content-Type", "application/jose+json"), ("Idempotency-Key", key.as_str())];
    sender.service.post(&[&usual, headers].concat(), &sender.sealed[usize::from(nth)])
}

fn preflight(sender: &Sender, origin: &str) -> Response {
    let headers = [
        ("Origin", origin),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type,idempotency-key"),
    ];
    http::exchange(
        sender.service.address,
        http::head("OPTIONS", "/v1/requests", &headers).as_bytes(),
    )
}

#[test]
fn pages_of_other_origins_are_refused_unless_the_settings_name_them() {
    let sender = with(&[("origins", "https://clinic.example")]);
    let origin = |it| send(&sender, 1, &[("Origin", it)]);
    let allowed = origin("https://clinic.example");
    assert_eq!(allowed.status, 201);
    let may_read = allowed.header("access-control-allow-origin");
    assert_eq!(may_read, Some("https://clinic.example"));
    for other in [
        "https://evil.example",
        "http://clinic.example",
        "https://clinic.example:8443",
        "https://clinic.example.evil.example",
        "null",
        "",
    ] {
        let refused = origin(other);
        assert_eq!(refused.status, 403, "{other}");
        assert_eq!(refused.header("content-type"), Some("application/problem+json"));
        assert_eq!(refused.header("access-control-allow-origin"), None, "{other}");
        assert_eq!(preflight(&sender, other).header("access-control-allow-origin"), None);
    }
    let preflight = preflight(&sender, "https://clinic.example");
    assert_eq!(preflight.status, 200);
    let allowed = preflight.header("access-control-allow-headers").unwrap();
    assert!(allowed.contains("idempotency-key") && allowed.contains("proof-of-work"), "{allowed}");
    assert_eq!(preflight.header("access-control-allow-credentials"), None);
}

#[test]
fn the_guides_own_pages_may_always_send() {
    let sender = with(&[]);
    // As the tests' client names the host.
    assert_eq!(send(&sender, 1, &[("Origin", "https://localhost")]).status, 201);
    assert_eq!(send(&sender, 1, &[("Origin", "http://LOCALHOST")]).status, 200);
    // Behind a proxy that changes the host.
    let through_proxy = [("Origin", "https://guide.example"), ("Sec-Fetch-Site", "same-origin")];
    assert_eq!(send(&sender, 1, &through_proxy).status, 200);
    let from_elsewhere = [("Origin", "https://guide.example"), ("Sec-Fetch-Site", "same-site")];
    assert_eq!(send(&sender, 1, &from_elsewhere).status, 403);
    assert_eq!(preflight(&sender, "https://guide.example").status, 403);
}

const PROOF: &str = "urn:problem-type:intake:proof-of-work";

/// The solution of a challenge as a header's value.
pub fn solve(challenge: &Value) -> String {
    let text = |name: &str| challenge[name].as_str().unwrap();
    let max = challenge["maxnumber"].as_u64();
    let number = solve_challenge(text("challenge"), text("salt"), None, max, 0).unwrap();
    let solution = json!({
        "algorithm": text("algorithm"), "challenge": text("challenge"), "number": number,
        "salt": text("salt"), "signature": text("signature"),
    });
    Base64::encode_string(solution.to_string().as_bytes())
}

/// The challenge that a response asks to solve.
pub fn challenge(response: &Response) -> Value {
    let problem = response.json();
    assert_eq!((response.status, problem["type"].as_str()), (429, Some(PROOF)), "{problem}");
    assert_eq!(response.header("retry-after"), None);
    problem["challenge"].clone()
}

#[test]
fn over_the_allowance_a_proof_of_work_lets_a_request_through() {
    let sender = with(&[("allowance", "2")]);
    assert_eq!(send(&sender, 1, &[]).status, 201);
    assert_eq!(send(&sender, 2, &[]).status, 201);
    let challenge = challenge(&send(&sender, 3, &[]));
    assert_eq!(challenge["algorithm"], "SHA-256");
    assert_eq!(challenge["challenge"].as_str().unwrap().len(), 64);
    let solution = solve(&challenge);
    assert_eq!(send(&sender, 3, &[("Proof-Of-Work", &solution)]).status, 201);
    // Used again it lets the same request through, and no other.
    assert_eq!(send(&sender, 3, &[("Proof-Of-Work", &solution)]).status, 200);
    assert_eq!(send(&sender, 4, &[("Proof-Of-Work", &solution)]).status, 429);
}

#[test]
fn what_proves_no_work_gets_a_new_challenge() {
    let sender = with(&[("allowance", "0")]);
    let challenge = challenge(&send(&sender, 1, &[]));
    let decoded = Base64::decode_vec(&solve(&challenge)).unwrap();
    let solution: Value = serde_json::from_slice(&decoded).unwrap();
    let with = |name: &str, value: Value| {
        let mut altered = solution.clone();
        altered[name] = value;
        Base64::encode_string(altered.to_string().as_bytes())
    };
    let (salt, number) = (solution["salt"].as_str().unwrap(), solution["number"].as_u64().unwrap());
    let expires = salt.split_once("expires=").unwrap().1.trim_end_matches('&');
    let later = salt.replace(expires, &format!("9{expires}"));
    // The digits of the number must not be taken for those of the time.
    let spliced = format!("{}{number}", salt.trim_end_matches('&'));
    for wrong in [
        String::new(),
        "e30=".to_owned(),
        "not base64!".to_owned(),
        Base64::encode_string(b"\xff\xfe"),
        with("number", (number + 1).into()),
        with("number", "1".into()),
        with("salt", later.into()),
        with("salt", spliced.into()),
        with("salt", "".into()),
        with("signature", "00".into()),
        with("challenge", "00".into()),
        with("algorithm", "SHA-512".into()),
    ] {
        let again = send(&sender, 1, &[("Proof-Of-Work", &wrong)]);
        assert_ne!(self::challenge(&again)["salt"], challenge["salt"], "{wrong}");
    }
    assert_eq!(send(&sender, 1, &[("Proof-Of-Work", &solve(&challenge))]).status, 201);
}

#[test]
fn an_expired_solution_proves_nothing() {
    let sender = with(&[("allowance", "0")]);
    let known = challenge(&send(&sender, 1, &[]));
    // A challenge as the service would have made it 21 minutes ago.
    let options = altcha_lib_rs::ChallengeOptions {
        max_number: Some(10),
        hmac_key: &secret(&sender),
        salt: Some(format!("x.50000.{}?expires={}&", request_id(1), now() - 60)),
        ..Default::default()
    };
    let old = serde_json::to_value(altcha_lib_rs::create_challenge(options).unwrap()).unwrap();
    challenge(&send(&sender, 1, &[("Proof-Of-Work", &solve(&old))]));
    assert_eq!(send(&sender, 1, &[("Proof-Of-Work", &solve(&known))]).status, 201);
}

fn now() -> i64 {
    time::OffsetDateTime::now_utc().unix_timestamp()
}

fn secret(sender: &Sender) -> String {
    crate::harness::wait_for(async {
        let store =
            intake::store::Store::open(&sender.service.plan.database, intake::store::STORE_TIMEOUT);
        let secret = store.await.unwrap().secret("proof-of-work", b"none yet").await.unwrap();
        String::from_utf8(secret).unwrap()
    })
}

#[test]
fn over_the_limit_an_address_has_to_wait_and_others_have_not() {
    let sender = with(&[("allowance", "9"), ("limit", "2")]);
    let from = |address, nth| send(&sender, nth, &[("X-Forwarded-For", address)]);
    assert_eq!(from("198.51.100.1", 1).status, 201);
    assert_eq!(from("198.51.100.1", 2).status, 201);
    let refused = from("198.51.100.1", 3);
    assert_eq!((refused.status, refused.json()["type"].as_str()), (429, Some("about:blank")));
    assert_eq!(refused.json().get("challenge"), None);
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((200..=300).contains(&wait), "{wait}");
    assert_eq!(from("198.51.100.2", 3).status, 201);
    assert_eq!(from("203.0.113.9, 198.51.100.1", 4).status, 429, "nobody can choose an address");
}

#[test]
fn without_trusted_proxies_nobody_is_believed() {
    let sender = with(&[("trusted_proxies", "none"), ("limit", "1")]);
    assert_eq!(send(&sender, 1, &[("X-Forwarded-For", "198.51.100.1")]).status, 201);
    assert_eq!(send(&sender, 2, &[("X-Forwarded-For", "198.51.100.2")]).status, 429);
}

#[test]
fn the_secret_of_the_proofs_is_shared_by_all_processes_of_a_store() {
    let sender = with(&[("allowance", "0")]);
    let solution = solve(&challenge(&send(&sender, 1, &[])));
    let mut plan = Plan::new();
    plan.set("allowance", "0");
    plan.database = sender.service.plan.database.clone();
    let keys = sender.service.plan.clinic.public_file.display().to_string();
    plan.set("keys", keys);
    let other = plan.start();
    let id = request_id(1);
    let key = id.to_string();
    let headers = [
        ("Content-Type", "application/jose+json"),
        ("Idempotency-Key", key.as_str()),
        ("Proof-Of-Work", &solution),
    ];
    assert_eq!(other.post(&headers, &sender.sealed[1]).status, 201);
}
