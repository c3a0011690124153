//! The box of an emergency: an alert that says in words that it is urgent, with numbers to call.

use guide_core::assessment::definition::Outcome;
use migraine_guide::components::urgent::{urgent, urgent_at_once};

use crate::html::{all, attribute, content, only, rendered, text};

fn emergency() -> Outcome {
    let outcomes = content().assessment.outcomes;
    outcomes.into_iter().find(|outcome| outcome.immediate).expect("an emergency")
}

#[test]
fn all_of_an_emergency_is_an_alert_with_a_heading_that_takes_the_focus() {
    let outcome = emergency();
    let html = rendered(urgent("stop-heading".to_owned(), "Urgent", &outcome));
    let alert = only(&html, ".urgent[role=alert]");
    assert!(alert.attr("hidden").is_none(), "the screen around it is hidden");
    assert_eq!(text(only(&html, ".urgent > p:first-child > strong")), "Urgent");
    let heading = only(&html, "h3#stop-heading");
    assert_eq!(text(heading), outcome.headline);
    assert_eq!(attribute(heading, "tabindex"), "-1");
    let steps: Vec<String> = all(&html, "li").into_iter().map(text).collect();
    assert_eq!(steps, outcome.steps);
    // Calling comes before everything else that can be pressed or has to be read in a list.
    let pressed: Vec<&str> =
        all(&html, "a, button, li").into_iter().map(|it| attribute(it, "href")).collect();
    let numbers: Vec<String> =
        outcome.calls.iter().map(|call| format!("tel:{}", call.tel)).collect();
    assert_eq!(pressed[..numbers.len()], numbers);
}

#[test]
fn at_once_it_waits_hidden_and_says_all_that_counts_in_one_breath() {
    let outcome = emergency();
    let html = rendered(urgent_at_once(
        "warning".to_owned(),
        "Urgent",
        &outcome,
        "stroke fever".to_owned(),
    ));
    let alert = only(&html, "#warning.urgent[role=alert]");
    assert!(alert.attr("hidden").is_some());
    assert_eq!(text(only(&html, "#warning strong")), format!("Urgent: {}", outcome.headline));
    assert_eq!(all(&html, "#warning a[href^='tel:']").len(), outcome.calls.len());
    // The focus stays on the question.
    assert!(all(&html, "[tabindex], h3").is_empty());
}
