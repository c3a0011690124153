//! Renders the opening of a page: title, lede, dates, buttons, and the text before the first heading.

use leptos::prelude::*;

use crate::content::Content;
use crate::content::interface::NotFoundWords;
use crate::content::markdown::Article;
use crate::content::reviews;
use crate::content::routes::{self, Kind};
use crate::content::words::{fill, review};

/// Words that an unhurried reader reads in a minute.
const WORDS_PER_MINUTE: usize = 200;

/// The opening of a page.
pub fn view(content: &Content, page: &Article, kind: Kind) -> AnyView {
    let site = &content.interface.site;
    let front = &page.front;
    let minutes = page.words.div_ceil(WORDS_PER_MINUTE);
    // Left out on a page that takes a minute or less.
    let reading_time =
        (minutes > 1).then(|| fill(&site.reading_time, &[("minutes", &minutes.to_string())]));
    let reviewed =
        (reviews::is_clinical(page, kind) || front.review().done().is_some()).then(|| {
            review::sentence(&site.reviewed, &site.not_reviewed, &site.months, front.review())
        });
    let about: Vec<_> = [Some(updated(content, page)), reading_time, reviewed]
        .into_iter()
        .flatten()
        .map(|it| view! { <span>{it}</span> " " })
        .collect();
    let actions = (kind == Kind::Guide).then(|| {
        view! {
            <p class="actions">
                <a class="button" href="#self-assessment">{site.take_assessment.clone()}</a>
                <a class="button secondary" href=routes::REQUEST>{site.request.clone()}</a>
            </p>
        }
    });
    let home = (kind != Kind::Guide)
        .then(|| view! { <p class="home"><a href=kind.root()>{site.home.clone()}</a></p> });
    view! {
        <div class="opening">
            {home}
            <h1>{front.title.clone()}</h1>
            <p class="lede">{front.lede.clone()}</p>
            <p class="meta">{about}</p>
            {actions}
            <div class="text" inner_html=page.opening.clone()></div>
        </div>
    }
    .into_any()
}

/// The opening of the page for addresses that do not exist. `root` is the root of the site.
pub fn not_found(words: &NotFoundWords, root: &str) -> AnyView {
    view! {
        <div class="opening">
            <h1>{words.title.clone()}</h1>
            <p>{words.text.clone()}</p>
            <p class="actions"><a class="button" href=root.to_owned()>{words.home.clone()}</a></p>
        </div>
    }
    .into_any()
}

fn updated(content: &Content, page: &Article) -> String {
    let site = &content.interface.site;
    let Some(date) = page.front.date.date else { return String::new() };
    let month = usize::from(date.month).checked_sub(1).and_then(|nth| site.months.get(nth));
    let month = month.map_or("", String::as_str);
    fill(&site.updated, &[("month", month), ("year", &date.year.to_string())])
}
