//! Sealed notes of the staff.

use intake::audit::Actor;
use intake::open::{OpenError, open};
use intake::store::{MAX_NOTES, NoteOutcome, STORE_TIMEOUT, Store};
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::http::Response;
use crate::harness::service::Service;
use crate::harness::wait_for;

/// A service with the requests 1 and 2, and a token.
fn service() -> (Service, String) {
    let service = Service::start();
    for nth in 1..=2 {
        let id = request_id(nth);
        let sealed = service.plan.clinic.seal(request(id));
        assert_eq!(service.send(&id.to_string(), &sealed).status, 201);
    }
    let token = service.token_named("Ann", "list,mark", None);
    (service, token)
}

/// Seals a note for a clinic alone.
fn seal(clinic: &Keys, text: &str, id: Uuid) -> Vec<u8> {
    let keys = std::slice::from_ref(&clinic.public);
    intake::seal::seal_note(text.as_bytes(), id, keys).unwrap()
}

fn post(service: &Service, token: &str, id: Uuid, note: &[u8]) -> Response {
    post_as(service, token, id, note, "application/jose+json")
}

fn post_as(service: &Service, token: &str, id: Uuid, note: &[u8], kind: &str) -> Response {
    let path = format!("/v1/requests/{id}/notes");
    let note = str::from_utf8(note).unwrap();
    service.ask_with("POST", &path, token, &[("Content-Type", kind)], note)
}

fn one(service: &Service, token: &str, id: Uuid) -> Value {
    service.ask("GET", &format!("/v1/requests/{id}"), token, "").json()
}

#[track_caller]
fn assert_problem(response: &Response, status: u16, kind: &str, words: &str) {
    let problem = response.json();
    assert_eq!(response.status, status, "{problem}");
    assert!(problem["type"].as_str().unwrap().ends_with(kind), "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
}

#[test]
fn notes_are_kept_as_they_were_sealed_in_their_order() {
    let (service, token) = service();
    let id = request_id(1);
    let notes: Vec<_> =
        (1..=3).map(|nth| seal(&service.plan.clinic, &format!("note {nth}"), id)).collect();
    for (nth, note) in (1..).zip(&notes) {
        let added = post(&service, &token, id, note);
        assert_eq!(added.status, 201, "{}", added.text());
        let receipt = added.json();
        assert_eq!((&receipt["number"], &receipt["by"]), (&json!(nth), &json!("Ann")));
        assert_eq!(receipt.as_object().unwrap().len(), 3);
        // A retry whose response was lost.
        let again = post(&service, &token, id, note);
        assert_eq!((again.status, again.json()), (200, receipt));
    }
    let one = one(&service, &token, id);
    let stored = one["sealed_notes"].as_array().unwrap();
    let envelopes: Vec<_> = stored.iter().map(|it| it["envelope"].as_str().unwrap()).collect();
    let sent: Vec<_> = notes.iter().map(|note| str::from_utf8(note).unwrap()).collect();
    assert_eq!(envelopes, sent);
    // A note is no change of state.
    assert_eq!((&one["notes"], &one["version"]), (&json!(3), &json!(1)));
    assert_eq!(one["history"], json!([]));
    let listed = service.ask("GET", "/v1/requests", &token, "").json();
    let counts: Vec<_> =
        listed["requests"].as_array().unwrap().iter().map(|it| &it["notes"]).collect();
    assert_eq!(counts, [&json!(3), &json!(0)]);
}

#[test]
fn a_note_never_passes_for_a_request_nor_a_request_for_a_note() {
    let (service, token) = service();
    let clinic = &service.plan.clinic;
    let id = request_id(1);
    let refused = post(&service, &token, id, &clinic.seal(request(id)));
    assert_problem(&refused, 400, "intake:not-a-note", "typ request-note+jwe");

    // A payload that would be a request, sealed as a note.
    let other = request_id(3);
    let payload = request(other).to_padded_json().unwrap();
    let keys = std::slice::from_ref(&clinic.public);
    let note = intake::seal::seal_note(&payload, other, keys).unwrap();
    let refused = service.send(&other.to_string(), &note);
    assert_problem(&refused, 400, "intake:not-an-envelope", "typ appointment-request+jwe");
    assert_eq!(open(&note, &[], None, &[clinic.private()]), Err(OpenError::Algorithm));

    // The typ is under the seal: exchanged, it opens no more.
    let header = guide_core::request::envelope::ProtectedHeader::new(other);
    let mut forged: Value = serde_json::from_slice(&note).unwrap();
    forged["protected"] = header.encode().into();
    let forged = forged.to_string();
    let opened = open(forged.as_bytes(), &[], None, &[clinic.private()]);
    assert_eq!(opened, Err(OpenError::Altered));
}

#[test]
fn a_note_that_is_none_is_a_problem_and_adds_nothing() {
    let (service, token) = service();
    let clinic = &service.plan.clinic;
    let id = request_id(1);
    let note = seal(clinic, "a note", id);
    let refused = post(&service, &token, id, &seal(clinic, "a note", request_id(2)));
    assert_problem(&refused, 400, "intake:not-a-note", "the id in the path");

    let stranger = Keys::new(service.plan.folder.path(), "stranger");
    let refused = post(&service, &token, id, &seal(&stranger, "a note", id));
    assert_problem(&refused, 422, "intake:unknown-recipient", "not this clinic's");
    let both = [clinic.public.clone(), stranger.public.clone()];
    let both = intake::seal::seal_note(b"a note", id, &both).unwrap();
    assert_eq!(post(&service, &token, id, &both).status, 422, "a stranger too");

    let large = seal(clinic, &"x".repeat(12 * 1024), id);
    assert!(large.len() > 16 * 1024);
    assert_problem(&post(&service, &token, id, &large), 413, "about:blank", "16384 bytes");
    for body in ["{}", "[]", "x", ""] {
        let refused = post(&service, &token, id, body.as_bytes());
        assert_problem(&refused, 400, "intake:not-a-note", "exactly the members");
    }
    let refused = post_as(&service, &token, id, &note, "application/json");
    assert_problem(&refused, 415, "about:blank", "application/jose+json");
    let nobody = request_id(3);
    let refused = post(&service, &token, nobody, &seal(clinic, "a note", nobody));
    assert_problem(&refused, 404, "about:blank", "No request");
    assert_eq!(one(&service, &token, id)["sealed_notes"], json!([]));
    assert_eq!(one(&service, &token, id)["notes"], 0);

    let largest = seal(clinic, &"x".repeat(11 * 1024), id);
    assert_eq!(post(&service, &token, id, &largest).status, 201);
}

#[test]
fn a_request_has_so_many_notes_and_no_more() {
    let (service, token) = service();
    let id = request_id(1);
    wait_for(async {
        let store = Store::open(&service.plan.database, STORE_TIMEOUT).await.unwrap();
        let now = OffsetDateTime::now_utc();
        for nth in 1..=MAX_NOTES {
            let note = format!("note {nth}");
            let added = store.add_note(&Actor::Service, id, note.as_bytes(), now).await.unwrap();
            assert!(matches!(added, NoteOutcome::Added(note) if note.number == nth));
        }
        store.close().await;
    });
    let note = seal(&service.plan.clinic, "one more", id);
    let refused = post(&service, &token, id, &note);
    assert_problem(&refused, 409, "intake:too-many-notes", "at most 200 notes");
    assert_eq!(one(&service, &token, id)["sealed_notes"].as_array().unwrap().len(), 200);
    let other = request_id(2);
    let note = seal(&service.plan.clinic, "of another", other);
    assert_eq!(post(&service, &token, other, &note).status, 201);
}

#[test]
fn notes_are_deleted_with_their_request() {
    let (service, token) = service();
    let id = request_id(1);
    assert_eq!(post(&service, &token, id, &seal(&service.plan.clinic, "a note", id)).status, 201);
    let path = format!("/v1/requests/{id}");
    assert_eq!(service.ask("DELETE", &path, &service.token(), "").status, 204);
    let sealed = service.plan.clinic.seal(request(id));
    assert_eq!(service.send(&id.to_string(), &sealed).status, 201);
    let anew = one(&service, &token, id);
    assert_eq!((&anew["notes"], &anew["sealed_notes"]), (&json!(0), &json!([])));
}
