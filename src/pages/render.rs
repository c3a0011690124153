//! Renders a whole page.

use std::mem;
use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use lol_html::errors::RewritingError;
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, doc_comments, rewrite_str, text};

use super::quick_links::{QuickLink, QuickLinks};
use super::{article, footer, header, opening};
use crate::browser::packed::PackError;
use crate::content::Content;
use crate::content::markdown::Article;
use crate::content::routes::{self, Kind};

/// Why a page was not rendered.
#[derive(Debug)]
pub enum Error {
    /// The questions or the clinic's settings cannot be packed into the page.
    Pack(PackError),
    /// The HTML cannot be rewritten without markers.
    Markers(RewritingError),
}

/// The body of a page, as HTML. Equal content gives equal HTML.
///
/// # Errors
/// The error of packing what the app needs, or of removing markers.
pub fn render(content: &Content, page: &Article, kind: Kind) -> Result<String, Error> {
    // Required by islands with children.
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| Ok(view(content, page, kind).map_err(Error::Pack)?.to_html()))?;
    without_markers(&html).map_err(Error::Markers)
}

/// The body of the page for addresses that do not exist.
///
/// # Errors
/// The error of removing markers.
pub fn render_not_found(content: &Content) -> Result<String, Error> {
    let root = routes::base_path(&content.clinic);
    let view = view! {
        {header::view(content, root)}
        <main id="content">
            {opening::not_found(&content.interface.not_found, root)}
        </main>
        {footer::view(content, root)}
    };
    without_markers(&view.into_any().to_html()).map_err(Error::Markers)
}

/// Removes the comments by which Leptos finds its way when it hydrates. No island needs one: each
/// hydrates one element, and its children, which are all rendered here, are passed over.
fn without_markers(html: &str) -> Result<String, RewritingError> {
    let remove = doc_comments!(|comment| {
        comment.remove();
        Ok(())
    });
    // Where scripts run, all in a `<noscript>` is text.
    let mut inner = String::new();
    let within = text!("noscript", move |text| {
        inner.push_str(text.as_str());
        if text.last_in_text_node() {
            text.replace(&without_markers(&mem::take(&mut inner))?, ContentType::Html);
        } else {
            text.remove();
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_document_content_handler(remove)
        .append_element_content_handler(within);
    rewrite_str(html, settings)
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
