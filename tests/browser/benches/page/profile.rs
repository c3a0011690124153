//! The devices and networks of the benchmark.

use serde_json::{Value, json};

use crate::harness::engine::{Browser, Device, Engine, Without};

/// A device and its network.
pub struct Profile {
    pub name: &'static str,
    pub width: u32,
    pub height: u32,
    pub pixel_ratio: f64,
    /// Touched rather than clicked.
    pub touch: bool,
    /// Times as slow as this machine's processor.
    pub slower: u32,
    /// Milliseconds of a round trip.
    pub latency: u32,
    /// Bits per second.
    pub down: u32,
    pub up: u32,
}

/// A phone of the middle class on a slow mobile network, and a desktop on a line as it is at work.
pub const PROFILES: [Profile; 2] = [
    Profile {
        name: "phone",
        width: 412,
        height: 823,
        pixel_ratio: 1.75,
        touch: true,
        slower: 4,
        latency: 150,
        down: 1_600_000,
        up: 750_000,
    },
    Profile {
        name: "desktop",
        width: 1350,
        height: 940,
        pixel_ratio: 1.0,
        touch: false,
        slower: 1,
        latency: 40,
        down: 10_000_000,
        up: 10_000_000,
    },
];

impl Profile {
    /// The profile in words.
    pub fn described(&self) -> String {
        let Self { width, height, slower, latency, .. } = self;
        let processor = match slower {
            1 => "processor as it is".to_owned(),
            _ => format!("processor {slower} times slower"),
        };
        let megabits = f64::from(self.down) / 1e6;
        format!("{width} × {height}, {processor}, {megabits} Mbit/s, {latency} ms")
    }

    /// Starts a browser with this device and network; its cache is empty.
    pub async fn browser(&self) -> Browser {
        let device = if self.touch { Device::Phone } else { Device::Desktop };
        let browser = Engine::Chromium.start(device, Without::Nothing).await;
        let metrics = json!({
            "width": self.width, "height": self.height,
            "deviceScaleFactor": self.pixel_ratio, "mobile": self.touch,
        });
        browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        browser.devtools("Network.enable", json!({})).await;
        let network = json!({
            "offline": false, "latency": self.latency,
            "downloadThroughput": self.down / 8, "uploadThroughput": self.up / 8,
        });
        browser.devtools("Network.emulateNetworkConditions", network).await;
        let rate = json!({ "rate": self.slower });
        browser.devtools("Emulation.setCPUThrottlingRate", rate).await;
        browser
    }

    /// Presses a place, with a finger or a mouse.
    pub async fn presses(&self, browser: &Browser, [x, y]: [f64; 2]) {
        if self.touch {
            let begin = json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }] });
            let end = json!({ "type": "touchEnd", "touchPoints": [] });
            browser.devtools("Input.dispatchTouchEvent", begin).await;
            browser.devtools("Input.dispatchTouchEvent", end).await;
        } else {
            for kind in ["mousePressed", "mouseReleased"] {
                browser.devtools("Input.dispatchMouseEvent", mouse(kind, x, y)).await;
            }
        }
    }
}

fn mouse(kind: &str, x: f64, y: f64) -> Value {
    json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 })
}
