//! Every page of the site, and the screens of the guide beside whole pages. The pictures and the snapshots of what a
//! screen reader is given go through the same. A new screen is a line here.

use serde_json::Value;

use super::clinic::Clinic;
use super::person::Person;

/// A screen, brought about in the page as the scene before left it.
pub struct Scene {
    /// Of the picture.
    pub name: &'static str,
    /// A script that brings it about.
    pub does: &'static str,
    /// A script that returns `true` once it is there.
    pub until: &'static str,
    /// The part that the picture shows.
    pub shown: Shown,
}

/// The part of a page that a picture shows.
#[derive(Clone, Copy)]
pub enum Shown {
    /// The page in its full height.
    Page,
    /// The window, scrolled to what the selector finds.
    WindowAt(&'static str),
    /// The element that the selector finds, in the page's full width.
    Part(&'static str),
}

use Shown::{Part, WindowAt};

/// Pages that the sitemap does not name.
const UNLISTED: [&str; 3] = ["/embed/", "/questions/", "/not-here"];

/// The paths of all pages, those that no list names and the one that is not there included.
pub async fn pages(person: &Person, clinic: &Clinic) -> Vec<String> {
    person.opens(&clinic.address("/sitemap.xml")).await;
    let listed = "return await new Promise((done) => { \
        const ask = new XMLHttpRequest(); \
        ask.responseType = 'document'; \
        ask.onload = () => done([...ask.responseXML.querySelectorAll('loc')] \
            .map((it) => new URL(it.textContent).pathname)); \
        ask.open('GET', '/sitemap.xml'); \
        ask.send(); })";
    let listed = person.runs(listed).await;
    let listed = listed.as_array().expect("a list").iter().filter_map(Value::as_str);
    listed.chain(UNLISTED).map(str::to_owned).collect()
}

/// The name of a page: the last part of its path.
pub fn name(path: &str) -> &str {
    match path.trim_matches('/').rsplit('/').next() {
        Some("") | None => "guide",
        Some(slug) => slug,
    }
}

/// Opens a page anew, also where the last journey began at the same place, and waits until all of it is there.
pub async fn opens(person: &Person, clinic: &Clinic, path: &str) {
    person.has_screen(1440, 900).await;
    person.opens("about:blank").await;
    person.opens(&clinic.address(path)).await;
    let ready = "return document.fonts.status === 'loaded' && \
        (!document.querySelector('leptos-island') || \
          document.documentElement.dataset.app === 'started')";
    person.waits_for(ready).await;
}

/// The path at which each begins, and its scenes, one after the other.
pub const JOURNEYS: [(&str, &[Scene]); 9] = [
    READING,
    QUESTIONS,
    EARLY,
    EMERGENCY,
    REQUEST,
    SENT,
    DECIDING,
    KEEPING_A_DIARY,
    WITHOUT_PROGRAM,
];

const ASSESSMENT: Shown = Part("#self-assessment .panel");
const FORM: Shown = Part("#appointment-request .panel");
const AT_ONCE: &str = "return true";

const fn scene(name: &'static str, does: &'static str, until: &'static str, shown: Shown) -> Scene {
    Scene { name, does, until, shown }
}

const READING: (&str, &[Scene]) = (
    "/",
    &[
        scene("arriving", "", AT_ONCE, WindowAt("html")),
        scene("reading", "", AT_ONCE, WindowAt("#studies")),
        scene(
            "display-menu",
            "document.querySelector('.display').open = true",
            AT_ONCE,
            WindowAt("html"),
        ),
        scene(
            "quick-links",
            "document.querySelector('.display').open = false; \
             document.querySelector('.quick-links details').open = true",
            AT_ONCE,
            WindowAt(".quick-links"),
        ),
    ],
);

/// Answers the questions up to one that has what this selector finds.
macro_rules! answer_until {
    ($selector:literal) => {
        concat!("(", include_str!("../scripts/answer_until.js"), "\n)(\"", $selector, "\")")
    };
}

const QUESTIONS: (&str, &[Scene]) = (
    "/#self-assessment",
    &[
        scene(
            "assessment-several",
            "document.querySelector('[data-action=start]').click()",
            "return !!document.getElementById('assessment-question-0')",
            ASSESSMENT,
        ),
        scene(
            "assessment-error",
            "document.getElementById('assessment-question-0').requestSubmit()",
            "return !document.getElementById('answer-red-flags-now-error').hidden",
            ASSESSMENT,
        ),
        scene(
            "assessment-one",
            answer_until!("input[type=radio]"),
            "return !!document.getElementById('assessment-question-2')",
            ASSESSMENT,
        ),
        scene("assessment-number", answer_until!("input[type=text]"), AT_ONCE, ASSESSMENT),
        scene(
            "assessment-check",
            answer_until!("#none-has-this"),
            "return !document.getElementById('assessment-check').hidden",
            ASSESSMENT,
        ),
        scene(
            "assessment-result",
            "document.querySelector('[data-action=finish]').click()",
            "return !document.getElementById('assessment-result').hidden",
            ASSESSMENT,
        ),
        scene(
            "assessment-result-open",
            "for (const it of document.querySelectorAll('#assessment-result details')) it.open = true",
            AT_ONCE,
            ASSESSMENT,
        ),
    ],
);

/// The crisis note, and an early result under it.
const EARLY: (&str, &[Scene]) = (
    "/#self-assessment",
    &[
        scene(
            "assessment-crisis",
            concat!(
                "document.querySelector('[data-action=start]').click();",
                answer_until!("[value=cannot-go-on]"),
                "; document.querySelector('[value=cannot-go-on]').click()"
            ),
            "return !document.getElementById('assessment-flag-crisis-support').hidden",
            ASSESSMENT,
        ),
        scene(
            "assessment-early",
            "document.querySelector('#assessment-asked [data-action=early]').click()",
            "return !document.getElementById('assessment-early').hidden",
            ASSESSMENT,
        ),
    ],
);

const EMERGENCY: (&str, &[Scene]) = (
    "/#self-assessment",
    &[scene(
        "assessment-emergency",
        "document.querySelector('[data-action=start]').click(); \
         document.querySelector('input[value=seizure]').checked = true; \
         document.getElementById('assessment-question-0').requestSubmit()",
        "return !document.getElementById('assessment-outcome-emergency').hidden",
        ASSESSMENT,
    )],
);

const REQUEST: (&str, &[Scene]) = (
    "/#appointment-request",
    &[
        scene(
            "request-errors",
            "document.getElementById('request-form').requestSubmit()",
            "return document.querySelectorAll('#request-errors a').length > 0",
            FORM,
        ),
        scene(
            "request-all",
            "for (const it of document.querySelectorAll('#request-form details')) it.open = true; \
             for (const it of ['#request-for-another', '[name=contact-by]', '[value=insurance]', \
               '[name=policyholder][value=other]', '[value=interpreter]']) document.querySelector(it).click()",
            AT_ONCE,
            FORM,
        ),
    ],
);

/// Fills in what is needed.
const FILL_IN: &str = "document.getElementById('request-name').value = 'Ada Test'; \
    document.getElementById('request-email').value = 'ada@example.com'; \
    document.querySelector('input[name=contact-by][value=email]').checked = true; \
    document.getElementById('request-consent').checked = true; \
    document.getElementById('request-form').requestSubmit()";

const SENT: (&str, &[Scene]) = (
    "/#appointment-request",
    &[
        scene(
            "request-check",
            FILL_IN,
            "return !document.getElementById('request-check').hidden",
            FORM,
        ),
        scene(
            "request-sent",
            "document.querySelector('[data-action=send]').click()",
            "return !document.getElementById('request-sent').hidden",
            FORM,
        ),
    ],
);

const DECIDING: (&str, &[Scene]) = (
    "/compare/",
    &[
        scene(
            "options-beside",
            "for (const it of ['topiramate', 'ketamine']) \
               document.querySelector(`[name=option][value=${it}]`).click()",
            "return document.getElementById('options-list').hasAttribute('data-beside')",
            Part("#options"),
        ),
        scene(
            "matters-weighed",
            "for (const it of ['cost', 'driving']) document.querySelector(`[name=matter-${it}]`).click()",
            "return !document.getElementById('matters-summary').hidden",
            Part("#matters"),
        ),
        scene(
            "matters-included",
            "document.getElementById('request-include-matters').click(); \
             document.querySelector('#request-matters-offer details').open = true",
            AT_ONCE,
            FORM,
        ),
        scene(
            "matters-check",
            FILL_IN,
            "return !document.getElementById('request-check').hidden",
            FORM,
        ),
    ],
);

const KEEPING_A_DIARY: (&str, &[Scene]) = (
    "/diary/",
    &[scene(
        "diary-filled-in",
        "for (const it of document.querySelectorAll('[data-light]')) it.selectedIndex = 3; \
         document.querySelector('[data-light]').dispatchEvent(new Event('input', { bubbles: true }))",
        "return document.getElementById('diary-red-days').value !== ''",
        Shown::Page,
    )],
);

const WITHOUT_PROGRAM: (&str, &[Scene]) = (
    "/",
    &[
        scene(
            "failed-assessment",
            "document.documentElement.dataset.app = 'failed'",
            AT_ONCE,
            ASSESSMENT,
        ),
        scene("failed-request", "", AT_ONCE, FORM),
    ],
);
