//! Writes the site into Trunk's staging folder: every page, the files beside the pages, and compressed
//! forms of all of them.
//!
//! - [`app`]: the files of the app, minified and named
//! - [`template`]: the page that Trunk wrote, into which each page is filled
//! - [`policy`]: the Content-Security-Policy of the pages
//! - [`head`], [`linked_data`]: the head of a page
//! - [`appearance`]: colors of the browser's toolbar, and the icon of its tab
//! - [`files`]: sitemap, manifest and others
//! - [`plugin`]: the WordPress plugin as an archive
//! - [`error`]: why the pages were not written
//! - [`compress`]: Brotli and gzip
//! - [`digests`]: the digests of all files
//! - [`inbox`]: what the inbox of the staff is made of beside its app
//! - [`kit`]: the same from the files of an earlier build, without Trunk
//! - [`preview`]: shows the site while its text is written
//! - [`command`]: the commands of the native program
//! - [`review`]: the self-assessment on paper, for a clinician

mod app;
pub mod appearance;
pub mod command;
pub mod digests;
mod error;
pub mod files;
pub mod head;
pub mod inbox;
mod kit;
mod linked_data;
pub mod plugin;
mod policy;
mod preview;
pub mod review;
mod template;

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs};

use guide_core::request::form::CalendarDate;

use crate::content::markdown::Insert;
use crate::content::{self, Content, Keys, routes};
use crate::pages;
use appearance::{Appearance, ICON, TOKENS};
pub use error::Error;
use template::{Page, Template};

/// The language of the pages.
const LANGUAGE: &str = "en";

/// Renders all pages of a content into the folder in which Trunk assembles the site; its `index.html` is the
/// template of every page. Reads these environment variables:
/// - `TRUNK_DIST_DIR`: the folder into which Trunk moves the site; default: the same. The digests of all files are
///   written beside it;
/// - `GUIDE_ONLY_APP`: set where only the files of the app are wanted, for the site kit;
/// - `GUIDE_DEVELOPMENT_KEY`: a public JWK that replaces the clinic's keys.
///
/// # Errors
/// No page is written if the content has a mistake.
fn run_as_hook(folder: &Path, site: PathBuf) -> Result<(), Error> {
    let index = site.join("index.html");
    // Without a template the mistakes in the content come first.
    if let Ok(template) = fs::read_to_string(&index)
        && let Some(template) = app::minify(&template, &site)?
    {
        write(&index, &template)?;
        kit::keep(kit::Product::Site, &site)?;
    }
    if env::var_os("GUIDE_ONLY_APP").is_some() {
        return Ok(());
    }
    let list = write_site(folder, Path::new(""), &site)?;
    let moved_to = env::var_os("TRUNK_DIST_DIR").map_or(site, PathBuf::from);
    write(&digests::file(&moved_to), &list)
}

/// Writes all that depends on the content into a site with the files of the app, and compressed forms of all
/// files. `appearance` is the folder with the style sheet of the colors and the icon. Returns the digests of all
/// files.
///
/// # Errors
/// No page is written if the content has a mistake.
fn write_site(folder: &Path, appearance: &Path, site: &Path) -> Result<String, Error> {
    let key = env::var_os("GUIDE_DEVELOPMENT_KEY").filter(|key| !key.is_empty());
    let keys = match &key {
        Some(path) => Keys::Development(Path::new(path)),
        None => Keys::Clinic,
    };
    let content = content::load(folder, LANGUAGE, keys, today()?).map_err(Error::Content)?;
    warn(&content, folder)?;
    if content.trial {
        eprintln!("warning: built with a development key; requests will reach nobody");
    }
    write_content(&content, appearance, site)?;
    precompress::all(site).map_err(|error| Error::File(site.to_owned(), error))?;
    digests::list(site).map_err(|error| Error::File(site.to_owned(), error))
}

/// Writes all that depends on the content into a site with the files of the app, as [`write_site`] does, without
/// compressed forms.
fn write_content(content: &Content, appearance: &Path, site: &Path) -> Result<(), Error> {
    let read = |file: &str| read_below(appearance, file);
    let appearance = Appearance::read(&read(TOKENS)?, &read(ICON)?).ok_or(Error::Tokens)?;
    write_pages(content, &appearance, site)
}

/// Writes what depends on the content into the folder in which Trunk assembles the inbox, as
/// [`run_as_hook`] does with the site.
///
/// # Errors
/// Nothing is written if the content has a mistake.
fn run_as_hook_of_inbox(folder: &Path, inbox: &Path) -> Result<(), Error> {
    kit::keep(kit::Product::Inbox, inbox)?;
    if env::var_os("GUIDE_ONLY_APP").is_some() {
        return Ok(());
    }
    let list = write_inbox(folder, inbox)?;
    let moved_to = env::var_os("TRUNK_DIST_DIR").map_or(inbox.to_owned(), PathBuf::from);
    write(&digests::file(&moved_to), &list)
}

/// Writes all that depends on the content into an inbox with the files of its app, and compressed forms of all
/// files. Returns the digests of all files.
///
/// # Errors
/// Nothing is written if the content has a mistake.
fn write_inbox(folder: &Path, inbox: &Path) -> Result<String, Error> {
    let key = env::var_os("GUIDE_DEVELOPMENT_KEY").filter(|key| !key.is_empty());
    let keys = match &key {
        Some(path) => Keys::Development(Path::new(path)),
        // The inbox makes the clinic's keys: it must be there before them.
        None => Keys::MayBeMissing,
    };
    let content = content::load(folder, LANGUAGE, keys, today()?).map_err(Error::Content)?;
    let index = inbox.join("index.html");
    let template = read_below(inbox, "index.html")?;
    write(&index, &inbox::page(&content, &template).ok_or(Error::Template)?)?;
    let json = inbox::json(&content)
        .map_err(|error| Error::File(inbox.join(clinic_core::inbox::FILE), error.into()))?;
    write(&inbox.join(clinic_core::inbox::FILE), &json)?;
    let failed = |error| Error::File(inbox.to_owned(), error);
    precompress::all(inbox).map_err(failed)?;
    digests::list(inbox).map_err(failed)
}

/// Checks a content without rendering it.
///
/// # Errors
/// All mistakes in the content.
fn check(folder: &Path) -> Result<(), Error> {
    let content = content::load(folder, LANGUAGE, Keys::Clinic, today()?).map_err(|error| {
        if error.lacks_only_a_key() { Error::NoKey(error) } else { Error::Content(error) }
    })?;
    warn(&content, folder)?;
    eprintln!("{}: no mistake found", folder.display());
    Ok(())
}

/// Writes the self-assessment of a content on one page for a clinician, to [`review::FILE`].
///
/// # Errors
/// Mistakes in the self-assessment or in the words around it.
fn write_review(folder: &Path, appearance: &Path) -> Result<(), Error> {
    let (assessment, interface) =
        content::assessment(folder, LANGUAGE, today()?).map_err(Error::Content)?;
    let read = |file: &str| read_below(appearance, file);
    let style = [read(TOKENS)?, read(review::STYLE)?].concat();
    let file = Path::new(review::FILE);
    let parent = file.parent().unwrap_or(file);
    fs::create_dir_all(parent).map_err(|error| Error::File(parent.to_owned(), error))?;
    write(file, &review::page(LANGUAGE, &style, &assessment, &interface))?;
    eprintln!("{}: version {}, to read, print and sign", file.display(), assessment.version);
    Ok(())
}

fn warn(content: &Content, folder: &Path) -> Result<(), Error> {
    for warning in warnings(content, folder)? {
        eprintln!("{warning}");
    }
    Ok(())
}

/// Warnings of missing settings, content that is slow to load, texts that no clinician has reviewed, and keys
/// that expire soon.
fn warnings(content: &Content, folder: &Path) -> Result<Vec<String>, Error> {
    let file = folder.join("clinic.toml");
    let of_clinic = |what: String| format!("warning: {}: {what}", file.display());
    let missing = content.clinic.missing().into_iter();
    let mut warnings: Vec<String> =
        missing.map(|it| of_clinic(format!("{it} is not known and is left out"))).collect();
    let today = today()?;
    warnings.extend(content.warnings(today).iter().map(|it| format!("warning: {it}")));
    let security = content.clinic.security.as_ref();
    let days = security.and_then(|it| it.days_left(today));
    warnings.extend(
        days.map(|it| of_clinic(format!("the contact of [security] expires in {it} days"))),
    );
    let expiring = content.clinic.expiring(today).into_iter();
    warnings.extend(expiring.map(|(kid, notice)| of_clinic(format!("key {kid} {notice}"))));
    Ok(warnings)
}

/// Today's date in UTC, for the checks of dates. The pages do not depend on it: they are the same on
/// every day.
fn today() -> Result<CalendarDate, Error> {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let seconds = since_1970.and_then(|it| it.as_secs().try_into().ok());
    seconds.and_then(CalendarDate::of_unix_time).ok_or(Error::Clock)
}

/// Writes every page into a copy of the template, and the files beside the pages.
fn write_pages(content: &Content, appearance: &Appearance, site: &Path) -> Result<(), Error> {
    let index = site.join("index.html");
    let text = fs::read_to_string(&index).map_err(|error| Error::File(index, error))?;
    let template = Template::new(&text).ok_or(Error::Template)?;
    let language = &content.language;
    for (article, kind) in content.every_page() {
        let folder = site.join(kind.path(&article.slug));
        fs::create_dir_all(&folder).map_err(|error| Error::File(folder.clone(), error))?;
        let head = head::head(content, article, kind, appearance);
        let body = pages::render(content, article, kind).map_err(Error::Render)?;
        let islands = [Insert::SelfAssessment, Insert::AppointmentRequest];
        let preloads_app = islands.iter().any(|insert| article.has(insert));
        let is_decision_aid = article.is_decision_aid();
        let root = kind.root();
        let page = Page { root, head: &head, body: &body, preloads_app, is_decision_aid };
        write(&folder.join("index.html"), &template.page(language, page))?;
        for image in &article.images {
            let copied = fs::copy(&image.path, folder.join(&image.name));
            copied.map_err(|error| Error::File(image.path.clone(), error))?;
        }
    }
    let head = head::not_found(content, appearance);
    let root = routes::base_path(&content.clinic);
    let body = pages::render_not_found(content).map_err(Error::Render)?;
    let page = Page { root, head: &head, body: &body, preloads_app: false, is_decision_aid: false };
    let not_found = template.page(language, page);
    write(&site.join("404.html"), &not_found)?;
    write(&site.join(guide_core::policy::FILE), template.policy())?;
    for (name, text) in files::all(content, appearance) {
        let path = site.join(name);
        let folder = path.parent().unwrap_or(site);
        fs::create_dir_all(folder).map_err(|error| Error::File(folder.to_owned(), error))?;
        write(&path, &text)?;
    }
    let folder = site.join(routes::PLUGIN);
    let archive = plugin::archive(&folder).map_err(|(path, error)| Error::File(path, error))?;
    let path = folder.with_extension("zip");
    fs::write(&path, archive).map_err(|error| Error::File(path, error))?;
    Ok(())
}

fn read_below(folder: &Path, file: &str) -> Result<String, Error> {
    let path = folder.join(file);
    fs::read_to_string(&path).map_err(|error| Error::File(path, error))
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|error| Error::File(path.to_owned(), error))
}
