//! However the inbox is locked, nothing of a patient is left in the page or in the browser. Each way is gone
//! twice, with two patients: what is left must be the same.

use fantoccini::key::Key;
use guide_core::request::payload::AppointmentRequest;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, words};

/// Everything in which a page can leave something behind.
const LEFT_BEHIND: &str = include_str!("../../scripts/left_behind.js");

/// Has the clock of a page run eleven minutes ahead.
const RUNS_AHEAD: &str = "
    const before = window.Date;
    window.Date = class extends before {
      static before = before;
      static now = () => before.now() + 11 * 60 * 1000;
      constructor(...given) { super(...(given.length ? given : [window.Date.now()])); }
    };
";

/// Has a clock that runs ahead already run eleven minutes further ahead.
const RUNS_AHEAD_AGAIN: &str = "
    const earlier = window.Date.now;
    window.Date.now = () => earlier() + 11 * 60 * 1000;
";

/// What one patient wrote, and what the staff typed about them.
struct Secrets {
    name: &'static str,
    phone: &'static str,
    email: &'static str,
    message: &'static str,
    note: &'static str,
    search: &'static str,
}

const SECRETS: [Secrets; 2] = [
    Secrets {
        name: "Quendalina Trial",
        phone: "972 555 0147",
        email: "quendalina@trial.example",
        message: "Thunderous auras",
        note: "Voicemail, sunflowers",
        search: "quendalina",
    },
    Secrets {
        name: "Barnabas Trial",
        phone: "214 555 0163",
        email: "barnabas@patient.example",
        message: "Zephyrous evenings",
        note: "Spoke to a sibling",
        search: "barnabas",
    },
];

impl Secrets {
    fn request(&self, office: &mut Office) -> AppointmentRequest {
        let mut request = office.request(self.name);
        request.patient.phone = Some(self.phone.to_owned());
        request.patient.email = Some(self.email.to_owned());
        request.message = Some(self.message.to_owned());
        request
    }

    /// Those of them that stand in a text.
    fn found_in(&self, text: &str) -> Vec<&'static str> {
        let [name, phone, email, message, note, search] =
            [self.name, self.phone, self.email, self.message, self.note, self.search];
        let digits = phone.replace(' ', "");
        let all = [name, phone, email, message, note, search];
        let mut found: Vec<&str> = all.into_iter().filter(|it| text.contains(it)).collect();
        found.extend(text.contains(&digits).then_some("the digits of the phone number"));
        found
    }
}

/// Somebody who looks at a request with a draft of a note, and has searched for it.
struct Case {
    office: Office,
    colleague: Colleague,
    secrets: &'static Secrets,
}

impl Case {
    async fn open(engine: Engine, secrets: &'static Secrets) -> Self {
        let mut office = Office::open(engine).await;
        let request = secrets.request(&mut office);
        office.receives([request]);
        let staff = office.staff_file("First Person", "list,mark");
        let colleague = Colleague::at_work(&office, &staff).await;
        let case = Self { office, colleague, secrets };
        case.works().await;
        case
    }

    /// Has everything on the screen that must not be left behind.
    async fn works(&self) {
        let Self { colleague, secrets, .. } = self;
        colleague.fills_in("search", secrets.search).await;
        colleague.waits_for_titles(&[secrets.name]).await;
        colleague.opens_request(secrets.name).await;
        colleague.fills_in("note", secrets.note).await;
        let open = self.left_behind().await;
        assert!(secrets.found_in(&open).len() >= 6, "all of them are looked for where they stand");
    }

    async fn left_behind(&self) -> String {
        let left = self.colleague.person.calls(LEFT_BEHIND, &json!([])).await;
        left.as_str().expect("a text").replace(&self.office.operations_port().to_string(), "PORT")
    }

    /// Asserts that nothing is left, and unlocks again for what comes next. Returns what is left.
    async fn is_locked(&self, how: &str) -> String {
        self.colleague.waits_for_lock().await;
        let left = self.left_behind().await;
        assert_eq!(self.secrets.found_in(&left), [""; 0], "{how}");
        // The console is read by DevTools alone.
        let person = &self.colleague.person;
        if person.engine().kind == Engine::Chromium {
            let console = person.console().await.join("\n");
            assert_eq!(self.secrets.found_in(&console), [""; 0], "{how}, in the console");
        }
        left
    }

    async fn unlocks_again(&self) {
        self.colleague.unlocks().await;
        self.works().await;
    }
}

#[apply(in_every_engine)]
async fn a_locked_inbox_holds_nothing_of_a_patient(engine: Engine) {
    let mut lefts = Vec::new();
    for secrets in &SECRETS {
        let case = Case::open(engine, secrets).await;
        let person = &case.colleague.person;
        let mut left = Vec::new();

        case.colleague.locks().await;
        left.push(case.is_locked("by the button").await);

        // Ten minutes without use: the page's clock runs ahead.
        case.unlocks_again().await;
        person.runs(RUNS_AHEAD).await;
        case.colleague.waits_for_message(&words().unlock.idle).await;
        left.push(case.is_locked("idle").await);
        person.runs("window.Date = window.Date.before").await;

        // The browser keeps the page to come back to.
        case.unlocks_again().await;
        person
            .runs("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
            .await;
        left.push(case.is_locked("put away").await);

        // Left, and come back to.
        case.unlocks_again().await;
        // Of a script of another site, in a driven WebKitGTK, nothing comes back after Back.
        let host = if engine == Engine::WebKit { "localhost" } else { "127.0.0.1" };
        let elsewhere = format!("http://{host}:{}/healthz", case.office.operations_port());
        person.opens(&elsewhere).await;
        person.goes_back().await;
        left.push(case.is_locked("left").await);

        case.unlocks_again().await;
        person.reloads().await;
        left.push(case.is_locked("loaded anew").await);

        case.unlocks_again().await;
        case.office.runs(&["token", "revoke", "First Person"]);
        case.colleague.waits_for_message(&words().unlock.revoked).await;
        left.push(case.is_locked("revoked").await);
        lefts.push(left);
    }
    let [first, second] = lefts.as_slice() else { panic!("there are two") };
    assert_eq!(first, second);
}

/// While a computer sleeps no timer runs: the first thing after that can be somebody at the keyboard.
#[apply(in_every_engine)]
async fn whoever_comes_back_too_late_finds_it_locked(engine: Engine) {
    let case = Case::open(engine, &SECRETS[0]).await;
    let person = &case.colleague.person;
    let sleeps = RUNS_AHEAD.replace("11 * 60", "9 * 60");
    person.runs(&sleeps).await;
    person.presses(Key::Shift).await;
    assert!(person.has("ul.requests").await, "nine minutes are not too long");
    person.runs(RUNS_AHEAD_AGAIN).await;
    person.presses(Key::Shift).await;
    case.colleague.waits_for_message(&words().unlock.idle).await;
    case.is_locked("too late").await;
}

#[apply(in_every_engine)]
async fn a_token_that_expires_locks_the_inbox(engine: Engine) {
    let case = Case::open(engine, &SECRETS[0]).await;
    case.office.sql("UPDATE tokens SET expires = '2026-01-31'");
    case.colleague.waits_for_message(&words().unlock.expired).await;
    case.is_locked("expired").await;
}

#[apply(in_every_engine)]
async fn the_title_names_nobody_and_the_address_says_nothing(engine: Engine) {
    let case = Case::open(engine, &SECRETS[1]).await;
    let person = &case.colleague.person;
    let outside = person
        .reads(
            "return JSON.stringify([location.href, document.title, history.state, history.length])",
        )
        .await;
    assert_eq!(case.secrets.found_in(&outside), [""; 0]);
    let request = case.colleague.find("ul.requests .request").await;
    let id = request.attr("id").await.expect("an attribute").expect("an id");
    assert!(!outside.contains(id.trim_start_matches("row-")));
    assert_eq!(person.reads("return location.href").await, case.office.address());
}
