//! A clinic that gives no phone number: no sentence sends people to one.

use migraine_guide::content::Content;
use migraine_guide::pages::{render, render_not_found};
use regex::Regex;
use scraper::{Html, Selector};

use crate::html::{content, text};

/// A number that no page has otherwise.
const PHONE: &str = "(972) 555-0186";
/// Sends a reader to the clinic in another way than by the form. Doctors, 911 and 988 are others.
const SENDS_TO_THE_CLINIC: &str = r"(?i)\b(call|phone|ring|contact|reach|text) (us|the clinic|its office|our office)\b|\b(an)?other ways?\b|\bby (phone|telephone)\b";

/// Every sentence of every page, hidden ones and those of `<noscript>` too: texts of the innermost blocks.
fn sentences(content: &Content) -> Vec<String> {
    let pages = content
        .every_page()
        .map(|(page, kind)| render(content, page, kind).expect("rendered"))
        .chain([render_not_found(content).expect("rendered")]);
    let blocks = Selector::parse("p, li, dt, dd, label, legend, summary, a, button, option, span")
        .expect("a selector");
    // Read as a browser without script does, so that `<noscript>` and templates have elements.
    let inert = Regex::new("</?(noscript|template)[^>]*>").expect("a pattern");
    let mut all = Vec::new();
    for page in pages {
        let page = Html::parse_document(&inert.replace_all(&page, ""));
        all.extend(page.select(&blocks).map(text).filter(|it| !it.is_empty()));
    }
    all
}

fn with_phone(phone: Option<&str>) -> Vec<String> {
    let mut content = content();
    for location in &mut content.clinic.locations {
        location.phone = phone.map(str::to_owned);
        location.address = None;
    }
    sentences(&content)
}

#[test]
fn no_sentence_sends_people_to_a_phone_that_there_is_not() {
    let sends = Regex::new(SENDS_TO_THE_CLINIC).expect("a pattern");
    let without = with_phone(None);
    let found: Vec<&String> = without.iter().filter(|it| sends.is_match(it)).collect();
    assert!(found.is_empty(), "{found:#?}");
    // The pattern finds what it looks for where there is a phone.
    assert!(with_phone(Some(PHONE)).iter().any(|it| sends.is_match(it)));
}

#[test]
fn a_phone_adds_the_sentences_that_lead_to_it_and_changes_no_other() {
    let (with, without) = (with_phone(Some(PHONE)), with_phone(None));
    let other_ways = content().interface.request.hints.other_ways;
    let added: Vec<&String> = with.iter().filter(|it| !without.contains(it)).collect();
    assert!(added.iter().any(|it| it.contains(PHONE)), "{added:#?}");
    for sentence in added {
        assert!(sentence.contains(PHONE) || *sentence == other_ways, "{sentence}");
    }
    let changed: Vec<&String> = without.iter().filter(|it| !with.contains(it)).collect();
    // The footer names the location, with its number where there is one.
    let name = &content().clinic.locations[0].name;
    assert!(changed.iter().all(|it| *it == name), "{changed:#?}");
}

/// Each box that says that a request cannot be sent, and the note for readers without script.
#[test]
fn every_refusal_names_the_phone_of_a_clinic_that_has_one() {
    let mut content = content();
    content.clinic.locations[0].phone = Some(PHONE.to_owned());
    let page = crate::html::guide(&content);
    let places = [
        "#request-fill-in .app-failed",
        "#request-cannot-seal",
        "#request-failure",
        "#request-pending",
        "#appointment-request > noscript",
    ];
    for place in places {
        let said = text(crate::html::only(&page, place));
        assert!(said.contains(PHONE), "{place}: {said}");
    }
}
