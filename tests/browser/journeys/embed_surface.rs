//! The surface that other sites build on: attributes, methods, events and messages are those of
//! `hosts/surface/surface.js`, to which the types of `public/embed.d.ts` are held as well.

use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::host::{Host, guide_and_host};
use crate::harness::person::Person;

/// Returns an export of `surface.js`, as the host of the present page serves it.
async fn surface(person: &Person, name: &str) -> Value {
    let load = "async (name) => (await import('/surface/surface.js'))[name]";
    person.calls(load, &json!([name])).await
}

/// Returns an export of `surface.js` that lists fields by type, as lines of `message_shapes.js`.
async fn listed(person: &Person, name: &str) -> Vec<String> {
    let table = surface(person, name).await;
    let line = |(kind, fields): (&String, &Value)| {
        let fields = fields.as_array().expect("names").iter().filter_map(Value::as_str);
        ["1", kind].into_iter().chain(fields).collect::<Vec<_>>().join(" ")
    };
    let mut lines: Vec<String> =
        table.as_object().expect("fields by type").iter().map(line).collect();
    // Drivers return the members of an object in an order of their own.
    lines.sort();
    lines
}

/// Returns the shapes of the messages that this expression gives in the present page.
async fn shapes(person: &Person, messages: &str) -> Vec<String> {
    let function = include_str!("../scripts/message_shapes.js");
    let shapes = person.runs(&format!("return ({function}\n)({messages})")).await;
    let mut lines: Vec<String> = serde_json::from_value(shapes).expect("lines");
    lines.sort();
    lines
}

/// Opens a page whose guide is a stub.
async fn before_a_stub(engine: Engine) -> (Host, Person) {
    let port = Host::port();
    let host = Host::open(port, &Host::origin(port)).await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("surface")).await;
    person.waits_for_guide("guide").await;
    (host, person)
}

async fn sets(person: &Person, attribute: &str, value: &str) {
    let set = "(...given) => document.getElementById('guide').setAttribute(...given)";
    person.calls(set, &json!([attribute, value])).await;
}

#[apply(in_every_engine)]
async fn every_attribute_has_its_effect_and_no_other_is_read(engine: Engine) {
    let (host, person) = before_a_stub(engine).await;
    let asked = |name: &str, value: &str| {
        format!("new URL(frame.src).searchParams.get('{name}') === '{value}'")
    };
    let effects = [
        ("src", "../stub-guide/", "frame.src.startsWith(`${origin}/stub-guide/`)".to_owned()),
        ("accent", "teal", asked("accent", "teal")),
        ("events", "submitted", asked("events", "submitted")),
        ("lang", "es-MX", asked("lang", "es-MX")),
        ("location", "annex", asked("location", "annex")),
        ("sections", "links recent", asked("sections", "links recent")),
        ("title", "Migraine", "frame.title === 'Migraine'".to_owned()),
        // The stub says that it is 300 pixels high.
        ("max-height", "200", "frame.offsetHeight === 200".to_owned()),
    ];
    for prefix in ["", "data-"] {
        person.opens(&host.address("surface")).await;
        person.waits_for_guide("guide").await;
        person.runs("document.getElementById('guide').removeAttribute('src')").await;
        for (name, value, effect) in &effects {
            let there = format!(
                "const frame = document.getElementById('guide').shadowRoot.querySelector('iframe'); \
                 return {effect}"
            );
            assert_eq!(person.runs(&there).await, json!(false), "{name}");
            sets(&person, &format!("{prefix}{name}"), value).await;
            person.waits_for(&there).await;
        }
        sets(&person, &format!("{prefix}theme"), "dark").await;
        person.enters_guide("guide").await;
        person.waits_for("return received.some(({ data }) => data.detail.theme === 'dark')").await;
        let parameters = "return [...new URL(location.href).searchParams.keys()].sort()";
        let parameters = person.runs(parameters).await;
        person.leaves_frame().await;
        assert_eq!(parameters, surface(&person, "PARAMETERS").await);
        let read = "return [...new Set(read.map((it) => it.replace('data-', '')))].sort()";
        assert_eq!(person.runs(read).await, surface(&person, "ATTRIBUTES").await);
    }
}

#[apply(in_every_engine)]
async fn the_element_leaves_nothing_else_in_the_page(engine: Engine) {
    let (_host, person) = before_a_stub(engine).await;
    // ChromeDriver leaves some of its own.
    let globals = "return Object.getOwnPropertyNames(window) \
        .filter((it) => !before.includes(it) && it !== 'ret_nodes' && !it.startsWith('cdc_'))";
    assert_eq!(person.runs(globals).await, json!([]));
    assert_eq!(person.runs("return defined").await, json!(["migraine-guide"]));
    let methods = "return Object.getOwnPropertyNames(customElements.get('migraine-guide').prototype) \
        .filter((it) => it !== 'constructor' && !it.endsWith('Callback')).sort()";
    assert_eq!(person.runs(methods).await, surface(&person, "METHODS").await);
    let own = "return Object.getOwnPropertyNames(document.getElementById('guide'))";
    assert_eq!(person.runs(own).await, json!([]));
    let stored = "return [{ ...localStorage }, { ...sessionStorage }, document.cookie]";
    assert_eq!(person.runs(stored).await, json!([{}, {}, ""]));
}

#[apply(in_every_engine)]
async fn the_element_sends_only_what_is_listed(engine: Engine) {
    let (_host, person) = before_a_stub(engine).await;
    let sent = listed(&person, "SENT").await;
    let origin = person.runs("return [location.origin]").await;
    sets(&person, "theme", "calm").await;
    person.runs("const guide = document.getElementById('guide'); guide.scrollToSection('links'); guide.focus()").await;
    person.enters_guide("guide").await;
    // Messages keep their order.
    person.waits_for("return received.at(-1)?.data.type === 'focus'").await;
    assert_eq!(shapes(&person, "received.map((it) => it.data)").await, sent);
    let origins = person.runs("return [...new Set(received.map((it) => it.origin))]").await;
    assert_eq!(origins, origin);
}

#[apply(in_every_engine)]
async fn each_event_is_a_message_of_the_guide(engine: Engine) {
    let (_host, person) = before_a_stub(engine).await;
    let events = surface(&person, "EVENTS").await;
    let expected = listed(&person, "EVENTS").await;
    person.runs("heard.length = 0").await;
    person.enters_guide("guide").await;
    let say = "(events) => { \
        const filled = (names) => Object.fromEntries(names.map((it) => [it, 301])); \
        for (const [type, names] of Object.entries(events)) say(type, filled(names)); \
        say('scroll', { top: 0, height: 1, block: 'start' }); say('back', { entries: 1000 }); \
        say('resize', { height: 302 }) }";
    person.calls(say, &json!([events])).await;
    person.leaves_frame().await;
    person.waits_for("return heard.at(-1)?.detail.height === 302").await;
    let heard = "heard.map(({ type, detail }) => ({ migraineGuide: 1, type, detail }))";
    assert_eq!(shapes(&person, heard).await, expected);
}

#[apply(in_every_engine)]
async fn the_guide_sends_only_what_is_listed(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("plain")).await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    person.calls(include_str!("../scripts/message_of_each_type.js"), &json!([])).await;
    person.leaves_frame().await;
    person.waits_for("return heard.some((it) => it.type === 'resize')").await;
    // Messages keep their order: the response to this is the last of them.
    person.runs("document.getElementById('guide').scrollToSection('assessment')").await;
    person.waits_for("return messages.at(-1).type === 'scroll'").await;
    let mut expected = listed(&person, "EVENTS").await;
    expected.extend(listed(&person, "REQUESTS").await);
    expected.sort_unstable();
    assert_eq!(shapes(&person, "messages").await, expected);
}
