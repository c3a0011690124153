//! The opening of a page: the one title, where it is from, and what can be done at once.

use migraine_guide::content::markdown::Article;
use migraine_guide::content::routes::Kind;
use migraine_guide::pages::render_not_found;
use scraper::Html;

use crate::html::{all, attribute, content, guide, only, page, text};

#[test]
fn the_guide_leads_straight_to_both_of_its_forms() {
    let content = content();
    let html = guide(&content);
    assert_eq!(text(only(&html, "h1")), content.guide.front.title);
    assert_eq!(text(only(&html, ".opening .lede")), content.guide.front.lede);
    let links = all(&html, ".opening .actions a");
    let to: Vec<&str> = links.into_iter().map(|link| attribute(link, "href")).collect();
    assert_eq!(to, ["#self-assessment", "#appointment-request"]);
    for id in to {
        only(&html, id);
    }
    assert!(all(&html, ".opening .home").is_empty(), "it is home");
}

#[test]
fn an_article_leads_home_and_says_its_date_and_reviewer() {
    let content = content();
    let mut article = content.articles[0].clone();
    article.front.reviewed_by = "A clinician".to_owned();
    article.front.reviewed_on = Some("2026-11-25".parse().expect("a date"));
    let html = page(&content, &article, Kind::Article);
    assert_eq!(attribute(only(&html, ".opening .home a"), "href"), "../../");
    let about = text(only(&html, ".opening .meta"));
    let date = article.front.date.date.expect("a date");
    assert!(about.contains(&date.year.to_string()), "{about}");
    assert!(about.contains("Reviewed by A clinician on November 25, 2026"), "{about}");
    assert!(all(&html, ".opening .actions").is_empty(), "both forms are on the guide");
}

#[test]
fn what_no_clinician_has_reviewed_says_so() {
    let content = content();
    let said = &content.interface.site.not_reviewed;
    let unreviewed = |article: &Article| {
        let mut article = article.clone();
        article.front.reviewed_by = String::new();
        article.front.reviewed_on = None;
        article
    };
    for (article, kind) in content.every_page() {
        let html = page(&content, &unreviewed(article), kind);
        let about = text(only(&html, ".opening .meta"));
        let clinical = kind != Kind::Further || article.front.clinical;
        assert_eq!(about.contains(said), clinical, "{}: {about}", article.slug);
    }
}

#[test]
fn a_wrong_address_is_named_so_and_leads_home() {
    let content = content();
    let html = Html::parse_document(&render_not_found(&content).expect("rendered"));
    assert_eq!(text(only(&html, "main h1")), content.interface.not_found.title);
    let home = only(&html, "main a");
    assert_eq!(text(home), content.interface.not_found.home);
    // Shown below any address: a relative link would lead nowhere.
    assert!(attribute(home, "href").starts_with('/'), "{}", attribute(home, "href"));
}
