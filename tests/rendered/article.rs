//! The article: sections that are named, citations that lead to references and back.

use crate::html::{all, attribute, content, guide, only, text};

#[test]
fn every_section_is_named_by_its_heading() {
    let content = content();
    let page = guide(&content);
    let sections = all(&page, "main > article > section");
    assert!(sections.len() > content.guide.sections.len(), "references and articles follow");
    for section in sections {
        let heading = format!("#{}", attribute(section, "aria-labelledby"));
        assert!(!text(only(&page, &format!("section > h2{heading}"))).is_empty());
    }
}

#[test]
fn citations_lead_to_references_and_back() {
    let page = guide(&content());
    let citations = all(&page, ".citation a");
    assert!(citations.len() > 10);
    for citation in citations {
        let entry = attribute(citation, "href");
        let back = format!("{entry} a.back[href='#{}']", attribute(citation, "id"));
        only(&page, &back);
    }
}

#[test]
fn every_section_but_the_self_assessment_is_put_off_until_it_comes_near() {
    let page = guide(&content());
    for section in all(&page, "main > article > section:not(.recent)") {
        let put_off = section.attr("data-size").is_some();
        assert_eq!(put_off, attribute(section, "id") != "self-assessment", "{section:?}");
    }
}
