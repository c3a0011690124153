//! Files beside the pages, for search engines, home screens and the clinic's own systems.

use guide_core::assessment::fhir::{Publication, questionnaire};
use guide_core::key;
use serde_json::json;

use super::appearance::Appearance;
use crate::content::Content;
use crate::content::clinic::{Clinic, Security};
use crate::content::routes::address;
use crate::content::words::{escape, fill};

/// The self-assessment as a FHIR R4 Questionnaire.
pub const QUESTIONNAIRE: &str = "assessment.fhir.json";

/// Where people report a weakness of the site (RFC 9116).
pub const SECURITY: &str = ".well-known/security.txt";

/// Name and content of each file.
pub fn all(content: &Content, appearance: &Appearance) -> Vec<(&'static str, String)> {
    let mut files = vec![
        (QUESTIONNAIRE, fhir(content)),
        (key::SITE_FILE, keys(content)),
        ("robots.txt", robots(content)),
        ("site.webmanifest", manifest(content, appearance)),
        ("sitemap.xml", sitemap(content)),
    ];
    files.extend(security(content).map(|text| (SECURITY, text)));
    files
}

fn security(content: &Content) -> Option<String> {
    let Clinic { security, base_address, .. } = &content.clinic;
    let Security { contact, expires } = security.as_ref()?;
    let language = &content.language;
    Some(format!(
        "Contact: {contact}\nExpires: {expires}T23:59:59Z\nPreferred-Languages: {language}\n\
         Canonical: {base_address}{SECURITY}\n"
    ))
}

fn robots(content: &Content) -> String {
    let base = &content.clinic.base_address;
    format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n")
}

fn fhir(content: &Content) -> String {
    let publication = Publication {
        address: &[&content.clinic.base_address, QUESTIONNAIRE].concat(),
        language: &content.language,
        title: &content.interface.assessment.title,
        publisher: &content.clinic.name,
    };
    questionnaire(&content.assessment, &publication).to_string()
}

fn keys(content: &Content) -> String {
    json!({ "keys": content.clinic.keys }).to_string()
}

fn sitemap(content: &Content) -> String {
    let pages: String = content
        .every_page()
        .filter(|(page, _)| !page.front.unlisted)
        .map(|(page, kind)| {
            let address = escape(&address(&content.clinic, page, kind));
            let date = page.front.date;
            format!("<url><loc>{address}</loc><lastmod>{date}</lastmod></url>\n")
        })
        .collect();
    [
        r#"<?xml version="1.0" encoding="UTF-8"?>"#,
        "\n",
        r#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">"#,
        "\n",
        &pages,
        "</urlset>\n",
    ]
    .concat()
}

fn manifest(content: &Content, appearance: &Appearance) -> String {
    let words = &content.interface.head;
    let icon =
        |name: &str, sizes: &str, kind: &str| json!({ "src": name, "sizes": sizes, "type": kind });
    let manifest = json!({
        "name": fill(&words.name, &[("clinic", &content.clinic.name)]),
        "short_name": words.short_name,
        "lang": content.language,
        "start_url": "./",
        "background_color": appearance.light,
        "theme_color": appearance.light,
        "icons": [
            icon("icon.svg", "any", "image/svg+xml"),
            icon("icon-192.png", "192x192", "image/png"),
            icon("icon-512.png", "512x512", "image/png"),
        ],
    });
    manifest.to_string()
}
