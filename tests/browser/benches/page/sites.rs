//! The pages that are compared: all three have the same text and style.

use std::fs;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, rewrite_str};

use crate::harness::clinic::Clinic;
use crate::harness::site::{copy, trial_copy};

/// The script of the third page.
const PEER: &str = include_str!("../../scripts/peer.js");

/// A served page.
pub struct Site {
    pub name: &'static str,
    /// The questions can be answered and the form sent.
    pub interactive: bool,
    clinic: Clinic,
}

impl Site {
    /// The address of the page.
    pub fn address(&self) -> String {
        self.clinic.address("/")
    }
}

/// The guide, the guide without scripts, and the guide with fifty lines of script in place of the app.
pub async fn all(folder: &Path) -> [Site; 3] {
    let plain = variant(folder, "plain", "");
    let peer = variant(folder, "peer", "<script type=\"module\" src=\"./peer.js\"></script>");
    let peer_script = rewritten_script();
    fs::write(folder.join("peer/peer.js"), &peer_script).expect("written");
    compress(&folder.join("peer/peer.js"), &peer_script);
    [
        Site { name: "guide", interactive: true, clinic: Clinic::open().await },
        Site { name: "no scripts", interactive: false, clinic: Clinic::serving(&plain).await },
        Site { name: "fifty lines", interactive: true, clinic: Clinic::serving(&peer).await },
    ]
}

/// The script of the peer, in its shortest usual form: without comments and indentation.
fn rewritten_script() -> String {
    let lines = PEER.lines().map(str::trim);
    let code = lines.filter(|line| !line.starts_with("//") && !line.starts_with("/**"));
    code.collect::<Vec<_>>().join("\n")
}

/// A copy of the trial copy whose guide has no script but this one.
fn variant(folder: &Path, name: &str, script: &str) -> std::path::PathBuf {
    let site = folder.join(name);
    copy(&trial_copy(), &site);
    let page = site.join("index.html");
    let html = fs::read_to_string(&page).expect("the guide");
    let scripts = "script:not([type='application/ld+json']), meta[name=app], \
        link[rel=modulepreload], link[rel=preload]";
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!(scripts, |it| {
            it.remove();
            Ok(())
        }))
        .append_element_content_handler(element!("head", |it| {
            it.append(script, ContentType::Html);
            Ok(())
        }));
    let html = rewrite_str(&html, settings).expect("it can be rewritten");
    fs::write(&page, &html).expect("written");
    compress(&page, &html);
    site
}

/// Replaces the compressed form that the service sends.
fn compress(path: &Path, text: &str) {
    let best = BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut text.as_bytes(), &mut packed, &best).expect("packed");
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    fs::write(name, packed).expect("written");
}
