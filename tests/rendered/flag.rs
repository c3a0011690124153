//! Flags: shown and silent unless asked for otherwise.

use leptos::prelude::*;
use migraine_guide::components::flag::Flag;
use scraper::Html;

use crate::html::{attribute, only, rendered, text};

fn flag(flag: Flag) -> Html {
    rendered(flag.view(view! { <p>"Bring a list of your medicines."</p> }))
}

#[test]
fn a_note_is_shown_and_interrupts_nobody() {
    let html = flag(Flag::note());
    let note = only(&html, "div");
    assert_eq!(attribute(note, "class"), "flag");
    for absent in ["hidden", "role", "id", "aria-labelledby"] {
        assert!(note.attr(absent).is_none(), "{absent}");
    }
    assert_eq!(text(only(&html, ".flag > p")), "Bring a list of your medicines.");
}

#[test]
fn a_caution_can_wait_hidden_and_is_announced_when_shown() {
    let html = flag(Flag::caution().id("no-key").announced().hidden());
    let caution = only(&html, ".flag.caution#no-key");
    assert!(caution.attr("hidden").is_some());
    assert_eq!(attribute(caution, "role"), "alert");
}

#[test]
fn a_group_is_named_by_its_heading() {
    let html = flag(Flag::caution().group("pending-heading"));
    let group = only(&html, ".flag[role=group]");
    assert_eq!(attribute(group, "aria-labelledby"), "pending-heading");
}

/// Shown and hidden by the style sheet alone: no app is there that could.
#[test]
fn a_failed_app_is_announced_without_the_app() {
    let html = flag(Flag::app_failed());
    let failed = only(&html, ".flag.caution.app-failed");
    assert_eq!(attribute(failed, "role"), "alert");
    assert!(failed.attr("hidden").is_none());
}
