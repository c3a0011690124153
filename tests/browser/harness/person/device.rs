//! The device in a person's hands: its screen, its network, its printer.

use fantoccini::wd::{PrintConfiguration, PrintSize};
use regex::bytes::Regex;
use serde_json::json;

use super::Person;
use crate::harness::engine::{DISPLAY, Engine};
use crate::harness::wait::until;

impl Person {
    /// Has no network, or has it again.
    pub async fn is_offline(&self, offline: bool) {
        if self.engine.kind == Engine::Firefox {
            let set = format!("tab.browsingContext.forceOffline = {offline}");
            return self.engine.in_firefox(&set).await;
        }
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
        // On WebKit's display the window below the mouse has the focus: that in the middle.
        let middle = |display: u32, length: u32| display.saturating_sub(length) / 2;
        let (x, y) = match self.engine.kind {
            Engine::WebKit => (middle(DISPLAY.0, width), middle(DISPLAY.1, height)),
            Engine::Chromium | Engine::Firefox => (0, 0),
        };
        let set = self.client().set_window_rect(x, y, width, height).await;
        set.expect("the window changes its size");
    }

    /// Has a screen of this size, in CSS pixels, with nothing around the page: in Chromium a phone, where it is
    /// narrow.
    pub async fn has_screen(&self, width: u32, height: u32) {
        match self.engine.kind {
            Engine::Chromium => {
                let phone = width < 600;
                let screen = json!({
                    "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone,
                });
                self.devtools("Emulation.setDeviceMetricsOverride", screen).await;
            }
            Engine::Firefox => {
                let size = format!(
                    "for (const [side, length] of [['Width', {width}], ['Height', {height}]]) \
                       for (const limit of ['min', 'max']) tab.style[limit + side] = length + 'px'"
                );
                self.engine.in_firefox(&size).await;
                let now = "return [innerWidth, innerHeight].join(' ')";
                self.waits_for(&format!("{now} === '{width} {height}'")).await;
            }
            Engine::WebKit => {
                // The page is told of its window's size a moment later. The browser's bar stands above it.
                until(&format!("a screen of {width} by {height}"), async || {
                    let told = self
                        .runs("return [outerHeight - innerHeight, innerWidth, innerHeight]")
                        .await;
                    let bar = told[0].as_u64().and_then(|it| u32::try_from(it).ok())?;
                    self.has_window(width, height + bar).await;
                    ([&told[1], &told[2]] == [width, height]).then_some(())
                })
                .await;
            }
        }
    }

    /// Whether the page can be looked at as it would be printed: a driven WebKitGTK prints nothing.
    pub fn can_look_at_paper(&self) -> bool {
        self.engine.kind != Engine::WebKit
    }

    /// Looks at the page as it would be printed (`print`), or as it is (`screen`).
    pub async fn looks_at(&self, medium: &str) {
        if self.engine.kind == Engine::Firefox {
            let set = format!("tab.browsingContext.mediumOverride = '{medium}'");
            return self.engine.in_firefox(&set).await;
        }
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": medium })).await;
    }

    /// Sees the page in the system's colors alone, or in its own again.
    pub async fn forces_colors(&self, forced: bool) {
        let colors = if forced { "active" } else { "none" };
        if self.engine.kind == Engine::Firefox {
            let set = format!("tab.browsingContext.forcedColorsOverride = '{colors}'");
            return self.engine.in_firefox(&set).await;
        }
        let media = json!({ "features": [{ "name": "forced-colors", "value": colors }] });
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// Prints the page on paper of this size. Returns how many pages it takes.
    pub async fn printed_pages(&self, size: PrintSize) -> usize {
        let settings = PrintConfiguration::builder().size(size).build().expect("settings");
        let printed = self.client().print(settings).await.expect("the page is printed");
        let page = Regex::new(r"(?-u)/Type\s*/Page[^s]").expect("a pattern");
        page.find_iter(&printed).count()
    }
}
