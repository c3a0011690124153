//! Shows the errors and counts of the form, and moves the focus.

use guide_core::request::form::{Field, FieldError, InvalidField, MAX_MESSAGE};

use super::screen::Screen;
use super::{ids, words};
use crate::browser::{focus, page};

/// The number of characters left below which screen readers hear it.
const ANNOUNCED_BELOW: usize = 100;

/// The id of a screen's element.
fn screen_id(screen: Screen) -> &'static str {
    match screen {
        Screen::Form => ids::FORM_SCREEN,
        Screen::Review => ids::REVIEW,
        Screen::Sent => ids::SENT,
        Screen::Pending => ids::PENDING,
    }
}

/// The id of a screen's heading.
pub fn heading(screen: Screen) -> String {
    [screen_id(screen), ids::HEADING].concat()
}

/// Moves the focus to the heading of a screen, or to the field `at` of the form.
pub fn focus(screen: Screen, at: Field) {
    match screen {
        Screen::Form => focus::now(&ids::field(at)),
        _ => focus::screen(ids::ISLAND, &heading(screen)),
    }
}

/// Shows or clears the error of every field.
pub fn errors(found: &[InvalidField]) {
    for field in Field::ALL {
        let error = found.iter().find(|it| it.field == *field).map(|it| it.error);
        page::set_error(&ids::field(*field), &error.map(sentence).unwrap_or_default());
    }
}

/// Fills and shows the error summary, or hides it.
pub fn summary(found: &[InvalidField]) {
    let links: Vec<(String, String)> =
        found.iter().map(|it| (ids::field(it.field), sentence(it.error))).collect();
    page::set_links(&[ids::SUMMARY, "-list"].concat(), &links);
    page::show(ids::SUMMARY, !found.is_empty());
}

/// Moves the focus to the error summary.
pub fn focus_summary() {
    focus::now(&[ids::SUMMARY, ids::HEADING].concat());
}

/// Moves the focus to the box that explains a failure.
pub fn focus_failure() {
    focus::now(&[ids::FAILURE, ids::HEADING].concat());
}

fn sentence(error: FieldError) -> String {
    let (gap, value) = match error {
        FieldError::TooLong { max } => ("max", max.to_string()),
        FieldError::ChoiceNeeded { field, value } => ("choice", words::choice(field, value)),
        _ => ("", String::new()),
    };
    page::message(&["request-", error.id()].concat(), &[(gap, &value)])
}

/// Shows a suggested e-mail address, or hides the suggestion.
pub fn suggest(suggestion: Option<String>) {
    page::show(ids::SUGGESTION, suggestion.is_some());
    let message =
        suggestion.map(|email| page::message("request-did-you-mean", &[("email", &email)]));
    page::set_text(ids::SUGGESTION_TEXT, &message.unwrap_or_default());
}

/// Announces the number of characters left in the message, if it is small.
pub fn announce_count(length: usize) {
    let few = length + ANNOUNCED_BELOW > MAX_MESSAGE;
    page::set_text(ids::COUNT_STATUS, &if few { page::text(ids::COUNT) } else { String::new() });
}

/// Shows the number of characters left in the message.
pub fn count(length: usize) {
    let (key, count) = match MAX_MESSAGE.checked_sub(length) {
        Some(left) => ("request-characters-left", left),
        None => ("request-characters-over", length - MAX_MESSAGE),
    };
    page::set_text(ids::COUNT, &page::message(key, &[("count", &count.to_string())]));
}

/// Limits the preferred date.
pub fn dates(first: &str, last: &str) {
    let id = ids::field(Field::Earliest);
    page::set_attribute(&id, "min", first);
    page::set_attribute(&id, "max", last);
}
