//! Marks the link to the section in view.

use leptos::prelude::document;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Observes a line at a fifth of the window's height: the section that crosses it is the current one.
const MARGIN: &str = "-20% 0px -79% 0px";

/// Sets `aria-current` on the link to the section in view, among those that match the selector `links`,
/// until the page is left.
pub fn mark_current(links: &'static str) {
    // An old browser has no observer. Then no link is marked, and all of them still work.
    let _ = observe(links);
}

fn observe(links: &'static str) -> Result<(), JsValue> {
    let anchors = anchors(links)?;
    let mut shown = String::new();
    let mark: Closure<dyn FnMut(js_sys::Array)> = Closure::new(move |entries: js_sys::Array| {
        for entry in entries.iter().map(IntersectionObserverEntry::from) {
            let id = entry.target().id();
            if entry.is_intersecting() {
                shown = id;
            } else if shown == id {
                // Above the first section no link is marked.
                shown.clear();
            }
        }
        let href = ["#", &shown].concat();
        for anchor in &anchors {
            let current = anchor.get_attribute("href").as_deref() == Some(&*href);
            let _ = if current {
                anchor.set_attribute("aria-current", "true")
            } else {
                anchor.remove_attribute("aria-current")
            };
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(MARGIN);
    let observer = IntersectionObserver::new_with_options(mark.as_ref().unchecked_ref(), &options)?;
    let sections = document().query_selector_all("main section[id]")?;
    for index in 0..sections.length() {
        if let Some(section) = sections.item(index).and_then(|it| it.dyn_into::<Element>().ok()) {
            observer.observe(&section);
        }
    }
    mark.forget();
    Ok(())
}

fn anchors(links: &str) -> Result<Vec<Element>, JsValue> {
    let found = document().query_selector_all(links)?;
    Ok((0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect())
}
