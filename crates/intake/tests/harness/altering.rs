//! A server before the service that alters some of its responses, as whoever holds a server could.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use super::http::{self, Response};

/// A request, as far as it matters to what a file server sends.
pub struct Asked {
    pub path: String,
    pub encoding: String,
    pub user_agent: String,
}

/// Passes requests for files on to a service, and alters each response. Runs until the tests end.
pub fn altering(
    service: SocketAddr,
    alter: impl Fn(&Asked, &mut Response) + Send + 'static,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let Some(asked) = read(&stream) else { continue };
            let mut response =
                http::get(service, &asked.path, &[("Accept-Encoding", &asked.encoding)]);
            alter(&asked, &mut response);
            let _ = stream.write_all(&written(&response));
        }
    });
    address
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let mut asked = Asked { path, encoding: String::new(), user_agent: String::new() };
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ")?;
        match name.to_ascii_lowercase().as_str() {
            "accept-encoding" => asked.encoding = value.to_owned(),
            "user-agent" => asked.user_agent = value.to_owned(),
            _ => {}
        }
    }
    Some(asked)
}

/// The bytes of a response that ends its connection.
fn written(response: &Response) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} .\r\n", response.status);
    for (name, value) in &response.headers {
        if name != "content-length" {
            head += &format!("{name}: {value}\r\n");
        }
    }
    head += &format!("content-length: {}\r\n\r\n", response.body.len());
    [head.as_bytes(), &response.body].concat()
}
