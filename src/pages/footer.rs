//! Renders the footer of every page: the clinic, its people and places, further pages.

use leptos::prelude::*;

use crate::components::paragraphs::paragraphs;
use crate::content::Content;
use crate::content::routes::Kind;
use crate::content::words::fill;

/// The footer. `root` is the root of the site, relative to the page.
pub fn view(content: &Content, root: &str) -> AnyView {
    let (site, clinic) = (&content.interface.site, &content.clinic);
    let places: Vec<_> = clinic
        .locations
        .iter()
        .map(|location| {
            let line = |text: &Option<String>| text.clone().map(|it| view! { <br/> {it} });
            let phone = location
                .tel()
                .map(|tel| view! { <br/> <a href=tel>{location.phone.clone()}</a> });
            view! {
                <p>{location.name.clone()} {line(&location.address)} {phone} {line(&location.hours)}</p>
            }
        })
        .collect();
    let people: Vec<String> = clinic
        .clinicians
        .iter()
        .map(|it| match &it.training {
            Some(place) => fill(&site.trained, &[("name", &it.name), ("place", place)]),
            None => it.name.clone(),
        })
        .collect();
    let pages: Vec<_> = content
        .pages
        .iter()
        .filter(|page| page.front.in_footer && !page.front.unlisted)
        .map(|page| {
            let href = [root, &Kind::Further.path(&page.slug)].concat();
            view! { <li><a href=href>{page.front.title.clone()}</a></li> }
        })
        .collect();
    let serves = (!clinic.serves.is_empty()).then(|| {
        let towns = clinic.serves.join(", ");
        view! { <p>{fill(&site.serves, &[("towns", &towns)])}</p> }
    });
    let pages = (!pages.is_empty()).then(|| view! { <ul class="pages">{pages}</ul> });
    view! {
        <footer class="site-footer">
            <p><strong>{clinic.name.clone()}</strong> " · " {clinic.description.clone()}</p>
            {paragraphs(&people)}
            {places}
            {serves}
            {paragraphs(&site.footer)}
            <p>{site.crisis.clone()}</p>
            {pages}
        </footer>
    }
    .into_any()
}
