//! The list by keyboard alone.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, words};

/// Waits until the focus is on the row of this title.
async fn focus_is_on(colleague: &Colleague, title: &str) {
    let is_there = "return document.activeElement.matches('.request') \
        && document.activeElement.querySelector('.name').textContent.trim() \
        === arguments[0]";
    colleague.waits_for_script(is_there, &json!([title])).await;
}

#[apply(in_every_engine)]
async fn keys_go_through_the_list_open_search_and_explain(engine: Engine) {
    let mut office = Office::open(engine).await;
    let [third, second, first] =
        ["Third Trial", "Second Trial", "First Trial"].map(|it| office.request(it));
    office.receives([third.clone(), second.clone(), first]);
    office.dates_back(&third, 200);
    office.dates_back(&second, 100);
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    let person = &colleague.person;
    colleague.waits_for_titles(&["First Trial", "Second Trial", "Third Trial"]).await;

    for (key, title) in [
        ("j", "First Trial"),
        ("j", "Second Trial"),
        ("j", "Third Trial"),
        ("j", "Third Trial"),
        ("k", "Second Trial"),
        ("k", "First Trial"),
        ("k", "First Trial"),
        ("j", "Second Trial"),
    ] {
        person.types(key).await;
        focus_is_on(&colleague, title).await;
    }
    person.presses(Key::Enter).await;
    person.waits_for_focus("request-heading").await;
    colleague.waits_for_text("#request-heading", "Second Trial").await;
    // On to the next from the open one.
    person.types("j").await;
    focus_is_on(&colleague, "Third Trial").await;
    person.presses(Key::Enter).await;
    colleague.waits_for_text("#request-heading", "Third Trial").await;
    person.waits_for_focus("request-heading").await;
    person.presses(Key::Escape).await;
    focus_is_on(&colleague, "Third Trial").await;
    assert!(!person.has("#request-heading").await);

    // In a note it throws nothing away.
    colleague.opens_request("Third Trial").await;
    colleague.fills_in("note", "A draft").await;
    person.waits_for_focus("note").await;
    person.presses(Key::Escape).await;
    person.types("!").await;
    person.waits_for("return document.getElementById('note')?.value === 'A draft!'").await;
    person.presses(Key::Tab).await;
    person.presses(Key::Escape).await;
    focus_is_on(&colleague, "Third Trial").await;

    // In a field, letters are letters.
    person.types("/").await;
    person.waits_for_focus("search").await;
    person.types("jk?/first").await;
    person.waits_for("return document.getElementById('search').value === 'jk?/first'").await;
    colleague.waits_for_titles(&[]).await;
    person.waits_for_focus("search").await;
    assert!(colleague.control(&words().keyboard.close).await.is_none(), "no help is shown");
    person.presses(Key::Escape).await;
    colleague.waits_for_titles(&["First Trial", "Second Trial", "Third Trial"]).await;

    // With a modifier, keys are the browser's.
    person.presses(Key::Tab).await;
    person.types("?").await;
    person.waits_for_focus("keyboard-help").await;
    colleague.waits_for_control(&words().keyboard.close).await;
    person.presses(Key::Escape).await;
    person.waits_for("return document.getElementById('keyboard-help').hidden").await;
}
