//! Fetches files of a site as a visitor's browser does.

use std::error::Error;
use std::io::{self, Read};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, HeaderValue, USER_AGENT};
use axum::http::{Request, StatusCode};
use brotli::Decompressor;
use flate2::read::MultiGzDecoder;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::time::timeout;
use url::Url;

/// The longest that a file may take: 2 MB by a line of 1 Mbit/s, twice.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// The most bytes of a file, sent or decoded (32 MiB): far more than any page or picture has, and no more than
/// fits into memory.
const MAX_BYTES: usize = 32 << 20;
/// Bytes that the decoder of Brotli reads at a time.
const BUFFER: usize = 4096;

/// A client that follows no redirect and keeps nothing.
#[derive(Debug)]
pub struct Visitor {
    user_agent: HeaderValue,
    client: Client<HttpsConnector<HttpConnector>, Empty<Bytes>>,
}

/// Why there is no visitor.
#[derive(Debug, thiserror::Error)]
pub enum VisitorError {
    /// This machine has no list of certificate authorities.
    #[error("no list of certificate authorities: {0}")]
    Authorities(io::Error),
}

/// A response, its body decoded.
pub(super) struct Fetched {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// `None` for a body that no browser could decode either.
    pub body: Option<Vec<u8>>,
}

/// Why no response came.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("{0}")]
    Request(#[from] axum::http::Error),
    /// The innermost cause says more than the client's own message.
    #[error("{}", innermost(.0))]
    Http(#[from] hyper_util::client::legacy::Error),
    #[error("{0}")]
    Body(Box<dyn Error + Send + Sync>),
    #[error("not within {} seconds", TIME_LIMIT.as_secs())]
    TimeLimit,
}

impl Visitor {
    /// A visitor that calls itself so.
    ///
    /// # Errors
    /// An error if this machine has no list of certificate authorities.
    pub fn new(user_agent: HeaderValue) -> Result<Self, VisitorError> {
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(VisitorError::Authorities)?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self { user_agent, client: Client::builder(TokioExecutor::new()).build(connector) })
    }

    /// Fetches a file in an encoding.
    pub(super) async fn fetch(&self, address: &Url, encoding: &str) -> Result<Fetched, Failure> {
        timeout(TIME_LIMIT, self.fetch_in_time(address, encoding))
            .await
            .map_err(|_| Failure::TimeLimit)?
    }

    async fn fetch_in_time(&self, address: &Url, encoding: &str) -> Result<Fetched, Failure> {
        let request = Request::get(address.as_str())
            .header(USER_AGENT, &self.user_agent)
            .header(ACCEPT_ENCODING, encoding)
            .body(Empty::new())?;
        let (head, body) = self.client.request(request).await?.into_parts();
        let body = Limited::new(body, MAX_BYTES).collect().await.map_err(Failure::Body)?;
        let body = decode(head.headers.get(CONTENT_ENCODING), &body.to_bytes());
        Ok(Fetched { status: head.status, headers: head.headers, body })
    }
}

/// The content of a body in this encoding.
fn decode(encoding: Option<&HeaderValue>, body: &[u8]) -> Option<Vec<u8>> {
    match encoding.map(HeaderValue::as_bytes) {
        None | Some(b"identity") => Some(body.to_vec()),
        Some(b"gzip") => content(MultiGzDecoder::new(body)),
        Some(b"br") => content(Decompressor::new(body, BUFFER)),
        Some(_) => None,
    }
}

fn content(decoder: impl Read) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let read = decoder.take(MAX_BYTES as u64).read_to_end(&mut content);
    read.ok().map(|_| content)
}

fn innermost(error: &hyper_util::client::legacy::Error) -> String {
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
