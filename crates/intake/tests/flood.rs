//! Floods from many addresses, or of bodies that are no requests, which leave room for patients.

use crate::harness::clinic::{request, request_id};
use crate::harness::http::Response;
use crate::harness::program::{Server, intake};
use crate::harness::service::{Plan, Service};
use crate::senders::{challenge, solve};

fn with(settings: &[(&str, &str)]) -> Service {
    let mut plan = Plan::new();
    for (setting, word) in settings {
        plan.set(setting, *word);
    }
    plan.start()
}

/// Posts a body under the nth id, from an address.
fn post(service: &Service, nth: u8, from: &str, proof: Option<&str>, body: &[u8]) -> Response {
    let key = request_id(nth).to_string();
    let mut headers = vec![
        ("Content-Type", "application/jose+json"),
        ("Idempotency-Key", key.as_str()),
        ("X-Forwarded-For", from),
    ];
    headers.extend(proof.map(|it| ("Proof-Of-Work", it)));
    service.post(&headers, body)
}

/// Posts the nth request.
fn send(service: &Service, nth: u8, from: &str, proof: Option<&str>) -> Response {
    let sealed = service.plan.clinic.seal(request(request_id(nth)));
    post(service, nth, from, proof, &sealed)
}

const SHARED: &str = "198.51.100.1";

#[test]
fn junk_takes_nothing_of_the_allowance_of_patients_behind_the_same_address() {
    let service = with(&[("allowance", "1"), ("limit", "2")]);
    for _ in 0..5 {
        assert_eq!(post(&service, 1, SHARED, None, b"junk").status, 400);
    }
    let other = service.plan.clinic.seal(request(request_id(2)));
    assert_eq!(post(&service, 1, SHARED, None, &other).status, 400, "its id is another");
    assert_eq!(send(&service, 1, SHARED, None).status, 201);
}

#[test]
fn a_flood_of_junk_is_bounded_and_patients_behind_the_same_address_prove_work() {
    let service = with(&[("allowance", "1"), ("limit", "1")]);
    for _ in 0..10 {
        assert_eq!(post(&service, 1, SHARED, None, b"junk").status, 400);
    }
    challenge(&post(&service, 1, SHARED, None, b"junk"));
    let proof = solve(&challenge(&send(&service, 2, SHARED, None)));
    assert_eq!(send(&service, 2, SHARED, Some(&proof)).status, 201);
}

#[test]
fn an_easier_proof_than_is_asked_for_proves_nothing() {
    let service = with(&[("total_allowance", "1")]);
    let from = |nth: u8| format!("2001:db8:0:{nth}::1");
    let sealed = service.plan.clinic.seal(request(request_id(1)));
    let send_again = |nth, proof| post(&service, 1, &from(nth), proof, &sealed);
    assert_eq!(send_again(1, None).status, 201);
    let easy = solve(&challenge(&send(&service, 2, &from(2), None)));
    let proof = solve(&challenge(&send_again(3, None)));
    // The same bytes again are as much of a flood as others.
    for nth in 4..8 {
        assert_eq!(send_again(nth, Some(&proof)).status, 200);
    }
    let asked = challenge(&send(&service, 2, &from(2), Some(&easy)));
    assert_eq!(asked["maxnumber"], 200_000);
    assert_eq!(send(&service, 2, &from(2), Some(&solve(&asked))).status, 201);
}

#[test]
fn full_storage_refuses_new_requests_and_knows_those_it_has() {
    let service = with(&[("max_requests", "2")]);
    assert_eq!(send(&service, 3, SHARED, None).status, 201);
    let sealed = service.plan.clinic.seal(request(request_id(1)));
    assert_eq!(post(&service, 1, SHARED, None, &sealed).status, 201);
    let full = send(&service, 2, SHARED, None);
    assert_eq!((full.status, full.header("retry-after")), (503, Some("300")));
    assert_eq!(full.json()["type"], "urn:problem-type:intake:storage-full");
    assert_eq!(post(&service, 1, SHARED, None, &sealed).status, 200, "its sender may not know");
    let metrics = service.operate("/metrics");
    for line in ["intake_stored_requests 2", "intake_max_requests 2"] {
        assert!(metrics.text().lines().any(|it| it == line), "{line}\n{}", metrics.text());
    }
    let token = service.token();
    let path = format!("/v1/requests/{}", request_id(3));
    assert_eq!(service.ask("DELETE", &path, &token, "").status, 204);
    // As soon as it is counted again.
    while send(&service, 2, SHARED, None).status == 503 {}
}

#[test]
fn full_storage_is_said_in_the_log() {
    let plan = Plan::new();
    let mut args = Server::args(&plan.database, &plan.clinic.public_file);
    *args.last_mut().unwrap() = "1".to_owned();
    let server = Server::of(intake(&args));
    for nth in [1, 2] {
        let sealed = plan.clinic.seal(request(request_id(nth)));
        crate::harness::http::send(server.address, &request_id(nth).to_string(), &sealed);
    }
    let line = server.line_with("max_requests allows");
    assert!(line.contains("WARN"), "{line}");
}
