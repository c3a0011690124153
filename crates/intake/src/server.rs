//! Listening, time limits, stopping.
//!
//! | module | holds |
//! |---|---|
//! | `admission` | places for connections: shares, a reserve, a queue |
//! | `occupancy` | connections and requests that an address has at once |
//! | `access_log` | a line and a count for each request |

mod access_log;
pub mod admission;
pub mod occupancy;

use std::future::pending;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::InvalidHeaderValue;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
#[cfg(unix)]
use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use self::admission::{Admission, Admitted, Place, Refusal};
use self::occupancy::BehindProxies;
use crate::api::{Peer, Problem, asks_about_health, is_about_health};
use crate::log::LogThrottle;
use crate::metrics::Metrics;
use crate::min_rate::{MinRate, MinRateBody, MinRateStream};
use crate::settings::Settings;
use crate::store::{Store, StoreError};
use crate::{api, headers, site};

pub use crate::api::Routes;

/// The longest time in which a client may send the head of a request, or begin the next one.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// The longest time from the head of a request to the head of its response. An envelope of 64 KiB
/// takes 10 s on the slowest mobile line (GPRS, 56 kbit/s); the store takes at most 16 s more (see
/// [`crate::store::STORE_TIMEOUT`]).
const REQUEST_TIME: Duration = Duration::from_secs(30);
/// The minimum rate of the body of a request. A mobile line that is throttled to 32 kbit/s is
/// four times as fast, and a handover between cells takes a second or two.
const READ_RATE: MinRate = MinRate { bytes_per_second: 1024, max_stall: Duration::from_secs(10) };
/// The minimum rate at which a response must be read. Browsers open up to six connections, which have 680 bytes
/// a second each of that line.
const WRITE_RATE: MinRate = MinRate { bytes_per_second: 512, max_stall: Duration::from_secs(20) };
/// Unsent bytes of a response that the system buffers. With more, a slow reader would seem to stall
/// for longer than it may, and then take all at once.
#[cfg(unix)]
const UNSENT_BYTES: u32 = 16 * 1024;
/// The longest time in which a reserved connection may send the head of its one request: a probe or a
/// proxy sends it at once.
const RESERVE_HEAD_TIME: Duration = Duration::from_secs(2);
/// The longest time that such a connection may be open.
const RESERVE_TIME: Duration = Duration::from_secs(10);
/// Bytes that are looked at of a request that waits in the queue: room for the method and the path of
/// any health check.
const REQUEST_LINE: usize = 64;
/// Pause before a request line that came in part is looked at again.
const REST_PAUSE: Duration = Duration::from_millis(20);
/// The longest time that stopping waits for accepted requests: that of one request, and a little.
const STOP_TIME: Duration = Duration::from_secs(35);
/// After this time a connection is closed once its response was sent, and cut where its client
/// does not read on: the largest file takes half a minute on the slowest line.
const CONNECTION_TIME: Duration = Duration::from_secs(300);
/// The longest head of a request, in bytes; hyper responds with 431 beyond it. Browsers send less
/// than 2 KB.
const HEAD_BYTES: usize = 16 * 1024;
/// Pause after an error of accepting, mostly "too many open files", which takes time to pass.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Why the routes cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A header cannot be made of the settings.
    #[error("{0}")]
    Header(#[from] InvalidHeaderValue),
    /// The store is unavailable.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The routes of both listeners, each with the rules for every request around them: the interface for
/// patients with the pages where there are any, and what staff and operators use.
///
/// # Errors
/// Any [`ServeError`].
pub async fn routes(
    store: Store,
    metrics: Metrics,
    settings: &Settings,
) -> Result<Routes, ServeError> {
    let interface = api::routes(store, metrics.clone(), settings).await?;
    Ok(complete(interface, metrics, settings)?)
}

/// The routes while the store cannot be opened: the pages, which need none, and 503 for whoever asks
/// for more.
///
/// # Errors
/// [`ServeError::Header`].
pub fn routes_without_store(metrics: Metrics, settings: &Settings) -> Result<Routes, ServeError> {
    Ok(complete(api::routes_without_store(settings), metrics, settings)?)
}

/// Adds the pages and the inbox where there are any, each to its listener, and the rules to both.
fn complete(
    routes: Routes,
    metrics: Metrics,
    settings: &Settings,
) -> Result<Routes, InvalidHeaderValue> {
    let public = match &settings.site {
        Some(folder) => routes.public.merge(site::routes(folder, settings.frame_ancestors())),
        None => routes.public,
    };
    let operations = match &settings.inbox {
        Some(folder) => routes.operations.merge(site::inbox(folder)),
        None => routes.operations,
    };
    let of_public = Arc::new(headers::fixed(&settings.frame_ancestors(), settings.hsts)?);
    let of_operations = Arc::new(headers::of_operations(settings.hsts)?);
    let logged = || middleware::from_fn_with_state(metrics.clone(), access_log::log_requests);
    let refused = routes.refused.clone();
    Ok(Routes {
        public: with_rules(public, BehindProxies::new(settings))
            .layer(middleware::from_fn_with_state(of_public, headers::add))
            .layer(middleware::from_fn_with_state(refused, api::count_refused))
            .layer(logged()),
        operations: with_rules(operations, BehindProxies::of_staff(settings))
            .layer(middleware::from_fn_with_state(of_operations, headers::add_to_operations))
            .layer(logged()),
        ..routes
    })
}

/// Adds the rules for every request.
fn with_rules(routes: Router, behind_proxies: BehindProxies) -> Router {
    routes
        .layer(middleware::from_fn(time_limit))
        .layer(middleware::from_fn_with_state(behind_proxies, occupancy::limit))
        .layer(middleware::from_fn(keep_reserve))
}

async fn time_limit(request: Request, next: Next) -> Response {
    let request = request.map(|body| Body::new(MinRateBody::new(body, READ_RATE)));
    match timeout(REQUEST_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::TooSlow.into_response(),
    }
}

/// Marks a request that came by a connection of the reserve.
#[derive(Clone, Copy)]
struct InReserve;

async fn keep_reserve(request: Request, next: Next) -> Response {
    let in_reserve = request.extensions().get::<InReserve>().is_some();
    match in_reserve && !is_about_health(request.uri().path()) {
        true => Problem::Busy.into_response(),
        false => next.run(request).await,
    }
}

/// Serves the connections that `admission` lets in, until `stop` is ready. Then accepts no more,
/// finishes the accepted requests, and returns. Each request gets the routes of its moment.
pub async fn run(
    listener: TcpListener,
    routes: watch::Receiver<Router>,
    metrics: Metrics,
    admission: Admission,
    stop: impl Future<Output = ()>,
) {
    let (stopping, stopped) = watch::channel(false);
    let refusals =
        Arc::new(Refusals { metrics: metrics.clone(), log_throttle: LogThrottle::default() });
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot accept");
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let admitted = match admission.admit(peer.ip()) {
            Ok(admitted) => admitted,
            Err(refusal) => {
                refusals.count(refusal);
                continue;
            }
        };
        let (metrics, refusals) = (metrics.clone(), refusals.clone());
        let (routes, mut stopped) = (routes.clone(), stopped.clone());
        tokio::spawn(async move {
            let place = match admitted {
                Admitted::Now(place) => Ok(place),
                Admitted::Queued(queued) => tokio::select! {
                    place = queued.place(health_check(&stream)) => place,
                    _ = stopped.wait_for(|stopped| *stopped) => return,
                },
            };
            match place {
                Ok(place) => {
                    let connected = metrics.connected();
                    serve(stream, Peer(peer), &place, routes, stopped).await;
                    drop((place, connected));
                }
                Err(refusal) => refusals.count(refusal),
            }
        });
    }
    drop(listener);
    tracing::info!("stopping");
    // An error means that all connections have ended.
    let _ = stopping.send(true);
    if timeout(STOP_TIME, admission.all_left()).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
}

/// Waits until a connection asks about health; for ever where it asks for anything else, or nothing.
async fn health_check(stream: &TcpStream) {
    let mut begin = [0; REQUEST_LINE];
    // Nothing is taken: whoever serves the connection reads it again.
    while let Ok(length @ 1..) = stream.peek(&mut begin).await {
        match asks_about_health(&begin[..length]) {
            Some(true) => return,
            None if length < begin.len() => sleep(REST_PAUSE).await,
            Some(false) | None => break,
        }
    }
    pending().await
}

/// Counts connections that are closed at once, with a log line now and then.
struct Refusals {
    metrics: Metrics,
    log_throttle: LogThrottle,
}

impl Refusals {
    fn count(&self, refusal: Refusal) {
        let why = match refusal {
            Refusal::Address => "an address has as many connections as it may have",
            Refusal::Full => "all connections are in use; see the setting connections",
        };
        self.metrics.refused(refusal.as_str());
        if self.log_throttle.is_due() {
            tracing::warn!("connections are closed at once: {why}");
        }
    }
}

/// Serves one connection to its end. A broken one concerns nobody but its client.
async fn serve(
    stream: TcpStream,
    peer: Peer,
    place: &Place,
    routes: watch::Receiver<Router>,
    mut stopped: watch::Receiver<bool>,
) {
    let is_reserve = place.is_reserve;
    let service = service_fn(move |mut request: hyper::Request<_>| {
        request.extensions_mut().insert(peer);
        if is_reserve {
            request.extensions_mut().insert(InReserve);
        }
        TowerToHyperService::new(routes.borrow().clone()).call(request)
    });
    // Without this limit a slow reader is cut later. Windows has none.
    #[cfg(unix)]
    if let Err(error) = SockRef::from(&stream).set_tcp_notsent_lowat(UNSENT_BYTES) {
        tracing::debug!(%error, "no limit on unsent bytes");
    }
    let (head_time, connection_time) = match is_reserve {
        true => (RESERVE_HEAD_TIME, RESERVE_TIME),
        false => (HEAD_TIME, CONNECTION_TIME),
    };
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .keep_alive(!is_reserve)
        .header_read_timeout(head_time)
        .max_buf_size(HEAD_BYTES);
    let stream = TokioIo::new(MinRateStream::new(stream, WRITE_RATE));
    let mut connection = pin!(http.serve_connection(stream, service));
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopped.wait_for(|stopped| *stopped) => {}
        () = sleep(connection_time) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(STOP_TIME, connection).await;
}
