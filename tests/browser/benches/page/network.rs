//! The requests of a visit, as the browser's own log has them.

use serde_json::Value;

use crate::harness::engine::Browser;

/// A request to the site.
pub struct Request {
    id: String,
    /// The page posted it; it did not ask for a file.
    pub posted: bool,
    /// Seconds on the browser's clock.
    sent: f64,
    answered: Option<f64>,
    /// As they went over the network, headers included.
    pub bytes: f64,
}

impl Request {
    /// Milliseconds from sending to the head of the response; `None` before it is there.
    pub fn milliseconds(&self) -> Option<f64> {
        Some((self.answered? - self.sent) * 1_000.0)
    }
}

/// The requests since the last look.
pub async fn requests(browser: &Browser) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    for entry in browser.log("performance").await {
        let entry = entry["message"].as_str().and_then(|it| serde_json::from_str::<Value>(it).ok());
        let Some(entry) = entry else { continue };
        let (method, about) = (&entry["message"]["method"], &entry["message"]["params"]);
        let id = about["requestId"].as_str().unwrap_or_default();
        let known = requests.iter_mut().find(|it| it.id == id);
        match (method.as_str().unwrap_or_default(), known) {
            ("Network.requestWillBeSent", None) => requests.extend(sent(id, about)),
            ("Network.responseReceived", Some(it)) => it.answered = about["timestamp"].as_f64(),
            ("Network.loadingFinished", Some(it)) => {
                it.bytes = about["encodedDataLength"].as_f64().unwrap_or_default();
            }
            _ => {}
        }
    }
    requests
}

/// A request to the site; `None` for one of the browser's own pages.
fn sent(id: &str, about: &Value) -> Option<Request> {
    about["request"]["url"].as_str().filter(|it| it.starts_with("http"))?;
    Some(Request {
        id: id.to_owned(),
        posted: about["request"]["method"] == "POST",
        sent: about["timestamp"].as_f64()?,
        answered: None,
        bytes: 0.0,
    })
}
