//! A whole page: header, opening, quick links, article, footer.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use crate::article;
use crate::article_list;
use crate::content::Content;
use crate::content::markdown::Article;
use crate::quick_links::{self, QuickLink, QuickLinks};
use crate::words::fill;
use crate::{display, head};

/// Words that are read in a minute, at an unhurried pace.
const WORDS_PER_MINUTE: usize = 200;

/// The folder of the articles' pages.
pub const ARTICLES: &str = "articles";

/// What a page is, apart from its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The guide itself, at the root.
    Guide,
    /// One of the articles, two folders down.
    Article,
    /// A further page, as the one on privacy, one folder down.
    Further,
}

impl Kind {
    /// Where the page stands below the site's root: empty, or with a last slash.
    pub fn path(self, slug: &str) -> String {
        match self {
            Self::Guide => String::new(),
            Self::Article => [ARTICLES, "/", slug, "/"].concat(),
            Self::Further => [slug, "/"].concat(),
        }
    }

    /// How the page names the root of the site.
    pub fn root(self) -> &'static str {
        match self {
            Self::Guide => "./",
            Self::Article => "../../",
            Self::Further => "../",
        }
    }
}

/// The body of a page, as HTML: the same for the same content, every time.
pub fn render(content: &Content, page: &Article, kind: Kind) -> String {
    // Islands with children ask the context whether their children are to be hydrated.
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| view(content, page, kind).to_html())
}

/// The body of the page that is shown where an address leads to nothing.
pub fn render_not_found(content: &Content) -> String {
    let words = &content.interface.not_found;
    let root = head::base_path(content);
    let view = view! {
        {header(content, root)}
        <main id="content">
            <div class="opening">
                <h1>{words.title.clone()}</h1>
                <p>{words.text.clone()}</p>
                <p class="actions"><a class="button" href=root.to_owned()>{words.home.clone()}</a></p>
            </div>
        </main>
        {footer(content, root)}
    };
    view.into_any().to_html()
}

fn view(content: &Content, page: &Article, kind: Kind) -> AnyView {
    let site = &content.interface.site;
    let root = kind.root();
    let links = page
        .sections
        .iter()
        .map(|section| QuickLink { id: section.id.clone(), title: section.title.clone() })
        .collect();
    view! {
        {header(content, root)}
        <main id="content">
            {opening(content, page, kind)}
            <QuickLinks title=site.quick_links.clone() links=links/>
            <article class="article">
                {article::sections(content, page, kind)}
                {article_list::recent(content, page, kind)}
                <p class="contents"><a href=quick_links::ADDRESS>{site.contents.clone()}</a></p>
            </article>
        </main>
        {footer(content, root)}
    }
    .into_any()
}

fn header(content: &Content, root: &str) -> AnyView {
    view! {
        <a class="skip" href="#content">{content.interface.site.skip.clone()}</a>
        <header class="site-header">
            <a class="brand" href=root.to_owned()>{content.clinic.name.clone()}</a>
            {call(content)}
            {display::settings(&content.interface.display)}
        </header>
    }
    .into_any()
}

/// Calls the clinic, where a telephone number is known; the number itself is shown in a wide window.
fn call(content: &Content) -> Option<AnyView> {
    let location = content.clinic.locations.iter().find(|it| it.phone.is_some())?;
    let view = view! {
        <a class="call-clinic" href=location.tel()>
            {content.interface.site.call.clone()} " " <span>{location.phone.clone()}</span>
        </a>
    };
    Some(view.into_any())
}

fn opening(content: &Content, page: &Article, kind: Kind) -> AnyView {
    let site = &content.interface.site;
    let front = &page.front;
    let minutes = page.words.div_ceil(WORDS_PER_MINUTE);
    // Of a page that is read at a glance it need not be said.
    let reading_time =
        (minutes > 1).then(|| fill(&site.reading_time, &[("minutes", &minutes.to_string())]));
    let reviewed = (!front.reviewed_by.is_empty())
        .then(|| fill(&site.reviewed, &[("name", &front.reviewed_by)]));
    let about: Vec<_> = [Some(updated(content, page)), reading_time, reviewed]
        .into_iter()
        .flatten()
        .map(|it| view! { <span>{it}</span> " " })
        .collect();
    let actions = (kind == Kind::Guide).then(|| {
        view! {
            <p class="actions">
                <a class="button" href="#self-assessment">{site.take_assessment.clone()}</a>
                <a class="button secondary" href=crate::request::LINK>{site.request.clone()}</a>
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

fn updated(content: &Content, page: &Article) -> String {
    let site = &content.interface.site;
    let Some(date) = page.front.date.date else { return String::new() };
    let month = usize::from(date.month).checked_sub(1).and_then(|nth| site.months.get(nth));
    let month = month.map_or("", String::as_str);
    fill(&site.updated, &[("month", month), ("year", &date.year.to_string())])
}

fn footer(content: &Content, root: &str) -> AnyView {
    let (site, clinic) = (&content.interface.site, &content.clinic);
    let places: Vec<_> = clinic
        .locations
        .iter()
        .map(|location| {
            let line = |text: &Option<String>| text.clone().map(|it| view! { <br/> {it} });
            let phone = location
                .tel()
                .map(|tel| view! { <br/> <a href=tel>{location.phone.clone()}</a> });
            view! {
                <p>{location.name.clone()} {line(&location.address)} {phone} {line(&location.hours)}</p>
            }
        })
        .collect();
    let people: Vec<String> = clinic
        .clinicians
        .iter()
        .map(|it| match &it.training {
            Some(place) => fill(&site.trained, &[("name", &it.name), ("place", place)]),
            None => it.name.clone(),
        })
        .collect();
    let pages: Vec<_> = content
        .pages
        .iter()
        .filter(|page| !page.front.unlisted)
        .map(|page| {
            let href = [root, &Kind::Further.path(&page.slug)].concat();
            view! { <li><a href=href>{page.front.title.clone()}</a></li> }
        })
        .collect();
    let serves = (!clinic.serves.is_empty()).then(|| {
        let towns = clinic.serves.join(", ");
        view! { <p>{fill(&site.serves, &[("towns", &towns)])}</p> }
    });
    let pages = (!pages.is_empty()).then(|| view! { <ul class="pages">{pages}</ul> });
    view! {
        <footer class="site-footer">
            <p><strong>{clinic.name.clone()}</strong> " · " {clinic.description.clone()}</p>
            {crate::components::paragraphs(&people)}
            {places}
            {serves}
            {crate::components::paragraphs(&site.footer)}
            <p>{site.crisis.clone()}</p>
            {pages}
        </footer>
    }
    .into_any()
}
