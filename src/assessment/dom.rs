//! Shows the session's state in the rendered screens. Answers are shown by the labels in the page.

use guide_core::assessment::definition::{Flag, Outcome, Question};
use guide_core::assessment::flow::Progress;
use guide_core::assessment::judgement::{Judgement, Points};
use guide_core::assessment::{Answer, AnswerError, Answers, Assessment};

use super::ids;
use super::screen::Screen;
use crate::browser::{focus, page};

/// The id of a screen's element.
pub fn screen_id(screen: &Screen) -> String {
    match screen {
        Screen::Start => ids::START.to_owned(),
        Screen::Question(index) => ids::question(*index),
        Screen::Stop(outcome) => ids::outcome(outcome),
        Screen::Review => ids::REVIEW.to_owned(),
        Screen::Result => ids::RESULT.to_owned(),
    }
}

/// Hides one screen and shows another.
pub fn change(from: &Screen, to: &Screen) {
    match from {
        Screen::Question(index) => page::detach(&ids::question(*index)),
        other => page::show(&screen_id(other), false),
    }
    let asking = matches!(to, Screen::Question(_));
    page::show(ids::PROGRESS, asking);
    page::set_class(ids::SECTION, "asking", asking);
    match to {
        Screen::Question(index) => page::attach(&ids::question(*index), ids::ASKED),
        other => page::show(&screen_id(other), true),
    }
}

/// Empties and hides all elements outside of the questions that show an answer or a result.
pub fn clear(assessment: &Assessment) {
    for question in &assessment.questions {
        page::set_text(&ids::row_answer(&question.id), "");
        page::set_text(&ids::unscored_answer(&question.id), "");
    }
    assessment.outcomes.iter().for_each(|it| page::show(&ids::outcome(&it.id), false));
    for it in assessment.outcomes.iter().filter(|it| !it.immediate) {
        page::show(&ids::outcome_next(&it.id), false);
        it.because.iter().for_each(|because| page::show(&ids::because(&it.id, &because.id), false));
    }
    for it in &assessment.criteria {
        page::set_text(&ids::criterion_points(&it.id), "");
        (1..=it.max)
            .for_each(|nth| page::set_class(&ids::criterion_segment(&it.id, nth), "filled", false));
        (0..assessment.grades.len())
            .for_each(|nth| page::show(&ids::criterion_grade(&it.id, nth), false));
        for question in it.questions() {
            page::set_text(&ids::criterion_answer(&it.id, question), "");
            page::show(&ids::criterion_row(&it.id, question), false);
        }
    }
    for it in &assessment.flags {
        page::show(&ids::flag(&it.id), false);
        (0..it.also.len()).for_each(|nth| page::show(&ids::flag_also(&it.id, nth), false));
        let listed = it.lists.as_ref().and_then(|id| assessment.question(id));
        let options = listed.iter().flat_map(|question| &question.options);
        for option in options.filter(|it| !it.exclusive) {
            page::show(&ids::flag_option(&it.id, &option.id), false);
        }
    }
}

/// Moves the focus to the heading of a screen, and the screen into view. The heading of a result is that
/// of its outcome.
pub fn focus(screen: &Screen, result: Option<&Outcome>) {
    let headed = result.map_or_else(|| screen_id(screen), |it| ids::outcome(&it.id));
    focus::screen(ids::PANEL, &[&headed, ids::HEADING].concat());
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
            let nth = assessment.limits.iter().position(|it| it == *limit).unwrap_or_default();
            format!("limit-{nth}")
        }
    };
    let [min, max] = [question.min, question.max].map(|it| it.unwrap_or_default().to_string());
    page::message(&["answer-", &key].concat(), &[("min", &min), ("max", &max)])
}

/// Shows the number of the question and of all questions.
pub fn progress(Progress { step, of }: Progress) {
    let (current, total) = (step.to_string(), of.to_string());
    let text = page::message("progress", &[("current", &current), ("total", &total)]);
    page::set_text(ids::PROGRESS_TEXT, &text);
    page::set_attribute(ids::PROGRESS_BAR, "max", &total);
    page::set_attribute(ids::PROGRESS_BAR, "value", &current);
}

/// Fills the list of answers.
pub fn fill_review(assessment: &Assessment, answers: &Answers) {
    let asked = assessment.asked(answers);
    for (index, question) in assessment.questions.iter().enumerate() {
        page::show(&ids::row(&question.id), asked.iter().any(|it| it.index == index));
        page::set_text(&ids::row_answer(&question.id), &in_words(assessment, question, answers));
    }
}

/// Shows the flags that are said above every screen, as soon as they are known to be raised.
pub fn at_once(assessment: &Assessment, judged: &Judgement<'_>) {
    for it in assessment.flags.iter().filter(|it| it.at_once) {
        page::show(&ids::flag(&it.id), judged.flags.contains(&it));
    }
}

/// Fills the result.
pub fn result(assessment: &Assessment, answers: &Answers, judged: &Judgement<'_>) {
    for it in assessment.outcomes.iter().filter(|it| !it.immediate) {
        let shown = judged.outcome.is_some_and(|outcome| outcome.id == it.id);
        page::show(&ids::outcome(&it.id), shown);
        page::show(&ids::outcome_next(&it.id), shown);
        for because in &it.because {
            let said = shown && judged.because.contains(&because);
            page::show(&ids::because(&it.id, &because.id), said);
        }
    }
    for it in &judged.criteria {
        criterion(assessment, answers, it);
    }
    for it in &assessment.flags {
        let raised = judged.flags.contains(&it);
        page::show(&ids::flag(&it.id), raised);
        if raised {
            flag(assessment, answers, it);
        }
    }
    page::show("assessment-flags-heading", judged.flags.iter().any(|it| !it.at_once));
    for question in assessment.questions.iter().filter(|question| question.shown) {
        page::set_text(
            &ids::unscored_answer(&question.id),
            &in_words(assessment, question, answers),
        );
    }
}

fn criterion(assessment: &Assessment, answers: &Answers, judged: &Points<'_>) {
    let Points { criterion, counted, .. } = judged;
    let id = &criterion.id;
    let points = judged.known().unwrap_or_default();
    let values = [("points", &*points.to_string()), ("max", &*criterion.max.to_string())];
    page::set_text(&ids::criterion_points(id), &page::message("points", &values));
    for nth in 1..=criterion.max {
        page::set_class(&ids::criterion_segment(id, nth), "filled", nth <= points);
    }
    let grade = assessment.grade(points);
    for nth in 0..assessment.grades.len() {
        page::show(&ids::criterion_grade(id, nth), grade == Some(nth));
    }
    let asked = assessment.asked(answers);
    for question in criterion.questions().into_iter().filter_map(|id| assessment.question(id)) {
        let words = in_words(assessment, question, answers);
        page::set_text(&ids::criterion_answer(id, &question.id), &words);
        // The answers that gave points; without any, those that it looked at.
        let shown = asked.iter().any(|it| it.question.id == question.id)
            && (counted.is_empty() || counted.contains(&&*question.id));
        page::show(&ids::criterion_row(id, &question.id), shown);
    }
}

fn flag(assessment: &Assessment, answers: &Answers, flag: &Flag) {
    for (nth, holds) in assessment.also(flag, answers).into_iter().enumerate() {
        page::show(&ids::flag_also(&flag.id, nth), holds);
    }
    let Some(question) = flag.lists.as_ref().and_then(|id| assessment.question(id)) else { return };
    let chosen = answers.get(&question.id).map_or(&[][..], Answer::choices);
    for option in question.options.iter().filter(|it| !it.exclusive) {
        page::show(&ids::flag_option(&flag.id, &option.id), chosen.contains(&option.id));
    }
}

/// An answer as text: the labels of its options, or the number with its unit.
pub fn in_words(assessment: &Assessment, question: &Question, answers: &Answers) -> String {
    let index = assessment.questions.iter().position(|it| it.id == question.id);
    let text = |id: &str| page::text_in(&ids::question(index.unwrap_or_default()), id);
    match answers.get(&question.id) {
        None => page::message("not-answered", &[]),
        Some(Answer::Number(number)) => {
            let unit = text(&[&ids::answer(question), "-unit"].concat());
            [&number.to_string(), " ", &unit].concat().trim_end().to_owned()
        }
        Some(answer) => {
            let chosen = question.options.iter().filter(|it| answer.choices().contains(&it.id));
            let labels: Vec<String> =
                chosen.map(|option| text(&ids::label(question, &option.id))).collect();
            labels.join("; ")
        }
    }
}
