//! The pages as a server sends them, compared with the digests that the build wrote.
//!
//! - [`manifest`]: the digests of all files
//! - [`visitor`]: fetches a file in one encoding
//! - [`headers`]: headers that a server should send, and those that it should not
//! - [`names`]: files that a page names
//! - [`difference`]: what was found

mod difference;
mod headers;
mod manifest;
mod names;
mod visitor;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{HeaderMap, StatusCode, header};
use guide_core::policy;
use url::Url;

pub use difference::Difference;
pub use manifest::{Manifest, ManifestError};
use visitor::{Failure, Fetched};
pub use visitor::{Visitor, VisitorError};

/// The encodings in which each file is fetched: a server may hold each as a file of its own.
const ENCODINGS: [&str; 3] = ["identity", "gzip", "br"];

/// Every difference that was found, with the encodings in which it was.
#[derive(Debug, Default)]
pub struct Report(BTreeMap<(Url, Difference), BTreeSet<&'static str>>);

impl Report {
    /// Returns `true` if the server sends what was built.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of differences.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// A line for each difference, in the order of the addresses.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|((address, difference), encodings)| {
            let encodings: Vec<&str> = encodings.iter().copied().collect();
            let only = match encodings.len() < ENCODINGS.len() {
                true => format!(" ({})", encodings.join(", ")),
                false => String::new(),
            };
            format!("{address}{only}: {difference}")
        })
    }

    fn add(&mut self, address: &Url, encoding: &'static str, difference: Difference) {
        self.0.entry((address.clone(), difference)).or_default().insert(encoding);
    }
}

/// Fetches every file of the manifest from the site in every encoding, and compares.
pub async fn verify(site: &Url, manifest: &Manifest, visitor: &Visitor) -> Report {
    let mut report = Report::default();
    let files: BTreeMap<Url, &manifest::File> =
        manifest.files().iter().map(|file| (file.address(site), file)).collect();
    let policy = expected_policy(site, manifest, visitor).await;
    for (address, file) in &files {
        for encoding in ENCODINGS {
            let differences = match visitor.fetch(address, encoding).await {
                Ok(fetched) => compare(file, &fetched, policy.as_deref(), address, &files),
                Err(failure) => vec![failure.into()],
            };
            for difference in differences {
                report.add(address, encoding, difference);
            }
        }
    }
    report
}

/// The policy of the pages, from the site itself: taken only where it is what was built.
async fn expected_policy(site: &Url, manifest: &Manifest, visitor: &Visitor) -> Option<String> {
    let file = manifest.files().iter().find(|file| file.path() == policy::FILE)?;
    let fetched = visitor.fetch(&file.address(site), ENCODINGS[0]).await.ok()?;
    let body = fetched.body.filter(|body| file.is(body))?;
    String::from_utf8(body).ok()
}

/// The differences of one response.
fn compare(
    file: &manifest::File,
    fetched: &Fetched,
    policy: Option<&str>,
    address: &Url,
    files: &BTreeMap<Url, &manifest::File>,
) -> Vec<Difference> {
    if let Some(difference) = of_status(fetched.status, &fetched.headers) {
        return vec![difference];
    }
    let mut found = headers::differences(&fetched.headers, file.is_page(), policy);
    let Some(body) = &fetched.body else {
        found.push(Difference::Changed);
        return found;
    };
    if !file.is(body) {
        found.push(Difference::Changed);
    }
    if file.is_page() {
        let unknown = names::of_files(body, address);
        let unknown = unknown.into_iter().filter(|name| !files.contains_key(name));
        found.extend(unknown.map(|name| Difference::Names(name.into())));
    }
    found
}

fn of_status(status: StatusCode, headers: &HeaderMap) -> Option<Difference> {
    match status {
        StatusCode::OK => None,
        StatusCode::NOT_FOUND | StatusCode::GONE => Some(Difference::Missing),
        _ if status.is_redirection() => {
            let to = headers.get(header::LOCATION).map(headers::shown).unwrap_or_default();
            Some(Difference::Redirected(to))
        }
        _ => Some(Difference::Status(status.as_u16())),
    }
}

impl From<Failure> for Difference {
    fn from(failure: Failure) -> Self {
        Self::NoResponse(failure.to_string())
    }
}
