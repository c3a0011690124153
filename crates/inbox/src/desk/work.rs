//! Changing requests. Each change names the version that it is made upon, so that two people never overwrite
//! each other: the second one is told.

use std::time::Duration;

use clinic_core::inbox::words::fill;
use clinic_core::state::State;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::opening::open;
use super::session::Session;
use super::state::{Desk, Detail};
use crate::browser::{clock, focus};
use crate::service::ServiceError;
use crate::service::requests::{NewState, RequestStatus};

/// The two of a double press are no further apart: the longest that desktops take for one by default.
const DOUBLE_PRESS: Duration = Duration::from_millis(500);

impl Desk {
    /// Shows a request.
    pub fn show(self, id: Uuid) {
        self.detail.set(None);
        self.message.set(None);
        self.open.set(Some(id));
        self.refresh_detail();
    }

    /// Fetches history and notes of the request on screen anew.
    pub(super) fn refresh_detail(self) {
        let (Some(Some(id)), Some(session)) = (self.open.try_get_untracked(), self.session())
        else {
            return;
        };
        spawn_local(async move {
            match session.service.request(id).await {
                Ok(whole) => {
                    let _ = self.requests.try_update_value(|requests| {
                        requests.update(&id, whole.request.status.work())
                    });
                    self.bump();
                    let notes = self.open_notes(&session, id, whole.sealed_notes).await;
                    // Somebody may look at another request by now.
                    if self.open.try_get_untracked() == Some(Some(id)) {
                        self.detail.try_set(Some(Detail { history: whole.history, notes }));
                    }
                }
                Err(ServiceError::NotFound) => self.forget(id),
                Err(error) => self.failed(error),
            }
        });
    }

    /// Sets the state of a request; `holder` is who is to have it, the person at this page where it is `None`.
    pub fn set_state(self, id: Uuid, state: State, holder: Option<String>) {
        let Some(version) = self.version(id) else { return };
        let words = &self.content.words.states;
        let done = match &holder {
            Some(name) => fill(&words.done_handed_over, &[("name", name)]),
            None => words.done(state).clone(),
        };
        self.change(id, done, async move |session| {
            session.service.set_state(id, version, &NewState { state, holder }).await
        });
    }

    /// Takes back the last change of a request.
    pub fn undo(self, id: Uuid) {
        let Some(version) = self.version(id) else { return };
        let done = self.content.words.states.done_undone.clone();
        self.change(id, done, async move |session| session.service.undo(id, version).await);
    }

    /// Deletes a request for good.
    pub fn delete(self, id: Uuid) {
        let Some(session) = self.session() else { return };
        self.is_busy.set(true);
        spawn_local(async move {
            match session.service.delete(id).await {
                Ok(()) => {
                    self.forget(id);
                    self.say(&self.content.words.request.deleted);
                }
                Err(ServiceError::NotFound) => self.forget(id),
                Err(error) => self.say_error(error),
            }
            self.is_busy.try_set(false);
        });
    }

    fn change(
        self,
        id: Uuid,
        done: String,
        change: impl AsyncFnOnce(std::rc::Rc<Session>) -> Result<RequestStatus, ServiceError> + 'static,
    ) {
        let Some(session) = self.session() else { return };
        // Pressed twice is pressed once.
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            match change(session.clone()).await {
                Ok(status) => {
                    let work = status.work();
                    let _ = self.requests.try_update_value(|it| it.update(&id, work));
                    self.bump();
                    self.say(&done);
                    self.refresh_detail();
                }
                Err(ServiceError::ChangedMeanwhile) => {
                    if let Ok(whole) = session.service.request(id).await {
                        self.put([open(&session, whole.request).await]);
                    }
                    self.say_error(ServiceError::ChangedMeanwhile);
                    self.refresh_detail();
                }
                Err(ServiceError::NotFound) => {
                    self.forget(id);
                    self.say_error(ServiceError::NotFound);
                }
                // It may have been carried out: what is stored decides.
                Err(error) => {
                    self.say_error(error);
                    self.refresh_detail();
                }
            }
            self.ends_change().await;
        });
    }

    /// Lets buttons work again, once the second press of a double one is over. It would hit what stands in the
    /// place of the first button by then: "Tried, no answer" after "I take it".
    pub(super) async fn ends_change(&self) {
        clock::pause(DOUBLE_PRESS).await;
        self.is_busy.try_set(false);
    }

    fn version(&self, id: Uuid) -> Option<u64> {
        let version = |requests: &crate::model::requests::Requests| {
            requests.get(&id).map(|entry| entry.work.version)
        };
        self.requests.try_with_value(version).flatten()
    }

    /// Forgets a request that is not stored any more.
    pub(super) fn forget(&self, id: Uuid) {
        let _ = self.requests.try_update_value(|requests| requests.remove(&id));
        if self.open.try_get_untracked() == Some(Some(id)) {
            self.open.try_set(None);
            focus::focus("main");
        }
        self.bump();
    }
}
