//! The link to the table of contents: at the end of the article, and into the quick links.

use crate::html::{all, attribute, content, guide, only, text};

#[test]
fn it_leads_into_the_folded_quick_links_so_that_they_unfold() {
    let content = content();
    let page = guide(&content);
    let link = only(&page, "article > .contents:last-child > a");
    assert_eq!(text(link), content.interface.site.contents);
    let list = attribute(link, "href");
    assert_eq!(all(&page, &format!("nav details {list}")).len(), 1, "{list}");
}
