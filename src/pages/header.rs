//! The header of every page: the clinic, its telephone number, the Display menu.

use leptos::prelude::*;

use super::display_menu;
use crate::content::Content;

/// The header, with the link that skips it. `root` is how the page names the root of the site.
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

/// Calls the clinic, where a telephone number is known; the number itself is shown in a wide window.
fn call(content: &Content) -> Option<AnyView> {
    let location = content.clinic.locations.iter().find(|it| it.phone.is_some())?;
    let view = view! {
        <a class="call-clinic" href=location.tel()>
            {content.interface.site.call.clone()} " " <span>{location.phone.clone()}</span>
        </a>
    };
    Some(view.into_any())
}
