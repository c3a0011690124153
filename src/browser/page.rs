//! The rendered page: showing, hiding and filling what is there. An element that is missing is
//! passed over: a page is never left half-shown because of one.
//!
//! What is shown one at a time lies in templates, out of the page: what the browser does for each
//! control of a page at every step (keeping what was entered for its history, among others) then
//! does not grow with what is not shown.

use std::time::Duration;

use js_sys::{Array, Function};
use leptos::ev::Event;
use leptos::prelude::{document, set_timeout, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    BeforeUnloadEvent, Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlElement,
    HtmlProgressElement, HtmlTemplateElement, Url,
};

/// A download has begun by then, and its bytes can go.
const DOWNLOAD_BEGINS: Duration = Duration::from_secs(3);

/// Shows or hides the element of this id.
pub fn show(id: &str, shown: bool) {
    if let Some(element) = element(id) {
        element.set_hidden(!shown);
    }
}

/// Behind the id of what lies in a template: the id of that template.
pub const PUT_AWAY: &str = "-away";

/// Puts what lies in the template of this id into the place of that id: alone, since whatever
/// stands beside what comes and goes is looked at again.
pub fn take_out(id: &str, place: &str) {
    if let (Some(place), Some(element)) = (element(place), away(id)) {
        let _ = place.append_child(&element);
    }
}

/// Puts the element of this id into its template, with all that was entered.
pub fn put_away(id: &str) {
    if let (Some(element), Some(template)) = (element(id), template(id)) {
        let _ = template.content().append_child(&element);
    }
}

/// Puts a text in place of what the element of this id holds.
pub fn set_text(id: &str, text: &str) {
    if let Some(element) = element(id) {
        element.set_text_content(Some(text));
    }
}

/// The same, unless that text stands there already: it would be announced again.
pub fn change_text(id: &str, new: &str) {
    if text(id) != new {
        set_text(id, new);
    }
}

/// The text that the element of this id holds; empty where there is none.
pub fn text(id: &str) -> String {
    element(id).and_then(|element| element.text_content()).unwrap_or_default()
}

/// The same of an element that stands in another, which may be put away.
pub fn text_in(of: &str, id: &str) -> String {
    let put_away = || template(of)?.content().get_element_by_id(id)?.text_content();
    element(id).and_then(|it| it.text_content()).or_else(put_away).unwrap_or_default()
}

/// Sets an attribute of the element of this id.
pub fn set_attribute(id: &str, name: &str, value: &str) {
    if let Some(element) = element(id) {
        let _ = element.set_attribute(name, value);
    }
}

/// Adds a class to the element of this id, or takes it away.
pub fn set_class(id: &str, class: &str, on: bool) {
    if let Some(element) = element(id) {
        let _ = element.class_list().toggle_with_force(class, on);
    }
}

/// Unfolds what an element is folded in.
pub(super) fn unfold(element: &Element) {
    if let Ok(Some(folded)) = element.closest("details") {
        let _ = folded.set_attribute("open", "");
    }
}

/// Says an error at the field of this name, or that there is none: see `components::error`.
pub fn set_error(name: &str, words: &str) {
    let wrong = !words.is_empty();
    if wrong && let Some(field) = element(name) {
        unfold(&field);
    }
    let id = [name, "-error"].concat();
    set_text(&[&id, "-text"].concat(), words);
    show(&id, wrong);
    set_class(&[name, "-field"].concat(), "has-error", wrong);
    set_attribute(name, "aria-invalid", if wrong { "true" } else { "false" });
}

/// Fills the list of this id with links: where to, and what they say.
pub fn set_links(id: &str, links: &[(String, String)]) {
    let Some(list) = element(id) else { return };
    list.set_text_content(None);
    for (to, words) in links {
        let (Ok(item), Ok(link)) =
            (document().create_element("li"), document().create_element("a"))
        else {
            return;
        };
        link.set_text_content(Some(words));
        let _ = link.set_attribute("href", &["#", to].concat());
        let _ = item.append_child(&link);
        let _ = list.append_child(&item);
    }
}

/// A sentence that the page keeps for the program, see `components::sentences`, with its gaps
/// `{name}` filled.
pub fn message(key: &str, gaps: &[(&str, &str)]) -> String {
    let sentence = text(&["message-", key].concat());
    let mut said = String::new();
    for (nth, part) in sentence.split(['{', '}']).enumerate() {
        let gap = gaps.iter().find(|(name, _)| nth % 2 == 1 && *name == part);
        said.push_str(gap.map_or(part, |(_, value)| value));
    }
    said
}

/// The `data-action` of the pressed button, or of the element that it stands in.
pub fn action(event: &Event) -> Option<String> {
    closest(event, "[data-action]")?.get_attribute("data-action")
}

/// Where a pressed link to a place on this page leads, for a list of errors: the id of a field.
/// The event is then used up, so that no entry is left in the history.
pub fn followed_error(event: &Event) -> Option<String> {
    let link = closest(event, ".error-summary a[href^='#']")?;
    event.prevent_default();
    Some(link.get_attribute("href")?.trim_start_matches('#').to_owned())
}

/// The id of the form that an event is about.
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

/// Lets the browser ask before the page is left, or no longer. Only while there is a reason: the
/// listener keeps a page out of the back-forward cache.
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

/// Shows how far something is: the bar of this id, from 0 to 1.
pub fn set_progress(id: &str, share: f64) {
    if let Some(bar) = element(id).and_then(|it| it.dyn_into::<HtmlProgressElement>().ok()) {
        bar.set_value(share);
    }
}

/// The element of this id.
pub(super) fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn away(id: &str) -> Option<Element> {
    template(id)?.content().first_element_child()
}

fn template(id: &str) -> Option<HtmlTemplateElement> {
    document().get_element_by_id(&[id, PUT_AWAY].concat())?.dyn_into().ok()
}

fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}
