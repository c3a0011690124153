//! WebKitGTK, through its own driver, on a display that nobody sees.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use super::{Device, Launch, Without, with_us};

/// The browser that comes with WebKitGTK, below the folder of the machine's architecture.
const BROWSER: &str = "webkit2gtk-4.1/MiniBrowser";

pub fn launch(port: u16, device: Device, without: Without, profile: &Path) -> Launch {
    assert_eq!(
        (device, without),
        (Device::Desktop, Without::Nothing),
        "WebKitGTK is started as a desktop's browser in which everything works"
    );
    let (display, name) = display(profile);
    let mut driver = Command::new("WebKitWebDriver");
    driver
        .arg(format!("--port={port}"))
        .env("DISPLAY", name)
        .env("GDK_BACKEND", "x11")
        // Nothing asks a desktop that is not there.
        .env("NO_AT_BRIDGE", "1")
        .env("GSETTINGS_BACKEND", "memory")
        .env("HOME", profile);
    for folder in ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"] {
        driver.env(folder, profile);
    }
    let options = json!({ "binary": browser(), "args": ["--automation"] });
    let capabilities = [("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect();
    Launch { driver, capabilities, display: Some(display) }
}

/// A display of 1280 by 900 on the first number that is free, and its name.
fn display(profile: &Path) -> (Child, String) {
    let mut display = Command::new("Xvfb");
    display.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
    let mut display = with_us(&display, profile)
        .stdout(Stdio::piped())
        .spawn()
        .expect("Xvfb starts; `make test` installs it");
    let written = display.stdout.take().expect("it writes the number of the display");
    let mut number = String::new();
    BufReader::new(written).read_line(&mut number).expect("a number");
    (display, format!(":{}", number.trim()))
}

fn browser() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").expect("a folder of libraries").filter_map(Result::ok);
    folders
        .map(|folder| folder.path().join(BROWSER))
        .find(|file| file.exists())
        .expect("WebKitGTK's browser is there; `make test` installs it")
}
