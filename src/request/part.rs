//! The parts of the screens that change. `view` names the part of an element in its attribute `data-part`;
//! the app shows it by [`Part::show`] whenever a signal that it reads changes.

use guide_core::request::form::Field;
use guide_core::request::outbox::Report;
use leptos::prelude::{Get as _, With as _};

use super::screen::Screen;
use super::state::State;
use super::{finished, words};
use crate::browser::live::Element;

/// A part of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The screen of the form.
    Form,
    /// The screen "Check your request".
    Review,
    /// A row in it.
    Row(Field),
    /// The keys that it is encrypted for.
    Keys,
    /// The confirmation.
    Sent,
    /// The reference in it.
    Reference,
    /// The panel of requests that have not arrived yet.
    Pending,
    /// Its heading.
    PendingHeading,
    /// Their references.
    PendingReferences,
    /// The reason why they are pending.
    PendingReason,
    /// The text on where they are stored meanwhile.
    PendingStored,
    /// The notice of requests that arrived later than they were sent.
    Delivered,
    /// The box about a proof of work.
    Work,
    /// The progress bar in it.
    WorkProgress,
    /// The box shown if the browser cannot encrypt or the clinic has no key.
    CannotSeal,
    /// The text of that box.
    CannotSealText,
    /// The box that explains a failure.
    Failure,
    /// Its heading.
    FailureHeading,
    /// Its text.
    FailureText,
    /// The button that sends.
    Send,
    /// The live region.
    Status,
    /// The offer to include the self-assessment.
    Offer,
    /// The note in it that there are more questions.
    IncludedEarly,
    /// The answers in it, one row for each question.
    Included,
    /// The note below it that the self-assessment is not included any more.
    NotIncluded,
}

impl Part {
    /// The parts that there are once.
    pub const SINGLE: [(&str, Self); 24] = [
        ("form", Self::Form),
        ("review", Self::Review),
        ("keys", Self::Keys),
        ("sent", Self::Sent),
        ("reference", Self::Reference),
        ("pending", Self::Pending),
        ("pending-heading", Self::PendingHeading),
        ("pending-references", Self::PendingReferences),
        ("pending-reason", Self::PendingReason),
        ("pending-stored", Self::PendingStored),
        ("delivered", Self::Delivered),
        ("work", Self::Work),
        ("work-progress", Self::WorkProgress),
        ("cannot-seal", Self::CannotSeal),
        ("cannot-seal-text", Self::CannotSealText),
        ("failure", Self::Failure),
        ("failure-heading", Self::FailureHeading),
        ("failure-text", Self::FailureText),
        ("send", Self::Send),
        ("status", Self::Status),
        ("offer", Self::Offer),
        ("included-early", Self::IncludedEarly),
        ("included", Self::Included),
        ("not-included", Self::NotIncluded),
    ];

    /// Parses an attribute; `None` for one that no element of the request has.
    pub fn parse(attribute: &str) -> Option<Self> {
        match attribute.strip_prefix("row ") {
            Some(field) => Field::from_id(field).map(Self::Row),
            None => Self::SINGLE.iter().find(|(it, _)| *it == attribute).map(|(_, part)| *part),
        }
    }

    /// The part as an attribute.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn attribute(self) -> String {
        match self {
            Self::Row(field) => ["row ", field.id()].concat(),
            _ => Self::SINGLE.iter().filter(|(_, it)| *it == self).map(|(name, _)| *name).collect(),
        }
    }

    /// Shows the part in its element.
    pub(super) fn show(self, state: &State, element: &Element) {
        match self {
            Self::Form => element.show(state.screen.get() == Screen::Form),
            Self::Review => element.show(state.screen.get() == Screen::Review),
            Self::Row(field) => element.show_row(row(state, field).as_deref()),
            // The page names those that it holds itself.
            Self::Keys => {
                let keys = state.keys.get();
                if !keys.is_empty() {
                    element.set_text(&keys);
                }
            }
            Self::Sent => element.show(state.screen.get() == Screen::Sent),
            Self::Reference => element.set_text(&state.reference.get()),
            Self::Pending => element.show(state.pending.with(Option::is_some)),
            Self::PendingHeading => pending(state, element, words::pending_heading),
            Self::PendingReferences => pending(state, element, |it| it.references.join(", ")),
            Self::PendingReason => pending(state, element, |it| words::pending_reason(it.reason)),
            Self::PendingStored => pending(state, element, words::pending_stored),
            Self::Delivered => {
                let delivered = state.delivered.with(|it| words::delivered(it));
                let removed = words::removed(state.removed.get());
                element.set_text([removed, delivered].join(" ").trim());
            }
            Self::Work => element.show(state.work.get().is_some()),
            Self::WorkProgress => element.set_progress(state.work.get().unwrap_or_default()),
            Self::CannotSeal => element.show(state.cannot_seal.get().is_some()),
            Self::CannotSealText => {
                let failure = state.cannot_seal.get();
                element.set_text(&failure.map(words::failure).unwrap_or_default());
            }
            Self::Failure => element.show(state.failure.get().is_some()),
            Self::FailureHeading => {
                if let Some((_, uncertain)) = state.failure.get() {
                    element.set_text(&words::failure_heading(uncertain));
                }
            }
            Self::FailureText => {
                if let Some((failure, _)) = state.failure.get() {
                    element.set_text(&words::failure(failure));
                }
            }
            Self::Send => {
                let sending = state.sending.get();
                element.set_text(&words::send(sending));
                // Not `disabled`, which would drop the focus. The session ignores a second press.
                element.set_attribute("aria-disabled", if sending { "true" } else { "false" });
            }
            Self::Status => element.set_text(&state.status.get()),
            Self::Offer => element.show(finished::signal().with(Option::is_some)),
            Self::IncludedEarly => element.show(
                finished::signal().with(|it| it.as_ref().is_some_and(|it| !it.included.complete)),
            ),
            Self::Included => finished::signal().with(|it| {
                element.show_rows(it.as_ref().map_or(&[][..], |it| &it.answers));
            }),
            Self::NotIncluded => {
                let dropped = finished::dropped().get();
                element.set_text(&if dropped { words::not_included() } else { String::new() });
            }
        }
    }
}

/// The value of a row in "Check your request"; `None` for one that is hidden.
fn row(state: &State, field: Field) -> Option<String> {
    if field == Field::IncludeAssessment && finished::signal().with(Option::is_none) {
        return None;
    }
    state.checked.with(|rows| {
        let row = rows.iter().find(|(of, _)| *of == field);
        row.map(|(_, value)| value.clone())
    })
}

/// Sets a text on pending requests. Without any, the panel is hidden.
fn pending(state: &State, element: &Element, text: impl FnOnce(&Report) -> String) {
    if let Some(text) = state.pending.with(|it| it.as_ref().map(text)) {
        element.set_text(&text);
    }
}

#[cfg(test)]
mod tests {
    use guide_core::request::form::Field;

    use super::Part;

    #[test]
    fn an_attribute_is_read_as_the_part_that_wrote_it() {
        let rows = Field::ALL.iter().map(|field| Part::Row(*field));
        for part in Part::SINGLE.map(|(_, part)| part).into_iter().chain(rows) {
            assert_eq!(Part::parse(&part.attribute()), Some(part));
        }
        for other in ["", "row", "row x", "start"] {
            assert_eq!(Part::parse(other), None);
        }
    }
}
