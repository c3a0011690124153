//! Sites that show the guide, each a folder of `hosts/` that says what must come of it.

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine, with_devtools};
use crate::harness::host::{Host, guide_and_host};
use crate::harness::person::Person;

#[apply(in_every_engine)]
async fn every_situation_shows_the_guide_and_nothing_else_of_it(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    for situation in [
        "plain",
        "strict-csp",
        "script-twice",
        "script-moved",
        "script-late",
        "script-early",
        "stripped-elements",
        "right-to-left",
        "resets",
    ] {
        person.opens(&host.address(situation)).await;
        person.waits_for_guide("guide").await;
        let state = person.calls(include_str!("../scripts/embedded_guide.js"), &json!([])).await;
        assert_eq!(state, json!([1, 0, [], false, true, true, true]), "{situation}");

        person.enters_guide("guide").await;
        let shown = person.calls(include_str!("../scripts/framed_guide.js"), &json!([])).await;
        assert_eq!(shown, json!([true, true, true, []]), "{situation}");
        person.leaves_frame().await;
    }
}

#[apply(in_every_engine)]
async fn two_elements_work_apart(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("two-elements")).await;
    for (id, title) in [("one", "Self-assessment"), ("two", "Appointment")] {
        // The second is loaded when it is nearly in view.
        person.runs(&format!("document.getElementById('{id}').scrollIntoView()")).await;
        person.waits_for_guide(id).await;
        let given = format!(
            "return document.getElementById('{id}').shadowRoot.querySelector('iframe').title"
        );
        assert_eq!(person.reads(&given).await, title);
    }
    person.enters_guide("one").await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    person.leaves_frame().await;
    person.waits_for("return heard.some((it) => it.type === 'step')").await;
    let from = "return [...new Set(heard.filter((it) => it.type === 'step').map((it) => it.id))]";
    assert_eq!(person.runs(from).await, json!(["one"]));
    person.enters_guide("two").await;
    assert!(person.is_shown("#request-form").await && !person.is_shown("#self-assessment").await);
}

#[apply(in_every_engine)]
async fn a_router_adds_removes_moves_and_adds_it_again(engine: Engine) {
    let (clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("router")).await;
    let there = "return document.querySelectorAll('#guide').length === 1 \
        && document.getElementById('guide').shadowRoot.querySelectorAll('iframe').length === 1";
    for kind in ["migraine-guide", "div"] {
        person
            .runs(&format!(
                "heard.length = 0; window.guide = document.createElement('{kind}'); \
                 Object.assign(guide.dataset, {{ migraineGuide: '', sections: 'schedule' }}); \
                 guide.id = 'guide'; document.getElementById('here').append(guide)"
            ))
            .await;
        person.waits_for_guide("guide").await;
        assert_eq!(person.runs(there).await, json!(true));
        for change in [
            "document.getElementById('there').append(guide)",
            "guide.remove(); document.getElementById('here').append(guide)",
        ] {
            person.runs(&format!("heard.length = 0; {change}")).await;
            person.waits_for_guide("guide").await;
            assert_eq!(person.runs(there).await, json!(true), "{change}");
        }
        // Taken out, nothing of it is left; put back later, it works.
        person.runs("guide.remove()").await;
        person.waits_for("return !guide.shadowRoot.querySelector('iframe')").await;
        person.runs("heard.length = 0; document.getElementById('there').append(guide)").await;
        person.waits_for_guide("guide").await;
        person.runs("guide.remove()").await;
    }
    // A router that moves it as a whole keeps what was typed.
    person
        .runs(
            "heard.length = 0; document.getElementById('here').innerHTML = \
             '<migraine-guide id=guide sections=schedule></migraine-guide>'",
        )
        .await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.runs("document.getElementById('request-name').value = 'Ada'").await;
    person.leaves_frame().await;
    // WebKit has no way to do that, and Firefox loads the frame anew all the same.
    if engine == Engine::Chromium {
        person
            .runs("document.getElementById('there').moveBefore(document.getElementById('guide'), null)")
            .await;
        person.enters_guide("guide").await;
        let typed = "return document.getElementById('request-name').value";
        assert_eq!(person.reads(typed).await, "Ada");
    }
    drop(clinic);
}

#[apply(in_every_engine)]
async fn where_it_cannot_be_shown_a_notice_and_the_fallback_are(engine: Engine) {
    let port = Host::port();
    // This host is not on the list.
    let clinic = Clinic::open_to("'self' https://clinic.example").await;
    let host = Host::open(port, clinic.address("").as_str()).await;
    let person = Person::arrives(engine).await;
    for situation in ["plain", "not-reachable"] {
        person.opens(&host.address(situation)).await;
        // Until it is known, what stands in the element does.
        assert!(person.is_shown("#guide a").await, "{situation}");
        person.waits_for("return heard.some((it) => it.type === 'error')").await;
        assert_eq!(person.is_told("error").await, [json!({ "code": "not-shown" })], "{situation}");
        let state = person.calls(include_str!("../scripts/fallback.js"), &json!([])).await;
        assert_eq!(state, json!([true, true, false, true]), "{situation}");
        person.meets_no_barrier(situation, "html").await;
    }
}

#[apply(in_every_engine)]
async fn an_old_iframe_shows_what_is_asked_and_scrolls_inside(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("old-iframe")).await;
    person.runs("window.messages = []; onmessage = (it) => messages.push(it.data)").await;
    person.enters_frame("return document.getElementById('guide')").await;
    person.waits_for_program().await;
    assert!(person.is_shown("#self-assessment").await && !person.is_shown("#studies").await);
    assert_eq!(person.reads("return document.documentElement.dataset.theme").await, "dark");
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;
    let scrolls = "const root = document.documentElement; \
        return root.scrollHeight > innerHeight && getComputedStyle(root).overflowY !== 'hidden'";
    assert_eq!(person.runs(scrolls).await, json!(true));
    person.leaves_frame().await;
    assert_eq!(person.runs("return messages").await, json!([]));
}

#[apply(in_every_engine)]
async fn no_higher_than_it_may_be_it_scrolls_inside(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("max-height")).await;
    person.waits_for("return heard.some((it) => it.type === 'ready')").await;
    let height =
        "return document.getElementById('guide').shadowRoot.querySelector('iframe').offsetHeight";
    assert_eq!(person.runs(height).await, json!(400));
    person.enters_guide("guide").await;
    let scrolled = "scrollTo(0, 100); return scrollY";
    assert_eq!(person.runs(scrolled).await, json!(100));
    person.leaves_frame().await;
    person.runs("document.getElementById('guide').removeAttribute('max-height')").await;
    person.waits_for_guide("guide").await;
}

#[apply(in_every_engine)]
async fn a_height_that_is_none_is_as_if_it_were_not_given(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("max-height")).await;
    for height in ["-5", "0", "auto", ""] {
        person
            .runs(&format!(
                "document.getElementById('guide').setAttribute('max-height', '{height}')"
            ))
            .await;
        person.waits_for_guide("guide").await;
        let scrolling =
            "return document.getElementById('guide').shadowRoot.querySelector('iframe').scrolling";
        assert_eq!(person.reads(scrolling).await, "no", "{height:?}");
    }
}

#[apply(in_every_engine)]
async fn where_a_site_names_one_guide_no_other_is_framed(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("one-guide")).await;
    person.waits_for_guide("guide").await;
    // One of another origin and one that is a script: no frame, no link, and it is said.
    for id in ["elsewhere", "script"] {
        person.runs(&format!("document.getElementById('{id}').scrollIntoView()")).await;
        person
            .waits_for(&format!(
                "return heard.some((it) => it.type === 'error' && it.id === '{id}')"
            ))
            .await;
        let state = format!(
            "const root = document.getElementById('{id}').shadowRoot; \
             return [root.querySelectorAll('iframe').length, root.querySelector('a').hasAttribute('href')]"
        );
        assert_eq!(person.runs(&state).await, json!([0, false]), "{id}");
    }
}

/// The console is read by DevTools alone.
#[apply(with_devtools)]
async fn the_frame_may_do_what_the_guide_does_and_no_more(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("sticky-header")).await;
    person.waits_for_guide("guide").await;
    let granted = "const frame = document.getElementById('guide').shadowRoot.querySelector('iframe'); \
        return [[...frame.sandbox].sort().join(' '), frame.allow]";
    let needed = "allow-downloads allow-forms allow-modals allow-popups \
        allow-popups-to-escape-sandbox allow-same-origin allow-scripts";
    assert_eq!(person.runs(granted).await, json!([needed, ""]));

    person.console().await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    // Calls a number and saves a file, as the islands do. A headless browser that prints may hang.
    person
        .runs(
            "const link = (attributes) => \
               Object.assign(document.body.appendChild(document.createElement('a')), attributes); \
             link({ href: 'tel:+15550100', id: 'call' }).click(); \
             link({ href: URL.createObjectURL(new Blob(['{}'])), download: 'a.json' }).click()",
        )
        .await;
    person.leaves_frame().await;
    // A page that opens on its own is under no such limit.
    person.enters_guide("guide").await;
    person.runs("document.querySelector('#request a[href$=\"privacy/\"]').focus()").await;
    person.presses(Key::Enter).await;
    person.goes_to_the_last_tab().await;
    person
        .waits_for("return location.pathname === '/privacy/' && origin === location.origin")
        .await;
    person.goes_to_the_first_tab().await;
    let console = person.console().await;
    let refused: Vec<&String> = console.iter().filter(|it| it.contains("sandbox")).collect();
    assert_eq!(refused, Vec::<&String>::new());
}

#[apply(in_every_engine)]
async fn the_focus_goes_into_the_guide_and_out_again(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("plain")).await;
    person.waits_for_guide("guide").await;
    person.tabs_to("#before").await;
    person.presses(Key::Tab).await;
    person.waits_for("return document.activeElement.id === 'guide'").await;
    person.enters_guide("guide").await;
    let first = "return document.activeElement === [...document.querySelectorAll('a, button, input, summary')] \
        .find((it) => it.checkVisibility())";
    person.waits_for(first).await;
    person.leaves_frame().await;
    person.tabs_to("#after").await;

    // By its own method.
    person.runs("document.activeElement.blur(); document.getElementById('guide').focus()").await;
    person.enters_guide("guide").await;
    person
        .waits_for("return document.hasFocus() && document.activeElement.localName === 'main'")
        .await;
}
