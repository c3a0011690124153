//! Links that call: named by their text, in the order of the content.

use guide_core::assessment::definition::Call;
use migraine_guide::components::call_links::call_links;

use crate::html::{all, attribute, only, rendered, text};

fn call(text: &str, tel: &str) -> Call {
    Call { text: text.to_owned(), tel: tel.to_owned(), sms: false }
}

#[test]
fn each_calls_its_number() {
    let html = rendered(call_links(&[call("Call 911", "911"), call("Call or text 988", "988")]));
    let links: Vec<(&str, String)> = all(&html, ".calls a")
        .into_iter()
        .map(|link| (attribute(link, "href"), text(link)))
        .collect();
    let expected = [("tel:911", "Call 911".to_owned()), ("tel:988", "Call or text 988".to_owned())];
    assert_eq!(links, expected);
    // Text-only browsers and copied text keep them apart.
    assert_eq!(text(only(&html, ".calls")), "Call 911 Call or text 988");
}

#[test]
fn a_number_for_messages_opens_one() {
    let html = rendered(call_links(&[Call { sms: true, ..call("Text 988", "988") }]));
    assert_eq!(attribute(only(&html, ".calls a"), "href"), "sms:988");
}

#[test]
fn without_a_number_nothing_is_rendered() {
    let html = rendered(call_links(&[]));
    assert!(all(&html, "p, a").is_empty());
}
