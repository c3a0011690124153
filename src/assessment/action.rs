//! Actions of the buttons, and their form in the attribute `data-action`.

/// An action of a button in the self-assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Begins with the first question.
    Start,
    /// Goes one step back.
    Back,
    /// Goes back to the question whose answer stopped the assessment.
    Reconsider,
    /// Goes to the question of this index.
    Change(usize),
    /// Shows all answers.
    Review,
    /// Shows the result, or the first open question.
    Finish,
    /// Shows the result although questions are open.
    Early,
    /// Clears every answer.
    Clear,
    /// Opens the browser's print dialog.
    Print,
}

/// The actions without an index.
const NAMES: [(&str, Action); 8] = [
    ("start", Action::Start),
    ("back", Action::Back),
    ("reconsider", Action::Reconsider),
    ("review", Action::Review),
    ("finish", Action::Finish),
    ("early", Action::Early),
    ("clear", Action::Clear),
    ("print", Action::Print),
];

impl Action {
    /// Parses an attribute; `None` for one that no button of the self-assessment has.
    pub fn parse(attribute: &str) -> Option<Self> {
        match attribute.strip_prefix("change ") {
            Some(index) => index.parse().ok().map(Self::Change),
            None => NAMES.iter().find(|(name, _)| *name == attribute).map(|(_, action)| *action),
        }
    }

    /// The action as an attribute.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn attribute(self) -> String {
        match self {
            Self::Change(index) => format!("change {index}"),
            _ => NAMES.iter().filter(|(_, it)| *it == self).map(|(name, _)| *name).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, NAMES};

    #[test]
    fn an_attribute_is_read_as_the_action_that_wrote_it() {
        let all = NAMES.map(|(_, action)| action).into_iter().chain([Action::Change(12)]);
        for action in all {
            assert_eq!(Action::parse(&action.attribute()), Some(action));
        }
        for other in ["", "change", "change x", "send"] {
            assert_eq!(Action::parse(other), None);
        }
    }
}
