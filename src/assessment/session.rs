//! What is answered, and which screen is shown.
//!
//! The browser's history holds only the number of a step; what it shows is known in memory alone,
//! so that neither a URL nor a history entry tells an answer.

use std::cell::RefCell;

use guide_core::assessment::flow::{AskedQuestion, Progress};
use guide_core::assessment::{Answers, Assessment};
use guide_core::request::payload::IncludedAssessment;

use super::screen::Screen;
use super::{dom, ids};
use crate::browser::events::{GuideEvent, emit};
use crate::browser::history::{self, Island};
use crate::browser::{form, page, pointer, state};
use crate::request::{self, Finished};

/// A step of the way through the self-assessment.
struct Visit {
    screen: Screen,
    /// The step that Back leads to: not always the one before, since a Back that the browser's
    /// history cannot take is a step as well.
    previous: Option<usize>,
}

/// One person's way through the self-assessment.
pub struct Session {
    assessment: Assessment,
    answers: Answers,
    shown: Screen,
    /// The steps in the browser's history, from the first.
    trail: Vec<Visit>,
    /// Which step of the trail is shown.
    step: usize,
    /// The list of answers was reached: Continue leads back to it once nothing is open.
    checking: bool,
}

thread_local! {
    // There is one self-assessment on a page: its screens are found by their ids.
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// Readies a session in which nothing is answered, and lets the browser's Back and Forward move
/// through its screens.
pub fn begin(assessment: Assessment) {
    SESSION.set(Some(Session {
        assessment,
        answers: Answers::default(),
        shown: Screen::Start,
        trail: vec![Visit::FIRST],
        step: 0,
        checking: false,
    }));
    pointer::watch();
    history::begin(Island::SelfAssessment, |step| with(|session| session.go_to(step)));
}

/// Does something with the session, if it has begun.
pub fn with(act: impl FnOnce(&mut Session)) {
    state::with(&SESSION, act);
}

impl Visit {
    const FIRST: Self = Self { screen: Screen::Start, previous: None };
}

impl Session {
    /// Begins with the first question.
    pub fn start(&mut self) {
        self.show_next(Screen::Question(0));
    }

    /// After an answer was changed: messages and a result of the one before no longer hold, and a
    /// request does not include it any more. An answer that stops the assessment says so at once,
    /// before Continue leads to its screen.
    pub fn changed(&mut self, index: usize) {
        dom::error(&self.assessment, index, None);
        let Some(question) = self.assessment.questions.get(index) else { return };
        let entered = question.read(&form::values(&ids::question(index))).ok().flatten();
        if self.answers.get(&question.id) != entered.as_ref() {
            request::offer_assessment(None);
        }
        let kept = self.answers.replace(&question.id, entered);
        let stops = self.assessment.stop(&self.answers).is_some();
        self.answers.set(&question.id, kept);
        dom::warn(index, stops);
    }

    /// Goes to a question from the list of answers.
    pub fn change(&mut self, index: usize) {
        self.show_next(Screen::Question(index));
    }

    /// Shows all answers.
    pub fn check(&mut self) {
        self.show_next(Screen::Check);
    }

    /// Shows the result, or the first question that is still open.
    pub fn finish(&mut self) {
        let open = self.assessment.first_open(&self.answers).map(|open| open.index);
        self.show_next(open.map_or(Screen::Result, Screen::Question));
    }

    /// Back to the question whose answer stopped the assessment.
    pub fn reconsider(&mut self) {
        let cause = (0..self.assessment.questions.len()).find(|index| self.stops(*index));
        let Some(cause) = cause.map(Screen::Question) else { return };
        let previous = self.previous().and_then(|step| self.trail.get(step));
        if previous.is_some_and(|it| it.screen == cause) {
            self.back();
        } else {
            self.show_next(cause);
        }
    }

    /// Forgets every answer, here, in the page's controls and in the appointment request. The
    /// history keeps only the numbers of steps that no longer lead anywhere.
    pub fn clear(&mut self) {
        self.answers = Answers::default();
        request::offer_assessment(None);
        self.checking = false;
        self.trail = vec![Visit::FIRST];
        self.step = 0;
        for index in 0..self.assessment.questions.len() {
            // Browsers empty only what stands in the page.
            let question = ids::question(index);
            page::attach(&question, ids::ASKED);
            form::reset(&question);
            dom::error(&self.assessment, index, None);
            dom::warn(index, false);
            page::detach(&question);
        }
        dom::forget(&self.assessment);
        history::forget(Island::SelfAssessment);
        self.show(Screen::Start);
    }

    /// One step back, as the browser's own button does.
    pub fn back(&mut self) {
        let previous = self.previous().unwrap_or_default();
        if !history::back(Island::SelfAssessment, previous)
            && let Some(Visit { screen, previous }) = self.trail.get(previous)
        {
            self.add(screen.clone(), *previous);
        }
    }

    fn go_to(&mut self, step: usize) {
        let Some(screen) = self.trail.get(step).map(|it| it.screen.clone()) else { return };
        self.keep_entered();
        self.step = step;
        self.show(screen);
    }

    /// Takes what the controls of a question hold and goes on, or says why it cannot.
    pub fn proceed(&mut self, index: usize) {
        let Some(question) = self.assessment.questions.get(index) else { return };
        let mut error = None;
        match question.read(&form::values(&ids::question(index))) {
            Ok(answer) => {
                let changed = self.answers.get(&question.id) != answer.as_ref();
                let kept = self.answers.replace(&question.id, answer);
                // An emergency counts even beside a contradiction, before anything else.
                if self.assessment.stop(&self.answers).is_none() {
                    error = self.assessment.accept(question, &self.answers).err();
                }
                if error.is_some() {
                    self.answers.set(&question.id, kept);
                } else if changed {
                    request::offer_assessment(None);
                }
            }
            Err(unread) => error = Some(unread),
        }
        dom::error(&self.assessment, index, error.as_ref());
        dom::warn(index, self.assessment.stop(&self.answers).is_some());
        if error.is_none() {
            self.show_next(self.after(index));
        }
    }

    /// What comes after the question of this index.
    fn after(&self, index: usize) -> Screen {
        if let Some(stop) = self.assessment.stop(&self.answers) {
            return Screen::Stop(stop.id.clone());
        }
        let open = || self.assessment.first_open(&self.answers).map(|open| open.index);
        let following = || {
            let asked = self.assessment.asked(&self.answers).into_iter();
            asked.map(|asked| asked.index).find(|asked| *asked > index)
        };
        let next = if self.checking { open() } else { following().or_else(open) };
        next.map_or(Screen::Check, Screen::Question)
    }

    /// What the controls of the question in view hold, where Back or Forward leaves it without
    /// Continue: an answer that cannot be taken is none, so that what is scored is what is seen.
    fn keep_entered(&mut self) {
        let Screen::Question(index) = self.shown else { return };
        let Some(question) = self.assessment.questions.get(index) else { return };
        let entered = question.read(&form::values(&ids::question(index))).ok().flatten();
        let kept = self.answers.replace(&question.id, entered);
        if self.assessment.accept(question, &self.answers).is_err() {
            self.answers.set(&question.id, None);
        }
        // A result that was finished with others is none any more.
        if self.answers.get(&question.id) != kept.as_ref() {
            request::offer_assessment(None);
        }
    }

    fn previous(&self) -> Option<usize> {
        self.trail.get(self.step)?.previous
    }

    fn show_next(&mut self, screen: Screen) {
        self.add(screen, Some(self.step));
    }

    fn add(&mut self, screen: Screen, previous: Option<usize>) {
        self.step += 1;
        self.trail.truncate(self.step);
        self.trail.push(Visit { screen: screen.clone(), previous });
        history::push(Island::SelfAssessment, self.step);
        self.show(screen);
    }

    fn show(&mut self, screen: Screen) {
        let screen = self.guarded(screen);
        self.checking |= matches!(screen, Screen::Check | Screen::Result);
        let mut result = None;
        match &screen {
            Screen::Question(index) => {
                dom::progress(self.assessment.progress(&self.answers, *index));
                self.tell_step(*index);
            }
            // To a page around this one an emergency is as the next question is.
            Screen::Stop(_) => {
                let cause = (0..self.assessment.questions.len()).find(|index| self.stops(*index));
                self.tell_step(cause.map_or(0, |index| index + 1));
            }
            Screen::Result => {
                if request::included().is_none() {
                    emit(GuideEvent::AssessmentComplete);
                }
                let finished = self.finished();
                result = finished.as_ref().map(|it| it.included.clone());
                if let Some(result) = &result {
                    dom::result(&self.assessment, result);
                }
                request::offer_assessment(finished);
            }
            Screen::Check => dom::check(&self.assessment, &self.answers),
            Screen::Start => {}
        }
        dom::change(&self.shown, &screen);
        self.shown = screen;
        dom::focus(&self.shown, result.as_ref());
    }

    fn tell_step(&self, question: usize) {
        let Progress { step: index, of } = self.assessment.shared_step(question);
        emit(GuideEvent::Step { index, of });
    }

    /// An emergency answer leaves only its screen and the way back to the question; a result needs
    /// every answer.
    fn guarded(&self, screen: Screen) -> Screen {
        let stop = self.assessment.stop(&self.answers).map(|outcome| outcome.id.clone());
        let open = || self.assessment.first_open(&self.answers).map(|open| open.index);
        match (screen, stop) {
            (Screen::Question(index), Some(stop)) if !self.stops(index) => Screen::Stop(stop),
            (Screen::Stop(_) | Screen::Check | Screen::Result, Some(stop)) => Screen::Stop(stop),
            (Screen::Stop(_), None) => open().map_or(Screen::Check, Screen::Question),
            (Screen::Result, None) if open().is_some() => Screen::Check,
            (screen, _) => screen,
        }
    }

    /// Whether this question's answer is what stops the assessment.
    fn stops(&self, index: usize) -> bool {
        let mut without = self.answers.clone();
        if let Some(question) = self.assessment.questions.get(index) {
            without.set(&question.id, None);
        }
        self.assessment.stop(&without).is_none()
    }

    fn finished(&self) -> Option<Finished> {
        let score = self.assessment.score(&self.answers).ok()?;
        let included = IncludedAssessment::new(&self.assessment, &self.answers, &score)?;
        let asked = self.assessment.asked(&self.answers).into_iter();
        let lines = asked.map(|AskedQuestion { question: it, .. }| {
            (it.id.clone(), dom::in_words(&self.assessment, it, &self.answers))
        });
        Some(Finished { included, lines: lines.collect() })
    }
}
