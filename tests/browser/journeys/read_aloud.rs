//! Sections read aloud by a voice of the browser's own. No driven browser has one, so a script stands in for them.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::Line;
use crate::harness::person::Person;

const SPEECH: &str = include_str!("../scripts/speech.js");

/// The number of buttons that are shown.
const OFFERED: &str = "return [...document.querySelectorAll('button.read-aloud')] \
    .filter((it) => it.checkVisibility()).length";

/// A sentence is marked.
const MARKED: &str = "return 'highlights' in CSS \
    ? CSS.highlights.has('read-aloud') : document.querySelector('[data-read]') !== null";

async fn opens(person: &Person, line: &Line, path: &str) {
    line.calls_first(SPEECH, &json!([]));
    person.opens(&line.address(path)).await;
    person.waits_for("return document.readyState === 'complete'").await;
}

async fn spoken(person: &Person) -> Value {
    person.runs("return spoken.map((it) => [it.voice.name, it.text])").await
}

#[apply(in_every_engine)]
async fn it_is_offered_where_the_browser_has_a_voice_that_sends_nothing_away(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    opens(&person, &line, "/take-along/").await;
    assert_eq!(
        person.runs(OFFERED).await,
        json!(0),
        "a voice elsewhere, and one of another language"
    );
    person.runs("voicesCome()").await;
    let sections = "return document.querySelectorAll('.article > section:not(.references)').length";
    assert_eq!(person.runs(OFFERED).await, person.runs(sections).await);
    person.meets_no_barrier_in_any_theme("a section that can be read aloud", "main").await;
    // Other pages pay nothing for it.
    opens(&person, &line, "/articles/what-ketamine-is/").await;
    person.runs("voicesCome()").await;
    assert_eq!(person.runs(OFFERED).await, json!(0));
}

#[apply(in_every_engine)]
async fn it_reads_what_is_shown_sentence_by_sentence_and_stops(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    opens(&person, &line, "/compare/").await;
    person.runs("voicesCome()").await;
    let button = "#before button.read-aloud";
    let name =
        "return document.querySelector('#before button.read-aloud').getAttribute('aria-label')";
    assert_eq!(person.reads(name).await, "Read aloud: Before you compare");
    person.follows(button).await;
    assert_eq!(person.reads(name).await, "Stop reading: Before you compare");
    assert_eq!(person.runs(MARKED).await, json!(true));
    for _ in 0..3 {
        person.runs("spoken.at(-1).onend()").await;
    }
    assert_eq!(
        spoken(&person).await,
        json!([
            ["Own", "How to read the numbers"],
            ["Own", "So many of 100."],
            ["Own", "Most trials count the people whose migraine days were cut by half."],
            ["Own", "We give that as a number of 100 people."],
        ])
    );
    person.follows(button).await;
    assert_eq!(person.reads(name).await, "Read aloud: Before you compare");
    assert_eq!(person.runs("return silenced").await, json!(1));
    assert_eq!(person.runs(MARKED).await, json!(false));
    person.runs("spoken.at(-1).onend()").await;
    assert_eq!(spoken(&person).await.as_array().map(Vec::len), Some(4), "it goes on no more");

    // To the end: no number of a reference, no explanation that is folded away.
    person.runs("spoken.length = 0").await;
    person.follows(button).await;
    person
        .runs("for (let nth = 0; nth < spoken.length && nth < 300; nth++) spoken[nth].onend()")
        .await;
    assert_eq!(person.reads(name).await, "Read aloud: Before you compare");
    let all = person.reads("return spoken.map((it) => it.text).join(' ')").await;
    assert!(all.contains("at least 8 of them with signs of migraine. It is not a race."), "{all}");
    assert!(all.contains("fewer than 15 headache days a month"), "words that are explained: {all}");
    let meaning =
        person.reads("return document.querySelector('#before .meaning').textContent").await;
    assert!(meaning.len() > 10 && !all.contains(&meaning), "{meaning}");

    person.follows(button).await;
    person.presses(Key::Escape).await;
    assert_eq!(person.reads(name).await, "Read aloud: Before you compare");

    // Another section ends the first.
    person.follows(button).await;
    person.follows("#next button.read-aloud").await;
    assert_eq!(person.reads(name).await, "Read aloud: Before you compare");
    assert!(person.reads("return spoken.at(-1).text").await.starts_with("Keep a diary"));
}
