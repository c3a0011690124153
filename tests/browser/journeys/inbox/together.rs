//! Two people at once: each sees what the other does, and neither overwrites the other.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, words};

const PATIENT: &str = "Trial Patient";

/// An office with one request, and two people at work.
async fn two_at_work(engine: Engine) -> (Office, Colleague, Colleague) {
    let mut office = Office::open(engine).await;
    let request = office.request(PATIENT);
    office.receives([request]);
    let [first, second] =
        ["First Person", "Second Person"].map(|name| office.staff_file(name, "list,mark"));
    let first = Colleague::at_work(&office, &first).await;
    let second = Colleague::at_work(&office, &second).await;
    (office, first, second)
}

/// The sentence of a state with its holder.
fn by(sentence: &str, name: &str) -> String {
    sentence.replace("{name}", name)
}

#[apply(in_every_engine)]
async fn each_sees_what_the_other_does(engine: Engine) {
    let (_office, first, second) = two_at_work(engine).await;
    let (actions, states, list) = (&words().actions, &words().states, &words().list);
    second.opens_request(PATIENT).await;
    first.opens_request(PATIENT).await;
    first.does(&actions.claim, &states.done_claimed).await;

    // On the screen that is open, and in the list.
    let claimed = by(&states.claimed, "First Person");
    second.waits_for_work(&claimed).await;
    second.waits_for_message(&words().request.held_by.replace("{name}", "First Person")).await;
    for (label, count) in [(&list.new, 0), (&list.mine, 0), (&list.waiting, 1)] {
        second.waits_for_count(label, count).await;
    }
    second.shows_list(&list.waiting).await;
    second.waits_for_titles(&[PATIENT]).await;
    assert!(second.texts("ul.requests .line").await.iter().any(|it| it.ends_with(&claimed)));

    // And the other way round, after it was taken over.
    second.opens_request(PATIENT).await;
    second.does(&actions.take_over, &states.done_claimed).await;
    first.waits_for_work(&by(&states.claimed, "Second Person")).await;
    first.waits_for_count(&list.mine, 0).await;

    // Handed back.
    second.unfolds(&words().more.title).await;
    let choice = second.find("#hand-over").await;
    choice.select_by_label("First Person").await.expect("it can be chosen");
    let handed = states.done_handed_over.replace("{name}", "First Person");
    second.does(&words().more.hand_over_now, &handed).await;
    second.waits_for_work(&claimed).await;
    first.waits_for_work(&claimed).await;
    first.waits_for_count(&list.mine, 1).await;
    let handed = states.step_handed_over.replace("{who}", "Second Person");
    let handed = handed.replace("{name}", "First Person");
    first.unfolds(&words().request.history).await;
    first
        .waits_for_script(
            "return document.querySelector('.history li').textContent.startsWith(arguments[0])",
            &json!([handed]),
        )
        .await;
}

#[apply(in_every_engine)]
async fn of_two_who_take_a_request_the_second_is_told_and_nothing_is_overwritten(engine: Engine) {
    let (office, first, second) = two_at_work(engine).await;
    let (actions, states) = (&words().actions, &words().states);
    second.opens_request(PATIENT).await;
    first.opens_request(PATIENT).await;
    // The second does not know yet what the first does.
    second.holds_changes().await;
    first.does(&actions.claim, &states.done_claimed).await;
    second.presses(&actions.claim).await;
    second.waits_for_message(&words().errors.changed_meanwhile).await;
    second.waits_for_work(&by(&states.claimed, "First Person")).await;
    let stored = office.sql("SELECT state, holder, version FROM requests");
    assert_eq!(stored, json!([["claimed", "First Person", 2]]));
    // Taking it over is another decision, which they can make now.
    second.does(&actions.take_over, &states.done_claimed).await;
    second.learns_of_changes().await;
    first.waits_for_work(&by(&states.claimed, "Second Person")).await;
    let stored = office.sql("SELECT state, holder, version FROM requests");
    assert_eq!(stored, json!([["claimed", "Second Person", 3]]));
}

#[apply(in_every_engine)]
async fn what_a_colleague_deletes_goes_from_the_screen(engine: Engine) {
    let mut office = Office::open(engine).await;
    let [gone, kept] = ["Trial Gone", "Trial Kept"].map(|name| office.request(name));
    office.receives([gone.clone(), kept]);
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    colleague.opens_request("Trial Gone").await;
    colleague.holds_changes().await;
    office.runs(&["delete", "--yes", &gone.request_id.to_string()]);
    // A change of what is not there any more is told.
    colleague.presses(&words().actions.claim).await;
    colleague.waits_for_message(&words().errors.not_found).await;
    colleague.waits_for_titles(&["Trial Kept"]).await;
    let page = colleague.person.reads("return document.documentElement.outerHTML").await;
    assert!(!page.contains("Trial Gone"));
}
