//! Ids of elements, shared by the rendered screens and the app.

use guide_core::request::form::Field;

/// The element around all screens.
pub const ISLAND: &str = "request";
/// The packed settings of the clinic.
pub const SETUP: &str = "request-setup";
/// The form.
pub const FORM: &str = "request-form";
/// The screen of the form: introduction, error summary and form.
pub const FORM_SCREEN: &str = "request-fill-in";
/// The error summary above the form.
pub const SUMMARY: &str = "request-errors";
/// The number of characters left in the message.
pub const COUNT: &str = "request-message-count";
/// The same number in a live region.
pub const COUNT_STATUS: &str = "request-message-count-status";
/// The name of the honeypot: a field that people do not see and robots fill in.
pub const HONEYPOT: &str = "website";
/// The element with the button that accepts the suggested e-mail address.
pub const SUGGESTION: &str = "request-suggestion";
/// The text of the suggestion.
pub const SUGGESTION_TEXT: &str = "request-suggestion-text";
/// The screen "Check your request".
pub const REVIEW: &str = "request-check";
/// The box that explains a failure.
pub const FAILURE: &str = "request-failure";
/// The panel of requests that have not arrived yet.
pub const PENDING: &str = "request-pending";
/// The confirmation.
pub const SENT: &str = "request-sent";
/// The suffix of a heading's id, after the id of its screen. The heading takes the focus.
pub const HEADING: &str = "-heading";

/// The first control of a field.
pub fn field(field: Field) -> String {
    ["request-", field.id()].concat()
}

#[cfg(not(target_arch = "wasm32"))]
pub use rendered::*;

/// Ids for style sheets, labels and tests. The app finds these elements by their parts.
#[cfg(not(target_arch = "wasm32"))]
mod rendered {
    use guide_core::request::form::Field;

    /// The offer to include the self-assessment.
    pub const OFFER: &str = "request-offer";
    /// The button that sends.
    pub const SEND: &str = "request-send";
    /// The live region for sending.
    pub const STATUS: &str = "request-status";
    /// The box shown if the browser cannot encrypt or the clinic has no key.
    pub const CANNOT_SEAL: &str = "request-cannot-seal";
    /// Their references.
    pub const PENDING_REFERENCES: &str = "request-pending-references";
    /// The reason why they are pending.
    pub const PENDING_REASON: &str = "request-pending-reason";
    /// The text on where they are stored meanwhile.
    pub const PENDING_STORED: &str = "request-pending-stored";
    /// The notice of requests that arrived later than they were sent, or were removed.
    pub const DELIVERED: &str = "request-delivered";
    /// Shown during a proof of work.
    pub const WORK: &str = "request-work";
    /// The progress bar of the proof of work.
    pub const WORK_PROGRESS: &str = "request-progress";
    /// The reference in it.
    pub const REFERENCE: &str = "request-reference";

    /// The row of a field in "Check your request".
    pub fn row(field: Field) -> String {
        ["request-row-", field.id()].concat()
    }

    /// The value in that row.
    pub fn row_value(field: Field) -> String {
        ["request-row-", field.id(), "-value"].concat()
    }

    /// The answer in that row.
    pub fn included_answer(question: &str) -> String {
        ["request-included-", question, "-answer"].concat()
    }
}
