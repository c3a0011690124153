//! Sections are laid out when they come near: links, the scroll bar and searching work as if all were.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::person::Person;

/// The height of the page may be estimated wrongly by this share.
const MISJUDGED: f64 = 0.25;

/// Nothing is put off but in Chromium: WebKit has no scroll anchoring, and in Firefox links led past what was put off.
async fn lays_out_all_at_once(engine: Engine, clinic: &Clinic) -> bool {
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    let put_off =
        "return getComputedStyle(document.querySelector('[data-size]')).contentVisibility";
    let expected = if engine == Engine::Chromium { "auto" } else { "visible" };
    assert_eq!(person.reads(put_off).await, expected);
    engine != Engine::Chromium
}

#[apply(in_every_engine)]
async fn every_quick_link_leads_to_its_heading(engine: Engine) {
    let clinic = Clinic::open().await;
    for (width, height) in [(390, 800), (1280, 900)] {
        let person = Person::arrives(engine).await;
        person.has_window(width, height).await;
        person.opens(&clinic.address("/")).await;
        let links = person.links(".quick-links li a").await;
        assert!(links.len() > 8, "{links:?}");
        // From the last to the first, so that each comes from below, too.
        for link in links.iter().chain(links.iter().rev()) {
            person
                .runs(&format!("document.querySelector('.quick-links a[href=\"{link}\"]').click()"))
                .await;
            let near = format!(
                "const {{ top }} = document.querySelector('{link} h2').getBoundingClientRect(); \
                 const end = Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight; \
                 return top >= 0 && (top < innerHeight / 3 || end)"
            );
            person.waits_for(&near).await;
        }
    }
}

#[apply(in_every_engine)]
async fn the_scroll_bar_is_about_as_long_as_when_all_is_laid_out(engine: Engine) {
    let clinic = Clinic::open().await;
    if lays_out_all_at_once(engine, &clinic).await {
        return;
    }
    for (width, height) in [(390, 800), (1280, 900)] {
        let person = Person::arrives(engine).await;
        person.has_window(width, height).await;
        for page in ["/", "/articles/what-ketamine-is/"] {
            person.opens(&clinic.address(page)).await;
            let tall = "return document.documentElement.scrollHeight";
            let estimated = person.runs(tall).await.as_f64().expect("a number");
            let all = "for (const it of document.querySelectorAll('[data-size]')) \
                it.style.setProperty('content-visibility', 'visible'); \
                return document.documentElement.scrollHeight";
            let real = person.runs(all).await.as_f64().expect("a number");
            let share = (estimated - real).abs() / real;
            assert!(share < MISJUDGED, "{page} at {width}: {estimated} instead of {real}");
            assert!(estimated != real, "nothing was put off");
        }
    }
}

#[apply(in_every_engine)]
async fn a_form_wider_than_its_section_is_not_cut_off(engine: Engine) {
    let clinic = Clinic::open().await;
    if lays_out_all_at_once(engine, &clinic).await {
        return;
    }
    let form = "const form = document.querySelector('#appointment-request .request'); \
        const section = form.closest('section'); \
        const wider = form.getBoundingClientRect().right > section.getBoundingClientRect().right; \
        return [wider, getComputedStyle(section).contentVisibility]";
    for (width, seen) in [(390, json!([false, "auto"])), (1600, json!([true, "visible"]))] {
        let person = Person::arrives(engine).await;
        person.has_window(width, 900).await;
        person.opens(&clinic.address("/")).await;
        assert_eq!(person.runs(form).await, seen, "at {width}");
    }
}

#[apply(in_every_engine)]
async fn words_far_below_are_found(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.opens(&clinic.address("/")).await;
    let last = "return document.querySelector('.references li:last-child .text').textContent.trim().slice(0, 30)";
    let words = person.reads(last).await;
    assert_eq!(person.runs(&format!("return find({words:?})")).await, json!(true));
    person.waits_for("return scrollY > innerHeight").await;
}
