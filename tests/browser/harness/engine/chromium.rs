//! Chromium, through ChromeDriver.

use std::path::Path;
use std::process::Command;

use fantoccini::wd::Capabilities;
use serde_json::json;

use super::{Device, Launch, Logs, Without, downloads};

pub fn launch(port: u16, device: Device, without: Without, logs: Logs, profile: &Path) -> Launch {
    let mut driver = Command::new("chromedriver");
    driver.arg(format!("--port={port}"));
    Launch { driver, capabilities: capabilities(device, without, logs, profile), display: None }
}

fn capabilities(device: Device, without: Without, logs: Logs, profile: &Path) -> Capabilities {
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
        format!("--user-data-dir={}", profile.display()),
    ];
    if without == Without::WebAssembly {
        // V8 has no WebAssembly without a compiler, as in the strictest modes of browsers.
        arguments.push("--js-flags=--jitless".to_owned());
    }
    if without == Without::Motion {
        arguments.push("--force-prefers-reduced-motion".to_owned());
    }
    // 2 is "blocked" in Chromium's preferences.
    let scripts = if without == Without::Script { 2 } else { 1 };
    let cookies = if without == Without::Storage { 2 } else { 1 };
    let mut options = json!({
        "args": arguments,
        "prefs": {
            "download.default_directory": downloads(profile),
            "profile.managed_default_content_settings.javascript": scripts,
            "profile.default_content_setting_values.cookies": cookies,
        },
    });
    if device == Device::Phone {
        let metrics =
            json!({ "width": 360, "height": 780, "pixelRatio": 2, "touch": true, "mobile": true });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    let logs = match logs {
        Logs::Console => json!({ "browser": "ALL" }),
        Logs::Requests => json!({ "browser": "ALL", "performance": "ALL" }),
    };
    [
        ("browserName".to_owned(), json!("chrome")),
        ("goog:chromeOptions".to_owned(), options),
        ("goog:loggingPrefs".to_owned(), logs),
    ]
    .into_iter()
    .collect()
}
