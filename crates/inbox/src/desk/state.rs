//! What an unlocked inbox holds.

use std::collections::HashMap;
use std::rc::Rc;

use clinic_core::inbox::Content;
use clinic_core::inbox::words::fill;
use jiff::Timestamp;
use leptos::prelude::*;
use uuid::Uuid;

use super::places::Places;
use super::session::Session;
use crate::browser::{clock, focus, page};
use crate::model::age::Office;
use crate::model::entry::Entry;
use crate::model::filter::{Filter, Order};
use crate::model::lists::List;
use crate::model::requests::{Counts, Requests};
use crate::service::ServiceError;
use crate::service::people::Me;
use crate::service::requests::Step;

/// Rows that a list shows before somebody asks for more.
pub(super) const ROWS: usize = 50;

/// How the connection to the service is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// The last call was carried out.
    #[default]
    Fine,
    /// The device is offline.
    Offline,
    /// The service does not respond, or cannot use its database.
    Down,
}

/// A note that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its number.
    pub number: i64,
    /// When it was written.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Its text; `None` where it does not open.
    pub text: Option<String>,
}

/// What is known of the request on screen beyond its row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// What was done about it, the oldest first.
    pub history: Vec<Step>,
    /// Its notes, the oldest first.
    pub notes: Vec<Note>,
}

/// An unlocked inbox.
#[derive(Clone, Copy)]
pub struct Desk {
    pub(super) session: StoredValue<Option<Rc<Session>>, LocalStorage>,
    pub(super) requests: StoredValue<Requests, LocalStorage>,
    office: StoredValue<Office>,
    pub(super) content: &'static Content,
    /// Grows whenever a request changes.
    pub(super) revision: RwSignal<u64>,
    /// Places of the listing; see [`Places`].
    pub(super) places: StoredValue<Places>,
    /// The person.
    pub me: RwSignal<Me>,
    /// The list on screen.
    pub list: RwSignal<List>,
    /// What it is narrowed to.
    pub filter: RwSignal<Filter>,
    /// Its order.
    pub order: RwSignal<Order>,
    /// The most rows that it shows.
    pub rows: RwSignal<usize>,
    /// The request on screen.
    pub open: RwSignal<Option<Uuid>>,
    /// What is known of it beyond its row.
    pub detail: RwSignal<Option<Detail>>,
    /// Requests are being fetched.
    pub is_loading: RwSignal<bool>,
    /// How the connection is.
    pub connection: RwSignal<Connection>,
    /// The last thing that happened, in a sentence: shown, and read out.
    pub message: RwSignal<Option<Message>>,
    /// A sound is played when a request arrives.
    pub sound: RwSignal<bool>,
    /// Notes that are not saved yet, each by its request.
    pub drafts: RwSignal<HashMap<Uuid, String>>,
    /// This moment, to the minute.
    pub now: RwSignal<Timestamp>,
    /// The clock of this device differs from the service's by so many minutes.
    pub clock_off: RwSignal<Option<i64>>,
    /// Why the session has ended.
    pub ended: RwSignal<Option<ServiceError>>,
    /// A change is under way.
    pub is_busy: RwSignal<bool>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The sentence.
    pub text: String,
    /// It went wrong.
    pub is_error: bool,
}

impl Desk {
    /// The inbox of a person whose staff file was opened, with nothing fetched yet.
    pub(super) fn new(session: Session, me: Me, content: &'static Content) -> Self {
        let now = clock::now();
        let minutes = (now - me.now).get_seconds() / 60;
        let clinic = &content.clinic;
        Self {
            session: StoredValue::new_local(Some(Rc::new(session))),
            requests: StoredValue::new_local(Requests::default()),
            office: StoredValue::new(Office::new(&clinic.time_zone, &clinic.office_hours)),
            content,
            revision: RwSignal::new(0),
            places: StoredValue::new(Places::default()),
            me: RwSignal::new(me),
            list: RwSignal::new(List::New),
            filter: RwSignal::new(Filter::default()),
            order: RwSignal::new(Order::Newest),
            rows: RwSignal::new(ROWS),
            open: RwSignal::new(None),
            detail: RwSignal::new(None),
            is_loading: RwSignal::new(true),
            connection: RwSignal::new(Connection::Fine),
            message: RwSignal::new(None),
            sound: RwSignal::new(false),
            drafts: RwSignal::new(HashMap::new()),
            now: RwSignal::new(now),
            clock_off: RwSignal::new((minutes.abs() >= 5).then_some(minutes)),
            ended: RwSignal::new(None),
            is_busy: RwSignal::new(false),
        }
    }

    /// The content of the inbox.
    pub const fn content(&self) -> &'static Content {
        self.content
    }

    /// The keys and the token of the person; `None` once it is locked.
    pub fn session(&self) -> Option<Rc<Session>> {
        self.session.try_get_value().flatten().filter(|session| !session.is_closed())
    }

    /// Forgets everything: nothing readable is left, and tasks under way end.
    pub fn lock(&self) {
        if let Some(Some(session)) = self.session.try_update_value(Option::take) {
            session.close();
        }
        let _ = self.requests.try_update_value(|requests| *requests = Requests::default());
        self.open.try_set(None);
        self.detail.try_set(None);
        self.filter.try_set(Filter::default());
        self.drafts.try_set(HashMap::new());
        self.message.try_set(None);
    }

    /// A request. Follows its changes.
    pub fn entry(&self, id: Uuid) -> Option<Entry> {
        self.revision.track();
        self.requests.try_with_value(|requests| requests.get(&id).cloned()).flatten()
    }

    /// The requests that the list on screen shows, in their order. Follows changes of all of them.
    pub fn shown(&self) -> Vec<Uuid> {
        self.revision.track();
        let (list, order) = (self.list.get(), self.order.get());
        let me = self.me.with(|me| me.name.clone());
        let cautions = self.cautions();
        self.filter.with(|filter| {
            self.requests
                .try_with_value(|requests| requests.shown((list, &me), filter, order, &cautions))
                .unwrap_or_default()
        })
    }

    /// The number of requests in a list. Follows their changes.
    pub fn count(&self, list: List) -> usize {
        self.revision.track();
        let me = self.me.with(|me| me.name.clone());
        self.requests.try_with_value(|requests| requests.count(list, &me)).unwrap_or_default()
    }

    /// How many requests could be read. Follows their changes.
    pub fn counts(&self) -> Counts {
        self.revision.track();
        self.requests.try_with_value(Requests::counts).unwrap_or_default()
    }

    /// The office, for ages and moments.
    pub fn office(&self) -> Office {
        self.office.get_value()
    }

    /// Goes back from a request to the list, and to its row there.
    pub fn close(&self) {
        if let Some(id) = self.open.get_untracked() {
            self.open.set(None);
            focus::focus_or(&format!("row-{id}"), "main");
        }
    }

    /// Says what happened.
    pub fn say(&self, text: &str) {
        self.message.try_set(Some(Message { text: text.to_owned(), is_error: false }));
    }

    /// Says what went wrong.
    pub fn say_error(&self, error: ServiceError) {
        if error.ends_session() {
            self.ended.try_set(Some(error));
            return;
        }
        let words = &self.content.words.errors;
        let text = match error {
            ServiceError::NoResponse => &words.no_response,
            ServiceError::Unavailable => &words.unavailable,
            ServiceError::NotAllowed => &words.not_allowed,
            ServiceError::NotFound => &words.not_found,
            ServiceError::ChangedMeanwhile => &words.changed_meanwhile,
            ServiceError::Conflict => &words.conflict,
            ServiceError::Refused => &words.refused,
            _ => &words.unexpected,
        };
        self.message.try_set(Some(Message { text: text.clone(), is_error: true }));
    }

    /// The title of the page: the number of new requests, and nothing of any of them.
    pub fn title(&self) -> String {
        let words = &self.content.words.site;
        let clinic = &self.content.clinic.name;
        match self.count(List::New) {
            0 => fill(&words.title, &[("clinic", clinic)]),
            new => fill(&words.title_new, &[("clinic", clinic), ("number", &new.to_string())]),
        }
    }

    pub(super) fn failed(&self, error: ServiceError) {
        match error {
            ServiceError::NoResponse if !page::is_online() => {
                self.connection.try_set(Connection::Offline);
            }
            ServiceError::NoResponse | ServiceError::Unavailable | ServiceError::Unexpected => {
                self.connection.try_set(Connection::Down);
            }
            other => self.say_error(other),
        }
    }

    fn cautions(&self) -> Vec<String> {
        let flags = self.content.labels.flags.iter();
        flags.filter(|(_, flag)| flag.caution).map(|(id, _)| id.clone()).collect()
    }

    pub(super) fn put(&self, entries: impl IntoIterator<Item = Entry>) {
        let put = |requests: &mut Requests| entries.into_iter().for_each(|it| requests.put(it));
        let _ = self.requests.try_update_value(put);
        self.bump();
    }

    pub(super) fn bump(&self) {
        self.revision.try_update(|revision| *revision += 1);
    }
}
