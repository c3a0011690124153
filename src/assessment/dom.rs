//! Shows the questions and their errors, moves the focus, and puts answers into the words of the page.

use guide_core::assessment::definition::{Criterion, Outcome, Question};
use guide_core::assessment::flow::Progress;
use guide_core::assessment::{Answer, AnswerError, Answers, Assessment};

use super::ids;
use super::screen::Screen;
use crate::browser::{focus, page};

/// The id of a screen's element.
fn screen_id(screen: Screen) -> String {
    match screen {
        Screen::Start => ids::START.to_owned(),
        Screen::Question(index) => ids::question(index),
        Screen::Stop(outcome) => ids::outcome(outcome),
        Screen::Review => ids::REVIEW.to_owned(),
        Screen::Result => ids::RESULT.to_owned(),
    }
}

/// Detaches a question that was shown, and attaches one that is to be shown. Returns `false` if the loader has
/// attached it, before the app was there: the person has gone on from its heading.
pub fn change(from: Screen, to: Screen) -> bool {
    if let Screen::Question(index) = from {
        page::detach(&ids::question(index));
    }
    match to {
        Screen::Question(index) => page::attach(&ids::question(index), ids::ASKED),
        _ => true,
    }
}

/// Moves the focus to the heading of a screen, and the screen into view. The heading of a result is that
/// of its outcome.
pub fn focus(screen: Screen, result: Option<&Outcome>) {
    let headed = result.map_or_else(|| screen_id(screen), |it| ids::outcome(&it.id));
    focus::screen(ids::PANEL, &[&headed, ids::HEADING].concat());
}

/// Offers an early result at the shown question, or withdraws the offer.
pub fn offer_early(offered: bool) {
    page::set_class(ids::PANEL, "settled", offered);
}

/// Shows or hides the emergency warning at a question.
pub fn warn(index: usize, shown: bool) {
    page::show(&ids::warning(index), shown);
}

/// Shows the error of a question's answer, or clears it.
pub fn error(assessment: &Assessment, index: usize, error: Option<&AnswerError<'_>>) {
    let Some(question) = assessment.questions.get(index) else { return };
    let name = ids::answer(question);
    let message = error.map(|error| sentence(assessment, question, error)).unwrap_or_default();
    page::set_error(&name, &message);
    if error.is_some() {
        focus::first_control(&ids::question(index));
    }
}

fn sentence(assessment: &Assessment, question: &Question, error: &AnswerError<'_>) -> String {
    let key = match error {
        AnswerError::Missing => ["missing-", question.kind.id()].concat(),
        AnswerError::NotWhole => "not-whole".to_owned(),
        AnswerError::OutOfRange { .. } => "out-of-range".to_owned(),
        AnswerError::NotAlone => "not-alone".to_owned(),
        AnswerError::Unknown => "unknown".to_owned(),
        AnswerError::NumberAndOption => "number-and-option".to_owned(),
        AnswerError::Refused(limit) => {
            let nth = assessment
                .limits
                .iter()
                .position(|it| std::ptr::eq(it, *limit))
                .unwrap_or_default();
            format!("limit-{nth}")
        }
    };
    let [min, max] = [question.min, question.max].map(|it| it.unwrap_or_default().to_string());
    page::message(&["answer-", &key].concat(), &[("min", &min), ("max", &max)])
}

/// The number of the question and of all questions.
pub fn progress(Progress { step, of }: Progress) -> String {
    let (current, total) = (step.to_string(), of.to_string());
    page::message("progress", &[("current", &current), ("total", &total)])
}

/// The points of a criterion; empty if they are not known.
pub fn points(criterion: Option<&Criterion>, points: Option<u32>) -> String {
    let (Some(criterion), Some(points)) = (criterion, points) else { return String::new() };
    let (points, max) = (points.to_string(), criterion.max.to_string());
    page::message("points", &[("points", &points), ("max", &max)])
}

/// By each question, the answer that is listed to be checked; `None` where it is not asked.
pub fn listed(assessment: &Assessment, answers: &Answers) -> Vec<Option<String>> {
    let asked = assessment.asked(answers);
    let is_asked = |index| asked.iter().any(|it| it.index == index);
    let questions = assessment.questions.iter().enumerate();
    let answer =
        |(index, question)| is_asked(index).then(|| in_words(assessment, question, answers));
    questions.map(answer).collect()
}

/// Scrolls to the flags that are said above every screen. The focus stays.
pub fn reveal_at_once() {
    focus::reveal(ids::PANEL);
}

/// An answer as text: the labels of its options, or the number with its unit.
pub fn in_words(assessment: &Assessment, question: &Question, answers: &Answers) -> String {
    let index = assessment.questions.iter().position(|it| it.id == question.id);
    let (form, name) = (ids::question(index.unwrap_or_default()), ids::answer(question));
    match answers.get(&question.id) {
        None => page::message("not-answered", &[]),
        Some(Answer::Number(number)) => {
            let unit = page::text_in(&form, &[&name, "-unit"].concat());
            [&number.to_string(), " ", &unit].concat().trim_end().to_owned()
        }
        Some(answer) => {
            let chosen = question.options.iter().filter(|it| answer.choices().contains(&it.id));
            let labels: Vec<String> =
                chosen.map(|option| page::label_in(&form, &name, &option.id)).collect();
            labels.join("; ")
        }
    }
}
