//! Parts: the app shows each by the attribute of its element, and the children of some by their order.

use migraine_guide::{AssessmentPart, RequestPart};
use scraper::{ElementRef, Html};

use crate::html::{all, attribute, content, guide, only};

/// The elements of a part.
fn elements<'a>(page: &'a Html, attribute: &str) -> Vec<ElementRef<'a>> {
    all(page, &format!("[data-part='{attribute}']"))
}

/// The number of children of the only element of a part.
fn children(page: &Html, part: AssessmentPart) -> usize {
    let element = only(page, &format!("[data-part='{}']", part.attribute()));
    element.child_elements().count()
}

#[test]
fn every_rendered_part_is_one_that_the_app_knows() {
    let page = guide(&content());
    let assessment = all(&page, "#assessment-panel [data-part]");
    let request = all(&page, "#request [data-part]");
    for element in &assessment {
        let part = attribute(*element, "data-part");
        assert_eq!(
            AssessmentPart::parse(part).map(AssessmentPart::attribute).as_deref(),
            Some(part)
        );
    }
    for element in &request {
        let part = attribute(*element, "data-part");
        assert_eq!(RequestPart::parse(part).map(RequestPart::attribute).as_deref(), Some(part));
    }
    // The app looks for them there alone.
    assert_eq!(all(&page, "[data-part]").len(), assessment.len() + request.len());
}

#[test]
fn every_part_that_there_is_once_is_rendered_once() {
    let page = guide(&content());
    let names = AssessmentPart::SINGLE.iter().map(|(name, _)| name);
    for name in names.chain(RequestPart::SINGLE.iter().map(|(name, _)| name)) {
        let panels = ["#assessment-panel", "#request"];
        let found = panels.map(|it| all(&page, &format!("{it} [data-part='{name}']")).len());
        assert!(found.into_iter().all(|it| it <= 1) && found != [0, 0], "{name}: {found:?}");
    }
}

#[test]
fn every_outcome_criterion_and_flag_has_its_parts() {
    let content = content();
    let (page, assessment) = (guide(&content), &content.assessment);
    for (index, outcome) in assessment.outcomes.iter().enumerate() {
        let parts = [AssessmentPart::Stop(index), AssessmentPart::Outcome(index)];
        let found = parts.map(|part| elements(&page, &part.attribute()).len());
        // An outcome has its headline above the flags, and what to do below them.
        assert_eq!(found, if outcome.immediate { [1, 0] } else { [0, 2] }, "{}", outcome.id);
        if !outcome.immediate {
            assert_eq!(children(&page, AssessmentPart::Because(index)), outcome.because.len());
        }
    }
    for (index, criterion) in assessment.criteria.iter().enumerate() {
        let unknown = 1;
        let grades = assessment.grades.len() + unknown;
        assert_eq!(children(&page, AssessmentPart::Grade(index)), grades);
        assert_eq!(children(&page, AssessmentPart::Bar(index)), criterion.max as usize);
        assert_eq!(children(&page, AssessmentPart::Counted(index)), criterion.questions().len());
        only(&page, &format!("[data-part='{}']", AssessmentPart::Points(index).attribute()));
    }
    for (index, flag) in assessment.flags.iter().enumerate() {
        only(&page, &format!("[data-part='{}']", AssessmentPart::Flag(index).attribute()));
        if let Some(question) = flag.lists.as_ref().and_then(|id| assessment.question(id)) {
            let listed = question.options.iter().filter(|it| !it.exclusive).count();
            assert_eq!(children(&page, AssessmentPart::Options(index)), listed);
        }
    }
    let also = assessment.flags.iter().flat_map(|flag| flag.also.iter().map(move |it| (flag, it)));
    for (nth, (flag, also)) in also.enumerate() {
        let part = AssessmentPart::Also(nth).attribute();
        let sentence = only(&page, &format!("#assessment-flag-{} [data-part='{part}']", flag.id));
        assert_eq!(sentence.text().collect::<String>(), also.text);
    }
}

#[test]
fn every_list_of_answers_has_a_row_for_each_question() {
    let content = content();
    let (page, questions) = (guide(&content), &content.assessment.questions);
    for part in ["answers", "included"] {
        let names = all(&page, &format!("[data-part='{part}'] > div > dt"));
        let names: Vec<String> = names.into_iter().map(crate::html::text).collect();
        assert_eq!(names, questions.iter().map(|it| it.short.clone()).collect::<Vec<_>>());
    }
}
