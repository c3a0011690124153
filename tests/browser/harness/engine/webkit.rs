//! WebKitGTK, through its own driver, on a display that nobody sees.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use super::{Device, Launch, Without, downloads, with_us};

/// The browser that comes with WebKitGTK, below the folder of the machine's architecture.
const BROWSER: &str = "webkit2gtk-4.1/MiniBrowser";

/// Has the bars of the browser, that of its downloads too, as narrow as the narrowest page.
const NARROW: &str = "button, entry { min-width: 0; margin: 0; border-width: 0; padding: 0 } \
    infobar * { min-width: 0; margin: 0; padding: 0 } infobar label { font-size: 1px }";

pub fn launch(port: u16, device: Device, without: Without, profile: &Path) -> Launch {
    assert!(
        device == Device::Desktop && matches!(without, Without::Nothing | Without::Motion),
        "WebKitGTK is started as a desktop's browser in which everything works"
    );
    // As a desktop sets it, and where the browser looks for that.
    let setting = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads(profile).display());
    fs::write(profile.join("user-dirs.dirs"), setting).expect("written");
    fs::create_dir(profile.join("gtk-3.0")).expect("the folder can be made");
    fs::write(profile.join("gtk-3.0/gtk.css"), NARROW).expect("written");
    if without == Without::Motion {
        let setting = "[Settings]\ngtk-enable-animations=false\n";
        fs::write(profile.join("gtk-3.0/settings.ini"), setting).expect("written");
    }
    let (display, name) = display(profile);
    let mut driver = Command::new("WebKitWebDriver");
    driver
        .arg(format!("--port={port}"))
        .env("DISPLAY", name)
        .env("GDK_BACKEND", "x11")
        // Nothing asks a desktop that is not there.
        .env("NO_AT_BRIDGE", "1")
        // It would draw every frame by OpenGL, which without a graphics card takes as much time again as all the rest.
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("GSETTINGS_BACKEND", "memory")
        .env("HOME", profile);
    for folder in ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"] {
        driver.env(folder, profile);
    }
    let options = json!({ "binary": browser(), "args": ["--automation"] });
    let capabilities = [("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect();
    Launch { driver, capabilities, display: Some(display) }
}

/// The display, in pixels: every window fits on it.
pub const DISPLAY: (u32, u32) = (1600, 1000);

/// A display, on the first number that is free, and its name.
fn display(profile: &Path) -> (Child, String) {
    let mut display = Command::new("Xvfb");
    let (width, height) = DISPLAY;
    let screen = format!("{width}x{height}x24");
    display.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp"]);
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
