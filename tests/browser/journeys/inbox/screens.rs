//! Every screen of the inbox is for everybody: axe-core finds nothing in any theme on a desktop and a phone, and
//! nothing is cut or scrolls sideways on the narrowest screen, with wider spacing, either. Tab leads to every control
//! in the order of the page, marks it, and nothing hides it.

use std::cell::RefCell;

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::Office;
use crate::harness::office::colleague::Colleague;
use crate::harness::office::screens::{self, Viewer};
use crate::harness::person::Person;

/// A desktop and a phone.
const SCREENS: [(u32, u32); 2] = [(1440, 900), (360, 780)];
const THEMES: [&str; 3] = ["light", "dark", "calm"];
/// Elements that do not fit.
const CUT_OFF: &str = include_str!("../../scripts/cut_off.js");

/// Whoever needs each screen to be accessible, and what is not.
#[derive(Default)]
struct Everybody {
    /// All findings, so that one run shows them all.
    found: RefCell<Vec<String>>,
    /// The number of screens that were looked at.
    looked: RefCell<usize>,
}

impl Viewer for Everybody {
    async fn looks(&self, name: &str, at: &Colleague) {
        let person = &at.person;
        for (nth, (width, height)) in SCREENS.into_iter().enumerate() {
            person.has_screen(width, height).await;
            // IBM's checker takes a second for each screen: the desktop is enough.
            let barriers = match nth {
                0 => person.finds_barriers(&THEMES, "html").await,
                _ => person.finds_barriers_by_axe(&THEMES, "html").await,
            };
            self.adds(name, &format!("{width} pixels"), barriers);
            self.adds(name, &format!("{width} pixels"), cut_off(person).await);
            self.adds(
                name,
                &format!("{width} pixels, by keyboard"),
                person.goes_through_by_keyboard().await,
            );
        }
        // Of a desktop of 1280 pixels at 400 %.
        person.has_screen(320, 256).await;
        self.adds(name, "narrow", cut_off(person).await);
        person.calls(include_str!("../../scripts/widen_spacing.js"), &json!([])).await;
        let spaced = "return getComputedStyle(document.body).letterSpacing !== 'normal'";
        assert_eq!(person.runs(spaced).await, json!(true));
        self.adds(name, "narrow, with wider spacing", cut_off(person).await);
        person.runs("document.adoptedStyleSheets = []").await;
        person.has_screen(1440, 900).await;
        *self.looked.borrow_mut() += 1;
    }
}

impl Everybody {
    fn adds(&self, name: &str, how: &str, findings: Vec<String>) {
        let named = findings.into_iter().map(|finding| format!("{name}, {how}: {finding}"));
        self.found.borrow_mut().extend(named);
    }

    /// Asserts that so many screens at least were looked at, and nothing was found.
    fn finds_all_well(self, screens: usize) {
        let (found, looked) = (self.found.into_inner(), self.looked.into_inner());
        assert!(found.is_empty(), "{} findings: {found:#?}", found.len());
        assert!(looked >= screens, "only {looked} screens");
    }
}

async fn cut_off(person: &Person) -> Vec<String> {
    let found = person.calls(CUT_OFF, &json!([])).await;
    let found: Vec<String> = serde_json::from_value(found).expect("a list of elements");
    // What is typed into a field of one line is longer than the field at times, and scrolls with the cursor.
    found.into_iter().filter(|it| !it.starts_with("<input")).collect()
}

#[apply(in_every_engine)]
async fn the_locked_inbox_is_for_everybody(engine: Engine) {
    let everybody = Everybody::default();
    screens::locked(engine, &everybody).await;
    everybody.finds_all_well(12 + usize::from(engine.can_be_offline()));
}

#[apply(in_every_engine)]
async fn lists_and_requests_are_for_everybody(engine: Engine) {
    let everybody = Everybody::default();
    screens::requests(engine, &everybody).await;
    everybody.finds_all_well(22 + usize::from(engine.can_be_offline()));
}

#[apply(in_every_engine)]
async fn people_and_health_are_for_everybody(engine: Engine) {
    let everybody = Everybody::default();
    screens::people(engine, &everybody).await;
    everybody.finds_all_well(13);
}

#[apply(in_every_engine)]
async fn the_set_up_is_for_everybody(engine: Engine) {
    let everybody = Everybody::default();
    screens::set_up(engine, &everybody).await;
    everybody.finds_all_well(11);
}

#[apply(in_every_engine)]
async fn a_fault_would_be_found(engine: Engine) {
    let office = Office::open(engine).await;
    let staff = office.staff_file("First Person", "admin");
    let at = Colleague::arrives(&office, &staff).await;
    at.person
        .runs(
            "document.querySelector('label').remove(); \
             document.querySelector('h1').style.inlineSize = '400px'; \
             document.querySelector('h1').style.color = '#bbb'; \
             document.getElementById('passphrase').style.outline = 'none'; \
             document.getElementById('passphrase').tabIndex = 2",
        )
        .await;
    let everybody = Everybody::default();
    everybody.looks("a broken screen", &at).await;
    let found = everybody.found.into_inner();
    // Elsewhere colors are looked at less often.
    let of_colors = (engine == Engine::Chromium).then_some("color-contrast");
    for fault in ["label", "narrow: <h1", "by keyboard"].into_iter().chain(of_colors) {
        assert!(found.iter().any(|it| it.contains(fault)), "{fault}: {found:#?}");
    }
}
