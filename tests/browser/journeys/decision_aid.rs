//! The decision aid: options side by side, the diary, questions to take along, words that are explained.

use fantoccini::key::Key;
use fantoccini::wd::PrintSize;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::clinic::Clinic;
use crate::harness::engine::{
    Engine, Without, in_chromium_and_firefox, in_every_engine, with_devtools,
};
use crate::harness::line::Line;
use crate::harness::person::Person;

/// The names of the options that are shown.
const SHOWN: &str = "return [...document.querySelectorAll('.option')] \
    .filter((it) => it.checkVisibility()).map((it) => it.dataset.option)";

/// Returns `true` if some stand side by side.
const BESIDE: &str = "return document.querySelector('[data-beside]') !== null";

/// The box of an option.
fn option(id: &str) -> String {
    format!("#options-choose input[value={id}]")
}

/// The number of all options.
async fn all(person: &Person) -> usize {
    let all = person.runs("return document.querySelectorAll('.option').length").await;
    usize::try_from(all.as_u64().expect("a number")).expect("few")
}

fn count(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

#[apply(in_every_engine)]
async fn two_to_four_options_stand_side_by_side_and_the_address_keeps_them(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/compare/")).await;
    let every = all(&person).await;
    assert_eq!(count(&person.runs(SHOWN).await), every);
    person.chooses(&option("topiramate")).await;
    // One alone is not beside anything.
    assert_eq!(count(&person.runs(SHOWN).await), every);
    person.chooses(&option("ketamine")).await;
    person.waits_for(BESIDE).await;
    assert_eq!(person.runs(SHOWN).await, json!(["topiramate", "ketamine"]));
    let said = person.sees("#options-status").await;
    assert!(said.contains("Topiramate, Ketamine infusion"), "{said}");
    person.meets_no_barrier_in_any_theme("options side by side", "#options").await;
    // The rows of both begin at the same heights.
    let heights = "return [...document.querySelectorAll('[data-beside] .option:not([hidden])')] \
        .map((it) => [...it.querySelectorAll('dl > div')].map((row) => Math.round(row.getBoundingClientRect().top)))";
    let heights = person.runs(heights).await;
    assert_eq!(heights[0], heights[1]);
    assert!(count(&heights[0]) > 10);

    // Another tab, as somebody who was sent the address; no server is told of it.
    let address = person.reads("return location.href").await;
    person.opens("about:blank").await;
    person.opens(&address).await;
    person.waits_for(BESIDE).await;
    assert_eq!(person.runs(SHOWN).await, json!(["topiramate", "ketamine"]));
    assert!(
        !line.requests().iter().any(|it| it.contains("ketamine") && !it.contains("what-ketamine"))
    );

    // A link to one that is hidden shows all.
    person.follows(".options-table a[href='#option-lidocaine']").await;
    person.waits_for("return document.querySelector('[data-beside]') === null").await;
    assert!(person.is_shown("#option-lidocaine").await);
    for id in ["topiramate", "ketamine"] {
        person.chooses(&option(id)).await;
    }

    for more in ["waiting", "atogepant"] {
        person.chooses(&option(more)).await;
    }
    person.chooses(&option("propranolol")).await;
    assert!(person.sees("#options-status").await.contains("Four at most"));
    assert_eq!(count(&person.runs(SHOWN).await), 4);
    assert_eq!(
        person
            .runs(&format!("return document.querySelector('{}').checked", option("propranolol")))
            .await,
        json!(false)
    );
    person.follows("[data-action=options-all]").await;
    assert_eq!(count(&person.runs(SHOWN).await), every);
    assert_eq!(person.reads("return location.hash").await, "");
}

#[apply(in_every_engine)]
async fn on_a_narrow_screen_options_side_by_side_scroll_and_the_page_does_not(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.has_window(320, 640).await;
    person.opens(&clinic.address("/compare/#options=topiramate+ketamine+waiting+atogepant")).await;
    person.waits_for(BESIDE).await;
    let fits = "const { scrollWidth, clientWidth } = document.documentElement; return scrollWidth <= clientWidth";
    assert_eq!(person.runs(fits).await, json!(true));
    person.tabs_to("#options-list").await;
    person.meets_no_barrier_in_any_theme("options side by side on a phone", "#options").await;
}

#[apply(in_chromium_and_firefox)]
async fn without_script_every_option_is_there(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives_without(engine, Without::Script).await;
    person.opens(&clinic.address("/compare/")).await;
    assert!(person.is_shown(".options-table").await);
    assert!(person.is_shown("#option-ketamine dl").await);
    assert!(!person.is_shown("#options-choose").await, "nothing is offered that does nothing");
    person.opens(&clinic.address("/diary/")).await;
    assert!(person.is_shown("#diary table").await);
    assert!(!person.is_shown("#diary [data-action=diary-save]").await);
}

/// Keeps what a page offers to download in `saved`; counts its questions in `asked`, and gives `answer` to each.
const KEEPS: &str = "() => { \
    URL.createObjectURL = (blob) => { window.saved = blob; return '#saved'; }; \
    Object.assign(window, { asked: 0, answer: false }); \
    window.confirm = () => { window.asked += 1; return window.answer; }; }";

/// Opens a saved diary, as if it had been chosen among the files.
const OPENS: &str = "(text) => { \
    const chosen = new DataTransfer(); \
    chosen.items.add(new File([text], 'diary.json')); \
    const input = document.getElementById('diary-file'); \
    input.files = chosen.files; \
    for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true })); }";

const OPENED: &str =
    "return document.getElementById('diary-status').textContent.includes('Opened')";

#[apply(in_every_engine)]
async fn a_diary_is_filled_in_saved_and_opened_again_and_the_browser_keeps_nothing(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.calls_first(KEEPS, &json!([]));
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/diary/")).await;
    for (day, light) in [(1, "R"), (2, "G"), (9, "R")] {
        person.tabs_to(&format!("[name=how-bad-{day}]")).await;
        person.types(light).await;
    }
    person.tabs_to("[name=medicine-1]").await;
    person.types("Rescue 50 mg").await;
    person.chooses("[name=aura-1]").await;
    let counted = "return ['headache-days', 'red-days'].map((it) => document.getElementById('diary-' + it).value)";
    assert_eq!(person.runs(counted).await, json!(["3", "2"]));
    // Past hundreds of controls.
    person.follows("#diary .past").await;
    person.waits_for_focus("diary-counts").await;
    person.tabs_to("#diary-triptan-days").await;
    person.types("12").await;
    assert!(person.has("#diary-triptan-days-hint.reached").await);
    person.tabs_to("#diary-simple-days").await;
    person.types("14").await;
    assert!(!person.has("#diary-simple-days-hint.reached").await);
    person.meets_no_barrier_in_any_theme("a diary", "#sheet").await;
    person.follows("[data-action=diary-save]").await;
    person.waits_for("return window.saved !== undefined").await;
    let saved = person
        .runs_async("const done = arguments[arguments.length - 1]; saved.text().then(done)")
        .await;
    let saved = saved.as_str().expect("a text").to_owned();

    // Nothing of it is in the page again, or in any storage.
    person.opens("about:blank").await;
    person.opens(&line.address("/diary/")).await;
    assert_eq!(person.reads("return document.querySelector('[name=medicine-1]').value").await, "");
    assert_eq!(person.runs("return localStorage.length + sessionStorage.length").await, json!(0));
    for wrong in ["", "{}", "[]", "null", "{\"kind\":\"headache-diary-1\"}", "not a diary"] {
        person.runs("document.getElementById('diary-status').textContent = ''").await;
        person.calls(OPENS, &json!([wrong])).await;
        person.waits_for("return document.getElementById('diary-status').textContent.includes('is no diary')").await;
    }
    // An empty sheet is not asked about.
    person.runs("window.confirm = () => { window.asksToClear = true; return false }").await;
    person.calls(OPENS, &json!([saved])).await;
    person.waits_for(OPENED).await;
    assert_eq!(person.runs("return window.asksToClear ?? false").await, json!(false));
    assert_eq!(
        person.reads("return document.querySelector('[name=medicine-1]').value").await,
        "Rescue 50 mg"
    );
    assert_eq!(
        person.runs("return document.querySelector('[name=aura-1]').checked").await,
        json!(true)
    );
    assert_eq!(person.runs(counted).await, json!(["3", "2"]));
    assert!(!line.requests().iter().any(|it| it.contains("Rescue")), "nothing is sent");
    assert_eq!(line.posted().len(), 0);
}

#[apply(in_every_engine)]
async fn a_diary_that_is_not_saved_goes_only_after_a_yes(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    line.calls_first(KEEPS, &json!([]));
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/diary/")).await;
    let days = json!({ "medicine-1": "Rescue 50 mg", "aura-1": true });
    let saved = json!([json!({ "kind": "headache-diary-1", "days": days }).to_string()]);
    let filled = "const of = (name) => document.querySelector(`[name=${name}]`); \
        return [of('medicine-1').value, of('aura-1').checked, of('medicine-31').value]";
    // A driven WebKitGTK may go on before the page's scripts have run.
    person.waits_for("return document.readyState === 'complete'").await;
    // Nothing is lost by it.
    person.calls(OPENS, &saved).await;
    person.waits_for(OPENED).await;
    assert_eq!(person.runs("return asked").await, json!(0));

    person.follows("#diary .past").await;
    person.waits_for_focus("diary-counts").await;
    person.tabs_to("[name=medicine-31]").await;
    person.types("Other").await;
    // A count that was written by hand, with no day marked.
    person.tabs_to("#diary-headache-days").await;
    person.types("9").await;
    let counted = "return document.getElementById('diary-headache-days').value";
    assert_eq!(person.reads(counted).await, "9");
    // A print may have been called off.
    person.runs("window.dispatchEvent(new Event('afterprint'))").await;
    person.calls(OPENS, &saved).await;
    person.waits_for("return asked === 1").await;
    assert_eq!(person.runs(filled).await, json!(["Rescue 50 mg", true, "Other"]));
    person.follows("[data-action=diary-clear]").await;
    person.waits_for("return asked === 2").await;
    assert_eq!(person.runs(filled).await, json!(["Rescue 50 mg", true, "Other"]));

    person.runs("window.answer = true").await;
    person.calls(OPENS, &saved).await;
    person.waits_for("return asked === 3").await;
    assert_eq!(person.runs(filled).await, json!(["Rescue 50 mg", true, ""]));
    person.tabs_to("[name=medicine-31]").await;
    person.types("Other").await;
    person.follows("[data-action=diary-clear]").await;
    person.waits_for("return asked === 4").await;
    assert_eq!(person.runs(filled).await, json!(["", false, ""]));
    // Nothing is left to lose.
    person.follows("[data-action=diary-clear]").await;
    person.settles().await;
    assert_eq!(person.runs("return asked").await, json!(4));
}

#[apply(in_every_engine)]
async fn a_word_is_explained_by_keyboard(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/articles/what-ketamine-is/")).await;
    person.tabs_to("button.word").await;
    let meaning = "const it = document.getElementById(document.activeElement.getAttribute('popovertarget')); \
        return it.checkVisibility() ? it.textContent : ''";
    assert_eq!(person.reads(meaning).await, "");
    person.presses(Key::Enter).await;
    person
        .waits_for(&format!("const shown = () => {{ {meaning} }}; return shown().length > 10"))
        .await;
    person.meets_no_barrier_in_any_theme("a word explained", "main").await;
    person.presses(Key::Escape).await;
    assert_eq!(person.reads(meaning).await, "");
    assert_eq!(person.reads("return document.activeElement.className").await, "word");
}

#[apply(in_chromium_and_firefox)]
async fn on_paper_stands_what_was_chosen_and_what_words_mean(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/compare/#options=waiting+ketamine")).await;
    person.waits_for(BESIDE).await;
    person.looks_at("print").await;
    assert_eq!(person.runs(SHOWN).await, json!(["waiting", "ketamine"]));
    assert!(!person.is_shown(".options-table").await && !person.is_shown("#options-choose").await);
    let meanings =
        "return [...document.querySelectorAll('.meaning')].map((it) => it.checkVisibility())";
    let meanings = person.runs(meanings).await;
    assert!(count(&meanings) > 3, "{meanings}");
    assert!(meanings.as_array().into_iter().flatten().all(|it| *it == json!(true)), "{meanings}");

    person.looks_at("screen").await;
    person.opens(&clinic.address("/take-along/")).await;
    let printed = "return [...document.querySelectorAll('.take-along li')].filter((it) => it.checkVisibility()).length";
    person.looks_at("print").await;
    let every = person.runs(printed).await.as_u64().expect("a number");
    assert!(every > 15 && person.is_shown(".take-along .answer").await);
    person.looks_at("screen").await;
    assert!(!person.is_shown(".take-along .answer").await);
    for nth in 0..2 {
        person.chooses(&format!("#ask-clinic-{nth}")).await;
    }
    person.looks_at("print").await;
    assert_eq!(person.runs(printed).await, json!(2));
}

/// In Chromium alone: Firefox packs what tells the pages of its PDF, and a driven WebKitGTK prints nothing.
#[apply(with_devtools)]
async fn a_diary_is_one_page_on_letter_and_a4(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/diary/")).await;
    assert_eq!(person.printed_pages(PrintSize::US_LETTER).await, 1);
    assert_eq!(person.printed_pages(PrintSize::A4).await, 1);
}
