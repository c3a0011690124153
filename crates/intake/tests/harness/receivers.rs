//! A real mail server and a real receiver of webhooks.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::tools;

/// Longer than anything here takes; only a test that fails waits so long.
const LIMIT: Duration = Duration::from_secs(60);
/// 32 bytes, for tests alone.
pub const KEY: &str = "whsec_dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdA==";

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A mail server; it ends when this is dropped.
pub struct Sink {
    child: Child,
    pub port: u16,
    messages: Receiver<String>,
}

impl Sink {
    /// On this port, 0 for any free one.
    pub fn start(port: u16, login: &[&str]) -> Self {
        let mut child = Command::new(tools().join("venv/bin/python"))
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp_sink.py"))
            .arg(port.to_string())
            .args(login)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`make test` installs aiosmtpd");
        let (send, messages) = channel();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| send.send(line)));
        let ready = messages.recv_timeout(LIMIT).unwrap();
        let port = ready.strip_prefix("ready ").unwrap().parse().unwrap();
        Self { child, port, messages }
    }

    pub fn message(&self) -> Value {
        serde_json::from_str(&self.messages.recv_timeout(LIMIT).unwrap()).unwrap()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A receiver of webhooks, which responds with these statuses, one after the other.
pub struct Hooks {
    pub port: u16,
    requests: Receiver<(HeaderMap, String)>,
}

impl Hooks {
    pub fn start(statuses: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (send, requests) = channel();
        thread::spawn(move || {
            for status in statuses {
                let mut stream = BufReader::new(listener.accept().unwrap().0);
                let mut headers = HeaderMap::new();
                let mut line = String::new();
                stream.read_line(&mut line).unwrap();
                assert_eq!(line, "POST /intake HTTP/1.1\r\n");
                loop {
                    line.clear();
                    stream.read_line(&mut line).unwrap();
                    let Some((name, value)) = line.trim_end().split_once(": ") else { break };
                    let value = HeaderValue::from_str(value).unwrap();
                    headers.insert(name.parse::<HeaderName>().unwrap(), value);
                }
                let length = headers["content-length"].to_str().unwrap().parse().unwrap();
                let mut body = vec![0; length];
                stream.read_exact(&mut body).unwrap();
                let response =
                    format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                stream.get_mut().write_all(response.as_bytes()).unwrap();
                send.send((headers, String::from_utf8(body).unwrap())).unwrap();
            }
        });
        Self { port, requests }
    }

    /// The next request, its signature verified by another implementation.
    pub fn request(&self) -> (HeaderMap, String) {
        let (headers, body) = self.requests.recv_timeout(LIMIT).unwrap();
        let verifier = standardwebhooks::Webhook::new(KEY).unwrap();
        verifier.verify(body.as_bytes(), &headers).unwrap();
        assert!(verifier.verify(format!("{body} ").as_bytes(), &headers).is_err());
        (headers, body)
    }
}
