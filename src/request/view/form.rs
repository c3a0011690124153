//! The form. Its controls are native and keep what was typed before the program came.

use guide_core::request::form::{ContactBy, CoverageKind, Field};
use leptos::prelude::*;

use super::super::ids;
use super::super::words::RequestWords;
use super::other_ways;
use crate::components::checkbox::checkbox;
use crate::components::choices::{Choices, Row, choices};
use crate::components::error_summary::error_summary;
use crate::components::submit;
use crate::components::summary_list::{SummaryRow, summary_list};
use crate::components::text_input::{TextInput, text_input};
use crate::content::Content;
use crate::words::fill;

/// The id of the list of suggested carriers.
const CARRIERS: &str = "request-carriers";

/// The form, with what stands above it.
pub fn view(content: &Content) -> AnyView {
    let words = &content.interface.request;
    view! {
        <div id=ids::FORM_SCREEN>
            <div class="flag caution program-failed" role="alert">
                <p>{words.failed.clone()}</p>
                {other_ways(content)}
            </div>
            {error_summary(ids::SUMMARY, &words.summary)}
            // `dialog`: pressed before the program is there, nothing is sent anywhere, least of
            // all in the address.
            <form id=ids::FORM method="dialog" novalidate>
                {who(words)}
                {where_and_when(content)}
                {coverage(content)}
                {message(words)}
                {offer(content)}
                {consent(content)}
                <div class="flag caution" role="alert" id=ids::CANNOT_SEAL hidden>
                    <p>{words.failures.cannot_seal.clone()}</p>
                    {other_ways(content)}
                </div>
                // Hidden where the program cannot be had; what was typed stays to be seen.
                <p class="actions needs-program">{submit(&words.check.open)}</p>
            </form>
        </div>
    }
    .into_any()
}

fn who(words: &RequestWords) -> AnyView {
    let said = &words.choices;
    view! {
        {text(words, Field::Name, "text", "name", "")}
        {text(words, Field::Phone, "tel", "tel", &words.hints.contact)}
        {text(words, Field::Email, "email", "email", "")}
        {group(words, Field::ContactBy, ContactBy::ALL.iter().map(|it| (it.id(), said.contact_by(*it))))}
        {group(words, Field::Returning, [true, false].map(|yes| (if yes { "yes" } else { "no" }, said.yes_no(yes))))}
    }
    .into_any()
}

fn where_and_when(content: &Content) -> AnyView {
    let (words, clinic) = (&content.interface.request, &content.clinic);
    let location = match clinic.locations.as_slice() {
        [only] => {
            let (label, name) = (words.label(Field::Location).to_owned(), only.name.clone());
            let id = ids::label(Field::Location, &only.id);
            view! { <p class="field">{label} ": " <strong id=id>{name}</strong></p> }.into_any()
        }
        several => group(words, Field::Location, several.iter().map(|it| (&*it.id, &*it.name))),
    };
    let said = &words.choices;
    view! {
        {location}
        {text(words, Field::Earliest, "date", "off", &words.hints.time_zone)}
        {group(words, Field::Days, clinic.days.iter().map(|day| (day.id(), said.day(*day))))}
        {group(words, Field::Times, clinic.times.iter().map(|part| (part.id(), said.time(*part))))}
    }
    .into_any()
}

fn coverage(content: &Content) -> AnyView {
    let words = &content.interface.request;
    let carriers: Vec<_> = content
        .clinic
        .carriers
        .iter()
        .map(|name| view! { <option value=name.clone()></option> })
        .collect();
    let kinds = CoverageKind::ALL.iter().map(|kind| (kind.id(), words.choices.coverage(*kind)));
    view! {
        {group(words, Field::Coverage, kinds)}
        // Shown by the style sheet where "insurance" is chosen.
        <div class="insurance">
            {text(words, Field::Carrier, "text", "off", "")}
            <datalist id=CARRIERS>{carriers}</datalist>
            {text(words, Field::MemberNumber, "text", "off", "")}
        </div>
    }
    .into_any()
}

fn message(words: &RequestWords) -> AnyView {
    view! {
        {text(words, Field::Message, "textarea", "off", &words.hints.message)}
        <p class="hint" id=ids::COUNT aria-live="polite"></p>
    }
    .into_any()
}

/// Shown once a self-assessment is finished.
fn offer(content: &Content) -> AnyView {
    let words = &content.interface.request;
    let field = Field::IncludeAssessment;
    let rows = content
        .assessment
        .questions
        .iter()
        .map(|question| SummaryRow {
            id: Some(ids::included(&question.id)),
            value: ids::included_answer(&question.id),
            name: question.short.clone(),
            change: None,
        })
        .collect();
    view! {
        <div id=ids::OFFER hidden>
            {checkbox(&ids::field(field), field.id(), &optional(words, field), &words.error)}
            <details>
                <summary>{words.labels.included.clone()}</summary>
                {summary_list(rows, "")}
            </details>
        </div>
    }
    .into_any()
}

fn consent(content: &Content) -> AnyView {
    let (words, field) = (&content.interface.request, Field::Consent);
    let label = fill(words.label(field), &[("clinic", &content.clinic.name)]);
    checkbox(&ids::field(field), field.id(), &label, &words.error)
}

fn text(words: &RequestWords, field: Field, kind: &str, autocomplete: &str, hint: &str) -> AnyView {
    text_input(TextInput {
        id: &ids::field(field),
        name: field.id(),
        kind,
        autocomplete,
        label: label(words, field),
        heading: None,
        hint,
        list: (field == Field::Carrier).then_some(CARRIERS),
        unit: None,
        error_prefix: &words.error,
    })
}

fn group<'a>(
    words: &RequestWords,
    field: Field,
    all: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> AnyView {
    let rows: Vec<Row<'_>> = all
        .into_iter()
        .map(|(value, label)| Row { value, label, hint: "", exclusive: false })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    choices(Choices {
        id: &ids::field(field),
        name: field.id(),
        several: matches!(field, Field::Days | Field::Times),
        legend: label(words, field).into_any(),
        hint: "",
        rows,
        error_prefix: &words.error,
    })
}

/// A label, with "(optional)" where the field is. Of phone and e-mail one is needed, which the
/// hint says.
fn label(words: &RequestWords, field: Field) -> String {
    let needed = matches!(
        field,
        Field::Name | Field::Phone | Field::Email | Field::ContactBy | Field::Location
    );
    if needed { words.label(field).to_owned() } else { optional(words, field) }
}

fn optional(words: &RequestWords, field: Field) -> String {
    [words.label(field), " ", &words.optional].concat()
}
