//! The footer: the clinic, its places and people as far as known, further pages.

use crate::html::{all, attribute, content, guide, only, text};

#[test]
fn unknown_facts_of_the_clinic_are_left_out() {
    let content = content();
    assert!(content.clinic.locations[0].phone.is_none(), "this test is about unknown facts");
    let footer = text(only(&guide(&content), "footer"));
    assert!(footer.contains("Allen, Texas"));
    assert!(!footer.contains("None") && !footer.contains("phone"), "{footer}");
    assert!(content.clinic.missing().iter().any(|it| it == "phone of Allen, Texas"));
}

#[test]
fn a_known_number_can_be_called() {
    let mut content = content();
    content.clinic.locations[0].phone = Some("(972) 555-0123".to_owned());
    let html = guide(&content);
    assert_eq!(text(only(&html, "footer a[href='tel:9725550123']")), "(972) 555-0123");
}

#[test]
fn help_in_a_crisis_is_named_and_every_listed_page_linked() {
    let mut content = content();
    content.pages[0].front.unlisted = true;
    let html = guide(&content);
    assert!(text(only(&html, "footer")).contains(&content.interface.site.crisis));
    let links: Vec<&str> =
        all(&html, "footer .pages a").into_iter().map(|link| attribute(link, "href")).collect();
    let listed = content.pages.iter().filter(|page| page.front.in_footer && !page.front.unlisted);
    let expected: Vec<String> = listed.map(|page| format!("./{}/", page.slug)).collect();
    assert!(!expected.is_empty() && expected.len() < content.pages.len());
    assert_eq!(links, expected);
}
