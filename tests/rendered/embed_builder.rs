//! The page where staff build what goes into their own site.

use migraine_guide::content::routes::Kind;
use migraine_guide::pages::render;
use migraine_guide::site::head::head;
use scraper::Html;

use crate::html::{all, appearance, attribute, content, only, text};

#[test]
fn without_script_the_snippets_for_the_whole_guide_are_there() {
    let content = content();
    let page =
        content.pages.iter().find(|it| it.slug == "embed").expect("content/en/pages/embed.md");
    let html = Html::parse_document(&render(&content, page, Kind::Further).expect("rendered"));
    let base = &content.clinic.base_address;
    let plain = only(&html, "#embed-plain").text().collect::<String>();
    let snippet = Html::parse_fragment(&plain);
    let script = only(&snippet, "script[type=module]");
    assert_eq!(attribute(script, "src"), format!("{base}embed.js"));
    assert_eq!(attribute(only(&snippet, "migraine-guide"), "src"), base);
    assert_eq!(attribute(only(&snippet, "migraine-guide > a"), "href"), base);
    assert_eq!(text(only(&html, "#embed-shortcode")), "[migraine_guide]");
    assert_eq!(text(only(&html, "#embed-block")), "<!-- wp:migraine-guide/guide /-->");
    assert_eq!(text(only(&html, "#embed-wix")), *base);
    assert_eq!(only(&html, "#embed-squarespace").text().collect::<String>(), plain);
    // Each can be copied.
    for code in all(&html, ".snippet code") {
        only(&html, &format!("button[data-action='copy {}']", attribute(code, "id")));
    }
    // For staff: not for search engines.
    let head = head(&content, page, Kind::Further, &appearance());
    only(&Html::parse_document(&head), "meta[name=robots][content=noindex]");
}
