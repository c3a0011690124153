//! The files that the pages of the decision aid are made of.
//!
//! - [`options`]: the options that a patient can compare
//! - [`take_along`]: questions to take along to a clinic
//! - [`diary`]: the words of the headache diary

pub mod diary;
pub mod options;
pub mod take_along;

use diary::Diary;
use options::Options;
use take_along::TakeAlong;

/// The files of the decision aid.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionAid {
    /// `<language>/options.toml`.
    pub options: Options,
    /// `<language>/take-along.toml`.
    pub take_along: TakeAlong,
    /// `<language>/diary.toml`.
    pub diary: Diary,
}
