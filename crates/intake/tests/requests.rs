//! Every response of `POST /v1/requests`.

use std::collections::HashSet;
use std::thread;

use guide_core::request::reference::Reference;
use intake::store::{STORE_TIMEOUT, Store};
use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::harness::clinic::{Keys, request, request_id, request_of};
use crate::harness::http::{self, Response};
use crate::harness::service::{Plan, Service};
use crate::harness::wait_for;

const JOSE: (&str, &str) = ("Content-Type", "application/jose+json");

/// The whole response, with the moment of receipt checked and replaced.
fn receipt(response: &Response) -> String {
    let received_at = response.json()["received_at"].as_str().unwrap().to_owned();
    let moment = OffsetDateTime::parse(&received_at, &Rfc3339).unwrap();
    assert!((OffsetDateTime::now_utc() - moment).whole_seconds().abs() < 60);
    assert!(received_at.ends_with('Z'));
    response.whole().replace(&received_at, "<received_at>")
}

fn problem(kind: &str, title: &str, status: u16, detail: &str) -> String {
    let body = json!({"type": kind, "title": title, "status": status, "detail": detail});
    // The members in the order in which they are sent.
    let body = format!(
        r#"{{"type":{},"title":{},"status":{},"detail":{}}}"#,
        body["type"], body["title"], body["status"], body["detail"]
    );
    format!("{status}\nconnection: close\ncontent-type: application/problem+json\n\n{body}")
}

fn stored(service: &Service) -> Vec<Vec<u8>> {
    wait_for(async {
        let store = Store::open_for_reading(&service.plan.database, STORE_TIMEOUT).await.unwrap();
        let mut envelopes = Vec::new();
        for entry in store.entries().await.unwrap() {
            envelopes.push(store.envelope(entry.id).await.unwrap().unwrap());
        }
        envelopes
    })
}

#[test]
fn a_request_is_stored_byte_for_byte() {
    let service = Service::start();
    let id = request_id(1);
    let mut envelope = service.plan.clinic.seal(request(id));
    envelope.extend(b"\n \n");
    let response = service.send(&id.to_string(), &envelope);
    let reference = Reference::of(&id);
    let body = format!(r#"{{"reference":"{reference}","received_at":"<received_at>"}}"#);
    assert_eq!(
        receipt(&response),
        format!("201\nconnection: close\ncontent-type: application/json\n\n{body}")
    );
    assert_eq!(stored(&service), [envelope]);
}

#[test]
fn the_same_bytes_again_get_the_same_response() {
    let service = Service::start();
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    let first = service.send(&id.to_string(), &envelope);
    let second = service.send(&id.to_string(), &envelope);
    assert_eq!((first.status, second.status), (201, 200));
    assert_eq!(first.text(), second.text());
    assert_eq!(stored(&service).len(), 1);
}

#[test]
fn other_bytes_under_the_same_id_are_refused() {
    let service = Service::start();
    let id = request_id(1);
    let first = service.plan.clinic.seal(request(id));
    assert_eq!(service.send(&id.to_string(), &first).status, 201);
    let other = service.plan.clinic.seal(request_of(id, "Ann Example", "Evenings, please."));
    assert_eq!(
        service.send(&id.to_string(), &other).whole(),
        problem(
            "urn:problem-type:intake:id-conflict",
            "The id is taken by another request",
            409,
            "A request with this id and other content was stored before. It was not changed."
        )
    );
    assert_eq!(stored(&service), [first]);
}

#[test]
fn of_twenty_equal_requests_at_once_one_is_stored() {
    let service = Service::start();
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    let responses: Vec<Response> = thread::scope(|scope| {
        let senders: Vec<_> =
            (0..20).map(|_| scope.spawn(|| service.send(&id.to_string(), &envelope))).collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    let created = responses.iter().filter(|response| response.status == 201).count();
    let again = responses.iter().filter(|response| response.status == 200).count();
    assert_eq!((created, again), (1, 19));
    assert_eq!(responses.iter().map(Response::text).collect::<HashSet<_>>().len(), 1);
    assert_eq!(stored(&service), [envelope]);
}

#[test]
fn twenty_different_requests_at_once_are_all_stored() {
    let service = Service::start();
    thread::scope(|scope| {
        for nth in 0..20 {
            let service = &service;
            scope.spawn(move || {
                let id = request_id(nth);
                let envelope = service.plan.clinic.seal(request(id));
                assert_eq!(service.send(&id.to_string(), &envelope).status, 201);
            });
        }
    });
    assert_eq!(stored(&service).len(), 20);
}

#[test]
fn the_idempotency_key_must_be_the_id() {
    let service = Service::start();
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    let expected = problem(
        "urn:problem-type:intake:idempotency-key",
        "Idempotency key does not fit",
        400,
        "Send the header Idempotency-Key with the rid of the envelope's protected header.",
    );
    assert_eq!(service.post(&[JOSE], &envelope).whole(), expected);
    assert_eq!(service.send(&request_id(2).to_string(), &envelope).whole(), expected);
    assert_eq!(service.send("first try", &envelope).whole(), expected);
    assert_eq!(stored(&service).len(), 0);
}

#[test]
fn what_is_no_envelope_is_refused() {
    let service = Service::start();
    let id = request_id(1);
    let response = service.send(&id.to_string(), br#"{"name":"Ann Example"}"#);
    assert_eq!(
        response.whole(),
        problem(
            "urn:problem-type:intake:not-an-envelope",
            "Not a sealed request",
            400,
            "The body must be JSON with exactly the members protected, recipients, iv, ciphertext \
             and tag."
        )
    );
    let sealed = String::from_utf8(service.plan.clinic.seal(request(id))).unwrap();
    let weaker = sealed.replace("ECDH-ES+A256KW", "ECDH-ES+A128KW");
    let response = service.send(&id.to_string(), weaker.as_bytes());
    assert_eq!(response.json()["status"], 400);
    assert_eq!(service.send(&id.to_string(), b"").status, 400);
    assert_eq!(stored(&service).len(), 0);
}

#[test]
fn another_content_type_is_refused_and_parameters_are_not() {
    let service = Service::start();
    let id = request_id(1).to_string();
    let envelope = service.plan.clinic.seal(request(request_id(1)));
    let expected = problem(
        "about:blank",
        "Unsupported Media Type",
        415,
        "Send the envelope as application/jose+json.",
    );
    let key = ("Idempotency-Key", id.as_str());
    let json = ("Content-Type", "application/json");
    assert_eq!(service.post(&[json, key], &envelope).whole(), expected);
    assert_eq!(service.post(&[key], &envelope).whole(), expected);
    let with_parameter = ("Content-Type", "Application/JOSE+JSON ; charset=utf-8");
    assert_eq!(service.post(&[with_parameter, key], &envelope).status, 201);
}

#[test]
fn a_request_sealed_for_others_is_refused() {
    let service = Service::start();
    let stranger = Keys::new(service.plan.folder.path(), "stranger");
    let id = request_id(1);
    assert_eq!(
        service.send(&id.to_string(), &stranger.seal(request(id))).whole(),
        problem(
            "urn:problem-type:intake:unknown-recipient",
            "Sealed for an unknown key",
            422,
            "The request is sealed for a key that is not this clinic's. Reload the page and send \
             the request again."
        )
    );
    assert_eq!(stored(&service).len(), 0);
}

#[test]
fn every_key_of_every_file_is_known() {
    let mut plan = Plan::new();
    let recovery = Keys::new(plan.folder.path(), "recovery");
    let set = plan.folder.path().join("set.json");
    let keys = json!({"keys": [plan.clinic.public, recovery.public]});
    std::fs::write(&set, keys.to_string()).unwrap();
    plan.set("keys", set.display().to_string());
    let service = plan.start();
    let id = request_id(1);
    assert_eq!(service.send(&id.to_string(), &recovery.seal(request(id))).status, 201);
}

fn too_large() -> String {
    let detail = "An envelope has at most 65536 bytes.";
    problem("about:blank", "Payload Too Large", 413, detail)
}

#[test]
fn a_body_announced_as_too_long_is_not_read() {
    let service = Service::start();
    let id = request_id(1).to_string();
    let headers = [JOSE, ("Idempotency-Key", &id), ("Content-Length", "65537")];
    // The body is never sent: a response means that nobody waited for it.
    let head = http::head("POST", "/v1/requests", &headers);
    assert_eq!(http::exchange(service.address, head.as_bytes()).whole(), too_large());
}

#[test]
fn a_body_in_chunks_is_read_up_to_the_limit() {
    let service = Service::start();
    let id = request_id(1);
    let key = id.to_string();
    let headers = [JOSE, ("Idempotency-Key", &key), ("Transfer-Encoding", "chunked")];
    let post = |body: &[u8]| {
        let mut bytes = http::head("POST", "/v1/requests", &headers).into_bytes();
        for chunk in body.chunks(1000) {
            bytes.extend(format!("{:x}\r\n", chunk.len()).bytes());
            bytes.extend(chunk);
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"0\r\n\r\n");
        http::exchange(service.address, &bytes)
    };
    assert_eq!(post(&[b' '; 70_000]).whole(), too_large());
    let mut largest = service.plan.clinic.seal(request(id));
    largest.resize(65_536, b' ');
    assert_eq!(post(&largest).status, 201);
}

#[test]
fn a_body_longer_than_announced_is_cut_there() {
    let service = Service::start();
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    let key = id.to_string();
    let headers = [JOSE, ("Idempotency-Key", &key), ("Content-Length", "100")];
    let head = http::head("POST", "/v1/requests", &headers);
    let response = http::exchange(service.address, &[head.as_bytes(), &envelope].concat());
    assert_eq!(response.status, 400);
    assert_eq!(stored(&service).len(), 0);
}

#[test]
fn other_paths_and_methods_are_problems_too() {
    let service = Service::start();
    let nothing = problem("about:blank", "Not Found", 404, "There is nothing at this path.");
    for path in ["/v1", "/v1/", "/v1/nothing", "/v1/requests/", "/v1/requests/1/envelope"] {
        assert_eq!(service.get(path, &[]).whole(), nothing, "{path}");
    }
    let detail = "See the header Allow for the methods of this path.";
    let wrong_method = problem("about:blank", "Method Not Allowed", 405, detail);
    let put = http::head("PUT", "/v1/requests", &[("Content-Length", "0")]);
    let response = http::exchange(service.address, put.as_bytes());
    assert_eq!(response.whole(), wrong_method.replacen('\n', "\nallow: POST\n", 1));
}
