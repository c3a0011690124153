//! Listening, time limits, stopping.

use std::num::NonZeroU32;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::header::InvalidHeaderValue;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use crate::api::{Peer, Problem};
use crate::metrics::Metrics;
use crate::settings::Settings;
use crate::store::{Store, StoreError};
use crate::{api, headers, log, site};

/// How long a client may take to send the head of a request, or to begin the next one.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// How long a request may take from its head to the head of the answer. An envelope of 64 KiB takes
/// 10 s on the slowest mobile line (GPRS, 56 kbit/s); the store takes at most 16 s more
/// (see [`crate::store::PATIENCE`]).
const REQUEST_TIME: Duration = Duration::from_secs(30);
/// How long stopping waits for what was accepted: what one request may take, and a little.
const STOP_TIME: Duration = Duration::from_secs(35);
/// After this time a connection is closed when its request is answered, and cut where its client
/// does not read on: the largest file takes half a minute on the slowest line.
const CONNECTION_TIME: Duration = Duration::from_secs(300);
/// Longest head of a request, in bytes; hyper answers 431 beyond it. Browsers send less than 2 KB.
const HEAD_BYTES: usize = 16 * 1024;
/// Pause after an error of accepting, mostly "too many open files", which takes time to pass.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Why what is served cannot be made ready.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A header cannot be made of the settings.
    #[error("{0}")]
    Header(#[from] InvalidHeaderValue),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// All that is served: the interface, the pages where there are any, and around them what holds for
/// every request.
///
/// # Errors
/// Any [`ServeError`].
pub async fn routes(
    store: Store,
    metrics: Metrics,
    settings: &Settings,
) -> Result<Router, ServeError> {
    let fixed_headers = headers::fixed(&settings.frame_ancestors, settings.hsts)?;
    let interface = api::routes(store, metrics.clone(), settings).await?;
    let routes = match &settings.site {
        Some(folder) => interface.merge(site::routes(folder)),
        None => interface,
    };
    Ok(routes
        .layer(middleware::from_fn(time_limit))
        .layer(middleware::from_fn_with_state(Arc::new(fixed_headers), headers::add))
        .layer(middleware::from_fn_with_state(metrics, log::requests)))
}

async fn time_limit(request: Request, next: Next) -> Response {
    match timeout(REQUEST_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::TooSlow.into_response(),
    }
}

/// Serves at most so many connections at once, until `stop` is ready. Then accepts no more, finishes
/// what was accepted, and returns.
pub async fn run(
    listener: TcpListener,
    routes: Router,
    metrics: Metrics,
    connections: NonZeroU32,
    stop: impl Future<Output = ()>,
) {
    let slots = Arc::new(Semaphore::new(connections.get() as usize));
    let (stopping, stopped) = watch::channel(false);
    let mut stop = pin!(stop);
    loop {
        // Without a free slot nothing is accepted: clients wait in the system's queue.
        let accepted = async {
            let slot = slots.clone().acquire_owned().await;
            (slot, listener.accept().await)
        };
        let (slot, accepted) = tokio::select! {
            accepted = accepted => accepted,
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
        let connected = (slot, metrics.connected());
        let connection = serve(stream, Peer(peer), routes.clone(), stopped.clone());
        tokio::spawn(async move {
            connection.await;
            drop(connected);
        });
    }
    drop(listener);
    tracing::info!("stopping");
    // Whoever has not seen this by its own watch has ended.
    let _ = stopping.send(true);
    if timeout(STOP_TIME, slots.acquire_many(connections.get())).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
}

/// Serves one connection to its end. A broken one concerns nobody but its client.
async fn serve(stream: TcpStream, peer: Peer, routes: Router, mut stopped: watch::Receiver<bool>) {
    let routes = TowerToHyperService::new(routes);
    let service = service_fn(move |mut request: hyper::Request<_>| {
        request.extensions_mut().insert(peer);
        routes.call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(HEAD_BYTES);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopped.wait_for(|stopped| *stopped) => {}
        () = sleep(CONNECTION_TIME) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(STOP_TIME, connection).await;
}
