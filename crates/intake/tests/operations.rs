//! The listener for operations, and what the public one does not serve.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::json;

use crate::harness::clinic::{request, request_id};
use crate::harness::http::{self, read_response};
use crate::harness::office::Office;
use crate::harness::program::{Server, end_of, intake, run, texts};
use crate::harness::service::{Plan, Service};

/// A service with the first request, and a token of the staff.
fn with(settings: &[(&str, &str)]) -> (Service, String) {
    let mut plan = Plan::new();
    for (setting, word) in settings {
        plan.set(setting, *word);
    }
    let service = plan.start();
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    assert_eq!(service.send(&id.to_string(), &envelope).status, 201);
    let token = service.token();
    (service, token)
}

/// Asks as the staff's programs do, at any listener: the response without its date.
fn ask(listener: SocketAddr, method: &str, path: &str, token: &str) -> (u16, String) {
    let bearer = format!("Bearer {token}");
    let body =
        if method == "PATCH" { json!({"state": "closed"}).to_string() } else { String::new() };
    let length = body.len().to_string();
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
        ("Content-Length", &length),
    ];
    let head = http::head(method, path, &headers);
    let response = http::exchange(listener, &[head.as_bytes(), body.as_bytes()].concat());
    (response.status, response.whole())
}

#[test]
fn on_the_public_listener_a_token_opens_nothing_and_no_request_is_known_from_another() {
    let (service, token) = with(&[]);
    let [stored, unknown] = [1, 2].map(|nth| format!("/v1/requests/{}", request_id(nth)));
    for (method, path, status) in [
        ("GET", "/v1/requests", 405),
        ("GET", &stored, 404),
        ("PATCH", &stored, 404),
        ("DELETE", &stored, 404),
        ("GET", "/readyz", 404),
        ("GET", "/metrics", 404),
    ] {
        let other = path.replace(&stored, &unknown);
        let told = ask(service.address, method, path, &token);
        assert_eq!(told.0, status, "{method} {path}");
        assert_eq!(told, ask(service.address, method, path, "unknown"), "{method} {path}");
        assert_eq!(told, ask(service.address, method, &other, &token), "{method} {path}");
    }
    let listed = service.ask("GET", "/v1/requests", &token, "").json();
    assert_eq!(listed["requests"][0]["state"], "new", "nothing was changed");
    assert_eq!(service.get("/healthz", &[]).text(), "alive\n");
}

#[test]
fn the_listener_for_operations_takes_no_request_and_serves_no_page() {
    let mut plan = Plan::new();
    let site = plan.folder.path().join("dist");
    std::fs::create_dir(&site).unwrap();
    std::fs::write(site.join("index.html"), "<h1>Guide</h1>").unwrap();
    plan.set("site", site.display().to_string());
    let service = plan.start();
    assert_eq!(service.get("/", &[]).status, 200);
    assert_eq!(service.operate("/").status, 404);
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    let refused = http::send(service.operations, &id.to_string(), &envelope);
    assert_eq!((refused.status, refused.header("allow")), (405, Some("GET,HEAD")));
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(service.operate(path).status, 200, "{path}");
    }
}

/// Whoever floods the guide must not keep the clinic from its requests, nor an alarm from going off.
#[test]
fn a_flood_on_the_public_listener_delays_nothing_of_operations() {
    let (service, token) = with(&[("connections", "3")]);
    // Those in use, both reserves and the queue, and as many again that are closed at once.
    let flood: Vec<_> = (0..2 * (3 + 16 + 16 + 128))
        .map(|_| {
            let mut stream = TcpStream::connect(service.address).unwrap();
            let _ = stream.write_all(b"POST /v1/requests HTTP/1.1\r\n");
            stream
        })
        .collect();
    let mut shut_out = TcpStream::connect(service.address).unwrap();
    let _ = shut_out.write_all(http::head("GET", "/healthz", &[]).as_bytes());
    assert!(!matches!(shut_out.read(&mut [0; 1]), Ok(1..)), "the public listener is full");
    let bearer = format!("Bearer {token}");
    for path in ["/v1/requests", "/readyz", "/metrics", "/healthz"] {
        let mut stream = TcpStream::connect(service.operations).unwrap();
        // Less than the flood waits for.
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let head = http::head("GET", path, &[("Authorization", &bearer)]);
        stream.write_all(head.as_bytes()).unwrap();
        assert_eq!(read_response(stream).status, 200, "{path}");
    }
    drop(flood);
}

/// The other way round too: whoever holds the connections for operations keeps no patient out, and no
/// probe from its response.
#[test]
fn slow_clients_of_operations_keep_neither_patients_nor_probes_waiting() {
    let (service, token) = with(&[("connections", "3")]);
    let slow: Vec<_> = (0..3)
        .map(|_| {
            let mut stream = TcpStream::connect(service.operations).unwrap();
            stream.write_all(b"GET /v1/requests HTTP/1.1\r\n").unwrap();
            stream
        })
        .collect();
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(service.operate(path).status, 200, "{path}");
    }
    let busy = service.ask("GET", "/v1/requests", &token, "");
    assert_eq!((busy.status, busy.header("retry-after")), (503, Some("2")));
    let id = request_id(2);
    let envelope = service.plan.clinic.seal(request(id));
    assert_eq!(service.send(&id.to_string(), &envelope).status, 201);
    drop(slow);
    // As soon as the service has seen that they went away.
    while service.ask("GET", "/v1/requests", &token, "").status == 503 {}
}

#[test]
fn what_the_staff_began_is_finished_when_the_service_stops() {
    let office = Office::new();
    let server = Server::start(&office.database, &office.clinic.public_file);
    let body = json!({"state": "closed"}).to_string();
    let length = body.len().to_string();
    let made = run(["token", "new", "desk", "--database", &office.database()]);
    let bearer = format!("Bearer {}", texts(&made).0.trim());
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
        ("Content-Length", &length),
    ];
    let id = request_id(1);
    let envelope = office.clinic.seal(request(id));
    assert_eq!(http::send(server.address, &id.to_string(), &envelope).status, 201);
    let path = format!("/v1/requests/{id}");
    let mut stream = TcpStream::connect(server.operations).unwrap();
    stream.write_all(http::head("PATCH", &path, &headers).as_bytes()).unwrap();
    let (first, rest) = body.as_bytes().split_at(5);
    stream.write_all(first).unwrap();
    // The connection is known to be served once a later one was.
    assert_eq!(http::get(server.operations, "/healthz", &[]).status, 200);
    server.terminate();
    for _ in ["listen", "operations_listen"] {
        server.line_with("stopping");
    }
    assert!(TcpStream::connect(server.operations).is_err(), "no more are accepted");
    stream.write_all(rest).unwrap();
    assert_eq!(read_response(stream).status, 200);
    assert!(server.ended_well());
    assert!(texts(&office.list()).0.contains(" closed "));
}

/// Runs a check with these addresses: the exit code, and standard error.
fn check(listen: &str, operations: &str) -> (Option<i32>, String) {
    let office = Office::new();
    let key = office.clinic.public_file.display().to_string();
    let flags = ["check", "--keys", &key, "--listen", listen, "--operations-listen", operations];
    let checked = intake(flags).current_dir(&office.folder).output().unwrap();
    (checked.status.code(), texts(&checked).1)
}

#[test]
fn an_address_that_the_internet_may_reach_is_warned_of() {
    for fine in ["127.0.0.1:8090", "[::1]:8090", "10.1.2.3:8090", "[fd00::1]:80"] {
        let (code, told) = check("127.0.0.1:8080", fine);
        assert!(code == Some(0) && !told.contains("operations_listen"), "{fine}: {told}");
    }
    for open in ["0.0.0.0:8090", "[::]:8090", "203.0.113.7:8090", "[2001:db8::1]:80"] {
        let (code, told) = check("127.0.0.1:8080", open);
        assert_eq!(code, Some(0), "{told}");
        assert!(told.contains(&format!("warning: operations_listen {open} ")), "{told}");
    }
    // The start warns too, before it listens; this machine has no such address.
    let office = Office::new();
    let mut args = Server::args(&office.database, &office.clinic.public_file);
    let given = args.iter().position(|it| it == "--operations-listen").unwrap();
    args[given + 1] = "203.0.113.7:0".to_owned();
    let (code, told) = end_of(args).expect("it does not serve");
    assert_eq!(code, Some(1));
    assert!(
        told.contains("WARN") && told.contains("operations_listen 203.0.113.7:0 is on"),
        "{told}"
    );
    assert!(told.contains("intake: operations_listen 203.0.113.7:0: Cannot assign"), "{told}");
}

#[test]
fn one_port_for_both_listeners_is_a_mistake() {
    for (listen, operations) in [
        ("127.0.0.1:8080", "127.0.0.1:8080"),
        ("0.0.0.0:8090", "127.0.0.1:8090"),
        ("127.0.0.1:8090", "[::]:8090"),
    ] {
        let (code, told) = check(listen, operations);
        assert_eq!(code, Some(1), "{told}");
        let reason = format!("--operations-listen: {operations} is taken by listen; give another");
        assert!(told.contains(&reason), "{told}");
    }
    for (listen, operations) in
        [("127.0.0.1:8080", "127.0.0.2:8080"), ("127.0.0.1:0", "127.0.0.1:0")]
    {
        assert_eq!(check(listen, operations).0, Some(0), "{listen} {operations}");
    }
}
