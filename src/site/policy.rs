//! The digests of what stands inline in every page, and the policy that lets it run.

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};

/// The policy of the pages of this template: only the inline style and scripts that stand in it run.
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
