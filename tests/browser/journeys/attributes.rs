//! The attributes of the element choose the theme, the color, the sections, the location and the
//! language of the guide.

use rstest_reuse::apply;
use serde_json::json;
use tempfile::TempDir;

use crate::harness::clinic::{Clinic, key, root};
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::host::{Host, guide_and_host};
use crate::harness::person::Person;
use crate::harness::site::{copy, render, trial_copy};

#[apply(in_every_engine)]
async fn attributes_take_effect_when_they_change(engine: Engine) {
    let (_clinic, host) = guide_and_host().await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("plain")).await;
    person.waits_for_guide("guide").await;
    let set = |name: &str, value: &str| {
        format!("document.getElementById('guide').setAttribute('{name}', '{value}')")
    };
    person.runs(&set("title", "Migraine")).await;
    person.waits_for("return document.getElementById('guide').shadowRoot.querySelector('iframe').title === 'Migraine'").await;

    // The theme changes without a reload: what was typed stays.
    person.enters_guide("guide").await;
    person.runs("window.still = true").await;
    for theme in ["dark", "calm", "auto"] {
        person.leaves_frame().await;
        person.runs(&set("theme", theme)).await;
        person.enters_guide("guide").await;
        let expected = if theme == "auto" { "" } else { theme };
        person
            .waits_for(&format!(
                "return (document.documentElement.dataset.theme ?? '') === '{expected}'"
            ))
            .await;
        person.has_contrast(theme).await;
    }
    assert_eq!(person.runs("return window.still").await, json!(true));
    person.leaves_frame().await;

    // Other sections and another color need a new frame.
    person.runs("heard.length = 0").await;
    person
        .runs(
            &[set("sections", "schedule"), set("accent", "#0b5394"), set("theme", "light")]
                .join(";"),
        )
        .await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    assert!(person.is_shown("#request-form").await && !person.is_shown("#self-assessment").await);
    let color =
        "return getComputedStyle(document.querySelector('#request-form .button')).backgroundColor";
    // Colors change in a moment, not at once.
    person.waits_for(&format!("{color} === 'rgb(11, 83, 148)'")).await;
    person.has_contrast("a host's color").await;

    // On a dark ground that blue cannot be read: the guide keeps its own, and says so.
    person.runs("window.warned = []; console.warn = (it) => warned.push(it)").await;
    person.leaves_frame().await;
    person.runs(&set("theme", "dark")).await;
    person.enters_guide("guide").await;
    person
        .waits_for("return warned.some((it) => it.includes('#0b5394') && it.includes('4.5:1'))")
        .await;
    person.waits_for(&format!("{color} !== 'rgb(11, 83, 148)'")).await;
}

#[apply(in_every_engine)]
async fn location_and_language_are_chosen_as_the_host_says(engine: Engine) {
    let site = another_site();
    let port = Host::port();
    let clinic = Clinic::framed(site.path(), &Host::origin(port)).await;
    let host = Host::open(port, clinic.address("").as_str()).await;
    let person = Person::arrives(engine).await;
    person.opens(&host.address("plain")).await;
    person.waits_for_guide("guide").await;
    person
        .runs(
            "heard.length = 0; const guide = document.getElementById('guide'); \
             guide.setAttribute('sections', 'schedule'); guide.setAttribute('location', 'annex'); \
             guide.setAttribute('lang', 'es-MX')",
        )
        .await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    assert_eq!(person.reads("return document.documentElement.lang").await, "es");
    assert_eq!(person.reads("return location.pathname").await, "/es/");
    let chosen =
        "return document.querySelector('#request-form [name=location]:checked')?.value ?? ''";
    assert_eq!(person.reads(chosen).await, "annex");
    person.leaves_frame().await;

    // A place or a language that there is not changes nothing.
    person
        .runs(
            "heard.length = 0; const guide = document.getElementById('guide'); \
             guide.setAttribute('location', '\"]'); guide.setAttribute('lang', 'x\"]')",
        )
        .await;
    person.waits_for_guide("guide").await;
    person.enters_guide("guide").await;
    assert_eq!(person.reads("return document.documentElement.lang").await, "en");
    assert_eq!(person.reads(chosen).await, "");
}

/// The trial copy, of a clinic with a second place, and with a page said to be in Spanish.
fn another_site() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let (content, site) = (folder.path().join("content"), TempDir::new().expect("a folder"));
    copy(&root().join("content"), &content);
    copy(&trial_copy(), site.path());
    let clinic = std::fs::read_to_string(content.join("clinic.toml")).expect("the clinic");
    let more = "[[locations]]\nid = \"annex\"\nname = \"Annex\"\n\n[[clinicians]]";
    std::fs::write(content.join("clinic.toml"), clinic.replacen("[[clinicians]]", more, 1))
        .expect("written");
    render(site.path(), &content, &key("public"));

    let english = site.path().join("index.html");
    let page = std::fs::read_to_string(&english).expect("the guide");
    let link = "<link rel=\"alternate\" hreflang=\"es\" href=\"https://guide.example.org/es/\">";
    let page = page.replacen("<title>", &[link, "<title>"].concat(), 1);
    let spanish = site.path().join("es");
    std::fs::create_dir(&spanish).expect("a folder");
    // A folder further down, the root of the site is one further up.
    let below = ["\"./", "=./", " ./"]
        .iter()
        .fold(page.clone(), |page, root| page.replace(root, &root.replace("./", "../")));
    std::fs::write(spanish.join("index.html"), below.replacen("lang=\"en\"", "lang=\"es\"", 1))
        .expect("written");
    std::fs::write(&english, page).expect("written");
    for smaller in ["index.html.br", "index.html.gz"] {
        std::fs::remove_file(site.path().join(smaller)).expect("it was there");
    }
    site
}
