//! Whole pages: every word is in the HTML, every link leads somewhere, every render is the same.

use migraine_guide::content::Content;
use migraine_guide::content::markdown::Article;
use migraine_guide::content::routes::Kind;
use migraine_guide::pages::render;
use scraper::Html;

use crate::html::{all, attribute, content, only, text};

fn guide(content: &Content) -> Html {
    Html::parse_document(&render(content, &content.guide, Kind::Guide))
}

#[test]
fn a_page_renders_the_same_every_time() {
    let content = content();
    let page = || render(&content, &content.guide, Kind::Guide);
    assert_eq!(page(), page());
}

#[test]
fn every_section_is_a_quick_link_and_every_quick_link_leads_to_one() {
    let content = content();
    let page = guide(&content);
    let links: Vec<&str> =
        all(&page, ".quick-links a").into_iter().map(|link| attribute(link, "href")).collect();
    let sections: Vec<String> =
        content.guide.sections.iter().map(|section| format!("#{}", section.id)).collect();
    assert_eq!(links, sections);
    // The ten sections of the brief, after the summary, and what is around them.
    assert!(sections.len() >= 10, "{sections:?}");
    for link in links {
        only(&page, &format!("section{link} > h2"));
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
fn ids_are_unique() {
    let content = content();
    let pages = [(&content.guide, Kind::Guide), (&content.articles[0], Kind::Article)];
    for (article, kind) in pages {
        let page = Html::parse_document(&render(&content, article, kind));
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
fn what_is_not_known_of_the_clinic_is_left_out() {
    let content = content();
    assert!(content.clinic.locations[0].phone.is_none(), "this test is about what is not known");
    let page = guide(&content);
    let footer = text(only(&page, "footer"));
    assert!(footer.contains("Allen, Texas"));
    assert!(!footer.contains("None") && !footer.contains("phone"), "{footer}");
    assert!(content.clinic.missing().iter().any(|it| it == "phone of Allen, Texas"));
}

#[test]
fn the_clinic_can_be_called_from_every_page_where_its_number_is_known() {
    let mut content = content();
    assert!(all(&guide(&content), "a[href^='tel:'].call-clinic").is_empty());
    content.clinic.locations[0].phone = Some("(972) 555-0123".to_owned());
    let page = guide(&content);
    let link = only(&page, "header a[href='tel:9725550123']");
    assert_eq!(text(link), "Call (972) 555-0123");
    assert_eq!(text(only(&page, "footer a[href='tel:9725550123']")), "(972) 555-0123");
}

#[test]
fn articles_are_listed_newest_first_and_lead_back() {
    let content = content();
    let page = guide(&content);
    let listed: Vec<&str> =
        all(&page, ".recent a").into_iter().map(|link| attribute(link, "href")).collect();
    let expected: Vec<String> =
        content.articles.iter().map(|it| format!("./articles/{}/", it.slug)).collect();
    assert_eq!(listed, expected);
    assert!(content.articles.windows(2).all(|pair| pair[0].front.date >= pair[1].front.date));
    let article = render(&content, &content.articles[0], Kind::Article);
    only(&Html::parse_document(&article), "a.brand[href='../../']");
}

#[test]
fn of_many_articles_the_newest_stand_under_a_page_and_all_on_their_own() {
    let mut content = content();
    let article = content.articles[0].clone();
    let named = |nth: usize| {
        let mut named = article.clone();
        named.slug = format!("article-{nth}");
        named
    };
    content.articles = (0..100).map(named).collect();
    let links = |page: &Article, kind: Kind, selector: &str| -> Vec<String> {
        let page = Html::parse_document(&render(&content, page, kind));
        all(&page, selector).into_iter().map(|it| attribute(it, "href").to_owned()).collect()
    };
    let recent = links(&content.articles[1], Kind::Article, ".recent a");
    let expected = [0, 2, 3, 4, 5].map(|nth| format!("../../articles/article-{nth}/"));
    assert_eq!(recent[..5], expected);
    assert_eq!(recent[5..], ["../../articles/"]);
    let list = content.pages.iter().find(|it| it.slug == "articles").expect("the list");
    assert_eq!(links(list, Kind::Further, ".articles a").len(), 100);
    assert!(links(list, Kind::Further, ".recent a").is_empty());
}
