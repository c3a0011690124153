//! A page that frames the guide and looks for more than it is told: it learns nothing of what was
//! answered from where the focus goes, nor from how far it is scrolled. And a guide that is hostile to
//! the page around it: it stays in its frame.

use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::answers::continue_from;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::host::{Host, guide_and_host};
use crate::harness::person::Person;

/// The ids of all that can take the focus in the two islands; of the options of a question the first.
const IDS: &str = "const parts = [...document.querySelectorAll('#self-assessment, #appointment-request')]; \
    for (const it of parts) parts.push(...[...it.querySelectorAll('template')].map((it) => it.content)); \
    const all = parts.flatMap((it) => [...it.querySelectorAll('[id]:is([tabindex], input, textarea, select, summary)')]); \
    const named = new Map(all.map((it) => [it.name || it.id, it.id]).reverse()); \
    return [...new Set(named.values())]";

/// Has the page around the guide send it to each of these ids, and records what that page notices:
/// its own focus, and how far it is scrolled. The guide responds to a message after it has done what was
/// asked for before; `embed.js` does not scroll to what the response asks for.
const PROBE: &str = "const done = arguments[0]; \
    const frame = document.getElementById('guide').shadowRoot.querySelector('iframe'); \
    const { origin } = new URL(frame.src); \
    const noticed = []; \
    Element.prototype.scrollIntoView = () => {}; \
    for (const type of ['focus', 'blur']) \
      addEventListener(type, ({ target }) => noticed.push(`${type} ${target.id ?? 'window'}`), true); \
    const looks = (id) => new Promise((resolve) => { \
      scrollTo(0, 0); \
      addEventListener('message', () => { \
        noticed.push([id, document.activeElement.id, document.hasFocus(), scrollY].join(' ')); \
        resolve(); \
      }, { once: true }); \
      frame.contentWindow.location.replace(`${frame.src}#${id}`); \
      frame.contentWindow.postMessage({ migraineGuide: 1, type: 'scroll', detail: { section: 'assessment' } }, origin); \
    }); \
    (async () => { \
      for (const id of IDS) { \
        document.getElementById('search').focus(); \
        await looks(id); \
        await looks(id); \
      } \
      done(noticed); \
    })()";

/// What one patient does in the guide before the page around it looks.
#[derive(Clone, Copy, Debug)]
enum Secret {
    /// Answers the first question with this option.
    RedFlag(&'static str, &'static str),
    /// Says in the request whether there is an insurance.
    Coverage(&'static str),
}

impl Secret {
    async fn given(self, person: &Person) {
        match self {
            Self::RedFlag(option, then) => {
                person.follows("[data-action=start]").await;
                person.waits_for_focus("assessment-question-0-heading").await;
                person
                    .chooses(&format!("input[name='answer-red-flags-now'][value='{option}']"))
                    .await;
                continue_from(person, 0).await;
                person.waits_for_focus(then).await;
            }
            Self::Coverage(value) => {
                person.runs("document.querySelectorAll('#request-form details').forEach((it) => it.open = true)").await;
                person.picks("coverage", value).await;
            }
        }
    }
}

/// What the page around the guide notices when it sends the guide to all ids.
async fn noticed(engine: Engine, address: &str, secret: Secret) -> Vec<String> {
    let person = Person::arrives(engine).await;
    person.opens(address).await;
    person.waits_for("document.getElementById('guide').scrollIntoView(); return heard.some((it) => it.type === 'ready')").await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    person.waits_for_program().await;
    let ids = person.runs(IDS).await;
    assert!(ids.as_array().is_some_and(|it| it.len() > 40), "{ids}");
    secret.given(&person).await;
    person.leaves_frame().await;
    let noticed = person.runs_async(&PROBE.replace("IDS", &ids.to_string())).await;
    let noticed = noticed.as_array().expect("a list").iter().filter_map(Value::as_str);
    noticed.map(str::to_owned).collect()
}

#[apply(in_every_engine)]
async fn no_fragment_tells_the_host_what_is_shown(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let address = host.address("tracker");
    let pairs = [
        [
            Secret::RedFlag("none", "assessment-question-1-heading"),
            Secret::RedFlag("thunderclap", "assessment-outcome-emergency-heading"),
        ],
        [Secret::Coverage("insurance"), Secret::Coverage("self-pay")],
    ];
    for [one, other] in pairs {
        let [first, second] =
            [noticed(engine, &address, one).await, noticed(engine, &address, other).await];
        assert!(first.len() > 80, "{first:?}");
        let told: Vec<_> = first.iter().zip(&second).filter(|(one, other)| one != other).collect();
        assert!(first == second, "{engine:?}: {one:?}, {other:?} are told apart by {told:#?}");
    }
}

#[apply(in_every_engine)]
async fn a_plain_frame_begins_where_its_address_says(engine: Engine) {
    let (clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("old-iframe")).await;
    let there = clinic.address("/?sections=assessment,schedule#appointment-request");
    person
            .runs(&format!(
                "document.getElementById('guide').remove(); \
                 const guide = Object.assign(document.createElement('iframe'), {{ id: 'guide', src: '{there}', height: 300 }}); \
                 document.body.prepend(guide)"
            ))
            .await;
    person.enters_frame("return document.getElementById('guide')").await;
    person.waits_for_program().await;
    person
            .waits_for(
                "const { top } = document.getElementById('appointment-request').getBoundingClientRect(); return top >= 0 && top < 32",
            )
            .await;
}

/// Opens a page that shows a stub in place of the guide, and looks into it: it says what a hostile
/// guide might.
async fn before_a_hostile_guide(engine: Engine) -> (Host, Person) {
    let port = Host::port();
    let host = Host::open(port, &Host::origin(port)).await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("surface")).await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    (host, person)
}

/// Waits until the page has heard all that the guide said before: messages keep their order.
async fn is_heard(person: &Person) {
    person.runs("say('error', { code: 'heard' })").await;
    person.leaves_frame().await;
    person.waits_for("return heard.at(-1)?.detail.code === 'heard'").await;
}

#[apply(in_every_engine)]
async fn a_hostile_guide_paints_over_nothing(engine: Engine) {
    let (_host, person) = before_a_hostile_guide(engine).await;
    for style in ["position:fixed;inset:0;z-index:9;background:red", "background:red"] {
        for detail in [
            json!({ "top": format!("0;{style};--x:"), "height": 1 }),
            json!({ "top": 0, "height": format!("1px;{style};--x:") }),
            json!({ "top": [format!("0;{style};--x:")], "height": 1 }),
        ] {
            person.runs(&format!("say('scroll', {detail})")).await;
            is_heard(&person).await;
            let marked = "const mark = document.getElementById('guide').shadowRoot.querySelector('div > div'); \
                const { position, backgroundColor } = getComputedStyle(mark); \
                return [position, backgroundColor]";
            let unpainted = json!(["absolute", "rgba(0, 0, 0, 0)"]);
            assert_eq!(person.runs(marked).await, unpainted, "{detail}");
            person.enters_guide("guide").await;
        }
    }
}

#[apply(in_every_engine)]
async fn a_hostile_guide_is_no_higher_than_any_guide(engine: Engine) {
    let (_host, person) = before_a_hostile_guide(engine).await;
    for (height, then) in
        [("1e9", 100_000), ("'300; position: fixed'", 300), ("-1", 300), ("{}", 300), ("301", 301)]
    {
        person
            .runs(&format!(
                "say('resize', {{ height: 300 }}); say('resize', {{ height: {height} }})"
            ))
            .await;
        is_heard(&person).await;
        let shown = "const frame = document.getElementById('guide').shadowRoot.querySelector('iframe'); \
            return [frame.offsetHeight, getComputedStyle(frame).position]";
        assert_eq!(person.runs(shown).await, json!([then, "static"]), "{height}");
        person.enters_guide("guide").await;
    }
}

#[apply(in_every_engine)]
async fn a_hostile_guide_leads_nobody_forward(engine: Engine) {
    let (host, person) = before_a_hostile_guide(engine).await;
    for entries in ["-1", "'-1'", "{ valueOf: null }"] {
        person.opens("about:blank").await;
        person.opens(&host.address("surface")).await;
        person.waits_for_guide("guide").await;
        // Back passes entries that were made before anybody did anything.
        person.clicks("h1").await;
        person.runs("history.pushState('one', ''); history.pushState('two', '')").await;
        person.goes_back().await;
        person.waits_for("return history.state === 'one'").await;
        person.runs("window.states = []; addEventListener('popstate', () => states.push(history.state))").await;
        person.enters_guide("guide").await;
        person.runs(&format!("say('back', {{ entries: {entries} }})")).await;
        person.leaves_frame().await;
        person.waits_for("return states.length > 0").await;
        assert_eq!(person.runs("return states").await, json!([null]), "{entries}");
    }
}

#[apply(in_every_engine)]
async fn a_hostile_guide_makes_no_event_but_those_of_the_surface(engine: Engine) {
    let (_host, person) = before_a_hostile_guide(engine).await;
    person.leaves_frame().await;
    person.runs("window.events = []; const all = EventTarget.prototype.dispatchEvent; EventTarget.prototype.dispatchEvent = function (event) { events.push(event.type); return all.call(this, event) }").await;
    person.enters_guide("guide").await;
    person
        .runs(
            "for (const type of ['open', 'constructor', '', 'back-door', 'resized', ' step', ['step'], 1, null]) \
               say(type, { height: 700 }); \
             say('step', { index: 1, of: 2 })",
        )
        .await;
    is_heard(&person).await;
    let expected = json!(["migraine-guide:step", "migraine-guide:error"]);
    assert_eq!(person.runs("return events").await, expected);
    let height =
        "return document.getElementById('guide').shadowRoot.querySelector('iframe').offsetHeight";
    assert_eq!(person.runs(height).await, json!(300));
}

#[apply(in_every_engine)]
async fn an_accent_that_is_no_color_of_its_own_is_refused(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    for (accent, taken) in [
        ("currentcolor", ""),
        ("rgb(from currentcolor r g b)", ""),
        ("color-mix(in srgb, currentcolor, navy)", ""),
        ("inherit", ""),
        ("initial", ""),
        ("revert-layer", ""),
        ("var(--nope, 1px)", ""),
        ("var(--nope)", ""),
        ("navy), url(x", ""),
        ("NAVY", "rgb(0, 0, 128)"),
        ("color-mix(in srgb, navy, black)", "rgb(0, 0, 64)"),
        ("hsl(240 100% 20%)", "rgb(0, 0, 102)"),
        // A color that no variable of the guide's changes afterwards.
        ("var(--nope, navy)", "rgb(0, 0, 128)"),
    ] {
        person.opens(&host.address("plain")).await;
        person
            .runs(&format!(
                "const guide = document.getElementById('guide'); \
                 guide.setAttribute('theme', 'light'); guide.setAttribute('accent', '{accent}')"
            ))
            .await;
        person
            .waits_for("const { src } = document.getElementById('guide').shadowRoot.querySelector('iframe') ?? {}; return /accent/.test(src)")
            .await;
        person.waits_for_guide("guide").await;
        person.enters_guide("guide").await;
        person.waits_for_program().await;
        let known = "return document.documentElement.hasAttribute('data-accent')";
        assert_eq!(person.runs(known).await, json!(!taken.is_empty()), "{accent}");
        // Colors change in a moment, not at once.
        let colored = "return getComputedStyle(document.querySelector('[data-action=start]')).backgroundColor";
        if !taken.is_empty() {
            person.waits_for(&format!("{colored} === '{taken}'")).await;
            person.has_contrast(accent).await;
        }
        // Looked at again for another theme, it says why.
        person.runs("window.warned = []; console.warn = (it) => warned.push(it)").await;
        person.leaves_frame().await;
        person.runs("document.getElementById('guide').removeAttribute('theme')").await;
        person.enters_guide("guide").await;
        person.waits_for("return document.documentElement.dataset.theme === undefined").await;
        let warned = person.runs("return warned.length").await;
        assert_eq!(warned, json!(u8::from(taken.is_empty())), "{accent}");
    }
}
