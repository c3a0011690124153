//! The clinic's keys change, or expire, while the page is open: the page fetches the new ones, and the patient
//! types nothing again.

use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::clinic::{self, Clinic};
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::{Fate, Line};
use crate::harness::person::Person;
use crate::harness::request::{REQUEST, fill_in};
use crate::harness::wait::until;

/// The file of the keys that the pages seal for.
const KEYS: &str = "/keys.json";
/// The server's clock, long after every key that expires here.
const LATER: &str = "Date: Tue, 01 Jan 2030 12:00:00 GMT\r\n";

/// A public key of the clinic that is soon replaced.
fn old_key() -> Value {
    let vectors = include_str!("../../../crates/guide-core/tests/vectors/envelope-vectors.json");
    let vectors: Value = serde_json::from_str(vectors).expect("JSON");
    let mut key = vectors["keys"]["stranger"].clone();
    key.as_object_mut().expect("a key").remove("d");
    key
}

/// The same, valid for so many days from now on.
fn expiring(mut key: Value, expires: &str) -> Value {
    key["expires"] = json!(expires);
    key
}

/// The clinic's own key.
fn own_key() -> Value {
    let text = std::fs::read_to_string(clinic::key("public")).expect("a key");
    serde_json::from_str(&text).expect("JSON")
}

/// A response of these keys, by a server whose clock is [`LATER`].
fn keys(keys: &[Value]) -> Fate {
    let headers = format!("{LATER}Content-Type: application/json\r\n");
    Fate::Responded(200, headers, json!({ "keys": keys }).to_string())
}

async fn opens_and_fills_in(person: &Person, line: &Line) {
    person.opens(&line.address("/#appointment-request")).await;
    person.waits_for_program().await;
    fill_in(person).await;
}

/// Sets the clock of the open page ahead by so many days.
async fn sets_the_clock(person: &Person, days: i32) {
    person.calls(include_str!("../scripts/wrong_clock.js"), &json!([days])).await;
}

async fn checks(person: &Person) {
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
}

async fn sends(person: &Person) {
    person.follows("#request-send").await;
    person.waits_for_focus("request-sent-heading").await;
}

/// What the page says of the keys that can read the request.
async fn shown_keys(person: &Person) -> String {
    person.sees("#request-check [data-part=keys]").await
}

/// The first groups of a key's fingerprint.
fn fingerprint(key: &Value) -> String {
    let key: guide_core::key::PublicKey = serde_json::from_value(key.clone()).expect("a key");
    key.fingerprint()[..14].to_owned()
}

fn ids(posted: &[String]) -> Vec<String> {
    let id = |request: &String| {
        let lower = request.to_ascii_lowercase();
        lower.lines().find_map(|it| it.strip_prefix("idempotency-key: ").map(str::to_owned))
    };
    posted.iter().map(|it| id(it).expect("an id")).collect()
}

#[apply(in_every_engine)]
async fn a_tab_that_was_open_while_its_key_expired_seals_for_the_new_one(engine: Engine) {
    let clinic = Clinic::open_with_key(&expiring(old_key(), "2029-12-24")).await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    opens_and_fills_in(&person, &line).await;
    line.serves(KEYS, keys(&[own_key()]));
    sets_the_clock(&person, 3_650).await;
    checks(&person).await;
    let said = shown_keys(&person).await;
    assert!(said.contains(&fingerprint(&own_key())), "{said}");
    assert!(!said.contains(&fingerprint(&old_key())), "{said}");
    sends(&person).await;
    assert_eq!(clinic.requests()[0]["patient"]["name"], "Ada Test");
}

#[apply(in_every_engine)]
async fn a_request_that_was_checked_before_its_key_expired_was_sealed_for_it_at_send(
    engine: Engine,
) {
    let clinic = Clinic::open_with_key(&expiring(old_key(), "2029-12-24")).await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    opens_and_fills_in(&person, &line).await;
    checks(&person).await;
    assert!(shown_keys(&person).await.contains(&fingerprint(&old_key())));
    line.serves(KEYS, keys(&[own_key()]));
    sets_the_clock(&person, 3_650).await;
    sends(&person).await;
    assert_eq!(clinic.requests()[0]["patient"]["name"], "Ada Test");
    assert_eq!(line.posted().len(), 1);
}

#[apply(in_every_engine)]
async fn refused_after_the_key_was_changed_it_is_sealed_for_the_new_one_and_sent_by_itself(
    engine: Engine,
) {
    let mut clinic = Clinic::open_with_key(&old_key()).await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    opens_and_fills_in(&person, &line).await;
    checks(&person).await;
    clinic.changes_its_key().await;
    sends(&person).await;
    let requests = clinic.requests();
    assert_eq!(requests.len(), 1, "{requests:#?}");
    assert_eq!(requests[0]["patient"]["name"], "Ada Test");
    let ids = ids(&line.posted());
    assert!(ids.len() == 2 && ids[0] != ids[1], "{ids:?}");
}

#[apply(in_every_engine)]
async fn refused_after_it_may_have_arrived_it_is_not_sent_again_by_itself(engine: Engine) {
    let mut clinic = Clinic::open_with_key(&old_key()).await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    opens_and_fills_in(&person, &line).await;
    checks(&person).await;
    line.expect(&[Fate::LostBefore, Fate::Held(422)]);
    person.follows("#request-send").await;
    until("the second post", async || (line.posted().len() == 2).then_some(())).await;
    clinic.changes_its_key().await;
    line.release();
    person.waits_for_focus("request-failure-heading").await;
    assert!(person.sees("#request-failure").await.contains("We do not know"));
    // They are fetched meanwhile.
    until("the clinic's own key to be shown", async || {
        shown_keys(&person).await.contains(&fingerprint(&own_key())).then_some(())
    })
    .await;
    assert_eq!(line.posted().len(), 2);
    // One press, and nothing is typed again.
    sends(&person).await;
    assert_eq!(clinic.requests()[0]["patient"]["name"], "Ada Test");
}

#[apply(in_every_engine)]
async fn a_clock_that_is_years_ahead_took_a_valid_key_for_an_expired_one(engine: Engine) {
    let clinic = Clinic::open_with_key(&expiring(own_key(), "2099-12-24")).await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    opens_and_fills_in(&person, &line).await;
    sets_the_clock(&person, 36_500).await;
    checks(&person).await;
    sends(&person).await;
    assert_eq!(clinic.requests().len(), 1);
}

#[apply(in_every_engine)]
async fn where_no_new_key_can_be_fetched_it_says_so_and_one_press_tries_again(engine: Engine) {
    let clinic = Clinic::open_with_key(&expiring(old_key(), "2029-12-24")).await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    opens_and_fills_in(&person, &line).await;
    sets_the_clock(&person, 3_650).await;
    let gate = Fate::Responded(200, LATER.to_owned(), "<p>Welcome</p>".to_owned());
    let damaged = json!({ "kid": "x", "kty": "EC", "crv": "P-256", "x": "x" });
    let expired = expiring(own_key(), "2026-01-31");
    let cases =
        [Fate::LostBefore, Fate::status(404), gate, keys(&[own_key(), damaged]), keys(&[expired])];
    for fate in cases {
        line.serves(KEYS, fate);
        person.runs("document.getElementById('request-cannot-seal').hidden = true").await;
        person.follows("#request-form button[type=submit]").await;
        until("the keys to be asked for", async || {
            person.is_shown("#request-cannot-seal").await.then_some(())
        })
        .await;
        let said = person.sees("#request-cannot-seal").await;
        assert!(said.contains("no key of the clinic") && said.contains("still here"), "{said}");
        assert!(person.is_shown("#request-fill-in").await);
    }
    person.meets_no_barrier_in_any_theme("a form whose key has expired", REQUEST).await;
    let typed = person.reads("return document.getElementById('request-name').value").await;
    assert_eq!(typed, "Ada Test");
    line.serves(KEYS, keys(&[own_key()]));
    checks(&person).await;
    sends(&person).await;
    assert_eq!(clinic.requests().len(), 1);
}
