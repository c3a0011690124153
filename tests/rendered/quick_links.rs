//! The table of contents: a named landmark whose links are the sections of the page.

use crate::html::{all, attribute, content, guide, only, text};

#[test]
fn every_section_is_a_quick_link_and_every_quick_link_leads_to_one() {
    let content = content();
    let page = guide(&content);
    let links: Vec<&str> =
        all(&page, ".quick-links a").into_iter().map(|link| attribute(link, "href")).collect();
    let sections: Vec<String> =
        content.guide.sections.iter().map(|section| format!("#{}", section.id)).collect();
    assert_eq!(links, sections);
    // Ten sections on migraine and ketamine, after the summary; both forms; further reading.
    assert!(sections.len() >= 10, "{sections:?}");
    for link in links {
        only(&page, &format!("section{link} > h2"));
    }
}

#[test]
fn they_are_a_landmark_with_a_name_and_folded_at_first() {
    let content = content();
    let page = guide(&content);
    let landmark = only(&page, "nav.quick-links");
    let name = only(&page, &format!("#{}", attribute(landmark, "aria-labelledby")));
    assert_eq!(text(name), content.interface.site.quick_links);
    assert!(only(&page, "nav details").attr("open").is_none());
    assert!(all(&page, "nav [aria-current]").is_empty(), "no section is in view yet");
}
