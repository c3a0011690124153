//! The screens of the islands: all are there, all but the first are hidden, no form can be sent.

use migraine_guide::page::{Kind, render};
use scraper::Html;

use crate::html::{all, attribute, content, only, text};

fn guide() -> Html {
    let content = content();
    Html::parse_document(&render(&content, &content.guide, Kind::Guide))
}

#[test]
fn every_question_is_a_hidden_form_named_by_its_text() {
    let content = content();
    let page = Html::parse_document(&render(&content, &content.guide, Kind::Guide));
    for (index, question) in content.assessment.questions.iter().enumerate() {
        let form = format!("#assessment-question-{index}");
        assert!(only(&page, &form).attr("hidden").is_some(), "{}", question.id);
        // The text is the legend of the group, or the label of the number.
        let heading = only(&page, &format!("{form} legend h3, {form} .field > h3"));
        assert_eq!(text(heading), question.text);
        let options = all(&page, &format!("{form} .rows input")).len();
        assert_eq!(options, question.options.len(), "{}", question.id);
    }
}

#[test]
fn no_form_can_be_sent_by_the_browser_itself() {
    let page = guide();
    let forms = all(&page, "form");
    assert_eq!(forms.len(), 22);
    for form in forms {
        // A form of this method, outside a dialog, goes nowhere when it is submitted.
        assert_eq!(attribute(form, "method"), "dialog", "{}", attribute(form, "id"));
        assert!(form.attr("action").is_none());
    }
}

#[test]
fn the_first_screens_are_shown_and_all_others_hidden() {
    let page = guide();
    for shown in ["#assessment-start", "#request-fill-in"] {
        assert!(only(&page, shown).attr("hidden").is_none(), "{shown}");
    }
    let hidden = ["assessment-check", "assessment-result", "request-check", "request-sent"];
    for id in hidden {
        assert!(only(&page, &format!("#{id}")).attr("hidden").is_some(), "{id}");
    }
}

#[test]
fn the_emergency_names_911_then_988_and_offers_no_appointment() {
    let page = guide();
    let links = all(&page, "#assessment-outcome-emergency a");
    let to: Vec<&str> = links.into_iter().map(|link| attribute(link, "href")).collect();
    assert_eq!(to, ["tel:911", "tel:988"]);
    assert_eq!(attribute(only(&page, "#assessment-outcome-emergency .urgent"), "role"), "alert");
}

#[test]
fn every_result_names_988() {
    let page = guide();
    only(&page, "#assessment-result .support a[href='tel:988']");
}

#[test]
fn without_script_both_islands_say_so() {
    let content = content();
    let html = render(&content, &content.guide, Kind::Guide);
    let notes: Vec<&str> = html.split("<noscript>").skip(1).collect();
    assert_eq!(notes.len(), 2);
    assert!(notes[0].contains("JavaScript, which is off"));
    assert!(notes[1].contains("Nothing you type would be sent"));
}

#[test]
fn a_trial_copy_says_that_it_reaches_nobody() {
    let page = guide();
    assert!(text(only(&page, "#appointment-request")).contains("This is a trial copy"));
}

#[test]
fn who_can_read_a_request_is_said_with_the_keys_fingerprint() {
    let content = content();
    let page = Html::parse_document(&render(&content, &content.guide, Kind::Guide));
    let check = text(only(&page, "#request-check"));
    for key in &content.clinic.keys {
        assert!(check.contains(&key.kid[..8]), "{check}");
    }
}
