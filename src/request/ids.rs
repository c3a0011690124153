//! The ids by which the program finds what was rendered.

use guide_core::request::form::Field;

/// Everything of the request.
pub const ISLAND: &str = "request";
/// What the program needs to know of the clinic, packed.
pub const SETUP: &str = "request-setup";
/// The form.
pub const FORM: &str = "request-form";
/// What holds the form, its introduction and its error summary.
pub const FORM_SCREEN: &str = "request-fill-in";
/// The error summary above the form.
pub const SUMMARY: &str = "request-errors";
/// The characters left in the message.
pub const COUNT: &str = "request-message-count";
/// The same, as it is announced.
pub const COUNT_SAID: &str = "request-message-count-said";
/// A field that nobody sees and only robots fill in: its name.
pub const TRAP: &str = "website";
/// The offer of another e-mail address.
pub const SUGGESTION: &str = "request-suggestion";
/// What it says.
pub const SUGGESTION_TEXT: &str = "request-suggestion-text";
/// What holds the offer to include the self-assessment.
pub const OFFER: &str = "request-offer";
/// "Check your request".
pub const CHECK: &str = "request-check";
/// The button that sends.
pub const SEND: &str = "request-send";
/// What is announced of sending.
pub const STATUS: &str = "request-status";
/// What is said of a failure.
pub const FAILURE: &str = "request-failure";
/// The words of it.
pub const FAILURE_TEXT: &str = "request-failure-text";
/// What is said where sealing is not possible.
pub const CANNOT_SEAL: &str = "request-cannot-seal";
/// The words of it.
pub const CANNOT_SEAL_TEXT: &str = "request-cannot-seal-text";
/// The panel of requests that have not arrived yet.
pub const WAITING: &str = "request-waiting";
/// Their references.
pub const WAITING_REFERENCES: &str = "request-waiting-references";
/// Why they are pending.
pub const WAITING_WHY: &str = "request-waiting-why";
/// Where they are stored meanwhile.
pub const WAITING_KEPT: &str = "request-waiting-kept";
/// The notice of requests that arrived later than they were sent.
pub const DELIVERED: &str = "request-delivered";
/// Shown during a proof of work.
pub const WORK: &str = "request-work";
/// The progress bar of it.
pub const WORK_PROGRESS: &str = "request-progress";
/// The confirmation.
pub const SENT: &str = "request-sent";
/// The reference in it.
pub const REFERENCE: &str = "request-reference";
/// Behind a screen's id: its heading, which takes the focus.
pub const HEADING: &str = "-heading";

/// A field of the form: its first control.
pub fn field(field: Field) -> String {
    ["request-", field.id()].concat()
}

/// The label of something that can be chosen.
pub fn label(of: Field, choice: &str) -> String {
    ["request-", of.id(), "-", choice, "-label"].concat()
}

/// The row of a field in "Check your request".
pub fn row(field: Field) -> String {
    ["request-row-", field.id()].concat()
}

/// What was entered, in that row.
pub fn row_value(field: Field) -> String {
    ["request-row-", field.id(), "-value"].concat()
}

/// The row of an assessment's question in what would be sent.
pub fn included(question: &str) -> String {
    ["request-included-", question].concat()
}

/// What was answered, in that row.
pub fn included_answer(question: &str) -> String {
    ["request-included-", question, "-answer"].concat()
}
