//! A page that frames the guide hears the same of it, whatever is answered.

use fantoccini::key::Key;
use fastrand::Rng;
use guide_core::assessment::Answers;
use guide_core::assessment::definition::{Choice, Kind, Question};
use rstest_reuse::apply;
use serde_json::Value;

use crate::harness::answers::Given::{One, Several};
use crate::harness::answers::{Given, answer, continue_from, label, with};
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::host::guide_and_host;
use crate::harness::person::Person;
use crate::harness::site::assessment;

/// The device that a person answers with.
#[derive(Clone, Copy, Debug)]
enum By {
    Keyboard,
    Pointer,
}

/// One person's answer to one question.
struct Reply {
    id: String,
    kind: Kind,
    /// Ids of options, or digits.
    values: Vec<String>,
    /// Continue is pressed without an answer before it is given.
    errs: bool,
}

/// An answer by chance that does not stop the assessment.
fn reply(question: &Question, chance: &mut Rng) -> Reply {
    let harmless = |it: &&Choice| it.mark.as_deref() != Some("emergency");
    let options: Vec<&Choice> = question.options.iter().filter(harmless).collect();
    let values = match question.kind {
        Kind::Number => {
            let (min, max) = (question.min.unwrap_or(0), question.max.unwrap_or(0));
            vec![chance.u32(min..=max).to_string()]
        }
        Kind::Single => vec![options[chance.usize(..options.len())].id.clone()],
        Kind::Multi => {
            let (alone, together): (Vec<&Choice>, Vec<&Choice>) =
                options.into_iter().partition(|it| it.exclusive);
            let some: Vec<&Choice> = together.into_iter().filter(|_| chance.bool()).collect();
            let chosen = if some.is_empty() { alone } else { some };
            chosen.into_iter().map(|it| it.id.clone()).collect()
        }
    };
    Reply { id: question.id.clone(), kind: question.kind, values, errs: chance.u8(..4) == 0 }
}

impl Reply {
    async fn given(&self, person: &Person, index: usize, by: By) {
        let proceed = format!("#assessment-question-{index} button[type=submit]");
        person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
        if self.errs {
            match by {
                By::Keyboard => continue_from(person, index).await,
                By::Pointer => person.clicks(&proceed).await,
            }
            person
                .waits_for(&format!(
                    "return !document.getElementById('answer-{}-error').hidden",
                    self.id
                ))
                .await;
        }
        for value in &self.values {
            let name = format!("answer-{}", self.id);
            match (self.kind, by) {
                (Kind::Number, By::Keyboard) => {
                    person.tabs_to(&format!("#{name}")).await;
                    person.types(value).await;
                }
                (Kind::Number, By::Pointer) => {
                    person.clicks(&format!("#{name}")).await;
                    person.types(value).await;
                }
                (Kind::Single, By::Keyboard) => person.picks(&name, value).await,
                (Kind::Multi, By::Keyboard) => {
                    person.chooses(&format!("input[name='{name}'][value='{value}']")).await;
                }
                (_, By::Pointer) => person.clicks(&label(&self.id, value)).await,
            }
        }
        match by {
            By::Keyboard => continue_from(person, index).await,
            By::Pointer => person.clicks(&proceed).await,
        }
    }
}

/// Opens the guide in a page that records all it hears, and starts the self-assessment. A tab of its own
/// has a history of its own, whose length the page can see.
async fn starts(person: &Person, address: &str) {
    person.opens_a_tab().await;
    person.opens(address).await;
    person.waits_for("document.getElementById('guide').scrollIntoView(); return heard.some((it) => it.type === 'ready')").await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    // Nothing is answered yet. How many heights were seen on the way here depends on the frames that were drawn.
    person.leaves_frame().await;
    person
        .waits_for(
            "return heard.some((it) => it.type === 'step') \
               && heights.at(-1) === document.documentElement.scrollHeight",
        )
        .await;
    person.runs("heights.splice(0, heights.length - 1)").await;
    person.enters_guide("guide").await;
}

/// All that the page has heard and seen: every message, every height of its own, and the length of the
/// tab's history at each step; a line each.
async fn overheard(person: &Person) -> Vec<String> {
    // Two frames later, what changed has been measured.
    person
        .runs_async(
            "const done = arguments[0]; \
             requestAnimationFrame(() => requestAnimationFrame(() => done()))",
        )
        .await;
    person.leaves_frame().await;
    // Messages keep their order: the response to this is the last of them.
    let asked = person.runs("return messages.length").await;
    person.runs("document.getElementById('guide').scrollToSection('schedule')").await;
    person
        .waits_for(&format!(
            "return messages.slice({asked}).some((it) => it.type === 'scroll' && it.detail.block === 'start')"
        ))
        .await;
    let all = "return [...messages.map((it) => JSON.stringify(it)), \
        ...heights.map((it) => `a height of ${it}`), `entries at each step: ${entries}`]";
    let all = person.runs(all).await;
    all.as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The heading of an outcome has the focus.
const OUTCOME: &str = "return document.activeElement.id.startsWith('assessment-outcome-')";

/// Returns `true` if the question of this index offers an early result.
async fn offers_early(person: &Person, index: usize) -> bool {
    person.waits_for_focus(&format!("assessment-question-{index}-heading")).await;
    person.is_shown("#assessment-asked [data-action=early]").await
}

/// A whole self-assessment: all that the page around it heard.
async fn assessed(person: &Person, address: &str, seed: u64, by: By) -> Vec<String> {
    let assessment = assessment();
    let mut chance = Rng::with_seed(seed);
    starts(person, address).await;
    let mut given = Answers::default();
    while let Some(open) = assessment.first_open(&given) {
        let reply = reply(open.question, &mut chance);
        let answer = open.question.read(&reply.values).expect("an answer");
        given.set(&reply.id, answer);
        // Not one that contradicts an earlier one.
        if assessment.accept(open.question, &given).is_ok() {
            if chance.u8(..3) == 0 && offers_early(person, open.index).await {
                person.follows("#assessment-asked [data-action=early]").await;
                person.waits_for(OUTCOME).await;
                person.follows("#assessment-early [data-action=finish]").await;
            }
            reply.given(person, open.index, by).await;
        } else {
            given.set(&reply.id, None);
        }
    }
    person.waits_for_focus("assessment-check-heading").await;
    if chance.bool() {
        // Looks at an answer again and leaves it.
        person.follows("button[data-action='change 2']").await;
        person.waits_for_focus("assessment-question-2-heading").await;
        continue_from(person, 2).await;
        person.waits_for_focus("assessment-check-heading").await;
    }
    person.follows("#assessment-check [data-action=finish]").await;
    person.waits_for(OUTCOME).await;
    if chance.bool() {
        person.follows("#assessment-result details summary").await;
        person.waits_for("return document.querySelector('#assessment-result details').open").await;
    }
    overheard(person).await
}

#[apply(in_every_engine)]
async fn the_host_hears_the_same_whatever_is_answered(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    let address = host.address("tracker");
    let first = assessed(&person, &address, 1, By::Keyboard).await;
    let steps = first.iter().filter(|it| it.contains(r#""type":"step""#));
    // As many as everybody is asked.
    assert_eq!(steps.count(), 12, "{first:#?}");
    for (seed, by) in [(2, By::Pointer), (3, By::Keyboard), (4, By::Pointer)] {
        let other = assessed(&person, &address, seed, by).await;
        assert_eq!(other, first, "seed {seed}, by {by:?}");
    }
}

/// Answers four questions that everybody is asked, then sees an early result, or not.
async fn stops_early(
    person: &Person,
    address: &str,
    given: &[(&'static str, Given)],
    early: bool,
) -> Vec<String> {
    starts(person, address).await;
    let answers = with(given);
    let asked = answers.iter().position(|(id, _)| *id == "headache-days").expect("it is asked");
    answer(person, &answers[..asked]).await;
    person.waits_for_focus("assessment-question-5-heading").await;
    assert_eq!(offers_early(person, 5).await, !given.is_empty());
    if early {
        person.follows("#assessment-asked [data-action=early]").await;
        person.waits_for_focus("assessment-outcome-see-doctor-first-heading").await;
    }
    overheard(person).await
}

#[apply(in_every_engine)]
async fn an_outcome_that_is_settled_early_is_not_heard(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    let address = host.address("tracker");
    let open = stops_early(&person, &address, &[], false).await;
    assert!(!open.iter().any(|it| it.contains("assessment-complete")), "{open:#?}");
    let untold = [("diagnosis", One("no")), ("features", Several(&["aura"]))];
    let warning = [("red-flags-ever", Several(&["fever", "strain"]))];
    for (settled, early) in [(&untold[..], false), (&untold, true), (&warning, true)] {
        let other = stops_early(&person, &address, settled, early).await;
        assert_eq!(other, open, "{:?}, early: {early}", settled.first().map(|it| it.0));
    }
}

#[apply(in_every_engine)]
async fn an_emergency_is_heard_as_the_next_question_is(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    let mut all = Vec::new();
    for (option, then) in [
        ("none", "assessment-question-1-heading"),
        ("thunderclap", "assessment-outcome-emergency-heading"),
        ("seizure", "assessment-outcome-emergency-heading"),
    ] {
        starts(&person, &host.address("tracker")).await;
        person.waits_for_focus("assessment-question-0-heading").await;
        person.chooses(&format!("input[name='answer-red-flags-now'][value='{option}']")).await;
        continue_from(&person, 0).await;
        person.waits_for_focus(then).await;
        all.push(overheard(&person).await);
    }
    assert_eq!(all[1], all[0]);
    assert_eq!(all[2], all[0]);
}

#[apply(in_every_engine)]
async fn the_host_hears_the_same_whatever_is_requested(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    let mut all = Vec::new();
    for much in [false, true] {
        starts(&person, &host.address("tracker")).await;
        if much {
            // Errors, and an error that is followed to its field.
            person.follows("#request-form button[type=submit]").await;
            person.waits_for_focus("request-errors-heading").await;
            person.follows("#request-errors a[href='#request-consent']").await;
            person.waits_for_focus("request-consent").await;
            person.runs("document.querySelectorAll('#request-form details').forEach((it) => it.open = true)").await;
            person
                .runs("scrollTo(0, 0); document.querySelector('#request-coverage').focus()")
                .await;
            person.presses(Key::Right).await;
        }
        person.runs("document.getElementById('request-name').focus()").await;
        person.types(if much { "Zoë Example of Elsewhere" } else { "Al" }).await;
        person.tabs_to("#request-email").await;
        person.types("zoe@example.com").await;
        person.picks("contact-by", "email").await;
        person.tabs_to("#request-message").await;
        person.types(&"Word. ".repeat(if much { 20 } else { 1 })).await;
        person.chooses("#request-consent").await;
        person.follows("#request-form button[type=submit]").await;
        person.waits_for_focus("request-check-heading").await;
        person.follows("[data-action=send]").await;
        person.waits_for_focus("request-sent-heading").await;
        let reference = person.sees("#request-reference").await;
        let heard = overheard(&person).await;
        // Each has its own.
        all.push(heard.iter().map(|it| it.replace(&reference, "REFERENCE")).collect::<Vec<_>>());
    }
    assert_eq!(all[1], all[0]);
}
