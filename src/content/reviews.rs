//! Clinicians' reviews of the self-assessment and of the articles.

use guide_core::assessment::Assessment;
use guide_core::request::form::CalendarDate;
use guide_core::review;
use guide_core::source::{Mistake, Path, Problem};

use super::Content;
use super::markdown::Article;
use super::routes::Kind;
use super::source::Source;

/// The reason of the warning that patients read a text that no clinician has reviewed.
const MISSING: &str = "not yet reviewed by a clinician, and the page says so; `guide review` (in a checkout \
    `make review`) writes the self-assessment on paper, to read and sign";
/// The reason of the same warning about an article.
const ARTICLE_MISSING: &str = "not yet reviewed by a clinician, and the page says so";
/// The reason of the mistake.
const TO_COME: &str = "this day is still to come; write the day on which it was reviewed";

/// Returns `true` for a page whose text is a clinician's to review: of the further pages those that say so, since the
/// others are about the site.
pub fn is_clinical(page: &Article, kind: Kind) -> bool {
    page.front.clinical || matches!(kind, Kind::Guide | Kind::Article)
}

/// The texts that no clinician has reviewed.
pub(super) fn missing(content: &Content) -> Vec<Mistake> {
    let open = content.assessment.review().done().is_none();
    let assessment = open.then(|| of_assessment(&content.assessment_source, review::BY, MISSING));
    let clinical = content.every_page().filter(|(page, kind)| is_clinical(page, *kind));
    let articles = clinical.filter(|(page, _)| page.front.review().done().is_none());
    let articles =
        articles.map(|(it, _)| it.mistake(it.lines.reviewed_by, ARTICLE_MISSING.to_owned()));
    assessment.into_iter().flatten().chain(articles).collect()
}

/// The mistake that the self-assessment's review is on a day to come.
pub(super) fn to_come(
    source: &Source,
    assessment: &Assessment,
    today: CalendarDate,
) -> Option<Vec<Mistake>> {
    let is_to_come = assessment.review().is_to_come(today);
    is_to_come.then(|| of_assessment(source, review::ON, TO_COME))
}

/// The same mistake of a page.
pub(super) fn page_to_come(page: &Article, kind: Kind, today: CalendarDate) -> Option<Mistake> {
    let is_to_come = is_clinical(page, kind) && page.front.review().is_to_come(today);
    is_to_come.then(|| page.mistake(page.lines.reviewed_on, TO_COME.to_owned()))
}

/// What is wrong with this line of the self-assessment's review.
fn of_assessment(source: &Source, line: &str, reason: &str) -> Vec<Mistake> {
    let problem = Problem { path: Path::default().key(line), reason: reason.to_owned() };
    source.locate(vec![problem])
}
