//! Addresses inside the site: where each page is found, and what other pages link to.

use super::clinic::Clinic;
use super::markdown::Article;

/// The link to the appointment request, on the guide itself.
pub const REQUEST: &str = "#appointment-request";
/// The page on privacy, from the site's root: `content/<language>/pages/privacy.md`.
pub const PRIVACY: &str = "privacy/";
/// The folder of the WordPress plugin; its archive has the same name and stands beside it.
pub const PLUGIN: &str = "wordpress/migraine-guide";
/// The folder of the articles' pages.
const ARTICLES: &str = "articles";

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

/// The full address of a page.
pub fn address(clinic: &Clinic, page: &Article, kind: Kind) -> String {
    [&*clinic.base_address, &kind.path(&page.slug)].concat()
}

/// The path of the base address, e.g. `/`, for pages whose own depth is not known.
pub fn base_path(clinic: &Clinic) -> &str {
    let address = &clinic.base_address;
    let host = address.find("://").map_or(0, |scheme| scheme + "://".len());
    address[host..].find('/').map_or("/", |path| &address[host + path..])
}
