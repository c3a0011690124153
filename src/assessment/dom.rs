//! Shows the session's state in the rendered screens. Answers are shown by the labels in the page.

use guide_core::assessment::definition::{Criterion, Flag, Outcome, Question};
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
    offer_early(false);
    page::show(ids::EARLY, false);
    outcomes_and_flags(assessment, &Answers::default(), None);
    assessment.criteria.iter().for_each(|it| criterion(assessment, &Answers::default(), it, None));
}

/// Moves the focus to the heading of a screen, and the screen into view. The heading of a result is that
/// of its outcome.
pub fn focus(screen: &Screen, result: Option<&Outcome>) {
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

/// The same flag, not an equal one: comparing whole flags takes code that nothing else needs.
fn is_raised(judged: &Judgement<'_>, flag: &Flag) -> bool {
    judged.flags.iter().any(|it| std::ptr::eq(*it, flag))
}

/// Shows the flags that are said above every screen, as soon as they are known to be raised. Returns `true`
/// if one has appeared.
pub fn at_once(assessment: &Assessment, judged: &Judgement<'_>) -> bool {
    let mut appeared = false;
    for it in assessment.flags.iter().filter(|it| it.at_once) {
        let (id, raised) = (ids::flag(&it.id), is_raised(judged, it));
        appeared |= raised && !page::is_shown(&id);
        page::show(&id, raised);
    }
    appeared
}

/// Scrolls to the flags that are said above every screen. The focus stays.
pub fn reveal_at_once() {
    focus::reveal(ids::PANEL);
}

/// Fills the result, which is early as long as questions are open.
pub fn result(assessment: &Assessment, answers: &Answers, judged: &Judgement<'_>) {
    let answers = &assessment.relevant(answers);
    page::show(ids::EARLY, !judged.complete);
    outcomes_and_flags(assessment, answers, Some(judged));
    for it in &judged.criteria {
        criterion(assessment, answers, it.criterion, Some(it));
    }
    page::show("assessment-flags-heading", judged.flags.iter().any(|it| !it.at_once));
    for question in assessment.questions.iter().filter(|question| question.shown) {
        page::set_text(
            &ids::unscored_answer(&question.id),
            &in_words(assessment, question, answers),
        );
    }
}

/// Shows the points of a criterion, and the answers that gave them; without any, those that it looked at.
/// `None` shows nothing.
fn criterion(
    assessment: &Assessment,
    answers: &Answers,
    criterion: &Criterion,
    judged: Option<&Points<'_>>,
) {
    let id = &criterion.id;
    let points = judged.and_then(Points::known);
    let text = points.map(|points| {
        let values = [("points", &*points.to_string()), ("max", &*criterion.max.to_string())];
        page::message("points", &values)
    });
    page::set_text(&ids::criterion_points(id), &text.unwrap_or_default());
    for nth in 1..=criterion.max {
        let filled = points.is_some_and(|points| nth <= points);
        page::set_class(&ids::criterion_segment(id, nth), "filled", filled);
    }
    // After the grades stands that the points are not known yet.
    let open = assessment.grades.len();
    let grade = judged.and_then(|_| points.map_or(Some(open), |points| assessment.grade(points)));
    for nth in 0..=open {
        page::show(&ids::criterion_grade(id, nth), grade == Some(nth));
    }
    for question in criterion.questions().into_iter().filter_map(|id| assessment.question(id)) {
        let counts =
            judged.is_some_and(|it| it.counted.is_empty() || it.counted.contains(&&*question.id));
        let shown = counts && answers.get(&question.id).is_some();
        let words = if shown { in_words(assessment, question, answers) } else { String::new() };
        page::set_text(&ids::criterion_answer(id, &question.id), &words);
        page::show(&ids::criterion_row(id, &question.id), shown);
    }
}

/// Shows the outcome with its reasons, and the flags; hides all others.
fn outcomes_and_flags(assessment: &Assessment, answers: &Answers, judged: Option<&Judgement<'_>>) {
    for it in &assessment.outcomes {
        let shown =
            judged.filter(|judged| judged.outcome.is_some_and(|outcome| outcome.id == it.id));
        page::show(&ids::outcome(&it.id), shown.is_some());
        page::show(&ids::outcome_next(&it.id), shown.is_some());
        for because in &it.because {
            let said =
                shown.is_some_and(|it| it.because.iter().any(|it| std::ptr::eq(*it, because)));
            page::show(&ids::because(&it.id, &because.id), said);
        }
    }
    for it in &assessment.flags {
        let raised = judged.is_some_and(|judged| is_raised(judged, it));
        page::show(&ids::flag(&it.id), raised);
        for (nth, holds) in assessment.also(it, answers).into_iter().enumerate() {
            page::show(&ids::flag_also(&it.id, nth), raised && holds);
        }
        let Some(question) = it.lists.as_ref().and_then(|id| assessment.question(id)) else {
            continue;
        };
        let chosen = answers.get(&question.id).map_or(&[][..], Answer::choices);
        for option in question.options.iter().filter(|it| !it.exclusive) {
            let listed = raised && chosen.contains(&option.id);
            page::show(&ids::flag_option(&it.id, &option.id), listed);
        }
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
