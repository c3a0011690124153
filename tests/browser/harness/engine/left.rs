//! Browsers that journeys left, for the next ones.
//!
//! Starting a browser takes longer than many a journey. What one keeps of a page it keeps by the page's address, and
//! no two journeys have an address in common (see [`free_port`](crate::harness::wait::free_port)); everything else
//! is the window's, and each journey has a new one.

use std::path::PathBuf;
use std::process::Child;
use std::sync::{LazyLock, Mutex};

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::runtime::Runtime;

use super::{Beyond, DESKTOP, Device, Engine, Without};
use crate::harness::wait::until;

/// Those that no journey has at the moment.
static LEFT: Mutex<Vec<Running>> = Mutex::new(Vec::new());

/// Where the sessions are driven: they outlive the tests that began them, and each test has a runtime of its own.
static SESSIONS: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("threads can be had"));

/// A running browser with a profile of its own. Ends with the value, and with this process.
pub struct Running {
    /// What it is, and what it lacks.
    pub kind: (Engine, Device, Without),
    /// Speaks WebDriver to it.
    pub client: Client,
    /// Saves files here.
    pub downloads: PathBuf,
    /// Its driver.
    pub driver: Child,
    /// The display that it is on, where it needs one.
    pub display: Option<Child>,
}

/// Begins a session with the driver at an address, as soon as that answers.
pub async fn session(driver: &str, capabilities: Capabilities) -> Client {
    until("the driver to answer", async || {
        let (driver, capabilities) = (driver.to_owned(), capabilities.clone());
        let connecting = async move {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities).connect(&driver).await.ok()
        };
        SESSIONS.spawn(connecting).await.expect("it ends")
    })
    .await
}

/// Leaves a browser.
pub fn put(running: Running) {
    LEFT.lock().expect("nothing panics while it is locked").push(running);
}

/// Takes a browser that was left, with a new window and no other.
pub async fn take(engine: Engine, device: Device, without: Without) -> Option<Running> {
    let running = {
        let mut left = LEFT.lock().expect("nothing panics while it is locked");
        let at = left.iter().position(|it| it.kind == (engine, device, without))?;
        left.swap_remove(at)
    };
    // One that has ended since is no loss.
    running.begins_anew().await.map(|()| running)
}

impl Running {
    /// Opens a new window and closes all others; `None` where it does not.
    async fn begins_anew(&self) -> Option<()> {
        let (engine, device, _) = self.kind;
        let others = self.client.windows().await.ok()?;
        // A driven WebKitGTK leaves a new tab behind the one that is shown.
        let window = self.client.new_window(engine != Engine::WebKit).await.ok()?;
        for other in others {
            self.client.switch_to_window(other).await.ok()?;
            self.client.close_window().await.ok()?;
        }
        self.client.switch_to_window(window.handle).await.ok()?;
        // There it is a new one.
        if device == Device::Desktop && engine != Engine::WebKit {
            self.client.set_window_size(DESKTOP.0, DESKTOP.1).await.ok()?;
        }
        if engine == Engine::Chromium {
            // Elements of a window behind another get no focus.
            self.client.issue_cmd(Beyond::devtools("Page.bringToFront", json!({}))).await.ok()?;
            // What the last journey did is not what the next one looks for.
            self.client.issue_cmd(Beyond::log("browser")).await.ok()?;
        }
        Some(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for started in [Some(&mut self.driver), self.display.as_mut()].into_iter().flatten() {
            drop(started.stdin.take());
            let _ = started.wait();
        }
    }
}
