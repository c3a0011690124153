//! The form. Its controls are native and keep the input from before the app starts.

use guide_core::request::form::{ContactBy, CoverageKind, Field, Need};
use leptos::prelude::*;

use super::super::action::Action;
use super::super::ids;
use super::super::part::Part;
use super::other_ways::other_ways;
use crate::components::button::{button, submit};
use crate::components::checkbox::checkbox;
use crate::components::choices::{Choices, Row, choices};
use crate::components::error_summary::error_summary;
use crate::components::flag::Flag;
use crate::components::messages::messages;
use crate::components::summary_list::{SummaryRow, summary_list};
use crate::components::text_input::{TextInput, text_input};
use crate::content::Content;
use crate::content::clinic::Location;
use crate::content::routes::{PRIVACY, base_path};
use crate::content::words::fill;
use crate::content::words::request::RequestWords;

/// The id of the `<datalist>` of carriers.
const CARRIERS: &str = "request-carriers";

/// The screen of the form. Most optional fields are folded, or shown where their
/// [reason](Field::reason) is chosen, so that the form is short; a preferred time stands open, since it is
/// what the form is for. The style sheet shows what has a reason, by the classes here.
pub fn view(content: &Content, offered: Field) -> AnyView {
    let words = &content.interface.request;
    let privacy = [base_path(&content.clinic), PRIVACY].concat();
    let cannot_seal = Flag::caution().id(ids::CANNOT_SEAL).part(Part::CannotSeal.attribute());
    let cannot_seal = cannot_seal.announced().hidden();
    view! {
        <div id=ids::FORM_SCREEN data-part=Part::Form.attribute()>
            {Flag::app_failed().view(view! {
                <p>{words.failed.clone()}</p>
                {other_ways(content)}
            })}
            <p class="hint">
                {words.hints.for_whom.clone()} " "
                <a href=privacy>{words.hints.privacy.clone()}</a>
            </p>
            {error_summary(ids::SUMMARY, &words.summary)}
            // `dialog`: submitted before the app has started, it sends nothing, least of all in the URL.
            // `off`: browsers keep what is typed into a form for when a page is opened again.
            <form id=ids::FORM method="dialog" autocomplete="off" novalidate>
                {who(content)}
                {where_and_when(content)}
                {coverage(content)}
                {needs(words)}
                {message(words)}
                {if offered == Field::IncludeMatters {
                    offer_matters(words)
                } else {
                    offer_assessment(content)
                }}
                {consent(content)}
                {honeypot(words)}
                {cannot_seal.view(view! {
                    <p data-part=Part::CannotSealText.attribute()></p>
                    {other_ways(content)}
                })}
                // Hidden if the app cannot be loaded; the input stays visible.
                <p class="actions needs-app">{submit(&words.check.open)}</p>
            </form>
        </div>
    }
    .into_any()
}

fn who(content: &Content) -> AnyView {
    let (words, times) = (&content.interface.request, &content.clinic.times);
    let labels = &words.choices;
    view! {
        <div class="who">
            {tick(words, Field::ForAnother, "")}
            <div class="for-another">
                {text(words, Field::FilledInBy, "text", "off", &words.hints.for_another)}
            </div>
        </div>
        {text(words, Field::Name, "text", "name", "")}
        <fieldset class="reach">
            <legend class="hint">{words.hints.contact.clone()}</legend>
            {text(words, Field::Phone, "tel", "tel", "")}
            <div>
                {text(words, Field::Email, "email", "email", "")}
                <p class="hint" role="status" id=ids::SUGGESTION_TEXT></p>
                <p id=ids::SUGGESTION hidden>
                    {button("quiet", &Action::TakeSuggestion.attribute(), &words.hints.take_suggestion)}
                </p>
            </div>
        </fieldset>
        {group(words, Field::ContactBy, ContactBy::ALL.iter().map(|it| (it.id(), labels.contact_by(*it))))}
        <div class="by-phone">
            {tick(words, Field::MessageOk, &words.hints.message_ok)}
            {group(words, Field::CallTimes, times.iter().map(|part| (part.id(), labels.time(*part))))}
        </div>
        {group(words, Field::Returning, [true, false].map(|yes| (if yes { "yes" } else { "no" }, labels.yes_no(yes))))}
    }
    .into_any()
}

fn where_and_when(content: &Content) -> AnyView {
    let (words, clinic) = (&content.interface.request, &content.clinic);
    let location = match clinic.locations.as_slice() {
        [only] => {
            let (label, name) = (words.label(Field::Location).to_owned(), only.name.clone());
            // The app finds the name as it finds the label of a choice: by the element of its id.
            let id = [&ids::field(Field::Location), "-", &only.id].concat();
            let hours = only.hours.clone().map(|hours| view! { <p class="hint">{hours}</p> });
            view! {
                <div class="field">
                    <p><span id=id>{label} ":"</span> " " <strong>{name}</strong></p>
                    {hours}
                </div>
            }
            .into_any()
        }
        several => {
            let hints: Vec<String> = several.iter().map(address_and_hours).collect();
            let rows = several.iter().zip(&hints).map(|(it, hint)| Row {
                value: &it.id,
                label: &it.name,
                hint,
                exclusive: false,
            });
            rows_of(words, Field::Location, rows.collect())
        }
    };
    let labels = &words.choices;
    view! {
        {location}
        <fieldset class="preferred">
            <legend>{optional(words, &words.labels.preferred)}</legend>
            {text(words, Field::Earliest, "date", "off", &words.hints.time_zone)}
            {group(words, Field::Days, clinic.days.iter().map(|day| (day.id(), labels.day(*day))))}
            {group(words, Field::Times, clinic.times.iter().map(|part| (part.id(), labels.time(*part))))}
        </fieldset>
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
    let labels = &words.choices;
    let kinds = CoverageKind::ALL.iter().map(|kind| (kind.id(), labels.coverage(*kind)));
    let holders = [("self", &*labels.policyholder_self), ("other", &*labels.policyholder_other)];
    view! {
        <details>
            <summary>{label(words, Field::Coverage)}</summary>
            {group(words, Field::Coverage, kinds)}
            <div class="insurance">
                {text(words, Field::Carrier, "text", "off", "")}
                <datalist id=CARRIERS>{carriers}</datalist>
                {text(words, Field::MemberNumber, "text", "off", "")}
                {group(words, Field::Policyholder, holders)}
                <div class="other-policyholder">
                    {text(words, Field::PolicyholderName, "text", "off", "")}
                </div>
                {text(words, Field::DateOfBirth, "date", "bday", "")}
            </div>
        </details>
    }
    .into_any()
}

fn needs(words: &RequestWords) -> AnyView {
    let kinds = Need::ALL.iter().map(|need| (need.id(), words.choices.need(*need)));
    view! {
        <details>
            <summary>{label(words, Field::Needs)}</summary>
            {group(words, Field::Needs, kinds)}
            <div class="interpreter">
                {text(words, Field::NeedsLanguage, "text", "off", "")}
            </div>
            {text(words, Field::NeedsWords, "text", "off", "")}
        </details>
    }
    .into_any()
}

fn message(words: &RequestWords) -> AnyView {
    view! {
        <div class="message">
            {text(words, Field::Message, "textarea", "off", &words.hints.message)}
            <p class="hint" id=ids::COUNT></p>
            <p class="visually-hidden" role="status" id=ids::COUNT_STATUS></p>
        </div>
    }
    .into_any()
}

/// The offer to include a finished self-assessment; hidden until there is one.
fn offer_assessment(content: &Content) -> AnyView {
    let words = &content.interface.request;
    let field = Field::IncludeAssessment;
    let rows = content
        .assessment
        .questions
        .iter()
        .map(|question| SummaryRow {
            id: None,
            part: None,
            value: ids::included_answer(&question.id),
            name: question.short.clone(),
            change: None,
        })
        .collect();
    view! {
        <div id=ids::OFFER data-part=Part::Offer.attribute() hidden>
            {checkbox(&ids::field(field), field.id(), &label(words, field), "", &words.error)}
            <details>
                <summary>{words.labels.included.clone()}</summary>
                <p class="note" data-part=Part::IncludedEarly.attribute() hidden>
                    {words.hints.included_early.clone()}
                </p>
                {summary_list(rows, "", Some(Part::Included.attribute()))}
            </details>
        </div>
        <p class="hint" role="status" data-part=Part::NotIncluded.attribute()></p>
    }
    .into_any()
}

/// The offer to include what matters to the patient; `src/scripts/decision_aid/matters.js` shows it once there is
/// something.
fn offer_matters(words: &RequestWords) -> AnyView {
    let field = Field::IncludeMatters;
    view! {
        <div id="request-matters-offer" hidden>
            {checkbox(&ids::field(field), field.id(), &label(words, field), "", &words.error)}
            <details>
                <summary>{words.labels.included_matters.clone()}</summary>
                <ol id="request-matters"></ol>
            </details>
        </div>
        <p class="hint" role="status" id="request-matters-status"></p>
        {messages([
            ("matters-not-included", &*words.hints.matters_not_included),
            ("matters-cleared", &words.hints.matters_cleared),
        ])}
    }
    .into_any()
}

/// The honeypot. A person who fills it in loses nothing but a second: see `proof_of_work::throttle`.
fn honeypot(words: &RequestWords) -> AnyView {
    view! {
        <div class="visually-hidden" aria-hidden="true">
            <label>
                {words.hints.trap.clone()}
                <input type="text" name=ids::HONEYPOT tabindex="-1" autocomplete="off"/>
            </label>
        </div>
    }
    .into_any()
}

fn consent(content: &Content) -> AnyView {
    let (words, field) = (&content.interface.request, Field::Consent);
    let label = fill(words.label(field), &[("clinic", &content.clinic.name)]);
    checkbox(&ids::field(field), field.id(), &label, "", &words.error)
}

/// A checkbox that may be left unticked.
fn tick(words: &RequestWords, field: Field, hint: &str) -> AnyView {
    checkbox(&ids::field(field), field.id(), words.label(field), hint, &words.error)
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
        instead: Vec::new(),
        error_prefix: &words.error,
    })
}

fn group<'a>(
    words: &RequestWords,
    field: Field,
    all: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> AnyView {
    let row = |(value, label)| Row { value, label, hint: "", exclusive: false };
    rows_of(words, field, all.into_iter().map(row).collect())
}

fn rows_of(words: &RequestWords, field: Field, rows: Vec<Row<'_>>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    choices(Choices {
        id: &ids::field(field),
        name: field.id(),
        several: matches!(field, Field::Days | Field::Times | Field::CallTimes | Field::Needs),
        legend: label(words, field).into_any(),
        hint: "",
        rows,
        error_prefix: &words.error,
    })
}

fn address_and_hours(location: &Location) -> String {
    let known: Vec<&str> =
        [&location.address, &location.hours].into_iter().flatten().map(String::as_str).collect();
    known.join(" · ")
}

/// The label of a field, with "(optional)" if it is. Phone and e-mail have none: one of them is needed,
/// as their hint says. Nor has a name that is needed once somebody else is chosen, or a field of a group
/// that says it.
fn label(words: &RequestWords, field: Field) -> String {
    let plain = matches!(
        field,
        Field::Name
            | Field::Phone
            | Field::Email
            | Field::ContactBy
            | Field::Location
            | Field::FilledInBy
            | Field::PolicyholderName
            | Field::Earliest
            | Field::Days
            | Field::Times
            | Field::NeedsLanguage
            | Field::NeedsWords
    );
    let label = words.label(field);
    if plain { label.to_owned() } else { optional(words, label) }
}

fn optional(words: &RequestWords, label: &str) -> String {
    [label, " ", &words.optional].concat()
}
