//! Pieces that screens and pages are made of, named as the NHS and GOV.UK design systems name
//! them. Rendered natively; the program in the browser finds them by their ids.

pub mod checkbox;
pub mod choices;
pub mod error_summary;
pub mod summary_list;
pub mod text_input;

use guide_core::assessment::definition::{Call, Support};
use leptos::prelude::*;

/// Behind a field's name: the id of what holds label, hint, error and control.
const FIELD: &str = "-field";
/// Behind a field's name: the id of its hint.
const HINT: &str = "-hint";
/// Behind a field's name: the id of its error.
const ERROR: &str = "-error";
/// Behind a field's name: the id of what its error says.
const ERROR_TEXT: &str = "-error-text";

/// The error of a field, hidden while there is none. `prefix` is for those who read on and do not
/// see its color; who comes to the control hears that it is invalid.
fn error(name: &str, prefix: &str) -> AnyView {
    let id = [name, ERROR].concat();
    let text = [name, ERROR_TEXT].concat();
    view! {
        <p class="error" id=id hidden>
            <span class="visually-hidden">{[prefix, " "].concat()}</span>
            <span id=text></span>
        </p>
    }
    .into_any()
}

/// A hint under a label; nothing where it is empty.
fn hint(name: &str, text: &str) -> AnyView {
    if text.is_empty() {
        return ().into_any();
    }
    view! { <p class="hint" id=[name, HINT].concat()>{text.to_owned()}</p> }.into_any()
}

/// The `aria-describedby` of a field: hint, what else there is, and error. What is hidden describes
/// as well, so that an error is named by its text alone, which is empty while there is none.
fn described_by(name: &str, hint: &str, other: Option<&str>) -> String {
    let hint = (!hint.is_empty()).then(|| [name, HINT].concat());
    let error = [name, ERROR_TEXT].concat();
    let all = [hint, other.map(str::to_owned), Some(error)];
    all.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Sentences that the program puts in other places, by key: kept in the page, out of sight.
pub fn sentences<'a>(all: impl IntoIterator<Item = (&'a str, &'a str)>) -> AnyView {
    let all: Vec<_> = all
        .into_iter()
        .map(|(key, text)| view! { <span id=["say-", key].concat()>{text.to_owned()}</span> })
        .collect();
    view! { <div hidden>{all}</div> }.into_any()
}

/// A paragraph a text.
pub fn paragraphs(texts: &[String]) -> AnyView {
    texts.iter().map(|text| view! { <p>{text.clone()}</p> }).collect::<Vec<_>>().into_any()
}

/// A bullet list; nothing where there is nothing to list.
pub fn list(items: &[String]) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let items: Vec<_> = items.iter().map(|item| view! { <li>{item.clone()}</li> }).collect();
    view! { <ul>{items}</ul> }.into_any()
}

/// Links that call a number.
pub fn call_links(calls: &[Call]) -> AnyView {
    if calls.is_empty() {
        return ().into_any();
    }
    let links: Vec<_> = calls
        .iter()
        .map(|call| {
            let href = ["tel:", &call.tel].concat();
            view! { <a class="button call" href=href>{call.text.clone()}</a> " " }
        })
        .collect();
    view! { <p class="calls">{links}</p> }.into_any()
}

/// Help that is always named; quiet, so that it does not shout over a result that is not urgent.
pub fn support(support: &Support) -> AnyView {
    view! {
        <div class="support">
            <p><strong>{support.title.clone()}</strong> " " {support.text.clone()}</p>
            {call_links(&support.calls)}
        </div>
    }
    .into_any()
}

/// A button that the program acts on: `action` is what it asks for.
pub fn button(class: &str, action: &str, text: &str) -> AnyView {
    view! {
        <button type="button" class=class.to_owned() data-action=action.to_owned()>
            {text.to_owned()}
        </button>
        " "
    }
    .into_any()
}

/// The button that fetches the program again where it could not be had, see `src/start.js`.
pub fn retry(text: &str) -> AnyView {
    view! { <button type="button" class="button secondary" data-retry>{text.to_owned()}</button> }
        .into_any()
}

/// The button that a form goes on with.
pub fn submit(text: &str) -> AnyView {
    view! { <button type="submit" class="button">{text.to_owned()}</button> " " }.into_any()
}
