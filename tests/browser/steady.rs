//! Nothing on the page moves by itself: not while it loads, not when the program starts, not while
//! one reads.

use serde_json::json;

use crate::clinic::Clinic;
use crate::engine::Without;
use crate::person::Person;

/// Keeps what moved, and by how much of the window.
const WATCH: &str = "window.moved = []; new PerformanceObserver((list) => { \
      for (const { value, sources } of list.getEntries()) { \
        moved.push([value, ...sources.map(({ node }) => (node?.parentElement ?? node)?.outerHTML.slice(0, 200))]); \
      } \
    }).observe({ type: 'layout-shift', buffered: true })";
/// Reads to the end, a window at a time.
const READ: &str = "const done = arguments[arguments.length - 1]; \
    const next = () => { const before = scrollY; scrollBy(0, innerHeight * 0.9); \
      if (scrollY > before) requestAnimationFrame(() => requestAnimationFrame(next)); else done(); }; \
    next()";
const MOVED: &str = "return moved";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_while_a_page_loads_and_is_read() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Nothing).await;
    person.watches(WATCH).await;
    for (width, height) in [(360, 780), (1280, 900)] {
        person.has_screen(width, height).await;
        for path in ["/", "/#studies", "/articles/what-ketamine-is/"] {
            // Not from one place of the page to another: each is loaded.
            person.opens("about:blank").await;
            person.opens(&clinic.address(path)).await;
            person.waits_for_program().await;
            person.runs_async(READ).await;
            let moved = person.runs(MOVED).await;
            assert_eq!(moved, json!([]), "{path} at {width} pixels");
        }
    }
    // What does move is seen.
    person
        .runs("scrollTo(0, 0); document.querySelector('.opening').style.marginBlockStart = '99px'")
        .await;
    person.waits_for("return moved.length > 0").await;
}
