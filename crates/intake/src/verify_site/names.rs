//! The files that a page names: those that a browser would load with it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use lol_html::html_content::Element;
use lol_html::{HtmlRewriter, Settings, element};
use url::Url;

/// Elements that load something, each with the attribute that names it. A link to read on is none.
const LOADING: [(&str, &str); 12] = [
    ("script[src]", "src"),
    ("link[rel~=stylesheet]", "href"),
    ("link[rel~=modulepreload]", "href"),
    ("link[rel~=preload]", "href"),
    ("link[rel~=icon]", "href"),
    ("link[rel~=manifest]", "href"),
    ("img[src]", "src"),
    ("iframe[src]", "src"),
    ("embed[src]", "src"),
    ("object[data]", "data"),
    ("source[src]", "src"),
    ("form[action]", "action"),
];
/// The app's files, separated by spaces, as the loader reads them.
const APP: (&str, &str) = ("meta[name=app]", "content");

/// The addresses of all files that a page at this address names, without query and fragment; those that the page
/// itself holds (`data:`) are none.
pub(super) fn of_files(page: &[u8], address: &Url) -> BTreeSet<Url> {
    let names = RefCell::new(BTreeSet::new());
    let add = |name: &str| {
        if let Ok(mut named) = address.join(name)
            && named.scheme() != "data"
        {
            named.set_query(None);
            named.set_fragment(None);
            names.borrow_mut().insert(named);
        }
    };
    let loading = LOADING.iter().map(|(selector, attribute)| {
        element!(*selector, |element: &mut Element<'_, '_>| {
            element.get_attribute(attribute).iter().for_each(|it| add(it));
            Ok(())
        })
    });
    let app = element!(APP.0, |element: &mut Element<'_, '_>| {
        let names = element.get_attribute(APP.1);
        names.iter().flat_map(|it| it.split_whitespace()).for_each(&add);
        Ok(())
    });
    let settings = loading.chain([app]).fold(Settings::new(), |settings, handler| {
        settings.append_element_content_handler(handler)
    });
    let mut reader = HtmlRewriter::new(settings, |_: &[u8]| {});
    // A page that cannot be read to its end is named as changed already.
    let _ = reader.write(page).and_then(|()| reader.end());
    names.into_inner()
}
