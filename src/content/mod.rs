//! `content/` read and checked. Every mistake names file, line, reason and what to do, and stops
//! the build.

mod characters;
pub mod clinic;
pub mod decision_aid;
pub mod figures;
mod folders;
pub mod glossary;
pub mod interface;
mod links;
pub mod markdown;
pub mod reviews;
pub mod routes;
mod site;
mod source;
pub mod studies;
pub mod words;

use std::fmt;
use std::fs;
use std::path::Path;

use clinic_core::inbox::words::InboxWords;
use guide_core::assessment::Assessment;
use guide_core::key::PublicKey;
use guide_core::request::form::CalendarDate;
use guide_core::source::{Check, Mistake};
use serde::de::DeserializeOwned;

use clinic::Clinic;
use decision_aid::DecisionAid;
use decision_aid::diary::Diary;
use decision_aid::matters::Matters;
use decision_aid::options::Options;
use decision_aid::take_along::TakeAlong;
use figures::Figures;
use glossary::Glossary;
use interface::Interface;
use markdown::{Article, Image, Shared};
use routes::Kind;
use source::{Source, with_newlines};
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
    /// `<language>/inbox.toml`.
    pub inbox: InboxWords,
    /// `<language>/assessment.toml`.
    pub assessment: Assessment,
    /// `<language>/figures.toml`.
    pub figures: Figures,
    /// `<language>/studies.toml`.
    pub studies: Studies,
    /// The decision aid.
    pub decision_aid: DecisionAid,
    /// `<language>/glossary.toml`.
    pub glossary: Glossary,
    /// `<language>/guide.md`.
    pub guide: Article,
    /// `<language>/articles/*.md`, newest first.
    pub articles: Vec<Article>,
    /// `<language>/pages/*.md`, by name: each a page at `<name>/`.
    pub pages: Vec<Article>,
    /// Requests are sealed for a development key; they reach nobody.
    pub trial: bool,
    /// The file of the self-assessment, to find the lines of what is wrong with it.
    assessment_source: Source,
    /// The file of the options, for the same.
    options_source: Source,
}

impl Content {
    /// Every page of the site, the guide first.
    pub fn every_page(&self) -> impl Iterator<Item = (&Article, Kind)> {
        every_page(Some(&self.guide), &self.articles, &self.pages)
    }

    /// What the build says and goes on: pages that say they were changed on a day to come (it may be
    /// this computer's clock that is wrong), pictures that take long to load, and texts that no clinician
    /// has reviewed.
    pub fn warnings(&self, today: CalendarDate) -> Vec<Mistake> {
        let pages = || self.every_page().map(|(page, _)| page);
        let mut warnings = site::days_to_come(pages(), today);
        warnings.extend(pages().flat_map(|page| &page.images).filter_map(Image::too_large));
        warnings.extend(reviews::missing(self));
        let options = &self.decision_aid.options;
        warnings.extend(self.options_source.locate(options.review_is_due(today)));
        warnings
    }
}

fn every_page<'a>(
    guide: Option<&'a Article>,
    articles: &'a [Article],
    pages: &'a [Article],
) -> impl Iterator<Item = (&'a Article, Kind)> {
    let guide = guide.into_iter().map(|page| (page, Kind::Guide));
    let articles = articles.iter().map(|page| (page, Kind::Article));
    let pages = pages.iter().map(|page| (page, Kind::Further));
    guide.chain(articles).chain(pages)
}

/// Why the content cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError(pub Vec<Mistake>);

impl ContentError {
    /// Whether all would be right if the clinic had a key.
    pub fn lacks_only_a_key(&self) -> bool {
        self.0.iter().all(|mistake| mistake.reason == clinic::NO_KEY)
    }

    /// Each mistake with its line.
    pub fn explained(&self) -> impl Iterator<Item = Explained<'_>> {
        self.0.iter().map(|mistake| Explained { mistake, line: shown_line(mistake) })
    }
}

/// A mistake, and the text in which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained<'a> {
    /// The mistake.
    pub mistake: &'a Mistake,
    /// Its line, where it can be shown.
    pub line: Option<String>,
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Explained { mistake, line }) in self.explained().enumerate() {
            let newline = if index == 0 { "" } else { "\n" };
            write!(f, "{newline}{mistake}")?;
            if let Some(line) = line {
                write!(f, "\n    {line}")?;
            }
        }
        Ok(())
    }
}

/// The line itself, where the file is still there to be read. A line that could hold the private
/// half of a key is not repeated: what a build says is kept in logs.
fn shown_line(mistake: &Mistake) -> Option<String> {
    let is_text = Path::new(&mistake.file).extension().is_some_and(|it| it == "toml" || it == "md");
    let text = is_text.then(|| fs::read_to_string(&mistake.file).ok()).flatten()?;
    let text = with_newlines(&text);
    let line = text.lines().nth(mistake.line.checked_sub(1)?)?.trim();
    let is_private = line.contains("\"d\"")
        || line.split_once('=').is_some_and(|(name, _)| name.trim().trim_matches('"') == "d");
    (!is_private && !line.is_empty()).then(|| line.to_owned())
}

/// The keys that the pages seal requests for.
#[derive(Clone, Copy, Debug)]
pub enum Keys<'a> {
    /// The public JWK in this file, in place of the clinic's: the pages are a trial copy.
    Development(&'a Path),
    /// Those of `clinic.toml`, none of which may have expired.
    Clinic,
    /// The same, but none has to be there yet.
    MayBeMissing,
}

/// Reads `folder` and checks all of it. By `today` keys expire, and a review may not be of a day to come.
///
/// # Errors
/// All mistakes of all files.
pub fn load(
    folder: &Path,
    language: &str,
    keys: Keys<'_>,
    today: CalendarDate,
) -> Result<Content, ContentError> {
    let mut mistakes = folders::mistakes(folder, language);
    let words = folder.join(language);
    let clinic = keep(clinic(&folder.join("clinic.toml"), keys, today), &mut mistakes);
    let interface_source = keep(Source::read(&words.join("interface.toml")), &mut mistakes);
    let interface =
        interface_source.as_ref().and_then(|it| keep(it.parse::<Interface>(), &mut mistakes));
    let inbox = keep(toml::<InboxWords>(&words.join("inbox.toml")), &mut mistakes);
    let source = keep(Source::read(&words.join("assessment.toml")), &mut mistakes);
    let assessment = source.as_ref().and_then(|it| keep(it.parse::<Assessment>(), &mut mistakes));
    let figures = keep(toml::<Figures>(&words.join("figures.toml")), &mut mistakes);
    let studies = keep(toml::<Studies>(&words.join("studies.toml")), &mut mistakes);
    let options_source = keep(Source::read(&words.join("options.toml")), &mut mistakes);
    let options = options_source.as_ref().and_then(|it| keep(it.parse::<Options>(), &mut mistakes));
    if let (Some(source), Some(options)) = (&options_source, &options) {
        mistakes.extend(source.locate(options.wrong_day(today)));
    }
    let matters_source = keep(Source::read(&words.join("matters.toml")), &mut mistakes);
    let matters = matters_source.as_ref().and_then(|it| keep(it.parse::<Matters>(), &mut mistakes));
    if let (Some(source), Some(matters), Some(options)) = (&matters_source, &matters, &options) {
        mistakes.extend(source.locate(matters.unknown_rows(&options.rows)));
    }
    let take_along = keep(toml::<TakeAlong>(&words.join("take-along.toml")), &mut mistakes);
    let diary = keep(toml::<Diary>(&words.join("diary.toml")), &mut mistakes);
    let terms = keep(Source::read(&words.join("glossary.toml")), &mut mistakes);
    let glossary = terms.as_ref().and_then(|it| keep(it.parse::<Glossary>(), &mut mistakes));
    let shared = Shared {
        studies: studies.as_ref(),
        options: options.as_ref(),
        glossary: glossary.as_ref(),
    };
    // Pages with mistakes of their own: links to them are right all the same.
    let mut unread = Vec::new();
    let mut page = |kind: Kind, path: &Path| {
        let read = keep(article(path, shared), &mut mistakes);
        if read.is_none() {
            unread.push((kind, slug(path)));
        }
        read
    };
    let mut all_of = |kind: Kind, folder: &str| -> Vec<Article> {
        let paths = folders::articles(&words.join(folder));
        paths.iter().filter_map(|path| page(kind, path)).collect()
    };
    let (mut articles, pages) = (all_of(Kind::Article, "articles"), all_of(Kind::Further, "pages"));
    let guide = page(Kind::Guide, &words.join("guide.md"));
    articles.sort_by(|a, b| b.front.date.cmp(&a.front.date).then_with(|| a.slug.cmp(&b.slug)));
    let every: Vec<_> = every_page(guide.as_ref(), &articles, &pages).collect();
    mistakes.extend(site::mistakes(clinic.as_ref(), &every, &unread));
    mistakes.extend(every.iter().filter_map(|(it, kind)| reviews::page_to_come(it, *kind, today)));
    if let (Some(source), Some(assessment)) = (&source, &assessment) {
        mistakes.extend(reviews::to_come(source, assessment, today).into_iter().flatten());
    }
    let of_further = |(kind, slug): &(Kind, String)| (*kind == Kind::Further).then(|| slug.clone());
    let slugs: Vec<String> = pages
        .iter()
        .map(|it| it.slug.clone())
        .chain(unread.iter().filter_map(of_further))
        .collect();
    if let (Some(source), Some(assessment), Some(guide)) = (&source, &assessment, &guide) {
        mistakes.extend(source.locate(links::of_outcomes(assessment, guide, &slugs)));
    }
    if let (Some(source), Some(interface), Some(guide)) = (&interface_source, &interface, &guide) {
        mistakes.extend(source.locate(links::of_interface(interface, guide, &slugs)));
    }
    if let (Some(terms), Some(glossary), Some(_), true) =
        (&terms, &glossary, &guide, unread.is_empty())
    {
        let used = every.iter().flat_map(|(page, _)| page.terms.iter().cloned()).collect();
        mistakes.extend(terms.locate(glossary.unused(&used)));
    }
    if unread.is_empty() {
        let shown = every.iter().flat_map(|(page, _)| &page.images).map(|it| &*it.path).collect();
        mistakes.extend(folders::unshown(&words, &shown));
    }
    // What has to be done once comes after what was written wrong just now.
    mistakes.sort_by_key(|mistake| mistake.reason == clinic::NO_KEY);
    let decision_aid = options
        .zip(matters)
        .zip(take_along.zip(diary))
        .map(|((options, matters), (take_along, diary))| DecisionAid {
            options,
            matters,
            take_along,
            diary,
        })
        .zip(options_source);
    let shared = studies.zip(decision_aid).zip(glossary);
    match (clinic, interface.zip(inbox), source.zip(assessment), figures, shared, guide) {
        (
            Some(clinic),
            Some((interface, inbox)),
            Some((assessment_source, assessment)),
            Some(figures),
            Some(((studies, (decision_aid, options_source)), glossary)),
            Some(guide),
        ) if mistakes.is_empty() => Ok(Content {
            language: language.to_owned(),
            clinic,
            interface,
            inbox,
            assessment,
            figures,
            studies,
            decision_aid,
            glossary,
            guide,
            articles,
            pages,
            trial: matches!(keys, Keys::Development(_)),
            assessment_source,
            options_source,
        }),
        _ => Err(ContentError(mistakes)),
    }
}

/// Reads the self-assessment and the words around it alone, which need no key.
///
/// # Errors
/// All mistakes of both files.
pub fn assessment(
    folder: &Path,
    language: &str,
    today: CalendarDate,
) -> Result<(Assessment, Interface), ContentError> {
    let words = folder.join(language);
    let mut mistakes = Vec::new();
    let source = keep(Source::read(&words.join("assessment.toml")), &mut mistakes);
    let assessment = source.as_ref().and_then(|it| keep(it.parse::<Assessment>(), &mut mistakes));
    if let (Some(source), Some(assessment)) = (&source, &assessment) {
        mistakes.extend(reviews::to_come(source, assessment, today).into_iter().flatten());
    }
    let interface = keep(toml::<Interface>(&words.join("interface.toml")), &mut mistakes);
    let read = assessment.zip(interface).filter(|_| mistakes.is_empty());
    read.ok_or(ContentError(mistakes))
}

fn toml<T: DeserializeOwned + Check>(path: &Path) -> Result<T, Vec<Mistake>> {
    Source::read(path)?.parse()
}

fn keep<T>(read: Result<T, Vec<Mistake>>, mistakes: &mut Vec<Mistake>) -> Option<T> {
    read.map_err(|found| mistakes.extend(found)).ok()
}

/// The name of a page in its address: that of its file.
fn slug(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn article(path: &Path, shared: Shared<'_>) -> Result<Article, Vec<Mistake>> {
    let Source { file, text } = Source::read(path)?;
    markdown::parse(&file, &slug(path), &text, shared)
}

fn clinic(path: &Path, keys: Keys<'_>, today: CalendarDate) -> Result<Clinic, Vec<Mistake>> {
    let source = Source::read(path)?;
    let clinic: Clinic = source.parse()?;
    match keys {
        Keys::Development(path) => Ok(Clinic { keys: vec![development_key(path)?], ..clinic }),
        Keys::MayBeMissing => Ok(clinic),
        Keys::Clinic => {
            let problems = clinic.not_ready(today);
            if problems.is_empty() {
                return Ok(clinic);
            }
            Err(source.locate(problems))
        }
    }
}

fn development_key(path: &Path) -> Result<PublicKey, Vec<Mistake>> {
    let wrong =
        |reason: String| vec![Mistake { file: path.display().to_string(), line: 1, reason }];
    let key: PublicKey = serde_json::from_str(&Source::read(path)?.text)
        .map_err(|error| wrong(format!("not a public JWK: {error}")))?;
    key.check().map_err(|error| wrong(format!("not a key to seal for: {error:?}")))?;
    Ok(key)
}
