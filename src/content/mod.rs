//! `content/` read and checked. Every mistake names file, line, reason and what to do, and stops
//! the build.

pub mod clinic;
pub mod figures;
pub mod interface;
pub mod markdown;
pub mod studies;

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use guide_core::assessment::Assessment;
use guide_core::key::PublicKey;
use guide_core::source::{self, Check, Mistake};
use serde::de::DeserializeOwned;
use url::Url;

use crate::page::Kind;
use clinic::Clinic;
use figures::Figures;
use interface::Interface;
use markdown::Article;
use studies::Studies;

/// Everything that the pages are made of, in one language.
#[derive(Clone, Debug)]
pub struct Content {
    /// The language, as in `lang`.
    pub language: String,
    /// `clinic.toml`.
    pub clinic: Clinic,
    /// `<language>/interface.toml`.
    pub interface: Interface,
    /// `<language>/assessment.toml`.
    pub assessment: Assessment,
    /// `<language>/figures.toml`.
    pub figures: Figures,
    /// `<language>/studies.toml`.
    pub studies: Studies,
    /// `<language>/guide.md`.
    pub guide: Article,
    /// `<language>/articles/*.md`, newest first.
    pub articles: Vec<Article>,
    /// `<language>/pages/*.md`, by name: each a page at `<name>/`.
    pub pages: Vec<Article>,
    /// Requests are sealed for a development key; they reach nobody.
    pub trial: bool,
}

impl Content {
    /// Every page of the site, the guide first.
    pub fn every_page(&self) -> impl Iterator<Item = (&Article, Kind)> {
        every_page(&self.guide, &self.articles, &self.pages)
    }
}

fn every_page<'a>(
    guide: &'a Article,
    articles: &'a [Article],
    pages: &'a [Article],
) -> impl Iterator<Item = (&'a Article, Kind)> {
    let articles = articles.iter().map(|page| (page, Kind::Article));
    let pages = pages.iter().map(|page| (page, Kind::Further));
    std::iter::once((guide, Kind::Guide)).chain(articles).chain(pages)
}

/// Why the content cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError(pub Vec<Mistake>);

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in &self.0 {
            writeln!(f, "{mistake}")?;
            // The line itself, where the file is still there to be read.
            let text = fs::read_to_string(&mistake.file).unwrap_or_default();
            if let Some(line) = text.lines().nth(mistake.line.saturating_sub(1)) {
                writeln!(f, "    {}", line.trim())?;
            }
        }
        write!(f, "content: {} to mend; nothing was built", self.0.len())
    }
}

/// Reads `folder`, checks all of it, and uses `development_key` (a public JWK) in place of the
/// clinic's keys where it is given.
///
/// # Errors
/// All mistakes of all files.
pub fn load(
    folder: &Path,
    language: &str,
    development_key: Option<&Path>,
) -> Result<Content, ContentError> {
    let mut mistakes = Vec::new();
    let words = folder.join(language);
    let clinic = keep(toml::<Clinic>(&folder.join("clinic.toml")), &mut mistakes);
    let interface = keep(toml::<Interface>(&words.join("interface.toml")), &mut mistakes);
    let assessment = keep(toml::<Assessment>(&words.join("assessment.toml")), &mut mistakes);
    let figures = keep(toml::<Figures>(&words.join("figures.toml")), &mut mistakes);
    let studies = keep(toml::<Studies>(&words.join("studies.toml")), &mut mistakes);
    let mut all_of = |folder: &str| -> Vec<Article> {
        article_paths(&words.join(folder))
            .into_iter()
            .filter_map(|path| keep(article(&path, studies.as_ref()), &mut mistakes))
            .collect()
    };
    let (mut articles, pages) = (all_of("articles"), all_of("pages"));
    let guide = keep(article(&words.join("guide.md"), studies.as_ref()), &mut mistakes);
    let (clinic, trial) = match development_key {
        Some(path) => (keep(with_key(clinic, path), &mut mistakes), true),
        None => {
            if clinic.as_ref().is_some_and(|clinic| clinic.keys.is_empty()) {
                mistakes.push(no_key(&folder.join("clinic.toml")));
            }
            (clinic, false)
        }
    };
    articles.sort_by(|a, b| b.front.date.cmp(&a.front.date).then_with(|| a.slug.cmp(&b.slug)));
    if let (Some(clinic), Some(guide)) = (&clinic, &guide) {
        mistakes.extend(broken_links(clinic, guide, &articles, &pages));
    }
    match (clinic, interface, assessment, figures, studies, guide) {
        (
            Some(clinic),
            Some(interface),
            Some(assessment),
            Some(figures),
            Some(studies),
            Some(guide),
        ) if mistakes.is_empty() => Ok(Content {
            language: language.to_owned(),
            clinic,
            interface,
            assessment,
            figures,
            studies,
            guide,
            articles,
            pages,
            trial,
        }),
        _ => Err(ContentError(mistakes)),
    }
}

/// Reads `folder` and checks all of it but that there is a key to seal for.
///
/// # Errors
/// All mistakes of all files.
pub fn check(folder: &Path, language: &str) -> Result<(), ContentError> {
    let without_key = no_key(&folder.join("clinic.toml"));
    match load(folder, language, None) {
        Ok(_) => Ok(()),
        Err(ContentError(mut mistakes)) => {
            mistakes.retain(|it| *it != without_key);
            if mistakes.is_empty() { Ok(()) } else { Err(ContentError(mistakes)) }
        }
    }
}

fn keep<T>(read: Result<T, Vec<Mistake>>, mistakes: &mut Vec<Mistake>) -> Option<T> {
    read.map_err(|found| mistakes.extend(found)).ok()
}

/// A file's text, without what some editors put before it and at the ends of its lines.
fn text(path: &Path) -> Result<String, Vec<Mistake>> {
    let text = fs::read_to_string(path);
    text.map(|text| text.trim_start_matches('\u{feff}').replace("\r\n", "\n")).map_err(|error| {
        let reason = format!("cannot be read ({error}); the build needs this file");
        vec![Mistake { file: path.display().to_string(), line: 1, reason }]
    })
}

fn toml<T: DeserializeOwned + Check>(path: &Path) -> Result<T, Vec<Mistake>> {
    source::parse(&path.display().to_string(), &text(path)?)
}

fn article(path: &Path, studies: Option<&Studies>) -> Result<Article, Vec<Mistake>> {
    let slug = path.file_stem().unwrap_or_default().to_string_lossy();
    markdown::parse(&path.display().to_string(), &slug, &text(path)?, studies)
}

/// Links of any page that lead nowhere. A page whose own address cannot be is a mistake too.
fn broken_links(
    clinic: &Clinic,
    guide: &Article,
    articles: &[Article],
    pages: &[Article],
) -> Vec<Mistake> {
    // A base address that is none is a mistake of clinic.toml already.
    let Ok(base) = Url::parse(&clinic.base_address) else { return Vec::new() };
    let mut ids = HashMap::new();
    let mut all = Vec::new();
    for (page, kind) in every_page(guide, articles, pages) {
        if let Ok(address) = base.join(&kind.path(&page.slug)) {
            ids.insert(address.clone(), &page.ids);
            all.push((page, address));
        }
    }
    all.iter().flat_map(|(page, here)| page.broken_links(&base, here, &ids)).collect()
}

fn article_paths(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "md")).collect();
    paths.sort();
    paths
}

fn with_key(clinic: Option<Clinic>, path: &Path) -> Result<Clinic, Vec<Mistake>> {
    let wrong =
        |reason: String| vec![Mistake { file: path.display().to_string(), line: 1, reason }];
    let key: PublicKey = serde_json::from_str(&text(path)?)
        .map_err(|error| wrong(format!("not a public JWK: {error}")))?;
    key.check().map_err(|error| wrong(format!("not a key to seal for: {error:?}")))?;
    // Without a clinic its own mistakes are reported already.
    clinic.map(|clinic| Clinic { keys: vec![key], ..clinic }).ok_or_else(Vec::new)
}

fn no_key(path: &Path) -> Mistake {
    Mistake {
        file: path.display().to_string(),
        line: 1,
        reason: "no public key: nobody could read a request. Make a pair with \
                 `intake key new` and add its [[keys]] here; to try the page on your own \
                 machine, use `make serve`, which makes a development key"
            .to_owned(),
    }
}
