//! Words of the page for what the screens show. Choices are said by their labels.

use guide_core::key::short_fingerprint;
use guide_core::request::form::{Draft, Field};
use guide_core::request::outbox::{Reason, Report};
use guide_core::request::payload::Included;
use web_jwe::SealingKey;

use super::ids;
use super::screen::Failure;
use crate::browser::page;

/// The rows of "Check your request": everything that is sent. `location` is the one of a clinic that has no
/// other, which the form does not ask for.
pub fn checked(draft: &Draft, location: &str, included: &Included) -> Vec<(Field, String)> {
    // What matters to the patient is offered where there is something: its row stands for a yes alone.
    let asked = Field::ALL.iter().filter(|field| {
        draft.asks(**field) && (**field != Field::IncludeMatters || included.matters.is_some())
    });
    let row = |field: &Field| {
        let value = match field {
            Field::IncludeAssessment => yes_no(included.assessment.is_some()),
            Field::IncludeMatters => yes_no(included.matters.is_some()),
            Field::Location => choice(*field, location),
            Field::MessageOk => yes_no(!draft.text(*field).is_empty()),
            _ => draft.values(*field).map(|it| choice(*field, it)).collect::<Vec<_>>().join(", "),
        };
        (*field, if value.is_empty() { message("none") } else { value })
    };
    asked.map(row).collect()
}

/// "Yes" or "No", as the form says it.
pub fn yes_no(yes: bool) -> String {
    choice(Field::Returning, if yes { "yes" } else { "no" })
}

/// An entry as the patient knows it: of a choice, its label.
pub fn choice(field: Field, value: &str) -> String {
    let label = page::label_in(ids::FORM, &ids::field(field), value);
    if label.is_empty() { value.to_owned() } else { label }
}

/// The note that the self-assessment is not included any more.
pub fn not_included() -> String {
    message("not-included")
}

/// The label of the button that sends.
pub fn send(sending: bool) -> String {
    message(if sending { "sending" } else { "send" })
}

/// The keys that can read a request.
pub fn keys(keys: &[SealingKey]) -> String {
    let name =
        |key: &SealingKey| page::message("request-key", &[("key", &short_fingerprint(&key.kid))]);
    keys.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The reason why a request failed, and what to do.
pub fn failure(failure: Failure) -> String {
    message(match failure {
        Failure::CannotSeal => "cannot-seal",
        Failure::NoKey => "no-key",
        Failure::NoIntake => "no-intake",
        Failure::Refused => "refused",
    })
}

/// The heading above it. An uncertain request may have arrived.
pub fn failure_heading(uncertain: bool) -> String {
    message(if uncertain { "not-known" } else { "not-sent" })
}

/// The heading above the pending requests.
pub fn pending_heading(report: &Report) -> String {
    message(if report.uncertain { "not-known" } else { "not-arrived" })
}

/// The reason why they are pending.
pub fn pending_reason(reason: Reason) -> String {
    message(match reason {
        Reason::Sending => "sending",
        Reason::Offline => "offline",
        Reason::NoResponse => "no-response",
        Reason::Later => "later",
        Reason::Refused => "refused",
        Reason::Stale => "stale",
        Reason::NotRemoved => "not-removed",
    })
}

/// The text on where they are stored.
pub fn pending_stored(report: &Report) -> String {
    message(match (report.reason.is_halted(), report.stored) {
        (true, _) => "still-stored",
        (false, true) => "stored",
        (false, false) => "not-stored",
    })
}

/// The notice that requests of an earlier visit have arrived; empty without any.
pub fn delivered(references: &[String]) -> String {
    if references.is_empty() {
        return String::new();
    }
    [message("delivered"), references.join(" ")].join(" ")
}

/// The notice that a request was removed; empty where none was.
pub fn removed(removed: bool) -> String {
    if removed { message("removed") } else { String::new() }
}

fn message(key: &str) -> String {
    page::message(&["request-", key].concat(), &[])
}
