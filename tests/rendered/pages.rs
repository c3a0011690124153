//! Whole pages: every word is in the HTML, every link leads somewhere, every render is the same.

use migraine_guide::content::routes::Kind;
use migraine_guide::pages::{render, render_not_found};

use crate::html::{all, attribute, content, guide, page};

#[test]
fn a_page_renders_the_same_every_time() {
    let content = content();
    let page = || render(&content, &content.guide, Kind::Guide).expect("rendered");
    assert_eq!(page(), page());
}

#[test]
fn ids_are_unique() {
    let content = content();
    let pages = [(&content.guide, Kind::Guide), (&content.articles[0], Kind::Article)];
    for (article, kind) in pages {
        let page = page(&content, article, kind);
        let mut ids: Vec<&str> =
            all(&page, "[id]").into_iter().map(|it| attribute(it, "id")).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id stands twice in {}", article.slug);
    }
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    let content = content();
    let page = guide(&content);
    let levels: Vec<u8> = all(&page, "h1, h2, h3, h4, h5, h6")
        .into_iter()
        .map(|heading| heading.value().name().as_bytes()[1] - b'0')
        .collect();
    assert_eq!(levels[0], 1);
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "a level is skipped: {levels:?}");
    }
}

#[test]
fn references_of_the_page_to_itself_resolve() {
    let page = guide(&content());
    for name in ["for", "aria-labelledby", "aria-describedby", "list"] {
        for element in all(&page, &format!("[{name}]")) {
            for id in attribute(element, name).split_whitespace() {
                assert_eq!(all(&page, &format!("[id='{id}']")).len(), 1, "{name}={id}");
            }
        }
    }
}

#[test]
fn no_page_carries_the_markers_of_its_renderer() {
    let content = content();
    let pages = content
        .every_page()
        .map(|(article, kind)| render(&content, article, kind).expect("rendered"))
        .chain([render_not_found(&content).expect("rendered")]);
    for page in pages {
        assert!(!page.contains("<!"), "{}", page.split_once("<!").expect("a marker").1);
    }
}
