//! Fetching what is stored, and what changes. Requests are fetched newest first and shown as they open; then
//! the service is asked every few seconds what arrived and what colleagues did.

use std::rc::Rc;
use std::time::Duration;

use clinic_core::inbox::Content;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::opening::open;
use super::places::{Places, Progress, Settled};
use super::session::Session;
use super::state::{Connection, Desk, ROWS};
use crate::browser::{clock, page, sound};
use crate::model::entry::Entry;
use crate::model::lists::{List, UNSETTLED};
use crate::model::requests::Requests;
use crate::service::ServiceError;
use crate::service::people::Me;
use crate::service::requests::{ListedRequest, Range};

/// Between two questions to the service, while the page is in view.
const POLL: Duration = Duration::from_secs(10);
/// The same, while it is not.
const POLL_HIDDEN: Duration = Duration::from_secs(60);
/// Before another try, after a call that was not carried out.
const RETRY: Duration = Duration::from_secs(5);
/// Milliseconds between two updates of the screen while requests open.
const FRAME: i64 = 150;

impl Desk {
    /// The inbox of a person whose staff file was opened. Fetching begins at once.
    pub fn open(session: Session, me: Me, content: &'static Content) -> Self {
        let desk = Self::new(session, me, content);
        desk.begin_fetching();
        desk
    }

    /// Shows a list from its beginning.
    pub fn show_list(&self, list: List) {
        self.list.set(list);
        self.rows.set(ROWS);
        self.open.set(None);
        self.message.set(None);
        if list.fetched_later().is_some() {
            self.fetch_settled(list);
        }
    }

    /// Shows more rows of the list.
    pub fn show_more(&self) {
        self.rows.update(|rows| *rows += ROWS);
        let list = self.list.get_untracked();
        if list.fetched_later().is_some() {
            self.fetch_settled(list);
        }
    }

    pub(super) fn begin_fetching(self) {
        spawn_local(async move {
            self.fetch_all().await;
            loop {
                let wait = if page::is_visible() { POLL } else { POLL_HIDDEN };
                clock::pause(wait).await;
                // Not held while it waits: once the inbox is locked, nothing of it is.
                let Some(session) = self.session() else { return };
                self.poll(&session).await;
            }
        });
        // Ages and "today" go on.
        spawn_local(async move {
            while self.session().is_some() {
                clock::pause(Duration::from_secs(30)).await;
                self.now.try_set(clock::now());
            }
        });
    }

    /// Asks at once what is new.
    pub fn refresh(self) {
        spawn_local(async move {
            if let Some(session) = self.session() {
                self.poll(&session).await;
            }
        });
    }

    /// Fetches everything on which something is left to do, however often it takes.
    async fn fetch_all(&self) {
        self.is_loading.try_set(true);
        while let Some(session) = self.session() {
            match self.try_fetch_all(&session).await {
                Ok(()) => {
                    self.connection.try_set(Connection::Fine);
                    break;
                }
                Err(error) if error.may_pass() => {
                    self.failed(error);
                    clock::pause(RETRY).await;
                }
                Err(error) => {
                    self.failed(error);
                    break;
                }
            }
        }
        self.is_loading.try_set(false);
    }

    async fn try_fetch_all(&self, session: &Rc<Session>) -> Result<(), ServiceError> {
        let mut before: Option<String> = None;
        loop {
            let range = before.as_deref().map_or(Range::Newest, Range::Before);
            let listed = session.service.list(range, &UNSETTLED).await?;
            if before.is_none() {
                let places = Places {
                    newest: listed.newest.clone(),
                    change: listed.change,
                    ..Places::default()
                };
                let _ = self.places.try_update_value(|it| *it = places);
            }
            self.open_all(session, listed.requests).await;
            if !listed.more || session.is_closed() {
                return Ok(());
            }
            before = Some(listed.next);
        }
    }

    /// Opens requests one after the other, and shows them a few at a time.
    async fn open_all(&self, session: &Rc<Session>, listed: Vec<ListedRequest>) {
        let mut opened: Vec<Entry> = Vec::new();
        let mut shown_at = clock::now();
        for request in listed {
            opened.push(open(session, request).await);
            if session.is_closed() {
                return;
            }
            if millis_since(shown_at) > FRAME {
                self.put(opened.drain(..));
                shown_at = clock::now();
            }
        }
        self.put(opened);
    }

    async fn poll(&self, session: &Rc<Session>) {
        match self.try_poll(session).await {
            Ok(()) => {
                self.connection.try_set(Connection::Fine);
            }
            Err(ServiceError::AnotherListing) => {
                // An older state was restored: what came since is gone.
                let _ = self.requests.try_update_value(|it| *it = Requests::default());
                self.bump();
                self.fetch_all().await;
            }
            Err(error) => self.failed(error),
        }
    }

    async fn try_poll(&self, session: &Rc<Session>) -> Result<(), ServiceError> {
        let places = self.places.try_get_value().unwrap_or_default();
        let changes = session.service.changes(places.change).await?;
        if places.epoch.as_ref().is_some_and(|epoch| *epoch != changes.epoch) {
            return Err(ServiceError::AnotherListing);
        }
        let mut unknown = Vec::new();
        for change in &changes.changes {
            let Some((id, work)) = change.id.zip(change.work()) else {
                self.forget_deleted(session, &change.reference).await?;
                continue;
            };
            let under_way = !work.state.is_settled();
            let known = self.requests.try_update_value(|it| it.update(&id, work)).unwrap_or(true);
            if !known && under_way && !unknown.contains(&id) {
                unknown.push(id);
            }
        }
        for id in unknown {
            match session.service.request(id).await {
                Ok(whole) => self.put([open(session, whole.request).await]),
                // Deleted meanwhile; the next changes say so.
                Err(ServiceError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        if !changes.changes.is_empty() {
            self.bump();
            self.refresh_detail();
        }
        let _ = self.places.try_update_value(|it| {
            it.change = changes.next;
            it.epoch = Some(changes.epoch);
        });
        self.fetch_arrivals(session, places.newest).await
    }

    /// Forgets a request that was deleted. Two requests can have one reference: which is gone, the service says.
    async fn forget_deleted(&self, session: &Session, reference: &str) -> Result<(), ServiceError> {
        let ids = self.requests.try_with_value(|it| it.of_reference(reference)).unwrap_or_default();
        let is_alone = ids.len() == 1;
        for id in ids {
            match is_alone.then_some(Err(ServiceError::NotFound)) {
                Some(gone) => gone,
                None => session.service.request(id).await.map(drop),
            }
            .or_else(|error| match error {
                ServiceError::NotFound => {
                    self.forget(id);
                    Ok(())
                }
                other => Err(other),
            })?;
        }
        Ok(())
    }

    async fn fetch_arrivals(
        &self,
        session: &Rc<Session>,
        mut after: String,
    ) -> Result<(), ServiceError> {
        loop {
            let listed = session.service.list(Range::After(&after), &[]).await?;
            let arrived = listed.requests.len();
            self.open_all(session, listed.requests).await;
            after = listed.next;
            let _ = self.places.try_update_value(|it| it.newest.clone_from(&after));
            if arrived > 0 {
                self.say(&self.content.words.list.arrived);
                if self.sound.try_get_untracked() == Some(true) {
                    sound::play();
                }
            }
            if !listed.more || session.is_closed() {
                return Ok(());
            }
        }
    }

    /// Fetches the next page of a list whose requests are settled.
    pub(super) fn fetch_settled(self, list: List) {
        let Some(states) = list.fetched_later() else { return };
        let begun = self.places.try_update_value(|places| {
            let settled = places.of(list);
            let begins = !settled.is_fetching && settled.progress != Progress::Done;
            settled.is_fetching |= begins;
            begins.then(|| settled.progress.clone())
        });
        let (Some(Some(progress)), Some(session)) = (begun, self.session()) else { return };
        self.is_loading.try_set(true);
        spawn_local(async move {
            let range = match &progress {
                Progress::Before(place) => Range::Before(place),
                Progress::NotBegun | Progress::Done => Range::Newest,
            };
            let reached = match session.service.list(range, states).await {
                Ok(listed) => {
                    self.open_all(&session, listed.requests).await;
                    if listed.more { Progress::Before(listed.next) } else { Progress::Done }
                }
                Err(error) => {
                    self.failed(error);
                    progress
                }
            };
            let _ = self.places.try_update_value(|places| {
                *places.of(list) = Settled { is_fetching: false, progress: reached };
            });
            self.is_loading.try_set(false);
            self.bump();
        });
    }

    /// Returns `true` if more of a list can be fetched. Follows changes.
    pub fn has_more(&self, list: List) -> bool {
        self.revision.track();
        list.fetched_later().is_some()
            && self
                .places
                .try_update_value(|places| places.of(list).progress != Progress::Done)
                .unwrap_or_default()
    }
}

fn millis_since(moment: Timestamp) -> i64 {
    clock::now().as_millisecond() - moment.as_millisecond()
}
