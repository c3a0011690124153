//! The outbox: sealed requests on their way to intake, as a state machine.
//!
//! [`Outbox::handle`] takes an [`Event`] and returns [`Command`]s for the browser. It has no clock,
//! no randomness and no network of its own, so every schedule and every failure is tested natively.
//!
//! For any order of events it guarantees:
//! - an entry is stored before it is first posted, and posted with the same bytes under the same id
//!   until intake acknowledges it, refuses it, or the patient removes it: never lost, never doubled;
//! - each entry has its own schedule: a new one is posted at once, whatever an older one waits for;
//! - an entry is posted again no sooner than its backoff ends, unless the patient asks for it;
//! - an entry that the patient removed is not posted again, not from another tab either.

mod event;
mod schedule;

use uuid::Uuid;

pub use event::{Challenge, Command, Entry, Event, Found, Notice, Reason, Report, Response};
pub use schedule::{FIRST_PAUSE, MAX_PAUSE, MAX_RETRY_AFTER, Millis, STALE};
use schedule::{QUIET_FAILURES, UNNOTICED, pause};

/// Statuses below 500 that pass by themselves: Request Timeout, Too Early, Too Many Requests.
const PASSING: [u16; 3] = [408, 425, 429];

/// The sealed requests that have not arrived yet.
#[derive(Debug, Default)]
pub struct Outbox {
    /// The newest last.
    pending: Vec<Pending>,
    /// Counts pauses, so that one that was cut short is not taken for a later one: of the same entry, or of one that was
    /// read from storage again after it had ended here.
    pauses: u32,
    /// Removed in another tab, which may have failed to remove them from storage.
    removed_elsewhere: Vec<Uuid>,
}

/// The circumstances of an event that the outbox cannot know by itself.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Now, by the patient's clock.
    pub now: Millis,
    /// A random number, from 0 to below 1.
    pub jitter: f64,
}

#[derive(Debug)]
struct Pending {
    entry: Entry,
    step: Step,
    reason: Reason,
    /// Failures in a row.
    failures: u32,
    /// When it was last posted; 0 before.
    posted_at: Millis,
    /// The number of its last pause.
    pause: u32,
    /// It outlives the page.
    stored: bool,
    /// Sent by the form of this page, which is notified of its progress.
    own: bool,
    /// Send was pressed just now, and there is nothing to report yet.
    quiet: bool,
    /// A response is missing, so that it may have arrived.
    uncertain: bool,
}

/// The state of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// Being written to storage.
    Storing,
    /// Being looked up in storage, to be posted with this proof of work.
    Finding(Option<String>),
    /// Posted; `proved` with a proof of work.
    Posting { proved: bool },
    /// A proof of work is being computed.
    Proving,
    /// Waiting for the next try.
    Pausing,
    /// Sent only if the patient asks for it.
    Halted,
    /// Being removed.
    Removing,
}

impl Outbox {
    /// Reacts to an event. The commands are to be carried out in their order; the events that they
    /// lead to may come in any order.
    pub fn handle(&mut self, event: Event, at: Moment) -> Vec<Command> {
        let mut commands = Vec::new();
        match event {
            Event::Read(entries) => {
                for entry in entries {
                    self.restore(entry, at, &mut commands);
                }
            }
            Event::Sealed(entry) => self.add(entry, &mut commands),
            Event::Stored { id, stored } => {
                if let Some(it) = self.at(id, |step| *step == Step::Storing) {
                    it.stored = stored;
                    it.post(None, at, &mut commands);
                }
            }
            Event::Paused { id, nth } => {
                if let Some(it) = self.at(id, |step| *step == Step::Pausing)
                    && it.pause == nth
                {
                    it.try_again(at, &mut commands);
                }
            }
            Event::Found(id, found) => self.found(id, found, at, &mut commands),
            Event::Responded(id, response) => self.responded(id, response, at, &mut commands),
            Event::Proved(id, proof) => {
                if let Some(it) = self.at(id, |step| *step == Step::Proving) {
                    match proof {
                        // It can take minutes: another tab may have removed the entry meanwhile.
                        Some(proof) => it.find(Some(proof), &mut commands),
                        None => self.fail(id, Reason::Later, None, at, &mut commands),
                    }
                }
            }
            Event::Online => {
                for it in self.pending.iter_mut().filter(|it| it.step == Step::Pausing) {
                    // A connection that comes and goes does not undercut the schedule, nor does it
                    // override a server that asked to wait.
                    let rested = at.now.saturating_sub(it.posted_at) >= FIRST_PAUSE;
                    if rested && matches!(it.reason, Reason::Offline | Reason::NoResponse) {
                        it.try_again(at, &mut commands);
                    }
                }
            }
            Event::SendNow => {
                let waits = |it: &&mut Pending| matches!(it.step, Step::Pausing | Step::Halted);
                for it in self.listed().filter(waits) {
                    // However often the patient asks, what then fails is tried again by itself soon.
                    it.failures = 0;
                    it.reason = Reason::Sending;
                    it.find(None, &mut commands);
                }
            }
            Event::Remove => {
                for it in self.listed().filter(|it| it.step != Step::Removing) {
                    commands.push(Command::Abort(it.entry.id));
                    commands.push(Command::Remove(it.entry.id));
                    it.step = Step::Removing;
                }
            }
            Event::Removed { id, removed } => self.removed(id, removed, &mut commands),
            Event::ArrivedElsewhere(id) => {
                if let Some(it) = self.take(id) {
                    commands.push(Command::Abort(id));
                    commands.push(it.tell_arrived());
                }
            }
            Event::RemovedElsewhere(id) => {
                self.removed_elsewhere.push(id);
                if let Some(it) = self.take(id) {
                    commands.push(Command::Abort(id));
                    commands.push(it.tell_removed());
                }
            }
        }
        commands
    }

    /// The entries to list for the patient; `None` where there are none.
    pub fn report(&self) -> Option<Report> {
        let listed = || self.pending.iter().filter(|it| !it.quiet);
        let newest = listed().next_back()?;
        Some(Report {
            references: listed().map(|it| it.entry.reference.clone()).collect(),
            reason: newest.reason,
            uncertain: listed().any(|it| it.uncertain),
            stored: listed().all(|it| it.stored),
        })
    }

    /// The entries that are listed, e.g. to be saved as files.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.pending.iter().filter(|it| !it.quiet).map(|it| &it.entry)
    }

    /// An entry would be lost with the page.
    pub fn has_unstored(&self) -> bool {
        self.pending.iter().any(|it| !it.stored)
    }

    fn restore(&mut self, entry: Entry, at: Moment, commands: &mut Vec<Command>) {
        if self.get(entry.id).is_some() || self.removed_elsewhere.contains(&entry.id) {
            return;
        }
        let stale = at.now.saturating_sub(entry.created_at) > STALE;
        let mut it = Pending::new(entry);
        it.stored = true;
        if stale {
            (it.step, it.reason) = (Step::Halted, Reason::Stale);
        } else {
            // It may have been removed since storage was read.
            it.find(None, commands);
        }
        self.pending.push(it);
    }

    fn add(&mut self, entry: Entry, commands: &mut Vec<Command>) {
        // Pressed twice it is still one request.
        if self.get(entry.id).is_some() {
            return;
        }
        commands.push(Command::Store(entry.clone()));
        let mut it = Pending::new(entry);
        (it.own, it.quiet) = (true, true);
        self.pending.push(it);
    }

    fn found(&mut self, id: Uuid, found: Found, at: Moment, commands: &mut Vec<Command>) {
        let Some(it) = self.at(id, |step| matches!(step, Step::Finding(_))) else { return };
        match found {
            Found::RemovedMark => {
                commands.extend(self.take(id).map(Pending::tell_removed));
                return;
            }
            // Posting what another tab saw arrive is harmless, and losing it is not.
            Found::Nothing => it.stored = false,
            Found::Entry | Found::Unavailable => {}
        }
        let Step::Finding(proof) = &mut it.step else { return };
        let proof = proof.take();
        it.post(proof, at, commands);
    }

    fn responded(&mut self, id: Uuid, response: Response, at: Moment, commands: &mut Vec<Command>) {
        let Some(it) = self.at(id, |step| matches!(step, Step::Posting { .. })) else { return };
        let (status, reference, retry_after, challenge) = match response {
            Response::Http { status, reference, retry_after, challenge } => {
                (status, reference, retry_after, challenge)
            }
            Response::Missing { online } => {
                let reason = if online { Reason::NoResponse } else { Reason::Offline };
                return self.fail(id, reason, None, at, commands);
            }
        };
        // Only the right reference comes from intake: the captive portal of a guest network answers
        // 200 to anything.
        let acknowledged =
            matches!(status, 200 | 201) && reference.as_deref() == Some(&*it.entry.reference);
        if acknowledged {
            self.arrived(id, commands);
        } else if status == 429
            && it.step == (Step::Posting { proved: false })
            && let Some(challenge) = challenge
        {
            it.step = Step::Proving;
            commands.push(Command::Prove(id, challenge));
        } else if (300..500).contains(&status) && !PASSING.contains(&status) {
            self.refused(id, status, commands);
        } else if status < 300 {
            self.fail(id, Reason::NoResponse, None, at, commands);
        } else {
            self.fail(id, Reason::Later, retry_after, at, commands);
        }
    }

    fn arrived(&mut self, id: Uuid, commands: &mut Vec<Command>) {
        if let Some(it) = self.take(id) {
            commands.push(Command::Delete { id, arrived: true });
            commands.push(it.tell_arrived());
        }
    }

    fn refused(&mut self, id: Uuid, status: u16, commands: &mut Vec<Command>) {
        let Some(it) = self.get(id) else { return };
        if it.own {
            // The form still holds what was typed.
            let uncertain = it.uncertain;
            self.take(id);
            commands.push(Command::Delete { id, arrived: false });
            commands.push(Command::Notify(Notice::Refused { status, uncertain }));
        } else {
            (it.step, it.reason) = (Step::Halted, Reason::Refused);
        }
    }

    fn removed(&mut self, id: Uuid, removed: bool, commands: &mut Vec<Command>) {
        let Some(it) = self.at(id, |step| *step == Step::Removing) else { return };
        // Nothing is left to remove of what storage never took.
        if removed || !it.stored {
            commands.extend(self.take(id).map(Pending::tell_removed));
        } else {
            (it.step, it.reason) = (Step::Halted, Reason::NotRemoved);
        }
    }

    fn fail(
        &mut self,
        id: Uuid,
        reason: Reason,
        retry_after: Option<Millis>,
        at: Moment,
        commands: &mut Vec<Command>,
    ) {
        self.pauses = self.pauses.wrapping_add(1);
        let nth = self.pauses;
        let Some(it) = self.get(id) else { return };
        it.failures = it.failures.saturating_add(1);
        it.reason = reason;
        it.uncertain |= reason == Reason::NoResponse;
        let notable = it.failures >= QUIET_FAILURES
            || at.now.saturating_sub(it.posted_at) > UNNOTICED
            || retry_after.is_some_and(|asked| asked > UNNOTICED)
            || reason == Reason::Offline;
        if it.quiet && notable {
            it.quiet = false;
            commands.push(Command::Notify(Notice::Pending));
        }
        (it.step, it.pause) = (Step::Pausing, nth);
        let pause = pause(it.failures, retry_after, at.jitter);
        commands.push(Command::Pause { id, pause, nth });
    }

    fn get(&mut self, id: Uuid) -> Option<&mut Pending> {
        self.pending.iter_mut().find(|it| it.entry.id == id)
    }

    /// The entry of this id, if it is at such a step: an event that comes too late changes nothing.
    fn at(&mut self, id: Uuid, is_there: impl Fn(&Step) -> bool) -> Option<&mut Pending> {
        self.get(id).filter(|it| is_there(&it.step))
    }

    fn take(&mut self, id: Uuid) -> Option<Pending> {
        let index = self.pending.iter().position(|it| it.entry.id == id)?;
        Some(self.pending.remove(index))
    }

    fn listed(&mut self) -> impl Iterator<Item = &mut Pending> {
        self.pending.iter_mut().filter(|it| !it.quiet)
    }
}

impl Pending {
    fn new(entry: Entry) -> Self {
        Self {
            entry,
            step: Step::Storing,
            reason: Reason::Sending,
            failures: 0,
            posted_at: 0,
            pause: 0,
            stored: false,
            own: false,
            quiet: false,
            uncertain: false,
        }
    }

    fn post(&mut self, proof: Option<String>, at: Moment, commands: &mut Vec<Command>) {
        self.step = Step::Posting { proved: proof.is_some() };
        self.posted_at = at.now;
        let (id, sealed) = (self.entry.id, self.entry.sealed.clone());
        commands.push(Command::Post { id, sealed, proof });
    }

    /// Posts it unless storage says that it was removed.
    fn find(&mut self, proof: Option<String>, commands: &mut Vec<Command>) {
        self.step = Step::Finding(proof);
        commands.push(Command::Find(self.entry.id));
    }

    /// Posts it again without having been asked to.
    fn try_again(&mut self, at: Moment, commands: &mut Vec<Command>) {
        // The page may have been open for longer than a week, too.
        if at.now.saturating_sub(self.entry.created_at) > STALE {
            (self.step, self.reason) = (Step::Halted, Reason::Stale);
        } else {
            self.find(None, commands);
        }
    }

    /// Tells the patient that it has arrived.
    fn tell_arrived(self) -> Command {
        let reference = self.entry.reference;
        if self.own {
            Command::Notify(Notice::Arrived { reference })
        } else {
            Command::Announce { reference }
        }
    }

    /// Tells the patient that it is not sent any more.
    fn tell_removed(self) -> Command {
        Command::Notify(Notice::Removed { own: self.own })
    }
}
