//! The service in this process, on a port and in a folder of its own.

use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use intake::settings::{Database, Setting, Settings, Sources};
use intake::store::{PATIENCE, Store};
use tempfile::TempDir;
use tokio::sync::oneshot;

use super::clinic::Keys;
use super::database;
use super::http::{self, Answer};

/// What a service is started with.
pub struct Plan {
    pub folder: TempDir,
    pub database: Database,
    pub clinic: Keys,
    pub flags: Vec<(Setting, Vec<String>)>,
    pub patience: Duration,
    pub for_reading: bool,
}

impl Plan {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clinic = Keys::new(folder.path(), "clinic");
        let mut plan = Self {
            database: database::fresh(folder.path()),
            folder,
            clinic,
            flags: Vec::new(),
            patience: PATIENCE,
            for_reading: false,
        };
        plan.set(Setting::Keys, plan.clinic.public_file.display().to_string());
        plan
    }

    pub fn set(&mut self, setting: Setting, word: impl Into<String>) {
        self.flags.push((setting, vec![word.into()]));
    }

    pub fn settings(&self) -> Settings {
        let sources = Sources::gather(None, self.flags.clone(), std::iter::empty());
        Settings::from_sources(&sources).unwrap()
    }

    pub fn start(self) -> Service {
        let settings = self.settings();
        let (database, patience, for_reading) =
            (self.database.clone(), self.patience, self.for_reading);
        let (stop, stopped) = oneshot::channel();
        let (started, address) = mpsc::channel();
        let serve = async move {
            let store = match for_reading {
                true => Store::open_for_reading(&database, patience).await.unwrap(),
                false => Store::open(&database, patience).await.unwrap(),
            };
            let routes = intake::server::routes(store.clone(), &settings).unwrap();
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            listener.set_nonblocking(true).unwrap();
            started.send(listener.local_addr().unwrap()).unwrap();
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let stopped = async {
                let _ = stopped.await;
            };
            intake::server::run(listener, routes, stopped).await;
            store.close().await;
        };
        let thread = thread::spawn(|| super::wait_for(serve));
        let address = address.recv().expect("the service starts");
        Service { plan: self, address, stop: Some(stop), thread: Some(thread) }
    }
}

/// A running service; stopped when it is dropped.
pub struct Service {
    pub plan: Plan,
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Service {
    pub fn start() -> Self {
        Plan::new().start()
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        http::get(self.address, path, headers)
    }

    pub fn post(&self, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        http::post(self.address, "/v1/requests", headers, body)
    }

    /// Posts an envelope as the page does.
    pub fn send(&self, request_id: &str, envelope: &[u8]) -> Answer {
        http::send(self.address, request_id, envelope)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        if !thread::panicking() {
            ended.unwrap().expect("the service ends well");
        }
    }
}
