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
}

/// A running browser with a profile of its own. Ends with the value.
pub struct Engine {
    /// Speaks WebDriver to it.
    pub client: Client,
    driver: Child,
    _profile: TempDir,
}

impl Engine {
    /// Starts Chromium through ChromeDriver.
    pub async fn start(without: Without) -> Self {
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
                .capabilities(capabilities(without, &profile))
                .connect(&address)
                .await
                .ok()
        })
        .await;
        Self { client, driver, _profile: profile }
    }

    /// What WebDriver has no word for, in the DevTools protocol: windows narrower than a desktop
    /// allows, media features, printing.
    pub async fn devtools(&self, method: &'static str, parameters: Value) -> Value {
        let answer = self.client.issue_cmd(DevTools { method, parameters }).await;
        answer.expect(method)
    }
}

/// ChromeDriver's own command. Its answer is the method's result.
#[derive(Debug)]
struct DevTools {
    method: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.method, "params": self.parameters });
        (Method::POST, Some(body.to_string()))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // ChromeDriver ends its browser with itself when it is asked to, not when it is killed.
        let _ = Command::new("kill").arg(self.driver.id().to_string()).status();
        let _ = self.driver.wait();
    }
}

fn capabilities(without: Without, profile: &TempDir) -> Capabilities {
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
    let options = json!({
        "args": arguments,
        "prefs": { "profile.managed_default_content_settings.javascript": scripts },
    });
    let logs = json!({ "browser": "ALL" });
    [
        ("browserName".to_owned(), json!("chrome")),
        ("goog:chromeOptions".to_owned(), options),
        ("goog:loggingPrefs".to_owned(), logs),
    ]
    .into_iter()
    .collect()
}
