//! `intake serve`.

use std::future::pending;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::error::CommandError;
use super::runtime::today;
use crate::api::SetUpLink;
use crate::keys::site::{self, Severity};
use crate::log::LogThrottle;
use crate::metrics::Metrics;
use crate::notices::{Channels, TIME_LIMIT};
use crate::server::Routes;
use crate::server::admission::Admission;
use crate::settings::{Settings, Sources, warnings};
use crate::store::{STORE_TIMEOUT, Store};
use crate::{log, server, upkeep};

/// Serves until SIGTERM or SIGINT, then finishes the accepted requests.
pub(super) fn run(sources: &Sources) -> Result<ExitCode, CommandError> {
    let settings = Settings::from_sources(sources).map_err(CommandError::Settings)?;
    log::init(settings.log_format)?;
    compare_keys(&settings)?;
    for warning in warnings(sources, &settings) {
        tracing::warn!("{warning}");
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(serve(settings))
}

/// Refuses to serve pages whose requests would all be refused: whoever deploys them learns it now,
/// and no patient after filling in a form.
fn compare_keys(settings: &Settings) -> Result<(), CommandError> {
    let (Some(site), keys) = (&settings.site, settings.keys()) else { return Ok(()) };
    if keys.is_empty() {
        // Pages and service agree; `warnings` says that both know none.
        return Ok(());
    }
    let today = today()?;
    let Err(error) = site::compare(site, &keys, today) else { return Ok(()) };
    match error.severity(settings.unknown_recipients) {
        Severity::Warning => tracing::warn!("{error}"),
        Severity::Error => tracing::error!("{error}"),
        Severity::Fatal => return Err(error.into()),
    }
    Ok(())
}

/// Pause between two attempts to open the store.
const RETRY: Duration = Duration::from_secs(2);

/// All that needs the store.
struct Work {
    store: Store,
    upkeep: JoinHandle<()>,
    notices: JoinHandle<()>,
    no_more_notices: oneshot::Sender<()>,
}

impl Work {
    fn begin(store: Store, settings: &Settings, channels: &Channels) -> Self {
        let upkeep = upkeep::run(store.clone(), settings.retention_days, settings.keys());
        let (no_more_notices, stopped) = oneshot::channel::<()>();
        let stopped = async {
            let _ = stopped.await;
        };
        let notices = channels.clone().run(store.clone(), stopped);
        let (upkeep, notices) = (tokio::spawn(upkeep), tokio::spawn(notices));
        Self { store, upkeep, notices, no_more_notices }
    }

    async fn end(self) {
        self.upkeep.abort();
        // Notices that are not sent by then are sent after the next start.
        drop(self.no_more_notices);
        let _ = timeout(TIME_LIMIT, self.notices).await;
        self.store.close().await;
    }
}

/// Replaces the routes that are served.
struct Current {
    public: watch::Sender<Router>,
    operations: watch::Sender<Router>,
}

/// The routes of the moment, for each listener.
struct Served {
    public: watch::Receiver<Router>,
    operations: watch::Receiver<Router>,
}

impl Current {
    fn new(routes: Routes) -> (Self, Served) {
        let (public, serve_public) = watch::channel(routes.public);
        let (operations, serve_operations) = watch::channel(routes.operations);
        let served = Served { public: serve_public, operations: serve_operations };
        (Self { public, operations }, served)
    }

    fn replace(&self, routes: Routes) {
        drop(self.public.send_replace(routes.public));
        drop(self.operations.send_replace(routes.operations));
    }
}

/// Listens on the address that a setting gives.
async fn listen(setting: &str, address: SocketAddr) -> Result<TcpListener, CommandError> {
    let what = || format!("{setting} {address}");
    let listener = TcpListener::bind(address).await;
    listener.map_err(|error| CommandError::Unusable { what: what(), error })
}

/// Prints the link by which the inbox is set up, where it can be. It is no line of the log, which may be kept where
/// others read it.
fn print_link(link: Option<SetUpLink>, operations: SocketAddr) {
    if let Some(link) = link {
        // Where nobody reads, the service goes on.
        let _ = writeln!(io::stderr(), "Set up the inbox: {}", link.url(operations));
    }
}

/// Ready once the process gets SIGTERM or SIGINT.
#[cfg(unix)]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut terminate, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ready once somebody presses Ctrl-C.
#[cfg(windows)]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// Opens the store, and makes the routes that need it.
async fn open(
    settings: &Settings,
    channels: &Channels,
    metrics: &Metrics,
) -> Result<(Store, Routes), CommandError> {
    let store = Store::open(&settings.database, STORE_TIMEOUT).await?;
    let store = store.announcing(&channels.names());
    let routes = server::routes(store.clone(), metrics.clone(), settings).await?;
    Ok((store, routes))
}

async fn serve(settings: Settings) -> Result<ExitCode, CommandError> {
    let asked_to_stop = asked_to_stop()?;
    let channels = Channels::new(&settings.notices())?;
    let metrics = Metrics::default();
    let (store, routes) = match open(&settings, &channels, &metrics).await {
        Ok((store, routes)) => (Some(store), routes),
        Err(error) if error.is_of_disk() => {
            tracing::error!(%error, "the database cannot be opened; make room on its disk");
            (None, server::routes_without_store(metrics.clone(), &settings)?)
        }
        Err(error) => return Err(error),
    };
    let link = routes.set_up.clone();
    let (current, routes) = Current::new(routes);
    let public = listen("listen", settings.listen).await?;
    let operations = listen("operations_listen", settings.operations_listen).await?;
    tracing::info!(address = %public.local_addr()?, "listening");
    let operations_address = operations.local_addr()?;
    tracing::info!(address = %operations_address, "listening for operations");
    print_link(link, operations_address);
    let mut work = store.map(|store| Work::begin(store, &settings, &channels));
    let stopping = watch::Sender::new(false);
    let stopped = async |mut stopped: watch::Receiver<bool>| {
        // An error would mean that nobody can say so any more.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    let stop = async {
        asked_to_stop.await;
        stopping.send_replace(true);
    };
    // Each has places of its own: a flood on one takes none of the other's.
    let public = server::run(
        public,
        routes.public,
        metrics.clone(),
        Admission::new(&settings),
        stopped(stopping.subscribe()),
    );
    let operations = server::run(
        operations,
        routes.operations,
        metrics.clone(),
        Admission::for_operations(&settings),
        stopped(stopping.subscribe()),
    );
    let serving = async { tokio::join!(public, operations, stop) };
    let log_throttle = LogThrottle::default();
    let opening = async {
        while work.is_none() {
            sleep(RETRY).await;
            match open(&settings, &channels, &metrics).await {
                Ok((store, routes)) => {
                    tracing::info!("the database is open");
                    print_link(routes.set_up.clone(), operations_address);
                    current.replace(routes);
                    work = Some(Work::begin(store, &settings, &channels));
                }
                Err(error) if log_throttle.is_due() => {
                    tracing::error!(%error, "the database cannot be opened; tried again");
                }
                Err(_) => {}
            }
        }
        pending::<()>().await;
    };
    tokio::select! {
        _ = serving => {}
        () = opening => {}
    }
    if let Some(work) = work {
        work.end().await;
    }
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}
