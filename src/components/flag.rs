//! A flag: a note or a caution in a box with a rule at its side.

use leptos::prelude::*;

/// A flag. [`view`](Flag::view) renders it.
pub struct Flag {
    class: &'static str,
    id: Option<String>,
    part: Option<String>,
    role: Option<&'static str>,
    heading: Option<String>,
    hidden: bool,
}

impl Flag {
    /// A plain note.
    pub fn note() -> Self {
        Self { class: "flag", id: None, part: None, role: None, heading: None, hidden: false }
    }

    /// A note in the colors of caution.
    pub fn caution() -> Self {
        Self { class: "flag caution", ..Self::note() }
    }

    /// A caution that the style sheet shows only if the app could not be loaded; then it is announced.
    pub fn app_failed() -> Self {
        Self { class: "flag caution app-failed", ..Self::note() }.announced()
    }

    /// Sets the id.
    pub fn id(self, id: impl Into<String>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// Sets the part that the app shows in it.
    pub fn part(self, part: String) -> Self {
        Self { part: Some(part), ..self }
    }

    /// Hides it until the app shows it.
    pub fn hidden(self) -> Self {
        Self { hidden: true, ..self }
    }

    /// Makes screen readers announce it when it appears.
    pub fn announced(self) -> Self {
        Self { role: Some("alert"), ..self }
    }

    /// Makes it a group, named by the heading of this id.
    pub fn group(self, heading: impl Into<String>) -> Self {
        Self { role: Some("group"), heading: Some(heading.into()), ..self }
    }

    /// The box around its paragraphs and lists.
    pub fn view(self, children: impl IntoView + 'static) -> AnyView {
        let Self { class, id, part, role, heading, hidden } = self;
        view! {
            <div class=class id=id data-part=part role=role aria-labelledby=heading hidden=hidden>
                {children}
            </div>
        }
        .into_any()
    }
}
