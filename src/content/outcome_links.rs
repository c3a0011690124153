//! Links of outcomes to the guide and to further pages.

use guide_core::assessment::Assessment;
use guide_core::source::{Path, Problem};

use super::markdown::Article;
use super::routes::Kind;

/// Links that lead to no heading of the guide and to none of these pages.
pub(super) fn problems(
    assessment: &Assessment,
    guide: &Article,
    pages: &[Article],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let leads = |to: &str| match to.strip_prefix('#') {
        Some(id) => guide.ids.contains(id),
        None => pages.iter().any(|page| Kind::Further.path(&page.slug) == to),
    };
    for (index, outcome) in assessment.outcomes.iter().enumerate() {
        for (nth, link) in outcome.links.iter().enumerate() {
            if !leads(&link.to) {
                let path = Path::default().key("outcomes").index(index).key("links").index(nth);
                let reason = format!(
                    "the guide has no heading with the id of \"{}\", and there is no such page; write # and the \
                     id of a heading, or the name of a page and a slash",
                    link.to
                );
                problems.push(Problem { path: path.key("to"), reason });
            }
        }
    }
    problems
}
