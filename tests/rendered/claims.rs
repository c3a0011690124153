//! Statements that the pages must make, since leaving them out would mislead, and claims that they may never
//! make.

use migraine_guide::content::routes::Kind;
use migraine_guide::pages::{render, render_not_found};
use migraine_guide::site::head::head;
use regex::Regex;
use scraper::Html;

use crate::html::{colors, content, only, text};

/// Each statement, and a pattern of its text in the guide.
const MUST_SAY: [(&str, &str); 21] = [
    ("not approved for migraine", r"not approved for migraine"),
    ("off-label", r"off-label, which means outside that approval"),
    ("studies are small", r"studies are small"),
    ("most had no comparison", r"most had no comparison group"),
    ("two emergency-room trials", r"Two trials in emergency rooms found no advantage"),
    ("what helped was mostly long", r"mostly an infusion.*in the hospital over several days"),
    ("in people for whom much had failed", r"people for whom much had failed"),
    ("shorter visits", r"Shorter visits are less studied"),
    ("relief may fade", r"relief may fade"),
    ("other treatments come first", r"Other treatments usually come first"),
    ("side effects", r"sick to your stomach, dizzy.*Blood pressure and pulse can rise"),
    ("the bladder", r"inflame the bladder"),
    ("the liver", r"Problems of the liver"),
    ("dependence", r"Dependence.*is a known risk"),
    ("who should not have it", r"says no to ketamine, or asks for great care"),
    ("the assessment is no test", r"no medical test or diagnostic instrument"),
    ("the assessment is not for emergencies", r"not for emergencies\. In an emergency, call 911"),
    ("depression is another question", r"depression do not show what ketamine does in migraine"),
    ("what is sent", r"asks for your name, a phone number or e-mail address"),
    (
        "where it is kept and who reads it",
        r"stays locked on the clinic’s server.*who hold that key",
    ),
    ("who is linked has no part in it", r"have no part in this guide"),
];

/// Claims that nothing here could keep, in any form.
const MUST_NOT_SAY: [&str; 12] = [
    r"\bcur(e|es|ed|ing|able)\b",
    r"\bproven\b",
    r"\bsafe(ly|r|st)?\b",
    r"\bnon-?addictive\b",
    r"\bguarant",
    r"\byou(’re| are| may be| could be) an? (\w+ )?candidate\b",
    r"\bhipaa\b",
    r"\bwcag\b",
    r"\bcertified\b",
    r"\bvalidated\b",
    r"\bendors",
    r"\b(colors?|theme|screen)\b[^.]*\b(treats?|heals?|relieves?|eases?|prevents?)\b",
];

#[test]
fn the_guide_says_what_it_must() {
    let content = content();
    let page =
        Html::parse_document(&render(&content, &content.guide, Kind::Guide).expect("rendered"));
    let text = text(only(&page, "main"));
    for (what, pattern) in MUST_SAY {
        let said = Regex::new(pattern).expect("a pattern").is_match(&text);
        assert!(said, "the guide no longer says {what} ({pattern})");
    }
}

#[test]
fn the_summary_has_the_honest_answer_first() {
    let content = content();
    let page =
        Html::parse_document(&render(&content, &content.guide, Kind::Guide).expect("rendered"));
    let summary = text(only(&page, "#in-short ul"));
    assert!(summary.starts_with("It may help some people"), "{summary}");
}

#[test]
fn no_page_claims_what_it_may_not() {
    let content = content();
    // Heads, screens that are hidden and words for screen readers, too.
    let pages = content.every_page().map(|(page, kind)| {
        let html = head(&content, page, kind, &colors())
            + &render(&content, page, kind).expect("rendered");
        (page.slug.clone(), html)
    });
    let missing = ("404".to_owned(), render_not_found(&content));
    let pages: Vec<(String, String)> = pages.chain([missing]).collect();
    for pattern in MUST_NOT_SAY {
        let pattern = Regex::new(&format!("(?i){pattern}")).expect("a pattern");
        for (name, html) in &pages {
            let found = pattern.find(html).map(|it| it.as_str());
            assert!(found.is_none(), "{name} says {:?}", found.unwrap_or_default());
        }
    }
}

#[test]
fn the_text_has_the_length_that_one_reads_in_a_sitting() {
    let content = content();
    assert!((1200..=1800).contains(&content.guide.words), "{} words", content.guide.words);
}
