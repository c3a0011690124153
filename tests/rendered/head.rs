//! The head of a page: data for browsers, search engines and previews.

use migraine_guide::content::Content;
use migraine_guide::content::markdown::Article;
use migraine_guide::content::routes::Kind;
use migraine_guide::content::routes::base_path;
use migraine_guide::pages::render_not_found;
use migraine_guide::site::appearance::Appearance;
use migraine_guide::site::head::{head, not_found};
use percent_encoding::percent_decode_str;
use scraper::Html;
use serde_json::Value;

use crate::html::{all, appearance, attribute, content, only, text};

fn document(content: &Content, page: &Article, kind: Kind) -> Html {
    let head = head(content, page, kind, &appearance());
    Html::parse_document(&["<!doctype html><html><head>", &head, "</head></html>"].concat())
}

fn linked_data(document: &Html) -> Value {
    let script = only(document, "script[type='application/ld+json']");
    serde_json::from_str(&script.text().collect::<String>()).expect("linked data is JSON")
}

/// The node of this type.
fn node<'a>(data: &'a Value, kind: &str) -> &'a Value {
    let nodes = data["@graph"].as_array().expect("a graph");
    nodes.iter().find(|node| node["@type"] == kind).expect(kind)
}

fn meta<'a>(document: &'a Html, selector: &str) -> &'a str {
    attribute(only(document, selector), "content")
}

#[test]
fn a_page_says_where_it_is_and_what_it_is() {
    let content = content();
    let base = &content.clinic.base_address;
    let article = &content.articles[0];
    let pages = [
        (&content.guide, Kind::Guide, base.clone()),
        (article, Kind::Article, format!("{base}articles/{}/", article.slug)),
    ];
    for (page, kind, address) in pages {
        let head = document(&content, page, kind);
        assert!(text(only(&head, "title")).starts_with(&page.front.title));
        assert_eq!(meta(&head, "meta[name=description]"), page.front.description);
        assert_eq!(attribute(only(&head, "link[rel=canonical]"), "href"), address);
        assert_eq!(meta(&head, "meta[property='og:url']"), address);
        assert_eq!(meta(&head, "meta[property='og:title']"), page.front.title);
        assert_eq!(meta(&head, "meta[property='og:description']"), page.front.description);
        assert_eq!(meta(&head, "meta[property='og:type']"), "article");
        assert_eq!(meta(&head, "meta[property='og:site_name']"), content.clinic.name);
        assert_eq!(meta(&head, "meta[property='og:locale']"), content.interface.head.locale);
        for language in ["en", "x-default"] {
            let link = only(&head, &format!("link[rel=alternate][hreflang={language}]"));
            assert_eq!(attribute(link, "href"), address);
        }
    }
}

#[test]
fn linked_data_describes_the_page_and_the_way_to_it() {
    let content = content();
    let article = &content.articles[0];
    let data = linked_data(&document(&content, article, Kind::Article));
    assert_eq!(data["@context"], "https://schema.org");
    let page = node(&data, "MedicalWebPage");
    assert_eq!(page["name"], *article.front.title);
    assert_eq!(page["description"], *article.front.description);
    assert_eq!(page["inLanguage"], "en");
    assert_eq!(page["dateModified"], *article.front.date.to_string());
    assert_eq!(page["about"][0]["name"], *content.interface.head.condition);
    assert_eq!(page["publisher"]["name"], *content.clinic.name);
    let way = node(&data, "BreadcrumbList")["itemListElement"].as_array().expect("a list");
    let items: Vec<&str> = way.iter().filter_map(|it| it["item"].as_str()).collect();
    assert_eq!(items, [content.clinic.base_address.as_str(), page["url"].as_str().expect("a URL")]);
    assert_eq!(way[1]["position"], 2);
    let data = linked_data(&document(&content, &content.guide, Kind::Guide));
    assert_eq!(
        data["@graph"].as_array().expect("nodes").len(),
        1,
        "no way leads to the guide itself"
    );
}

#[test]
fn a_review_is_claimed_only_where_somebody_reviewed() {
    let content = content();
    let mut page = content.guide.clone();
    page.front.reviewed_by = String::new();
    let data = linked_data(&document(&content, &page, Kind::Guide));
    let it = node(&data, "MedicalWebPage");
    assert!(it.get("reviewedBy").is_none() && it.get("lastReviewed").is_none(), "{it}");

    page.front.reviewed_by = "Ada Example, M.D.".to_owned();
    page.front.reviewed_on = Some("2026-11-25".parse().expect("a date"));
    let data = linked_data(&document(&content, &page, Kind::Guide));
    let it = node(&data, "MedicalWebPage");
    assert_eq!(it["reviewedBy"]["name"], "Ada Example, M.D.");
    assert_eq!(it["lastReviewed"], "2026-11-25");
}

#[test]
fn hostile_words_stay_words() {
    let content = content();
    let mut page = content.guide.clone();
    let hostile = r#"A "quote" & </title></script><script>alert(1)</script> <!-- '"#;
    page.front.title = hostile.to_owned();
    page.front.description = hostile.to_owned();
    let head = document(&content, &page, Kind::Guide);
    assert_eq!(only(&head, "title").text().collect::<String>(), hostile);
    assert_eq!(meta(&head, "meta[name=description]"), hostile);
    // The one script is the data, and it is whole.
    assert_eq!(all(&head, "script").len(), 1);
    assert_eq!(node(&linked_data(&head), "MedicalWebPage")["name"], hostile);
}

#[test]
fn icons_and_colors_are_named() {
    let content = content();
    let head = document(&content, &content.articles[0], Kind::Article);
    let public = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public");
    for link in all(&head, "link[rel=icon][sizes], link[rel=apple-touch-icon]") {
        let file = attribute(link, "href").strip_prefix("../../").expect("from two folders down");
        assert!(public.join(file).exists(), "public/{file} is missing");
    }
    // The drawing stands in the page.
    let drawing = attribute(only(&head, "link[rel=icon][type='image/svg+xml']"), "href");
    let data = drawing.strip_prefix("data:image/svg+xml,").expect("a data URL");
    let drawing = percent_decode_str(data).decode_utf8().expect("text");
    let icon = std::fs::read_to_string(public.join("icon.svg")).expect("the icon");
    assert_eq!(drawing, icon.trim().replace('"', "'"));
    only(&head, "link[rel=manifest][href='../../site.webmanifest']");
    let Appearance { light, dark, calm, .. } = appearance();
    for (of, color) in [("light", light), ("dark", dark), ("calm", calm)] {
        assert_eq!(meta(&head, &format!("meta[name=theme-color][data-of={of}]")), color);
    }
}

#[test]
fn a_missing_page_is_not_found_by_search_engines_and_leads_home() {
    let content = content();
    let head = not_found(&content, &appearance());
    let page =
        [&head, "</head><body>", &render_not_found(&content).expect("rendered"), "</body></html>"]
            .concat();
    let page = Html::parse_document(&page);
    assert_eq!(meta(&page, "meta[name=robots]"), "noindex");
    assert!(all(&page, "link[rel=canonical], [property='og:url']").is_empty());
    only(&page, "main h1");
    // It is served at any depth, so nothing in it may be relative.
    assert_eq!(base_path(&content.clinic), "/");
    for element in all(&page, "[href]") {
        let href = attribute(element, "href");
        assert!(["/", "#", "data:"].iter().any(|it| href.starts_with(it)), "{href}");
    }
}
