//! Renders the head of a page: title, description, links, data for search engines and previews.

use super::appearance::Appearance;
use super::linked_data;
use crate::content::Content;
use crate::content::markdown::Article;
use crate::content::routes::{self, Kind};
use crate::content::words::escape;

/// The head of an article or of the guide, as HTML.
pub fn head(content: &Content, page: &Article, kind: Kind, appearance: &Appearance) -> String {
    let (front, clinic) = (&page.front, &content.clinic.name);
    let address = &*routes::address(&content.clinic, page, kind);
    let title = match kind {
        Kind::Guide => front.title.clone(),
        Kind::Article | Kind::Further => [&front.title, " · ", clinic].concat(),
    };
    let mut head = vec![
        title_element(&title),
        meta("name", "description", &front.description),
        tag("link", &[("rel", "canonical"), ("href", address)]),
    ];
    // One link for each language, of which there is one so far, and one for readers of other languages.
    for language in [&*content.language, "x-default"] {
        let link = [("rel", "alternate"), ("hreflang", language), ("href", address)];
        head.push(tag("link", &link));
    }
    let modified = page.front.date.to_string();
    let shared = [
        ("og:type", "article"),
        ("og:title", &front.title),
        ("og:description", &front.description),
        ("og:url", address),
        ("og:site_name", clinic),
        ("og:locale", &content.interface.head.locale),
        ("article:modified_time", &modified),
    ];
    head.extend(shared.map(|(name, value)| meta("property", name, value)));
    if front.unlisted {
        head.push(meta("name", "robots", "noindex"));
    }
    head.extend(icons_and_colors(kind.root(), appearance));
    head.push(linked_data::script(content, page, kind));
    head.concat()
}

/// The head of the page for addresses that do not exist.
pub fn not_found(content: &Content, appearance: &Appearance) -> String {
    let title = [&content.interface.not_found.title, " · ", &content.clinic.name].concat();
    let mut head = vec![title_element(&title), meta("name", "robots", "noindex")];
    head.extend(icons_and_colors(routes::base_path(&content.clinic), appearance));
    head.concat()
}

/// Icons, and colors of the browser's toolbar, among which `src/scripts/display.js` chooses.
fn icons_and_colors(root: &str, appearance: &Appearance) -> Vec<String> {
    let theme = |of, media, color| {
        let attributes =
            [("name", "theme-color"), ("data-of", of), ("media", media), ("content", color)];
        tag("meta", &attributes)
    };
    let file = |name: &str| [root, name].concat();
    vec![
        theme("light", "(prefers-color-scheme: light)", &appearance.light),
        theme("dark", "(prefers-color-scheme: dark)", &appearance.dark),
        theme("calm", "not all", &appearance.calm),
        tag("link", &[("rel", "icon"), ("href", &file("favicon.ico")), ("sizes", "32x32")]),
        tag("link", &[("rel", "icon"), ("href", &appearance.icon), ("type", "image/svg+xml")]),
        tag("link", &[("rel", "apple-touch-icon"), ("href", &file("apple-touch-icon.png"))]),
        tag("link", &[("rel", "manifest"), ("href", &file("site.webmanifest"))]),
    ]
}

fn title_element(title: &str) -> String {
    ["<title>", &escape(title), "</title>"].concat()
}

fn meta(kind: &str, name: &str, value: &str) -> String {
    tag("meta", &[(kind, name), ("content", value)])
}

fn tag(name: &str, attributes: &[(&str, &str)]) -> String {
    let attributes: String = attributes
        .iter()
        .map(|(name, value)| [" ", name, "=\"", &escape(value), "\""].concat())
        .collect();
    ["<", name, &attributes, ">"].concat()
}
