//! A request that cannot be sent says so in plain words, and nothing that was typed is lost.

use std::fs;

use rstest_reuse::apply;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::harness::clinic::{self, Clinic};
use crate::harness::engine::{Engine, Without, in_every_engine};
use crate::harness::line::{Fate, Line};
use crate::harness::person::{ASKS_BEFORE_LEAVING, Person};
use crate::harness::request::{Case, REQUEST, fill_in, reviews_with_result};
use crate::harness::wait::until;

impl Case {
    /// Sends, is refused with these words, finds everything in the form, and sends again.
    async fn is_refused(&self, fate: Fate, words: &str) {
        self.line.expect(&[fate]);
        self.person.follows("#request-send").await;
        self.person.waits_for_focus("request-failure-heading").await;
        let screen = format!("a refusal: {words}");
        self.person.meets_no_barrier_the_first_time(&screen, REQUEST).await;
        let said = self.person.sees("#request-failure").await;
        assert!(said.contains("has not been sent") && said.contains(words), "{said}");
        assert!(!self.person.is_shown("#request-pending").await, "nothing waits");
        self.person.clicks("[data-action='change email']").await;
        self.person.waits_for_focus("request-email").await;
        let typed = self.person.reads("return document.activeElement.value").await;
        assert_eq!(typed, "ada@example.com");
        assert_eq!(self.clinic.requests().len(), 0);
        self.person.follows("#request-form button[type=submit]").await;
        self.person.waits_for_focus("request-check-heading").await;
    }

    async fn arrives(&self) {
        self.person.follows("#request-send").await;
        self.person.waits_for_focus("request-sent-heading").await;
        assert_eq!(self.clinic.requests().len(), 1);
    }
}

#[apply(in_every_engine)]
async fn refused_it_says_what_to_do_and_keeps_everything(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.is_refused(Fate::status(404), "nothing takes them").await;
    for status in [400, 403, 413, 422] {
        case.is_refused(Fate::status(status), "did not accept").await;
    }
    case.arrives().await;
}

#[apply(in_every_engine)]
async fn answers_that_were_cleared_meanwhile_were_sent_after_a_refusal(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    for (sent, waits) in [(1, false), (2, true)] {
        reviews_with_result(&person, &line.address("/")).await;
        let posted = line.posted().len();
        // It is refused when the answers are gone: at the first time, or after it had to wait.
        let later = Fate::later(503, 600);
        line.expect(&if waits { vec![later, Fate::Held(422)] } else { vec![Fate::Held(422)] });
        person.follows("#request-send").await;
        if waits {
            person.waits_for_focus("request-pending-heading").await;
            person.follows("[data-action=send-now]").await;
        }
        let posts = posted + if waits { 2 } else { 1 };
        until("the post", async || (line.posted().len() == posts).then_some(())).await;
        person.runs("document.querySelector('[data-action=clear]').click()").await;
        person.waits_to_see("#assessment-start").await;
        line.release();

        person.waits_for_focus("request-failure-heading").await;
        assert!(person.sees("#request-failure").await.contains("did not accept"));
        assert!(
            !person.is_shown("#request-row-include-assessment").await,
            "there is none to include"
        );
        person.follows("#request-send").await;
        person.waits_for_focus("request-sent-heading").await;
        let requests = clinic.requests();
        assert_eq!(requests.len(), sent);
        assert!(requests.iter().all(|it| it["assessment"].is_null()), "{requests:#?}");
    }
}

#[apply(in_every_engine)]
async fn an_answer_that_was_changed_without_continue_was_sent_as_it_was_before(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    reviews_with_result(&person, &clinic.address("/")).await;

    person.clicks("#assessment-result [data-action=review]").await;
    person.waits_for_focus("assessment-check-heading").await;
    person.clicks("[data-action='change 0']").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    person.clicks("label[for='answer-red-flags-now']").await;
    // "Check your request" would say that the answers of before are included.
    person.waits_for("return document.getElementById('request-check').hidden").await;
    assert!(person.is_shown("#request-fill-in").await);
    assert!(!person.is_shown("#request-offer").await);
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.follows("#request-send").await;
    person.waits_for_focus("request-sent-heading").await;
    assert!(clinic.requests()[0]["assessment"].is_null());
}

#[apply(in_every_engine)]
async fn another_request_under_its_id_makes_it_take_a_new_one(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.is_refused(Fate::status(409), "did not accept").await;
    case.arrives().await;
    let posted = case.line.posted();
    let id = |request: &String| {
        let lower = request.to_ascii_lowercase();
        lower.lines().find_map(|it| it.strip_prefix("idempotency-key: ").map(str::to_owned))
    };
    assert!(id(&posted[0]).is_some() && id(&posted[0]) != id(&posted[1]));
}

#[apply(in_every_engine)]
async fn what_the_gate_of_a_guest_network_answers_is_no_receipt(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    case.line.expect(&[Fate::Responded(200, String::new(), "<p>Welcome</p>".to_owned())]);
    // Sent again by itself.
    case.arrives().await;
    assert_eq!(case.line.posted().len(), 2);
}

#[apply(in_every_engine)]
async fn where_the_key_has_expired_it_is_said_before_anything_is_typed(engine: Engine) {
    let mut key: Value = read_json(&clinic::key("public"));
    key["expires"] = json!("2026-01-31");
    let clinic = Clinic::open_with_key(&key).await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/#appointment-request")).await;
    person.waits_for_program().await;
    person.waits_to_see("#request-cannot-seal").await;
    assert!(person.sees("#request-cannot-seal").await.contains("no key of the clinic"));
    person.meets_no_barrier_in_any_theme("a form without a key", REQUEST).await;
    fill_in(&person).await;
    person.runs("document.getElementById('request-form').requestSubmit()").await;
    assert!(person.is_shown("#request-fill-in").await && !person.is_shown("#request-check").await);
    assert_eq!(
        person.reads("return document.getElementById('request-name').value").await,
        "Ada Test"
    );
}

#[apply(in_every_engine)]
async fn where_the_key_is_missing_it_is_said_before_anything_is_typed(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    let loses = "() => addEventListener('DOMContentLoaded', () => document.getElementById('request-setup').remove())";
    let line = Line::to(clinic.port()).await;
    line.calls_first(loses, &json!([]));
    person.opens(&line.address("/#appointment-request")).await;
    person.waits_for_program().await;
    person.waits_to_see("#request-cannot-seal").await;
}

#[apply(in_every_engine)]
async fn asked_for_work_the_browser_does_it_and_the_page_stays_usable(engine: Engine) {
    let case = Case::ready(engine, Without::Nothing).await;
    let (salt, number) = ("5a17?expires=4102444800&", 400_000);
    let challenge = Sha256::digest(format!("{salt}{number}"));
    let challenge = base16ct::lower::encode_string(&challenge);
    let problem = json!({
        "type": "urn:problem-type:intake:proof-of-work", "title": "Work first", "status": 429,
        "challenge": {
            "algorithm": "SHA-256", "challenge": challenge, "salt": salt,
            "signature": "signed", "maxnumber": 500_000,
        },
    });
    let content = "Content-Type: application/problem+json\r\n".to_owned();
    case.line.expect(&[Fate::Responded(429, content, problem.to_string())]);
    case.person.calls(include_str!("../scripts/progress_of_work.js"), &json!([])).await;
    case.person.follows("#request-send").await;
    case.person.waits_for_focus("request-sent-heading").await;
    assert!(!case.person.is_shown("#request-work").await);
    assert_eq!(case.clinic.requests().len(), 1);
    // It showed how far it was, and the page was drawn meanwhile.
    let seen = case.person.runs("return seen").await;
    let seen: Vec<f64> =
        seen.as_array().expect("a list").iter().filter_map(Value::as_f64).collect();
    // Filled in fast, it had work of its own to do before.
    let begun = seen.windows(2).rposition(|it| it[1] < it[0]).map_or(0, |it| it + 1);
    let seen = &seen[begun..];
    assert!(seen.len() >= 5, "{seen:?}");
    assert!(seen.is_sorted() && seen.last() > seen.first(), "{seen:?}");

    let posted = case.line.posted();
    let proof = posted[1].lines().find_map(|line| {
        line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("Proof-Of-Work"))
    });
    let (_, proof) = proof.expect("the proof is sent");
    let proof: Value = serde_json::from_slice(&decoded(proof)).expect("JSON");
    assert_eq!(
        proof,
        json!({
            "algorithm": "SHA-256", "challenge": challenge, "number": number, "salt": salt,
            "signature": "signed",
        })
    );
    let body = |request: &str| request.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    assert_eq!(body(&posted[0]), body(&posted[1]));
}

#[apply(in_every_engine)]
async fn the_proof_is_what_intake_asks_for(engine: Engine) {
    let clinic = Clinic::open_asking_for_work().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/#appointment-request")).await;
    person.waits_for_program().await;
    fill_in(&person).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.follows("#request-send").await;
    person.waits_for_focus("request-sent-heading").await;
    assert_eq!(clinic.requests().len(), 1);
}

/// "Check your request" is pressed sooner than any person could.
const IS_VERY_FAST: &str =
    "Object.defineProperty(Event.prototype, 'timeStamp', { get: () => 900 })";

#[apply(in_every_engine)]
async fn whoever_fills_in_the_honeypot_or_is_very_fast_loses_nothing(engine: Engine) {
    let fills_the_honeypot = "addEventListener('DOMContentLoaded', () => { \
        document.querySelector('[name=website]').value = 'filled in by a password manager' })";
    for first in [IS_VERY_FAST, fills_the_honeypot] {
        let first = format!("() => {first}");
        let case = Case::ready_after(engine, Without::Nothing, &first, &json!([])).await;
        case.sends().await;
        case.person.waits_for_focus("request-sent-heading").await;
        let requests = case.clinic.requests();
        assert_eq!(requests.len(), 1);
        assert!(!json!(requests).to_string().contains("password manager"));
    }
}

#[apply(in_every_engine)]
async fn left_while_it_did_the_work_of_a_robot_a_request_was_lost_without_a_question(
    engine: Engine,
) {
    // The work is done in many tasks: none of them comes.
    let holds_the_work = format!(
        "() => {{ {IS_VERY_FAST}; \
           const real = setTimeout; const held = []; \
           window.setTimeout = (act, time = 0, ...rest) => \
             window.holds && time === 0 ? held.push(act) : real(act, time, ...rest); \
           window.goesOn = () => {{ holds = false; held.forEach((act) => act()) }} }}"
    );
    let case = Case::ready_after(engine, Without::Nothing, &holds_the_work, &json!([])).await;
    assert_eq!(case.person.runs(ASKS_BEFORE_LEAVING).await, false);
    case.person.runs("window.holds = true").await;
    case.sends().await;
    case.person.waits_for(ASKS_BEFORE_LEAVING).await;
    // Whatever else happens meanwhile.
    case.person.runs("dispatchEvent(new Event('online'))").await;
    assert_eq!(case.person.runs(ASKS_BEFORE_LEAVING).await, true);
    assert!(case.line.posted().is_empty());
    case.person.runs("goesOn()").await;
    case.person.waits_for_focus("request-sent-heading").await;
    assert_eq!(case.person.runs(ASKS_BEFORE_LEAVING).await, false);
}

fn read_json(path: &std::path::Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a key")).expect("JSON")
}

fn decoded(base64: &str) -> Vec<u8> {
    use base64ct::Encoding as _;
    base64ct::Base64::decode_vec(base64.trim()).expect("base64")
}
