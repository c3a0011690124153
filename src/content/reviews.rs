//! Clinicians' reviews of the self-assessment and of the articles.

use guide_core::request::form::CalendarDate;
use guide_core::review::{self, Review};
use guide_core::source::{Mistake, Path, Problem};

use super::Content;
use super::markdown::Article;
use super::routes::Kind;

/// The reason of the warning that patients read a text that no clinician has reviewed.
const MISSING: &str = "not yet reviewed by a clinician, and the page says so; `make review` writes the \
    self-assessment on paper, to read and sign";
/// The reason of the same warning about an article.
const ARTICLE_MISSING: &str = "not yet reviewed by a clinician, and the page says so";
/// The reason of the mistake.
const TO_COME: &str = "this day is still to come; write the day on which it was reviewed";

/// Returns `true` for a page whose text is a clinician's to review: not the further pages, which are about
/// the site.
pub fn is_clinical(kind: Kind) -> bool {
    matches!(kind, Kind::Guide | Kind::Article)
}

/// The texts that no clinician has reviewed.
pub(super) fn missing(content: &Content) -> Vec<Mistake> {
    let open = content.assessment.review().done().is_none();
    let assessment = open.then(|| of_assessment(content, review::BY, MISSING));
    let articles = articles(content, |review| review.done().is_none());
    let articles = articles.map(|it| it.mistake(it.lines.reviewed_by, ARTICLE_MISSING.to_owned()));
    assessment.into_iter().flatten().chain(articles).collect()
}

/// The reviews on a day to come.
pub(super) fn to_come(content: &Content, today: CalendarDate) -> Vec<Mistake> {
    let assessment = content.assessment.review().is_to_come(today);
    let assessment = assessment.then(|| of_assessment(content, review::ON, TO_COME));
    let articles = articles(content, |review| review.is_to_come(today));
    let articles = articles.map(|it| it.mistake(it.lines.reviewed_on, TO_COME.to_owned()));
    assessment.into_iter().flatten().chain(articles).collect()
}

/// What is wrong with this line of the self-assessment's review.
fn of_assessment(content: &Content, line: &str, reason: &str) -> Vec<Mistake> {
    let problem = Problem { path: Path::default().key(line), reason: reason.to_owned() };
    content.assessment_source.locate(vec![problem])
}

fn articles(content: &Content, is: impl Fn(Review<'_>) -> bool) -> impl Iterator<Item = &Article> {
    let clinical = content.every_page().filter(|(_, kind)| is_clinical(*kind));
    clinical.map(|(page, _)| page).filter(move |page| is(page.front.review()))
}
