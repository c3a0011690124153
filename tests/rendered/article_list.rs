//! Lists of articles: newest first, a few under every page, all on their own.

use migraine_guide::content::markdown::Article;
use migraine_guide::content::routes::Kind;

use crate::html::{all, attribute, content, guide, page};

#[test]
fn articles_are_listed_newest_first() {
    let content = content();
    let html = guide(&content);
    let listed: Vec<&str> =
        all(&html, ".recent a").into_iter().map(|link| attribute(link, "href")).collect();
    let expected: Vec<String> =
        content.articles.iter().map(|it| format!("./articles/{}/", it.slug)).collect();
    assert_eq!(listed, expected);
    assert!(content.articles.windows(2).all(|pair| pair[0].front.date >= pair[1].front.date));
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
    let links = |article: &Article, kind: Kind, selector: &str| -> Vec<String> {
        let html = page(&content, article, kind);
        all(&html, selector).into_iter().map(|it| attribute(it, "href").to_owned()).collect()
    };
    let recent = links(&content.articles[1], Kind::Article, ".recent a");
    let expected = [0, 2, 3, 4, 5].map(|nth| format!("../../articles/article-{nth}/"));
    assert_eq!(recent[..5], expected);
    assert_eq!(recent[5..], ["../../articles/"]);
    let list = content.pages.iter().find(|it| it.slug == "articles").expect("the list");
    assert_eq!(links(list, Kind::Further, ".articles a").len(), 100);
    assert!(links(list, Kind::Further, ".recent a").is_empty());
}
