//! Nothing on the page moves by itself: not while it loads, not when the program starts, not while
//! one reads.

use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::Without;
use crate::harness::person::Person;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_while_a_page_loads_and_is_read() {
    let clinic = Clinic::open().await;
    let person = Person::arrives(Without::Nothing).await;
    person.watches(include_str!("../scripts/layout_shifts.js"), &json!([])).await;
    for (width, height) in [(360, 780), (1280, 900)] {
        person.has_screen(width, height).await;
        for path in ["/", "/#studies", "/articles/what-ketamine-is/"] {
            // Not from one place of the page to another: each is loaded.
            person.opens("about:blank").await;
            person.opens(&clinic.address(path)).await;
            person.waits_for_program().await;
            person.calls(include_str!("../scripts/read_to_the_end.js"), &json!([])).await;
            let moved = person.runs("return moved").await;
            assert_eq!(moved, json!([]), "{path} at {width} pixels");
        }
    }
    // A shift made on purpose is seen.
    person
        .runs("scrollTo(0, 0); document.querySelector('.opening').style.marginBlockStart = '99px'")
        .await;
    person.waits_for("return moved.length > 0").await;
}
