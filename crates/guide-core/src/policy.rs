//! The Content-Security-Policy of the pages (CSP Level 3): each page carries it in a `<meta>`, for hosts
//! that send no headers of their own, and `intake` sends it with what a `<meta>` cannot say. That of the inbox, which
//! `intake` alone serves.

/// The file in which the built site keeps the policy of its pages, for servers to send.
pub const FILE: &str = "content-security-policy.txt";

/// The policy that lets only these inline scripts and styles run, by their sources such as
/// `'sha256-…'`. Nothing is loaded from another origin, and no form is ever posted by the browser
/// itself: the app encrypts and sends. No text becomes markup or code (Trusted Types), where a browser
/// knows that.
pub fn policy(scripts: &[String], styles: &[String]) -> String {
    let sources =
        |inline: &[String]| -> String { inline.iter().flat_map(|source| [" ", source]).collect() };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self'{}; \
         img-src 'self' data:; font-src 'none'; connect-src 'self'; frame-src 'self'; \
         manifest-src 'self'; form-action 'none'; base-uri 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        sources(scripts),
        sources(styles)
    )
}

/// The policy of the inbox, in which the staff read what patients wrote: nothing is inline, nothing comes from or goes
/// to another origin, no text becomes markup or code. Which sites may frame it only a header can say: none.
pub const INBOX: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

#[cfg(test)]
mod tests {
    use super::{INBOX, policy};

    #[test]
    fn the_inbox_allows_nothing_that_the_pages_do_not() {
        let pages = policy(&[], &[]);
        let (pages, inbox): (Vec<&str>, Vec<&str>) =
            (pages.split("; ").collect(), INBOX.split("; ").collect());
        assert!(inbox.iter().all(|directive| pages.contains(directive)), "{INBOX}");
        for directive in pages.iter().filter(|it| it.ends_with("'none'")) {
            // Where it is not there, default-src is in force.
            let name = directive.split(' ').next().unwrap_or_default();
            assert!(inbox.contains(directive) || name.ends_with("-src"), "{directive}");
        }
    }

    #[test]
    fn inline_code_runs_by_its_digest_alone() {
        let none = policy(&[], &[]);
        assert!(
            none.contains("script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "),
            "{none}"
        );
        let some = policy(&["'sha256-a'".to_owned()], &["'sha256-b'".to_owned()]);
        assert!(some.contains("'wasm-unsafe-eval' 'sha256-a'; style-src 'self' 'sha256-b'; "));
        assert!(!some.contains("unsafe-inline"));
    }
}
