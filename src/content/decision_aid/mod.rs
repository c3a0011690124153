//! The files that the pages of the decision aid are made of.
//!
//! - [`options`]: the options that a patient can compare
//! - [`matters`]: what can matter to a patient who chooses
//! - [`take_along`]: questions to take along to a clinic
//! - [`diary`]: the words of the headache diary

pub mod diary;
pub mod matters;
pub mod options;
pub mod take_along;

use diary::Diary;
use matters::Matters;
use options::Options;
use take_along::TakeAlong;

/// The files of the decision aid.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionAid {
    /// `<language>/options.toml`.
    pub options: Options,
    /// `<language>/matters.toml`.
    pub matters: Matters,
    /// `<language>/take-along.toml`.
    pub take_along: TakeAlong,
    /// `<language>/diary.toml`.
    pub diary: Diary,
}
