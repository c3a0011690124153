//! Sends the pages, to browsers of this computer alone.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt as _};
use tower_http::services::{ServeDir, ServeFile};

use super::super::LANGUAGE;
use super::page::{self, Assets, FOLDER};
use super::{Shown, Site};

/// Headers of every response: nothing is stored, so that no page is older than the text, and no other site may show or
/// load a draft. The policy of a page itself stands in it.
const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'self'")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
];

type Show = watch::Receiver<Shown>;

/// Serves what is shown until the process is told to end.
///
/// # Errors
/// Those of the listener.
pub async fn serve(listener: TcpListener, show: Show, assets: Assets) -> io::Result<()> {
    let port = listener.local_addr()?.port();
    let Assets { script, style, tokens } = assets;
    let css = HeaderValue::from_static("text/css; charset=utf-8");
    let javascript = HeaderValue::from_static("text/javascript; charset=utf-8");
    let asset = |name: &str, kind: &HeaderValue, text: String| {
        let kind = kind.clone();
        ([FOLDER, name].concat(), get(async move || ([(CONTENT_TYPE, kind.clone())], text.clone())))
    };
    let mut routes = Router::new().route(&[FOLDER, "events"].concat(), get(events));
    for (path, route) in [
        asset("preview.js", &javascript, script),
        asset("preview.css", &css, style),
        asset("tokens.css", &css, tokens),
    ] {
        routes = routes.route(&path, route);
    }
    let routes = routes
        .fallback(file)
        .with_state(show)
        .layer(middleware::from_fn(move |request, next| to_this_computer(port, request, next)));
    let ended = ended()?;
    // Open pages keep their connections: what they wait for is not waited for.
    tokio::select! {
        served = async { axum::serve(listener, routes).await } => served,
        () = ended => Ok(()),
    }
}

/// Refuses what was sent to another host: a page of another site whose name leads to this computer (DNS rebinding)
/// could read drafts.
async fn to_this_computer(port: u16, request: Request, next: Next) -> Response {
    let mut response = match is_this_computer(request.headers(), port) {
        true => next.run(request).await,
        false => {
            (StatusCode::MISDIRECTED_REQUEST, "Another host than this preview was asked for.\n")
                .into_response()
        }
    };
    response.headers_mut().extend(HEADERS);
    response
}

fn is_this_computer(headers: &HeaderMap, port: u16) -> bool {
    let host = headers.get(HOST).and_then(|it| it.to_str().ok());
    let (name, given) = match host.and_then(|it| it.rsplit_once(':')) {
        Some((name, given)) => (name, given.parse().ok()),
        // Browsers leave the port of http out.
        None => (host.unwrap_or_default(), Some(80)),
    };
    given == Some(port) && (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
}

/// Tells an open page how things are, and again after each change.
async fn events(State(show): State<Show>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = WatchStream::new(show).filter_map(|shown| {
        // Numbers, texts and lists are always JSON.
        let report = serde_json::to_string(&shown.report).ok()?;
        Some(Ok(Event::default().data(report)))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// A file of the site; pages with the script of the preview.
async fn file(State(show): State<Show>, request: Request) -> Response {
    let site = show.borrow().site.clone();
    match site {
        Some(site) => match of_site(&site, request).await {
            Ok(response) => response,
            Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
        },
        None => {
            (StatusCode::SERVICE_UNAVAILABLE, Html(page::without_site(LANGUAGE))).into_response()
        }
    }
}

async fn of_site(site: &Arc<Site>, mut request: Request) -> Result<Response, axum::Error> {
    // The page for addresses that are not there links to the path at which the site will be found.
    if let Some(below) = request.uri().path().strip_prefix(&*site.root)
        && let Ok(uri) = Uri::try_from(format!("/{below}"))
    {
        *request.uri_mut() = uri;
    }
    // A version of the file that a browser has is none of this moment.
    request.headers_mut().clear();
    let folder = site.folder.path();
    let mut files =
        ServeDir::new(folder).not_found_service(ServeFile::new(folder.join("404.html")));
    let response = match files.try_call(request).await {
        Ok(response) => response.map(Body::new),
        Err(error) => return Err(axum::Error::new(error)),
    };
    let kind = response.headers().get(CONTENT_TYPE);
    if !kind.is_some_and(|it| it.as_bytes().starts_with(b"text/html")) {
        return Ok(response);
    }
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await?;
    head.headers.remove(CONTENT_LENGTH);
    let page = page::with_script(&String::from_utf8_lossy(&bytes), &site.version);
    Ok(Response::from_parts(head, page.into()))
}

/// Ready once somebody presses Ctrl-C, closes the window of the command, or ends the process: the folder of the site is
/// removed then.
#[cfg(unix)]
fn ended() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let of = |kind| signal(kind);
    let (mut interrupt, mut terminate, mut hangup) =
        (of(SignalKind::interrupt())?, of(SignalKind::terminate())?, of(SignalKind::hangup())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    })
}

/// Ready once somebody presses Ctrl-C or closes the window of the command: the folder of the site is removed then.
#[cfg(windows)]
fn ended() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::windows::{ctrl_c, ctrl_close};

    let (mut interrupt, mut close) = (ctrl_c()?, ctrl_close()?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = close.recv() => {}
        }
    })
}
