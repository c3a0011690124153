//! The address below which the guide is found: links, sitemap and previews begin with it.

use url::Url;

/// Hosts that stand for a real one in documents (RFC 2606).
const EXAMPLES: [&str; 3] = ["example.com", "example.net", "example.org"];

/// Why pages cannot be found below this address.
pub(super) fn problem(address: &str) -> Option<String> {
    let reason = if address.contains(char::is_whitespace) {
        "an address has no blanks; remove them"
    } else if !address.starts_with("https://") || !address.ends_with('/') {
        "must begin with https:// and end with a slash"
    } else if let Some(url) = site(address) {
        let url = without_empty_names(url);
        return (url.as_str() != address).then(|| format!("write it as {url}"));
    } else {
        "not the address of a site; copy it from a browser, such as https://guide.example.org/"
    };
    Some(reason.to_owned())
}

/// The host, where it is that of an example.
pub(super) fn example(address: &str) -> Option<String> {
    let host = site(address)?.host_str()?.to_owned();
    let mut below = EXAMPLES.iter().filter_map(|example| host.strip_suffix(example));
    let is_example = below.any(|rest| rest.is_empty() || rest.ends_with('.'));
    is_example.then_some(host)
}

/// Whether an address names a host whole, as in `guide.example.org`.
pub(in crate::content) fn has_whole_host(url: &Url) -> bool {
    let named = |label: &str| {
        !label.is_empty() && label.chars().all(|it| it.is_ascii_alphanumeric() || it == '-')
    };
    url.host_str().is_some_and(|host| host.contains('.') && host.split('.').all(named))
}

/// The address with one slash between the names of its path.
fn without_empty_names(mut url: Url) -> Url {
    let names: Vec<&str> = url.path().split('/').filter(|name| !name.is_empty()).collect();
    let path = names.iter().map(|name| [name, "/"].concat()).collect::<String>();
    url.set_path(&path);
    url
}

/// The address of a site, and of nothing within a page.
fn site(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    (has_whole_host(&url) && bare).then_some(url)
}
