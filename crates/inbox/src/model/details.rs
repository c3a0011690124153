//! An opened request as labelled lines, for the screen and for paper. Everything that a patient typed goes
//! through [`shown`], so that no character in it steers what stands around it.

use clinic_core::inbox::words::{ChoiceWords, InboxWords, fill};
use clinic_core::inbox::{Content, Labels};
use clinic_core::readable::{shown, shown_lines};
use guide_core::assessment::Answer;
use guide_core::request::form::{ContactBy, CoverageKind, Day, Need, PartOfDay};
use guide_core::request::payload::{
    AppointmentRequest, Coverage, IncludedAssessment, Needs, Policyholder, Weight, is_id,
};

use super::moment::day;

/// A labelled line, or several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The label.
    pub label: String,
    /// The value; lines of a message are separated by line feeds.
    pub value: String,
}

/// A flag of the self-assessment that was raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisedFlag {
    /// Its sentence.
    pub text: String,
    /// It calls for caution.
    pub caution: bool,
}

/// An included self-assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Result {
    /// Its outcome.
    pub outcome: String,
    /// Not every question was asked.
    pub early: bool,
    /// Its flags, those that call for caution first.
    pub flags: Vec<RaisedFlag>,
    /// The answers.
    pub answers: Vec<Row>,
}

/// The name of a patient.
pub fn name(request: &AppointmentRequest) -> String {
    shown(&request.patient.name)
}

/// The way in which the patient wants to be reached, in a word.
pub fn reach(request: &AppointmentRequest, words: &ChoiceWords) -> String {
    match request.patient.contact_by {
        ContactBy::Call => words.call.clone(),
        ContactBy::Text => words.text.clone(),
        ContactBy::Email => words.email.clone(),
    }
}

/// Everything about reaching the patient.
pub fn contact(request: &AppointmentRequest, content: &Content) -> Vec<Row> {
    let InboxWords { request: words, choices, .. } = &content.words;
    let patient = &request.patient;
    let by_phone = patient.contact_by != ContactBy::Email;
    let message = if patient.message_ok { &words.may_name } else { &words.may_not_name };
    rows([
        (&words.filled_in_by, patient.filled_in_by.as_deref().map(shown)),
        (&words.contact_by, Some(reach(request, choices))),
        (&words.phone, patient.phone.as_deref().map(shown)),
        (&words.email, patient.email.as_deref().map(shown)),
        (&words.call_times, by_phone.then(|| parts(&request.preferred.call_times, choices))),
        (&words.messages, by_phone.then(|| message.clone())),
    ])
}

/// Everything about the visit.
pub fn visit(request: &AppointmentRequest, content: &Content) -> Vec<Row> {
    let InboxWords { request: words, choices, dates, .. } = &content.words;
    let preferred = &request.preferred;
    let yes_no = |yes: bool| if yes { choices.yes.clone() } else { choices.no.clone() };
    let location = content.labels.locations.get(&preferred.location);
    let (carrier, number, holder, kind) = match &request.coverage {
        Some(Coverage { kind, carrier, member_number, policyholder }) => (
            carrier.as_deref().map(shown),
            member_number.as_deref().map(shown),
            policyholder.as_ref().map(|it| match it {
                Policyholder::Patient => choices.policyholder_self.clone(),
                Policyholder::Other(name) => shown(name),
            }),
            Some(coverage(*kind, choices)),
        ),
        None => (None, None, None, None),
    };
    let (kinds, language, other) = match &request.patient.needs {
        Some(Needs { kinds, language, words }) => (
            (!kinds.is_empty()).then(|| list(kinds.iter().map(|it| need(*it, choices)))),
            language.as_deref().map(shown),
            words.as_deref().map(shown_lines),
        ),
        None => (None, None, None),
    };
    rows([
        (&words.returning, request.patient.returning.map(yes_no)),
        (&words.location, Some(location.cloned().unwrap_or_else(|| shown(&preferred.location)))),
        (&words.earliest, preferred.earliest.map(|it| day(it, dates))),
        (&words.days, Some(days(&preferred.days, choices))),
        (&words.times, Some(parts(&preferred.times, choices))),
        (&words.coverage, kind),
        (&words.carrier, carrier),
        (&words.member_number, number),
        (&words.policyholder, holder),
        (&words.date_of_birth, request.patient.date_of_birth.map(|it| day(it, dates))),
        (&words.needs, kinds),
        (&words.needs_language, language),
        (&words.needs_words, other),
    ])
}

/// The patient's message.
pub fn message(request: &AppointmentRequest) -> Option<String> {
    request.message.as_deref().map(shown_lines)
}

/// The self-assessment, where it is included.
pub fn assessment(request: &AppointmentRequest, content: &Content) -> Option<Result> {
    let IncludedAssessment { outcome, complete, flags, answers, .. } =
        request.assessment.as_ref()?;
    let Labels { outcomes, questions, flags: of_flags, .. } = &content.labels;
    let flag = |id: &String| match of_flags.get(id) {
        Some(flag) => RaisedFlag { text: flag.text.clone(), caution: flag.caution },
        None => RaisedFlag { text: unknown(id, &content.words), caution: false },
    };
    let mut flags: Vec<RaisedFlag> = flags.iter().map(flag).collect();
    flags.sort_by_key(|flag| !flag.caution);
    let row = |(id, answer): (&str, &Answer)| {
        let question = questions.get(id);
        let option = |id: &String| {
            let known = question.and_then(|question| question.options.get(id));
            known.cloned().unwrap_or_else(|| unknown(id, &content.words))
        };
        Row {
            label: question.map_or_else(|| unknown(id, &content.words), |it| it.short.clone()),
            value: match answer {
                Answer::Number(number) => number.to_string(),
                Answer::Choice(_) | Answer::Choices(_) => list(answer.choices().iter().map(option)),
            },
        }
    };
    Some(Result {
        outcome: outcomes.get(outcome).cloned().unwrap_or_else(|| unknown(outcome, &content.words)),
        early: !complete,
        flags,
        answers: answers.0.iter().map(row).collect(),
    })
}

/// What matters to the patient, in their order; empty where it is not included.
pub fn matters(request: &AppointmentRequest, content: &Content) -> Vec<String> {
    let words = &content.words.request;
    let weighed = request.matters.iter().flat_map(|it| &it.weighed);
    weighed
        .map(|it| {
            let known = content.labels.matters.get(&it.matter);
            let matter = known.cloned().unwrap_or_else(|| unknown(&it.matter, &content.words));
            let sentence = match it.weight {
                Weight::Much => &words.matter_much,
                Weight::Some => &words.matter_some,
            };
            fill(sentence, &[("matter", &matter)])
        })
        .collect()
}

/// A sentence of whom a message may be left for, and how often somebody tried.
pub fn tries(tries: u32, words: &InboxWords) -> Option<String> {
    match tries {
        0 => None,
        1 => Some(words.request.tried_once.clone()),
        more => Some(fill(&words.request.tried_often, &[("number", &more.to_string())])),
    }
}

/// What is said of an id that the questions do not have (any more). A patient can send any text in its place: what
/// is none is not repeated, since it would pass for a sentence of the clinic.
fn unknown(id: &str, words: &InboxWords) -> String {
    match is_id(id) {
        true => fill(&words.request.unknown_id, &[("id", id)]),
        false => words.request.unknown.clone(),
    }
}

fn rows<const N: usize>(rows: [(&String, Option<String>); N]) -> Vec<Row> {
    let row = |(label, value): (&String, Option<String>)| {
        Some(Row { label: label.clone(), value: value? })
    };
    rows.into_iter().filter_map(row).collect()
}

fn list(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(", ")
}

fn days(days: &[Day], words: &ChoiceWords) -> String {
    let named = |day: &Day| {
        match day {
            Day::Monday => &words.mon,
            Day::Tuesday => &words.tue,
            Day::Wednesday => &words.wed,
            Day::Thursday => &words.thu,
            Day::Friday => &words.fri,
            Day::Saturday => &words.sat,
            Day::Sunday => &words.sun,
        }
        .clone()
    };
    if days.is_empty() { words.any.clone() } else { list(days.iter().map(named)) }
}

fn parts(parts: &[PartOfDay], words: &ChoiceWords) -> String {
    let named = |part: &PartOfDay| {
        match part {
            PartOfDay::Morning => &words.morning,
            PartOfDay::Afternoon => &words.afternoon,
            PartOfDay::Evening => &words.evening,
        }
        .clone()
    };
    if parts.is_empty() { words.any.clone() } else { list(parts.iter().map(named)) }
}

fn coverage(kind: CoverageKind, words: &ChoiceWords) -> String {
    match kind {
        CoverageKind::Insurance => words.insurance.clone(),
        CoverageKind::SelfPay => words.self_pay.clone(),
        CoverageKind::NotSure => words.not_sure.clone(),
    }
}

fn need(need: Need, words: &ChoiceWords) -> String {
    match need {
        Need::Interpreter => words.interpreter.clone(),
        Need::Wheelchair => words.wheelchair.clone(),
        Need::DimRoom => words.dim_room.clone(),
    }
}
