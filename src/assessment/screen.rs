//! The screens of the self-assessment.

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Before the first question.
    Start,
    /// The question of this index in the definition.
    Question(usize),
    /// The outcome of this id stopped the assessment.
    Stop(&'static str),
    /// All answers, each with a button to change it.
    Review,
    /// The result. Early as long as questions are open.
    Result,
}
