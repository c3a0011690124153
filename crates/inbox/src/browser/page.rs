//! The page: its address, title and connection.

use std::time::Duration;

use leptos::prelude::{document, set_timeout, window};

/// Carries out a task.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}

/// Takes the fragment from the address, so that it stays on no screen and in no link that is copied. What the
/// browser wrote into its history when the page was opened, no page can take back.
pub fn take_fragment() -> Option<String> {
    let location = window().location();
    let hash = location.hash().ok()?;
    let fragment = hash.strip_prefix('#')?.to_owned();
    let path = location.pathname().ok()?;
    let history = window().history().ok()?;
    history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path)).ok()?;
    (!fragment.is_empty()).then_some(fragment)
}

/// Sets the title of the page, which stands in tabs and histories: never anything of a patient's.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Returns `false` where the device knows that it is offline.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Returns `true` while the page is in view.
pub fn is_visible() -> bool {
    document().visibility_state() != web_sys::VisibilityState::Hidden
}

/// Opens the print dialog, once what is to be printed stands in the page.
pub fn print() {
    set_timeout(
        || {
            // Fails where a browser forbids it; its own menu prints too.
            let _ = window().print();
        },
        Duration::ZERO,
    );
}

/// Loads the page anew.
pub fn reload() {
    // Fails for no page that was loaded once.
    let _ = window().location().reload();
}

/// Returns `true` if the page may encrypt: it was loaded over https, or from this machine.
pub fn can_encrypt() -> bool {
    window().is_secure_context() && window().crypto().is_ok_and(|_| true)
}

/// Removes what stood in the page until the app was loaded.
pub fn clear() {
    if let Some(element) = document().get_element_by_id("loading") {
        element.remove();
    }
}

/// Shows, in the sentence that the page came with, that the app cannot run.
pub fn fail() {
    for (id, hidden) in [("loading", true), ("failed", false)] {
        let Some(element) = document().get_element_by_id(id) else { continue };
        // Fails for names that are none, and this one is.
        let _ = match hidden {
            true => element.set_attribute("hidden", ""),
            false => element.remove_attribute("hidden"),
        };
    }
}
