//! Shows, hides and fills rendered elements. A missing element is skipped, so that one mistake never
//! leaves a page half-shown.
//!
//! Screens of which one is shown at a time lie in `<template>` elements: at every step a browser does
//! work for each control of the document (it saves their values for its history, among other things),
//! and that work must not grow with the number of hidden screens.

use std::time::Duration;

use js_sys::{Array, Function};
use leptos::ev::Event;
use leptos::prelude::{document, set_timeout, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    BeforeUnloadEvent, Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlElement,
    HtmlTemplateElement, Url,
};

/// A row with one choice, and the sentence with the only one. Extensions may insert elements of their own.
const ROW: &str = ".row, p";
/// The label in it.
const LABEL: &str = "label, strong";
/// The delay before a download's bytes are freed: browsers have begun to save them by then.
const DOWNLOAD_BEGINS: Duration = Duration::from_secs(3);

/// Shows or hides the element of this id.
pub fn show(id: &str, shown: bool) {
    if let Some(element) = element(id) {
        element.set_hidden(!shown);
    }
}

/// Returns `true` if the root element has an attribute.
pub fn root_has(name: &str) -> bool {
    document().document_element().is_some_and(|it| it.has_attribute(name))
}

/// The suffix of a template's id, after the id of the element in it.
pub const TEMPLATE: &str = "-template";

/// Moves the element of this id out of its template into the element of the id `place`. It has no
/// siblings there: browsers check the style of siblings again whenever an element comes or goes. Returns
/// `false` if it was not in its template.
pub fn attach(id: &str, place: &str) -> bool {
    let (Some(place), Some(element)) = (element(place), detached(id)) else { return false };
    place.append_child(&element).is_ok()
}

/// Moves the element of this id back into its template, with all that was entered.
pub fn detach(id: &str) {
    if let (Some(element), Some(template)) = (element(id), template(id)) {
        let _ = template.content().append_child(&element);
    }
}

/// Replaces the content of the element of this id with a text.
pub fn set_text(id: &str, text: &str) {
    if let Some(element) = element(id) {
        element.set_text_content(Some(text));
    }
}

/// The text of the element of this id; empty if there is none.
pub fn text(id: &str) -> String {
    element(id).and_then(|element| element.text_content()).unwrap_or_default()
}

/// The text of an element inside another, which may be detached.
pub fn text_in(of: &str, id: &str) -> String {
    element_in(of, id).and_then(|it| it.text_content()).unwrap_or_default()
}

/// The label of the choice with this value in the group of the id `group`. It stands in the row of its control
/// in the element of the id `of`, which may be detached; the first control has the id of its group.
pub fn label_in(of: &str, group: &str, value: &str) -> String {
    let own = element_in(of, &[group, "-", value].concat());
    let label = own
        .or_else(|| element_in(of, group))
        .and_then(|it| it.closest(ROW).ok().flatten()?.query_selector(LABEL).ok().flatten());
    label.and_then(|it| it.text_content()).unwrap_or_default()
}

/// Sets an attribute of the element of this id.
pub fn set_attribute(id: &str, name: &str, value: &str) {
    if let Some(element) = element(id) {
        let _ = element.set_attribute(name, value);
    }
}

/// Adds a class to the element of this id, or removes it.
pub fn set_class(id: &str, class: &str, on: bool) {
    if let Some(element) = element(id) {
        let _ = element.class_list().toggle_with_force(class, on);
    }
}

/// Opens the `<details>` around an element.
pub(super) fn unfold(element: &Element) {
    if let Ok(Some(folded)) = element.closest("details") {
        let _ = folded.set_attribute("open", "");
    }
}

/// Shows an error at the field of this name; an empty text clears it. See `components::field`.
pub fn set_error(name: &str, message: &str) {
    let invalid = !message.is_empty();
    if invalid && let Some(field) = element(name) {
        unfold(&field);
    }
    let id = [name, "-error"].concat();
    set_text(&[&id, "-text"].concat(), message);
    show(&id, invalid);
    set_class(&[name, "-field"].concat(), "has-error", invalid);
    set_attribute(name, "aria-invalid", if invalid { "true" } else { "false" });
}

/// Fills the list of this id with links: the id of each target, and the text.
pub fn set_links(id: &str, links: &[(String, String)]) {
    let Some(list) = element(id) else { return };
    list.set_text_content(None);
    for (target, text) in links {
        let (Ok(item), Ok(link)) =
            (document().create_element("li"), document().create_element("a"))
        else {
            return;
        };
        link.set_text_content(Some(text));
        let _ = link.set_attribute("href", &["#", target].concat());
        let _ = item.append_child(&link);
        let _ = list.append_child(&item);
    }
}

/// A message of `components::messages`, with its placeholders `{name}` filled.
pub fn message(key: &str, values: &[(&str, &str)]) -> String {
    let template = text(&["message-", key].concat());
    let mut filled = String::new();
    for (nth, part) in template.split(['{', '}']).enumerate() {
        let value = values.iter().find(|(name, _)| nth % 2 == 1 && *name == part);
        filled.push_str(value.map_or(part, |(_, value)| value));
    }
    filled
}

/// The `data-action` of the pressed button, or of the closest element around it that has one.
pub fn action(event: &Event) -> Option<String> {
    closest(event, "[data-action]")?.get_attribute("data-action")
}

/// The id of the field that a pressed link of an error summary leads to. Prevents the event's default,
/// which would add an entry to the history.
pub fn followed_error(event: &Event) -> Option<String> {
    let link = closest(event, ".error-summary a[href^='#']")?;
    event.prevent_default();
    Some(link.get_attribute("href")?.trim_start_matches('#').to_owned())
}

/// The id of the form that an event comes from.
pub fn form_id(event: &Event) -> Option<String> {
    Some(closest(event, "form")?.id())
}

/// Opens the browser's print dialog.
pub fn print() {
    // Refused only where a host forbids dialogs; then there is nothing to do.
    let _ = window().print();
}

/// Saves a text as a file.
pub fn download(name: &str, media_type: &str, text: &str) {
    // Fails only where a browser has no downloads; then there is nothing to do.
    let _ = try_download(name, media_type, text);
}

fn try_download(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let file = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let address = Url::create_object_url_with_blob(&file)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    set_timeout(move || drop(Url::revoke_object_url(&address)), DOWNLOAD_BEGINS);
    Ok(())
}

/// Turns the browser's question before leaving the page on or off. On only while there is a reason:
/// its listener keeps a page out of the back/forward cache.
pub fn ask_before_leaving(asks: bool) {
    thread_local! {
        static LISTENER: Closure<dyn Fn(BeforeUnloadEvent)> =
            Closure::new(|event: BeforeUnloadEvent| event.prevent_default());
    }
    LISTENER.with(|listener| {
        let listener = listener.as_ref().unchecked_ref::<Function>();
        window().set_onbeforeunload(asks.then_some(listener));
    });
}

/// The element of this id.
pub(super) fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn element_in(of: &str, id: &str) -> Option<Element> {
    element(id).map(Element::from).or_else(|| template(of)?.content().get_element_by_id(id))
}

fn detached(id: &str) -> Option<Element> {
    template(id)?.content().first_element_child()
}

fn template(id: &str) -> Option<HtmlTemplateElement> {
    document().get_element_by_id(&[id, TEMPLATE].concat())?.dyn_into().ok()
}

fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// The children of an island. In the browser they are in the page already, and nothing hydrates them.
#[cfg(target_arch = "wasm32")]
pub fn rendered(_: leptos::children::Children) {}

/// The children of an island.
#[cfg(not(target_arch = "wasm32"))]
pub fn rendered(children: leptos::children::Children) -> leptos::prelude::AnyView {
    children()
}
