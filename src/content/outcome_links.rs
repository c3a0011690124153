//! Links of outcomes to the guide.

use guide_core::assessment::Assessment;
use guide_core::source::{Path, Problem};

use super::markdown::Article;

/// Links that lead to no heading of the guide.
pub(super) fn problems(assessment: &Assessment, guide: &Article) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, outcome) in assessment.outcomes.iter().enumerate() {
        for (nth, link) in outcome.links.iter().enumerate() {
            if !link.to.strip_prefix('#').is_some_and(|id| guide.ids.contains(id)) {
                let path = Path::default().key("outcomes").index(index).key("links").index(nth);
                let reason = format!(
                    "the guide has no heading with the id of \"{}\"; write # and the id of one",
                    link.to
                );
                problems.push(Problem { path: path.key("to"), reason });
            }
        }
    }
    problems
}
