//! Renders a whole page.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use super::quick_links::{QuickLink, QuickLinks};
use super::{article, footer, header, opening};
use crate::browser::packed::PackError;
use crate::content::Content;
use crate::content::markdown::Article;
use crate::content::routes::{self, Kind};

/// The body of a page, as HTML. Equal content gives equal HTML.
///
/// # Errors
/// The error of packing what the app needs.
pub fn render(content: &Content, page: &Article, kind: Kind) -> Result<String, PackError> {
    // Required by islands with children.
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| Ok(view(content, page, kind)?.to_html()))
}

/// The body of the page for addresses that do not exist.
pub fn render_not_found(content: &Content) -> String {
    let root = routes::base_path(&content.clinic);
    let view = view! {
        {header::view(content, root)}
        <main id="content">
            {opening::not_found(&content.interface.not_found, root)}
        </main>
        {footer::view(content, root)}
    };
    view.into_any().to_html()
}

fn view(content: &Content, page: &Article, kind: Kind) -> Result<AnyView, PackError> {
    let site = &content.interface.site;
    let root = kind.root();
    let links = page
        .sections
        .iter()
        .map(|section| QuickLink { id: section.id.clone(), title: section.title.clone() })
        .collect();
    let view = view! {
        {header::view(content, root)}
        <main id="content">
            {opening::view(content, page, kind)}
            <QuickLinks title=site.quick_links.clone() links=links/>
            {article::view(content, page, kind)?}
        </main>
        {footer::view(content, root)}
    };
    Ok(view.into_any())
}
