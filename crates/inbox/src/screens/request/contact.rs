//! Calling, texting, writing. The links open the programs of the staff's own device; a mail opens with a subject
//! and the reference, and no word about health.

use std::sync::Arc;

use clinic_core::contact::{self, Template};
use clinic_core::inbox::words::fill;
use guide_core::request::payload::AppointmentRequest;
use guide_core::request::reference::Reference;
use leptos::prelude::*;

use crate::components::rows::Rows;
use crate::desk::Desk;
use crate::model::details;

/// Everything about reaching the patient.
#[component]
pub fn Contact(
    /// The inbox.
    desk: Desk,
    /// The request.
    request: Arc<AppointmentRequest>,
) -> impl IntoView {
    let content = desk.content();
    let words = &content.words.request;
    let reference = Reference::of(&request.request_id);
    // Whatever `{reference}` stands in is filled by the link itself.
    let gaps = [("clinic", content.clinic.name.as_str())];
    let (subject, body) = (fill(&words.mail_subject, &gaps), fill(&words.mail_body, &gaps));
    let sms = fill(&words.sms_body, &gaps);
    let mail = Template { subject: &subject, body: &body };
    let phone = request.patient.phone.as_deref();
    let dial = phone.and_then(contact::call);
    let extension = dial.as_ref().and_then(|dial| dial.extension.clone());
    let call = match extension {
        Some(number) => fill(&words.call_extension, &[("number", &number)]),
        None => words.call.clone(),
    };
    let sms = Template { subject: "", body: &sms };
    let text = phone.and_then(|phone| contact::text(phone, &sms, reference));
    let email = request.patient.email.as_deref();
    let links = [
        (dial.map(|dial| dial.link), call),
        (text, words.text.clone()),
        (email.and_then(|it| contact::email(it, &mail, reference)), words.mail.clone()),
    ];
    let links = links.into_iter().filter_map(|(address, label)| {
        let address = address?;
        // A link that is followed tells no other page where it came from.
        Some(view! { <a class="button secondary" href=address rel="noreferrer">{label}</a> })
    });
    view! {
        <div class="contact">
            <h2>{words.contact.as_str()}</h2>
            <Rows rows=details::contact(&request, content) />
            <p class="actions">{links.collect_view()}</p>
        </div>
    }
}
