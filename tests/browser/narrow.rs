//! On the narrowest screen (320 CSS pixels: a desktop of 1280 at 400 %), with the largest text and
//! with wider spacing, nothing is cut and nothing scrolls sideways (WCAG 1.4.10 and 1.4.12).

use serde_json::json;

use crate::clinic::Clinic;
use crate::engine::Without;
use crate::person::Person;

/// Every screen at once, as no reader sees them, but each as wide as it will be.
const ALL_SCREENS: &str = "for (const it of document.querySelectorAll('template')) it.before(it.content); \
    for (const it of document.querySelectorAll('.criteria details li span span')) it.textContent = 'Yes, only with medical staff there'; \
    for (const it of document.querySelectorAll('.panel :is(div, form, p)')) it.hidden = false; \
    for (const it of document.querySelectorAll('details:not(.display)')) it.open = true";
/// What a reader may set. As a sheet of its own: the policy of the page takes no other.
const SPACING: &str = "const style = new CSSStyleSheet(); \
    style.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; \
      word-spacing: .16em !important } p { margin-block-end: 2em !important }'); \
    document.adoptedStyleSheets = [style]";
/// Elements that stand out of the window, or whose own text does not fit in them; controls also
/// where what is too long is shown beside them.
const CUT: &str = "const wide = document.documentElement.clientWidth + 0.5; \
    const scrolls = (it) => it.closest('.table'); \
    const cut = [...document.querySelectorAll('body *')].filter((it) => { \
      if (!it.checkVisibility() || it.closest('svg') || scrolls(it)) return false; \
      if (it.matches('.visually-hidden, .visually-hidden *, .skip, .studies thead *')) return false; \
      const { right, left, width } = it.getBoundingClientRect(); \
      const clips = it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0 && \
        ['hidden', 'clip'].includes(getComputedStyle(it).overflowX); \
      const outgrown = it.matches('button, .button') && it.scrollWidth > it.clientWidth + 1; \
      return width > 0 && (right > wide || left < -0.5 || clips || outgrown); \
    }); \
    if (document.documentElement.scrollWidth > wide) cut.push(document.documentElement); \
    return cut.map((it) => it.outerHTML.slice(0, 160))";
/// The size of the smallest word in a drawing, as it is shown.
const SMALLEST: &str = "return Math.min(...[...document.querySelectorAll('figure svg text')].map((it) => \
    parseFloat(getComputedStyle(it).fontSize) * it.getScreenCTM().a))";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_cut_on_the_narrowest_screen() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Nothing).await;
    for path in ["/", "/articles/what-ketamine-is/", "/not-here"] {
        person.has_screen(320, 256).await;
        person.opens(&clinic.address(path)).await;
        if path == "/" {
            person.waits_for_program().await;
            let smallest = person.runs(SMALLEST).await.as_f64().expect("a size");
            assert!(smallest >= 14.0, "words in a drawing are {smallest} px");
        }
        person.runs(ALL_SCREENS).await;
        assert_eq!(person.runs(CUT).await, json!([]), "{path}");
        person.runs("document.documentElement.dataset.textSize = '2'").await;
        assert_eq!(person.runs(CUT).await, json!([]), "{path} in the largest text");
        person.runs("delete document.documentElement.dataset.textSize").await;
        person.runs(SPACING).await;
        let spaced = "return getComputedStyle(document.body).letterSpacing !== 'normal'";
        assert_eq!(person.runs(spaced).await, json!(true));
        assert_eq!(person.runs(CUT).await, json!([]), "{path} with wider spacing");
        person.runs("document.documentElement.dataset.textSize = '2'").await;
        assert_eq!(
            person.runs(CUT).await,
            json!([]),
            "{path} in the largest text with wider spacing"
        );
    }
    // What is too wide is found.
    person.runs("document.querySelector('h1').style.inlineSize = '400px'").await;
    assert_ne!(person.runs(CUT).await, json!([]));
}
