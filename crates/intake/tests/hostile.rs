//! Requests that no browser sends. Each gets the right status or a closed connection, and the
//! service goes on.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::harness::clinic::{request, request_id};
use crate::harness::http::{self, Response};
use crate::harness::service::{Plan, Service};

/// Everything that is answered until the connection ends, or to nothing more within a second.
fn all_of(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let _ = stream.write_all(bytes);
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response);
    String::from_utf8_lossy(&response).into_owned()
}

fn status(response: &str) -> &str {
    response.split(' ').nth(1).unwrap_or("none")
}

fn is_well(service: &Service) {
    assert_eq!(service.get("/healthz", &[]).status, 200);
    assert_eq!(service.operate("/readyz").status, 200);
}

#[test]
fn huge_heads_are_refused() {
    let service = Service::start();
    let long = "x".repeat(100_000);
    let many: String = (0..2_000).map(|nth| format!("X-{nth}: 1\r\n")).collect();
    for head in [
        format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: {long}\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"),
        format!("GET /healthz HTTP/1.1\r\n{long}"),
    ] {
        let response = all_of(service.address, head.as_bytes());
        assert!(matches!(status(&response), "431" | "414" | "none"), "{response}");
    }
    is_well(&service);
}

#[test]
fn what_is_no_http_is_refused() {
    let service = Service::start();
    for bytes in [
        &b"\0\0\0\0"[..],
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET  / HTTP/1.1\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /v1/requests HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/requests HTTP/1.1\r\nHost: a\r\nContent-Length: 1x\r\n\r\n",
        b"POST /v1/requests HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST /v1/requests HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST /v1/requests HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
    ] {
        let response = all_of(service.address, bytes);
        let shown = String::from_utf8_lossy(bytes);
        assert!(matches!(status(&response), "400" | "none"), "{shown:?}: {response}");
    }
    is_well(&service);
}

#[test]
fn no_second_request_is_smuggled_in_a_body() {
    let service = Service::start();
    let hidden = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    for (framing, body) in [
        ("Content-Length: 6\r\nTransfer-Encoding: chunked", format!("0\r\n\r\n{hidden}")),
        ("Transfer-Encoding: chunked\r\nContent-Length: 6", format!("0\r\n\r\n{hidden}")),
        ("Transfer-Encoding: chunked, identity", format!("0\r\n\r\n{hidden}")),
        ("Transfer-Encoding: x\r\nContent-Length: 5", format!("0\r\n\r\n{hidden}")),
    ] {
        let head = "POST /v1/requests HTTP/1.1\r\nHost: a\r\nContent-Type: application/jose+json";
        let response =
            all_of(service.address, format!("{head}\r\n{framing}\r\n\r\n{body}").as_bytes());
        assert!(!response.contains("alive"), "{framing}: {response}");
    }
    is_well(&service);
}

fn post(service: &Service, headers: &[(&str, &str)], body: &[u8]) -> Response {
    let key = request_id(1).to_string();
    let usual = [("Content-Type", "application/jose+json"), ("Idempotency-Key", key.as_str())];
    service.post(&[&usual, headers].concat(), body)
}

#[test]
fn deep_long_or_broken_json_is_no_envelope() {
    let service = Service::start();
    let sealed = service.plan.clinic.seal(request(request_id(1)));
    let text = String::from_utf8(sealed.clone()).unwrap();
    let deep = text.replace(r#""tag""#, &format!(r#""x":{},"tag""#, "[".repeat(30_000)));
    let many = format!(r#"{{"recipients":[{}]}}"#, vec!["{}"; 20_000].join(","));
    for body in [
        "[".repeat(65_536).into_bytes(),
        format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000)).into_bytes(),
        deep.into_bytes(),
        many.into_bytes(),
        text.replace("\"tag\"", "\"tag\":\"a\",\"tag\"").into_bytes(),
        sealed.iter().map(|byte| byte ^ 0x80).collect(),
        [&sealed[..40], b"\xff\xfe", &sealed[40..]].concat(),
        [b"\xef\xbb\xbf", &*sealed].concat(),
        b"9".repeat(60_000),
        b"\"".repeat(60_000),
        b"\0".repeat(100),
    ] {
        let response = post(&service, &[], &body);
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_eq!(
            (response.status, response.json()["status"].as_u64()),
            (400, Some(400)),
            "{shown}"
        );
    }
    assert_eq!(post(&service, &[], &sealed).status, 201);
    is_well(&service);
}

#[test]
fn headers_that_are_no_text_are_as_none() {
    let service = Service::start();
    let sealed = service.plan.clinic.seal(request(request_id(1)));
    for (name, status) in [
        ("Content-Type", 415),
        ("Idempotency-Key", 400),
        ("Origin", 403),
        ("Proof-Of-Work", 201),
        ("X-Forwarded-For", 200),
        ("Authorization", 200),
    ] {
        let key = request_id(1).to_string();
        let mut head =
            b"POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".to_vec();
        for (usual, value) in
            [("Content-Type", "application/jose+json"), ("Idempotency-Key", key.as_str())]
        {
            if usual != name {
                head.extend(format!("{usual}: {value}\r\n").bytes());
            }
        }
        head.extend(format!("Content-Length: {}\r\n{name}: ", sealed.len()).bytes());
        head.extend(b"\xff\xc3\x28\r\n\r\n");
        let response = http::exchange(service.address, &[&head[..], &sealed].concat());
        assert_eq!(response.status, status, "{name}");
    }
    let response = all_of(
        service.operations,
        b"GET /v1/requests HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \xff\r\n\r\n",
    );
    assert_eq!(status(&response), "401");
    is_well(&service);
}

#[test]
fn a_host_that_is_made_up_comes_back_nowhere() {
    let mut plan = Plan::new();
    let site = plan.folder.path().join("dist");
    std::fs::create_dir_all(site.join("articles")).unwrap();
    std::fs::write(site.join("index.html"), "<h1>Guide</h1>").unwrap();
    plan.set("site", site.display().to_string());
    let service = plan.start();
    for target in ["/", "/articles", "http://evil.example/articles", "/v1/requests", "*"] {
        for host in [
            "Host: evil.example",
            "Host: a\r\nHost: evil.example",
            "X-Forwarded-Host: evil.example",
        ] {
            let head = format!("GET {target} HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n");
            let response = all_of(service.address, head.as_bytes());
            assert!(!response.contains("evil.example"), "{target} {host}: {response}");
            assert!(!response.starts_with("HTTP/1.1 5"), "{target} {host}: {response}");
        }
    }
    is_well(&service);
}

#[test]
fn a_hundred_clients_that_say_nothing_hinder_nobody() {
    let service = Service::start();
    let silent: Vec<_> = (0..100).map(|_| TcpStream::connect(service.address).unwrap()).collect();
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    assert_eq!(service.send(&id.to_string(), &envelope).status, 201);
    drop(silent);
    is_well(&service);
}
