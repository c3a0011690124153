//! The page that Trunk wrote, with scripts, style and the names of the app's files. It is the template of
//! every page.

use std::path::Path;
use std::{fs, io};

use sha2::{Digest as _, Sha256};

use super::policy;
use crate::content::words::escape;

/// Renames the app's glue to a digest of its content. Trunk has done so before modules were bundled into it,
/// and caches never ask again for a name.
///
/// # Errors
/// A file that cannot be read or renamed.
pub fn with_named_glue(template: &str, site: &Path) -> io::Result<String> {
    let Some(named) = app_files(template) else { return Ok(template.to_owned()) };
    let Some(glue) = named.split(' ').find(|it| it.ends_with(".js")) else {
        return Ok(template.to_owned());
    };
    // Pages name it by different relative paths, so only the file's name is replaced.
    let old = glue.rsplit('/').next().unwrap_or(glue);
    let digest = Sha256::digest(fs::read(site.join(old))?);
    let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let new = format!("migraine-guide-{digest}.js");
    fs::rename(site.join(old), site.join(&new))?;
    Ok(template.replace(old, &new))
}

/// The placeholder for the site's root, which Trunk.toml sets as Trunk's `public_url`.
const ROOT: &str = "/site-root/";

/// The template, cut at the places where a page is filled in.
pub struct Template<'a> {
    policy: String,
    hints: String,
    until_html: &'a str,
    until_script: &'a str,
    until_body: &'a str,
    after_body: &'a str,
}

/// A page to fill into the template.
pub struct Page<'a> {
    /// The root of the site, relative to the page.
    pub root: &'a str,
    /// HTML for its head.
    pub head: &'a str,
    /// HTML of its body.
    pub body: &'a str,
    /// The page holds the self-assessment or the appointment request, so its browser fetches the app early.
    pub preloads_app: bool,
}

impl<'a> Template<'a> {
    /// Cuts the template; `None` if it has no head and body.
    pub fn new(template: &'a str) -> Option<Self> {
        let html = template.find("<html")?;
        let after_html = html + template[html..].find('>')? + 1;
        let head_end = template.find("</head>")?;
        // The head of a page comes before the first script, which reads it.
        let script = template[..head_end].find("<script").unwrap_or(head_end);
        let body = head_end + template[head_end..].find("<body")?;
        let after_body = body + template[body..].find('>')? + 1;
        Some(Self {
            policy: policy::of(template),
            hints: hints(template).unwrap_or_default(),
            until_html: &template[..html],
            until_script: &template[after_html..script],
            until_body: &template[script..after_body],
            after_body: &template[template.find("</body>")?..],
        })
    }

    /// The Content-Security-Policy of every page.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// A page of the site, in this language.
    pub fn page(&self, language: &str, page: Page<'_>) -> String {
        let Page { root, head, body, preloads_app } = page;
        let html = format!("<html lang=\"{language}\">");
        let policy = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            escape(&self.policy)
        );
        let around = [
            self.until_html,
            &html,
            self.until_script,
            &policy,
            head,
            self.until_body,
            body,
            if preloads_app { &self.hints } else { "" },
            self.after_body,
        ];
        around.concat().replace(ROOT, root)
    }
}

/// Asks for the files of the app behind the page, all at once and after everything else: the loader
/// starts it once the page is idle. `None` for a template without an app.
fn hints(template: &str) -> Option<String> {
    let hint = |file: &str| {
        let kind = if file.ends_with(".wasm") {
            "rel=\"preload\" as=\"fetch\" crossorigin"
        } else {
            "rel=\"modulepreload\""
        };
        format!("<link {kind} fetchpriority=\"low\" href=\"{file}\">")
    };
    Some(app_files(template)?.split(' ').map(hint).collect())
}

/// The names of the app's files, as the loader reads them; `None` for a template without an app.
fn app_files(template: &str) -> Option<&str> {
    let (before, _) = template.split_once("_bg.wasm")?;
    let begin = before.rfind("content=\"")? + "content=\"".len();
    template[begin..].split('"').next()
}
