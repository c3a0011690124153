//! Renders every screen of the self-assessment, natively. All but the first are hidden; each question is
//! in a template.

pub mod printed;
mod question;
mod result;
mod review;

use guide_core::assessment::definition::Outcome;
use guide_core::assessment::{Answers, Assessment};
use leptos::prelude::*;

use super::action::Action;
use super::ids::{self, HEADING};
use super::island::SelfAssessment;
use super::part::Part;
use crate::browser::packed::{PackError, pack};
use crate::components::button::{button, retry};
use crate::components::flag::Flag;
use crate::components::messages::messages;
use crate::components::paragraphs::paragraphs;
use crate::components::summary_list::{SummaryRow, summary_list};
use crate::components::support::support;
use crate::components::urgent::urgent;
use crate::content::Content;
use crate::content::markdown::Insert;
use crate::content::routes::Kind;
use crate::content::words::assessment::AssessmentWords;
use crate::content::words::fill;

/// The self-assessment, ready to be started.
///
/// # Errors
/// The error of packing what the app needs.
pub fn view(content: &Content) -> Result<AnyView, PackError> {
    let (assessment, words) = (&content.assessment, &content.interface.assessment);
    let rules = pack(assessment)?;
    let questions: Vec<AnyView> = (0..assessment.questions.len())
        .map(|index| question::view(assessment, index, words))
        .collect();
    let stops: Vec<AnyView> = (0..)
        .zip(&assessment.outcomes)
        .filter(|(_, outcome)| outcome.immediate)
        .map(|(index, outcome)| stop(assessment, index, outcome, words))
        .collect();
    // Rendered first: `children` is a `'static` closure, which cannot borrow `content`.
    let (start, review) = (start(content), review(assessment, words));
    let (result, messages) = (result::view(assessment, words), app_messages(assessment, words));
    let at_once = result::at_once(assessment, words);
    // Of the first question, which the loader shows before the app is there.
    let first = assessment.progress(&Answers::default(), 0);
    let (step, of) = (first.step.to_string(), first.of.to_string());
    let progress = fill(&words.progress, &[("current", &step), ("total", &of)]);
    let view = view! {
        <SelfAssessment>
            <span id=ids::RULES translate="no" hidden>{rules}</span>
            {at_once}
            {start}
            <div id=ids::PROGRESS class="progress" data-part=Part::Progress.attribute() hidden>
                <p id=ids::PROGRESS_TEXT data-part=Part::ProgressText.attribute()>{progress}</p>
                <progress
                    max=of
                    value=step
                    aria-labelledby=ids::PROGRESS_TEXT
                    data-part=Part::ProgressBar.attribute()
                ></progress>
            </div>
            <div id=ids::ASKED></div>
            <div hidden>{questions}</div>
            {stops}
            {review}
            {result}
            {messages}
        </SelfAssessment>
    };
    Ok(view.into_any())
}

/// A link to the page with the questions to print; `None` if there is none.
pub fn on_paper(content: &Content) -> Option<AnyView> {
    let page = content.pages.iter().find(|page| page.has(&Insert::AssessmentQuestions))?;
    let to = [Kind::Guide.root(), &Kind::Further.path(&page.slug)].concat();
    let words = content.interface.assessment.on_paper.clone();
    Some(view! { <p><a href=to>{words}</a></p> }.into_any())
}

fn start(content: &Content) -> AnyView {
    let (assessment, words) = (&content.assessment, &content.interface.assessment);
    view! {
        <div id=ids::START data-part=Part::Start.attribute()>
            <h3 id=[ids::START, HEADING].concat() tabindex="-1">{words.start_title.clone()}</h3>
            {paragraphs(&words.start_text)}
            <p class="note">{assessment.disclaimer.clone()}</p>
            <p class="note">{review::reviewed(content)}</p>
            <p class="actions needs-app">{button("button", &Action::Start.attribute(), &words.start)}</p>
            {Flag::app_failed().view(view! {
                <p>{words.failed.clone()}</p>
                {on_paper(content)}
                <p class="actions">{retry(&words.retry)}</p>
            })}
        </div>
    }
    .into_any()
}

fn stop(
    assessment: &Assessment,
    index: usize,
    outcome: &Outcome,
    words: &AssessmentWords,
) -> AnyView {
    let id = ids::outcome(&outcome.id);
    view! {
        <div id=id.clone() data-part=Part::Stop(index).attribute() hidden>
            {urgent([&id, HEADING].concat(), &words.urgent, outcome)}
            {support(&assessment.support)}
            <p class="actions">{button("quiet", &Action::Reconsider.attribute(), &words.reconsider)}</p>
        </div>
    }
    .into_any()
}

fn review(assessment: &Assessment, words: &AssessmentWords) -> AnyView {
    let rows = assessment
        .questions
        .iter()
        .enumerate()
        .map(|(index, question)| SummaryRow {
            id: Some(ids::row(&question.id)),
            part: None,
            value: ids::row_answer(&question.id),
            name: question.short.clone(),
            change: Some((
                Action::Change(index).attribute(),
                fill(&words.change_what, &[("what", &question.short)]),
            )),
        })
        .collect();
    view! {
        <div id=ids::REVIEW data-part=Part::Review.attribute() hidden>
            <h3 id=[ids::REVIEW, HEADING].concat() tabindex="-1">{words.check_title.clone()}</h3>
            <p>{words.check_text.clone()}</p>
            {summary_list(rows, &words.change, Some(Part::Answers.attribute()))}
            <p class="actions">
                {button("button", &Action::Finish.attribute(), &words.see_result)}
                {button("quiet", &Action::Back.attribute(), &words.back)}
                {button("quiet", &Action::Clear.attribute(), &words.clear)}
            </p>
            <p class="note">{words.stays_here.clone()}</p>
        </div>
    }
    .into_any()
}

/// The messages that the app shows in other places.
fn app_messages(assessment: &Assessment, words: &AssessmentWords) -> AnyView {
    let errors = &words.errors;
    let limits: Vec<(String, &str)> = assessment
        .limits
        .iter()
        .enumerate()
        .map(|(nth, limit)| (format!("answer-limit-{nth}"), &*limit.error))
        .collect();
    let fixed = [
        ("progress", &*words.progress),
        ("points", &words.points),
        ("not-answered", &words.not_answered),
        ("answer-missing-single", &errors.missing_single),
        ("answer-missing-multi", &errors.missing_multi),
        ("answer-missing-number", &errors.missing_number),
        ("answer-not-whole", &errors.not_whole),
        ("answer-out-of-range", &errors.out_of_range),
        ("answer-not-alone", &errors.not_alone),
        ("answer-number-and-option", &errors.number_and_option),
        ("answer-unknown", &errors.unknown),
    ];
    messages(fixed.into_iter().chain(limits.iter().map(|(key, text)| (&**key, *text))))
}
