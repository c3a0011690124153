//! Files beside the pages: sitemap, robots, manifest, keys.

use std::fs;
use std::path::Path;

use migraine_guide::content::Content;
use migraine_guide::content::routes::Kind;
use migraine_guide::pages::render;
use migraine_guide::site::files;
use regex::Regex;
use scraper::Html;
use serde_json::Value;

use crate::html::{appearance, content, only};

/// The position of the width in a PNG file.
const PNG_WIDTH: std::ops::Range<usize> = 16..20;

fn file(content: &Content, name: &str) -> String {
    let mut files = files::all(content, &appearance()).into_iter();
    files.find(|(it, _)| *it == name).expect(name).1
}

#[test]
fn the_sitemap_lists_every_page_with_its_date() {
    let content = content();
    let sitemap = file(&content, "sitemap.xml");
    let frame = Regex::new(
        "^<\\?xml version=\"1.0\" encoding=\"UTF-8\"\\?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
         (<url><loc>[^<>&]+</loc><lastmod>[0-9]{4}-[0-9]{2}-[0-9]{2}</lastmod></url>\n)+</urlset>\n$",
    );
    assert!(frame.expect("a pattern").is_match(&sitemap), "{sitemap}");
    let base = &content.clinic.base_address;
    let mut pages = vec![(base.clone(), &content.guide)];
    pages.extend(content.articles.iter().map(|it| (format!("{base}articles/{}/", it.slug), it)));
    let listed = content.pages.iter().filter(|it| !it.front.unlisted);
    assert!(listed.clone().count() < content.pages.len(), "some page is for staff alone");
    pages.extend(listed.map(|it| (format!("{base}{}/", it.slug), it)));
    assert_eq!(sitemap.matches("<url>").count(), pages.len());
    for (address, page) in pages {
        let entry = format!("<loc>{address}</loc><lastmod>{}</lastmod>", page.front.date);
        assert!(sitemap.contains(&entry), "{entry} is missing");
    }
}

#[test]
fn robots_are_welcome_and_told_of_the_sitemap() {
    let content = content();
    let robots = file(&content, "robots.txt");
    let sitemap = format!("Sitemap: {}sitemap.xml", content.clinic.base_address);
    let lines: Vec<&str> = robots.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["User-agent: *", "Allow: /", &sitemap]);
}

#[test]
fn the_manifest_names_what_is_there() {
    let content = content();
    let manifest: Value = serde_json::from_str(&file(&content, "site.webmanifest")).expect("JSON");
    assert_eq!(manifest["short_name"], *content.interface.head.short_name);
    assert!(manifest["name"].as_str().expect("a name").contains(&content.clinic.name));
    assert_eq!(manifest["start_url"], "./");
    assert_eq!(manifest["theme_color"], *appearance().light);
    assert_eq!(manifest["background_color"], *appearance().light);
    for icon in manifest["icons"].as_array().expect("icons") {
        let name = icon["src"].as_str().expect("a file");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public").join(name);
        let bytes = fs::read(path).expect(name);
        if name.ends_with(".png") {
            let width = bytes[PNG_WIDTH].try_into().map(u32::from_be_bytes).expect("four bytes");
            assert_eq!(icon["sizes"], format!("{width}x{width}"), "{name}");
        }
    }
}

#[test]
fn the_icon_has_the_colors_of_the_light_theme() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect(path);
    let (icon, tokens) = (read("public/icon.svg"), read("style/tokens.css"));
    let color = Regex::new("#[0-9a-f]{6}").expect("a pattern");
    assert!(color.is_match(&icon));
    for color in color.find_iter(&icon) {
        assert!(tokens.contains(color.as_str()), "{} is no token", color.as_str());
    }
}

#[test]
fn the_self_assessment_is_there_as_a_questionnaire() {
    let content = content();
    let file = file(&content, files::QUESTIONNAIRE);
    let questionnaire: Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!(questionnaire["resourceType"], "Questionnaire");
    let address = [&content.clinic.base_address, files::QUESTIONNAIRE].concat();
    assert_eq!(questionnaire["url"], address.as_str());
    // Beside each of two numbers stands an item of its own, "I am not sure".
    assert_eq!(questionnaire["item"].as_array().map(Vec::len), Some(17 + 2));
}

/// `intake` compares them with those that it knows.
#[test]
fn the_keys_are_those_that_the_pages_seal_for() {
    let content = content();
    let keys: Value = serde_json::from_str(&file(&content, "keys.json")).expect("JSON");
    let keys = keys["keys"].as_array().expect("a list");
    assert!(!keys.is_empty());
    assert_eq!(keys.len(), content.clinic.keys.len());
    let page =
        Html::parse_fragment(&render(&content, &content.guide, Kind::Guide).expect("rendered"));
    let setup: String = only(&page, "#request-setup").text().collect();
    for key in keys {
        let kid = key["kid"].as_str().expect("a text");
        assert!(setup.contains(kid), "{kid} is not among the keys of {setup}");
    }
    assert_eq!(setup.matches("P-256").count(), keys.len());
}

#[test]
fn a_contact_for_weaknesses_is_published_where_there_is_one() {
    let mut content = content();
    let names = |content: &Content| {
        files::all(content, &appearance()).into_iter().map(|it| it.0).collect::<Vec<_>>()
    };
    assert!(!names(&content).contains(&files::SECURITY));
    let toml = "contact = \"mailto:security@example.org\"\nexpires = \"2027-11-30\"";
    content.clinic.security = Some(toml::from_str(toml).expect("a contact"));
    let base = &content.clinic.base_address;
    assert_eq!(
        file(&content, files::SECURITY),
        format!(
            "Contact: mailto:security@example.org\nExpires: 2027-11-30T23:59:59Z\n\
             Preferred-Languages: en\nCanonical: {base}.well-known/security.txt\n"
        )
    );
}
