//! Statements that the pages must make, since leaving them out would mislead, and claims that they may never
//! make.

use migraine_guide::content::routes::Kind;
use migraine_guide::pages::{render, render_not_found};
use migraine_guide::site::head::head;
use regex::Regex;
use scraper::{ElementRef, Html};

use crate::html::{all, appearance, content, only, text};

/// Each statement, and a pattern of its text in the guide.
const MUST_SAY: [(&str, &str); 34] = [
    ("not approved for migraine", r"not approved for migraine"),
    ("off-label", r"off-label, which means outside that approval"),
    (
        "what was measured",
        r"In hospital studies, most people had less pain while they were treated",
    ),
    ("what nobody measured", r"no trial with a comparison group that counted migraine days"),
    ("studies are small", r"studies are small"),
    ("most had no comparison", r"most that looked helpful had no comparison group"),
    ("three emergency-room trials", r"Three trials in emergency rooms found no advantage"),
    ("one of them was worse", r"in one, ketamine did worse than another medicine"),
    ("one trial for ketamine", r"In a fourth.*eased pain more than the pain reliever ketorolac"),
    ("what helped was mostly long", r"mostly an infusion.*in the hospital over several days"),
    ("in people for whom much had failed", r"people for whom much had failed"),
    ("shorter visits", r"Shorter visits are less studied"),
    ("relief may fade", r"relief may fade"),
    ("other treatments come first", r"Other treatments usually come first"),
    ("side effects", r"sick to your stomach, dizzy.*Blood pressure and pulse can rise"),
    ("frightening effects", r"Of 168 people.*8% had hallucinations.*A few felt extreme fear"),
    ("the bladder", r"inflame the bladder"),
    ("the liver", r"Problems of the liver"),
    ("dependence", r"Dependence.*is a known risk"),
    ("the law", r"Schedule III"),
    ("who should not have it", r"advises against ketamine, or asks for great care"),
    (
        "resistant migraine",
        r"resistant when three or more kinds.*8 or more disabling days a month for three months",
    ),
    ("relief medicine, stricter", r"10 or more days a month: triptans, ergots, opioids"),
    ("relief medicine", r"15 or more days a month: acetaminophen, aspirin"),
    ("what must not be stopped", r"Do not stop opioids or butalbital suddenly"),
    ("what a session feels like", r"feel as if you are floating"),
    ("how many sessions, and how", r"Ask how it is given.*how many sessions are planned"),
    ("who to call after it", r"911: trouble breathing.*988, call or text: .*The clinic: vomiting"),
    ("the assessment is no test", r"no medical test or diagnostic instrument"),
    ("the assessment is not for emergencies", r"not for emergencies\. In an emergency, call 911"),
    ("depression is another question", r"depression do not show what ketamine does in migraine"),
    ("what is sent", r"asks for your name, a phone number or e-mail address"),
    (
        "where it is kept and who reads it",
        r"stays locked on the clinic’s server.*who hold the key can read it\. This website passes it on to nobody",
    ),
    ("who is linked has no part in it", r"have no part in this guide"),
];

/// Claims that nothing here could keep, in any form, and statements that no source bears out.
const MUST_NOT_SAY: [&str; 17] = [
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
    // No study in the table counted attacks.
    r"\battacks (may|can|will) become\b",
    // Benish compared with an active medicine.
    r"\bno benefit found\b",
    // True of some medicines only.
    r"\bdo not stop (them )?suddenly\b",
    // There are three.
    r"\btwo trials in emergency\b",
    // Its name without its source.
    r"\ban approval of its own\b",
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
        let html = head(&content, page, kind, &appearance())
            + &render(&content, page, kind).expect("rendered");
        (page.slug.clone(), html)
    });
    let missing = ("404".to_owned(), render_not_found(&content).expect("rendered"));
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

#[test]
fn a_percentage_says_of_how_many() {
    let content = content();
    let of_how_many = Regex::new(r"\d+ of \d+|[Oo]f \d+ people|\d+ people").expect("a pattern");
    for (page, kind) in content.every_page() {
        let rendered = Html::parse_document(&render(&content, page, kind).expect("rendered"));
        for block in all(&rendered, "article > section :is(p, td, ul)") {
            let mut said = text(block);
            // A list follows the sentence that says of how many it is.
            if block.value().name() == "ul"
                && let Some(before) = block.prev_siblings().find_map(ElementRef::wrap)
            {
                said.insert_str(0, &text(before));
            }
            assert!(!said.contains('%') || of_how_many.is_match(&said), "{}: {said}", page.slug);
        }
    }
}
