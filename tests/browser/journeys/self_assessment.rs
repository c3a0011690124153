//! The self-assessment: what comes of what is pressed, and what is kept of it.

use fantoccini::key::Key;
use regex::Regex;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::answers::{
    ANSWERS, Given, answer, answer_all, answer_all_at_once, continue_from, index_of, is_in_view,
};
use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::Line;
use crate::harness::person::Person;

#[apply(in_every_engine)]
async fn an_emergency_stops_at_once_and_can_be_taken_back(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    person.chooses("input[name='answer-red-flags-now'][value='seizure']").await;
    // It says so at once, before Continue, and not after it is taken back.
    person.waits_to_see("#assessment-warning-0").await;
    assert!(person.sees("#assessment-warning-0").await.contains("Call 911 now."));
    assert_eq!(person.links("#assessment-warning-0 a").await, ["tel:911"]);
    person.meets_no_barrier_in_any_theme("the warning", "#self-assessment").await;
    person.chooses("input[name='answer-red-flags-now'][value='seizure']").await;
    person.waits_for("return document.getElementById('assessment-warning-0').hidden").await;
    person.chooses("input[name='answer-red-flags-now'][value='seizure']").await;
    continue_from(&person, 0).await;
    person.waits_for_focus("assessment-outcome-emergency-heading").await;
    person.meets_no_barrier("the emergency", "#self-assessment").await;
    let calls = person
        .runs("return [...document.querySelectorAll('#assessment-outcome-emergency a')].map((it) => it.getAttribute('href'))")
        .await;
    assert_eq!(calls[0], "tel:911");
    assert!(calls.as_array().expect("a list").contains(&json!("tel:988")));
    // No appointment is offered, and Back leads to the question alone.
    assert!(!calls.as_array().expect("a list").contains(&json!("#appointment-request")));
    person.follows("[data-action=reconsider]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    // "None of these" excludes the emergency that was ticked.
    person.chooses("input[name='answer-red-flags-now'][value='none']").await;
    let ticked = "return document.querySelectorAll('#assessment-question-0 input:checked').length";
    assert_eq!(person.runs(ticked).await, json!(1));
    continue_from(&person, 0).await;
    person.waits_for_focus("assessment-question-1-heading").await;
}

/// Everything in the page that gives away an answer or a result.
const SHOWN_ANSWERS: &str = include_str!("../scripts/shown_answers.js");

#[apply(in_every_engine)]
async fn back_and_forward_keep_every_answer_and_tell_none(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    let address = person.reads("return location.href").await;
    answer_all(&person).await;
    person.waits_for_focus("assessment-check-heading").await;
    assert_eq!(person.sees("#assessment-row-answer-headache-days").await, "20 days");

    for (question, _) in ANSWERS[11..].iter().rev() {
        let index = index_of(question);
        person.goes_back().await;
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
    }
    let kept = "return document.getElementById('assessment-question-15-template').content.querySelector('input:checked').value";
    assert_eq!(person.reads(kept).await, "yes");
    for (question, _) in &ANSWERS[12..] {
        let index = index_of(question);
        person.goes_forward().await;
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
    }
    person.goes_forward().await;
    person.waits_for_focus("assessment-check-heading").await;

    // Changed answers lead back to the list, and a question that then is needed is asked.
    person.follows("button[data-action='change 8']").await;
    person.waits_for_focus("assessment-question-8-heading").await;
    person.runs("document.getElementById('answer-acute-days').value = ''").await;
    person.tabs_to("#answer-acute-days").await;
    person.types("0").await;
    continue_from(&person, 8).await;
    person.waits_for_focus("assessment-check-heading").await;
    assert_eq!(
        person.runs("return document.getElementById('assessment-row-relief-works').hidden").await,
        json!(true)
    );

    let told = person.reads("return location.href + document.title + JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie").await;
    assert!(told.starts_with(&address) && told.ends_with("{}"), "{told}");
    let state = person.runs("return history.state").await;
    assert_eq!(
        state.as_object().map(|it| it.keys().cloned().collect::<Vec<_>>()),
        Some(vec!["migraine-guide".to_owned()])
    );

    // A Back of the page leads one question back even after a link on the page was followed.
    person.follows("#assessment-check [data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    person.runs("location.hash = '#studies'").await;
    person.follows("#assessment-result [data-action=review]").await;
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("#assessment-check [data-action=back]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    person.follows("#assessment-result [data-action=review]").await;
    person.waits_for_focus("assessment-check-heading").await;

    // "Clear my answers" empties the page's controls too, and the history leads nowhere.
    let shown = person.calls(SHOWN_ANSWERS, &json!([])).await;
    assert!(shown.as_str().is_some_and(|it| it.contains("20 days")));
    person.follows("#assessment-check [data-action=clear]").await;
    person.waits_for_focus("assessment-start-heading").await;
    let entered = "const away = [...document.querySelectorAll('.assessment template')]; \
        const inputs = away.flatMap((it) => [...it.content.querySelectorAll('input')]); \
        if (inputs.length < 60) throw 'too few'; \
        return inputs.filter((it) => it.checked || (it.type === 'text' && it.value)).length";
    assert_eq!(person.runs(entered).await, json!(0));
    // Nothing in the page tells an answer or a result any more.
    assert_eq!(person.calls(SHOWN_ANSWERS, &json!([])).await, "");
}

#[apply(in_every_engine)]
async fn a_reload_loses_every_answer(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/#self-assessment")).await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    person.chooses("input[name='answer-red-flags-now'][value='none']").await;
    continue_from(&person, 0).await;
    person.waits_for_focus("assessment-question-1-heading").await;
    person.reloads().await;
    person.waits_for_program().await;
    assert!(person.is_shown("#assessment-start").await);
    let kept = "return [...document.querySelectorAll('.assessment template')] \
        .filter((it) => it.content.querySelector('input:checked')).length";
    assert_eq!(person.runs(kept).await, json!(0));
    // Back leads out of it, not into a question of the run before.
    person.goes_back().await;
    person.waits_for("return !document.getElementById('assessment-start')?.hidden").await;
}

/// Everything that is kept outside the memory of the page.
const KEPT: &str = "return JSON.stringify([location.href, document.title, document.cookie, \
    { ...localStorage }, { ...sessionStorage }, window.name])";

/// Asserts that the present entry of the history holds the numbers of a step and nothing else.
async fn history_tells_nothing(person: &Person) {
    let state = person.runs("return history.state").await;
    let Value::Object(state) = state else { return };
    assert_eq!(state.keys().collect::<Vec<_>>(), ["migraine-guide"]);
    let numbers = state["migraine-guide"].as_array().expect("numbers");
    // Of the run, drawn by lot; of the entry; of the entries below.
    assert_eq!(numbers.len(), 3);
    assert!(numbers.iter().all(Value::is_number), "{numbers:?}");
    let [_, entry, below] = &numbers[..] else { panic!("three numbers") };
    let length = person.runs("return history.length").await;
    assert!(entry.as_u64() <= length.as_u64() && below.as_u64() <= length.as_u64());
}

#[apply(in_every_engine)]
async fn whoever_answers_everything_tells_nobody(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::starts(engine).await;
    person.opens(&line.address("/")).await;
    person.waits_for_program().await;
    person.waits_for("return document.readyState === 'complete'").await;
    let before = person.reads(KEPT).await;
    // Requests so far are those of the page itself.
    let asked = line.requests().len();
    assert!(asked > 3, "requests are recorded");
    if engine == Engine::Chromium {
        assert!(!requested(&person).await.is_empty(), "requests are recorded");
        person.engine().log("browser").await;
    }
    person.calls(include_str!("../scripts/everything_passed_on.js"), &json!([])).await;

    person.follows("[data-action=start]").await;
    for (question, given) in &ANSWERS {
        let index = index_of(question);
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        given.by_keyboard(&person, question).await;
        continue_from(&person, index).await;
        history_tells_nothing(&person).await;
    }
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("[data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    history_tells_nothing(&person).await;
    person.goes_back().await;
    person.waits_for_focus("assessment-check-heading").await;
    person.follows("button[data-action='change 5']").await;
    person.waits_for_focus("assessment-question-5-heading").await;
    person.goes_back().await;
    person.waits_for_focus("assessment-check-heading").await;
    assert_eq!(person.reads(KEPT).await, before);
    person.follows("#assessment-check [data-action=clear]").await;
    person.waits_for_focus("assessment-start-heading").await;

    assert_eq!(person.reads(KEPT).await, before);
    // Of what happens, a page around this one learns which question is shown, and that it ended.
    let told = person.runs("return told").await;
    let step = Regex::new(r#"^event migraine-guide:step \{"index":[0-9]+,"of":12\}$"#);
    let step = step.expect("a pattern");
    let others: Vec<&str> = told
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .filter(|it| !step.is_match(it))
        .collect();
    assert_eq!(others, ["event migraine-guide:assessment-complete {}"]);
    assert_eq!(line.requests().split_off(asked), Vec::<String>::new());
    if engine == Engine::Chromium {
        assert_eq!(requested(&person).await, Vec::<String>::new());
        assert_eq!(person.engine().log("browser").await, Vec::<Value>::new());
    }
}

/// Everything that the browser began since the last look: requests, to any server, and connections.
async fn requested(person: &Person) -> Vec<String> {
    const BEGUN: [&str; 3] =
        ["Network.requestWillBeSent\"", "Network.webSocketCreated\"", "Network.webTransport"];
    let log = person.engine().log("performance").await;
    let messages = log.iter().filter_map(|it| it["message"].as_str());
    messages.filter(|it| BEGUN.iter().any(|kind| it.contains(kind))).map(str::to_owned).collect()
}

#[apply(in_every_engine)]
async fn what_was_cleared_is_asked_again(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    answer_all_at_once(&person).await;
    person.follows("[data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    assert!(
        person.runs("return !document.getElementById('request-offer').hidden").await == json!(true)
    );
    person.follows("#assessment-result [data-action=clear]").await;
    person.waits_for_focus("assessment-start-heading").await;
    // Neither the form nor Forward brings anything back.
    person.waits_for("return document.getElementById('request-offer').hidden").await;
    let included = "return [...document.querySelectorAll('[id^=request-included-]')].filter((it) => it.localName === 'dd' && it.textContent).length";
    assert_eq!(person.runs(included).await, json!(0));
    person.goes_forward().await;
    person.waits_for("return !document.getElementById('assessment-start').hidden").await;
    // Nothing is known in memory: the first question needs an answer.
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    continue_from(&person, 0).await;
    person.waits_for_focus("answer-red-flags-now").await;
    assert!(person.is_shown("#answer-red-flags-now-error").await);
}

/// "Take the self-assessment" leads to an address with a fragment.
#[apply(in_every_engine)]
async fn clearing_lost_the_focus_where_the_address_has_a_fragment(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/#self-assessment")).await;
    person.waits_for_program().await;
    answer_all_at_once(&person).await;
    person.follows("[data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    person.runs("addEventListener('popstate', () => setTimeout(() => setTimeout(() => (window.went = true))))").await;
    person.follows("#assessment-result [data-action=clear]").await;
    person.waits_for("return window.went").await;
    person.waits_for_focus("assessment-start-heading").await;
    // WebKit then returns to the place of the page where Start was pressed.
    assert!(engine == Engine::WebKit || is_in_view(&person, "#assessment-start-heading").await);
}

#[apply(in_every_engine)]
async fn a_wrong_number_gets_its_error(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    person.follows("[data-action=start]").await;
    answer(&person, &ANSWERS[..4]).await;
    person.waits_for_focus("assessment-question-5-heading").await;
    let number = "#answer-headache-days";
    for typed in ["40", "3.5", "twelve"] {
        for by_mouse in [false, true] {
            person.runs(&format!("document.querySelector('{number}').value = ''")).await;
            person.clicks(number).await;
            person.types(typed).await;
            if by_mouse {
                person.clicks("#assessment-question-5 button[type=submit]").await;
            } else {
                person.presses(Key::Enter).await;
            }
            person.settles().await;
            let case = format!("{typed} in {engine:?}, by mouse: {by_mouse}");
            assert!(person.is_shown("#answer-headache-days-error").await, "{case}");
            assert!(person.is_shown("#assessment-question-5").await, "{case}");
            // An error goes when the answer is changed and left.
            person.types("0").await;
            person.presses(Key::Tab).await;
            person
                .waits_for("return document.getElementById('answer-headache-days-error').hidden")
                .await;
        }
    }
}

#[apply(in_every_engine)]
async fn more_bad_days_than_headache_days_get_an_error(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    person.follows("[data-action=start]").await;
    answer(&person, &ANSWERS[..4]).await;
    answer(&person, &[("headache-days", Given::Number("5")), ("bad-days", Given::One("8plus"))])
        .await;
    person.settles().await;
    let error = person.sees("#answer-bad-days-error").await;
    assert!(error.contains("more days than the headache days"), "{error}");
}

#[apply(in_every_engine)]
async fn a_number_and_not_being_sure_take_each_others_place(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    person.follows("[data-action=start]").await;
    answer(&person, &ANSWERS[..4]).await;
    person.waits_for_focus("assessment-question-5-heading").await;
    let state = "const [number, unsure] = document.querySelectorAll('[name=answer-headache-days]'); \
        return [number.value, unsure.checked]";
    Given::Number("20").by_keyboard(&person, "headache-days").await;
    person.chooses("input[name='answer-headache-days'][value='unsure']").await;
    person.settles().await;
    assert_eq!(person.runs(state).await, json!(["", true]));
    Given::Number("20").by_keyboard(&person, "headache-days").await;
    person.presses(Key::Tab).await;
    person.settles().await;
    assert_eq!(person.runs(state).await, json!(["20", false]));
    person.chooses("input[name='answer-headache-days'][value='unsure']").await;
    continue_from(&person, 5).await;
    // Asked next: on how many days it keeps one from plans.
    person.waits_for_focus("assessment-question-7-heading").await;
}

/// 988 stands above the questions from the moment it is chosen, and goes when it is taken back.
#[apply(in_every_engine)]
async fn help_in_a_crisis_appears_at_once(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    person.follows("[data-action=start]").await;
    answer(&person, &ANSWERS[..12]).await;
    person.waits_for_focus("assessment-question-14-heading").await;
    let help = "#assessment-flag-crisis-support";
    let hidden = "return document.getElementById('assessment-flag-crisis-support').hidden";
    assert_eq!(person.runs(hidden).await, json!(true));
    person.chooses("input[name='answer-mood'][value='cannot-go-on']").await;
    person.waits_to_see(help).await;
    assert_eq!(person.links(&format!("{help} a")).await, ["tel:988", "sms:988"]);
    // It is announced, and the focus stays.
    assert!(person.has(&format!("[role=status] > {help}")).await);
    assert!(person.has("#answer-mood-cannot-go-on:focus").await);
    person.meets_no_barrier_in_any_theme("help in a crisis", "#self-assessment").await;
    person.chooses("input[name='answer-mood'][value='cannot-go-on']").await;
    person.waits_for(hidden).await;
    person.chooses("input[name='answer-mood'][value='cannot-go-on']").await;
    continue_from(&person, 14).await;
    answer(&person, &ANSWERS[13..]).await;
    person.waits_for_focus("assessment-check-heading").await;
    assert!(person.is_shown(help).await);
    person.follows("[data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    assert!(person.is_shown(help).await);
    person.follows("#assessment-result [data-action=clear]").await;
    person.waits_for(hidden).await;
}

#[apply(in_every_engine)]
async fn a_double_press_on_continue_answers_nothing(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_at_the_guide(&clinic, engine).await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    person.chooses("input[name='answer-red-flags-now'][value='none']").await;
    // The first option of the next question comes to where Continue is now.
    let option = json!(["label[for=answer-red-flags-ever]"]);
    person.calls(include_str!("../scripts/move_under_press.js"), &option).await;
    let button = "#assessment-question-0 button[type=submit]";
    person.double_clicks(button).await;
    person.waits_for("return !!document.getElementById('assessment-question-1')").await;
    person.settles().await;
    let hit = "const label = document.querySelector('label[for=answer-red-flags-ever]'); \
            const box = label.getBoundingClientRect(); \
            return label.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))";
    assert_eq!(person.runs(hit).await, json!(true), "{engine:?}");
    assert!(!person.has("#assessment-question-1 input:checked").await, "{engine:?}");
    // A press of its own ticks it.
    person.clicks("label[for=answer-red-flags-ever-none]").await;
    person
        .waits_for("return !!document.querySelector('#assessment-question-1 input:checked')")
        .await;
}
