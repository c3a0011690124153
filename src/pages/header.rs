//! Renders the header of every page: the clinic, its telephone number, the Display menu.

use leptos::prelude::*;

use super::display_menu;
use crate::content::Content;

/// The header, with the link that skips it. `root` is the root of the site, relative to the page.
pub fn view(content: &Content, root: &str) -> AnyView {
    view! {
        <a class="skip" href="#content">{content.interface.site.skip.clone()}</a>
        <header class="site-header">
            <a class="brand" href=root.to_owned()>{content.clinic.name.clone()}</a>
            {call(content)}
            {display_menu::view(&content.interface.display)}
        </header>
    }
    .into_any()
}

/// A link that calls the clinic; `None` if no telephone number is known. The style sheet shows the number
/// in wide windows only.
fn call(content: &Content) -> Option<AnyView> {
    let location = content.clinic.locations.iter().find(|it| it.phone.is_some())?;
    let view = view! {
        <a class="call-clinic" href=location.tel()>
            {content.interface.site.call.clone()} " " <span>{location.phone.clone()}</span>
        </a>
    };
    Some(view.into_any())
}
