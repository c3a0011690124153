//! The unlocked inbox: its header, and the part that is shown.

use leptos::prelude::*;

use super::health::Health;
use super::keyboard::Keyboard;
use super::list::ListScreen;
use super::part::Part;
use super::people::People;
use super::request::RequestScreen;
use super::unlock::LockButton;
use crate::browser::{display, focus};
use crate::components::message::Messages;
use crate::desk::Desk;
use crate::stage::App;

/// The unlocked inbox.
#[component]
pub fn DeskScreen(
    /// What the screens share.
    app: App,
    /// The inbox of the person.
    desk: Desk,
) -> impl IntoView {
    let words = &app.content.words.site;
    let part = RwSignal::new(Part::Requests);
    focus::focus("main");
    let is_admin = Memo::new(move |_| desk.me.with(|me| me.may("admin")));
    let go = move |to: Part, label: &'static str| {
        view! {
            <li>
                <button
                    type="button"
                    class="quiet"
                    aria-current=move || (part.get() == to).then_some("page")
                    on:click=move |_| {
                        desk.message.set(None);
                        part.set(to);
                    }
                >
                    {label}
                </button>
            </li>
        }
    };
    view! {
        <a class="skip" href="#main">{words.skip.as_str()}</a>
        <header class="bar">
            <p class="brand">{words.name.as_str()} " · " {app.content.clinic.name.as_str()}</p>
            <nav aria-label=words.parts.as_str()>
                <ul class="parts">
                    {go(Part::Requests, words.requests.as_str())}
                    <Show when=move || is_admin.get()>
                        {go(Part::People, words.people.as_str())}
                    </Show>
                    {go(Part::Health, words.health.as_str())}
                </ul>
            </nav>
            <ThemeChoice app />
            <p class="who">{move || desk.me.with(|me| me.name.clone())}</p>
            <LockButton app />
        </header>
        <Messages desk />
        <Keyboard desk part />
        {move || match part.get() {
            Part::Requests => view! { <Requests desk /> }.into_any(),
            Part::People => view! { <People app desk /> }.into_any(),
            Part::Health => view! { <Health app desk /> }.into_any(),
        }}
    }
}

#[component]
fn Requests(desk: Desk) -> impl IntoView {
    let is_open = move || desk.open.with(Option::is_some);
    let title = desk.content().words.site.requests.as_str();
    view! {
        <main id="main" class="desk" class:has-open=is_open tabindex="-1">
            <Show when=move || !is_open()>
                <h1 class="visually-hidden">{title}</h1>
            </Show>
            <ListScreen desk />
            {move || match desk.open.get() {
                Some(id) => view! { <RequestScreen desk id /> }.into_any(),
                None => {
                    let words = &desk.content().words.request;
                    view! { <p class="nothing-open muted">{words.none_open.as_str()}</p> }.into_any()
                }
            }}
        </main>
    }
}

/// The choice of a theme, which the browser keeps.
#[component]
fn ThemeChoice(app: App) -> impl IntoView {
    let words = &app.content.words.display;
    let themes = [
        ("", words.auto.as_str()),
        ("light", words.light.as_str()),
        ("dark", words.dark.as_str()),
        ("calm", words.calm.as_str()),
    ];
    let chosen = display::theme().unwrap_or_default();
    view! {
        <label class="theme">
            <span class="label">{words.theme.as_str()}</span>
            <select on:change=move |event| {
                let theme = event_target_value(&event);
                display::set_theme((!theme.is_empty()).then_some(&*theme));
            }>
                {themes
                    .into_iter()
                    .map(|(value, label)| {
                        view! { <option value=value selected=value == chosen>{label}</option> }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}
