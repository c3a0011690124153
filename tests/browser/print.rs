//! On paper: the article and where its links lead, and nothing that would have to be pressed.

use serde_json::json;

use crate::clinic::Clinic;
use crate::engine::Without;
use crate::person::Person;

/// What can be pressed or filled in, and is there to be printed all the same.
const CONTROLS: &str = "return [...document.querySelectorAll( \
      'button, input, select, textarea, summary, nav, .button, .skip, .contents, .reading-progress')] \
    .filter((it) => it.checkVisibility()).map((it) => it.outerHTML.slice(0, 160))";
/// Links to other sites without their address.
const UNSAID: &str = "return [...document.querySelectorAll('main a[href^=http]')] \
    .filter((it) => it.checkVisibility() && !it.textContent.startsWith('doi.org/') && \
      !getComputedStyle(it, '::after').content.includes(it.getAttribute('href'))) \
    .map((it) => it.outerHTML)";
/// What may not be torn apart, and is not kept together.
const TORN: &str = "const style = (it) => getComputedStyle(it); \
    return [...document.querySelectorAll('h1, h2, h3, h4, figcaption')] \
      .filter((it) => it.checkVisibility() && style(it).breakAfter !== 'avoid') \
      .concat([...document.querySelectorAll('tr, figcaption, .steps, .studies > svg')] \
        .filter((it) => it.checkVisibility() && style(it).breakInside !== 'avoid')) \
      .map((it) => it.outerHTML.slice(0, 160))";

#[tokio::test(flavor = "multi_thread")]
async fn an_article_prints_without_controls_and_with_addresses() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Nothing).await;
    for path in ["/", "/articles/what-ketamine-is/"] {
        person.opens(&clinic.address(path)).await;
        person.runs("document.documentElement.dataset.theme = 'calm'").await;
        assert_ne!(person.runs(CONTROLS).await, json!([]), "on the screen there are some");
        person.looks_at("print").await;
        for (what, script) in [("controls", CONTROLS), ("links", UNSAID), ("torn", TORN)] {
            assert_eq!(person.runs(script).await, json!([]), "{what} at {path}");
        }
        // Paper is white, whatever the theme.
        let ground = "return getComputedStyle(document.documentElement).backgroundColor";
        assert_eq!(person.reads(ground).await, "rgb(255, 255, 255)");
        person.looks_at("screen").await;
    }
}
