//! Shows, of all that was rendered, what is to be seen now. Choices are put in words with the
//! labels that stand in the page.

use guide_core::request::form::{
    CoverageKind, Details, Field, FieldError, InvalidField, MAX_MESSAGE,
};
use guide_core::request::outbox::{Reason, Report};

use super::finished::Finished;
use super::ids;
use super::screen::{Failure, Screen};
use crate::browser::events::{GuideEvent, emit};
use crate::browser::{focus, form, page};

/// From so few characters on, those left in the message are announced.
const FEW: usize = 100;

/// The id of the element that is a screen.
fn screen_id(screen: Screen) -> &'static str {
    match screen {
        Screen::Form => ids::FORM_SCREEN,
        Screen::Check => ids::CHECK,
        Screen::Sent => ids::SENT,
        Screen::Waiting => ids::WAITING,
    }
}

/// Puts one screen in the place of another.
pub fn swap(from: Screen, to: Screen) {
    // The panel of pending requests stands above the other screens, too.
    if from != Screen::Waiting {
        page::show(screen_id(from), false);
    }
    if to != Screen::Waiting {
        page::show(screen_id(to), true);
    }
}

/// Puts one screen in the place of another and moves the focus to it: to its heading, in the form
/// to the field that is to be changed.
pub fn change(from: Screen, to: Screen, at: Field) {
    // Somebody who waits may read on meanwhile: that is told, and the focus left alone.
    let calls = from != Screen::Waiting || to == Screen::Form || focus::is_within(ids::ISLAND);
    swap(from, to);
    let heading = [screen_id(to), ids::HEADING].concat();
    match to {
        _ if !calls => page::set_text(ids::STATUS, &page::text(&heading)),
        Screen::Form => focus::now(&ids::field(at)),
        _ => focus::now(&heading),
    }
}

/// Moves the focus to a screen's heading.
pub fn focus_heading(screen: Screen) {
    focus::now(&[screen_id(screen), ids::HEADING].concat());
}

/// Says at every field what is wrong with it, or that nothing is.
pub fn errors(found: &[InvalidField]) {
    for field in Field::ALL {
        let error = found.iter().find(|it| it.field == *field).map(|it| it.error);
        page::set_error(&ids::field(*field), &error.map(sentence).unwrap_or_default());
    }
}

/// Says above the form what is wrong with it, or takes that away.
pub fn summary(found: &[InvalidField]) {
    let links: Vec<(String, String)> =
        found.iter().map(|it| (ids::field(it.field), sentence(it.error))).collect();
    page::set_links(&[ids::SUMMARY, "-list"].concat(), &links);
    page::show(ids::SUMMARY, !found.is_empty());
}

/// Moves the focus to what is said above the form.
pub fn focus_summary() {
    focus::now(&[ids::SUMMARY, ids::HEADING].concat());
}

fn sentence(error: FieldError) -> String {
    let max = match error {
        FieldError::TooLong { max } => max.to_string(),
        _ => String::new(),
    };
    page::message(&["request-", error.id()].concat(), &[("max", &max)])
}

/// Offers another e-mail address, or no longer.
pub fn suggest(meant: Option<String>) {
    page::show(ids::SUGGESTION, meant.is_some());
    let words = meant.map(|email| page::message("request-did-you-mean", &[("email", &email)]));
    page::set_text(ids::SUGGESTION_TEXT, &words.unwrap_or_default());
}

/// Announces how many characters of the message are left, where they are few.
pub fn announce_count(length: usize) {
    let few = length + FEW > MAX_MESSAGE;
    page::set_text(ids::COUNT_SAID, &if few { page::text(ids::COUNT) } else { String::new() });
}

/// Says how many characters of the message are left.
pub fn count(length: usize) {
    let (key, count) = match MAX_MESSAGE.checked_sub(length) {
        Some(left) => ("request-characters-left", left),
        None => ("request-characters-over", length - MAX_MESSAGE),
    };
    page::set_text(ids::COUNT, &page::message(key, &[("count", &count.to_string())]));
}

/// Bounds the date that can be preferred.
pub fn dates(first: &str, last: &str) {
    let id = ids::field(Field::Earliest);
    page::set_attribute(&id, "min", first);
    page::set_attribute(&id, "max", last);
}

/// Offers to include a finished self-assessment in place of the one before, and shows what would
/// be sent of it. Nothing of the one before stays in the page.
pub fn offer_assessment(before: Option<&Finished>, now: Option<&Finished>) {
    // Ticked for one result, it says nothing of another.
    form::untick(&ids::field(Field::IncludeAssessment));
    page::show(ids::OFFER, now.is_some());
    page::show(&ids::row(Field::IncludeAssessment), now.is_some());
    for (question, _) in before.iter().flat_map(|finished| &finished.lines) {
        page::show(&ids::included(question), false);
        page::set_text(&ids::included_answer(question), "");
    }
    for (question, answer) in now.iter().flat_map(|finished| &finished.lines) {
        page::show(&ids::included(question), true);
        page::set_text(&ids::included_answer(question), answer);
    }
}

/// Says under the form why it cannot be sealed, or no longer.
pub fn cannot_seal(failure: Option<Failure>) {
    page::show(ids::CANNOT_SEAL, failure.is_some());
    if failure.is_some() {
        emit(GuideEvent::Error { code: "cannot-seal" });
    }
    page::set_text(ids::CANNOT_SEAL_TEXT, &failure.map(reason).unwrap_or_default());
}

/// Fills "Check your request".
pub fn check(details: &Details, included: bool) {
    let Details { patient, preferred, coverage, message } = details;
    let chosen = |field: Field, id: &str| page::text(&ids::label(field, id));
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    // What could not be entered is not listed.
    let insured = coverage.as_ref().is_some_and(|it| it.kind == CoverageKind::Insurance);
    page::show(&ids::row(Field::Carrier), insured);
    page::show(&ids::row(Field::MemberNumber), insured);
    for field in Field::ALL {
        let value = match field {
            Field::Name => patient.name.clone(),
            Field::Phone => given(&patient.phone),
            Field::Email => given(&patient.email),
            Field::ContactBy => chosen(*field, patient.contact_by.id()),
            Field::Returning => {
                patient.returning.map(|it| chosen(*field, yes_no(it))).unwrap_or_default()
            }
            Field::Location => chosen(*field, &preferred.location),
            Field::Earliest => preferred.earliest.map(|date| date.to_string()).unwrap_or_default(),
            Field::Days => joined(preferred.days.iter().map(|it| chosen(*field, it.id()))),
            Field::Times => joined(preferred.times.iter().map(|it| chosen(*field, it.id()))),
            Field::Coverage => {
                coverage.as_ref().map(|it| chosen(*field, it.kind.id())).unwrap_or_default()
            }
            Field::Carrier => coverage.as_ref().map(|it| given(&it.carrier)).unwrap_or_default(),
            Field::MemberNumber => {
                coverage.as_ref().map(|it| given(&it.member_number)).unwrap_or_default()
            }
            Field::Message => given(message),
            Field::IncludeAssessment => chosen(Field::Returning, yes_no(included)),
            // Without it there is nothing to check.
            Field::Consent => continue,
        };
        let value = if value.is_empty() { page::message("request-none", &[]) } else { value };
        page::set_text(&ids::row_value(*field), &value);
    }
}

/// Empties "Check your request": nothing of a request that arrived stays in the page.
pub fn forget_checked() {
    Field::ALL.iter().for_each(|field| page::set_text(&ids::row_value(*field), ""));
}

fn joined(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// Says that an answer is being waited for, or no longer.
pub fn sending(waiting: bool) {
    let words = page::message(if waiting { "request-sending" } else { "request-send" }, &[]);
    page::set_text(ids::SEND, &words);
    // Not `disabled`, which would drop the focus; a second press does nothing anyhow.
    page::set_attribute(ids::SEND, "aria-disabled", if waiting { "true" } else { "false" });
    page::set_text(ids::STATUS, if waiting { &words } else { "" });
}

/// Says why a request is not on its way, and what to do; or that nothing is wrong. `true` with it:
/// an answer was missing before, so that it may have arrived.
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
    page::show(ids::WAITING, report.is_some());
    let Some(Report { references, reason, uncertain, stored }) = report else { return };
    let said = |key: &str| page::message(&["request-", key].concat(), &[]);
    let why = match reason {
        Reason::Sending => "sending",
        Reason::Offline => "offline",
        Reason::NoResponse => "no-answer",
        Reason::Later => "later",
        Reason::Refused => "refused",
        Reason::Stale => "stale",
        Reason::NotRemoved => "not-removed",
    };
    let kept = match (reason.is_halted(), stored) {
        (true, _) => "kept-still",
        (false, true) => "kept",
        (false, false) => "not-kept",
    };
    let heading = [ids::WAITING, ids::HEADING].concat();
    // What stands there already is not announced again.
    page::change_text(&heading, &said(if *uncertain { "not-known" } else { "not-arrived" }));
    page::change_text(ids::WAITING_REFERENCES, &references.join(", "));
    page::change_text(ids::WAITING_WHY, &said(why));
    page::change_text(ids::WAITING_KEPT, &said(kept));
}

/// Says that a request of an earlier visit has arrived.
pub fn delivered(reference: &str) {
    let before = page::text(ids::DELIVERED);
    let before = if before.is_empty() { page::message("request-delivered", &[]) } else { before };
    page::set_text(ids::DELIVERED, &[&before, " ", reference].concat());
}

/// Shows how far a proof of work is, or that it has ended.
pub fn working(share: Option<f64>) {
    page::show(ids::WORK, share.is_some());
    page::set_progress(ids::WORK_PROGRESS, share.unwrap_or_default());
}

/// Tells a page around this one that a request waits.
pub fn waits() {
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

/// Shows the reference of a request that arrived.
pub fn reference(reference: &str) {
    page::set_text(ids::REFERENCE, reference);
    emit(GuideEvent::Submitted { reference });
}
