//! Mistakes that only a look at all pages finds: links that lead nowhere, two titles that are the same,
//! a guide without the sections that every page leads to.

use std::collections::{HashMap, HashSet};

use guide_core::request::form::CalendarDate;
use guide_core::source::Mistake;
use url::Url;

use super::clinic::Clinic;
use super::clinic::base_address::has_whole_host;
use super::markdown::{Article, Insert, Section};
use super::routes::Kind;

/// Stands for the base address where `clinic.toml` has mistakes: links are followed all the same.
const STAND_IN: &str = "https://guide.invalid/";

/// The section of the appointment request, wherever it stands.
const REQUEST: &str = "appointment-request";

/// Sections of the guide that buttons and other pages lead to, and what stands in each.
const NEEDED: [(&str, Insert); 2] =
    [("self-assessment", Insert::SelfAssessment), (REQUEST, Insert::AppointmentRequest)];

/// Ids of the pages by address; of a page that could not be read they are not known.
type Pages<'a> = HashMap<Url, Option<&'a HashSet<String>>>;

/// All of them. `unread` are pages with mistakes of their own.
pub(super) fn mistakes(
    clinic: Option<&Clinic>,
    every: &[(&Article, Kind)],
    unread: &[(Kind, String)],
) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> =
        every.iter().flat_map(|(page, kind)| sections(page, *kind)).collect();
    mistakes.extend(titles(every));
    if unread.is_empty() {
        mistakes.extend(on_paper(every));
    }
    let address = clinic.map_or(STAND_IN, |clinic| &clinic.base_address);
    if let Ok(base) = Url::parse(address) {
        mistakes.extend(links(&base, every, unread));
    }
    mistakes
}

fn links(base: &Url, every: &[(&Article, Kind)], unread: &[(Kind, String)]) -> Vec<Mistake> {
    let mut pages = Pages::new();
    let address = |kind: Kind, slug: &str| base.join(&kind.path(slug)).ok();
    pages.extend(unread.iter().filter_map(|(kind, slug)| Some((address(*kind, slug)?, None))));
    let read: Vec<_> = every
        .iter()
        .filter_map(|(page, kind)| Some((*page, address(*kind, &page.slug)?)))
        .collect();
    pages.extend(read.iter().map(|(page, address)| (address.clone(), Some(&page.ids))));
    // A page that could not be read may link to any.
    let mut mistakes = if unread.is_empty() { unreachable(&read) } else { Vec::new() };
    let of_page = |(page, here): &(&Article, Url)| {
        let links = page.links().filter_map(|(link, line)| {
            let advice = advice(link, base, here, &pages)?;
            Some(page.mistake(line, format!("the link \"{link}\" leads nowhere; {advice}")))
        });
        links.collect::<Vec<_>>()
    };
    mistakes.extend(read.iter().flat_map(of_page));
    mistakes
}

/// Pages that neither the footer nor a link of another page leads to.
fn unreachable(read: &[(&Article, Url)]) -> Vec<Mistake> {
    let mut linked = HashSet::new();
    for (page, here) in read {
        linked.extend(
            page.links()
                .filter_map(|(link, _)| here.join(link).ok())
                .map(|mut to| {
                    to.set_fragment(None);
                    to
                })
                .filter(|to| to != here),
        );
    }
    let mistake = |(page, here): &(&Article, Url)| {
        let reason =
            "no page leads here, and the footer does not name it; link to it, or remove the line";
        (!page.front.in_footer && !linked.contains(here))
            .then(|| page.mistake(page.lines.in_footer, reason.to_owned()))
    };
    read.iter().filter_map(mistake).collect()
}

/// What to write in place of a link that leads to no section, no page and no other site.
fn advice(link: &str, base: &Url, here: &Url, pages: &Pages<'_>) -> Option<String> {
    let general = "link to #a-section, to a page of this site or to https://".to_owned();
    let Ok(mut to) = here.join(link) else { return Some(general) };
    if to.scheme() == "http" {
        return Some(format!("write https://{}", link.trim_start_matches("http://")));
    }
    let section = to.fragment().map(str::to_owned);
    to.set_fragment(None);
    if to.origin() != base.origin() {
        return (to.scheme() != "https" || !has_whole_host(&to)).then_some(general);
    }
    match (pages.get(&to), section) {
        (Some(None), _) | (Some(Some(_)), None) => None,
        (Some(Some(ids)), Some(id)) if ids.contains(&id) => None,
        (Some(Some(ids)), Some(id)) => {
            let meant = ids.iter().find(|it| it.eq_ignore_ascii_case(&id));
            let page = link.split('#').next().unwrap_or_default();
            Some(meant.map_or(general, |meant| format!("write {page}#{meant}")))
        }
        (None, _) if link.starts_with("www.") => Some(format!("write https://{link}")),
        (None, _) => {
            let name = last_name(&to);
            let meant = pages.keys().find(|page| name.is_some() && last_name(page) == name);
            let meant = meant.and_then(|page| here.make_relative(page));
            Some(meant.map_or(general, |meant| format!("write {meant}")))
        }
    }
}

/// The last name in an address, without the ending of a file.
fn last_name(address: &Url) -> Option<String> {
    let name = address.path_segments()?.rfind(|it| !it.is_empty())?.to_lowercase();
    let name = name.strip_suffix(".md").or(name.strip_suffix(".html")).unwrap_or(&name);
    Some(name.to_owned())
}

fn titles(every: &[(&Article, Kind)]) -> Vec<Mistake> {
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut mistakes = Vec::new();
    for (page, _) in every {
        let title = &page.front.title;
        if let Some(other) = seen.insert(title.to_lowercase(), page.file()) {
            let reason =
                format!("this page and {other} have the title \"{title}\"; give each its own");
            mistakes.push(page.mistake(page.lines.title, reason));
        }
    }
    mistakes
}

/// Pages that say they were changed on a day to come; it may be tomorrow already where they were.
pub(super) fn days_to_come<'a>(
    pages: impl Iterator<Item = &'a Article>,
    today: CalendarDate,
) -> Vec<Mistake> {
    let to_come = |page: &&Article| {
        let day = page.front.date.to_string().parse::<CalendarDate>();
        day.is_ok_and(|day| day.days_since(today) > 1)
    };
    let reason = "this day is still to come; write the day on which the text was last changed";
    let mistake = |page: &Article| page.mistake(page.lines.date, reason.to_owned());
    pages.filter(to_come).map(mistake).collect()
}

/// Where no app runs, the questions are read on a page of their own.
fn on_paper(every: &[(&Article, Kind)]) -> Option<Mistake> {
    let printed = every
        .iter()
        .any(|(page, kind)| *kind == Kind::Further && page.has(&Insert::AssessmentQuestions));
    let (guide, _) = every.iter().find(|(_, kind)| *kind == Kind::Guide)?;
    let section = guide.sections.iter().find(|section| section.has(&Insert::SelfAssessment))?;
    (!printed).then(|| {
        let reason = "where this cannot start, readers are led to the questions on paper: a page in \
                      pages/ (questions.md) needs the block ```insert assessment-questions (the name \
                      on a line of its own); put it back";
        guide.mistake(section.line, reason.to_owned())
    })
}

fn sections(page: &Article, kind: Kind) -> Vec<Mistake> {
    if kind == Kind::Guide {
        let mut mistakes: Vec<Mistake> =
            NEEDED.iter().filter_map(|(id, insert)| needed(page, id, insert)).collect();
        if page.front.unlisted {
            let reason = "the guide itself has to be found; remove the line";
            mistakes.push(page.mistake(page.lines.unlisted, reason.to_owned()));
        }
        return mistakes;
    }
    // What matters to a patient is in the memory of its page alone, and can be included in a request there.
    let beside_matters = page.has(&Insert::Matters);
    let alone = |(id, insert): &(&str, Insert)| {
        let section = page.sections.iter().find(|section| section.has(insert))?;
        let may_stand = beside_matters && *insert == Insert::AppointmentRequest;
        if may_stand && section.id == REQUEST {
            return None;
        }
        let root = kind.root();
        let reason = if may_stand {
            format!("end the heading of the request's section with {{#{id}}}, as in the guide")
        } else {
            let beside = match insert {
                Insert::AppointmentRequest => ", or below an insert matters",
                _ => "",
            };
            format!(
                "the insert {id} stands in the guide, where all buttons lead{beside}; remove it here, and link to it \
                 with {root}#{id}"
            )
        };
        Some(page.mistake(section.line, reason))
    };
    let mut mistakes: Vec<Mistake> = NEEDED.iter().filter_map(alone).collect();
    let of_request = |it: &&Section| it.id == REQUEST && !it.has(&Insert::AppointmentRequest);
    if let Some(section) = page.sections.iter().find(of_request) {
        let reason = format!(
            "this section has no form: it needs its block ```insert {REQUEST} (the name on a line of its own); put it \
             back, or remove the section and the links to it"
        );
        mistakes.push(page.mistake(section.line, reason));
    }
    mistakes
}

fn needed(guide: &Article, id: &str, insert: &Insert) -> Option<Mistake> {
    let Some(section) = guide.sections.iter().find(|section| section.id == id) else {
        let reason = format!(
            "the guide needs a section ## Some heading {{#{id}}} with a block ```insert that names \
             {id}: buttons of every page lead there; put it back"
        );
        return Some(guide.mistake(1, reason));
    };
    (!section.has(insert)).then(|| {
        let reason = format!(
            "this section needs its block ```insert {id} (the name on a line of its own): buttons \
             of every page lead there; put it back"
        );
        guide.mistake(section.line, reason)
    })
}
