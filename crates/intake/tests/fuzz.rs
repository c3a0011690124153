//! Arbitrary bytes, and almost right ones, into everything that reads what strangers send. Briefly
//! here; `make fuzz` runs the same for as long as one likes.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::OnceLock;
use std::time::Duration;

use guide_core::request::envelope::Envelope;
use guide_core::request::payload::AppointmentRequest;
use intake::keys::PrivateKey;
use intake::open::{open, unseal};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::http;
use crate::harness::service::Service;

/// A change at some place: so many bytes out, others in.
#[derive(Clone, Debug)]
struct Edit {
    at: Index,
    out: usize,
    with: Vec<u8>,
}

fn edit() -> impl Strategy<Value = Edit> {
    let pieces = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..6),
        // The words that parsers look for.
        proptest::sample::select(vec!["{", "}", "[", "]", "\"", ",", ":", "null", "-1", "1e999"])
            .prop_map(|piece| piece.as_bytes().to_vec()),
        proptest::sample::select(vec!["\\u0000", "\\ud800", "\u{0}", "\u{feff}", "=", "A", "_"])
            .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    (any::<Index>(), 0..8_usize, pieces).prop_map(|(at, out, with)| Edit { at, out, with })
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    proptest::collection::vec(edit(), 1..5)
}

fn apply(edits: &[Edit], original: &[u8]) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for Edit { at, out, with } in edits {
        let at = at.index(bytes.len() + 1);
        let end = (at + out).min(bytes.len());
        bytes.splice(at..end, with.iter().copied());
    }
    bytes
}

/// A sealed request, what is in it, and who can open it.
fn sample() -> &'static (Vec<u8>, Vec<u8>, PrivateKey) {
    static SAMPLE: OnceLock<(Vec<u8>, Vec<u8>, PrivateKey)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let clinic = Keys::new(folder.path(), "clinic");
        let payload = request(request_id(1)).to_padded_json().unwrap();
        (clinic.seal(request(request_id(1))), payload, clinic.private())
    })
}

proptest! {
    #[test]
    fn an_envelope_is_read_or_refused(edits in edits()) {
        let bytes = apply(&edits, &sample().0);
        if let Ok((envelope, header)) = Envelope::parse(&bytes) {
            // A parsed value can be written and parsed again.
            let json = envelope.to_json().unwrap();
            prop_assert_eq!(Envelope::parse(json.as_bytes()), Ok((envelope, header)));
        }
    }

    #[test]
    fn an_envelope_is_opened_whole_or_not(edits in edits()) {
        let (sealed, payload, key) = sample();
        if let Ok(unsealed) = unseal(&apply(&edits, sealed), &[], std::slice::from_ref(key)) {
            prop_assert_eq!(&unsealed.payload, payload);
            prop_assert_eq!(unsealed.request_id, request_id(1));
        }
    }

    #[test]
    fn a_payload_is_read_or_refused(edits in edits()) {
        let (_, payload, key) = sample();
        // Without most of the padding, in which edits would change nothing.
        let json = String::from_utf8(payload.clone()).unwrap();
        let (meaning, _) = json.rsplit_once(r#""pad":""#).unwrap();
        let bytes = apply(&edits, format!(r#"{meaning}"pad":"  "}}"#).as_bytes());
        if let Ok(request) = AppointmentRequest::from_json(&bytes) {
            let again = request.to_padded_json().unwrap();
            prop_assert_eq!(again.len() % 1024, 0);
            prop_assert!(AppointmentRequest::from_json(&again).is_ok());
        }
        let _ = open(&bytes, &[], None, std::slice::from_ref(key));
    }

    #[test]
    fn arbitrary_bytes_are_neither(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(Envelope::parse(&bytes).is_err());
        prop_assert!(AppointmentRequest::from_json(&bytes).is_err());
        prop_assert!(unseal(&bytes, &[], std::slice::from_ref(&sample().2)).is_err());
    }

    #[test]
    fn a_request_over_the_wire_never_ends_the_service(edits in edits()) {
        static SERVICE: OnceLock<Service> = OnceLock::new();
        let service = SERVICE.get_or_init(Service::start);
        let (sealed, _, _) = sample();
        let key = request_id(1).to_string();
        let length = sealed.len().to_string();
        let headers = [
            ("Content-Type", "application/jose+json"),
            ("Idempotency-Key", key.as_str()),
            ("Content-Length", length.as_str()),
        ];
        let head = http::head("POST", "/v1/requests", &headers);
        let mut stream = TcpStream::connect(service.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let _ = stream.write_all(&[&apply(&edits, head.as_bytes()), &sealed[..]].concat());
        // Nothing more comes: what is not whole now never will be.
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        prop_assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
        prop_assert_eq!(service.get("/healthz", &[]).status, 200);
    }
}
