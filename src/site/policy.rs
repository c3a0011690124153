//! The Content-Security-Policy of the pages, with the digests of their inline style and scripts.

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};

/// The policy for pages of this template: it allows no inline style or script but those of the template.
pub fn of(template: &str) -> String {
    let digests = |tag: &str| -> Vec<String> {
        let (begin, end) = (format!("<{tag}>"), format!("</{tag}>"));
        let contents = template.split(&*begin).skip(1).filter_map(|it| it.split(&*end).next());
        contents.map(|it| source(it.as_bytes())).collect()
    };
    guide_core::policy::policy(&digests("script"), &digests("style"))
}

/// A hash source (CSP Level 3, 6.7.2.3).
fn source(content: &[u8]) -> String {
    format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(content)))
}
