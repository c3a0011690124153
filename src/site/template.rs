//! The page that Trunk wrote: scripts, style and the names of the app's files, around which every
//! page of the site is put.

use std::io;
use std::path::Path;

use walkdir::WalkDir;

/// Names, behind the wasm module and its glue, the modules that the glue imports, so that the
/// loader need not wait for it to ask for them.
///
/// # Errors
/// A folder that cannot be read.
pub fn with_modules(template: &str, site: &Path) -> io::Result<String> {
    let mut named = String::new();
    let folder = site.join("snippets");
    if folder.is_dir() {
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry?;
            let module = entry.path().extension().is_some_and(|it| it == "js");
            if let Some(path) = entry.path().strip_prefix(site).ok().filter(|_| module) {
                named += &format!(" /{}", path.display());
            }
        }
    }
    Ok(template.replacen("_bg.wasm\"", &format!("_bg.wasm{named}\""), 1))
}

/// The page that Trunk wrote, cut where each page of the site is filled in.
pub struct Template<'a> {
    until_html: &'a str,
    until_script: &'a str,
    until_body: &'a str,
    after_body: &'a str,
}

impl<'a> Template<'a> {
    /// Cuts it; `None` if it has no head and body.
    pub fn new(template: &'a str) -> Option<Self> {
        let html = template.find("<html")?;
        let after_html = html + template[html..].find('>')? + 1;
        let head_end = template.find("</head>")?;
        // The first script asks for what the head says.
        let script = template[..head_end].find("<script").unwrap_or(head_end);
        let body = head_end + template[head_end..].find("<body")?;
        let after_body = body + template[body..].find('>')? + 1;
        Some(Self {
            until_html: &template[..html],
            until_script: &template[after_html..script],
            until_body: &template[script..after_body],
            after_body: &template[template.find("</body>")?..],
        })
    }

    /// A page of the site, in this language, with this head and body.
    pub fn page(&self, language: &str, head: &str, body: &str) -> String {
        let html = format!("<html lang=\"{language}\">");
        [self.until_html, &html, self.until_script, head, self.until_body, body, self.after_body]
            .concat()
    }
}
