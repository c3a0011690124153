//! Binds rendered elements to signals. An element with the attribute `data-part` names a part of what the
//! screens show; the part is shown now, and at once whenever a signal that it reads changes.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Weak};

use leptos::prelude::document;
use leptos::reactive::graph::{
    AnySource, AnySubscriber, ReactiveNode, Subscriber, WithObserver as _,
};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlProgressElement};

/// The value of a row: in a summary list, and in the answers of a criterion.
const VALUE: &str = "dd, span span";

/// A rendered element.
pub struct Element(HtmlElement);

/// The effect of a part, by its index. Leptos' own effects take 2.4 KB more (Brotli 11): they can be paused and
/// disposed of, and run in a microtask.
struct Effect(usize);

/// An effect, and the function that it runs.
type Running = (Arc<Effect>, Rc<dyn Fn()>);

thread_local! {
    // They live as long as the page.
    static EFFECTS: RefCell<Vec<Running>> = const { RefCell::new(Vec::new()) };
}

/// Shows every part in the panel of this id. `parse` reads its attribute.
pub fn bind<P: 'static>(
    panel: &str,
    parse: fn(&str) -> Option<P>,
    show: impl Fn(&P, &Element) + Clone + 'static,
) {
    let Ok(parts) = document().query_selector_all(&["#", panel, " [data-part]"].concat()) else {
        return;
    };
    for nth in 0..parts.length() {
        let Some(element) = parts.item(nth).and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        if let Some(part) = element.get_attribute("data-part").and_then(|it| parse(&it)) {
            let (element, show) = (Element(element), show.clone());
            Effect::begin(Rc::new(move || show(&part, &element)));
        }
    }
}

impl Effect {
    /// Runs `show` now and whenever a signal that it reads changes.
    fn begin(show: Rc<dyn Fn()>) {
        let index = EFFECTS.with_borrow_mut(|all| {
            all.push((Arc::new(Self(all.len())), show));
            all.len() - 1
        });
        Self(index).run();
    }

    fn run(&self) {
        let found = EFFECTS.with_borrow(|all| all.get(self.0).cloned());
        if let Some((effect, show)) = found {
            // The signals that `show` reads subscribe it again: a change has removed it.
            let effect: Weak<dyn Subscriber + Send + Sync> = Arc::downgrade(&effect) as _;
            AnySubscriber(self.0, effect).with_observer(|| show());
        }
    }
}

impl ReactiveNode for Effect {
    fn mark_dirty(&self) {
        self.run();
    }

    fn mark_check(&self) {
        self.run();
    }

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        false
    }
}

impl Subscriber for Effect {
    fn add_source(&self, _: AnySource) {}

    fn clear_sources(&self, _: &AnySubscriber) {}
}

impl Element {
    /// Shows or hides it.
    pub fn show(&self, shown: bool) {
        self.0.set_hidden(!shown);
    }

    /// Replaces its content with a text. Leaves an equal one alone: a live region would announce it again.
    pub fn set_text(&self, text: &str) {
        if self.0.text_content().as_deref() != Some(text) {
            self.0.set_text_content(Some(text));
        }
    }

    /// Sets an attribute.
    pub fn set_attribute(&self, name: &str, value: &str) {
        let _ = self.0.set_attribute(name, value);
    }

    /// Adds a class, or removes it.
    pub fn set_class(&self, class: &str, on: bool) {
        let _ = self.0.class_list().toggle_with_force(class, on);
    }

    /// Sets a progress bar, from 0 to 1.
    pub fn set_progress(&self, share: f64) {
        if let Some(bar) = self.0.dyn_ref::<HtmlProgressElement>() {
            bar.set_value(share);
        }
    }

    /// Shows a row with its value, or hides and empties it.
    pub fn show_row(&self, value: Option<&str>) {
        self.show(value.is_some());
        let place = self.0.query_selector(VALUE).ok().flatten();
        if let Some(place) = place.and_then(|it| it.dyn_into().ok()) {
            Self(place).set_text(value.unwrap_or_default());
        }
    }

    /// Shows its children, each a row, with these values.
    pub fn show_rows(&self, values: &[Option<String>]) {
        for (nth, row) in self.children().enumerate() {
            row.show_row(values.get(nth).and_then(Option::as_deref));
        }
    }

    /// Shows those of its children that are marked here.
    pub fn show_some(&self, shown: &[bool]) {
        for (nth, child) in self.children().enumerate() {
            child.show(shown.get(nth) == Some(&true));
        }
    }

    /// Its child elements, in order.
    pub fn children(&self) -> impl Iterator<Item = Self> {
        let all = self.0.children();
        (0..all.length()).filter_map(move |nth| Some(Self(all.item(nth)?.dyn_into().ok()?)))
    }
}
