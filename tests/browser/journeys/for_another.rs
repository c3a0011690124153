//! Somebody fills the appointment request in for another person: all of it, checked, changed, sent, opened.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::answers::{ANSWERS, is_in_view};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::host::guide_and_host;
use crate::harness::person::Person;
use crate::harness::request::{fill_in, reviews_with_result};

/// The fields that a choice asks for, by the selector of that choice.
const ASKED_BY: [(&str, &[&str]); 5] = [
    ("#request-for-another", &["filled-in-by"]),
    ("[name=contact-by][value=text]", &["message-ok", "call-times"]),
    (
        "[name=coverage][value=insurance]",
        &["carrier", "member-number", "policyholder", "date-of-birth"],
    ),
    ("[name=policyholder][value=other]", &["policyholder-name"]),
    ("[name=needs][value=interpreter]", &["needs-language"]),
];

async fn at_the_form(engine: Engine, clinic: &Clinic) -> Person {
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/#appointment-request")).await;
    person.waits_for_program().await;
    person
}

async fn unfolds_all(person: &Person) {
    person
        .runs("document.querySelectorAll('#request-form details').forEach((it) => it.open = true)")
        .await;
}

/// The rows of "Check your request" that are shown: the field, and its value.
async fn rows(person: &Person) -> Value {
    person
        .runs(
            "return Object.fromEntries([...document.querySelectorAll('#request-check dd[id]')] \
               .filter((it) => it.checkVisibility()) \
               .map((it) => [it.id.slice('request-row-'.length, -'-value'.length), it.textContent]))",
        )
        .await
}

#[apply(in_every_engine)]
async fn somebody_fills_in_everything_for_another_person(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = at_the_form(engine, &clinic).await;
    unfolds_all(&person).await;
    person.chooses("#request-for-another").await;
    for (field, typed) in [
        ("filled-in-by", "Eva Example"),
        ("name", "Zoë Example"),
        ("phone", "972 555 0123"),
        ("email", "eva@example.org"),
    ] {
        person.tabs_to(&format!("#request-{field}")).await;
        person.types(typed).await;
    }
    person.picks("contact-by", "call").await;
    person.chooses("#request-message-ok").await;
    person.chooses("[name=call-times][value=morning]").await;
    person.picks("returning", "no").await;
    person.tabs_to("#request-earliest").await;
    // The order in which a date is typed is the browser's.
    let tomorrow = "const it = document.activeElement; it.value = it.min; return it.value";
    let earliest = person.reads(tomorrow).await;
    person.chooses("[name=days][value=tue]").await;
    person.chooses("[name=times][value=afternoon]").await;
    person.picks("coverage", "insurance").await;
    person.tabs_to("#request-carrier").await;
    person.types("Example Mutual").await;
    person.tabs_to("#request-member-number").await;
    person.types("M-1").await;
    person.picks("policyholder", "other").await;
    person.tabs_to("#request-policyholder-name").await;
    person.types("Juan Example").await;
    person.tabs_to("#request-date-of-birth").await;
    person.runs("document.activeElement.value = '1984-02-29'").await;
    person.chooses("[name=needs][value=interpreter]").await;
    person.tabs_to("#request-needs-language").await;
    person.types("Spanish").await;
    person.chooses("[name=needs][value=dim-room]").await;
    person.tabs_to("#request-needs-words").await;
    person.types("No strong smells.").await;
    person.tabs_to("#request-message").await;
    person.types("I am her guardian.").await;
    person.chooses("#request-consent").await;
    person.meets_no_barrier_in_any_theme("the form, all of it filled in", "#request-fill-in").await;
    person.follows("#request-form button[type=submit]").await;

    person.waits_for_focus("request-check-heading").await;
    person.meets_no_barrier_in_any_theme("check your request, all of it", "#request-check").await;
    let mut expected = json!({
        "filled-in-by": "Eva Example",
        "name": "Zoë Example",
        "phone": "972 555 0123",
        "email": "eva@example.org",
        "contact-by": "Call me",
        "message-ok": "Yes",
        "call-times": "Morning",
        "returning": "No",
        "location": "Allen, Texas",
        "earliest": earliest,
        "days": "Tuesday",
        "times": "Afternoon",
        "coverage": "Insurance",
        "carrier": "Example Mutual",
        "member-number": "M-1",
        "policyholder": "Somebody else's",
        "policyholder-name": "Juan Example",
        "date-of-birth": "1984-02-29",
        "needs": "An interpreter, A dim room",
        "needs-language": "Spanish",
        "needs-words": "No strong smells.",
        "message": "I am her guardian.",
    });
    assert_eq!(rows(&person).await, expected);

    // Each row leads to its field.
    person.follows("[data-action='change needs-language']").await;
    person.waits_for_focus("request-needs-language").await;
    person.presses(Key::End).await;
    person.types(" or Catalan").await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    expected["needs-language"] = json!("Spanish or Catalan");
    assert_eq!(rows(&person).await, expected);
    person.follows("[data-action=send]").await;
    person.waits_for_focus("request-sent-heading").await;

    let requests = clinic.requests();
    assert_eq!(requests.len(), 1);
    let opened = &requests[0];
    assert_eq!(opened["schema"], "appointment-request/2");
    assert_eq!(
        opened["patient"],
        json!({
            "name": "Zoë Example",
            "filled_in_by": "Eva Example",
            "phone": "972 555 0123",
            "email": "eva@example.org",
            "contact_by": "call",
            "message_ok": true,
            "date_of_birth": "1984-02-29",
            "returning": false,
            "needs": {
                "kinds": ["interpreter", "dim-room"],
                "language": "Spanish or Catalan",
                "words": "No strong smells.",
            },
        })
    );
    assert_eq!(opened["preferred"]["call_times"], json!(["morning"]));
    assert_eq!(opened["preferred"]["days"], json!(["tue"]));
    assert_eq!(
        opened["coverage"],
        json!({
            "kind": "insurance",
            "carrier": "Example Mutual",
            "member_number": "M-1",
            "policyholder": { "other": "Juan Example" },
        })
    );
    // Nothing of it is left in the page.
    let left = person
        .reads(
            "const fields = [...document.getElementById('request-form').elements]; \
             return document.body.innerHTML + fields.map((it) => it.value).join()",
        )
        .await;
    for typed in ["Eva Example", "Zoë Example", "Juan Example", "1984-02-29", "Catalan"] {
        assert!(!left.contains(typed), "{typed}");
    }
}

#[apply(in_every_engine)]
async fn a_field_is_shown_where_its_reason_is_chosen(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = at_the_form(engine, &clinic).await;
    unfolds_all(&person).await;
    let shown = async |fields: &[&str]| {
        let mut all = Vec::new();
        for field in fields {
            all.push(person.is_shown(&format!("#request-{field}")).await);
        }
        all
    };
    // A preferred time is not folded: the form is for it.
    assert_eq!(shown(&["earliest", "days", "times"]).await, [true; 3]);
    for (choice, fields) in ASKED_BY {
        assert_eq!(shown(fields).await, vec![false; fields.len()], "{choice}");
        person.runs(&format!("document.querySelector('{choice}').click()")).await;
        assert_eq!(shown(fields).await, vec![true; fields.len()], "{choice}");
    }
}

/// Two people type other things and take the choices back: the same is sent.
#[apply(in_every_engine)]
async fn what_is_no_longer_asked_is_not_sent(engine: Engine) {
    let clinic = Clinic::open().await;
    let mut reviewed = Vec::new();
    for (name, born) in [("Eva Example", "1984-02-29"), ("Bo Other", "1990-01-01")] {
        let person = at_the_form(engine, &clinic).await;
        unfolds_all(&person).await;
        for (choice, _) in ASKED_BY {
            person.runs(&format!("document.querySelector('{choice}').click()")).await;
        }
        for (field, typed) in [
            ("filled-in-by", name),
            ("carrier", name),
            ("member-number", name),
            ("policyholder-name", name),
            ("needs-language", name),
            ("date-of-birth", born),
        ] {
            let set = format!("document.getElementById('request-{field}').value = '{typed}'");
            person.runs(&set).await;
        }
        person.runs("document.getElementById('request-message-ok').click()").await;
        for choice in [
            "#request-for-another",
            "[name=coverage][value=self-pay]",
            "[name=needs][value=interpreter]",
        ] {
            person.runs(&format!("document.querySelector('{choice}').click()")).await;
        }
        fill_in(&person).await;
        person.follows("#request-form button[type=submit]").await;
        person.waits_for_focus("request-check-heading").await;
        reviewed.push(rows(&person).await);
        person.follows("[data-action=send]").await;
        person.waits_for_focus("request-sent-heading").await;
    }
    assert_eq!(reviewed[0], reviewed[1]);
    let sent: Vec<Value> = clinic.requests();
    assert_eq!(sent.len(), 2);
    for part in ["patient", "preferred", "coverage"] {
        assert_eq!(sent[0][part], sent[1][part], "{part}");
    }
    assert_eq!(sent[0]["coverage"], json!({ "kind": "self-pay" }));
}

/// In a frame every field is shown. What was typed where no choice asks for it was dropped without a word.
#[apply(in_every_engine)]
async fn what_was_typed_in_a_frame_without_its_choice_was_dropped(engine: Engine) {
    let (clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("tracker")).await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    unfolds_all(&person).await;
    for (field, typed) in [("filled-in-by", "Eva Example"), ("carrier", "Example Mutual")] {
        person.tabs_to(&format!("#request-{field}")).await;
        person.types(typed).await;
        // The other way around the form, to its first field again.
        person.runs("document.getElementById('request-for-another').focus()").await;
    }
    fill_in(&person).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-errors-heading").await;
    let said = person
        .runs("return [...document.querySelectorAll('#request-errors a')].map((it) => it.textContent)")
        .await;
    let expected = [
        "Tick “I am filling this in for somebody else” above, or empty this field",
        "Choose “Insurance” above, or undo this",
    ];
    assert_eq!(said, json!(expected));
    person.chooses("#request-for-another").await;
    person.picks("coverage", "insurance").await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.follows("[data-action=send]").await;
    person.waits_for_focus("request-sent-heading").await;
    let requests = clinic.requests();
    assert_eq!(requests[0]["patient"]["filled_in_by"], "Eva Example");
    assert_eq!(requests[0]["coverage"]["carrier"], "Example Mutual");
}

/// What was far down in the form left the screen that followed far above the window.
#[apply(in_every_engine)]
async fn check_your_request_is_in_view_however_long_the_form_was(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = at_the_form(engine, &clinic).await;
    unfolds_all(&person).await;
    fill_in(&person).await;
    person.runs("document.querySelector('#request-form button[type=submit]').scrollIntoView({ block: 'start' })").await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    assert!(is_in_view(&person, "#request-check-heading").await);
    assert!(is_in_view(&person, "#request-row-name").await);
}

/// Questions without an answer stood there as bare labels, although nothing of them is sent.
#[apply(in_every_engine)]
async fn only_answers_are_listed_as_sent(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    reviews_with_result(&person, &clinic.address("/")).await;
    person.follows("[data-action='change include-assessment']").await;
    person.waits_for_focus("request-include-assessment").await;
    person.runs("document.querySelector('#request-offer details').open = true").await;
    let empty = "return [...document.querySelectorAll('#request-offer dd')] \
        .filter((it) => it.checkVisibility() && !it.textContent).length";
    assert_eq!(person.runs(empty).await, json!(0));
    let listed = "return [...document.querySelectorAll('#request-offer dd')] \
        .filter((it) => it.checkVisibility()).length";
    assert_eq!(person.runs(listed).await, json!(ANSWERS.len()));
}
