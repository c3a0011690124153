//! The line between a browser and the clinic: an HTTP proxy that can drop a request, can respond in
//! the clinic's place, and records everything that went over it.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// The outcome of a POST request. Every other request passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It reaches the clinic, and the response comes back.
    Passes,
    /// The line is cut before it reaches the clinic.
    LostBefore,
    /// The line is cut after the clinic responded, before the response comes back.
    LostAfter,
    /// It never reaches the clinic, and no response ever comes.
    Hangs,
    /// Somebody in between responds: status, further headers, body.
    Responded(u16, String, String),
    /// It never reaches the clinic; somebody in between responds with this status after
    /// [`Line::release`].
    Held(u16),
}

impl Fate {
    /// A response with this status.
    pub fn status(status: u16) -> Self {
        Self::Responded(status, String::new(), String::new())
    }

    /// A response with this status that asks to wait.
    pub fn later(status: u16, seconds: u32) -> Self {
        Self::Responded(status, format!("Retry-After: {seconds}\r\n"), String::new())
    }
}

/// Everything that went over a line, and what becomes of the next requests.
#[derive(Default)]
struct Seen {
    fates: Vec<Fate>,
    /// Once the fates are used up.
    from_then_on: Option<Fate>,
    requests: Vec<Vec<u8>>,
    /// Of all responses that passed, with their headers.
    bytes: usize,
    released: Arc<Notify>,
}

/// A proxy to the clinic's port. Ends with the value.
pub struct Line {
    port: u16,
    seen: Arc<Mutex<Seen>>,
    listener: JoinHandle<()>,
}

impl Line {
    /// Starts a line over which everything passes.
    pub async fn to(clinic: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("an address").port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = seen.clone();
        let listener = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                let seen = shared.clone();
                // An early end reaches the browser too, as it should here.
                tokio::spawn(async move { carry(browser, clinic, &seen).await.ok() });
            }
        });
        Self { port, seen, listener }
    }

    /// The address of a path, over this line.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Sets the fates of the next POST requests, in order; after them requests pass.
    pub fn expect(&self, fates: &[Fate]) {
        let mut seen = self.seen();
        seen.fates = fates.to_vec();
        seen.from_then_on = None;
    }

    /// Sets the fate of every POST request from now on.
    pub fn always(&self, fate: Fate) {
        let mut seen = self.seen();
        seen.fates.clear();
        seen.from_then_on = Some(fate);
    }

    /// Lets the response go that is held, or the next one.
    pub fn release(&self) {
        self.seen().released.notify_one();
    }

    /// Every POST request: head and body.
    pub fn posted(&self) -> Vec<String> {
        let posts = |request: &&String| request.starts_with("POST ");
        self.requests().iter().filter(posts).cloned().collect()
    }

    /// Every request that a browser made.
    pub fn requests(&self) -> Vec<String> {
        self.seen().requests.iter().map(|it| String::from_utf8_lossy(it).into_owned()).collect()
    }

    /// The bytes of all responses that passed, with their headers.
    pub fn bytes(&self) -> usize {
        self.seen().bytes
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

/// Carries one request and its response.
async fn carry(mut browser: TcpStream, clinic: u16, seen: &Mutex<Seen>) -> io::Result<()> {
    let request = read(&mut browser).await?;
    let fate = {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.requests.push(request.clone());
        if !request.starts_with(b"POST ") {
            Fate::Passes
        } else if seen.fates.is_empty() {
            seen.from_then_on.clone().unwrap_or(Fate::Passes)
        } else {
            seen.fates.remove(0)
        }
    };
    match fate {
        Fate::Passes => {
            let response = ask(clinic, &request).await?;
            seen.lock().unwrap_or_else(PoisonError::into_inner).bytes += response.len();
            browser.write_all(&response).await?;
            browser.shutdown().await
        }
        Fate::LostBefore => Ok(()),
        Fate::LostAfter => ask(clinic, &request).await.map(drop),
        // Until the browser gives up.
        Fate::Hangs => browser.read(&mut [0]).await.map(drop),
        Fate::Held(status) => {
            let released = seen.lock().unwrap_or_else(PoisonError::into_inner).released.clone();
            released.notified().await;
            respond(&mut browser, status, "", "").await
        }
        Fate::Responded(status, headers, body) => {
            respond(&mut browser, status, &headers, &body).await
        }
    }
}

async fn respond(
    browser: &mut TcpStream,
    status: u16,
    headers: &str,
    body: &str,
) -> io::Result<()> {
    let length = body.len();
    let response = format!(
        "HTTP/1.1 {status} Status\r\nContent-Length: {length}\r\n\
         Connection: close\r\n{headers}\r\n{body}"
    );
    browser.write_all(response.as_bytes()).await?;
    browser.shutdown().await
}

/// A request with its whole body.
async fn read(browser: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut request = Vec::new();
    loop {
        if let Some(end) = request.windows(4).position(|it| it == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.map_or(0, |it| it.trim().parse().unwrap_or(0));
            if request.len() >= end + 4 + length {
                return Ok(request);
            }
        }
        if browser.read_buf(&mut request).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// Returns the clinic's response, up to its end.
async fn ask(clinic: u16, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(("127.0.0.1", clinic)).await?;
    // One request a connection: its end is the response's end.
    let request = replace_connection(request);
    stream.write_all(&request).await?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await?;
    Ok(response)
}

fn replace_connection(request: &[u8]) -> Vec<u8> {
    let kept = b"Connection: keep-alive";
    match request.windows(kept.len()).position(|it| it == kept) {
        Some(at) => [&request[..at], b"Connection: close", &request[at + kept.len()..]].concat(),
        None => request.to_vec(),
    }
}
