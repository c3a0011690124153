//! The guide names each warning sign and each caution that the self-assessment asks about.

use std::collections::BTreeSet;

use migraine_guide::content::markdown::Part;
use regex::RegexBuilder;
use scraper::Html;

use crate::html::{content, text};

/// Options of a question, each with a pattern of its words in the guide.
struct Named {
    question: &'static str,
    options: &'static [(&'static str, &'static str)],
}

const NAMED: [Named; 3] = [
    Named {
        question: "red-flags-now",
        options: &[
            ("thunderclap", "at its worst within a minute, or the worst of your life"),
            ("neuro", "new weakness, numbness, confusion, fainting, or trouble speaking or seeing"),
            ("fever-neck", "fever with a stiff neck, a rash or confusion"),
            (
                "injury",
                "hard blow to the head.*drowsy, vomiting or worse since, or take blood thinners",
            ),
            ("seizure", "Call 911 for:.*a seizure"),
            ("eye", "painful red eye with blurred sight"),
            ("pregnant-severe", "severe or sudden headache in pregnancy or the weeks after birth"),
        ],
    },
    Named {
        question: "red-flags-ever",
        options: &[
            ("sudden-before", "once came suddenly"),
            ("neuro-before", "once came.*with weakness, fainting, a seizure or loss of sight"),
            ("jaw-scalp", "jaw pain or a sore scalp, call today"),
            ("new-over-50", "began after age 50"),
            ("cancer-immune", "since cancer, a weak immune system"),
            ("fever", "fever, night sweats or weight loss"),
            ("pregnancy-since", "changed since.*pregnancy, birth"),
            ("injury-since", "changed since.*a head injury"),
            ("changed", "clearly changed or get worse over weeks"),
            ("strain", "coughing, sneezing, straining, exercise or sex"),
            ("posture", "worse lying down or standing up"),
            ("new-medicine", "changed since.*a new medicine"),
        ],
    },
    Named {
        question: "cautions",
        options: &[
            ("bp-heart", "heart disease or high blood pressure.*a stroke"),
            ("psychosis-mania", "psychosis or mania"),
            ("pregnancy", "pregnancy, or a chance of it, or breastfeeding"),
            ("liver", "severe liver disease"),
            ("pressure", "raised pressure in the head or the eye.*an aneurysm"),
            ("substance", "a drug or alcohol problem"),
            ("sedatives", "opioids, benzodiazepines.*or sleeping pills on most days"),
            ("bladder", "bladder trouble"),
            ("ketamine-reaction", "a bad reaction to ketamine"),
            ("under-18", "being under 18"),
        ],
    },
];

#[test]
fn the_guide_names_each_warning_sign_and_caution() {
    let content = content();
    // What authors wrote, without the questions that the page puts between.
    let parts = content.guide.sections.iter().flat_map(|section| &section.parts);
    let written: Vec<String> = parts
        .filter_map(|part| match part {
            Part::Html(html) => Some(text(Html::parse_fragment(html).root_element())),
            Part::Insert(_) => None,
        })
        .collect();
    let written = written.join(" ");
    for Named { question, options } in NAMED {
        for (option, pattern) in options {
            let pattern = RegexBuilder::new(pattern).case_insensitive(true).build();
            let named = pattern.expect("a pattern").is_match(&written);
            assert!(named, "the guide does not name {question}/{option}");
        }
    }
}

#[test]
fn each_option_that_warns_is_looked_for_in_the_guide() {
    let content = content();
    for Named { question, options } in NAMED {
        let asked = content.assessment.questions.iter().find(|it| it.id == question);
        let asked = asked.expect(question).options.iter().filter(|it| !it.exclusive);
        let asked: BTreeSet<&str> = asked.map(|it| it.id.as_str()).collect();
        let looked_for: BTreeSet<&str> = options.iter().map(|(id, _)| *id).collect();
        assert_eq!(asked, looked_for, "{question}");
    }
}
