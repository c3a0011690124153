//! The parts of the screens that change. `view` names the part of an element in its attribute `data-part`;
//! the app shows it by [`Part::show`] whenever a signal that it reads changes.

use guide_core::assessment::flow::Progress;
use leptos::prelude::Get as _;

use super::result::Judged;
use super::screen::Screen;
use super::state::State;
use super::{dom, ids};
use crate::browser::live::Element;
use crate::browser::page;

/// A part of a screen. A number is the index in the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The screen before the first question.
    Start,
    /// The progress above every question.
    Progress,
    /// Its text: "Question 4 of 21".
    ProgressText,
    /// Its bar.
    ProgressBar,
    /// The screen of all answers.
    Review,
    /// The answers in it, one row for each question.
    Answers,
    /// The screen of the result.
    Result,
    /// The note of an early result that it is not complete.
    Early,
    /// The heading above the flags of a result.
    FlagsHeading,
    /// The screen of an outcome that stops the assessment.
    Stop(usize),
    /// Headline, or things to do, of a result's outcome.
    Outcome(usize),
    /// The reasons of an outcome.
    Because(usize),
    /// The grades of a criterion; the last says that the points are not known yet.
    Grade(usize),
    /// The points of a criterion, as text.
    Points(usize),
    /// The bar of a criterion, one segment for each point.
    Bar(usize),
    /// The answers that count for a criterion.
    Counted(usize),
    /// A flag.
    Flag(usize),
    /// A conditional sentence of a flag; the index counts those of all flags.
    Also(usize),
    /// The chosen options that a flag lists.
    Options(usize),
    /// The answer to a question that the result shows without scoring it.
    Unscored(usize),
}

/// The name of a part that there are several of, and the part of an index.
type Numbered = (&'static str, fn(usize) -> Part);

/// The parts that there are several of.
const NUMBERED: [Numbered; 11] = [
    ("stop", Part::Stop),
    ("outcome", Part::Outcome),
    ("because", Part::Because),
    ("grade", Part::Grade),
    ("points", Part::Points),
    ("bar", Part::Bar),
    ("counted", Part::Counted),
    ("flag", Part::Flag),
    ("also", Part::Also),
    ("options", Part::Options),
    ("unscored", Part::Unscored),
];

impl Part {
    /// The parts that there are once.
    pub const SINGLE: [(&str, Self); 9] = [
        ("start", Self::Start),
        ("progress", Self::Progress),
        ("progress-text", Self::ProgressText),
        ("progress-bar", Self::ProgressBar),
        ("review", Self::Review),
        ("answers", Self::Answers),
        ("result", Self::Result),
        ("early", Self::Early),
        ("flags-heading", Self::FlagsHeading),
    ];

    /// Parses an attribute; `None` for one that no element of the self-assessment has.
    pub fn parse(attribute: &str) -> Option<Self> {
        match attribute.split_once(' ') {
            Some((name, index)) => {
                let (_, part) = NUMBERED.iter().find(|(it, _)| *it == name)?;
                index.parse().ok().map(part)
            }
            None => Self::SINGLE.iter().find(|(it, _)| *it == attribute).map(|(_, part)| *part),
        }
    }

    /// The part as an attribute.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn attribute(self) -> String {
        match self {
            Self::Stop(index)
            | Self::Outcome(index)
            | Self::Because(index)
            | Self::Grade(index)
            | Self::Points(index)
            | Self::Bar(index)
            | Self::Counted(index)
            | Self::Flag(index)
            | Self::Also(index)
            | Self::Options(index)
            | Self::Unscored(index) => {
                let named = NUMBERED.iter().filter(|(_, part)| part(index) == self);
                named.map(|(name, _)| format!("{name} {index}")).collect()
            }
            _ => Self::SINGLE.iter().filter(|(_, it)| *it == self).map(|(name, _)| *name).collect(),
        }
    }

    /// Shows the part in its element.
    pub(super) fn show(self, state: &State, element: &Element) {
        match self {
            Self::Start => element.show(state.shows(Screen::Start)),
            Self::Review => element.show(state.shows(Screen::Review)),
            Self::Result => element.show(state.shows(Screen::Result)),
            Self::Stop(index) => {
                let stop = state.assessment.outcomes.get(index);
                element.show(stop.is_some_and(|it| state.shows(Screen::Stop(&it.id))));
            }
            Self::Progress => {
                let asking = matches!(state.screen.get(), Screen::Question(_));
                element.show(asking);
                page::set_class(ids::SECTION, "asking", asking);
            }
            Self::ProgressText => element.set_text(&dom::progress(state.progress.get())),
            Self::ProgressBar => {
                let Progress { step, of } = state.progress.get();
                element.set_attribute("max", &of.to_string());
                element.set_attribute("value", &step.to_string());
            }
            Self::Answers => {
                let answers = state.listed.get();
                let rows = answers.map(|answers| dom::listed(state.assessment, &answers));
                element.show_rows(&rows.unwrap_or_default());
            }
            Self::Early => element.show(state.of_result(Judged::is_early)),
            Self::FlagsHeading => element.show(state.of_result(Judged::has_flags)),
            Self::Outcome(index) => element.show(state.of_result(|it| it.is(index))),
            Self::Because(index) => element.show_some(&state.of_result(|it| it.because(index))),
            Self::Grade(index) => element.show_some(&state.of_result(|it| it.grade(index))),
            Self::Points(index) => {
                let points = state.of_result(|it| it.points(index));
                element.set_text(&dom::points(state.assessment.criteria.get(index), points));
            }
            Self::Bar(index) => {
                let points = state.of_result(|it| it.points(index)).unwrap_or_default();
                for (nth, segment) in (1..).zip(element.children()) {
                    segment.set_class("filled", nth <= points);
                }
            }
            Self::Counted(index) => element.show_rows(&state.of_result(|it| it.counted(index))),
            Self::Flag(index) => element.show(state.raises(index)),
            Self::Also(index) => element.show(state.of_result(|it| it.also(index))),
            Self::Options(index) => element.show_some(&state.of_result(|it| it.options(index))),
            Self::Unscored(index) => element.set_text(&state.of_result(|it| it.answer(index))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NUMBERED, Part};

    #[test]
    fn an_attribute_is_read_as_the_part_that_wrote_it() {
        let single = Part::SINGLE.map(|(_, part)| part);
        for part in single.into_iter().chain(NUMBERED.map(|(_, part)| part(12))) {
            assert_eq!(Part::parse(&part.attribute()), Some(part));
        }
        for other in ["", "start 1", "grade", "grade x", "send"] {
            assert_eq!(Part::parse(other), None);
        }
    }
}
