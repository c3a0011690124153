//! Writes the pages into the folder that Trunk is filling, and every file again in smaller forms.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fmt, fs};

use guide_core::request::form::CalendarDate;

use crate::content::{self, Content, ContentError, Keys};
use crate::page;
use crate::theme_colors::ThemeColors;
use crate::{head, plugin, site_files};

/// The language that the pages are written in.
const LANGUAGE: &str = "en";
/// Where the colors stand.
const TOKENS: &str = "style/tokens.css";
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
    /// The content has no mistake, but there is no key to seal for.
    NoKey(ContentError),
    /// The clock of this computer stands before 1970.
    Clock,
    /// A file could not be read or written.
    File(PathBuf, io::Error),
    /// Trunk's page has no head and body to fill.
    Template,
    /// A theme has no color for the page.
    Tokens,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(name) => {
                write!(f, "{name} is not set; this program is run by Trunk: use `make build`")
            }
            Self::Content(error) => {
                write!(f, "{error}\ncontent: {} to mend; nothing was built", error.0.len())
            }
            Self::NoKey(error) => write!(
                f,
                "{error}\ncontent: no mistake in the text, but no page can be built of it yet"
            ),
            Self::Clock => f.write_str("the clock of this computer is wrong; set it"),
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Template => {
                write!(f, "index.html needs <html>, <head>…</head> and <body>…</body>")
            }
            Self::Tokens => write!(f, "{TOKENS} needs --page in the light, dark and calm theme"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The exit code: 2 where all that is missing is a key, so that the text can be checked before
    /// a clinic has one; 1 for everything else.
    pub fn exit_code(&self) -> u8 {
        if matches!(self, Self::NoKey(_)) { 2 } else { 1 }
    }
}

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
    let folder = folder();
    let key = env::var_os("GUIDE_DEVELOPMENT_KEY").filter(|key| !key.is_empty());
    let keys = match &key {
        Some(path) => Keys::Development(Path::new(path)),
        None => Keys::Clinic(today()?),
    };
    let content = content::load(&folder, LANGUAGE, keys).map_err(Error::Content)?;
    warn(&content, &folder)?;
    if content.trial {
        eprintln!("warning: built with a development key; requests will reach nobody");
    }
    let site = PathBuf::from(site);
    write_pages(&content, &site)?;
    compress(&site)
}

/// Checks the content (of `GUIDE_CONTENT`) and renders nothing.
///
/// # Errors
/// All mistakes.
pub fn check() -> Result<(), Error> {
    let folder = folder();
    let content = content::load(&folder, LANGUAGE, Keys::Clinic(today()?)).map_err(|error| {
        if error.lacks_only_a_key() { Error::NoKey(error) } else { Error::Content(error) }
    })?;
    warn(&content, &folder)?;
    eprintln!("{}: no mistake found", folder.display());
    Ok(())
}

/// Says what is left out, and which keys expire soon.
fn warn(content: &Content, folder: &Path) -> Result<(), Error> {
    let file = folder.join("clinic.toml");
    for missing in content.clinic.missing() {
        eprintln!("warning: {}: {missing} is not known and is left out", file.display());
    }
    let today = today()?;
    for page in content.days_to_come(today) {
        eprintln!("warning: {page}");
    }
    for (kid, notice) in content.clinic.expiring(today) {
        eprintln!("warning: {}: key {kid} {notice}", file.display());
    }
    Ok(())
}

fn folder() -> PathBuf {
    env::var_os("GUIDE_CONTENT").unwrap_or_else(|| "content".into()).into()
}

/// Today, UTC: decides what is refused or warned of, and nothing of what is in the pages, which come
/// out the same on every day.
fn today() -> Result<CalendarDate, Error> {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let seconds = since_1970.and_then(|it| it.as_secs().try_into().ok());
    seconds.and_then(CalendarDate::of_unix_time).ok_or(Error::Clock)
}

/// Fills Trunk's page with each of ours.
fn write_pages(content: &Content, site: &Path) -> Result<(), Error> {
    let tokens = fs::read_to_string(TOKENS).map_err(|error| Error::File(TOKENS.into(), error))?;
    let colors = ThemeColors::read(&tokens).ok_or(Error::Tokens)?;
    let index = site.join("index.html");
    let frame = fs::read_to_string(&index).map_err(|error| Error::File(index.clone(), error))?;
    let frame = with_modules(&frame, site)?;
    let frame = Frame::of(&frame).ok_or(Error::Template)?;
    let language = &content.language;
    for (article, kind) in content.every_page() {
        let folder = site.join(kind.path(&article.slug));
        fs::create_dir_all(&folder).map_err(|error| Error::File(folder.clone(), error))?;
        let head = head::head(content, article, kind, &colors);
        let body = page::render(content, article, kind);
        write(&folder.join("index.html"), &frame.page(language, &head, &body))?;
        for image in &article.images {
            let copied = fs::copy(&image.path, folder.join(&image.name));
            copied.map_err(|error| Error::File(image.path.clone(), error))?;
        }
    }
    let head = head::not_found(content, &colors);
    let not_found = frame.page(language, &head, &page::render_not_found(content));
    write(&site.join("404.html"), &not_found)?;
    for (name, text) in site_files::all(content, &colors) {
        write(&site.join(name), &text)?;
    }
    let folder = site.join(plugin::FOLDER);
    let archive = plugin::archive(&folder).map_err(|(path, error)| Error::File(path, error))?;
    let path = folder.with_extension("zip");
    fs::write(&path, archive).map_err(|error| Error::File(path, error))?;
    Ok(())
}

/// Names, behind the program and its glue, the modules that the glue imports, so that the loader
/// need not wait for it to ask for them.
fn with_modules(frame: &str, site: &Path) -> Result<String, Error> {
    let folder = site.join("snippets");
    let mut modules = Vec::new();
    find(&folder, "js", &mut modules).map_err(|error| Error::File(folder, error))?;
    modules.sort();
    let named: String = modules
        .iter()
        .filter_map(|it| it.strip_prefix(site).ok())
        .map(|it| format!(" /{}", it.display()))
        .collect();
    Ok(frame.replacen("_bg.wasm\"", &format!("_bg.wasm{named}\""), 1))
}

/// All files of this ending below a folder; none where there is no folder.
fn find(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, ending, found)?;
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    Ok(())
}

/// What Trunk put around what stands in every page.
struct Frame<'a> {
    until_html: &'a str,
    until_script: &'a str,
    until_body: &'a str,
    after_body: &'a str,
}

impl<'a> Frame<'a> {
    fn of(template: &'a str) -> Option<Self> {
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

    fn page(&self, language: &str, head: &str, body: &str) -> String {
        let html = format!("<html lang=\"{language}\">");
        [self.until_html, &html, self.until_script, head, self.until_body, body, self.after_body]
            .concat()
    }
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
