//! Actions of the buttons, and their form in the attribute `data-action`.

use guide_core::request::form::Field;

/// An action of a button in the appointment request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Goes back to the form, to this field.
    Change(Field),
    /// Encrypts and sends the request.
    Send,
    /// Sends every pending request now.
    SendNow,
    /// Saves every pending request as a file.
    Save,
    /// Removes every pending request.
    Remove,
    /// Accepts the suggested e-mail address.
    TakeSuggestion,
    /// Opens the browser's print dialog.
    Print,
}

/// The actions without a field.
const NAMES: [(&str, Action); 6] = [
    ("send", Action::Send),
    ("send-now", Action::SendNow),
    ("save", Action::Save),
    ("remove", Action::Remove),
    ("take-suggestion", Action::TakeSuggestion),
    ("print", Action::Print),
];

impl Action {
    /// Parses an attribute; `None` for one that no button of the request has.
    pub fn parse(attribute: &str) -> Option<Self> {
        match attribute.strip_prefix("change ") {
            Some(field) => Field::from_id(field).map(Self::Change),
            None => NAMES.iter().find(|(name, _)| *name == attribute).map(|(_, action)| *action),
        }
    }

    /// The action as an attribute.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn attribute(self) -> String {
        match self {
            Self::Change(field) => ["change ", field.id()].concat(),
            _ => NAMES.iter().filter(|(_, it)| *it == self).map(|(name, _)| *name).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use guide_core::request::form::Field;

    use super::{Action, NAMES};

    #[test]
    fn an_attribute_is_read_as_the_action_that_wrote_it() {
        let changes = Field::ALL.iter().map(|field| Action::Change(*field));
        for action in NAMES.map(|(_, action)| action).into_iter().chain(changes) {
            assert_eq!(Action::parse(&action.attribute()), Some(action));
        }
        for other in ["", "change", "change x", "start"] {
            assert_eq!(Action::parse(other), None);
        }
    }
}
