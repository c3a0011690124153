//! Plain HTTP/1.1 over TCP, so that tests can send what no client library would.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

/// Headers that differ from one response to the next, or are the same for all and have a test of their
/// own (`headers.rs`, `inbox.rs`).
const NOT_SHOWN: [&str; 9] = [
    "date",
    "content-length",
    "content-security-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
];

/// A whole response.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Status, headers in alphabetical order and body, as one text to compare. That the length is
    /// announced rightly is checked here.
    pub fn whole(&self) -> String {
        assert_eq!(self.header("content-length"), Some(self.body.len().to_string().as_str()));
        let mut lines: Vec<String> = self
            .headers
            .iter()
            .filter(|(name, _)| !NOT_SHOWN.contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {value}\n"))
            .collect();
        lines.sort();
        format!("{}\n{}\n{}", self.status, lines.concat(), self.text())
    }
}

/// Sends the bytes, and reads the response until the connection ends.
pub fn exchange(address: SocketAddr, request: &[u8]) -> Response {
    let mut stream = TcpStream::connect(address).unwrap();
    // A server that has heard enough may close before all is sent; what it said counts.
    let _ = stream.write_all(request);
    read_response(stream)
}

/// A connection from one of this machine's addresses.
pub fn connect_from(from: Ipv4Addr, address: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from((from, 0)).into()).unwrap();
    socket.connect(&address.into()).unwrap();
    socket.into()
}

/// Reads a response until the connection ends.
pub fn read_response(mut stream: TcpStream) -> Response {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("{error}"),
    }
    parse(&bytes).expect("a response")
}

/// The whole response in the bytes; `None` where there is not all of one.
fn parse(bytes: &[u8]) -> Option<Response> {
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    let head = str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.to_ascii_lowercase(), value.to_owned())
    };
    let headers = lines.map(header).collect();
    Some(Response { status, headers, body: bytes[end + 4..].to_vec() })
}

/// The head of a request that ends the connection after its response.
pub fn head(method: &str, path: &str, headers: &[(&str, &str)]) -> String {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head + "\r\n"
}

pub fn get(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Response {
    exchange(address, head("GET", path, headers).as_bytes())
}

pub fn post(address: SocketAddr, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
    let length = body.len().to_string();
    let mut headers = headers.to_vec();
    headers.push(("Content-Length", &length));
    exchange(address, &[head("POST", path, &headers).as_bytes(), body].concat())
}

/// Posts an envelope to a service that may end meanwhile: the response, if all of it came.
pub fn try_send(address: SocketAddr, request_id: &str, envelope: &[u8]) -> Option<Response> {
    let length = envelope.len().to_string();
    let headers = [
        ("Content-Type", "application/jose+json"),
        ("Idempotency-Key", request_id),
        ("Content-Length", length.as_str()),
    ];
    let mut stream = TcpStream::connect(address).ok()?;
    stream.write_all(head("POST", "/v1/requests", &headers).as_bytes()).ok()?;
    stream.write_all(envelope).ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    let response = parse(&bytes)?;
    let announced: usize = response.header("content-length")?.parse().ok()?;
    (announced == response.body.len()).then_some(response)
}

/// Posts an envelope as the page does.
pub fn send(address: SocketAddr, request_id: &str, envelope: &[u8]) -> Response {
    let headers = [("Content-Type", "application/jose+json"), ("Idempotency-Key", request_id)];
    post(address, "/v1/requests", &headers, envelope)
}

/// Asks, at the listener for operations, until the service can store.
pub fn wait_until_ready(operations: SocketAddr) {
    let limit = Instant::now() + Duration::from_secs(30);
    while get(operations, "/readyz", &[]).status != 200 {
        assert!(Instant::now() < limit, "the service is never ready");
        thread::yield_now();
    }
}
