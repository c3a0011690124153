//! The screens of the self-assessment.

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Before the first question.
    Start,
    /// The question of this index in the definition.
    Question(usize),
    /// The outcome of this id stopped the assessment.
    Stop(String),
    /// All answers, each with a way to change it.
    Check,
    /// What the answers come to.
    Result,
}
