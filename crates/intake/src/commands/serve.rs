//! `intake serve`.

use std::process::ExitCode;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{CommandError, today};
use crate::metrics::Metrics;
use crate::settings::{Settings, Sources};
use crate::store::{PATIENCE, Store};
use crate::{log, server};

/// Serves until SIGTERM or SIGINT, then finishes what was accepted.
pub(super) fn run(sources: &Sources) -> Result<ExitCode, CommandError> {
    let settings = Settings::from_sources(sources).map_err(CommandError::Settings)?;
    log::init()?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(serve(settings))
}

async fn serve(settings: Settings) -> Result<ExitCode, CommandError> {
    let (mut terminate, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let store = Store::open(&settings.database, PATIENCE).await?;
    let metrics = Metrics::default();
    let routes = server::routes(store.clone(), metrics.clone(), &settings).await?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|error| CommandError::Unusable { what: settings.listen.to_string(), error })?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    for (kid, notice) in settings.keys.expiring(today()) {
        tracing::warn!("key {kid} {notice}");
    }
    let stop = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    server::run(listener, routes, metrics, settings.connections, stop).await;
    store.close().await;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}
