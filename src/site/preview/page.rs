//! What is added to pages as they are sent. The files of the site have nothing of it, and its policy allows it as it is:
//! a script and a style sheet of the same origin.

use std::path::Path;

use super::super::appearance::TOKENS;
use super::super::{Error, read_below};

/// The script that shows mistakes, and loads the page again after a change.
pub const SCRIPT: &str = "src/site/preview/preview.js";
/// Its style sheet.
pub const STYLE: &str = "src/site/preview/preview.css";

/// The folder of the addresses of both. No page can have a name with a dot.
pub const FOLDER: &str = "/.preview/";

/// The files that open pages load.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The script.
    pub script: String,
    /// The style sheet.
    pub style: String,
    /// The colors and sizes, for the page without a site.
    pub tokens: String,
}

impl Assets {
    /// Reads them from the files of the app.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(app: &Path) -> Result<Self, Error> {
        let read = |file: &str| read_below(app, file);
        Ok(Self { script: read(SCRIPT)?, style: read(STYLE)?, tokens: read(TOKENS)? })
    }
}

/// The page of a site with the script. `version` is that of the site.
pub fn with_script(page: &str, version: &str) -> String {
    let (before, after) = page.rsplit_once("</body>").unwrap_or((page, ""));
    format!("{before}{}</body>{after}", tags(version))
}

/// The page while there is no site.
pub fn without_site(language: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>guide preview</title>\
         <link rel=\"stylesheet\" href=\"{FOLDER}tokens.css\"></head>\
         <body class=\"preview-alone\">{}</body></html>",
        tags("")
    )
}

fn tags(version: &str) -> String {
    format!(
        "<link rel=\"stylesheet\" href=\"{FOLDER}preview.css\">\
         <script src=\"{FOLDER}preview.js\" data-version=\"{version}\" defer></script>"
    )
}
