//! Renders the table of contents: plain links, and an island that marks the section in view.

use leptos::prelude::*;

use crate::browser::sections;

/// One link.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuickLink {
    /// Id of the section.
    pub id: String,
    /// Its heading.
    pub title: String,
}

/// The fragment of the list. A browser that goes there opens the `<details>` around it.
#[cfg(not(target_arch = "wasm32"))]
pub const ADDRESS: &str = "#quick-links-list";

/// The links: folded under the opening on a phone, in a column of their own in a wide window.
#[cfg(not(target_arch = "wasm32"))]
#[component]
pub fn QuickLinks(
    /// The name of the navigation landmark.
    title: String,
    /// In the order of the page.
    links: Vec<QuickLink>,
) -> impl IntoView {
    let links: Vec<_> = links
        .into_iter()
        .map(|link| view! { <li><a href=["#", &link.id].concat()>{link.title}</a></li> })
        .collect();
    view! {
        <nav class="quick-links" aria-labelledby="quick-links-title">
            // Visible in the column only; names the landmark everywhere.
            <p id="quick-links-title">{title.clone()}</p>
            <SectionInView/>
            <details>
                <summary>{title}</summary>
                <ul id=ADDRESS.trim_start_matches('#')>{links}</ul>
            </details>
        </nav>
    }
}

/// The reading progress, which is style alone. Marks the link to the section in view.
#[island]
pub fn SectionInView() -> impl IntoView {
    if cfg!(target_arch = "wasm32") {
        sections::mark_current(".quick-links a");
    }
    view! { <div class="reading-progress"></div> }
}
