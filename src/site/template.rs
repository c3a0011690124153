//! The page that Trunk wrote, with scripts, style and the names of the app's files. It is the template of
//! every page.

use super::{app, policy};
use crate::content::words::escape;

/// The placeholder for the site's root, which Trunk.toml sets as Trunk's `public_url`.
const ROOT: &str = "/site-root/";
const HEAD: &str = "<head>";

/// The start of the names of the files that only pages of the decision aid load.
const DECISION_AID: &str = "decision_aid-";

/// The template, cut at the places where a page is filled in.
pub struct Template {
    policy: String,
    hints: String,
    /// The elements that load what only pages of the decision aid need.
    decision_aid: String,
    until_html: String,
    until_script: String,
    until_body: String,
    after_body: String,
}

/// A page to fill into the template.
pub struct Page<'a> {
    /// The root of the site, relative to the page.
    pub root: &'a str,
    /// HTML for its head.
    pub head: &'a str,
    /// HTML of its body.
    pub body: &'a str,
    /// The page holds the self-assessment or the appointment request, so its browser fetches the app early.
    pub preloads_app: bool,
    /// The page is one of the decision aid.
    pub is_decision_aid: bool,
}

impl Template {
    /// Cuts the template; `None` if it has no head and body.
    pub fn new(template: &str) -> Option<Self> {
        let (template, decision_aid) = without_decision_aid(template);
        let template = &*template;
        let html = template.find("<html")?;
        let after_html = html + template[html..].find('>')? + 1;
        // The minifier leaves out the start tag of the head, which not every checker of HTML knows to be there.
        let after_head =
            after_html + template[after_html..].strip_prefix(HEAD).map_or(0, |_| HEAD.len());
        let head_end = template.find("</head>")?;
        // The head of a page comes before the first script, which reads it.
        let script = template[..head_end].find("<script").unwrap_or(head_end);
        let body = head_end + template[head_end..].find("<body")?;
        let after_body = body + template[body..].find('>')? + 1;
        Some(Self {
            policy: policy::of(template),
            hints: hints(template).unwrap_or_default(),
            decision_aid,
            until_html: template[..html].to_owned(),
            until_script: template[after_head..script].to_owned(),
            until_body: template[script..after_body].to_owned(),
            after_body: template[template.find("</body>")?..].to_owned(),
        })
    }

    /// The Content-Security-Policy of every page.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// A page of the site, in this language.
    pub fn page(&self, language: &str, page: Page<'_>) -> String {
        let Page { root, head, body, preloads_app, is_decision_aid } = page;
        let html = format!("<html lang=\"{language}\">{HEAD}");
        let policy = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            escape(&self.policy)
        );
        let (opening, article) = body.split_at(body.find("<article").unwrap_or(body.len()));
        let around: [&str; 11] = [
            &self.until_html,
            &html,
            &self.until_script,
            &policy,
            head,
            if is_decision_aid { &self.decision_aid } else { "" },
            &self.until_body,
            opening,
            if preloads_app { &self.hints } else { "" },
            article,
            &self.after_body,
        ];
        around.concat().replace(ROOT, root)
    }
}

/// The template without the elements that load what only pages of the decision aid need, and those elements.
fn without_decision_aid(template: &str) -> (String, String) {
    let mut rest = template.to_owned();
    let mut cut = String::new();
    while let Some(name) = rest.find(DECISION_AID) {
        let begin = rest[..name].rfind('<').unwrap_or(name);
        let mut end = rest[name..].find('>').map_or(rest.len(), |end| name + end + 1);
        if let Some(close) = rest[end..].strip_prefix("</script>") {
            end = rest.len() - close.len();
        }
        cut.extend(rest.drain(begin..end));
    }
    (rest, cut)
}

/// Asks for the files of the app, all at once and with low priority. Before the article: they then arrive
/// right behind the page. In the head they would compete with it, and at its end they would come later. The
/// loader starts the app once the page is idle. `None` for a template without an app.
fn hints(template: &str) -> Option<String> {
    let hint = |file: &str| {
        let kind = if file.ends_with(".wasm") {
            "rel=\"preload\" as=\"fetch\""
        } else {
            "rel=\"modulepreload\""
        };
        format!("<link {kind} fetchpriority=\"low\" href=\"{file}\">")
    };
    Some(app::named_in(template)?.split(' ').map(hint).collect())
}
