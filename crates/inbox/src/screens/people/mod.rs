//! The people of the staff, and what everybody did.
//!
//! | module | holds |
//! |---|---|
//! | `add` | another person, with a staff file of their own |
//! | `audit` | who did what |
//! | `rotate` | a new key of the clinic, after somebody has left |

mod add;
mod audit;
mod rotate;

use clinic_core::inbox::words::fill;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::add::AddPerson;
use self::audit::Audit;
use self::rotate::Rotate;
use crate::browser::focus;
use crate::components::button::Button;
use crate::desk::Desk;
use crate::model::moment;
use crate::service::people::Person;
use crate::stage::App;

const HEADING: &str = "people-heading";

/// The people of the staff.
#[component]
pub fn People(
    /// What the screens share.
    app: App,
    /// The inbox.
    desk: Desk,
) -> impl IntoView {
    let words = &desk.content().words.people;
    let people = RwSignal::new(None::<Vec<Person>>);
    let fetch = move || {
        spawn_local(async move {
            let Some(session) = desk.session() else { return };
            match session.service.people().await {
                Ok(all) => {
                    people.try_set(Some(all));
                }
                Err(error) => desk.say_error(error),
            }
        });
    };
    fetch();
    let rows = move || {
        people.get().map(|people| {
            people
                .into_iter()
                .map(|person| view! { <Row desk person on_change=fetch /> })
                .collect_view()
        })
    };
    view! {
        <main id="main" class="wide" tabindex="-1">
            <h1 id=HEADING tabindex="-1">{words.title.as_str()}</h1>
            <p>{words.text.as_str()}</p>
            <p class="muted" hidden=move || people.with(Option::is_some)>{words.loading.as_str()}</p>
            <ul class="people">{rows}</ul>
            <AddPerson app desk on_change=fetch />
            <Rotate app desk />
            <Audit desk />
        </main>
    }
}

#[component]
fn Row(desk: Desk, person: Person, on_change: impl Fn() + Copy + Send + 'static) -> impl IntoView {
    let content = desk.content();
    let words = &content.words.people;
    let Person { name, scopes, expires, expired, used_at, .. } = person;
    let scope = |scope: &String| match scope.as_str() {
        "list" => words.scope_list.clone(),
        "mark" => words.scope_mark.clone(),
        "delete" => words.scope_delete.clone(),
        "admin" => words.scope_admin.clone(),
        other => other.to_owned(),
    };
    let may = scopes.iter().map(scope).collect::<Vec<_>>().join(", ");
    let zone = desk.office().zone().clone();
    let used = move || match used_at {
        Some(at) => {
            let when = moment::moment(at, desk.now.get(), &zone, &content.words.dates);
            fill(&words.used, &[("when", &when)])
        }
        None => words.never_used.clone(),
    };
    let until = match expires.as_deref().map(str::parse) {
        Some(Ok(day)) => {
            let day = moment::day(day, &content.words.dates);
            fill(if expired { &words.expired } else { &words.until }, &[("day", &day)])
        }
        _ => words.for_ever.clone(),
    };
    let is_me = name == desk.me.with_untracked(|me| me.name.clone());
    let is_asking = RwSignal::new(false);
    let confirm = format!("remove-{name}");
    let focus_on = confirm.clone();
    let button = format!("ask-{name}");
    let focus_back = button.clone();
    let removed = StoredValue::new(name.clone());
    let is_busy = RwSignal::new(false);
    let remove = move || {
        let name = removed.get_value();
        is_busy.set(true);
        spawn_local(async move {
            let Some(session) = desk.session() else { return };
            match session.service.remove_person(&name).await {
                Ok(()) => {
                    desk.say(&fill(&words.removed, &[("name", &name)]));
                    focus::focus(HEADING);
                }
                Err(error) => {
                    is_busy.try_set(false);
                    desk.say_error(error);
                }
            }
            on_change();
        });
    };
    let question = fill(&words.remove_what, &[("name", &name)]);
    view! {
        <li>
            <h2><bdi>{name}</bdi> {is_me.then(|| format!(" {}", words.you))}</h2>
            <p>{may}</p>
            <p class="muted" class:late=expired>{used} " · " {until}</p>
            {(!is_me)
                .then(|| {
                    view! {
                        <div class="actions" hidden=move || is_asking.get()>
                            <Button
                                id=button
                                label=words.remove.clone()
                                look="quiet"
                                on_press=move || {
                                    is_asking.set(true);
                                    focus::focus(&focus_on);
                                }
                            />
                        </div>
                        <div class="confirm" id=confirm tabindex="-1" hidden=move || !is_asking.get()>
                            <p>{question}</p>
                            <div class="actions">
                                <Button
                                    label=words.remove_now.clone()
                                    look="button danger"
                                    is_busy
                                    on_press=remove
                                />
                                <Button
                                    label=words.keep.clone()
                                    look="button secondary"
                                    on_press=move || {
                                        is_asking.set(false);
                                        focus::focus(&focus_back);
                                    }
                                />
                            </div>
                        </div>
                    }
                })}
        </li>
    }
}
