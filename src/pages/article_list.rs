//! Renders lists of articles, newest first.

use leptos::prelude::*;

use crate::content::Content;
use crate::content::markdown::{Article, Insert};
use crate::content::routes::Kind;

/// The number of articles listed under every page, limited so that pages do not grow with each article.
const RECENT: usize = 5;

/// The newest articles except the page itself. `None` on the page that lists all of them.
pub fn recent(content: &Content, page: &Article, kind: Kind) -> Option<AnyView> {
    let site = &content.interface.site;
    let others: Vec<&Article> = content.articles.iter().filter(|it| it.slug != page.slug).collect();
    if others.is_empty() || page.has(&Insert::AllArticles) {
        return None;
    }
    let (shown, more) = match content.pages.iter().find(|it| it.has(&Insert::AllArticles)) {
        Some(list) if others.len() > RECENT => (RECENT, Some(list)),
        // No page lists the others.
        _ => (others.len(), None),
    };
    let more = more.map(|list| {
        let href = [kind.root(), &Kind::Further.path(&list.slug)].concat();
        view! { <p class="more"><a href=href>{list.front.title.clone()}</a></p> }
    });
    let view = view! {
        <section id="recent-articles" class="recent" aria-labelledby="recent-heading">
            <h2 id="recent-heading">{site.recent.clone()}</h2>
            {list(&others[..shown], kind)}
            {more}
        </section>
    };
    Some(view.into_any())
}

/// All articles.
pub fn all(content: &Content, kind: Kind) -> AnyView {
    list(&content.articles.iter().collect::<Vec<_>>(), kind)
}

fn list(articles: &[&Article], kind: Kind) -> AnyView {
    let entry = |article: &&Article| {
        let href = [kind.root(), &Kind::Article.path(&article.slug)].concat();
        view! {
            <li>
                <a href=href>{article.front.title.clone()}</a>
                <p>{article.front.description.clone()}</p>
            </li>
        }
    };
    let entries: Vec<_> = articles.iter().map(entry).collect();
    view! { <ul class="articles">{entries}</ul> }.into_any()
}
