//! The screens that `make screenshots` pictures beside whole pages. A new screen is a line here.

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

/// The path at which each begins, and its scenes, one after the other.
pub const JOURNEYS: [(&str, &[Scene]); 7] =
    [READING, QUESTIONS, EARLY, EMERGENCY, REQUEST, SENT, WITHOUT_PROGRAM];

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
