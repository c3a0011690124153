//! In another site's page the guide stays still, scrolls that page, tells it little, and takes
//! little from it.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::answers::{ANSWERS, answer_all, answer_all_at_once, continue_from, index_of};
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::host::guide_and_host;
use crate::harness::person::Person;
use crate::harness::request::fill_in;

#[apply(in_every_engine)]
async fn a_question_that_changes_moves_nothing_of_the_host(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("plain")).await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    answer_all(&person).await;
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("#assessment-check [data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    person.meets_no_barrier("the result in a frame", "#self-assessment").await;
    person.leaves_frame().await;
    person.waits_for("return heard.some((it) => it.type === 'assessment-complete')").await;

    let steps = person.is_told("step").await;
    let expected: Vec<Value> = (1..=12).map(|index| json!({ "index": index, "of": 12 })).collect();
    assert_eq!(steps, expected);
    assert_eq!(person.is_told("assessment-complete").await, [json!({})]);
    // From the second question to the last: no change of height, no shift.
    let between = |list: &str| {
        format!(
            "const steps = heard.filter((it) => it.type === 'step'); \
             return {list}.filter((it) => it.at > steps[1].at && it.at <= steps.at(-1).at)"
        )
    };
    let resized = between("heard.filter((it) => it.type === 'resize')");
    assert_eq!(person.runs(&resized).await, json!([]));
    assert_eq!(person.runs(&between("shifts")).await, json!([]));

    // The frame is as high as what it shows.
    person.enters_guide("guide").await;
    let settled =
        "return Math.ceil(document.documentElement.getBoundingClientRect().height) === innerHeight";
    person.waits_for(settled).await;
    // The form is not shown here: it opens with the whole guide, on its own.
    person.runs("document.querySelector('#assessment-outcome-worth-asking-next a[href=\"#appointment-request\"]').addEventListener('click', (event) => setTimeout(() => window.led = [event.target.target, event.target.href]))").await;
    person.follows("#assessment-outcome-worth-asking-next a[href='#appointment-request']").await;
    person.waits_for("return window.led !== undefined").await;
    let led = person.runs("return [led[0], new URL(led[1]).search, new URL(led[1]).hash]").await;
    assert_eq!(led, json!(["_blank", "", "#appointment-request"]));
}

#[apply(in_every_engine)]
async fn an_error_at_a_question_moves_nothing_of_the_host(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    for width in [1280, 500] {
        person.has_window(width, 900).await;
        person.opens(&host.address("plain")).await;
        person.waits_for_guide("guide").await;
        person.enters_guide("guide").await;
        person.waits_for_program().await;
        person.follows("[data-action=start]").await;
        person.waits_for_focus("assessment-question-0-heading").await;
        // As high as what is shown, and there is room below it.
        person
            .waits_for(
                "return document.getElementById('assessment-panel').style.getPropertyValue('--box') !== ''",
            )
            .await;
        person.leaves_frame().await;
        person.waits_for_guide("guide").await;
        person.runs("shifts.length = 0").await;
        let heights = person.is_told("resize").await.len();
        person.enters_guide("guide").await;
        continue_from(&person, 0).await;
        person
            .waits_for("return !document.getElementById('answer-red-flags-now-error').hidden")
            .await;
        // Two frames later whatever would have moved has moved.
        person
            .waits_for("window.frames_ ??= (requestAnimationFrame(() => requestAnimationFrame(() => window.painted = true)), 1); return window.painted === true")
            .await;
        person.leaves_frame().await;
        assert_eq!(person.runs("return shifts").await, json!([]), "{width}");
        assert_eq!(person.is_told("resize").await.len(), heights, "{width}");
    }
}

#[apply(in_every_engine)]
async fn links_and_the_focus_scroll_the_host_past_its_sticky_header(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("sticky-header")).await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    person.follows(".quick-links a[href='#studies']").await;
    lands(&person, "#studies", "top === 80").await;
    // Followed again after scrolling away, it leads there again.
    person.leaves_frame().await;
    person.runs("scrollTo(0, 0)").await;
    person.enters_guide("guide").await;
    // The browser moves the focus from a link that was followed.
    person.runs("document.querySelector('.quick-links a[href=\"#studies\"]').focus()").await;
    person.presses(Key::Enter).await;
    lands(&person, "#studies", "top === 80").await;

    // WebKit never scrolls the page around a frame of another origin by itself. Telling that page of every move of the
    // focus would tell it more than it may know, so there the panel alone scrolls: see docs/embedding.md.
    if engine != Engine::WebKit {
        // Errors are listed above the form, and each leads to its field.
        person.follows("#request-form button[type=submit]").await;
        person.waits_for_focus("request-errors-heading").await;
        lands(&person, "#request-errors-heading", "top >= 80 && bottom <= innerHeight").await;
        person.follows("#request-errors a[href='#request-consent']").await;
        person.waits_for_focus("request-consent").await;
        lands(&person, "#request-consent", "top >= 80 && bottom <= innerHeight").await;
    }

    // By the element's own method.
    person.leaves_frame().await;
    person.runs("document.getElementById('guide').scrollToSection('assessment')").await;
    person.enters_guide("guide").await;
    lands(&person, "#self-assessment", "top === 80").await;
}

#[apply(in_every_engine)]
async fn the_first_back_after_an_anchor_of_the_host_leads_back(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("plain")).await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    for (question, given) in &ANSWERS[..2] {
        let index = index_of(question);
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        given.by_keyboard(&person, question).await;
        continue_from(&person, index).await;
    }
    person.waits_for_focus("assessment-question-2-heading").await;
    person.leaves_frame().await;
    person.clicks("#before").await;
    person.waits_for("return location.hash === '#after'").await;
    person.enters_guide("guide").await;
    for index in [1, 0] {
        person.follows("#assessment-asked [data-action=back]").await;
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
    }
}

#[apply(in_every_engine)]
async fn a_question_comes_into_view_with_its_progress(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    // A laptop, a phone, and a window that is low.
    for (width, height) in [(1280, 700), (500, 700), (900, 500)] {
        person.has_window(width, height).await;
        person.opens("about:blank").await;
        person.opens(&host.address("plain")).await;
        person.waits_for_guide("guide").await;
        person.enters_guide("guide").await;
        person.waits_for_program().await;
        person.follows("[data-action=start]").await;
        for (question, given) in &ANSWERS[..4] {
            let index = index_of(question);
            person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
            lands(&person, "#assessment-progress-text", "top >= 0 && bottom <= innerHeight").await;
            let heading = format!("#assessment-question-{index}-heading");
            lands(&person, &heading, "top >= 0 && bottom <= innerHeight").await;
            given.by_keyboard(&person, question).await;
            continue_from(&person, index).await;
        }
        // Back, too, and to an error.
        person.waits_for_focus("assessment-question-5-heading").await;
        continue_from(&person, 5).await;
        person.waits_for_focus("answer-headache-days").await;
        lands(&person, "#answer-headache-days-error", "top >= 0 && bottom <= innerHeight").await;
        person.follows("#assessment-asked [data-action=back]").await;
        person.waits_for_focus("assessment-question-4-heading").await;
        lands(&person, "#assessment-progress-text", "top >= 0 && bottom <= innerHeight").await;
    }
}

#[apply(in_every_engine)]
async fn an_emergency_is_in_view_where_it_is_chosen(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.has_window(500, 700).await;
    person.opens(&host.address("plain")).await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    person.chooses("input[name='answer-red-flags-now'][value='thunderclap']").await;
    person.waits_to_see("#assessment-warning-0").await;
    lands(&person, "#assessment-warning-0 a", "top >= 0 && bottom <= innerHeight").await;
    continue_from(&person, 0).await;
    person.waits_for_focus("assessment-outcome-emergency-heading").await;
    lands(
        &person,
        "#assessment-outcome-emergency a[href='tel:911']",
        "top >= 0 && bottom <= innerHeight",
    )
    .await;
}

/// Waits until, in the host's window, an element of the guide is where `there` says.
async fn lands(person: &Person, selector: &str, there: &str) {
    let place = format!(
        "const {{ top, bottom }} = document.querySelector({selector:?}).getBoundingClientRect(); \
         return JSON.stringify([top, bottom])"
    );
    let place = person.reads(&place).await;
    person.leaves_frame().await;
    let landed = format!(
        "const frame = document.getElementById('guide').shadowRoot.querySelector('iframe').getBoundingClientRect().top; \
         const [top, bottom] = {place}.map((it) => Math.round(it + frame)); return {there}"
    );
    person.waits_for(&landed).await;
    person.enters_guide("guide").await;
}

#[apply(in_every_engine)]
async fn a_tracker_of_the_host_sees_no_letter(engine: Engine) {
    let (clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("tracker")).await;
    // In its own page it sees every one.
    person.tabs_to("#search").await;
    person.types("xyzzy").await;
    let recorded = person.reads("look(); return recorded.join('\\n')").await;
    assert!(recorded.contains(r#"["keydown","input","search","z"#), "{recorded}");

    person.waits_for("document.getElementById('guide').scrollIntoView(); return heard.some((it) => it.type === 'ready')").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    person.tabs_to("#request-name").await;
    person.leaves_frame().await;
    person.runs("recorded.length = 0").await;
    person.enters_guide("guide").await;
    person.types("Zoë Example").await;
    person.tabs_to("#request-email").await;
    person.types("zoe@example.com").await;
    person.picks("contact-by", "email").await;
    person.tabs_to("#request-message").await;
    person.types("Jackdaws love my big sphinx of quartz").await;
    person.chooses("#request-consent").await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.follows("[data-action=send]").await;
    person.waits_for_focus("request-sent-heading").await;
    let reference = person.sees("#request-reference").await;
    person.leaves_frame().await;
    person.waits_for("return heard.some((it) => it.type === 'submitted')").await;

    let recorded = person.runs("look(); return recorded").await;
    let recorded: Vec<&str> =
        recorded.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    for line in &recorded {
        let kind = line.split('"').nth(1).expect("a kind");
        assert!(
            // The focus was in the frame all along: what comes of it is its height and its events.
            ["message", "mutation", "look"].contains(&kind),
            "{line}"
        );
        for typed in ["Zoë", "Example", "zoe@", "example.com", "Jackdaws", "quartz", "reached"] {
            assert!(!line.contains(typed), "{line}");
        }
    }
    // Nothing else is said than what is listed.
    for message in recorded.iter().filter(|line| line.starts_with(r#"["message""#)) {
        let message: Value = serde_json::from_str(message).expect("JSON");
        assert_eq!(message[1], clinic.address(""));
        let (kind, detail) = (&message[2]["type"], &message[2]["detail"]);
        let mut fields: Vec<&str> =
            detail.as_object().expect("fields").keys().map(String::as_str).collect();
        fields.sort_unstable();
        let listed: &[&str] = match kind.as_str().expect("a kind") {
            "resize" => &["height"],
            "submitted" => &["reference"],
            other => panic!("{other} was not to be told here"),
        };
        assert_eq!(fields, listed);
    }
    assert_eq!(person.is_told("submitted").await, [json!({ "reference": reference })]);
    let requests = clinic.requests();
    assert_eq!(requests[0]["patient"]["name"], "Zoë Example");
}

#[apply(in_every_engine)]
async fn what_the_staff_did_not_choose_is_not_told(engine: Engine) {
    let (clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("tracker")).await;
    person.waits_for_guide("guide").await;
    // It is loaded anew.
    person
        .runs("heard.length = 0; document.getElementById('guide').removeAttribute('events')")
        .await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    answer_all_at_once(&person).await;
    person.follows("#assessment-check [data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    fill_in(&person).await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    person.follows("[data-action=send]").await;
    person.waits_for_focus("request-sent-heading").await;
    person.leaves_frame().await;
    // Messages keep their order: the response to this is the last of them.
    person
        .runs("messages.length = 0; document.getElementById('guide').scrollToSection('schedule')")
        .await;
    person.waits_for("return messages.some((it) => it.type === 'scroll')").await;
    let told = person.runs("return [...new Set(heard.map((it) => it.type))].sort()").await;
    assert_eq!(told, json!(["ready", "resize", "step"]));
    assert_eq!(clinic.requests().len(), 1);
}

#[apply(in_every_engine)]
async fn messages_of_others_are_not_heard(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("plain")).await;
    person.waits_for_guide("guide").await;
    person.calls(include_str!("../scripts/foreign_messages.js"), &json!([])).await;
    person.enters_guide("guide").await;
    // Messages keep their order: when the last is heard, the others were not.
    person.runs("window.themes = []; new MutationObserver(() => themes.push(document.documentElement.dataset.theme)).observe(document.documentElement, { attributes: true })").await;
    person.waits_for("return document.documentElement.dataset.theme === 'calm'").await;
    assert!(!person.reads("return JSON.stringify(themes)").await.contains("dark"));
    person.leaves_frame().await;
    assert_eq!(person.is_told("submitted").await, Vec::<Value>::new());
}
