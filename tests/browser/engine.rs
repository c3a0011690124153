//! The one place that knows the engine: how a browser is started, and what only it can do.
//!
//! Firefox and WebKit join here, by a driver and its capabilities, with no test rewritten.

use std::process::{Child, Command, Stdio};

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::{ParseError, Url};

use crate::wait::{free_port, until};

/// What a browser can be without.
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

/// What a person holds in their hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A window of 1280 by 900.
    Desktop,
    /// A touch screen of 360 by 780 CSS pixels.
    Phone,
}

/// A running browser with a profile of its own. Ends with the value.
pub struct Engine {
    /// Speaks WebDriver to it.
    pub client: Client,
    driver: Child,
    profile: TempDir,
}

impl Engine {
    /// Starts Chromium through ChromeDriver.
    pub async fn start(device: Device, without: Without) -> Self {
        let port = free_port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts; `make test` installs it");
        let profile = TempDir::new().expect("a folder for the profile");
        let address = format!("http://127.0.0.1:{port}");
        let client = until("chromedriver to answer", async || {
            ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities(device, without, &profile))
                .connect(&address)
                .await
                .ok()
        })
        .await;
        Self { client, driver, profile }
    }

    /// What WebDriver has no word for, in the DevTools protocol: windows narrower than a desktop
    /// allows, media features, printing.
    pub async fn devtools(&self, method: &'static str, parameters: Value) -> Value {
        let path = "goog/cdp/execute";
        let body = json!({ "cmd": method, "params": parameters });
        self.client.issue_cmd(Beyond { path, body }).await.expect(method)
    }

    /// What was logged since the last look: of the kind `browser` or `performance`.
    pub async fn log(&self, kind: &str) -> Vec<Value> {
        let body = json!({ "type": kind });
        let log = self.client.issue_cmd(Beyond { path: "se/log", body }).await;
        log.expect(kind).as_array().expect("entries").clone()
    }

    /// What was written to the console, and what the browser complains about.
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

impl Drop for Engine {
    fn drop(&mut self) {
        // ChromeDriver ends its browser with itself when it is asked to, not when it is killed.
        let _ = Command::new("kill").arg(self.driver.id().to_string()).status();
        let _ = self.driver.wait();
        // Where it did not come to that, the browser would stay: it is known by its profile.
        let profile = self.profile.path().as_os_str();
        let _ = Command::new("pkill").args(["-KILL", "-f"]).arg(profile).status();
    }
}

fn capabilities(device: Device, without: Without, profile: &TempDir) -> Capabilities {
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--window-size=1280,900".to_owned(),
        format!("--user-data-dir={}", profile.path().display()),
    ];
    if without == Without::WebAssembly {
        // V8 has no WebAssembly without a compiler, as in the strictest modes of browsers.
        arguments.push("--js-flags=--jitless".to_owned());
    }
    // 2 is "blocked" in Chromium's preferences.
    let scripts = if without == Without::Script { 2 } else { 1 };
    let cookies = if without == Without::Storage { 2 } else { 1 };
    let mut options = json!({
        "args": arguments,
        "prefs": {
            "profile.managed_default_content_settings.javascript": scripts,
            "profile.default_content_setting_values.cookies": cookies,
        },
    });
    if device == Device::Phone {
        let metrics =
            json!({ "width": 360, "height": 780, "pixelRatio": 2, "touch": true, "mobile": true });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    // What is written to the console, and everything that is asked of the network.
    let logs = json!({ "browser": "ALL", "performance": "ALL" });
    [
        ("browserName".to_owned(), json!("chrome")),
        ("goog:chromeOptions".to_owned(), options),
        ("goog:loggingPrefs".to_owned(), logs),
    ]
    .into_iter()
    .collect()
}
