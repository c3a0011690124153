//! What the screens of the self-assessment show, as signals. The session sets them, and each
//! [`Part`](super::part::Part) of a screen follows.

use guide_core::assessment::definition::Flag;
use guide_core::assessment::flow::Progress;
use guide_core::assessment::{Answers, Assessment, Judgement};
use leptos::prelude::*;

use super::result::Judged;
use super::screen::Screen;

/// What the screens show.
pub struct State {
    /// The questions and rules.
    pub assessment: &'static Assessment,
    /// The screen.
    pub screen: ArcRwSignal<Screen>,
    /// The progress above the questions.
    pub progress: ArcRwSignal<Progress>,
    /// The raised flags that are said above every screen.
    pub at_once: ArcRwSignal<Vec<&'static Flag>>,
    /// The answers in the list to check.
    pub listed: ArcRwSignal<Option<Answers>>,
    /// The result.
    pub result: ArcRwSignal<Option<Judged>>,
}

impl State {
    /// The first screen, without answers.
    pub fn new(assessment: &'static Assessment) -> Self {
        Self {
            assessment,
            screen: ArcRwSignal::new(Screen::Start),
            progress: ArcRwSignal::new(assessment.progress(&Answers::default(), 0)),
            at_once: ArcRwSignal::new(Vec::new()),
            listed: ArcRwSignal::new(None),
            result: ArcRwSignal::new(None),
        }
    }

    /// Returns `true` if this screen is shown.
    pub fn shows(&self, screen: Screen) -> bool {
        self.screen.get() == screen
    }

    /// Something that the result says; without one, the default.
    pub fn of_result<T: Default>(&self, read: impl FnOnce(&Judged) -> T) -> T {
        self.result.with(|result| result.as_ref().map(read)).unwrap_or_default()
    }

    /// Returns `true` if a flag is raised: one that is said above every screen at once, all others in a
    /// result.
    pub fn raises(&self, flag: usize) -> bool {
        let Some(flag) = self.assessment.flags.get(flag) else { return false };
        if flag.at_once {
            self.at_once.with(|raised| raised.iter().any(|it| std::ptr::eq(*it, flag)))
        } else {
            self.of_result(|it| it.raises(flag))
        }
    }

    /// Sets the flags that are said above every screen. Returns `true` if one has appeared.
    pub fn raise(&self, judged: &Judgement<'static>) -> bool {
        let raised: Vec<_> = judged.flags.iter().copied().filter(|it| it.at_once).collect();
        let before = self.at_once.get_untracked();
        self.at_once.set(raised.clone());
        raised.iter().any(|it| !before.iter().any(|before| std::ptr::eq(*before, *it)))
    }

    /// Removes every answer.
    pub fn clear(&self) {
        self.listed.set(None);
        self.result.set(None);
    }
}
