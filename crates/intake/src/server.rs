//! Listening, time limits, stopping.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::header::InvalidHeaderValue;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use crate::api::{Intake, Problem};
use crate::settings::Settings;
use crate::store::Store;
use crate::{api, headers, log, site};

/// How long a client may take to send the head of a request, or to begin the next one.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// How long a request may take from its head to the head of the answer. An envelope of 64 KiB takes
/// 10 s on the slowest mobile line (GPRS, 56 kbit/s); the store takes at most 16 s more
/// (see [`crate::store::PATIENCE`]).
const REQUEST_TIME: Duration = Duration::from_secs(30);
/// How long stopping waits for what was accepted: what one request may take, and a little.
const STOP_TIME: Duration = Duration::from_secs(35);
/// Pause after an error of accepting, mostly "too many open files", which takes time to pass.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// All that is served: the interface, the pages where there are any, and around them what holds for
/// every request.
///
/// # Errors
/// See [`headers::fixed`].
pub fn routes(store: Store, settings: &Settings) -> Result<Router, InvalidHeaderValue> {
    let fixed_headers = headers::fixed(&settings.frame_ancestors, settings.hsts)?;
    let interface = api::routes(Intake { store, keys: Arc::new(settings.keys.clone()) });
    let routes = match &settings.site {
        Some(folder) => interface.merge(site::routes(folder)),
        None => interface,
    };
    Ok(routes
        .layer(middleware::from_fn(time_limit))
        .layer(middleware::from_fn_with_state(Arc::new(fixed_headers), headers::add))
        .layer(middleware::from_fn(log::requests)))
}

async fn time_limit(request: Request, next: Next) -> Response {
    match timeout(REQUEST_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::TooSlow.into_response(),
    }
}

/// Serves until `stop` is ready. Then accepts no more, finishes what was accepted, and returns.
pub async fn run(listener: TcpListener, routes: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "cannot accept");
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let service = TowerToHyperService::new(routes.clone());
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        // A broken connection concerns nobody but its client.
        tokio::spawn(async { connection.await.ok() });
    }
    drop(listener);
    tracing::info!("stopping");
    if timeout(STOP_TIME, connections.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
}
