//! The line between a browser and the clinic: an HTTP proxy that can drop a request, can respond in
//! the clinic's place, can be cut, can begin pages with a script, and records everything that went over it.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use base64ct::{Base64, Encoding as _};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::wait::free_port;

/// The outcome of a request: of a POST request, or of a GET request that [`Line::serves`] names. Every other one
/// passes.
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
    /// It passes; of the response the head and half of the body come back before the line is cut.
    CutInHalf,
    /// It passes; of the page no more comes back than up to this text, before [`Line::release`].
    PausesAfter(&'static str),
    /// It passes; the response has this Content-Security-Policy in place of its own.
    UnderPolicy(String),
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
    /// What becomes of GET requests for paths that contain a text.
    gets: Vec<(String, Fate)>,
    requests: Vec<Vec<u8>>,
    /// Of all responses that passed, with their headers.
    bytes: usize,
    released: Arc<Notify>,
    /// Stands first in every page.
    first: Option<String>,
}

impl Seen {
    fn fate_of_get(&self, request: &[u8]) -> Fate {
        let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let line = String::from_utf8_lossy(line);
        let path = line.split(' ').nth(1).unwrap_or_default();
        let set = self.gets.iter().find(|(part, _)| path.contains(&**part));
        set.map_or(Fate::Passes, |(_, fate)| fate.clone())
    }
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
        let port = free_port();
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("it is free");
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

    /// From now on has every page call a function before its own scripts. The policy that the clinic sends with the
    /// page allows it by its hash; the one in the page begins after it.
    pub fn calls_first(&self, function: &str, arguments: &Value) {
        self.seen().first = Some(format!("({function}\n).apply(null, {arguments})"));
    }

    /// Sets the fate of every GET request for a path that contains this text; the last one set holds.
    pub fn serves(&self, path: &str, fate: Fate) {
        self.seen().gets.insert(0, (path.to_owned(), fate));
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
    let (fate, first) = {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.requests.push(request.clone());
        let fate = if !request.starts_with(b"POST ") {
            seen.fate_of_get(&request)
        } else if seen.fates.is_empty() {
            seen.from_then_on.clone().unwrap_or(Fate::Passes)
        } else {
            seen.fates.remove(0)
        };
        (fate, seen.first.clone())
    };
    match fate {
        Fate::Passes => {
            let response = match first {
                None => ask(clinic, &request).await?,
                Some(script) => {
                    // Neither compressed nor kept from before: the policy of what was kept would be another.
                    let plain = ["accept-encoding:", "if-modified-since:", "if-none-match:"];
                    let whole = |request: Vec<u8>, name| with_header(&request, name, None);
                    begin_with(
                        &script,
                        &ask(clinic, &plain.into_iter().fold(request, whole)).await?,
                    )
                }
            };
            seen.lock().unwrap_or_else(PoisonError::into_inner).bytes += response.len();
            browser.write_all(&response).await?;
            browser.shutdown().await
        }
        Fate::CutInHalf => {
            let response = ask(clinic, &request).await?;
            let head = response.windows(4).position(|it| it == b"\r\n\r\n").unwrap_or(0);
            browser.write_all(&response[..head.midpoint(response.len())]).await?;
            browser.shutdown().await
        }
        Fate::PausesAfter(text) => {
            let response = ask(clinic, &with_header(&request, "accept-encoding:", None)).await?;
            let response = match first {
                Some(script) => begin_with(&script, &response),
                None => response,
            };
            let place = response.windows(text.len()).position(|it| it == text.as_bytes());
            let (first, rest) = response.split_at(place.expect("the text") + text.len());
            browser.write_all(first).await?;
            let released = seen.lock().unwrap_or_else(PoisonError::into_inner).released.clone();
            released.notified().await;
            browser.write_all(rest).await?;
            browser.shutdown().await
        }
        Fate::UnderPolicy(policy) => {
            let response = ask(clinic, &request).await?;
            browser.write_all(&under_policy(&response, &policy)).await?;
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

/// The same response with another Content-Security-Policy.
fn under_policy(response: &[u8], policy: &str) -> Vec<u8> {
    let name = b"\r\ncontent-security-policy: ";
    let begin = response.windows(name.len()).position(|it| it.eq_ignore_ascii_case(name));
    let (head, own) = response.split_at(begin.expect("a policy") + name.len());
    let end = own.iter().position(|byte| *byte == b'\r').expect("a line");
    [head, policy.as_bytes(), &own[end..]].concat()
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
    let request = with_header(request, "connection:", Some("Connection: close"));
    stream.write_all(&request).await?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await?;
    Ok(response)
}

/// The request with this line in place of the one that begins so (in lower case), or without it.
fn with_header(request: &[u8], name: &str, line: Option<&str>) -> Vec<u8> {
    let end = request.windows(4).position(|it| it == b"\r\n\r\n").unwrap_or(request.len());
    let (head, rest) = request.split_at(end);
    let head = String::from_utf8_lossy(head);
    let kept = head.split("\r\n").filter(|it| !it.to_ascii_lowercase().starts_with(name));
    let head: Vec<&str> = kept.chain(line).collect();
    [head.join("\r\n").as_bytes(), rest].concat()
}

/// The response, in which a page begins with a script; others stay as they are.
fn begin_with(script: &str, response: &[u8]) -> Vec<u8> {
    // What comes first in a head; pages of the inbox have no tag of it.
    const FIRST: &str = "<meta ";
    let text = String::from_utf8_lossy(response);
    let Some((head, page)) = text.split_once("\r\n\r\n") else { return response.to_vec() };
    let is_page = head.to_ascii_lowercase().contains("content-type: text/html");
    let Some(at) = page.find(FIRST).filter(|_| is_page) else { return response.to_vec() };
    let (before, after) = page.split_at(at);
    let page = format!("{before}<script>{script}</script>{after}");
    let allowed = format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(script)));
    let head: String = head
        .split("\r\n")
        .filter(|line| !line.to_ascii_lowercase().starts_with("content-length:"))
        .map(|line| line.replacen("script-src ", &format!("script-src {allowed} "), 1) + "\r\n")
        .collect();
    format!("{head}Content-Length: {}\r\n\r\n{page}", page.len()).into_bytes()
}
