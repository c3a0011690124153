//! Carries out the commands of [`guide_core::request::outbox`]: stores, posts, sets timers, messages other
//! tabs.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use guide_core::request::envelope::{MEDIA_TYPE, ProtectedHeader};
use guide_core::request::outbox::{Command, Entry, Event, Moment, Notice, Outbox, Report};
use guide_core::request::reference::Reference;
use js_sys::Math;
use leptos::prelude::{document, set_timeout, window_event_listener_untyped};
use uuid::Uuid;
use web_jwe::SealingKey;
use web_sys::AbortController;

use super::post::post;
use super::tabs::{TabMessage, Tabs};
use super::{clock, page, proof_of_work, state, storage};

/// A change to show.
#[derive(Clone, Debug, PartialEq)]
pub enum Update {
    /// The form's own request has a new state.
    Notice(Notice),
    /// The page is seen again: its tab was in the background, or it comes from the back/forward cache; or the device is
    /// online again. The day may be another.
    SeenAgain,
    /// The browser cannot encrypt. Nothing was sent.
    CannotSeal,
    /// The list of pending requests has changed; `None` if it is empty.
    Pending(Option<Report>),
    /// A request of an earlier visit has arrived.
    Delivered {
        /// The reference by which the clinic finds it.
        reference: String,
    },
    /// A proof of work is under way: the share done, from 0 to 1. `None` once it has ended.
    Working(Option<f64>),
}

/// A request to seal and send.
#[derive(Debug)]
pub struct Outgoing {
    /// The id of the request, which is encrypted once only.
    pub id: Uuid,
    /// The padded JSON.
    pub payload: Vec<u8>,
    /// The keys to encrypt for.
    pub keys: Vec<SealingKey>,
    /// The form was filled in like by a robot: a proof of work comes before sending.
    pub throttled: bool,
}

struct Driver {
    endpoint: String,
    outbox: Outbox,
    on_update: Rc<dyn Fn(Update)>,
    /// The report shown last.
    report: Option<Report>,
    /// Abort the running post or proof of work of an entry.
    aborts: Vec<(Uuid, AbortController)>,
    tabs: Tabs,
    /// A request is stored only after the work that is asked of robots.
    throttled: bool,
    /// The entry encrypted last. After a refusal it is sent again as the same bytes.
    sealed: Option<Entry>,
}

thread_local! {
    // One outbox for each page.
    static DRIVER: RefCell<Option<Driver>> = const { RefCell::new(None) };
}

/// Opens the outbox and continues with entries that an earlier visit or another tab has stored, now and whenever the
/// page is seen again: that tab may have been closed meanwhile.
pub fn begin(endpoint: &str, on_update: impl Fn(Update) + 'static) {
    let tabs = Tabs::join(|message| {
        handle(match message {
            TabMessage::Arrived(id) => Event::ArrivedElsewhere(id),
            TabMessage::Removed(id) => Event::RemovedElsewhere(id),
        });
    });
    DRIVER.set(Some(Driver {
        endpoint: endpoint.to_owned(),
        outbox: Outbox::default(),
        on_update: Rc::new(on_update),
        report: None,
        aborts: Vec::new(),
        tabs,
        throttled: false,
        sealed: None,
    }));
    // Of two windows both are visible, and a page is sure to be shown when it comes from the back/forward cache.
    for event in ["online", "visibilitychange", "focus", "pageshow"] {
        window_event_listener_untyped(event, move |_| {
            if event == "online" || !document().hidden() {
                // In the background timers hardly run: pauses may be over.
                handle(Event::Online);
                update(Update::SeenAgain);
                read();
            }
        });
    }
    read();
}

fn read() {
    spawn(async { handle(Event::Read(storage::entries().await)) });
}

/// Encrypts a request and opens the storage in advance. A failure shows when [`send`] repeats it.
pub fn prepare(outgoing: Outgoing) {
    spawn(async move {
        storage::prepare();
        sealed(&outgoing).await;
    });
}

/// Encrypts a request, unless it already is, and sends it.
pub fn send(outgoing: Outgoing) {
    spawn(async move {
        if outgoing.throttled
            && let Ok(controller) = AbortController::new()
        {
            with(|driver| driver.throttled = true);
            show();
            proof_of_work::throttle(&controller.signal(), working).await;
            update(Update::Working(None));
        }
        let entry = sealed(&outgoing).await;
        with(|driver| driver.throttled = false);
        show();
        match entry {
            Some(entry) => handle(Event::Sealed(entry)),
            None => update(Update::CannotSeal),
        }
    });
}

/// Sends every pending request now.
pub fn send_now() {
    handle(Event::SendNow);
}

/// Removes every pending request, so that it is not sent any more.
pub fn remove() {
    handle(Event::Remove);
}

/// Saves every pending request as a file, encrypted as it is.
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
    // The reason makes no difference to the patient: only another browser helps.
    let sealed = web_jwe::seal(&outgoing.payload, &header, &outgoing.keys).await.ok()?;
    let reference = Reference::of(&id).to_string();
    let entry = Entry { id, reference, sealed, created_at: clock::unix_time() };
    // Send may run while `prepare` still does: both must use the same bytes.
    let entry = before().unwrap_or(entry);
    with(|driver| driver.sealed = Some(entry.clone()));
    Some(entry)
}

/// Passes an event to the outbox, shows the changes, and carries out the commands.
fn handle(event: Event) {
    let moment = Moment { now: clock::unix_time(), jitter: Math::random() };
    let commands = with(|driver| driver.outbox.handle(event, moment)).unwrap_or_default();
    // Shows first: a notice moves the focus into the changed screen.
    show();
    commands.into_iter().for_each(carry_out);
}

fn show() {
    let changed = with(|driver| {
        // Leaving the page would lose a request that is in memory only.
        page::ask_before_leaving(driver.throttled || driver.outbox.has_unstored());
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
            // A request that was refused is left in the form of this tab alone.
            broadcast(if arrived { TabMessage::Arrived(id) } else { TabMessage::Removed(id) });
            // An entry that could not be deleted is posted again; intake recognizes it as a duplicate.
            spawn(async move {
                storage::remove(id, false).await;
            });
        }
        Command::Remove(id) => spawn(async move {
            let removed = storage::remove(id, true).await;
            broadcast(TabMessage::Removed(id));
            handle(Event::Removed { id, removed });
        }),
        Command::Notify(notice) => update(Update::Notice(notice)),
        Command::Announce { reference } => update(Update::Delivered { reference }),
    }
}

fn begin_abortable(id: Uuid) -> Option<AbortController> {
    // Exists in every browser with WebAssembly.
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

fn broadcast(message: TabMessage) {
    with(|driver| driver.tabs.broadcast(message));
}

fn working(share: f64) {
    update(Update::Working(Some(share)));
}

fn update(update: Update) {
    // Called outside of the borrow: the listener may send again.
    if let Some(on_update) = with(|driver| driver.on_update.clone()) {
        on_update(update);
    }
}

/// Runs a future in the background. Boxed, so that the executor is compiled once for all futures.
pub(super) fn spawn(future: impl Future<Output = ()> + 'static) {
    let future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    wasm_bindgen_futures::spawn_local(future);
}

/// Runs `act` on the driver; `None` before [`begin`]. `act` must run no listener, which would call this
/// again.
fn with<T>(act: impl FnOnce(&mut Driver) -> T) -> Option<T> {
    state::with(&DRIVER, act)
}
