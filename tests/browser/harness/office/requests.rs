//! Requests of patients, sealed by Web Crypto and posted to the service. Their values are made up: the numbers
//! are reserved for fiction.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use guide_core::request::form::{ContactBy, Details};
use guide_core::request::payload::{
    AppointmentRequest, Circumstances, Included, Patient, Preferred,
};
use guide_core::request::reference::Reference;
use serde_json::{Value, json};
use uuid::{Builder, Uuid};

use super::Office;
use crate::harness::clinic::root;

/// A payload, about to be sealed.
pub struct Payload {
    /// The id outside.
    pub id: Uuid,
    /// The text inside.
    pub text: String,
    /// The public keys that it is sealed for. Their `kid` is written as it stands.
    pub keys: Vec<Value>,
}

impl Payload {
    /// A request, for these keys.
    pub fn of(request: AppointmentRequest, keys: Vec<Value>) -> Self {
        let id = request.request_id;
        let text = request.to_padded_json().expect("JSON");
        Self { id, text: String::from_utf8(text).expect("UTF-8"), keys }
    }
}

/// The reference of a request.
pub fn reference(request: &AppointmentRequest) -> String {
    Reference::of(&request.request_id).to_string()
}

impl Office {
    /// A request of a patient who wants to be called.
    pub fn request(&mut self, name: &str) -> AppointmentRequest {
        let patient = Patient {
            name: name.to_owned(),
            filled_in_by: None,
            phone: Some("972 555 0100".to_owned()),
            email: Some("patient@example.org".to_owned()),
            contact_by: ContactBy::Call,
            message_ok: true,
            date_of_birth: None,
            returning: None,
            needs: None,
        };
        let preferred = Preferred {
            location: "allen".to_owned(),
            earliest: None,
            days: Vec::new(),
            times: Vec::new(),
            call_times: Vec::new(),
        };
        let details = Details { patient, preferred, coverage: None, message: None };
        let circumstances = Circumstances {
            request_id: self.new_id(),
            created_at: "2026-11-02T15:04:05Z".to_owned(),
            language: "en".to_owned(),
            consent_version: "2026-11".to_owned(),
        };
        AppointmentRequest::new(details, Included::default(), circumstances)
    }

    /// A new id of a request.
    pub fn new_id(&mut self) -> Uuid {
        Builder::from_random_bytes(self.random.u128(..).to_be_bytes()).into_uuid()
    }

    /// Seals requests for the clinic, and posts them in this order.
    pub fn receives(&self, requests: impl IntoIterator<Item = AppointmentRequest>) {
        let key = self.public_key("clinic");
        let payload = |request| Payload::of(request, vec![key.clone()]);
        let payloads: Vec<Payload> = requests.into_iter().map(payload).collect();
        for (payload, envelope) in payloads.iter().zip(seal(&payloads)) {
            self.posts(payload.id, &envelope);
        }
    }

    /// Seals a request for these keys, and posts it.
    pub fn receives_for(&self, request: AppointmentRequest, keys: Vec<Value>) {
        let payload = [Payload::of(request, keys)];
        self.posts(payload[0].id, &seal(&payload)[0]);
    }

    /// Posts a sealed request, which the service stores.
    pub fn posts(&self, id: Uuid, envelope: &Value) {
        let body = envelope.to_string();
        let head = format!(
            "POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/jose+json\r\nIdempotency-Key: {id}\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        let mut stream = TcpStream::connect(("127.0.0.1", self.public_port())).expect("it listens");
        stream.write_all(head.as_bytes()).expect("it is sent");
        stream.write_all(body.as_bytes()).expect("it is sent");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("a response");
        assert!(response.starts_with("HTTP/1.1 201 "), "{response}");
    }

    /// Puts the arrival of a request so many seconds back, as if it had come then.
    pub fn dates_back(&self, request: &AppointmentRequest, seconds: u64) {
        self.sql(&format!(
            "UPDATE requests SET received_at = received_at - {seconds} WHERE id = '{}'",
            request.request_id
        ));
    }
}

/// Seals payloads.
pub fn seal(payloads: &[Payload]) -> Vec<Value> {
    let wanted = payloads.iter().map(
        |Payload { id, text, keys }| json!({ "id": id.to_string(), "payload": text, "keys": keys }),
    );
    let mut node = Command::new("node")
        .arg(root().join("tests/jose/seal.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts; it is needed to build the guide too");
    let list = Value::Array(wanted.collect()).to_string();
    // Closed when it is dropped, so that the reader comes to an end.
    let mut input = node.stdin.take().expect("its input");
    input.write_all(list.as_bytes()).expect("it reads");
    drop(input);
    let output = node.wait_with_output().expect("it ends");
    assert!(output.status.success(), "the payloads could not be sealed");
    serde_json::from_slice(&output.stdout).expect("envelopes")
}
