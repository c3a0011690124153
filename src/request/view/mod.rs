//! Renders every screen of the appointment request, natively. All but the form are hidden.

mod form;
mod other_ways;
mod pending;

use guide_core::key::{Point, PublicKey, SITE_FILE, short_fingerprint};
use guide_core::request::form::Field;
use leptos::prelude::*;

use super::action::Action;
use super::ids::{self, HEADING};
use super::island::AppointmentRequest;
use super::part::Part;
use super::setup::Setup;
use crate::browser::keys::Key;
use crate::browser::packed::{PackError, pack};
use crate::components::button::button;
use crate::components::list::list;
use crate::components::messages::messages;
use crate::components::summary_list::{SummaryRow, summary_list};
use crate::content::Content;
use crate::content::routes::base_path;
use crate::content::words::fill;
use crate::content::words::request::{LinkWords, RequestWords};
pub use other_ways::other_ways;

/// The appointment request, ready to be filled in. `offered` is the field that includes what its page has beside
/// it: [`Field::IncludeAssessment`] or [`Field::IncludeMatters`].
///
/// # Errors
/// The error of packing what the app needs.
pub fn view(content: &Content, offered: Field) -> Result<AnyView, PackError> {
    let words = &content.interface.request;
    let setup = pack(&setup(content))?;
    // Rendered first: `children` is a `'static` closure, which cannot borrow `content`.
    let (pending, work) = (pending::view(content), pending::work(content));
    let (form, review, sent, messages) = (
        form::view(content, offered),
        review(content, offered),
        sent(content),
        app_messages(words),
    );
    let view = view! {
        <AppointmentRequest>
            <span id=ids::SETUP translate="no" hidden>{setup}</span>
            {pending} {form} {review} {work} {sent} {messages}
            <p
                class="visually-hidden"
                role="status"
                id=ids::STATUS
                data-part=Part::Status.attribute()
            ></p>
        </AppointmentRequest>
    };
    Ok(view.into_any())
}

fn setup(content: &Content) -> Setup {
    let clinic = &content.clinic;
    Setup {
        language: content.language.clone(),
        locations: clinic.locations.iter().map(|location| location.id.clone()).collect(),
        time_zone: clinic.time_zone.clone(),
        keys: clinic.keys.iter().map(key).collect(),
        keys_url: [base_path(clinic), SITE_FILE].concat(),
        endpoint: clinic.endpoint.clone(),
        consent_version: content.interface.request.consent_version.clone(),
    }
}

fn key(key: &PublicKey) -> Key {
    let PublicKey { kty, crv, x, y, kid, expires, .. } = key.clone();
    Key { kid, point: Point { kty, crv, x, y }, expires }
}

/// "Check your request": everything that would be sent, the keys that can read it, and Send.
fn review(content: &Content, offered: Field) -> AnyView {
    let words = &content.interface.request;
    let check = &words.check;
    let rows = Field::ALL
        .iter()
        .filter(|field| match field {
            // "For somebody else" is said by the row of the name that goes with it.
            Field::ForAnother | Field::Consent => false,
            Field::IncludeAssessment | Field::IncludeMatters => **field == offered,
            Field::Days => !content.clinic.days.is_empty(),
            Field::Times | Field::CallTimes => !content.clinic.times.is_empty(),
            _ => true,
        })
        .map(|field| {
            let name = words.label(*field);
            // The form does not ask for a single location, so it cannot be changed.
            let fixed = *field == Field::Location && content.clinic.locations.len() == 1;
            let label = fill(&check.change_what, &[("what", name)]);
            SummaryRow {
                id: Some(ids::row(*field)),
                part: Some(Part::Row(*field).attribute()),
                value: ids::row_value(*field),
                name: name.to_owned(),
                change: (!fixed).then(|| (Action::Change(*field).attribute(), label)),
            }
        })
        .collect();
    let keys: Vec<String> = content
        .clinic
        .keys
        .iter()
        .map(|key| fill(&check.key, &[("key", &short_fingerprint(&key.kid))]))
        .collect();
    let failure_heading = [ids::FAILURE, HEADING].concat();
    view! {
        <div id=ids::REVIEW data-part=Part::Review.attribute() hidden>
            <h3 id=[ids::REVIEW, HEADING].concat() tabindex="-1">{check.title.clone()}</h3>
            {summary_list(rows, &check.change, None)}
            <p>{fill(&check.who_reads, &[("clinic", &content.clinic.name)])}</p>
            <p data-part=Part::Keys.attribute()>{keys.join(", ")}</p>
            <div
                class="error-summary"
                id=ids::FAILURE
                data-part=Part::Failure.attribute()
                role="group"
                aria-labelledby=failure_heading.clone()
                hidden
            >
                <h4
                    id=failure_heading.clone()
                    data-part=Part::FailureHeading.attribute()
                    tabindex="-1"
                >
                    {words.failures.not_sent.clone()}
                </h4>
                <p data-part=Part::FailureText.attribute()></p>
                {other_ways(content)}
            </div>
            <p class="actions">
                <button
                    type="button"
                    class="button"
                    id=ids::SEND
                    data-action=Action::Send.attribute()
                    data-part=Part::Send.attribute()
                >
                    {check.send.clone()}
                </button>
                " "
                {button("quiet", &Action::Change(Field::Name).attribute(), &check.back)}
            </p>
        </div>
    }
    .into_any()
}

/// The confirmation: the reference, what happens next, and that it is no booking.
fn sent(content: &Content) -> AnyView {
    let sent = &content.interface.request.sent;
    let link = |it: &LinkWords| {
        let to = [base_path(&content.clinic), &it.to].concat();
        view! { <li><a href=to>{it.text.clone()}</a></li> }
    };
    let links = (!sent.links.is_empty()).then(|| {
        let links: Vec<_> = sent.links.iter().map(link).collect();
        view! { <p>{sent.meanwhile.clone()}</p> <ul>{links}</ul> }
    });
    view! {
        <div id=ids::SENT data-part=Part::Sent.attribute() hidden>
            <h3 id=[ids::SENT, HEADING].concat() tabindex="-1">{sent.title.clone()}</h3>
            <p>
                {sent.reference.clone()} " "
                <strong
                    class="reference"
                    id=ids::REFERENCE
                    data-part=Part::Reference.attribute()
                ></strong>
            </p>
            {list(&sent.next)}
            <p><strong>{sent.not_a_booking.clone()}</strong></p>
            {links}
            <p class="actions">{button("button secondary", &Action::Print.attribute(), &sent.print)}</p>
        </div>
    }
    .into_any()
}

/// The messages that the app shows in other places.
fn app_messages(words: &RequestWords) -> AnyView {
    let (failures, waiting) = (&words.failures, &words.waiting);
    let fixed = [
        ("request-characters-left", &words.hints.characters_left),
        ("request-characters-over", &words.hints.characters_over),
        ("request-key", &words.check.key),
        ("request-none", &words.check.none),
        ("request-not-included", &words.hints.not_included),
        ("request-not-sent", &failures.not_sent),
        ("request-not-known", &failures.not_known),
        ("request-send", &words.check.send),
        ("request-sending", &words.check.sending),
        ("request-cannot-seal", &failures.cannot_seal),
        ("request-no-key", &failures.no_key),
        ("request-no-intake", &failures.no_intake),
        ("request-refused", &failures.refused),
        ("request-did-you-mean", &words.hints.did_you_mean),
        ("request-not-arrived", &waiting.not_arrived),
        ("request-offline", &waiting.offline),
        ("request-no-response", &waiting.no_answer),
        ("request-later", &waiting.later),
        ("request-stale", &waiting.stale),
        ("request-stored", &waiting.kept),
        ("request-still-stored", &waiting.kept_still),
        ("request-not-stored", &waiting.not_kept),
        ("request-not-removed", &waiting.not_removed),
        ("request-delivered", &waiting.delivered),
        ("request-removed", &waiting.removed),
    ];
    let errors: Vec<(String, &String)> =
        words.errors.entries().map(|(id, text)| (["request-", &id].concat(), text)).collect();
    let all = fixed.into_iter().chain(errors.iter().map(|(key, text)| (&**key, *text)));
    messages(all.map(|(key, text)| (key, text.as_str())))
}
