//! The service in this process, on ports and in a folder of its own.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use intake::audit::Actor;
use intake::metrics::Metrics;
use intake::server;
use intake::server::admission::Admission;
use intake::settings::{Flags, Settings, Sources};
use intake::store::{Database, STORE_TIMEOUT, Store};
use intake::tokens::NewToken;
use tempfile::TempDir;
use time::OffsetDateTime;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use uuid::Uuid;

use super::clinic::Keys;
use super::database;
use super::http::{self, Response};

/// The settings of a service to start.
pub struct Plan {
    pub folder: TempDir,
    pub database: Database,
    pub clinic: Keys,
    pub flags: Flags,
    pub store_timeout: Duration,
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
            flags: Flags::default(),
            store_timeout: STORE_TIMEOUT,
            for_reading: false,
        };
        plan.set("keys", plan.clinic.public_file.display().to_string());
        // Tests of limits set their own.
        plan.set("allowance", "1000");
        plan.set("limit", "1000");
        plan.set("total_allowance", "1000");
        plan
    }

    /// Sets a setting, over what was set before.
    pub fn set(&mut self, setting: &str, word: impl Into<String>) {
        super::set(&mut self.flags, setting, [word]);
    }

    pub fn settings(&self) -> Settings {
        let sources = Sources::gather(self.flags.clone(), std::iter::empty());
        Settings::from_sources(&sources).unwrap()
    }

    /// Sets the folder of an inbox, with a page, and returns it.
    pub fn with_inbox(&mut self) -> PathBuf {
        let inbox = self.folder.path().join("inbox");
        fs::create_dir(&inbox).unwrap();
        fs::write(inbox.join("index.html"), "<h1>Inbox</h1>").unwrap();
        self.set("inbox", inbox.display().to_string());
        inbox
    }

    pub fn start(self) -> Service {
        let settings = self.settings();
        let (database, store_timeout, for_reading) =
            (self.database.clone(), self.store_timeout, self.for_reading);
        let (stop, stopped) = oneshot::channel();
        let (started, addresses) = mpsc::channel();
        let serve = async move {
            let store = match for_reading {
                true => Store::open_for_reading(&database, store_timeout).await.unwrap(),
                false => Store::open(&database, store_timeout).await.unwrap(),
            };
            let metrics = Metrics::default();
            let routes = server::routes(store.clone(), metrics.clone(), &settings);
            let routes = routes.await.unwrap();
            let (public, operations) = (listener().await, listener().await);
            let addresses = [&public, &operations].map(|it| it.local_addr().unwrap());
            let set_up = routes.set_up.as_ref().map(|link| link.url(addresses[1]));
            started.send((addresses, set_up)).unwrap();
            let stopping = watch::Sender::new(false);
            let stopped_too = async |mut stopped: watch::Receiver<bool>| {
                let _ = stopped.wait_for(|stopped| *stopped).await;
            };
            let run = |listener, routes, admission| {
                let stopped = stopped_too(stopping.subscribe());
                server::run(listener, watch::channel(routes).1, metrics.clone(), admission, stopped)
            };
            tokio::join!(
                run(public, routes.public, Admission::new(&settings)),
                run(operations, routes.operations, Admission::for_operations(&settings)),
                async {
                    let _ = stopped.await;
                    stopping.send_replace(true);
                },
            );
            store.close().await;
        };
        let thread = thread::spawn(|| super::wait_for(serve));
        let ([address, operations], set_up) = addresses.recv().expect("the service starts");
        Service { plan: self, address, operations, set_up, stop: Some(stop), thread: Some(thread) }
    }
}

async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

/// A running service; stopped when it is dropped.
pub struct Service {
    pub plan: Plan,
    pub address: SocketAddr,
    /// Of the listener for operations.
    pub operations: SocketAddr,
    /// The link to the set-up of the inbox, where that is open.
    pub set_up: Option<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Service {
    pub fn start() -> Self {
        Plan::new().start()
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        http::get(self.address, path, headers)
    }

    /// Asks the listener for operations.
    pub fn operate(&self, path: &str) -> Response {
        http::get(self.operations, path, &[])
    }

    pub fn post(&self, headers: &[(&str, &str)], body: &[u8]) -> Response {
        http::post(self.address, "/v1/requests", headers, body)
    }

    /// A token of the staff for everything.
    pub fn token(&self) -> String {
        self.token_for("admin", None)
    }

    /// A token with these scopes, until a day.
    pub fn token_for(&self, scopes: &str, expires: Option<&str>) -> String {
        self.token_named(&format!("test {}", Uuid::new_v4()), scopes, expires)
    }

    /// The same with a name.
    pub fn token_named(&self, name: &str, scopes: &str, expires: Option<&str>) -> String {
        let token = intake::tokens::new();
        let new = NewToken {
            name: name.to_owned(),
            hash: intake::tokens::hash(&token),
            scopes: scopes.parse().unwrap(),
            expires: expires.map(|day| day.parse().unwrap()),
        };
        super::wait_for(async {
            let store = Store::open(&self.plan.database, STORE_TIMEOUT).await.unwrap();
            assert!(
                store.add_token(&Actor::Service, &new, OffsetDateTime::now_utc()).await.unwrap()
            );
            store.close().await;
        });
        token
    }

    /// Asks as the staff's programs do, at the listener for operations.
    pub fn ask(&self, method: &str, path: &str, token: &str, body: &str) -> Response {
        self.ask_with(method, path, token, &[], body)
    }

    /// The same with more headers.
    pub fn ask_with(
        &self,
        method: &str,
        path: &str,
        token: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Response {
        let bearer = format!("Bearer {token}");
        let length = body.len().to_string();
        let mut all = vec![("Authorization", bearer.as_str()), ("Content-Length", &length)];
        all.extend(headers);
        if !body.is_empty() && !headers.iter().any(|(name, _)| *name == "Content-Type") {
            all.push(("Content-Type", "application/json"));
        }
        let head = http::head(method, path, &all);
        http::exchange(self.operations, &[head.as_bytes(), body.as_bytes()].concat())
    }

    /// Makes a trial with an envelope, as the inbox does.
    pub fn try_out(&self, token: &str, envelope: &[u8]) -> Response {
        let bearer = format!("Bearer {token}");
        let headers =
            [("Authorization", bearer.as_str()), ("Content-Type", "application/jose+json")];
        http::post(self.operations, "/v1/trials", &headers, envelope)
    }

    /// Posts an envelope as the page does.
    pub fn send(&self, request_id: &str, envelope: &[u8]) -> Response {
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
