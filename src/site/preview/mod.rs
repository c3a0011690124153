//! The preview: shows the site on this computer while its text is written. It follows every save, and shows mistakes
//! in the page itself.
//!
//! - [`follow`]: waits for changes of the content
//! - [`page`]: what is added to pages as they are sent; never to a file
//! - [`report`]: what an open page is told
//! - [`server`]: sends the pages, to browsers of this computer alone

mod follow;
pub mod page;
mod report;
mod server;

use std::path::Path;
use std::sync::Arc;
use std::thread;

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::sync::watch;

use super::kit::{self, Product};
use super::{Error, LANGUAGE, digests, today, warnings, write_content};
use crate::content::{self, Content, ContentError, Keys, routes};
use follow::Changes;
use report::Report;

/// A site that was rendered.
#[derive(Debug)]
struct Site {
    /// Its files, which are removed with this value.
    folder: TempDir,
    /// Equal for equal sites.
    version: String,
    /// The path at which it will be found, e.g. `/`.
    root: String,
}

/// What is shown at the moment.
#[derive(Clone, Debug)]
struct Shown {
    /// The last site without a mistake.
    site: Option<Arc<Site>>,
    /// What open pages are told.
    report: Report,
}

/// Serves the site of a content, made from the files of the app, on this port of the loopback until it is stopped by
/// Ctrl-C. With 0 it is any port that is free.
///
/// # Errors
/// Files of the app that are damaged, and a port that cannot be listened on. Mistakes in the content are shown in the
/// pages.
pub fn run(app: &Path, content: &Path, port: u16) -> Result<(), Error> {
    kit::verify(app)?;
    let assets = page::Assets::read(app)?;
    let failed = |error| Error::Port(port, error);
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        // Before the first site is rendered: a port that is taken is said at once.
        let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let (mut changes, stop) = Changes::of(content);
        let first = render(app, content, None);
        eprintln!(
            "http://{address}/ shows the guide: open it in a browser. It follows every save in {}. Stop it with Ctrl-C",
            content.display()
        );
        say(&first.report);
        let (shown, show) = watch::channel(first);
        let (app, content) = (app.to_owned(), content.to_owned());
        let following = thread::spawn(move || {
            while changes.wait() {
                let next = render(&app, &content, shown.borrow().site.clone());
                if next.report != shown.borrow().report {
                    say(&next.report);
                }
                shown.send_replace(next);
            }
        });
        let served = server::serve(listener, show, assets).await;
        stop.stop();
        // Its last site is removed with it.
        let _ = following.join();
        served.map_err(failed)
    })
}

/// Renders the content; where it has mistakes, the last site without stays.
fn render(app: &Path, content: &Path, last: Option<Arc<Site>>) -> Shown {
    match rendered(app, content) {
        Ok((site, notes, unready)) => {
            // Equal bytes need no other folder.
            let site = last.filter(|it| it.version == site.version).unwrap_or_else(|| site.into());
            let report = Report::of_site(&site.version, notes, unready);
            Shown { site: Some(site), report }
        }
        Err(error) => {
            let report = Report::of_error(last.as_ref().map(|it| &*it.version), &error);
            Shown { site: last, report }
        }
    }
}

/// The site, the warnings, and what keeps it from being built for patients.
fn rendered(
    app: &Path,
    content: &Path,
) -> Result<(Site, Vec<String>, Option<ContentError>), Error> {
    let (loaded, unready) = load(content)?;
    let notes = warnings(&loaded, content)?;
    let failed = |error| Error::File("preview".into(), error);
    let folder = TempDir::with_prefix("guide-preview-").map_err(failed)?;
    kit::copy(&app.join(Product::Site.template()), folder.path())?;
    write_content(&loaded, app, folder.path())?;
    let digest = Sha256::digest(digests::list(folder.path()).map_err(failed)?);
    let version = base16ct::lower::encode_string(&digest);
    let root = routes::base_path(&loaded.clinic).to_owned();
    Ok((Site { folder, version, root }, notes, unready))
}

/// Loads a content whose clinic may have no key and no address yet. Returns what it lacks as well. The pages are those
/// of a trial copy, since nobody takes requests here.
fn load(folder: &Path) -> Result<(Content, Option<ContentError>), Error> {
    let load = |keys| content::load(folder, LANGUAGE, keys, today()?).map_err(Error::Content);
    let (mut loaded, unready) = match load(Keys::Clinic) {
        Err(Error::Content(unready)) => (load(Keys::MayBeMissing)?, Some(unready)),
        loaded => (loaded?, None),
    };
    loaded.trial = true;
    Ok((loaded, unready))
}

/// Prints mistakes, as `check` does.
fn say(report: &Report) {
    eprintln!("{report}");
}
