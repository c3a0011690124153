//! On paper is the request that is open, or every request of a list, and no control.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::engine::{Engine, in_chromium_and_firefox};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, words};

/// Controls that would be on the paper.
const FAULTS: &str = include_str!("../../scripts/print_faults.js");

/// The text that would be on the paper.
async fn paper(colleague: &Colleague) -> String {
    let person = &colleague.person;
    person.looks_at("print").await;
    let faults = person.calls(FAULTS, &json!([])).await;
    assert_eq!(faults["controls"], json!([]));
    let ground = "return getComputedStyle(document.documentElement).backgroundColor";
    assert_eq!(person.reads(ground).await, "rgb(255, 255, 255)");
    let text = person.reads("return document.body.innerText").await;
    person.looks_at("screen").await;
    text
}

#[apply(in_chromium_and_firefox)]
async fn one_request_or_all_of_a_list_are_printed(engine: Engine) {
    let mut office = Office::open(engine).await;
    let [mut first, mut second] =
        ["Trial Patient A", "Trial Patient B"].map(|it| office.request(it));
    first.message = Some("Light hurts in the morning.".to_owned());
    second.message = Some("The second message.".to_owned());
    office.receives([first, second]);
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    colleague.waits_for_rows(2).await;
    let words = words();
    // The dialog is closed by hand.
    colleague.person.runs("window.printed = 0; window.print = () => { window.printed += 1 }").await;

    colleague.opens_request("Trial Patient A").await;
    colleague.does(&words.actions.claim, &words.states.done_claimed).await;
    colleague.fills_in("note", "Left a voicemail.").await;
    colleague.does(&words.request.add_note, &words.request.note_added).await;
    colleague.waits_for_text(".notes li .patient-text", "Left a voicemail.").await;
    colleague.unfolds(&words.more.title).await;
    colleague.presses(&words.more.print).await;
    colleague.person.waits_for("return window.printed === 1").await;
    let one = paper(&colleague).await;
    for part in ["Trial Patient A", "972 555 0100", "Light hurts", "Left a voicemail."] {
        assert!(one.contains(part), "{part} is on the paper: {one}");
    }
    assert!(!one.contains("Trial Patient B") && !one.contains("The second message"), "{one}");
    assert!(!one.contains(&words.states.done_claimed), "no message of the page: {one}");

    // Those of the list, which the first has left.
    colleague.presses(&words.export.title).await;
    colleague.presses(&words.export.print).await;
    colleague.person.waits_for("return window.printed === 2").await;
    let all = paper(&colleague).await;
    assert!(all.contains("Trial Patient B") && all.contains("The second message."), "{all}");
    assert!(!all.contains("Trial Patient A") && !all.contains("Light hurts"), "{all}");

    // Once the dialog is closed, the request that is open is printed again.
    colleague.person.runs("window.dispatchEvent(new Event('afterprint'))").await;
    colleague.person.settles().await;
    assert_eq!(paper(&colleague).await, one);
}
