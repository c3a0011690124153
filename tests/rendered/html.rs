//! Renders views and queries the HTML.

use std::path::Path;
use std::sync::LazyLock;

use leptos::prelude::*;
use migraine_guide::content::markdown::Article;
use migraine_guide::content::routes::Kind;
use migraine_guide::content::{self, Content, Keys};
use migraine_guide::pages::render;
use migraine_guide::site::appearance::{Appearance, ICON, TOKENS};
use scraper::{ElementRef, Html, Selector};

/// A public key to render with. Its private half is a test key.
const KEY: &str = "crates/guide-core/tests/vectors/envelope-vectors.json";

static CONTENT: LazyLock<Content> = LazyLock::new(load);

/// The content of the project, with a test key in place of the clinic's.
pub fn content() -> Content {
    CONTENT.clone()
}

/// Reads and checks it, which takes a second.
fn load() -> Content {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::TempDir::new().expect("a folder for the key");
    let vectors = std::fs::read_to_string(root.join(KEY)).expect("the vectors are there");
    let mut vectors: serde_json::Value = serde_json::from_str(&vectors).expect("they are JSON");
    let key = vectors["keys"]["clinic"].as_object_mut().expect("a key");
    key.remove("d");
    let path = folder.path().join("clinic.public.jwk.json");
    let today = "2026-12-01".parse().expect("a date");
    std::fs::write(&path, serde_json::to_vec(key).expect("JSON")).expect("written");
    content::load(&root.join("content"), "en", Keys::Development(&path), today)
        .expect("the content has no mistakes")
}

/// Colors of the themes, and the icon.
pub fn appearance() -> Appearance {
    let read = |path| {
        std::fs::read_to_string([env!("CARGO_MANIFEST_DIR"), "/", path].concat()).expect(path)
    };
    Appearance::read(&read(TOKENS), &read(ICON)).expect("every theme has its ground")
}

/// The body of a page, rendered.
pub fn page(content: &Content, article: &Article, kind: Kind) -> Html {
    Html::parse_document(&render(content, article, kind).expect("rendered"))
}

/// The body of the guide, rendered.
pub fn guide(content: &Content) -> Html {
    page(content, &content.guide, Kind::Guide)
}

/// A view as a document.
pub fn rendered(view: AnyView) -> Html {
    Html::parse_fragment(&view.to_html())
}

/// The only element that a selector finds.
pub fn only<'a>(document: &'a Html, selector: &str) -> ElementRef<'a> {
    let found = all(document, selector);
    assert_eq!(found.len(), 1, "{selector} finds {}", found.len());
    found[0]
}

/// All elements that a selector finds.
pub fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    document.select(&selector).collect()
}

/// The text of an element, white space folded; without what is shown only once somebody asks what a word means.
pub fn text(element: ElementRef<'_>) -> String {
    let shown = element.descendants().filter(|node| {
        let above = node.ancestors().take_while(|it| it.id() != element.id());
        !above.filter_map(ElementRef::wrap).any(|it| it.attr("popover").is_some())
    });
    let texts = shown.filter_map(|node| Some(&**node.value().as_text()?));
    texts.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// An attribute of an element; empty where it is not there.
pub fn attribute<'a>(element: ElementRef<'a>, name: &str) -> &'a str {
    element.attr(name).unwrap_or_default()
}
