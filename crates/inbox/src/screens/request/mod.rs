//! A request: what the patient wrote, and what was done about it.
//!
//! | module | holds |
//! |---|---|
//! | `actions` | changing its state |
//! | `appointment` | a calendar file for a time agreed on |
//! | `contact` | calling, texting, writing |
//! | `history` | what was done about it |
//! | `more` | handing over, printing, deleting |
//! | `notes` | notes of the staff |
//! | [`text`] | what the patient wrote |

mod actions;
mod appointment;
mod contact;
mod history;
mod more;
mod notes;
pub mod text;

use clinic_core::inbox::words::fill;
use leptos::prelude::*;
use uuid::Uuid;

use self::actions::Actions;
use self::appointment::Appointment;
use self::contact::Contact;
use self::history::History;
use self::more::More;
use self::notes::Notes;
use self::text::Text;
use crate::browser::focus;
use crate::components::button::Button;
use crate::desk::Desk;
use crate::model::entry::{Content, Entry, Unreadable};
use crate::model::{details, moment};

/// The heading of the request on screen.
const HEADING: &str = "request-heading";

/// A request.
#[component]
pub fn RequestScreen(
    /// The inbox.
    desk: Desk,
    /// The request.
    id: Uuid,
) -> impl IntoView {
    let words = &desk.content().words.request;
    focus::focus(HEADING);
    let first = untrack(|| desk.entry(id));
    let shown = move || {
        first.clone().map(|entry| match &entry.content {
            Content::Opened(_) => view! { <Readable desk id entry /> }.into_any(),
            Content::Unreadable(why) => {
                let why = why.clone();
                view! { <CannotBeRead desk id reference=entry.reference.clone() why /> }.into_any()
            }
        })
    };
    view! {
        <section class="opened" aria-labelledby=HEADING aria-label=words.title.as_str()>
            <BackToList desk />
            {shown()}
        </section>
    }
}

#[component]
fn Readable(desk: Desk, id: Uuid, entry: Entry) -> impl IntoView {
    let words = &desk.content().words;
    let office = desk.office();
    let Content::Opened(request) = entry.content.clone() else { return ().into_any() };
    let (received_at, reference) = (entry.received_at, entry.reference.clone());
    let arrived = {
        let words = &words.request;
        let dates = &desk.content().words.dates;
        move || {
            let now = desk.now.get();
            let when = moment::moment(received_at, now, office.zone(), dates);
            let age = moment::age(office.age(received_at, now), dates);
            fill(&words.arrived, &[("when", &when), ("age", &age)])
        }
    };
    let held_by_another = move || {
        let me = desk.me.with(|me| me.name.clone());
        let work = desk.entry(id)?.work;
        let holder =
            work.holder.clone().filter(|_| work.is_under_way() && !work.is_held_by(&me))?;
        Some(fill(&words.request.held_by, &[("name", &holder)]))
    };
    view! {
        <h1 id=HEADING tabindex="-1"><bdi>{details::name(&request)}</bdi></h1>
        <p class="muted">{arrived} " · " {words.request.reference.as_str()} " " {reference.clone()}</p>
        <p class="message caution" role="status" hidden=move || held_by_another().is_none()>
            {held_by_another}
        </p>
        <Contact desk request=request.clone() />
        <Actions desk id />
        <Text desk request=request.clone() />
        <Notes desk id />
        <Appointment desk request=request.clone() reference=reference.clone() />
        <History desk received_at />
        <More desk id />
    }
    .into_any()
}

/// A request that does not open: what can be done all the same.
#[component]
fn CannotBeRead(desk: Desk, id: Uuid, reference: String, why: Unreadable) -> impl IntoView {
    let words = &desk.content().words.request;
    let (text, keys) = match why {
        Unreadable::OtherKeys(keys) => (words.other_keys.as_str(), keys),
        Unreadable::Damaged => (words.damaged.as_str(), Vec::new()),
        Unreadable::Garbage => (words.garbage.as_str(), Vec::new()),
    };
    let needed = (!keys.is_empty()).then(|| {
        view! {
            <p>{words.needed_keys.as_str()}</p>
            <ul class="keys">
                {keys.into_iter().map(|key| view! { <li><code>{key}</code></li> }).collect_view()}
            </ul>
        }
    });
    view! {
        <h1 id=HEADING tabindex="-1">{reference}</h1>
        <p class="message caution">{text}</p>
        {needed}
        <Actions desk id />
        <More desk id />
    }
}

/// A link back to the list, where the list is not beside the request.
#[component]
fn BackToList(
    /// The inbox.
    desk: Desk,
) -> impl IntoView {
    let words = &desk.content().words.request;
    view! {
        <div class="back">
            <Button label=words.back.clone() look="quiet" on_press=move || desk.close() />
        </div>
    }
}
