//! Filters, search and order of a list.

use guide_core::request::form::Need;
use guide_core::request::payload::AppointmentRequest;
use guide_core::request::reference::Reference;

use super::entry::Entry;

/// The fewest digits that are looked up as a part of a phone number: fewer stand in most of them.
const MIN_DIGITS: usize = 3;

/// What a list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those for the location of this id.
    pub location: Option<String>,
    /// Only those that need an interpreter.
    pub interpreter: bool,
    /// Only those whose self-assessment has a flag that calls for caution.
    pub cautions: bool,
    /// Only those in which all of these words stand.
    pub search: String,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The last that arrived first.
    #[default]
    Newest,
    /// The first that arrived first.
    Oldest,
    /// By the patients' names.
    Name,
}

impl Filter {
    /// Returns `true` if it narrows nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns `true` if somebody searches: then all lists are looked through.
    pub fn is_search(&self) -> bool {
        !self.search.trim().is_empty()
    }

    /// Returns `true` if a request stays. `cautions` are the ids of the flags that call for caution.
    pub fn keeps(&self, entry: &Entry, cautions: &[String]) -> bool {
        let Some(request) = entry.opened() else {
            // Only the reference of what cannot be read is known.
            let only_search = Self { search: self.search.clone(), ..Self::default() } == *self;
            return only_search
                && (self.names(&entry.reference) || self.finds(&folded(&entry.reference)));
        };
        let at_location =
            self.location.as_ref().is_none_or(|location| request.preferred.location == *location);
        let needs = request.patient.needs.as_ref();
        let interpreter = !self.interpreter
            || needs.is_some_and(|needs| needs.kinds.contains(&Need::Interpreter));
        let flags = request.assessment.as_ref().map(|it| it.flags.as_slice()).unwrap_or_default();
        let cautious = !self.cautions || flags.iter().any(|flag| cautions.contains(flag));
        at_location && interpreter && cautious && self.finds_in(entry, request)
    }

    fn finds_in(&self, entry: &Entry, request: &AppointmentRequest) -> bool {
        if self.search.trim().is_empty() {
            return true;
        }
        let patient = &request.patient;
        let coverage = request.coverage.as_ref();
        let digits: String =
            patient.phone.iter().flat_map(|it| it.chars()).filter(char::is_ascii_digit).collect();
        let texts = [
            Some(&entry.reference),
            Some(&patient.name),
            patient.filled_in_by.as_ref(),
            patient.phone.as_ref(),
            Some(&digits),
            patient.email.as_ref(),
            coverage.and_then(|it| it.carrier.as_ref()),
            coverage.and_then(|it| it.member_number.as_ref()),
            patient.needs.as_ref().and_then(|it| it.language.as_ref()),
            patient.needs.as_ref().and_then(|it| it.words.as_ref()),
            request.message.as_ref(),
        ];
        let all: Vec<String> = texts.into_iter().flatten().map(|text| folded(text)).collect();
        self.names(&entry.reference) || self.dials(&digits) || self.finds(&all.join("\n"))
    }

    /// Returns `true` if a reference was typed, in any spelling, and is this one.
    fn names(&self, reference: &str) -> bool {
        self.search.parse::<Reference>().is_ok_and(|typed| typed.to_string() == reference)
    }

    /// Returns `true` if a phone number was typed, however it is punctuated, and stands in these digits.
    fn dials(&self, digits: &str) -> bool {
        let is_number = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-.()/".contains(c);
        let mut typed: String = self.search.chars().filter(char::is_ascii_digit).collect();
        // With the country code, which patients leave out.
        if typed.len() == 11 && typed.starts_with('1') {
            typed.remove(0);
        }
        typed.len() >= MIN_DIGITS && self.search.chars().all(is_number) && digits.contains(&typed)
    }

    fn finds(&self, text: &str) -> bool {
        folded(&self.search).split_whitespace().all(|word| text.contains(word))
    }
}

/// A text for comparing, without regard to capital letters.
pub fn folded(text: &str) -> String {
    text.to_lowercase()
}
