//! The browsers: the one place that knows how each is started and what only one can do.
//!
//! Another engine is a variant of [`Engine`], a case of [`in_every_engine`], and a module beside
//! `chromium`, `firefox` and `webkit` that says how to launch it; no test is rewritten.
//!
//! A journey runs in every engine. What it needs of a browser that WebDriver has no command for comes
//! from outside of the browser where that can be: a [`Line`](super::line::Line) cuts, delays, refuses,
//! records, and calls a function first in every page. A window narrower than a desktop's, paper, the system's colors
//! and a network that is gone come from DevTools in Chromium and from a script in Firefox itself; of these a driven
//! WebKitGTK has the window alone. Only DevTools show the accessibility tree, the console and every request, or play a
//! phone: such journeys run in Chromium alone and say so where they take it.

mod chromium;
mod firefox;
mod left;
mod webkit;

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use fantoccini::Client;
use fantoccini::wd::{Capabilities, TimeoutConfiguration, WebDriverCompatibleCommand};
use http::Method;
use rstest_reuse::template;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::{ParseError, Url};

use self::left::Running;
pub use self::webkit::DISPLAY;
use crate::harness::wait::free_port;

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

/// The same for what a driven WebKitGTK cannot do: lack a part, have a tab that is not seen, be offline, show a page
/// as printed or in the system's colors.
#[template]
#[rstest::rstest]
#[case::chromium(Engine::Chromium)]
#[case::firefox(Engine::Firefox)]
#[test_attr(tokio::test(flavor = "multi_thread"))]
pub async fn in_chromium_and_firefox(#[case] engine: Engine) {}

/// The window of [`Device::Desktop`], in CSS pixels.
const DESKTOP: (u32, u32) = (1280, 900);

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
    /// The system asks for less motion, as where somebody gets dizzy from it.
    Motion,
}

/// The device that a browser runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A window of 1280 by 900.
    Desktop,
    /// A touch screen of 360 by 780 CSS pixels.
    Phone,
}

/// The logs that Chromium keeps, for [`Browser::log`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Logs {
    /// The console.
    Console,
    /// Every request, too. Everything then takes a third more of the processor's time.
    Requests,
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

/// A browser, for as long as the value lives.
pub struct Browser {
    /// Its engine.
    pub kind: Engine,
    /// Speaks WebDriver to it.
    pub client: Client,
    /// Until the value ends.
    running: Option<Running>,
    /// Afterwards it is left for the next journey.
    stays: bool,
}

impl Engine {
    /// Whether a network can be taken from the browser alone: WebKitGTK has that of the machine.
    pub fn can_be_offline(self) -> bool {
        self != Self::WebKit
    }

    /// Everything works, and no script runs. A driven WebKitGTK cannot do without script.
    pub const fn with_and_without_script(self) -> &'static [Without] {
        match self {
            Self::WebKit => &[Without::Nothing],
            Self::Chromium | Self::Firefox => &[Without::Nothing, Without::Script],
        }
    }

    /// Returns a browser that knows no page: one that an earlier journey left, or a new one.
    pub async fn open(self, device: Device, without: Without) -> Browser {
        let running = match left::take(self, device, without).await {
            Some(running) => running,
            None => self.launch(device, without, Logs::Console).await,
        };
        Browser { kind: self, client: running.client.clone(), running: Some(running), stays: true }
    }

    /// Returns a browser that was just started, for a measurement or for its log of every request.
    pub async fn start(self, device: Device, without: Without) -> Browser {
        let running = self.launch(device, without, Logs::Requests).await;
        Browser { kind: self, client: running.client.clone(), running: Some(running), stays: false }
    }

    async fn launch(self, device: Device, without: Without, logs: Logs) -> Running {
        let port = free_port();
        let profile = TempDir::new().expect("a folder for the profile").keep();
        let Launch { driver, capabilities, display } = match self {
            Self::Chromium => chromium::launch(port, device, without, logs, &profile),
            Self::Firefox => firefox::launch(port, device, without, &profile),
            Self::WebKit => webkit::launch(port, device, without, &profile),
        };
        let driver =
            with_us(&driver, &profile).stdout(Stdio::null()).spawn().unwrap_or_else(|error| {
                panic!("the driver of {self:?}: {error}; `make test` installs it")
            });
        let client = left::session(&format!("http://127.0.0.1:{port}"), capabilities).await;
        // A driver may measure it by timers of the page, which some journeys hurry.
        let patient = TimeoutConfiguration::new(Some(SCRIPT_TIMEOUT), None, None);
        client.update_timeouts(patient).await.expect("scripts may take long");
        let downloads = downloads(&profile);
        Running { kind: (self, device, without), client, downloads, driver, display }
    }
}

impl Browser {
    /// The folder that it saves files in, with those of earlier journeys.
    pub fn downloads(&self) -> &Path {
        &self.running.as_ref().expect("it runs as long as the value lives").downloads
    }

    /// Runs a command of the DevTools protocol, for what WebDriver has none for: windows narrower
    /// than a desktop allows, media features.
    pub async fn devtools(&self, method: &'static str, parameters: Value) -> Value {
        self.client.issue_cmd(Beyond::devtools(method, parameters)).await.expect(method)
    }

    /// Runs a script in Firefox itself, for the same: its `tab` is the one that is shown (a `browser` of XUL).
    pub async fn in_firefox(&self, script: &str) {
        let script = format!("const tab = gBrowser.selectedBrowser; {script}");
        self.client.issue_cmd(Beyond::context("chrome")).await.expect("Firefox allows it");
        self.client.execute(&script, Vec::new()).await.expect("the script runs");
        self.client.issue_cmd(Beyond::context("content")).await.expect("the page is there");
    }

    /// Returns the log since the last look: of the kind `browser` (the console), or in a browser that was
    /// [started](Engine::start) `performance` (every request).
    pub async fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.client.issue_cmd(Beyond::log(kind)).await;
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

impl Beyond {
    /// A command of the DevTools protocol.
    fn devtools(method: &str, parameters: Value) -> Self {
        Self { path: "goog/cdp/execute", body: json!({ "cmd": method, "params": parameters }) }
    }

    /// Has scripts run in Firefox itself (`chrome`), or in the page again (`content`).
    fn context(context: &str) -> Self {
        Self { path: "moz/context", body: json!({ "context": context }) }
    }

    /// Takes the log of a kind.
    fn log(kind: &str) -> Self {
        Self { path: "se/log", body: json!({ "type": kind }) }
    }
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
        let Some(running) = self.running.take() else { return };
        // Where a journey failed, the browser may be at fault.
        if self.stays && !thread::panicking() {
            left::put(running);
        }
    }
}

/// The folder that a browser of this profile saves files in.
fn downloads(profile: &Path) -> PathBuf {
    profile.join("downloads")
}

/// A command that starts a program which ends with this process, however that ends, or when its standard input is
/// closed; so does all that it started. Browsers are known by the folder of their profile, which is removed.
fn with_us(program: &Command, profile: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", include_str!("with_us.sh"), "with_us"]).env("PROFILE", profile);
    command.arg(program.get_program()).args(program.get_args());
    for (name, value) in program.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    // A group of its own, which the browser is in as well.
    command.stdin(Stdio::piped()).stderr(Stdio::null()).process_group(0);
    command
}
