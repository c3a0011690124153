//! Acknowledged requests outlive the process; accepted ones are finished.

use std::io::Write;
use std::net::TcpStream;

use crate::harness::clinic::{Keys, request, request_id, request_of};
use crate::harness::database;
use crate::harness::http;
use crate::harness::program::{self, Server, texts};

#[test]
fn a_stored_request_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let database = database::fresh(folder.path());
    let id = request_id(1);
    let envelope = clinic.seal(request_of(id, "Ann Survivor", "Still here?"));

    let server = Server::start(&database, &clinic.public_file);
    let first = http::send(server.address, &id.to_string(), &envelope);
    assert_eq!(first.status, 201);
    server.kill();

    let server = Server::start(&database, &clinic.public_file);
    let (database, key) = (database::word(&database), clinic.private_file.display().to_string());
    let opened = program::run(["open", "--database", &database, "--private", &key]);
    let (page, counts) = texts(&opened);
    assert!(page.contains("Ann Survivor") && page.contains("| Still here?"), "{page}");
    assert_eq!(counts, "1 opened, 0 failed, 0 skipped\n");
    let again = http::send(server.address, &id.to_string(), &envelope);
    assert_eq!((again.status, again.text()), (200, first.text()));
}

#[test]
fn a_request_in_flight_is_finished_on_sigterm() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let server = Server::start(&database::fresh(folder.path()), &clinic.public_file);
    let id = request_id(1);
    let (key, envelope) = (id.to_string(), clinic.seal(request(id)));
    let length = envelope.len().to_string();
    let head = http::head(
        "POST",
        "/v1/requests",
        &[
            ("Content-Type", "application/jose+json"),
            ("Idempotency-Key", &key),
            ("Content-Length", &length),
            ("Expect", "100-continue"),
        ],
    );
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    // "100 Continue" says that the service has begun with this request.
    let mut go_on = [0; 25];
    std::io::Read::read_exact(&mut stream, &mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    server.terminate();
    server.line_with("stopping");
    assert!(TcpStream::connect(server.address).is_err(), "nothing more is accepted");
    stream.write_all(&envelope).unwrap();
    assert_eq!(http::read_response(stream).status, 201);
    server.line_with("stopped");
    assert!(server.ended_well());
}

#[test]
fn the_log_tells_no_body_no_id_and_no_made_up_path() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let server = Server::start(&database::fresh(folder.path()), &clinic.public_file);
    let id = request_id(1);
    assert_eq!(http::send(server.address, &id.to_string(), &clinic.seal(request(id))).status, 201);
    let stored = server.line_with("answered");
    assert!(stored.contains("method=POST route=\"/v1/requests\" status=201 "), "{stored}");
    http::get(server.address, "/ann@example.com", &[]);
    let asked = server.line_with("answered");
    assert!(asked.contains("method=GET route=\"site\" status=404 "), "{asked}");
    for line in [stored, asked] {
        assert!(!line.contains(&id.to_string()) && !line.contains("127.0.0.1"), "{line}");
        assert!(!line.contains("ann"), "{line}");
    }
}
