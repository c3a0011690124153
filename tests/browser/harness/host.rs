//! The host: another site, of another origin, that embeds the guide in the pages of `../hosts/`.

use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::clinic::{Clinic, root};
use super::person::Person;
use super::wait::{free_port, until};

/// The iframe that embed.js made in the element of this id.
const FRAME: &str = "document.getElementById('ID').shadowRoot?.querySelector('iframe')";

/// A running server of `serve.mjs`. Ends with the value.
pub struct Host {
    port: u16,
    server: Child,
}

impl Host {
    /// Serves all situations; in them the guide is at this address.
    pub async fn open(port: u16, guide: &str) -> Self {
        let script = root().join("tests/browser/hosts/serve.mjs");
        let server = Command::new("node")
            .args([script.as_os_str(), port.to_string().as_ref(), guide.as_ref()])
            .stdin(Stdio::null())
            .spawn()
            .expect("node starts; it is needed to build the guide too");
        until("the host to listen", async || TcpStream::connect(("127.0.0.1", port)).ok()).await;
        Self { port, server }
    }

    /// Returns a free port for a site.
    pub fn port() -> u16 {
        free_port()
    }

    /// The origin of the site of this port. Another host name than the guide's, so that the frame
    /// is that of a third party for the browser.
    pub fn origin(port: u16) -> String {
        format!("http://localhost:{port}")
    }

    /// The address of a situation.
    pub fn address(&self, situation: &str) -> String {
        format!("{}/{situation}/", Self::origin(self.port))
    }
}

/// Starts a guide, and a host that may show it.
pub async fn guide_and_host() -> (Clinic, Host) {
    let port = Host::port();
    let clinic = Clinic::open_to(&format!("'self' {}", Host::origin(port))).await;
    let host = Host::open(port, clinic.address("").as_str()).await;
    (clinic, host)
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Person {
    /// Waits until the guide in the element of this id is shown, as high as it says.
    pub async fn waits_for_guide(&self, id: &str) {
        self.waits_for(&format!(
            "return heard.some((it) => it.type === 'ready' && it.id === '{id}')"
        ))
        .await;
        let frame = FRAME.replace("ID", id);
        let shown = format!(
            "const last = heard.findLast((it) => it.id === '{id}' && it.detail.height)?.detail.height; \
             return {frame}.checkVisibility({{ visibilityProperty: true }}) \
               && {frame}.getBoundingClientRect().height === last"
        );
        self.waits_for(&shown).await;
    }

    /// Looks into the guide in the element of this id; what follows is about the guide's page.
    pub async fn enters_guide(&self, id: &str) {
        self.enters_frame(&format!("return {}", FRAME.replace("ID", id))).await;
    }

    /// Returns the details of the events of this type that the host's page received, in order.
    pub async fn is_told(&self, kind: &str) -> Vec<Value> {
        let heard =
            format!("return heard.filter((it) => it.type === '{kind}').map((it) => it.detail)");
        self.runs(&heard).await.as_array().cloned().unwrap_or_default()
    }
}
