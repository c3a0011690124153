//! The theme that a person chose, the only thing that the browser keeps.

use leptos::prelude::{document, window};

const KEY: &str = "theme";

/// The theme that was chosen; `None` for that of the device.
pub fn theme() -> Option<String> {
    window().local_storage().ok()??.get_item(KEY).ok()?
}

/// Applies a theme and keeps it; that of the device where it is `None`.
pub fn set_theme(theme: Option<&str>) {
    apply(theme);
    let Ok(Some(storage)) = window().local_storage() else { return };
    // Where storage is denied, the theme holds until the page is closed.
    let _ = match theme {
        Some(theme) => storage.set_item(KEY, theme),
        None => storage.remove_item(KEY),
    };
}

/// Applies a theme.
pub fn apply(theme: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    // Fails for names that are none, and these are.
    let _ = match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
}
