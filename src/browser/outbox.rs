//! Carries out the commands of [`guide_core::request::outbox`]: stores, posts, waits, tells other tabs.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use guide_core::request::envelope::{MEDIA_TYPE, ProtectedHeader};
use guide_core::request::outbox::{Command, Entry, Event, Moment, Notice, Outbox, Report};
use guide_core::request::reference::Reference;
use js_sys::Math;
use leptos::ev;
use leptos::prelude::{set_timeout, window_event_listener};
use uuid::Uuid;
use web_sys::AbortController;

use super::crypto::{self, SealingKey};
use super::post::post;
use super::tabs::{Tabs, Told};
use super::{clock, page, proof_of_work, state, storage};

/// Something to show, or to tell the form about its request.
#[derive(Clone, Debug, PartialEq)]
pub enum Update {
    /// How the form's own request goes.
    Notice(Notice),
    /// The browser cannot seal. Nothing was sent.
    CannotSeal,
    /// The pending requests are others now, or none.
    Pending(Option<Report>),
    /// A request of an earlier visit has arrived.
    Delivered {
        /// By which the clinic knows it.
        reference: String,
    },
    /// A proof of work is under way: the share done, from 0 to 1. `None` once it has ended.
    Working(Option<f64>),
}

/// A request to seal and send.
#[derive(Debug)]
pub struct Outgoing {
    /// Of the request: the same id is the same request, which is sealed once.
    pub id: Uuid,
    /// The padded JSON.
    pub payload: Vec<u8>,
    /// The keys to seal for.
    pub keys: Vec<SealingKey>,
    /// Filled in as a robot would: some work is done before it is sent.
    pub throttled: bool,
}

struct Driver {
    endpoint: String,
    outbox: Outbox,
    on_update: Rc<dyn Fn(Update)>,
    /// As last shown.
    report: Option<Report>,
    /// Ends what is under way for an entry.
    aborts: Vec<(Uuid, AbortController)>,
    tabs: Tabs,
    /// Sealed last: sent again after a refusal, it is the same bytes.
    sealed: Option<Entry>,
}

thread_local! {
    // There is one outbox a page.
    static DRIVER: RefCell<Option<Driver>> = const { RefCell::new(None) };
}

/// Opens the outbox and goes on with what an earlier visit, or another tab, has stored.
pub fn begin(endpoint: &str, on_update: impl Fn(Update) + 'static) {
    let tabs = Tabs::join(|told| {
        handle(match told {
            Told::Arrived(id) => Event::ArrivedElsewhere(id),
            Told::Removed(id) => Event::RemovedElsewhere(id),
        });
    });
    DRIVER.set(Some(Driver {
        endpoint: endpoint.to_owned(),
        outbox: Outbox::default(),
        on_update: Rc::new(on_update),
        report: None,
        aborts: Vec::new(),
        tabs,
        sealed: None,
    }));
    window_event_listener(ev::online, |_| handle(Event::Online));
    spawn(async { handle(Event::Opened(storage::entries().await)) });
}

/// Seals a request before it is sent, which may never be. If it fails, [`send`] says so.
pub fn prepare(outgoing: Outgoing) {
    spawn(async move {
        sealed(&outgoing).await;
    });
}

/// Seals a request, unless that was done before, and sends it.
pub fn send(outgoing: Outgoing) {
    spawn(async move {
        if outgoing.throttled
            && let Ok(controller) = AbortController::new()
        {
            proof_of_work::throttle(&controller.signal(), working).await;
            update(Update::Working(None));
        }
        match sealed(&outgoing).await {
            Some(entry) => handle(Event::Sealed(entry)),
            None => update(Update::CannotSeal),
        }
    });
}

/// Sends every pending request now.
pub fn send_now() {
    handle(Event::SendNow);
}

/// Sends no pending request any more.
pub fn remove() {
    handle(Event::Remove);
}

/// Saves every pending request as a file, still sealed.
pub fn save() {
    let entries = with(|driver| driver.outbox.entries().cloned().collect::<Vec<_>>());
    for Entry { reference, sealed, .. } in entries.unwrap_or_default() {
        page::download(&["request-", &reference, ".jwe.json"].concat(), MEDIA_TYPE, &sealed);
    }
}

async fn sealed(outgoing: &Outgoing) -> Option<Entry> {
    let id = outgoing.id;
    let before = || {
        let sealed = with(|driver| driver.sealed.clone()).flatten();
        sealed.filter(|entry| entry.id == id)
    };
    if let Some(entry) = before() {
        return Some(entry);
    }
    let header = ProtectedHeader::new(id);
    // Why it failed makes no difference to the patient: another browser is needed.
    let sealed = crypto::seal(&outgoing.payload, &header, &outgoing.keys).await.ok()?;
    let reference = Reference::of(&id).to_string();
    let entry = Entry { id, reference, sealed, created_at: clock::unix_time() };
    // Sealed twice at once, by Send in the middle of `prepare`, it is the same bytes all the same.
    let entry = before().unwrap_or(entry);
    with(|driver| driver.sealed = Some(entry.clone()));
    Some(entry)
}

/// Lets the outbox react, carries out what it commands, and shows what has changed.
fn handle(event: Event) {
    let moment = Moment { now: clock::unix_time(), jitter: Math::random() };
    let commands = with(|driver| driver.outbox.handle(event, moment)).unwrap_or_default();
    // Shown first: a notice moves the focus into what is shown.
    show();
    commands.into_iter().for_each(carry_out);
}

fn show() {
    let changed = with(|driver| {
        // Nothing that is stored nowhere else is left without a question.
        page::ask_before_leaving(driver.outbox.has_unstored());
        let report = driver.outbox.report();
        let changed = report != driver.report;
        driver.report.clone_from(&report);
        changed.then_some(report)
    });
    if let Some(Some(report)) = changed {
        update(Update::Pending(report));
    }
}

fn carry_out(command: Command) {
    match command {
        Command::Store(entry) => spawn(async move {
            let stored = storage::put(&entry).await;
            handle(Event::Stored { id: entry.id, stored });
        }),
        Command::Find(id) => {
            spawn(async move { handle(Event::Found(id, storage::find(id).await)) });
        }
        Command::Post { id, sealed, proof } => {
            let Some(abort) = begin_abortable(id) else { return };
            let endpoint = with(|driver| driver.endpoint.clone()).unwrap_or_default();
            spawn(async move {
                let response = post(&endpoint, id, &sealed, proof.as_deref(), &abort).await;
                handle(Event::Responded(id, response));
            });
        }
        Command::Prove(id, challenge) => {
            let Some(abort) = begin_abortable(id) else { return };
            spawn(async move {
                let proof = proof_of_work::solve(&challenge, &abort.signal(), working).await;
                update(Update::Working(None));
                handle(Event::Proved(id, proof));
            });
        }
        Command::Pause { id, pause, nth } => {
            set_timeout(move || handle(Event::Paused { id, nth }), Duration::from_millis(pause));
        }
        Command::Abort(id) => abort(id),
        Command::Delete { id, arrived } => {
            if arrived {
                tell(Told::Arrived(id));
            }
            // One that cannot be deleted is posted again, and intake has it already.
            spawn(async move {
                storage::remove(id, false).await;
            });
        }
        Command::Remove(id) => spawn(async move {
            let removed = storage::remove(id, true).await;
            tell(Told::Removed(id));
            handle(Event::Removed { id, removed });
        }),
        Command::Notify(notice) => update(Update::Notice(notice)),
        Command::Announce { reference } => update(Update::Delivered { reference }),
    }
}

fn begin_abortable(id: Uuid) -> Option<AbortController> {
    // Older than WebAssembly in every browser.
    let abort = AbortController::new().ok()?;
    with(|driver| {
        driver.aborts.retain(|(of, _)| *of != id);
        driver.aborts.push((id, abort.clone()));
    });
    Some(abort)
}

fn abort(id: Uuid) {
    with(|driver| {
        for (_, abort) in driver.aborts.iter().filter(|(of, _)| *of == id) {
            abort.abort();
        }
    });
}

fn tell(told: Told) {
    with(|driver| driver.tabs.tell(told));
}

fn working(share: f64) {
    update(Update::Working(Some(share)));
}

fn update(update: Update) {
    // Outside the borrow: the listener may send again.
    if let Some(on_update) = with(|driver| driver.on_update.clone()) {
        on_update(update);
    }
}

/// Runs something beside the page. Boxed, so that the runtime is compiled once, not once a future.
fn spawn(future: impl Future<Output = ()> + 'static) {
    let future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    wasm_bindgen_futures::spawn_local(future);
}

/// `None` before [`begin`]. Never called within itself: `act` runs no listener.
fn with<T>(act: impl FnOnce(&mut Driver) -> T) -> Option<T> {
    state::with(&DRIVER, act)
}
