//! One person reads, assesses, asks for an appointment; the clinic opens it. All by keyboard.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::answers::{answer_all, continue_from};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::person::Person;
use crate::harness::request::{REQUEST, fill_in, reviews_with_result};

#[apply(in_every_engine)]
async fn reads_assesses_sends_and_the_clinic_opens_it_after_a_power_cut(engine: Engine) {
    let mut clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.meets_no_barrier("the guide", "html").await;

    // Reads, and follows a quick link.
    person.follows(".quick-links a[href='#studies']").await;
    person.waits_for("return location.hash === '#studies'").await;
    person.waits_for(
        "return document.querySelector('.quick-links a[aria-current]')?.getAttribute('href') === '#studies'",
    )
    .await;

    // Answers, and sees the result.
    person.waits_for_program().await;
    answer_all(&person).await;
    person.waits_for_focus("assessment-check-heading").await;
    person.meets_no_barrier("check your answers", "#assessment-check").await;
    person.follows("[data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    person.meets_no_barrier("the result", "#assessment-result").await;
    assert_eq!(person.sees("#assessment-criterion-frequent-disabling-points").await, "(4 of 4)");

    // Asks for an appointment.
    person.follows("#assessment-outcome-worth-asking-next a.button").await;
    person.waits_for("return location.hash === '#appointment-request'").await;
    person.tabs_to("#request-name").await;
    person.types("Zoë Example").await;
    person.tabs_to("#request-phone").await;
    person.types("972 555 0123").await;
    person.picks("contact-by", "text").await;
    person.tabs_to("#request-message").await;
    person.types("Mornings are best; I am \"sensitive\" to light.").await;
    person.chooses("#request-include-assessment").await;
    person.chooses("#request-consent").await;
    person.meets_no_barrier_in_any_theme("the form", "#request-fill-in").await;
    person.follows("#request-form button[type=submit]").await;

    person.waits_for_focus("request-check-heading").await;
    person.meets_no_barrier_in_any_theme("check your request", "#request-check").await;
    assert_eq!(person.sees("#request-row-name-value").await, "Zoë Example");
    assert_eq!(person.sees("#request-row-contact-by-value").await, "Text me");
    person.follows("[data-action=send]").await;
    person.waits_for_focus("request-sent-heading").await;
    person.meets_no_barrier_in_any_theme("the confirmation", "#request-sent").await;
    let reference = person.sees("#request-reference").await;

    // The clinic opens it after a power cut.
    clinic.kill();
    clinic.start().await;
    let requests = clinic.requests();
    assert_eq!(requests.len(), 1, "{requests:#?}");
    let opened = &requests[0];
    assert_eq!(opened["patient"]["name"], "Zoë Example");
    assert_eq!(opened["patient"]["phone"], "972 555 0123");
    assert_eq!(opened["patient"]["contact_by"], "text");
    assert_eq!(opened["message"], "Mornings are best; I am \"sensitive\" to light.");
    assert_eq!(opened["preferred"]["location"], "allen");
    assert_eq!(opened["assessment"]["outcome"], "worth-asking");
    assert_eq!(opened["assessment"]["answers"]["headache-days"], json!(20));
    assert_eq!(reference.len(), "XXXX-XXXX".len());

    // Nothing came from elsewhere.
    let fetched =
        person.runs("return performance.getEntriesByType('resource').map((it) => it.name)").await;
    let fetched: Vec<&str> =
        fetched.as_array().expect("a list").iter().filter_map(|it| it.as_str()).collect();
    assert!(fetched.len() > 2, "{fetched:?}");
    assert!(fetched.iter().all(|it| it.starts_with(&clinic.address("/"))), "{fetched:?}");
}

#[apply(in_every_engine)]
async fn a_form_with_mistakes_says_so_and_keeps_what_was_typed(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;

    person.tabs_to("#request-phone").await;
    person.types("12345").await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-errors-heading").await;
    person.meets_no_barrier_in_any_theme("the error summary", REQUEST).await;
    let listed = person
        .runs("return [...document.querySelectorAll('#request-errors a')].map((it) => it.hash)")
        .await;
    let fields = ["name", "phone", "contact-by", "consent"].map(|it| format!("#request-{it}"));
    assert_eq!(listed, json!(fields));

    // A link of the summary leads to its field, which says the same.
    person.follows("#request-errors a[href='#request-phone']").await;
    person.waits_for_focus("request-phone").await;
    assert!(person.sees("#request-phone-error").await.contains("ten digits"));
    assert_eq!(person.reads("return document.activeElement.value").await, "12345");

    // Mended, the field no longer complains; the others still do, and so does the summary.
    person.presses(Key::End).await;
    for _ in 0.."12345".len() {
        person.presses(Key::Backspace).await;
    }
    person.types("(972) 555-0123").await;
    person.presses(Key::Tab).await;
    person.waits_for("return document.getElementById('request-phone-error').hidden").await;
    person.waits_for("return !document.getElementById('request-name-error').hidden").await;
    person.waits_for("return document.querySelectorAll('#request-errors a').length === 3").await;
}

#[apply(in_every_engine)]
async fn what_is_cleared_after_it_was_ticked_is_not_sent(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    reviews_with_result(&person, &clinic.address("/")).await;

    // "Clear my answers", in the result above: what was agreed to is no longer there to be sent.
    person.runs("document.querySelector('#assessment-result [data-action=clear]').click()").await;
    person.waits_for("return !document.getElementById('request-fill-in').hidden").await;
    person.waits_for("return document.getElementById('request-offer').hidden").await;
    assert!(!person.has("#request-include-assessment:checked").await);
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.follows("[data-action=send]").await;
    person.waits_for_focus("request-sent-heading").await;
    let requests = clinic.requests();
    assert_eq!(requests.len(), 1);
    // It is the request, and holds no assessment.
    assert_eq!(requests[0]["patient"]["name"], "Ada Test");
    assert!(requests[0].get("assessment").is_none(), "{requests:#?}");
}

#[apply(in_every_engine)]
async fn a_press_is_not_lost_where_an_error_goes_away_under_it(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/#appointment-request")).await;
    person.waits_for_program().await;
    fill_in(&person).await;
    person.runs("document.getElementById('request-name').value = ''").await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-errors-heading").await;
    // The name is mended, and without leaving the field first the button is pressed.
    person.tabs_to("#request-name").await;
    person.types("Ada Test").await;
    person.clicks("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
}

#[apply(in_every_engine)]
async fn forward_shows_what_the_form_holds_by_now(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    fill_in(&person).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.goes_back().await;
    person.waits_for_focus("request-name").await;
    person.presses(Key::End).await;
    person.types("!").await;
    person.goes_forward().await;
    person.waits_for_focus("request-check-heading").await;
    assert_eq!(person.sees("#request-row-name-value").await, "Ada Test!");
}

#[apply(in_every_engine)]
async fn a_request_that_cannot_arrive_says_so_and_arrives_by_itself(engine: Engine) {
    let mut clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    fill_in(&person).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;

    clinic.kill();
    person.follows("[data-action=send]").await;
    // Pressed twice.
    person.presses(Key::Enter).await;
    person.waits_for_focus("request-pending-heading").await;
    person.meets_no_barrier("a request that waits", REQUEST).await;
    assert!(person.sees("#request-pending-heading").await.contains("We do not know"));
    assert!(person.sees("#request-pending-reason").await.contains("No answer came"));

    // Back does not lead to a form that could be sent a second time.
    person.goes_back().await;
    assert!(person.is_shown("#request-pending").await);
    assert!(!person.is_shown("#request-fill-in").await);

    clinic.start().await;
    person.waits_to_see("#request-sent").await;
    assert_eq!(clinic.requests().len(), 1);

    // Nothing of it is left behind for the next person at this device.
    let left = person.reads("return document.body.innerHTML + JSON.stringify(history.state)").await;
    assert!(!left.contains("ada@example.com") && !left.contains("Ada Test"));
    person.goes_back().await;
    if engine == Engine::WebKit {
        // It passes entries that were made without a press, and leaves the page where there is another below.
        person.goes_forward().await;
        person.waits_for_program().await;
    } else {
        person.waits_for("return !document.getElementById('request-sent').hidden").await;
    }
    assert_eq!(person.reads("return document.getElementById('request-name').value").await, "");
}

#[apply(in_every_engine)]
async fn a_question_that_is_needed_says_so(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/#self-assessment")).await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    continue_from(&person, 0).await;
    person.waits_for("return !document.getElementById('answer-red-flags-now-error').hidden").await;
    person.waits_for_focus("answer-red-flags-now").await;
    person.meets_no_barrier("a question with an error", "#assessment-asked").await;
}

#[apply(in_every_engine)]
async fn tab_leads_through_the_guide_in_the_order_of_the_page(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    assert_eq!(person.goes_through_by_keyboard().await, Vec::<String>::new());
}
