//! What the screens share: if the inbox is locked or open, and the staff file.

use clinic_core::inbox::Content;
use leptos::prelude::*;

use crate::browser::{clock, page};
use crate::desk::Desk;

/// Minutes without use after which the inbox locks itself.
const IDLE_MINUTES: i64 = 10;

/// The screen on display.
#[derive(Clone, Copy)]
// Its size differs by target and profile, so that no expectation would hold.
#[allow(clippy::large_enum_variant, reason = "copied, never moved")]
pub enum Stage {
    /// It waits for a staff file.
    Locked(Locked),
    /// Somebody works.
    Open(Desk),
}

/// Why it is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locked {
    /// It was just opened, or the person locked it.
    AtStart,
    /// Nobody used it for some minutes.
    Idle,
    /// The token was revoked.
    Revoked,
    /// The token has expired.
    Expired,
}

/// What the screens share.
#[derive(Clone, Copy)]
pub struct App {
    /// The screen on display.
    pub stage: RwSignal<Stage>,
    /// The staff file of whoever used this page last, as it was chosen: still sealed.
    pub file: RwSignal<Option<SealedFile>>,
    /// Moment of the last use, in seconds since 1970.
    used_at: StoredValue<i64>,
    /// The content of the inbox.
    pub content: &'static Content,
}

/// A staff file, sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl App {
    /// A locked inbox.
    pub fn new(content: &'static Content) -> Self {
        Self {
            stage: RwSignal::new(Stage::Locked(Locked::AtStart)),
            file: RwSignal::new(None),
            used_at: StoredValue::new(clock::now().as_second()),
            content,
        }
    }

    /// Locks the inbox: everything readable is dropped.
    pub fn lock(&self, why: Locked) {
        if let Stage::Open(desk) = self.stage.get_untracked() {
            desk.lock();
            self.stage.set(Stage::Locked(why));
            page::set_title(&self.content.words.site.name);
        }
    }

    /// Opens the inbox of a person.
    pub fn open(&self, desk: Desk) {
        self.used();
        self.stage.set(Stage::Open(desk));
    }

    /// Notes that the person does something. Whoever comes back too late finds it locked: while a computer sleeps
    /// no timer runs, and the first event after that may be a movement of the mouse.
    pub fn used(&self) {
        self.lock_if_idle();
        self.used_at.set_value(clock::now().as_second());
    }

    /// Locks the inbox if nobody has used it for some minutes.
    pub fn lock_if_idle(&self) {
        let idle = clock::now().as_second() - self.used_at.get_value();
        // A clock that was put back is no use.
        if idle.abs() >= IDLE_MINUTES * 60 {
            self.lock(Locked::Idle);
        }
    }
}
