//! A journey to each outcome of the self-assessment: by keyboard, by touch on a phone, and as a
//! screen reader is told of it.

use fantoccini::wd::PrintSize;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::answers::Given::{Number, One, Several};
use crate::harness::answers::{ANSWERS, Given, answer, continue_from, index_of, is_in_view, with};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine, with_devtools};
use crate::harness::person::Person;

const PART: &str = "#self-assessment";
const PANEL: &str = "#assessment-panel";

/// Answers that lead to an outcome, its headline, and what is offered first.
struct Journey {
    outcome: &'static str,
    answers: Vec<(&'static str, Given)>,
    headline: &'static str,
    offer: &'static str,
}

fn journeys() -> [Journey; 6] {
    [
        Journey {
            outcome: "see-doctor-first",
            answers: with(&[("diagnosis", One("unsure")), ("features", Several(&["nausea"]))]),
            headline: "See your doctor or a headache clinic first.",
            offer: "Request an appointment anyway",
        },
        Journey {
            outcome: "safety-first",
            answers: with(&[("cautions", Several(&["liver"]))]),
            headline: "Talk with your own doctor and the clinic before anything is planned.",
            offer: "Request an appointment anyway",
        },
        Journey {
            outcome: "relief-medicine-first",
            answers: with(&[("acute-days", Number("12")), ("acute-kinds", Several(&["triptan"]))]),
            headline: "Ask your doctor about your relief medicine first.",
            offer: "Request an appointment anyway",
        },
        Journey {
            outcome: "other-options-first",
            answers: with(&[("procedures", One("helps"))]),
            headline: "Ask your doctor or a headache clinic what the usual treatments can still do for you.",
            offer: "Request an appointment anyway",
        },
        Journey {
            outcome: "worth-asking",
            answers: ANSWERS.to_vec(),
            headline: "Request an appointment to ask if ketamine could make sense for you.",
            offer: "Request an appointment",
        },
        Journey {
            outcome: "could-discuss",
            answers: with(&[("plan", One("no"))]),
            headline: "Request an appointment if you want to talk it over, and bring up the points below.",
            offer: "Request an appointment",
        },
    ]
}

/// Asserts that these lines are heard, in this order, others between them or not.
fn told(heard: &[String], expected: &[&str]) {
    let mut rest = heard.iter();
    for line in expected {
        let found = rest.any(|it| it.starts_with(line));
        assert!(found, "{line:?} is not heard, or not there, in {heard:#?}");
    }
}

#[apply(in_every_engine)]
async fn by_keyboard(engine: Engine, #[values(0, 1, 2, 3, 4, 5)] nth: usize) {
    let Journey { outcome, answers, headline, offer } = &journeys()[nth];
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    for (question, given) in answers {
        let index = index_of(question);
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        given.by_keyboard(&person, question).await;
        continue_from(&person, index).await;
    }
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("[data-action=finish]").await;
    // The heading takes the focus and is read out: it says what to do next.
    person.waits_for_focus(&format!("assessment-outcome-{outcome}-heading")).await;
    person.meets_no_barrier_in_any_theme(outcome, "#assessment-result").await;
    if engine == Engine::Chromium {
        heard_of_result(&person.hears(PANEL).await, headline, offer);
    }
}

/// Asserts what a screen reader is given of a result.
fn heard_of_result(heard: &[String], headline: &str, offer: &str) {
    let headline = format!("heading \"{headline}\" level=3");
    let offer = format!("link \"{offer}\"");
    told(
        heard,
        &[
            &headline,
            "heading \"Why this comes first\" level=4",
            "heading \"What you can do\" level=4",
            &offer,
            "heading \"What to bring to the appointment\" level=4",
            "heading \"How your answers fit the five reasons\" level=4",
            "DisclosureTriangle \"Your answers behind this Frequent, disabling attacks\" expanded=false",
            "link \"Call 988\"",
            "link \"Text 988\"",
            "button \"Print or save\"",
            "button \"Change my answers\"",
            "button \"Clear my answers\"",
        ],
    );
    // Only this outcome is told, and the bars only repeat the words.
    let outcomes = heard.iter().filter(|it| it.ends_with("level=3")).count();
    assert_eq!(outcomes, 1, "{heard:#?}");
    assert!(!heard.iter().any(|it| it.starts_with("image")), "{heard:#?}");
}

/// Only DevTools play a phone.
#[apply(with_devtools)]
async fn by_touch(engine: Engine, #[values(0, 1, 2, 3, 4, 5)] nth: usize) {
    let Journey { outcome, answers, headline, offer } = &journeys()[nth];
    let clinic = Clinic::open().await;
    let person = Person::arrives_by_phone(engine).await;
    person.opens(&clinic.address("/#self-assessment")).await;
    person.waits_for_program().await;
    person.taps("[data-action=start]").await;
    for (question, given) in answers {
        let index = index_of(question);
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        // The question and its progress are in view, and Continue.
        for part in ["#assessment-progress-text", &format!("#assessment-question-{index}-heading")]
        {
            assert!(is_in_view(&person, part).await, "{part} is out of view");
        }
        let proceed = format!("#assessment-question-{index} button[type=submit]");
        assert!(is_in_view(&person, &proceed).await, "{question}: Continue is out of view");
        given.by_touch(&person, question).await;
        person.taps(&proceed).await;
    }
    person.waits_for_focus("assessment-check-heading").await;
    person.taps("[data-action=finish]").await;
    person.waits_for_focus(&format!("assessment-outcome-{outcome}-heading")).await;
    assert_eq!(person.sees(&format!("#assessment-outcome-{outcome}-heading")).await, *headline);
    let wide = "return document.documentElement.scrollWidth > innerWidth";
    assert_eq!(person.runs(wide).await, json!(false));
    // On into the form, which offers to include the result.
    let link = format!("#assessment-outcome-{outcome}-next a.button");
    assert_eq!(person.sees(&link).await, *offer);
    person.taps(&link).await;
    person.waits_for("return location.hash === '#appointment-request'").await;
    assert!(person.is_shown("label[for='request-include-assessment']").await);
}

#[apply(in_every_engine)]
async fn emergency_by_keyboard(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    person.chooses("input[name='answer-red-flags-now'][value='thunderclap']").await;
    person.waits_to_see("#assessment-warning-0").await;
    if engine == Engine::Chromium {
        // Announced where it is chosen, while the focus stays.
        told(
            &person.hears(PANEL).await,
            &["group \"Right now", "alert", "link \"Call 911\"", "button \"Continue\""],
        );
    }
    continue_from(&person, 0).await;
    person.waits_for_focus("assessment-outcome-emergency-heading").await;
    person.meets_no_barrier_in_any_theme("the emergency", PART).await;
    assert_eq!(
        person.links("#assessment-outcome-emergency a").await,
        ["tel:911", "tel:988", "sms:988"]
    );
    if engine == Engine::Chromium {
        heard_of_emergency(&person.hears(PANEL).await);
    }
}

/// Asserts what a screen reader is given of an emergency, and that nothing else is offered.
fn heard_of_emergency(heard: &[String]) {
    told(
        heard,
        &[
            "alert",
            "heading \"Call 911 now.\" level=3",
            "link \"Call 911\"",
            "link \"Call 988\"",
            "link \"Text 988\"",
            "button \"Go back and change my answer\"",
        ],
    );
    assert_eq!(heard.iter().filter(|it| it.starts_with("link")).count(), 3, "{heard:#?}");
    assert_eq!(heard.iter().filter(|it| it.starts_with("button")).count(), 1, "{heard:#?}");
}

/// Only DevTools play a phone.
#[apply(with_devtools)]
async fn emergency_by_touch(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_by_phone(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    person.taps("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    person.taps("label[for=answer-red-flags-now-injury]").await;
    person.waits_to_see("#assessment-warning-0").await;
    assert!(is_in_view(&person, "#assessment-warning-0 a").await, "911 can be called at once");
    person.taps("#assessment-question-0 button[type=submit]").await;
    person.waits_for_focus("assessment-outcome-emergency-heading").await;
    assert!(is_in_view(&person, "#assessment-outcome-emergency a[href='tel:911']").await);
    assert_eq!(
        person.links("#assessment-outcome-emergency a").await,
        ["tel:911", "tel:988", "sms:988"]
    );
}

/// Answers with as much to say about them as there can be: almost every flag is raised.
const MOST: [(&str, Given); 17] = [
    ("red-flags-now", Several(&["none"])),
    (
        "red-flags-ever",
        Several(&[
            "sudden-before",
            "neuro-before",
            "jaw-scalp",
            "new-over-50",
            "cancer-immune",
            "fever",
            "pregnancy-since",
            "injury-since",
            "changed",
            "strain",
            "posture",
            "new-medicine",
        ]),
    ),
    ("diagnosis", One("no")),
    ("features", Several(&["nausea", "light-sound", "one-side", "throbbing", "movement", "aura"])),
    (
        "cautions",
        Several(&[
            "bp-heart",
            "psychosis-mania",
            "pregnancy",
            "liver",
            "pressure",
            "substance",
            "sedatives",
            "bladder",
            "ketamine-reaction",
            "under-18",
        ]),
    ),
    ("headache-days", Number("31")),
    ("pattern-months", One("gt6")),
    ("bad-days", One("8plus")),
    ("acute-days", Number("31")),
    (
        "acute-kinds",
        Several(&["simple", "triptan", "caffeine", "butalbital", "opioid", "other", "unsure"]),
    ),
    ("relief-works", One("rarely")),
    ("preventives", One("unsure")),
    ("procedures", One("unsure")),
    ("urgent-visits", One("two-plus")),
    ("mood", Several(&["low", "worry", "sleep", "withdrawn", "diagnosed", "cannot-go-on"])),
    ("supervised", One("no")),
    ("plan", One("unsure")),
];

/// In Chromium alone: Firefox packs what tells the pages of its PDF, and a driven WebKitGTK prints nothing.
#[apply(with_devtools)]
async fn a_result_is_one_page_on_letter_and_a4(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    let whole = person.printed_pages(PrintSize::A4).await;
    assert!(whole > 3, "the whole guide has {whole} pages");
    person.follows("[data-action=start]").await;
    answer(&person, &MOST).await;
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("[data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-see-doctor-first-heading").await;
    let flags = "return document.querySelectorAll('#assessment-result .flag:not([hidden], #assessment-early)').length";
    assert_eq!(person.runs(flags).await, json!(8));
    assert_eq!(person.printed_pages(PrintSize::A4).await, 1);
    assert_eq!(person.printed_pages(PrintSize::US_LETTER).await, 1);
}
