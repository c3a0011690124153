//! The header: a link over it to the text, the way home, the clinic's number where it is known.

use migraine_guide::content::routes::Kind;

use crate::html::{all, attribute, content, guide, only, page, text};

#[test]
fn the_first_link_skips_the_header() {
    let html = guide(&content());
    let first = all(&html, "a, button, summary, input")[0];
    assert_eq!(attribute(first, "href"), "#content");
    only(&html, "main#content");
}

#[test]
fn the_clinics_name_leads_home_from_every_page() {
    let content = content();
    let brand = |kind, expected| {
        let article = if kind == Kind::Guide { &content.guide } else { &content.articles[0] };
        let html = page(&content, article, kind);
        let link = only(&html, "header a.brand");
        assert_eq!(attribute(link, "href"), expected);
        assert_eq!(text(link), content.clinic.name);
    };
    brand(Kind::Guide, "./");
    brand(Kind::Article, "../../");
}

#[test]
fn the_clinic_can_be_called_where_its_number_is_known() {
    let mut content = content();
    assert!(all(&guide(&content), "header a[href^='tel:']").is_empty());
    content.clinic.locations[0].phone = Some("(972) 555-0123".to_owned());
    let html = guide(&content);
    // The number is part of the link's name even where only the word is shown.
    assert_eq!(text(only(&html, "header a[href='tel:9725550123']")), "Call (972) 555-0123");
}
