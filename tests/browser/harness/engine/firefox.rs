//! Firefox, through geckodriver.

use std::path::{Path, PathBuf};
use std::process::Command;

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use super::{Device, Launch, Without, downloads};
use crate::harness::wait::free_port;

/// Names of the browser: Debian's, and everybody else's.
const BROWSERS: [&str; 2] = ["firefox-esr", "firefox"];

pub fn launch(port: u16, device: Device, without: Without, profile: &Path) -> Launch {
    let mut driver = Command::new("geckodriver");
    driver
        .arg(format!("--port={port}"))
        // Lets a script run in the browser itself.
        .arg("--allow-system-access")
        // Every driver would take the same one otherwise.
        .arg(format!("--websocket-port={}", free_port()))
        .arg("--profile-root")
        .arg(profile)
        .env("HOME", profile);
    Launch { driver, capabilities: capabilities(device, without, profile), display: None }
}

fn capabilities(device: Device, without: Without, profile: &Path) -> Capabilities {
    let (width, height) = match device {
        Device::Desktop => (1280, 900),
        Device::Phone => (360, 780),
    };
    let arguments =
        vec!["-headless".to_owned(), format!("--width={width}"), format!("--height={height}")];
    let mut preferences = json!({
        // Its own requests to the network.
        "app.normandy.enabled": false,
        "browser.safebrowsing.update.enabled": false,
        "captivedetect.canonicalURL": "",
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "services.settings.server": "",
        // Scripts and answers of a busy machine may be slow.
        "dom.max_script_run_time": 0,
        // 2 is the folder of `browser.download.dir`.
        "browser.download.folderList": 2,
        // Its list of downloads would open over the page, and take the next keys.
        "browser.download.alwaysOpenPanel": false,
        "browser.download.dir": downloads(profile),
        "javascript.enabled": without != Without::Script,
        "javascript.options.wasm": without != Without::WebAssembly,
    });
    if without == Without::Storage {
        preferences["network.cookie.cookieBehavior"] = json!(2);
    }
    if without == Without::Motion {
        preferences["ui.prefersReducedMotion"] = json!(1);
    }
    if device == Device::Phone {
        preferences["dom.w3c_touch_events.enabled"] = json!(1);
    }
    let mut options = json!({ "args": arguments, "prefs": preferences });
    if let Some(binary) = browser() {
        options["binary"] = Value::from(binary.to_string_lossy());
    }
    [("browserName".to_owned(), json!("firefox")), ("moz:firefoxOptions".to_owned(), options)]
        .into_iter()
        .collect()
}

/// The browser on the path, if there is one.
fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    BROWSERS
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|it| it.exists())
}
