//! Shows the session's state in the rendered screens. Choices are shown by the labels in the page.

use guide_core::request::form::{Draft, Field, FieldError, InvalidField, MAX_MESSAGE};
use guide_core::request::outbox::{Reason, Report};

use super::finished::Finished;
use super::ids;
use super::screen::{Failure, Screen};
use crate::browser::events::{GuideEvent, emit};
use crate::browser::{focus, form, page};

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

/// Hides one screen and shows another.
pub fn swap(from: Screen, to: Screen) {
    // The panel of pending requests is also shown above the other screens; `pending` shows and hides it.
    if from != Screen::Pending {
        page::show(screen_id(from), false);
    }
    if to != Screen::Pending {
        page::show(screen_id(to), true);
    }
}

/// Hides one screen, shows another and moves the focus to its heading, or to the field `at` of the form.
pub fn change(from: Screen, to: Screen, at: Field) {
    // A person who reads on while a request is pending keeps the focus; the change is announced.
    let takes_focus =
        from != Screen::Pending || to == Screen::Form || focus::is_within(ids::ISLAND);
    swap(from, to);
    let heading = [screen_id(to), ids::HEADING].concat();
    match to {
        _ if !takes_focus => page::set_text(ids::STATUS, &page::text(&heading)),
        Screen::Form => focus::now(&ids::field(at)),
        _ => focus::screen(ids::ISLAND, &heading),
    }
}

/// Moves the focus to a screen's heading.
pub fn focus_heading(screen: Screen) {
    focus::now(&[screen_id(screen), ids::HEADING].concat());
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

fn sentence(error: FieldError) -> String {
    let (gap, value) = match error {
        FieldError::TooLong { max } => ("max", max.to_string()),
        FieldError::ChoiceNeeded { field, value } => ("choice", shown(field, value)),
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

/// Offers to include a finished self-assessment, and lists the answers that would be sent. Removes the
/// answers of the one before from the page.
pub fn offer_assessment(before: Option<&Finished>, now: Option<&Finished>) {
    // A tick agreed to the result before, not to this one.
    if form::untick(&ids::field(Field::IncludeAssessment)) {
        page::set_text(ids::NOT_INCLUDED, &page::message("request-not-included", &[]));
    }
    page::show(ids::OFFER, now.is_some());
    page::show(&ids::row(Field::IncludeAssessment), now.is_some());
    page::show(ids::INCLUDED_EARLY, now.is_some_and(|it| !it.included.complete));
    for (question, _) in before.iter().flat_map(|finished| &finished.lines) {
        page::show(&ids::included(question), false);
        page::set_text(&ids::included_answer(question), "");
    }
    for (question, answer) in now.iter().flat_map(|finished| &finished.lines) {
        page::show(&ids::included(question), true);
        page::set_text(&ids::included_answer(question), answer);
    }
}

/// Clears the note that the self-assessment is not included any more.
pub fn forget_not_included() {
    page::set_text(ids::NOT_INCLUDED, "");
}

/// Shows the reason why a request cannot be encrypted, or hides it.
pub fn cannot_seal(failure: Option<Failure>) {
    page::show(ids::CANNOT_SEAL, failure.is_some());
    if failure.is_some() {
        emit(GuideEvent::Error { code: "cannot-seal" });
    }
    page::set_text(ids::CANNOT_SEAL_TEXT, &failure.map(reason).unwrap_or_default());
}

/// Fills "Check your request" with everything that is sent. `location` is the one of a clinic that has no
/// other, which the form does not ask for.
pub fn fill_review(draft: &Draft, location: &str, included: bool) {
    for field in Field::ALL {
        let value = match field {
            Field::IncludeAssessment => continue,
            Field::Location => shown(*field, location),
            Field::MessageOk => yes_no(!draft.text(*field).is_empty()),
            _ => draft.values(*field).map(|it| shown(*field, it)).collect::<Vec<_>>().join(", "),
        };
        let value = if value.is_empty() { page::message("request-none", &[]) } else { value };
        page::set_text(&ids::row_value(*field), &value);
        page::show(&ids::row(*field), draft.asks(*field));
    }
    show_included(included);
}

/// Shows in "Check your request" that a self-assessment is included, or that it is not.
pub fn show_included(included: bool) {
    page::set_text(&ids::row_value(Field::IncludeAssessment), &yes_no(included));
}

/// "Yes" or "No", as the form says it.
fn yes_no(yes: bool) -> String {
    shown(Field::Returning, if yes { "yes" } else { "no" })
}

/// An entry as the patient knows it: of a choice, its label.
fn shown(field: Field, value: &str) -> String {
    let label = page::text(&ids::label(field, value));
    if label.is_empty() { value.to_owned() } else { label }
}

/// Empties "Check your request", so that no answer of a request that arrived stays in the page.
pub fn clear_review() {
    Field::ALL.iter().for_each(|field| page::set_text(&ids::row_value(*field), ""));
}

/// Shows that a request is being sent, or no longer is.
pub fn sending(sending: bool) {
    let label = page::message(if sending { "request-sending" } else { "request-send" }, &[]);
    page::set_text(ids::SEND, &label);
    // Not `disabled`, which would drop the focus. The session ignores a second press.
    page::set_attribute(ids::SEND, "aria-disabled", if sending { "true" } else { "false" });
    page::set_text(ids::STATUS, if sending { &label } else { "" });
}

/// Shows why a request failed and what to do, or hides that. `true` means that an earlier response was
/// missing, so that the request may have arrived.
pub fn failure(failure: Option<(Failure, bool)>) {
    page::show(ids::FAILURE, failure.is_some());
    let Some((failure, uncertain)) = failure else { return };
    let code = match failure {
        Failure::CannotSeal | Failure::NoKey => "cannot-seal",
        Failure::NoIntake | Failure::Refused => "refused",
    };
    emit(GuideEvent::Error { code });
    let heading = [ids::FAILURE, ids::HEADING].concat();
    let title = if uncertain { "request-not-known" } else { "request-not-sent" };
    page::set_text(&heading, &page::message(title, &[]));
    page::set_text(ids::FAILURE_TEXT, &reason(failure));
    focus::now(&heading);
}

/// Fills the panel of pending requests, or hides it.
pub fn pending(report: Option<&Report>) {
    page::show(ids::PENDING, report.is_some());
    let Some(Report { references, reason, uncertain, stored }) = report else { return };
    let message = |key: &str| page::message(&["request-", key].concat(), &[]);
    let reason_key = match reason {
        Reason::Sending => "sending",
        Reason::Offline => "offline",
        Reason::NoResponse => "no-response",
        Reason::Later => "later",
        Reason::Refused => "refused",
        Reason::Stale => "stale",
        Reason::NotRemoved => "not-removed",
    };
    let storage = match (reason.is_halted(), stored) {
        (true, _) => "still-stored",
        (false, true) => "stored",
        (false, false) => "not-stored",
    };
    let heading = [ids::PENDING, ids::HEADING].concat();
    // `change_text`, so that an unchanged text is not announced again.
    page::change_text(&heading, &message(if *uncertain { "not-known" } else { "not-arrived" }));
    page::change_text(ids::PENDING_REFERENCES, &references.join(", "));
    page::change_text(ids::PENDING_REASON, &message(reason_key));
    page::change_text(ids::PENDING_STORED, &message(storage));
}

/// Shows that a request of an earlier visit has arrived.
pub fn delivered(reference: &str) {
    let before = page::text(ids::DELIVERED);
    let before = if before.is_empty() { page::message("request-delivered", &[]) } else { before };
    page::set_text(ids::DELIVERED, &[&before, " ", reference].concat());
}

/// Shows the progress of a proof of work, or hides it.
pub fn work_progress(share: Option<f64>) {
    page::show(ids::WORK, share.is_some());
    page::set_progress(ids::WORK_PROGRESS, share.unwrap_or_default());
}

/// Emits to the host page that a request is pending.
pub fn emit_pending() {
    emit(GuideEvent::Error { code: "later" });
}

fn reason(failure: Failure) -> String {
    let key = match failure {
        Failure::CannotSeal => "request-cannot-seal",
        Failure::NoKey => "request-no-key",
        Failure::NoIntake => "request-no-intake",
        Failure::Refused => "request-refused",
    };
    page::message(key, &[])
}

/// Shows the reference of a request that arrived, and emits it to the host page.
pub fn reference(reference: &str) {
    page::set_text(ids::REFERENCE, reference);
    emit(GuideEvent::Submitted { reference });
}
