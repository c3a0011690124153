//! The outbox's inputs and outputs: events come in, commands and notices go out.

use uuid::Uuid;

use super::schedule::Millis;

/// A sealed request as the browser stores it. Nothing in it is readable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The request's id, the same through every retry.
    pub id: Uuid,
    /// The short name that the patient and the clinic know it by.
    pub reference: String,
    /// The envelope, JSON: always posted as these bytes.
    pub sealed: String,
    /// The moment of sealing, by the patient's clock.
    pub created_at: Millis,
}

/// An event that the outbox reacts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Storage was read, when the page was opened or is seen again: entries that an earlier visit, or another tab, left
    /// there.
    Read(Vec<Entry>),
    /// Send was pressed and the request is sealed.
    Sealed(Entry),
    /// The browser's storage has written an entry, or has failed to.
    Stored {
        /// Of the entry.
        id: Uuid,
        /// It is written.
        stored: bool,
    },
    /// A pause has ended.
    Paused {
        /// Of the entry.
        id: Uuid,
        /// As in [`Command::Pause`].
        nth: u32,
    },
    /// Storage was read for an entry that is about to be posted.
    Found(Uuid, Found),
    /// A post has ended.
    Responded(Uuid, Response),
    /// The proof of work is done; `None` where there is no solution.
    Proved(Uuid, Option<String>),
    /// The device has a network again.
    Online,
    /// The patient wants every listed entry to be sent now.
    SendNow,
    /// The patient wants no listed entry to be sent any more.
    Remove,
    /// Storage has marked an entry as removed, or has failed to.
    Removed {
        /// Of the entry.
        id: Uuid,
        /// It is marked.
        removed: bool,
    },
    /// Another tab saw an entry arrive.
    ArrivedElsewhere(Uuid),
    /// The patient removed an entry in another tab.
    RemovedElsewhere(Uuid),
}

/// The result of looking an entry up in storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The entry itself.
    Entry,
    /// The mark that the patient removed it, maybe in another tab.
    RemovedMark,
    /// Nothing: another tab saw it arrive, or the browser dropped it.
    Nothing,
    /// Storage cannot be read.
    Unavailable,
}

/// The end of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// No response came.
    Missing {
        /// The browser believes that it has a network.
        online: bool,
    },
    /// A response came, from intake or from something in between.
    Http {
        /// From 100 to 599.
        status: u16,
        /// The reference in its body, if any.
        reference: Option<String>,
        /// The pause that it asks for.
        retry_after: Option<Millis>,
        /// The proof of work that it asks for.
        challenge: Option<Challenge>,
    },
}

/// A proof of work to do, as ALTCHA has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The name of the digest; SHA-256.
    pub algorithm: String,
    /// The digest of salt and number, hexadecimal.
    pub challenge: String,
    /// Comes before the number.
    pub salt: String,
    /// Authenticates the challenge; returned as it is.
    pub signature: String,
    /// The largest number that can be the solution.
    pub max_number: u32,
}

/// Something for the browser to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Write an entry to storage, then [`Event::Stored`].
    Store(Entry),
    /// Look an entry up in storage, then [`Event::Found`].
    Find(Uuid),
    /// Post an entry, then [`Event::Responded`].
    Post {
        /// Of the entry.
        id: Uuid,
        /// Its bytes.
        sealed: String,
        /// Goes along with them.
        proof: Option<String>,
    },
    /// Solve a challenge, then [`Event::Proved`].
    Prove(Uuid, Challenge),
    /// Wait, then [`Event::Paused`].
    Pause {
        /// Of the entry.
        id: Uuid,
        /// The time to wait.
        pause: Millis,
        /// Counts the pauses: one that was cut short is not mistaken for a later one.
        nth: u32,
    },
    /// Stop the post or the proof of work that is under way.
    Abort(Uuid),
    /// Delete an entry that arrived or was refused, and notify the other tabs.
    Delete {
        /// Of the entry.
        id: Uuid,
        /// It arrived.
        arrived: bool,
    },
    /// Delete an entry and leave a mark that no tab sends it again, notify the other tabs, then
    /// [`Event::Removed`].
    Remove(Uuid),
    /// Notify the form, about its own request but for [`Notice::Removed`].
    Notify(Notice),
    /// Announce to the patient that a request of an earlier visit has arrived.
    Announce {
        /// By which the clinic knows it.
        reference: String,
    },
}

/// An update about the request that this page's form has sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It arrived.
    Arrived {
        /// By which the clinic knows it.
        reference: String,
    },
    /// It has not arrived yet; the outbox keeps trying.
    Pending,
    /// The patient removed a request, here or in another tab, so it is not sent any more.
    Removed {
        /// It is the one that this page's form has sent.
        own: bool,
    },
    /// Intake refuses it as it is. It is no longer stored.
    Refused {
        /// The HTTP status, from 300 to 499.
        status: u16,
        /// An earlier response is missing: it may have arrived all the same.
        uncertain: bool,
    },
}

/// Why an entry is still pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is being sent.
    Sending,
    /// The device has no network.
    Offline,
    /// No response came.
    NoResponse,
    /// The server cannot take it at the moment.
    Later,
    /// The server will not take it as it is.
    Refused,
    /// It is older than [`super::STALE`].
    Stale,
    /// The browser failed to remove it from its storage.
    NotRemoved,
}

/// The pending entries as the page lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// In the order in which they were sealed.
    pub references: Vec<String>,
    /// Why the newest is pending.
    pub reason: Reason,
    /// A response is missing, so that one of them may have arrived.
    pub uncertain: bool,
    /// All of them outlive the page.
    pub stored: bool,
}

impl Reason {
    /// Nothing is sent unless the patient asks for it.
    pub fn is_halted(self) -> bool {
        matches!(self, Self::Refused | Self::Stale | Self::NotRemoved)
    }
}
