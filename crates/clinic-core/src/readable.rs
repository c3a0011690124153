//! An opened request as text. A patient can type anything: characters that would steer a terminal, or
//! pass for another line or another order of characters, are shown as their numbers.

use guide_core::assessment::Answer;
use guide_core::request::form::ContactBy;
use guide_core::request::payload::{
    AppointmentRequest, Coverage, IncludedAssessment, IncludedMatters, Needs, Patient,
    Policyholder, Preferred, WeighedMatter,
};
use serde_json::Value;

/// Widest label, with its colon.
const LABEL_WIDTH: usize = 18;

/// A message may name the practice.
const NAMING: &str = "may name the practice";
/// A message may not name the practice.
const NOT_NAMING: &str = "leave a number only, do not name the practice";
/// After the name of whoever filled the request in for the patient.
const THEIRS: &str = " (phone and e-mail are theirs, not the patient's)";
/// After the outcome of an assessment that was not finished.
const EARLY: &str = " (early result: not every question was asked)";

/// A request in labelled lines, below a heading.
pub fn lines(heading: &str, request: &AppointmentRequest) -> String {
    let mut page = Page(format!("{heading}\n"));
    let Patient {
        name,
        filled_in_by,
        phone,
        email,
        contact_by,
        message_ok,
        date_of_birth,
        returning,
        needs,
    } = &request.patient;
    page.line("Name", name);
    page.maybe("Date of birth", date_of_birth.map(|date| date.to_string()).as_deref());
    let by = filled_in_by.as_ref().map(|name| [name, THEIRS].concat());
    page.maybe("Filled in by", by.as_deref());
    page.maybe("Phone", phone.as_deref());
    page.maybe("E-mail", email.as_deref());
    page.line("Contact by", contact_by.id());
    let Preferred { location, earliest, days, times, call_times } = &request.preferred;
    if *contact_by != ContactBy::Email {
        page.line("Call or text", &any_or(call_times.iter().map(|time| time.id())));
        page.line("Messages", if *message_ok { NAMING } else { NOT_NAMING });
    }
    page.maybe("Been here before", returning.map(|it| if it { "yes" } else { "no" }));
    page.line("Location", location);
    page.maybe("Not before", earliest.map(|date| date.to_string()).as_deref());
    page.line("Days", &any_or(days.iter().map(|day| day.id())));
    page.line("Times", &any_or(times.iter().map(|time| time.id())));
    if let Some(Coverage { kind, carrier, member_number, policyholder }) = &request.coverage {
        page.line("Coverage", kind.id());
        page.maybe("Carrier", carrier.as_deref());
        page.maybe("Member number", member_number.as_deref());
        page.maybe("Policyholder", policyholder.as_ref().map(policyholder_name));
    }
    if let Some(Needs { kinds, language, words }) = needs {
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.id()).collect();
        page.maybe("Needs", (!kinds.is_empty()).then(|| kinds.join(", ")).as_deref());
        page.maybe("Interpreter for", language.as_deref());
        page.maybe("Also needs", words.as_deref());
    }
    if let Some(message) = &request.message {
        page.line("Message", "");
        message.lines().for_each(|line| page.below(line));
    }
    if let Some(assessment) = &request.assessment {
        page.assessment(assessment);
    }
    if let Some(matters) = &request.matters {
        page.line("What matters", &weighed(matters));
        page.line("List of matters", &matters.version);
    }
    page.line("Language", &request.language);
    page.line("Consent text", &request.consent.text_version);
    page.line("Written at", &request.created_at);
    page.line("Request", &request.request_id.to_string());
    page.0
}

/// A request as one line of JSON, without the padding.
///
/// # Errors
/// Errors of the JSON writer, which has none for these types.
pub fn json(request: &AppointmentRequest) -> Result<String, serde_json::Error> {
    Ok(one_line(&value(request)?))
}

/// A request as JSON, without the padding.
///
/// # Errors
/// Errors of the JSON writer, which has none for these types.
pub fn value(request: &AppointmentRequest) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::to_value(request)?;
    if let Value::Object(members) = &mut value {
        members.remove("pad");
    }
    Ok(value)
}

/// Any JSON in one line.
pub fn one_line(value: &Value) -> String {
    // Such characters are only inside strings, where JSON has its own escapes.
    neutral(&value.to_string(), |c| format!("\\u{:04x}", u32::from(c)))
}

/// Stands for an id that is none.
const NO_ID: &str = "not of the list";

/// What matters to the patient, by its ids, in their order.
pub fn weighed(matters: &IncludedMatters) -> String {
    let each = |it: &WeighedMatter| format!("{} ({})", it.id().unwrap_or(NO_ID), it.weight.id());
    matters.weighed.iter().map(each).collect::<Vec<_>>().join(", ")
}

/// The name in which an insurance is.
pub fn policyholder_name(policyholder: &Policyholder) -> &str {
    match policyholder {
        Policyholder::Patient => "self",
        Policyholder::Other(name) => name,
    }
}

struct Page(String);

impl Page {
    fn line(&mut self, label: &str, value: &str) {
        let label = format!("{label}:");
        self.0.push_str(format!("  {label:LABEL_WIDTH$}{}", shown(value)).trim_end());
        self.0.push('\n');
    }

    fn maybe(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(label, value);
        }
    }

    fn below(&mut self, text: &str) {
        self.0.push_str(format!("    | {}", shown(text)).trim_end());
        self.0.push('\n');
    }

    fn assessment(&mut self, assessment: &IncludedAssessment) {
        let IncludedAssessment {
            version,
            complete,
            answers,
            criteria,
            total,
            flags,
            outcome,
            because,
        } = assessment;
        let early = if *complete { "" } else { EARLY };
        self.line("Self-assessment", &[outcome, early].concat());
        if !because.is_empty() {
            self.line("Because", &because.join(", "));
        }
        let total = total.map(|total| format!("total {total}"));
        let points = criteria.iter().map(|(criterion, points)| format!("{criterion} {points}"));
        let score = total.into_iter().chain(points).collect::<Vec<_>>().join(", ");
        self.maybe("Score", (!score.is_empty()).then_some(&*score));
        if !flags.is_empty() {
            self.line("Flags", &flags.join(", "));
        }
        self.line("Question set", version);
        self.line("Answers", "");
        for (question, answer) in answers.0.iter() {
            let answer = match answer {
                Answer::Number(number) => number.to_string(),
                Answer::Choice(_) | Answer::Choices(_) => answer.choices().join(", "),
            };
            self.below(&format!("{question}: {answer}"));
        }
    }
}

fn any_or<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let ids = ids.collect::<Vec<_>>().join(", ");
    if ids.is_empty() { "any".to_owned() } else { ids }
}

/// A text of several lines, with every character that steers but line feeds replaced by its number.
pub fn shown_lines(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

/// A text in one line, with every character that steers replaced by its number.
pub fn shown(text: &str) -> String {
    neutral(text, |c| format!("\\u{{{:x}}}", u32::from(c)))
}

fn neutral(text: &str, written: impl Fn(char) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            out.push_str(&written(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Control characters (C0, DEL, C1), line and paragraph separators, and the characters that
/// override the order of writing (Unicode Technical Report 36, "bidirectional text spoofing").
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
