//! The device in a person's hands: its screen, its network, its printer.

use fantoccini::wd::{PrintConfiguration, PrintSize};
use regex::bytes::Regex;
use serde_json::json;

use super::Person;

impl Person {
    /// Has no network, or has it again.
    pub async fn is_offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({})).await;
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.devtools("Network.emulateNetworkConditions", conditions).await;
    }

    /// Is a phone that is touched.
    pub async fn is_a_phone(&self, width: u32, height: u32) {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
    }

    /// Has a window of this size, in CSS pixels with what the browser puts around the page.
    pub async fn has_window(&self, width: u32, height: u32) {
        self.client().set_window_size(width, height).await.expect("the window changes its size");
    }

    /// Has a screen of this size, in CSS pixels, with nothing around the page: a phone, where it is
    /// narrow.
    pub async fn has_screen(&self, width: u32, height: u32) {
        let phone = width < 600;
        let screen =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
        self.devtools("Emulation.setDeviceMetricsOverride", screen).await;
    }

    /// Looks at the page as it would be printed (`print`), or as it is (`screen`).
    pub async fn looks_at(&self, medium: &str) {
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": medium })).await;
    }

    /// Prints the page on paper of this size. Returns how many pages it takes.
    pub async fn printed_pages(&self, size: PrintSize) -> usize {
        let settings = PrintConfiguration::builder().size(size).build().expect("settings");
        let printed = self.client().print(settings).await.expect("the page is printed");
        let page = Regex::new(r"(?-u)/Type\s*/Page[^s]").expect("a pattern");
        page.find_iter(&printed).count()
    }
}
