//! The lists in the morning: newest first, counted, searched, filtered, sorted, and shown a part at a time.

use guide_core::request::form::Need;
use guide_core::request::payload::{AppointmentRequest, Needs};
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::requests::reference;
use crate::harness::office::{Office, words};

/// Four requests, the oldest first.
fn requests(office: &mut Office) -> [AppointmentRequest; 4] {
    let [mut alpha, mut beta, mut gamma, delta] =
        ["Alpha Trial", "Beta Trial", "gamma Trial", "Delta Trial"].map(|it| office.request(it));
    alpha.patient.phone = Some("972.555.0141".to_owned());
    alpha.patient.needs =
        Some(Needs { kinds: vec![Need::Interpreter], language: None, words: None });
    beta.assessment = Some(cautious());
    gamma.message = Some("Light hurts.\nSunflower".to_owned());
    [alpha, beta, gamma, delta]
}

/// A self-assessment that calls for caution.
fn cautious() -> guide_core::request::payload::IncludedAssessment {
    let assessment: Value = json!({
        "version": "trial", "complete": true, "answers": {}, "criteria": {},
        "flags": ["cautions"], "outcome": "worth-asking", "because": [],
    });
    serde_json::from_value(assessment).expect("an assessment")
}

#[apply(in_every_engine)]
async fn new_requests_are_found_by_order_search_and_filters(engine: Engine) {
    let mut office = Office::open(engine).await;
    let requests = requests(&mut office);
    let references = requests.clone().map(|it| reference(&it));
    office.receives(requests.clone());
    for (request, seconds) in requests.iter().zip([3_000, 2_000, 1_000, 0]) {
        office.dates_back(request, seconds);
    }
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    let list = &words().list;
    let newest_first = ["Delta Trial", "gamma Trial", "Beta Trial", "Alpha Trial"];
    colleague.waits_for_titles(&newest_first).await;
    for (label, count) in
        [(&list.new, 4), (&list.mine, 0), (&list.waiting, 0), (&list.unreadable, 0)]
    {
        colleague.waits_for_count(label, count).await;
    }
    colleague.waits_for_text(".counts", &list.opened.replace("{number}", "4")).await;

    let [alpha, ..] = &references;
    let searches: [(&str, &[&str]); 14] = [
        ("sunflower", &["gamma Trial"]),
        ("BETA", &["Beta Trial"]),
        ("trial light", &["gamma Trial"]),
        ("9725550141", &["Alpha Trial"]),
        ("5550141", &["Alpha Trial"]),
        ("555.0141", &["Alpha Trial"]),
        ("(972) 555-0141", &["Alpha Trial"]),
        ("+1 972 555 0141", &["Alpha Trial"]),
        (alpha, &["Alpha Trial"]),
        (&alpha.to_lowercase(), &["Alpha Trial"]),
        (&alpha.replace('-', ""), &["Alpha Trial"]),
        (&alpha[..4], &["Alpha Trial"]),
        ("nobody is called so", &[]),
        ("", &newest_first),
    ];
    for (typed, found) in searches {
        searches_for(&colleague, typed).await;
        colleague.waits_for_titles(found).await;
        let sentence = if typed.is_empty() { &list.number } else { &list.found };
        let number = sentence.replace("{number}", &found.len().to_string());
        colleague.waits_for_text(".over-rows [role=status]", &number).await;
        if found.is_empty() {
            colleague.waits_for_text(".empty", &list.nothing_found).await;
        }
    }

    colleague.unfolds(&list.narrow).await;
    colleague.presses(&list.interpreter).await;
    colleague.waits_for_titles(&["Alpha Trial"]).await;
    colleague.presses(&list.cautions).await;
    colleague.waits_for_titles(&[]).await;
    colleague.presses(&list.interpreter).await;
    colleague.waits_for_titles(&["Beta Trial"]).await;
    assert_eq!(colleague.texts("ul.requests .tag").await, [list.caution.as_str()]);
    colleague.presses(&list.cautions).await;
    for (order, titles) in [
        (&list.oldest, ["Alpha Trial", "Beta Trial", "gamma Trial", "Delta Trial"]),
        (&list.by_name, ["Alpha Trial", "Beta Trial", "Delta Trial", "gamma Trial"]),
        (&list.newest, newest_first),
    ] {
        let select = colleague.find(".choices select:has([value=oldest])").await;
        select.select_by_label(order).await.expect("it can be chosen");
        colleague.waits_for_titles(&titles).await;
    }
}

/// Types into the search, where something else may stand.
async fn searches_for(colleague: &Colleague, text: &str) {
    let type_it = "const field = document.getElementById('search'); field.value = arguments[0]; \
        field.dispatchEvent(new Event('input', { bubbles: true })); return true";
    colleague.waits_for_script(type_it, &json!([text])).await;
}

#[apply(in_every_engine)]
async fn a_list_of_many_is_shown_a_part_at_a_time(engine: Engine) {
    let office = Office::open(engine).await;
    office.puts_trials(120);
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    let list = &words().list;
    colleague.waits_for_count(&list.new, 120).await;
    for rows in [50, 100] {
        colleague.waits_for_rows(rows).await;
        colleague.presses(&list.more).await;
    }
    colleague.waits_for_rows(120).await;
    assert!(colleague.control(&list.more).await.is_none(), "there is no more");
    let mut rows = colleague.rows().await;
    rows.sort();
    rows.dedup();
    assert_eq!(rows.len(), 120, "each is shown once");

    // Those that are settled are fetched once somebody looks at them.
    office.sql("UPDATE requests SET state = 'closed' WHERE position % 2 = 0");
    colleague.locks().await;
    colleague.unlocks().await;
    colleague.waits_for_count(&list.new, 60).await;
    colleague.shows_list(&list.closed).await;
    colleague.waits_for_rows(50).await;
    colleague.presses(&list.more).await;
    colleague.waits_for_rows(60).await;
    colleague
        .waits_for_script(
            "return ![...document.querySelectorAll('button')] \
            .some((it) => it.textContent.trim() === arguments[0])",
            &json!([list.more]),
        )
        .await;
}
