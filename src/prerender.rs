//! Writes the pages into the folder that Trunk is filling, and every file again in smaller forms.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fmt, fs};

use crate::content::markdown::Article;
use crate::content::{self, Content, ContentError};
use crate::page::{self, Kind};

/// The language that the pages are written in.
const LANGUAGE: &str = "en";
/// Files that are worth compressing; images are compressed already.
const COMPRESSED: [&str; 9] =
    ["html", "css", "js", "wasm", "json", "svg", "txt", "xml", "webmanifest"];

/// Why the pages were not written.
#[derive(Debug)]
pub enum Error {
    /// A setting of the environment is missing; says which.
    Environment(&'static str),
    /// The content has mistakes.
    Content(ContentError),
    /// A file could not be read or written.
    File(PathBuf, io::Error),
    /// Trunk's page has no head and body to fill.
    Template,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(name) => {
                write!(f, "{name} is not set; this program is run by Trunk: use `make build`")
            }
            Self::Content(error) => error.fmt(f),
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Template => write!(f, "index.html needs <head>…</head> and <body>…</body>"),
        }
    }
}

impl std::error::Error for Error {}

/// Renders all pages. Settings, from the environment:
/// - `TRUNK_STAGING_DIR`: where Trunk puts the site together; its `index.html` is the frame of
///   every page;
/// - `GUIDE_CONTENT`: the folder of the content, `content` where it is not set;
/// - `GUIDE_DEVELOPMENT_KEY`: a public JWK to seal for in place of the clinic's keys.
///
/// # Errors
/// Nothing is written unless all content is right.
pub fn run() -> Result<(), Error> {
    let site = env::var_os("TRUNK_STAGING_DIR").ok_or(Error::Environment("TRUNK_STAGING_DIR"))?;
    let folder = env::var_os("GUIDE_CONTENT").unwrap_or_else(|| "content".into());
    let key = env::var_os("GUIDE_DEVELOPMENT_KEY").filter(|key| !key.is_empty());
    let content = content::load(Path::new(&folder), LANGUAGE, key.as_ref().map(Path::new))
        .map_err(Error::Content)?;
    for missing in content.clinic.missing() {
        eprintln!("warning: {folder:?}/clinic.toml: {missing} is not known and is left out");
    }
    if content.trial {
        eprintln!("warning: built with a development key; requests will reach nobody");
    }
    let site = PathBuf::from(site);
    write_pages(&content, &site)?;
    compress(&site)
}

/// Fills Trunk's page with each of ours.
fn write_pages(content: &Content, site: &Path) -> Result<(), Error> {
    let index = site.join("index.html");
    let frame = fs::read_to_string(&index).map_err(|error| Error::File(index.clone(), error))?;
    let frame = Frame::of(&frame).ok_or(Error::Template)?;
    write(&index, &frame.page(content, &content.guide, Kind::Guide))?;
    for article in &content.articles {
        let folder = site.join("articles").join(&article.slug);
        fs::create_dir_all(&folder).map_err(|error| Error::File(folder.clone(), error))?;
        write(&folder.join("index.html"), &frame.page(content, article, Kind::Article))?;
    }
    Ok(())
}

/// What stands around the body of every page.
struct Frame<'a> {
    before_head_end: &'a str,
    until_body: &'a str,
    after_body: &'a str,
}

impl<'a> Frame<'a> {
    fn of(template: &'a str) -> Option<Self> {
        let (before_head_end, rest) = template.split_once("</head>")?;
        let body = rest.find("<body")?;
        let until_body = body + rest[body..].find('>')? + 1;
        let after_body = rest.find("</body>")?;
        Some(Self {
            before_head_end,
            until_body: &rest[..until_body],
            after_body: &rest[after_body..],
        })
    }

    fn page(&self, content: &Content, article: &Article, kind: Kind) -> String {
        let front = &article.front;
        let title = escape(&match kind {
            Kind::Guide => front.title.clone(),
            Kind::Article => [&front.title, " · ", &content.clinic.name].concat(),
        });
        let description = escape(&front.description);
        let head =
            format!("<title>{title}</title><meta name=\"description\" content=\"{description}\">");
        let body = page::render(content, article, kind);
        [self.before_head_end, &head, "</head>", self.until_body, &body, self.after_body].concat()
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|error| Error::File(path.to_owned(), error))
}

/// Puts `….br` and `….gz` beside every file that gains by it, so that no server has to compress.
fn compress(folder: &Path) -> Result<(), Error> {
    let failed = |error| Error::File(folder.to_owned(), error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            compress(&path)?;
        } else if path.extension().is_some_and(|it| COMPRESSED.iter().any(|kind| it == *kind)) {
            compress_file(&path).map_err(|error| Error::File(path.clone(), error))?;
        }
    }
    Ok(())
}

fn compress_file(path: &Path) -> io::Result<()> {
    let bytes = fs::read(path)?;
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        fs::File::create(name)
    };
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut beside(".br")?, &best)?;
    let mut gzip = flate2::write::GzEncoder::new(beside(".gz")?, flate2::Compression::best());
    gzip.write_all(&bytes)?;
    gzip.finish().map(drop)
}
