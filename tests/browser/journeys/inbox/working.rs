//! Working on a request: each step is stored, told, and can be taken back.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::requests::reference;
use crate::harness::office::{Office, words};

const PATIENT: &str = "Trial Patient";

/// An office with one request, and somebody who has opened it.
async fn at_a_request(engine: Engine, scopes: &str) -> (Office, Colleague) {
    let mut office = Office::open(engine).await;
    let request = office.request(PATIENT);
    office.receives([request]);
    let staff = office.staff_file("First Person", scopes);
    let colleague = Colleague::at_work(&office, &staff).await;
    colleague.opens_request(PATIENT).await;
    (office, colleague)
}

/// State, holder, tries and version, as they are stored.
fn stored(office: &Office) -> serde_json::Value {
    office.sql("SELECT state, holder, tries, version FROM requests")[0].clone()
}

#[apply(in_every_engine)]
async fn each_step_is_stored_and_can_be_taken_back(engine: Engine) {
    let (office, colleague) = at_a_request(engine, "list,mark").await;
    let (actions, states, list) = (&words().actions, &words().states, &words().list);
    let me = "First Person";
    let says = |sentence: &str| sentence.replace("{name}", me);
    let often = words().request.tried_often.replace("{number}", "2");
    let once = &words().request.tried_once;
    // What is pressed, what is said, the sentence then, and the list that it stands in.
    for (press, done, sentence, shown_in, row) in [
        (
            &actions.claim,
            &states.done_claimed,
            says(&states.claimed),
            &list.mine,
            json!(["claimed", me, 0, 2]),
        ),
        (
            &actions.tried,
            &states.done_tried,
            format!("{} · {once}", says(&states.tried)),
            &list.mine,
            json!(["tried", me, 1, 3]),
        ),
        (
            &actions.tried,
            &states.done_tried,
            format!("{} · {often}", says(&states.tried)),
            &list.mine,
            json!(["tried", me, 2, 4]),
        ),
        (
            &actions.reached,
            &states.done_reached,
            format!("{} · {often}", says(&states.reached)),
            &list.waiting,
            json!(["reached", me, 2, 5]),
        ),
        (
            &actions.booked,
            &states.done_booked,
            format!("{} · {often}", says(&states.booked)),
            &list.closed,
            json!(["booked", me, 2, 6]),
        ),
        (
            &actions.undo,
            &states.done_undone,
            format!("{} · {often}", says(&states.reached)),
            &list.mine,
            json!(["reached", me, 2, 7]),
        ),
        (
            &actions.declined,
            &states.done_declined,
            format!("{} · {often}", says(&states.declined)),
            &list.closed,
            json!(["declined", me, 2, 8]),
        ),
        (
            &actions.reopen,
            &states.done_claimed,
            format!("{} · {often}", says(&states.claimed)),
            &list.mine,
            json!(["claimed", me, 2, 9]),
        ),
        (
            &actions.put_back,
            &states.done_new,
            states.new.clone(),
            &list.new,
            json!(["new", null, 0, 10]),
        ),
        (
            &actions.junk,
            &states.done_junk,
            says(&states.junk),
            &list.junk,
            json!(["junk", me, 0, 11]),
        ),
        (
            &actions.undo,
            &states.done_undone,
            states.new.clone(),
            &list.new,
            json!(["new", null, 0, 12]),
        ),
        (
            &actions.claim,
            &states.done_claimed,
            says(&states.claimed),
            &list.mine,
            json!(["claimed", me, 0, 13]),
        ),
        (
            &actions.close,
            &states.done_closed,
            says(&states.closed),
            &list.closed,
            json!(["closed", me, 0, 14]),
        ),
        (
            &actions.reopen,
            &states.done_claimed,
            says(&states.claimed),
            &list.waiting,
            json!(["claimed", me, 0, 15]),
        ),
    ] {
        colleague.does(press, done).await;
        colleague.waits_for_work(&sentence).await;
        assert_eq!(stored(&office), row, "{press}");
        colleague.shows_list(shown_in).await;
        colleague.waits_for_titles(&[PATIENT]).await;
        colleague.opens_request(PATIENT).await;
    }
    colleague.unfolds(&words().request.history).await;
    // The arrival, and each step.
    colleague
        .waits_for_script(
            "return document.querySelectorAll('.history li').length === 15",
            &json!([]),
        )
        .await;
    let history = colleague.history().await;
    assert!(history[0].starts_with(&states.step_claimed.replace("{who}", me)), "{history:?}");
    assert!(history[1].starts_with(&states.step_closed.replace("{who}", me)), "{history:?}");
    let (came, _) = words().request.came.split_once('{').expect("it has a gap");
    assert!(history[14].starts_with(came), "{history:?}");
    for (label, count) in [(&list.new, 0), (&list.mine, 1), (&list.waiting, 1)] {
        colleague.waits_for_count(label, count).await;
    }
}

#[apply(in_every_engine)]
async fn a_double_press_is_one_change(engine: Engine) {
    let (office, colleague) = at_a_request(engine, "list,mark").await;
    let mark = "const buttons = [...document.querySelectorAll('.work button')]; \
        const it = buttons.find((it) => it.textContent === arguments[0]); \
        it?.setAttribute('data-press', ''); return !!it && it.ariaDisabled !== 'true'";
    for (press, done, row) in [
        (
            &words().actions.claim,
            &words().states.done_claimed,
            json!(["claimed", "First Person", 0, 2]),
        ),
        (
            &words().actions.tried,
            &words().states.done_tried,
            json!(["tried", "First Person", 1, 3]),
        ),
        (
            &words().actions.close,
            &words().states.done_closed,
            json!(["closed", "First Person", 1, 4]),
        ),
    ] {
        colleague
            .person
            .runs("document.querySelector('[data-press]')?.removeAttribute('data-press')")
            .await;
        colleague.waits_for_script(mark, &json!([press])).await;
        colleague.person.double_clicks("[data-press]").await;
        colleague.waits_for_message(done).await;
        // Another press works again once this one is over.
        colleague.waits_for_control(&words().actions.undo).await;
        assert_eq!(stored(&office), row, "{press}");
    }
}

#[apply(in_every_engine)]
async fn what_is_deleted_leaves_its_reference_in_the_audit_and_nothing_else(engine: Engine) {
    let mut office = Office::open(engine).await;
    let [gone, kept] = ["Trial Gone", "Trial Kept"].map(|it| office.request(it));
    office.receives([gone.clone(), kept.clone()]);
    let [may_not, may] = [("First Person", "list,mark"), ("Second Person", "list,mark,delete")]
        .map(|(name, scopes)| office.staff_file(name, scopes));
    let colleague = Colleague::at_work(&office, &may_not).await;
    colleague.opens_request("Trial Gone").await;
    colleague.fills_in("note", "A note that goes along").await;
    colleague.does(&words().request.add_note, &words().request.note_added).await;
    colleague.unfolds(&words().more.title).await;
    colleague.waits_for_control(&words().more.print).await;
    assert!(colleague.control(&words().more.delete).await.is_none(), "it may not delete");
    drop(colleague);

    let colleague = Colleague::at_work(&office, &may).await;
    colleague.opens_request("Trial Gone").await;
    colleague.unfolds(&words().more.title).await;
    colleague.presses(&words().more.delete).await;
    colleague.waits_for_text(".confirm p", &words().more.delete_what).await;
    colleague.presses(&words().more.keep).await;
    colleague.waits_for_control(&words().more.delete).await;
    assert_eq!(office.sql("SELECT count(*) FROM requests"), json!([[2]]));
    colleague.presses(&words().more.delete).await;
    colleague.does(&words().more.delete_now, &words().request.deleted).await;
    colleague.waits_for_titles(&["Trial Kept"]).await;
    assert!(!colleague.person.has("#request-heading").await);

    let id = gone.request_id.to_string();
    assert_eq!(office.sql("SELECT id FROM requests"), json!([[kept.request_id.to_string()]]));
    let left = office.dump();
    assert!(left.contains(&kept.request_id.to_string()), "the whole database is looked through");
    assert!(!left.contains(&id), "the id is left");
    assert_eq!(left.matches("INSERT INTO \"requests\"").count(), 1);
    assert!(!left.contains("INSERT INTO \"sealed_notes\""), "the note is left");
    let audit = office.runs(&["audit"]);
    let lines: Vec<&str> = audit.lines().filter(|it| it.contains(&reference(&gone))).collect();
    assert!(
        lines.iter().any(|it| it.contains("Second Person") && it.contains("delete")),
        "{lines:?}"
    );
    assert!(!audit.contains("Trial Gone") && !audit.contains(&id));
}
