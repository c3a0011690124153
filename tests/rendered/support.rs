//! Help that is always named: shown, with its numbers, and never an alert.

use guide_core::assessment::definition::{Call, Support};
use migraine_guide::components::support::support;

use crate::html::{all, attribute, only, rendered, text};

#[test]
fn it_is_named_and_can_be_called() {
    let html = rendered(support(&Support {
        title: "In a crisis".to_owned(),
        text: "Somebody answers day and night.".to_owned(),
        calls: vec![Call { text: "Call 988".to_owned(), tel: "988".to_owned(), sms: false }],
    }));
    assert_eq!(text(only(&html, ".support strong")), "In a crisis");
    assert_eq!(
        text(only(&html, ".support > p:first-child")),
        "In a crisis Somebody answers day and night."
    );
    assert_eq!(attribute(only(&html, ".support a"), "href"), "tel:988");
    // It stands under every result: announced, it would drown what is urgent.
    assert!(all(&html, "[role], [hidden]").is_empty());
}
