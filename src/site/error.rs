//! Why the pages were not written.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use super::appearance::TOKENS;
use crate::content::ContentError;
use crate::pages;

/// Why the pages were not written.
#[derive(Debug)]
pub enum Error {
    /// The content has mistakes.
    Content(ContentError),
    /// The content has no mistake, but there is no key to encrypt for.
    NoKey(ContentError),
    /// The clock of this computer shows a time before 1970.
    Clock,
    /// A file could not be read or written.
    File(PathBuf, io::Error),
    /// A tool of the build, e.g. `esbuild`, is missing or failed.
    Tool(String, io::Error),
    /// Trunk's page has no head and body to fill.
    Template,
    /// There is no content in this folder.
    NoContent(PathBuf),
    /// The files of the app, in this folder, are not those that were built.
    DamagedApp(PathBuf),
    /// A folder that a site would replace holds something else, or lies in the way.
    NotASite(PathBuf),
    /// The preview cannot listen on this port.
    Port(u16, io::Error),
    /// A page cannot be rendered.
    Render(pages::Error),
    /// The style sheet sets no `--page` for a theme.
    Tokens,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(error) => {
                write!(f, "{error}\ncontent: {} to mend; nothing was built", error.0.len())
            }
            Self::NoKey(error) => write!(
                f,
                "{error}\ncontent: no mistake in the text, but no page can be built of it yet"
            ),
            Self::Clock => f.write_str("the clock of this computer is wrong; set it"),
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Tool(name, error) => write!(f, "{name}: {error}"),
            Self::Template => {
                write!(f, "index.html needs <html>, <head>…</head> and <body>…</body>")
            }
            Self::NoContent(folder) => write!(
                f,
                "{}: there is no content here; run this in the folder of the kit, or give --content",
                folder.display()
            ),
            Self::DamagedApp(folder) => write!(
                f,
                "{}: is not there, or its files are not those of the kit; nothing was changed: unpack the \
                 kit again, and keep `guide`, `app` and `app.sha256` beside each other",
                folder.display()
            ),
            Self::NotASite(folder) => write!(
                f,
                "{}: is no site that this program built, or lies in another folder of the kit or in a site; \
                 nothing was changed: give another --out",
                folder.display()
            ),
            Self::Port(port, error) if error.kind() == ErrorKind::AddrInUse => write!(
                f,
                "port {port} is taken, perhaps by another preview: stop that, or give another port, such as \
                 --port {}",
                port.saturating_add(1)
            ),
            Self::Port(port, error) => {
                write!(f, "port {port}: {error}; give another, such as --port 8001")
            }
            Self::Render(pages::Error::Pack(error)) => {
                write!(f, "the questions or the clinic's settings do not fit into a page: {error}")
            }
            Self::Render(pages::Error::Markers(error)) => {
                write!(f, "the markers of a page cannot be removed: {error}")
            }
            Self::Tokens => write!(f, "{TOKENS} needs --page in the light, dark and calm theme"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The exit code: 2 if only a key is missing, so that scripts can check the text before a clinic has
    /// one; 1 for everything else.
    pub fn exit_code(&self) -> u8 {
        if matches!(self, Self::NoKey(_)) { 2 } else { 1 }
    }
}
