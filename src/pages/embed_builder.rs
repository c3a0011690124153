//! Renders the page on which staff choose how to embed the guide, preview it, and copy the snippet.
//! `public/embed/builder.js` updates preview and snippets; without script the page has the default ones.

use guide_core::request::form::Field;
use leptos::prelude::*;

use crate::components::button::{button, submit};
use crate::components::choices::{Choices, Row, choices};
use crate::components::flag::Flag;
use crate::components::messages::messages;
use crate::components::panel::panel_form;
use crate::components::paragraphs::paragraphs;
use crate::components::text_input::{TextInput, text_input};
use crate::content::Content;
use crate::content::interface::EmbedWords;
use crate::content::routes;

/// The options, the frame, the snippets and the check.
pub fn view(content: &Content) -> AnyView {
    let words = &content.interface.embed;
    let guide = &content.clinic.base_address;
    let plain = plain(guide, words);
    let plugin = ["../", routes::PLUGIN, ".zip"].concat();
    view! {
        <noscript>{Flag::note().view(view! { <p>{words.no_script.clone()}</p> })}</noscript>
        {panel_form("embed-options", "build-heading", "embed-options", options(content))}
        <h3>{words.preview.clone()}</h3>
        <p class="note">{words.preview_note.clone()}</p>
        <div class="embed-preview">
            <div id="embed-preview" data-migraine-guide data-src="../" data-max-height="640"></div>
        </div>
        {snippet(words, "plain", &words.plain, &words.plain_text, &plain)}
        <h3>{words.plugin.clone()}</h3>
        {paragraphs(&words.plugin_text)}
        <p class="actions">
            <a class="button secondary" href=plugin download>{words.plugin_get.clone()}</a>
        </p>
        {snippet(words, "shortcode", &words.shortcode, &words.shortcode_text, "[migraine_guide]")}
        {snippet(
            words,
            "block",
            &words.block,
            &words.block_text,
            "<!-- wp:migraine-guide/guide /-->",
        )}
        {snippet(words, "squarespace", &words.squarespace, &words.squarespace_text, &plain)}
        {snippet(words, "wix", &words.wix, &words.wix_text, guide)}
        <h3 id="embed-check-heading">{words.check.clone()}</h3>
        {paragraphs(&words.check_text)}
        {panel_form("embed-check", "embed-check-heading", "embed-options", view! {
            {text(words, "site", "url", &words.site, &words.site_hint, None)}
            <p class="actions">{submit(&words.check_now)}</p>
            <p role="status" id="embed-check-result"></p>
        })}
        <p class="visually-hidden" role="status" id="embed-status"></p>
        {messages([
            ("embed-copied", &*words.copied),
            ("embed-open", &words.open),
            ("embed-allowed", &words.allowed),
            ("embed-not-allowed", &words.not_allowed),
            ("embed-not-known", &words.not_known),
            ("embed-no-address", &words.no_address),
        ])}
        <script type="module" src="builder.js"></script>
    }
    .into_any()
}

fn options(content: &Content) -> AnyView {
    let words = &content.interface.embed;
    let sections = [
        ("article", &words.article),
        ("links", &words.links),
        ("assessment", &words.assessment),
        ("schedule", &words.schedule),
        ("recent", &words.recent),
    ];
    let display = &content.interface.display;
    let themes = [
        ("auto", &words.theme_auto),
        ("light", &display.light),
        ("dark", &display.dark),
        ("calm", &display.calm),
    ];
    let events =
        [("assessment-complete", &words.event_complete), ("submitted", &words.event_submitted)];
    let locations = &content.clinic.locations;
    let several = locations.len() > 1;
    let location = content.interface.request.label(Field::Location);
    view! {
        {group(words, "sections", true, &words.sections, &words.sections_hint, sections.map(|(value, label)| (value, &**label)))}
        {group(words, "theme", false, &display.theme, "", themes.map(|(value, label)| (value, &**label)))}
        {several.then(|| {
            let rows = locations.iter().map(|it| (&*it.id, &*it.name));
            group(words, "location", false, location, &words.location_hint, rows)
        })}
        {group(words, "events", true, &words.events, &words.events_hint, events.map(|(value, label)| (value, &**label)))}
        {text(words, "accent", "text", &words.accent, &words.accent_hint, None)}
        {text(words, "title", "text", &words.title, &words.title_hint, None)}
        {text(words, "max-height", "text", &words.max_height, &words.max_height_hint, Some(&words.pixels))}
    }
    .into_any()
}

fn group<'a>(
    words: &EmbedWords,
    name: &str,
    several: bool,
    legend: &str,
    hint: &str,
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> AnyView {
    choices(Choices {
        id: &["embed-", name].concat(),
        name,
        several,
        legend: legend.to_owned().into_any(),
        hint,
        rows: rows
            .into_iter()
            .map(|(value, label)| Row { value, label, hint: "", exclusive: false })
            .collect(),
        error_prefix: &words.error,
    })
}

fn text(
    words: &EmbedWords,
    name: &str,
    kind: &str,
    label: &str,
    hint: &str,
    unit: Option<&str>,
) -> AnyView {
    text_input(TextInput {
        id: &["embed-", name].concat(),
        name,
        kind,
        autocomplete: "off",
        label: label.to_owned(),
        heading: None,
        hint,
        list: None,
        unit,
        instead: Vec::new(),
        error_prefix: &words.error,
    })
}

/// A snippet with heading, instructions, and a button that copies it.
fn snippet(words: &EmbedWords, name: &str, title: &str, text: &str, code: &str) -> AnyView {
    let id = ["embed-", name].concat();
    let copy = ["copy ", &id].concat();
    view! {
        <h3 id=[&id, "-heading"].concat()>{title.to_owned()}</h3>
        <p>{text.to_owned()}</p>
        <pre class="snippet"><code id=id>{code.to_owned()}</code></pre>
        <p class="actions">{button("button secondary", &copy, &words.copy)}</p>
    }
    .into_any()
}

/// The default snippet, the same as `builder.js` writes.
fn plain(guide: &str, words: &EmbedWords) -> String {
    let open = &words.open;
    format!(
        "<script type=\"module\" src=\"{guide}embed.js\"></script>\n\
         <migraine-guide src=\"{guide}\">\n  <a href=\"{guide}\">{open}</a>\n</migraine-guide>"
    )
}
