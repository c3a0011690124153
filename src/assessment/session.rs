//! The state of the self-assessment: answers, and the trail of screens.
//!
//! The browser's history holds only the number of a step. Its screen is in memory only, so that neither a
//! URL nor a history entry tells an answer.

use std::cell::RefCell;
use std::rc::Rc;

use guide_core::assessment::flow::Progress;
use guide_core::assessment::{Answers, Assessment, Judgement};
use guide_core::request::payload::IncludedAssessment;
use leptos::prelude::{GetUntracked as _, Set as _};

use super::part::Part;
use super::result::Judged;
use super::screen::Screen;
use super::state::State;
use super::{dom, ids};
use crate::browser::events::{GuideEvent, emit};
use crate::browser::history::{self, Island};
use crate::browser::{form, live, page, state};
use crate::request::{self, Finished};

/// A step of the trail.
#[derive(Clone, Copy)]
struct Visit {
    screen: Screen,
    /// The step that Back leads to. Not always the one before: a Back that the browser's history cannot do
    /// adds a step.
    previous: Option<usize>,
    /// Continue led here from a question, and not everybody is led here: see [`Session::shares_entry`].
    detour: bool,
}

/// One person's self-assessment.
pub struct Session {
    assessment: &'static Assessment,
    answers: Answers,
    /// What the screens show.
    state: Rc<State>,
    /// The steps in the browser's history, from the first.
    trail: Vec<Visit>,
    /// The index of the shown step in the trail.
    step: usize,
    /// The list of answers was shown. From then on Continue leads back to it once nothing is open.
    reviewed: bool,
}

thread_local! {
    // One self-assessment for each page: its screens are found by their ids.
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// Begins a session without answers, and registers its screens for Back and Forward.
pub fn begin(assessment: Assessment) {
    // It lives as long as the page.
    let assessment: &'static Assessment = Box::leak(Box::new(assessment));
    let state = Rc::new(State::new(assessment));
    let shown = Rc::clone(&state);
    live::bind(ids::PANEL, Part::parse, move |part, element| part.show(&shown, element));
    SESSION.set(Some(Session {
        assessment,
        answers: Answers::default(),
        state,
        trail: vec![Visit::FIRST],
        step: 0,
        reviewed: false,
    }));
    history::begin(Island::SelfAssessment, |step| with(|session| session.go_to(step)));
}

/// Runs `act` on the session, if it has begun.
pub fn with(act: impl FnOnce(&mut Session)) {
    state::with(&SESSION, act);
}

impl Visit {
    const FIRST: Self = Self { screen: Screen::Start, previous: None, detour: false };
}

impl Session {
    /// Shows the first question. Before the app was there the loader did, and it may be answered already.
    pub fn start(&mut self) {
        self.show_next(Screen::Question(0));
        self.changed(0);
    }

    /// Handles a changed answer: clears its error, withdraws a result that no longer holds from the
    /// request, and shows the warning of an emergency at once, before Continue leads to its screen.
    pub fn changed(&mut self, index: usize) {
        dom::error(self.assessment, index, None);
        let Some(question) = self.assessment.questions.get(index) else { return };
        let entered = question.read(&form::values(&ids::question(index))).ok().flatten();
        if self.answers.get(&question.id) != entered.as_ref() {
            request::offer_assessment(None);
        }
        let offered = self.assessment.judge(&self.answers).is_early();
        let before = self.answers.replace(&question.id, entered);
        let judged = self.assessment.judge(&self.answers);
        let stops = judged.stops();
        // Offered from the next screen on; here it can only go away.
        dom::offer_early(offered && !stops && judged.outcome.is_some());
        if self.state.raise(&judged) {
            dom::reveal_at_once();
        }
        self.answers.set(&question.id, before);
        dom::warn(index, stops);
    }

    /// Goes to a question from the list of answers.
    pub fn change(&mut self, index: usize) {
        let screen = Screen::Question(index);
        self.add(Visit { screen, previous: Some(self.step), detour: false }, false);
    }

    /// Shows the list of answers.
    pub fn review(&mut self) {
        self.show_next(Screen::Review);
    }

    /// Shows the result, or the first question that is still open.
    pub fn finish(&mut self) {
        let open = self.assessment.first_open(&self.answers).map(|open| open.index);
        self.show_next(open.map_or(Screen::Result, Screen::Question));
    }

    /// Shows what the answers so far come to, the one just entered included.
    pub fn see_early(&mut self) {
        self.store_entered();
        self.show_next(Screen::Result);
    }

    /// Goes back to the question whose answer stopped the assessment.
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

    /// Clears every answer: here, in the page's controls and in the appointment request.
    pub fn clear(&mut self) {
        self.answers = Answers::default();
        request::offer_assessment(None);
        self.reviewed = false;
        self.trail = vec![Visit::FIRST];
        self.step = 0;
        for index in 0..self.assessment.questions.len() {
            // Browsers reset only controls that are in the document.
            let question = ids::question(index);
            page::attach(&question, ids::ASKED);
            form::reset(&question);
            dom::error(self.assessment, index, None);
            dom::warn(index, false);
            page::detach(&question);
        }
        dom::offer_early(false);
        self.state.clear();
        history::forget(Island::SelfAssessment);
        self.show(Screen::Start);
    }

    /// Goes back one step, like the browser's own button.
    pub fn back(&mut self) {
        let previous = self.previous().unwrap_or_default();
        if !history::back(Island::SelfAssessment, previous)
            && let Some(visit) = self.trail.get(previous)
        {
            self.add(*visit, true);
        }
    }

    fn go_to(&mut self, step: usize) {
        let Some(screen) = self.trail.get(step).map(|it| it.screen) else { return };
        self.store_entered();
        self.step = step;
        self.show(screen);
    }

    /// Accepts the answer in a question's controls and goes on, or shows its error.
    pub fn proceed(&mut self, index: usize) {
        let Some(question) = self.assessment.questions.get(index) else { return };
        let mut error = None;
        match question.read(&form::values(&ids::question(index))) {
            Ok(answer) => {
                let changed = self.answers.get(&question.id) != answer.as_ref();
                let before = self.answers.replace(&question.id, answer);
                // An emergency comes before every error, even a contradiction.
                if self.assessment.stop(&self.answers).is_none() {
                    error = self.assessment.accept(question, &self.answers).err();
                }
                if error.is_some() {
                    self.answers.set(&question.id, before);
                } else if changed {
                    request::offer_assessment(None);
                }
            }
            Err(unread) => error = Some(unread),
        }
        dom::error(self.assessment, index, error.as_ref());
        dom::warn(index, self.assessment.stop(&self.answers).is_some());
        if error.is_none() {
            self.show_next(self.after(index));
        }
    }

    /// The screen after the question of this index.
    fn after(&self, index: usize) -> Screen {
        if let Some(stop) = self.assessment.stop(&self.answers) {
            return Screen::Stop(&stop.id);
        }
        let open = || self.assessment.first_open(&self.answers).map(|open| open.index);
        let following = || {
            let asked = self.assessment.asked(&self.answers).into_iter();
            asked.map(|asked| asked.index).find(|asked| *asked > index)
        };
        let next = if self.reviewed { open() } else { following().or_else(open) };
        next.map_or(Screen::Review, Screen::Question)
    }

    /// Stores the input of the shown question when Back or Forward leaves it without Continue. An invalid
    /// answer becomes none, so that the score matches the visible answers.
    fn store_entered(&mut self) {
        let Screen::Question(index) = self.state.screen.get_untracked() else { return };
        let Some(question) = self.assessment.questions.get(index) else { return };
        let entered = question.read(&form::values(&ids::question(index))).ok().flatten();
        let before = self.answers.replace(&question.id, entered);
        if self.assessment.accept(question, &self.answers).is_err() {
            self.answers.set(&question.id, None);
        }
        // A result of other answers no longer holds.
        if self.answers.get(&question.id) != before.as_ref() {
            request::offer_assessment(None);
        }
    }

    fn previous(&self) -> Option<usize> {
        self.trail.get(self.step)?.previous
    }

    fn show_next(&mut self, screen: Screen) {
        let shares = self.shares_entry(&screen);
        let before = self.trail.get(self.step);
        let detour = match &screen {
            Screen::Question(index) => {
                let question = self.assessment.questions.get(*index);
                question.is_some_and(|it| it.ask_when.is_some())
                    && before.is_some_and(|it| it.screen != Screen::Review)
            }
            screen => self.is_early(screen) && before.is_some_and(|it| it.detour),
        };
        self.add(Visit { screen, previous: Some(self.step), detour }, shares);
    }

    /// Adds a visit. In a frame it takes the place of the one before in the browser's history if it
    /// `shares` its entry.
    fn add(&mut self, visit: Visit, shares: bool) {
        let screen = visit.screen;
        self.step += 1;
        self.trail.truncate(self.step);
        self.trail.push(visit);
        let put =
            if shares && page::root_has("data-framed") { history::replace } else { history::push };
        put(Island::SelfAssessment, self.step);
        self.show(screen);
    }

    /// Returns `true` if a screen shares the entry of the one before. A page around the guide can count the
    /// entries of the browser's history. So everybody adds equally many: none for an early result, and
    /// none where a question that only some are asked is left.
    fn shares_entry(&self, screen: &Screen) -> bool {
        let visit = |step: usize| self.trail.get(step);
        let Some(before) = visit(self.step) else { return false };
        let returns = || before.previous.and_then(visit).is_some_and(|it| it.screen == *screen);
        before.detour || self.is_early(screen) || (self.is_early(&before.screen) && returns())
    }

    fn is_early(&self, screen: &Screen) -> bool {
        *screen == Screen::Result && !self.assessment.judge(&self.answers).complete
    }

    fn show(&mut self, screen: Screen) {
        let screen = self.allowed(screen);
        self.reviewed |= matches!(screen, Screen::Review | Screen::Result);
        let judged = self.assessment.judge(&self.answers);
        self.state.raise(&judged);
        let mut result = None;
        match screen {
            Screen::Question(index) => {
                dom::offer_early(judged.is_early());
                self.state.progress.set(self.assessment.progress(&self.answers, index));
                self.emit_step(index);
            }
            // To the host page an emergency looks like the next question.
            Screen::Stop(_) => {
                let cause = (0..self.assessment.questions.len()).find(|index| self.stops(*index));
                self.emit_step(cause.map_or(0, |index| index + 1));
            }
            Screen::Result => {
                // The page around the guide must not learn that an outcome was settled early.
                if judged.complete && request::included().is_none_or(|it| !it.complete) {
                    emit(GuideEvent::AssessmentComplete);
                }
                result = judged.outcome;
                request::offer_assessment(self.finished(&judged));
                let result = Judged::new(self.assessment, &self.answers, judged);
                self.state.result.set(Some(result));
            }
            Screen::Review => self.state.listed.set(Some(self.answers.clone())),
            Screen::Start => {}
        }
        let is_new = dom::change(self.state.screen.get_untracked(), screen);
        self.state.screen.set(screen);
        if is_new {
            dom::focus(screen, result);
        }
    }

    fn emit_step(&self, question: usize) {
        let Progress { step: index, of } = self.assessment.shared_step(question);
        emit(GuideEvent::Step { index, of });
    }

    /// Replaces a screen that the answers do not allow: after an emergency only its screen and the
    /// question are allowed, and a result needs an outcome that is settled.
    fn allowed(&self, screen: Screen) -> Screen {
        let stop = self.assessment.stop(&self.answers).map(|outcome| &*outcome.id);
        let open = || self.assessment.first_open(&self.answers).map(|open| open.index);
        match (screen, stop) {
            (Screen::Question(index), Some(stop)) if !self.stops(index) => Screen::Stop(stop),
            (Screen::Stop(_) | Screen::Review | Screen::Result, Some(stop)) => Screen::Stop(stop),
            (Screen::Stop(_), None) => open().map_or(Screen::Review, Screen::Question),
            (Screen::Result, None) if self.assessment.judge(&self.answers).outcome.is_none() => {
                Screen::Review
            }
            (screen, _) => screen,
        }
    }

    /// Returns `true` if this question's answer stops the assessment.
    fn stops(&self, index: usize) -> bool {
        let mut without = self.answers.clone();
        if let Some(question) = self.assessment.questions.get(index) {
            without.set(&question.id, None);
        }
        self.assessment.stop(&without).is_none()
    }

    fn finished(&self, judged: &Judgement<'_>) -> Option<Finished> {
        let included = IncludedAssessment::new(self.assessment, &self.answers, judged)?;
        let mut answers = dom::listed(self.assessment, &self.answers);
        for (question, answer) in self.assessment.questions.iter().zip(&mut answers) {
            answer.take_if(|_| self.answers.get(&question.id).is_none());
        }
        Some(Finished { included, answers })
    }
}
