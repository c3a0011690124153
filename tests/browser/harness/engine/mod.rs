//! The browsers: the one place that knows how each is started and what only one can do.
//!
//! Another engine is a variant of [`Engine`], a case of [`in_every_engine`], and a module beside
//! `chromium`, `firefox` and `webkit` that says how to launch it; no test is rewritten.
//!
//! A journey runs in every engine. What it needs of a browser that WebDriver has no command for comes
//! from outside of the browser where that can be: a [`Line`](super::line::Line) cuts, delays, refuses,
//! records, and calls a function first in every page. Only Chromium has DevTools, through which some
//! journeys look at the accessibility tree, at printed pages, at the console or at every request, or
//! play a phone or a window narrower than a desktop allows; those run in Chromium alone and say so where they take it.

mod chromium;
mod firefox;
mod webkit;

use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::{Capabilities, TimeoutConfiguration, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use rstest_reuse::template;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::{ParseError, Url};

use crate::harness::wait::{free_port, until};

/// The engines that a journey runs in, each as a test of its own, which is named after it.
#[template]
#[rstest::rstest]
#[case::chromium(Engine::Chromium)]
#[case::firefox(Engine::Firefox)]
#[case::webkit(Engine::WebKit)]
#[test_attr(tokio::test(flavor = "multi_thread"))]
pub async fn in_every_engine(#[case] engine: Engine) {}

/// The same for a journey that DevTools take part in.
#[template]
#[rstest::rstest]
#[case::chromium(Engine::Chromium)]
#[test_attr(tokio::test(flavor = "multi_thread"))]
pub async fn with_devtools(#[case] engine: Engine) {}

/// The same for what a driven WebKitGTK cannot do: lack a part, or have a tab that is not seen.
#[template]
#[rstest::rstest]
#[case::chromium(Engine::Chromium)]
#[case::firefox(Engine::Firefox)]
#[test_attr(tokio::test(flavor = "multi_thread"))]
pub async fn in_chromium_and_firefox(#[case] engine: Engine) {}

/// The longest time of a script.
const SCRIPT_TIMEOUT: Duration = Duration::from_secs(3600);

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The engine of Chrome and Edge. Speaks the DevTools protocol too.
    Chromium,
    /// The engine of Firefox.
    Firefox,
    /// The engine of Safari, as WebKitGTK.
    WebKit,
}

/// A part that a browser can lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// Everything works.
    Nothing,
    /// No script runs.
    Script,
    /// Scripts run, WebAssembly is not there.
    WebAssembly,
    /// Sites may store nothing, as where somebody blocks all cookies.
    Storage,
}

/// The device that a browser runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A window of 1280 by 900.
    Desktop,
    /// A touch screen of 360 by 780 CSS pixels.
    Phone,
}

/// The processes and capabilities that start a browser.
struct Launch {
    /// The driver, which speaks WebDriver and starts the browser.
    driver: Command,
    /// Requested of the driver when the session begins.
    capabilities: Capabilities,
    /// The display that the browser is on, where it needs one.
    display: Option<Child>,
}

/// A running browser with a profile of its own. Ends with the value.
pub struct Browser {
    /// Its engine.
    pub kind: Engine,
    /// Speaks WebDriver to it.
    pub client: Client,
    driver: Child,
    display: Option<Child>,
    profile: TempDir,
}

impl Engine {
    /// Everything works, and no script runs. A driven WebKitGTK cannot do without script.
    pub const fn with_and_without_script(self) -> &'static [Without] {
        match self {
            Self::WebKit => &[Without::Nothing],
            Self::Chromium | Self::Firefox => &[Without::Nothing, Without::Script],
        }
    }

    /// Starts a browser.
    pub async fn start(self, device: Device, without: Without) -> Browser {
        let port = free_port();
        let profile = TempDir::new().expect("a folder for the profile");
        let Launch { mut driver, capabilities, display } = match self {
            Self::Chromium => chromium::launch(port, device, without, profile.path()),
            Self::Firefox => firefox::launch(port, device, without, profile.path()),
            Self::WebKit => webkit::launch(port, device, without, profile.path()),
        };
        let driver = driver
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A group of its own, which the browser is in as well.
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| {
                panic!("the driver of {self:?}: {error}; `make test` installs it")
            });
        let address = format!("http://127.0.0.1:{port}");
        let client = until("the driver to answer", async || {
            ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities.clone())
                .connect(&address)
                .await
                .ok()
        })
        .await;
        // A driver may measure it by timers of the page, which some journeys hurry.
        let patient = TimeoutConfiguration::new(Some(SCRIPT_TIMEOUT), None, None);
        client.update_timeouts(patient).await.expect("scripts may take long");
        Browser { kind: self, client, driver, display, profile }
    }
}

impl Browser {
    /// Runs a command of the DevTools protocol, for what WebDriver has none for: windows narrower
    /// than a desktop allows, media features, printing.
    pub async fn devtools(&self, method: &'static str, parameters: Value) -> Value {
        let path = "goog/cdp/execute";
        let body = json!({ "cmd": method, "params": parameters });
        self.client.issue_cmd(Beyond { path, body }).await.expect(method)
    }

    /// Returns the log since the last look: of the kind `browser` or `performance`.
    pub async fn log(&self, kind: &str) -> Vec<Value> {
        let body = json!({ "type": kind });
        let log = self.client.issue_cmd(Beyond { path: "se/log", body }).await;
        log.expect(kind).as_array().expect("entries").clone()
    }

    /// Returns the entries of the console since the last look, the browser's own complaints
    /// included.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.log("browser").await;
        entries.iter().map(|it| it["message"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// A command of the driver's that WebDriver itself does not have.
#[derive(Debug)]
struct Beyond {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Beyond {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A driver ends its browser with itself when it is asked to, not when it is killed.
        let _ = Command::new("kill").arg(self.driver.id().to_string()).status();
        let _ = self.driver.wait();
        // If the driver ended otherwise, the browser would stay: it is in the driver's group, or
        // known by its profile.
        let group = format!("-{}", self.driver.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let profile = self.profile.path().as_os_str();
        let _ = Command::new("pkill").args(["-KILL", "-f"]).arg(profile).status();
        if let Some(display) = &mut self.display {
            let _ = display.kill();
            let _ = display.wait();
        }
    }
}
