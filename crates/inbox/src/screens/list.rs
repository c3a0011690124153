//! A list of requests.

use leptos::prelude::*;
use uuid::Uuid;

use super::export::ExportMenu;
use crate::components::button::Button;
use crate::desk::Desk;
use crate::model::entry::{Content as Opened, Entry, Unreadable};
use crate::model::filter::{Filter, Order};
use crate::model::lists::List;
use crate::model::{details, moment};
use clinic_core::inbox::words::fill;

/// The field for searching.
pub const SEARCH: &str = "search";

/// The id of the button of a request in the list.
pub fn row_id(id: Uuid) -> String {
    format!("row-{id}")
}

/// The lists, and the one that is shown.
#[component]
pub fn ListScreen(
    /// The inbox.
    desk: Desk,
) -> impl IntoView {
    let words = &desk.content().words.list;
    let shown = Memo::new(move |_| desk.shown());
    let rows = move || {
        let most = desk.rows.get();
        shown.with(|ids| ids.iter().take(most).copied().collect::<Vec<Uuid>>())
    };
    let has_more =
        move || shown.with(|ids| ids.len()) > desk.rows.get() || desk.has_more(desk.list.get());
    let is_empty = move || shown.with(Vec::is_empty);
    let empty = move || match () {
        () if !is_empty() => None,
        () if desk.is_loading.get() => Some(words.loading.as_str()),
        () if !desk.filter.with(Filter::is_empty) => Some(words.nothing_found.as_str()),
        () => Some(match desk.list.get() {
            List::New => words.no_new.as_str(),
            List::Mine => words.none_mine.as_str(),
            List::Waiting => words.none_waiting.as_str(),
            List::Closed => words.none_closed.as_str(),
            List::Junk => words.no_junk.as_str(),
            List::Unreadable => words.all_readable.as_str(),
        }),
    };
    let number = move || {
        let count = shown.with(Vec::len).to_string();
        let template = match desk.filter.with(Filter::is_search) {
            true => &words.found,
            false => &words.number,
        };
        fill(template, &[("number", &count)])
    };
    view! {
        <section class="list" aria-label=words.title.as_str()>
            <Lists desk />
            <Filters desk />
            <Counted desk />
            <div class="over-rows">
                <p class="muted" role="status">{number}</p>
                <ExportMenu desk shown />
            </div>
            <p class="empty" hidden=move || empty().is_none()>{empty}</p>
            <ul class="requests">
                <For each=rows key=|id| *id let(id)>
                    <Row desk id />
                </For>
            </ul>
            <Show when=has_more>
                <Button label=words.more.clone() look="button secondary" on_press=move || desk.show_more() />
            </Show>
        </section>
    }
}

#[component]
fn Lists(desk: Desk) -> impl IntoView {
    let words = &desk.content().words.list;
    let label = move |list: List| match list {
        List::New => words.new.as_str(),
        List::Mine => words.mine.as_str(),
        List::Waiting => words.waiting.as_str(),
        List::Closed => words.closed.as_str(),
        List::Junk => words.junk.as_str(),
        List::Unreadable => words.unreadable.as_str(),
    };
    let count = move |list: List| match list.fetched_later() {
        // Not all of them are fetched.
        Some(_) => None,
        None => Some(desk.count(list)),
    };
    view! {
        <nav aria-label=words.lists.as_str()>
            <ul class="lists">
                {List::ALL
                    .into_iter()
                    .map(|list| {
                        view! {
                            <li>
                                <button
                                    type="button"
                                    aria-current=move || (desk.list.get() == list).then_some("page")
                                    on:click=move |_| desk.show_list(list)
                                >
                                    {label(list)}
                                    <span class="count">{move || count(list)}</span>
                                </button>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}

#[component]
fn Filters(desk: Desk) -> impl IntoView {
    let content = desk.content();
    let words = &content.words.list;
    let several = content.labels.locations.len() > 1;
    let order_of = |word: &str| match word {
        "oldest" => Order::Oldest,
        "name" => Order::Name,
        _ => Order::Newest,
    };
    view! {
        <form class="filters" role="search" on:submit=|event| event.prevent_default()>
            <div class="field">
                <label for=SEARCH>{words.search.as_str()}</label>
                <input
                    id=SEARCH
                    type="search"
                    autocomplete="off"
                    prop:value=move || desk.filter.with(|filter| filter.search.clone())
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        desk.filter.update(|filter| filter.search = typed);
                    }
                />
            </div>
            <details>
                <summary>{words.narrow.as_str()}</summary>
                <div class="choices">
                    {several
                        .then(|| {
                            view! {
                                <label>
                                    <span class="label">{words.location.as_str()}</span>
                                    <select on:change=move |event| {
                                        let id = event_target_value(&event);
                                        desk.filter
                                            .update(|it| it.location = (!id.is_empty()).then_some(id));
                                    }>
                                        <option value="">{words.any_location.as_str()}</option>
                                        {content
                                            .labels
                                            .locations
                                            .iter()
                                            .map(|(id, name)| {
                                                view! { <option value=id.as_str()>{name.as_str()}</option> }
                                            })
                                            .collect_view()}
                                    </select>
                                </label>
                            }
                        })}
                    <label class="row">
                        <input
                            type="checkbox"
                            prop:checked=move || desk.filter.with(|filter| filter.interpreter)
                            on:change=move |event| {
                                let checked = event_target_checked(&event);
                                desk.filter.update(|filter| filter.interpreter = checked);
                            }
                        />
                        {words.interpreter.as_str()}
                    </label>
                    <label class="row">
                        <input
                            type="checkbox"
                            prop:checked=move || desk.filter.with(|filter| filter.cautions)
                            on:change=move |event| {
                                let checked = event_target_checked(&event);
                                desk.filter.update(|filter| filter.cautions = checked);
                            }
                        />
                        {words.cautions.as_str()}
                    </label>
                    <label>
                        <span class="label">{words.order.as_str()}</span>
                        <select on:change=move |event| {
                            desk.order.set(order_of(&event_target_value(&event)));
                        }>
                            <option value="newest">{words.newest.as_str()}</option>
                            <option value="oldest">{words.oldest.as_str()}</option>
                            <option value="name">{words.by_name.as_str()}</option>
                        </select>
                    </label>
                    <label class="row">
                        <input
                            type="checkbox"
                            prop:checked=move || desk.sound.get()
                            on:change=move |event| desk.sound.set(event_target_checked(&event))
                        />
                        {words.sound.as_str()}
                    </label>
                </div>
            </details>
        </form>
    }
}

/// How many opened, and how many did not and why.
#[component]
fn Counted(desk: Desk) -> impl IntoView {
    let words = &desk.content().words.list;
    let sentence = move || {
        let counts = desk.counts();
        let parts = [
            (&words.opened, counts.opened),
            (&words.other_keys, counts.other_keys),
            (&words.damaged, counts.damaged),
            (&words.garbage, counts.garbage),
        ];
        let named =
            parts.into_iter().enumerate().filter(|(nth, (_, number))| *nth == 0 || *number > 0);
        let named =
            named.map(|(_, (words, number))| fill(words, &[("number", &number.to_string())]));
        named.collect::<Vec<_>>().join(", ")
    };
    view! { <p class="counts muted">{sentence}</p> }
}

#[component]
fn Row(desk: Desk, id: Uuid) -> impl IntoView {
    let entry =
        Memo::new_with_compare(move |_| desk.entry(id), |before, after| !same(before, after));
    let is_open = move || desk.open.get() == Some(id);
    view! {
        <li>
            <button
                type="button"
                class="request"
                id=row_id(id)
                aria-current=move || is_open().then_some("true")
                on:click=move |_| desk.show(id)
            >
                {move || entry.get().map(|entry| view! { <RowText desk entry /> })}
            </button>
        </li>
    }
}

/// Whether two states of a request look the same in a row.
fn same(before: Option<&Option<Entry>>, after: Option<&Option<Entry>>) -> bool {
    match (before.and_then(Option::as_ref), after.and_then(Option::as_ref)) {
        (Some(before), Some(after)) => {
            before.work == after.work && before.opened().is_some() == after.opened().is_some()
        }
        (None, None) => before.is_some() == after.is_some(),
        _ => false,
    }
}

#[component]
fn RowText(desk: Desk, entry: Entry) -> impl IntoView {
    let content = desk.content();
    let words = &content.words;
    let office = desk.office();
    let title = match &entry.content {
        Opened::Opened(request) => details::name(request),
        Opened::Unreadable(_) => entry.reference.clone(),
    };
    let line = match &entry.content {
        Opened::Opened(request) => {
            let location = content.labels.locations.get(&request.preferred.location);
            let location = location.filter(|_| content.labels.locations.len() > 1);
            let parts = [Some(details::reach(request, &words.choices)), location.cloned()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
        Opened::Unreadable(Unreadable::OtherKeys(_)) => words.list.row_other_keys.clone(),
        Opened::Unreadable(Unreadable::Damaged) => words.list.row_damaged.clone(),
        Opened::Unreadable(Unreadable::Garbage) => words.list.row_garbage.clone(),
    };
    let assessment = entry.opened().and_then(|request| details::assessment(request, content));
    let caution = assessment.as_ref().is_some_and(|it| it.flags.iter().any(|flag| flag.caution));
    let outcome = assessment.map(|it| it.outcome);
    let (received_at, state) = (entry.received_at, entry.work.state);
    let age = move || office.age(received_at, desk.now.get());
    let is_late = {
        let age = age.clone();
        move || !state.is_settled() && age().is_late()
    };
    let when = {
        let office = desk.office();
        move || moment::moment(received_at, desk.now.get(), office.zone(), &words.dates)
    };
    let age_text = move || moment::age(age(), &words.dates);
    let work = words.states.sentence(&entry.work.state, entry.work.holder.as_deref());
    view! {
        <span class="top">
            <bdi class="name">{title}</bdi>
            <span class="age" class:late=is_late>{age_text}</span>
        </span>
        <span class="line">{line}</span>
        {outcome.map(|outcome| view! { <span class="line">{outcome}</span> })}
        {caution.then(|| view! { <span class="tag caution">{words.list.caution.as_str()}</span> })}
        <span class="line muted">{when} " · " {work}</span>
    }
}
