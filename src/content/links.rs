//! Links that stand in other files than a page's text, to the guide and to further pages.

use guide_core::assessment::Assessment;
use guide_core::source::{Path, Problem};

use super::interface::Interface;
use super::markdown::Article;
use super::routes::Kind;

/// Links of outcomes that lead to no heading of the guide and to none of these further pages, which are named by their
/// slugs.
pub(super) fn of_outcomes(
    assessment: &Assessment,
    guide: &Article,
    pages: &[String],
) -> Vec<Problem> {
    let list = Path::default().key("outcomes");
    let all = assessment.outcomes.iter().enumerate().flat_map(|(index, outcome)| {
        let links = list.index(index).key("links");
        outcome.links.iter().enumerate().map(move |(nth, link)| (links.index(nth), &*link.to))
    });
    problems(all, guide, pages)
}

/// The same for links of the interface.
pub(super) fn of_interface(
    interface: &Interface,
    guide: &Article,
    pages: &[String],
) -> Vec<Problem> {
    let list = Path::default().key("request").key("sent").key("links");
    let links = interface.request.sent.links.iter().enumerate();
    problems(links.map(|(nth, link)| (list.index(nth), &*link.to)), guide, pages)
}

fn problems<'a>(
    links: impl Iterator<Item = (Path, &'a str)>,
    guide: &Article,
    pages: &[String],
) -> Vec<Problem> {
    let leads = |to: &str| match to.strip_prefix('#') {
        Some(id) => guide.ids.contains(id),
        None => pages.iter().any(|slug| Kind::Further.path(slug) == to),
    };
    let problem = |(path, to): (Path, &str)| {
        let reason = format!(
            "the guide has no heading with the id of \"{to}\", and there is no such page; write # and the id of \
             a heading, or the name of a page and a slash"
        );
        (!leads(to)).then(|| Problem { path: path.key("to"), reason })
    };
    links.filter_map(problem).collect()
}
