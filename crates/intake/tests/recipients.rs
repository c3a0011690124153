//! Whom a request is sealed for: the clinic, and nobody beside it.

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::http;
use crate::harness::office::Office;
use crate::harness::program::{Server, intake};
use crate::harness::service::Plan;
use crate::harness::set;

/// Seals the nth request for these keys.
fn sealed(nth: u8, keys: &[&Keys]) -> Vec<u8> {
    let id = request_id(nth);
    let recipients: Vec<_> = keys.iter().map(|it| it.public.clone()).collect();
    let payload = request(id).to_padded_json().unwrap();
    intake::seal::seal(&payload, id, &recipients).unwrap()
}

#[test]
fn a_request_sealed_for_a_stranger_beside_the_clinic_is_refused() {
    let service = Plan::new().start();
    let stranger = Keys::new(service.plan.folder.path(), "stranger");
    let clinic = &service.plan.clinic;
    for keys in [&[clinic, &stranger][..], &[&stranger, clinic], &[&stranger]] {
        let response = service.send(&request_id(1).to_string(), &sealed(1, keys));
        assert_eq!(response.status, 422, "{}", response.text());
        assert_eq!(response.json()["type"], "urn:problem-type:intake:unknown-recipient");
    }
    assert_eq!(service.send(&request_id(1).to_string(), &sealed(1, &[clinic])).status, 201);
}

/// During a change of keys: pages from before it seal for the old keys, pages from after it for new
/// ones, and `keys` names all.
#[test]
fn pages_from_before_and_after_a_rotation_are_taken() {
    let mut plan = Plan::new();
    let recovery = Keys::new(plan.folder.path(), "recovery");
    let new = Keys::new(plan.folder.path(), "new");
    let files = [&plan.clinic, &recovery, &new].map(|it| it.public_file.display().to_string());
    set(&mut plan.flags, "keys", files);
    let service = plan.start();
    let old = &service.plan.clinic;
    let send =
        |nth, keys: &[&Keys]| service.send(&request_id(nth).to_string(), &sealed(nth, keys)).status;
    assert_eq!(send(1, &[old, &recovery]), 201);
    assert_eq!(send(2, &[&new, &recovery]), 201);
    assert_eq!(send(3, &[old, &new, &recovery]), 201);
}

#[test]
fn a_refusal_for_its_recipients_is_a_warning() {
    let office = Office::new();
    let stranger = Keys::new(office.folder.path(), "stranger");
    let server = Server::start(&office.database, &office.clinic.public_file);
    let response = http::send(server.address, &request_id(1).to_string(), &sealed(1, &[&stranger]));
    assert_eq!(response.status, 422);
    let line = server.line_with("not named in keys");
    assert!(line.contains("WARN") && !line.contains(&stranger.public.kid), "{line}");
}

#[test]
fn a_stranger_beside_the_clinic_can_be_taken_with_a_warning_and_is_counted() {
    let office = Office::new();
    let stranger = Keys::new(office.folder.path(), "stranger");
    let mut command = intake(Server::args(&office.database, &office.clinic.public_file));
    command.env("INTAKE_UNKNOWN_RECIPIENTS", "warn");
    let server = Server::of(command);
    let send = |nth, keys: &[&Keys]| {
        http::send(server.address, &request_id(nth).to_string(), &sealed(nth, keys)).status
    };
    assert_eq!(send(1, &[&office.clinic, &stranger]), 201);
    let line = server.line_with("not named in keys");
    assert!(line.contains("WARN"), "{line}");
    assert_eq!(send(2, &[&stranger]), 422, "the clinic could not open it");
    let counted = http::get(server.operations, "/metrics", &[]);
    assert!(counted.text().contains("intake_unknown_recipients_total 2\n"), "{}", counted.text());
    let listed = office.list();
    assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().count(), 2, "{listed:?}");
}
