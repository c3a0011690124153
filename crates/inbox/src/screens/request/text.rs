//! What the patient wrote.

use std::sync::Arc;

use guide_core::request::payload::AppointmentRequest;
use leptos::prelude::*;

use crate::components::rows::Rows;
use crate::desk::Desk;
use crate::model::details;

/// What the patient wrote.
#[component]
pub fn Text(
    /// The inbox.
    desk: Desk,
    /// The request.
    request: Arc<AppointmentRequest>,
) -> impl IntoView {
    let content = desk.content();
    let words = &content.words.request;
    let message = details::message(&request).map(|message| {
        view! {
            <h2>{words.message.as_str()}</h2>
            <blockquote class="patient-text" dir="auto">{message}</blockquote>
        }
    });
    let assessment = details::assessment(&request, content).map(|result| {
        let flags = result.flags.into_iter().map(|flag| {
            view! { <li class:caution=flag.caution>{flag.text}</li> }
        });
        view! {
            <h2>{words.assessment.as_str()}</h2>
            <p><strong>{result.outcome}</strong></p>
            {result.early.then(|| view! { <p class="muted">{words.early.as_str()}</p> })}
            <ul class="flags">{flags.collect_view()}</ul>
            <details>
                <summary>{words.answers.as_str()}</summary>
                <Rows rows=result.answers />
            </details>
        }
    });
    let matters = details::matters(&request, content);
    let matters = (!matters.is_empty()).then(|| {
        view! {
            <h2>{words.matters.as_str()}</h2>
            <ol>{matters.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ol>
        }
    });
    view! {
        <div class="text">
            {message}
            <h2>{words.visit.as_str()}</h2>
            <Rows rows=details::visit(&request, content) />
            {assessment}
            {matters}
        </div>
    }
}
