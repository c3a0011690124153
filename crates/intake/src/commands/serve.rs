//! `intake serve`.

use std::process::ExitCode;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::error::CommandError;
use super::runtime::today;
use crate::keys::site::{self, Severity};
use crate::metrics::Metrics;
use crate::notices::{Channels, TIME_LIMIT};
use crate::server::admission::Admission;
use crate::settings::{Settings, Sources, unnamed_proxies};
use crate::store::{STORE_TIMEOUT, Store};
use crate::{log, server, upkeep};

/// Serves until SIGTERM or SIGINT, then finishes the accepted requests.
pub(super) fn run(sources: &Sources) -> Result<ExitCode, CommandError> {
    let settings = Settings::from_sources(sources).map_err(CommandError::Settings)?;
    log::init(settings.log_format)?;
    compare_keys(&settings)?;
    if let Some(warning) = unnamed_proxies(sources, &settings) {
        tracing::warn!("{warning}");
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(serve(settings))
}

/// Refuses to serve pages whose requests would all be refused: whoever deploys them learns it now,
/// and no patient after filling in a form.
fn compare_keys(settings: &Settings) -> Result<(), CommandError> {
    let Some(site) = &settings.site else { return Ok(()) };
    let today = today()?;
    let Err(error) = site::compare(site, &settings.keys(), today) else { return Ok(()) };
    match error.severity(settings.unknown_recipients) {
        Severity::Warning => tracing::warn!("{error}"),
        Severity::Error => tracing::error!("{error}"),
        Severity::Fatal => return Err(error.into()),
    }
    Ok(())
}

async fn serve(settings: Settings) -> Result<ExitCode, CommandError> {
    let (mut terminate, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let channels = Channels::new(&settings.notices())?;
    let store = Store::open(&settings.database, STORE_TIMEOUT).await?.announcing(&channels.names());
    let metrics = Metrics::default();
    let routes = server::routes(store.clone(), metrics.clone(), &settings).await?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|error| CommandError::Unusable { what: settings.listen.to_string(), error })?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    let upkeep = upkeep::run(store.clone(), settings.retention_days, settings.keys());
    let upkeep = tokio::spawn(upkeep);
    let (no_more, stopped) = oneshot::channel::<()>();
    let stopped = async {
        let _ = stopped.await;
    };
    let notices = tokio::spawn(channels.run(store.clone(), stopped));
    let stop = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    let admission = Admission::new(&settings);
    server::run(listener, routes, metrics, admission, stop).await;
    upkeep.abort();
    // Notices that are not sent by then are sent after the next start.
    drop(no_more);
    let _ = timeout(TIME_LIMIT, notices).await;
    store.close().await;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}
