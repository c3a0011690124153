//! Without script and without WebAssembly everything can be read, and nothing pretends to work.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, Without, in_chromium_and_firefox};
use crate::harness::person::Person;

#[apply(in_chromium_and_firefox)]
async fn without_script_everything_reads_and_quick_links_work(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_without(engine, Without::Script).await;
    person.opens(&clinic.address("/")).await;
    let guide = person.sees("main").await;
    for words in ["Migraine is more than a headache", "Etchison 2018", "What sessions look like"] {
        assert!(guide.contains(words), "{words} is missing");
    }
    assert!(guide.contains("needs JavaScript, which is off"));
    // Neither of them could do anything.
    for selector in ["[data-action=start]", "#request-form"] {
        assert!(!person.is_shown(selector).await, "{selector} is offered");
    }
    let links = person.links(".quick-links a").await;
    assert!(links.len() >= 10, "{links:?}");
    for link in links {
        let target = link.split_once('#').map(|(_, id)| id.to_owned()).expect("a fragment");
        assert!(person.has(&format!("[id='{target}'] h2")).await, "{link} leads nowhere");
    }
    person.opens(&clinic.address("/#studies")).await;
    assert!(person.has("#studies:target").await);
}

#[apply(in_chromium_and_firefox)]
async fn without_webassembly_it_says_so_and_nothing_is_sent(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_without(engine, Without::WebAssembly).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for("return document.documentElement.dataset.app === 'failed'").await;
    let guide = person.sees("main").await;
    assert!(guide.contains("Migraine is more than a headache"));
    assert!(guide.contains("The self-assessment could not be loaded"));
    assert!(guide.contains("Nothing has been sent"));
    person.meets_no_barrier("the guide without WebAssembly", "html").await;
    // Neither is offered, what was typed stays to be seen; pressed all the same, the form sends
    // nothing anywhere.
    for selector in ["[data-action=start]", "#request-form button[type=submit]"] {
        assert!(!person.is_shown(selector).await, "{selector} is offered");
    }
    person.runs("document.getElementById('request-name').value = 'Nobody'").await;
    person.runs("document.getElementById('request-form').requestSubmit()").await;
    person.presses(Key::Enter).await;
    let here = person.reads("return location.href").await;
    assert_eq!(here, clinic.address("/"));
    assert_eq!(clinic.requests(), Vec::<serde_json::Value>::new());
    let posted = person
        .runs("return performance.getEntriesByType('resource').filter((it) => it.name.includes('/v1/')).length")
        .await;
    assert_eq!(posted, json!(0));
}
