//! The screens of the islands: all are there, all but the first are hidden, no form can be sent.

use migraine_guide::AssessmentPart;
use migraine_guide::content::Content;
use migraine_guide::content::markdown::Insert;
use migraine_guide::content::routes::Kind;
use migraine_guide::pages::render;
use scraper::Html;

use crate::html::{all, attribute, content, only, page, text};

fn guide() -> Html {
    let content = content();
    Html::parse_document(&render(&content, &content.guide, Kind::Guide).expect("rendered"))
}

#[test]
fn every_question_is_a_form_in_a_template_and_named_by_its_text() {
    let content = content();
    let html = render(&content, &content.guide, Kind::Guide).expect("rendered");
    for (index, question) in content.assessment.questions.iter().enumerate() {
        let form = format!("#assessment-question-{index}");
        let begin = format!("<template id=\"assessment-question-{index}-template\">");
        let (_, after) = html.split_once(&begin).expect("a template");
        let (template, _) = after.split_once("</template>").expect("its end");
        let page = Html::parse_fragment(template);
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
    // The questions, the request, and the Display settings.
    assert_eq!(forms.len(), 19);
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
    let hidden = [
        "assessment-check",
        "assessment-result",
        "request-check",
        "request-sent",
        "request-pending",
    ];
    for id in hidden {
        assert!(only(&page, &format!("#{id}")).attr("hidden").is_some(), "{id}");
    }
}

#[test]
fn the_emergency_names_911_then_988_and_offers_no_appointment() {
    let page = guide();
    let links = all(&page, "#assessment-outcome-emergency a");
    let to: Vec<&str> = links.into_iter().map(|link| attribute(link, "href")).collect();
    assert_eq!(to, ["tel:911", "tel:988", "sms:988"]);
    assert_eq!(attribute(only(&page, "#assessment-outcome-emergency .urgent"), "role"), "alert");
}

#[test]
fn only_a_question_with_emergencies_warns_at_once() {
    let page = guide();
    let warnings = all(&page, "[id^=assessment-warning-]");
    assert_eq!(warnings.len(), 1);
    let warning = only(&page, "#assessment-question-0 #assessment-warning-0");
    assert!(warning.attr("hidden").is_some());
    assert_eq!(attribute(warning, "role"), "alert");
    assert_eq!(text(warning), "Urgent: Call 911 now. Call 911");
    // The options that it is shown for before the app is there: all that stop, and no other.
    let options = all(&page, "#assessment-question-0 input:not([data-exclusive])");
    let stop: Vec<&str> = options.into_iter().map(|it| attribute(it, "value")).collect();
    assert_eq!(attribute(warning, "data-options"), stop.join(" "));
}

#[test]
fn a_number_says_its_bounds_and_what_it_counts() {
    let page = guide();
    let input = only(&page, "#answer-headache-days");
    assert_eq!(attribute(input, "inputmode"), "numeric");
    let described: Vec<String> = attribute(input, "aria-describedby")
        .split(' ')
        .map(|id| text(only(&page, &format!("[id='{id}']"))))
        .collect();
    let described = described.join(" ");
    assert!(described.contains("A whole number from 0 to 31."), "{described}");
    assert!(described.trim_end().ends_with("days"), "nothing is wrong yet: {described}");
}

#[test]
fn a_number_has_its_option_beside_it() {
    let page = guide();
    let unsure = only(&page, "#assessment-question-5 input[type=checkbox][value=unsure]");
    assert_eq!(attribute(unsure, "name"), "answer-headache-days");
    assert!(unsure.attr("data-exclusive").is_some());
    let label = only(&page, "#answer-headache-days-unsure + label");
    assert_eq!(attribute(label, "for"), attribute(unsure, "id"));
    assert_eq!(text(label), "I am not sure");
}

/// "Today" must never stand below a chart, and help in a crisis stands above everything.
#[test]
fn a_result_has_its_reasons_and_notes_before_the_chart() {
    let content = content();
    let html = render(&content, &content.guide, Kind::Guide).expect("rendered");
    let outcomes = &content.assessment.outcomes;
    let doctor = outcomes.iter().position(|it| it.id == "see-doctor-first").expect("an outcome");
    let because = format!("data-part=\"{}\"", AssessmentPart::Because(doctor).attribute());
    let at = |attribute: &str| html.find(attribute).expect(attribute);
    let places = [
        "id=\"assessment-flag-crisis-support\"",
        "id=\"assessment-start\"",
        "id=\"assessment-outcome-see-doctor-first-heading\"",
        &because,
        "id=\"assessment-flag-prompt-check\"",
        "id=\"assessment-outcome-see-doctor-first-next\"",
        "id=\"assessment-criterion-frequent-disabling-points\"",
    ];
    assert!(places.map(at).is_sorted());
    let page = guide();
    let crisis = only(&page, "#assessment-flag-crisis-support");
    assert!(crisis.attr("hidden").is_some());
    only(&page, "#assessment-flag-crisis-support a[href='tel:988']");
}

#[test]
fn each_sign_and_caution_is_named_with_its_advice() {
    let content = content();
    let page = guide();
    for flag in &content.assessment.flags {
        let Some(question) = flag.lists.as_ref().and_then(|id| content.assessment.question(id))
        else {
            continue;
        };
        for option in question.options.iter().filter(|it| !it.exclusive) {
            let said = text(only(&page, &format!("#assessment-flag-{}-{}", flag.id, option.id)));
            let expected = match &option.advice {
                Some(advice) => format!("{}: {advice}", option.text),
                None => option.text.clone(),
            };
            assert_eq!(said, expected);
        }
    }
}

#[test]
fn other_options_are_named_and_lead_to_the_guide() {
    let page = guide();
    let result = text(only(&page, "#assessment-outcome-other-options-first"));
    for treatment in ["topiramate", "propranolol", "amitriptyline", "CGRP", "Botox", "triptans"] {
        assert!(result.contains(treatment), "{treatment}");
    }
    let next = "#assessment-outcome-other-options-first-next";
    only(&page, &format!("{next} a[href='#when-treatments-failed']"));
    only(&page, "section#when-treatments-failed");
}

#[test]
fn every_answer_behind_a_result_can_be_changed() {
    let content = content();
    let page =
        Html::parse_document(&render(&content, &content.guide, Kind::Guide).expect("rendered"));
    for criterion in &content.assessment.criteria {
        for question in criterion.questions() {
            let place = content.assessment.questions.iter().position(|it| it.id == question);
            let place = place.expect("a question");
            let answer = format!("#assessment-criterion-{}-{question}", criterion.id);
            only(&page, &answer);
            let change = format!("li:has({answer}) > button[data-action='change {place}']");
            let short = &content.assessment.questions[place].short;
            assert_eq!(attribute(only(&page, &change), "aria-label"), format!("Change: {short}"));
        }
    }
}

#[test]
fn every_result_says_what_to_bring_and_what_to_do_where_it_cannot_be_loaded() {
    let content = content();
    let page = guide();
    let results = all(&page, "[id^=assessment-outcome-][id$=-next][hidden]");
    assert_eq!(results.len(), 6);
    for result in results {
        let said = text(result);
        assert!(said.contains("What to bring to the appointment"), "{said}");
        assert!(content.assessment.bring.iter().all(|thing| said.contains(thing)), "{said}");
    }
    only(&page, "#assessment-start .app-failed button[data-retry]");
    let paper = only(&page, "#assessment-start .app-failed a");
    assert_eq!(attribute(paper, "href"), "./questions/");
}

#[test]
fn all_questions_are_on_one_page_to_print() {
    let content = content();
    let questions = content.pages.iter().find(|page| page.slug == "questions").expect("the page");
    let page = Html::parse_document(&render(&content, questions, Kind::Further).expect("rendered"));
    let headings = all(&page, ".printed > ol > li > h3");
    let expected = content.assessment.questions.iter().map(|question| question.text.clone());
    assert_eq!(headings.into_iter().map(text).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    // Each emergency says so where it stands, and nothing else does.
    let stops = all(&page, ".printed .stop");
    assert_eq!(stops.len(), 7);
    assert!(stops.into_iter().all(|stop| text(stop) == "Call 911 now."));
    only(&page, ".printed a[href='tel:988']");
    assert!(all(&page, "main form, leptos-island[data-component^=SelfAssessment]").is_empty());
}

#[test]
fn every_result_names_988() {
    let page = guide();
    only(&page, "#assessment-result .support a[href='tel:988']");
}

#[test]
fn without_script_both_islands_say_so() {
    let content = content();
    let html = render(&content, &content.guide, Kind::Guide).expect("rendered");
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
    let page =
        Html::parse_document(&render(&content, &content.guide, Kind::Guide).expect("rendered"));
    let check = text(only(&page, "#request-check"));
    let privacy = content.pages.iter().find(|page| page.slug == "privacy").expect("the page");
    let privacy = render(&content, privacy, Kind::Further).expect("rendered");
    for key in &content.clinic.keys {
        let fingerprint = key.fingerprint();
        assert!(check.contains(&fingerprint[..14]), "{check}");
        assert!(privacy.contains(&format!("<li>{fingerprint}</li>")), "{fingerprint}");
    }
}

#[test]
fn a_single_place_is_named_and_several_are_a_choice_with_address_and_hours() {
    let mut content = content();
    let page = guide();
    assert_eq!(
        text(only(&page, "#request-location-allen + strong")),
        content.clinic.locations[0].name
    );
    assert!(all(&page, "input[name=location]").is_empty());

    let mut other = content.clinic.locations[0].clone();
    other.id = "frisco".to_owned();
    other.address = Some("1 Test Street, Frisco".to_owned());
    other.hours = Some("Monday to Thursday, 9 to 5".to_owned());
    content.clinic.locations.push(other);
    let page =
        Html::parse_document(&render(&content, &content.guide, Kind::Guide).expect("rendered"));
    let radios = all(&page, "input[type=radio][name=location]");
    let values: Vec<&str> = radios.into_iter().map(|it| attribute(it, "value")).collect();
    assert_eq!(values, ["allen", "frisco"]);
    let hint = text(only(&page, "#request-location-frisco-hint"));
    assert_eq!(hint, "1 Test Street, Frisco · Monday to Thursday, 9 to 5");
    // It can be changed, too.
    assert_eq!(all(&page, "[data-action='change location']").len(), 1);
}

#[test]
fn nothing_that_nobody_sees_can_be_reached_by_keyboard_or_screen_reader() {
    let page = guide();
    let honeypot = only(&page, "#request-form [name=website]");
    assert_eq!(attribute(honeypot, "tabindex"), "-1");
    assert_eq!(attribute(honeypot, "autocomplete"), "off");
    assert_eq!(all(&page, "[aria-hidden=true] [name=website]").len(), 1);
}

#[test]
fn the_panel_of_pending_requests_and_its_messages_are_there() {
    let page = guide();
    let filled = [
        "pending",
        "pending-heading",
        "pending-references",
        "pending-reason",
        "pending-stored",
        "delivered",
        "work",
        "progress",
    ];
    let messages = [
        "not-known",
        "not-arrived",
        "sending",
        "offline",
        "no-response",
        "later",
        "refused",
        "stale",
        "stored",
        "still-stored",
        "not-stored",
        "not-removed",
        "delivered",
    ];
    for id in filled {
        only(&page, &format!("#request-{id}"));
    }
    for key in messages {
        assert!(!text(only(&page, &format!("#message-request-{key}"))).is_empty());
    }
    for action in ["send-now", "save", "remove"] {
        only(&page, &format!("#request-pending [data-action={action}]"));
    }
}

#[test]
fn the_self_assessment_says_if_a_clinician_reviewed_it() {
    let mut content = content();
    content.assessment.reviewed_by = String::new();
    content.assessment.reviewed_on = None;
    let paper = content.pages.iter().find(|it| it.has(&Insert::AssessmentQuestions));
    let paper = paper.expect("questions on paper").clone();
    let both = |content: &Content| {
        let printed = page(content, &paper, Kind::Further);
        let screens = page(content, &content.guide, Kind::Guide);
        [text(only(&screens, "#assessment-start")), text(only(&printed, ".printed"))]
    };
    for said in both(&content) {
        assert!(said.contains("not yet reviewed by a clinician"), "{said}");
    }
    content.assessment.reviewed_by = "Ada Example, M.D.".to_owned();
    content.assessment.reviewed_on = Some("2026-11-25".parse().expect("a date"));
    for said in both(&content) {
        assert!(said.contains("reviewed by Ada Example, M.D. on November 25, 2026"), "{said}");
        assert!(!said.contains("not yet reviewed"), "{said}");
    }
}
