//! Properties of the outbox for any order of events: two tabs that share one storage, a network that
//! fails at random, and a server that stores a request once.

use std::collections::{BTreeMap, BTreeSet};

use guide_core::request::outbox::{
    Command, Entry, Event, FIRST_PAUSE, Found, Millis, Moment, Notice, Outbox, Response,
};
use proptest::prelude::*;
use uuid::Uuid;

const TABS: usize = 2;
const START: Millis = 1_800_000_000_000;

/// A step of a history: what happens, to which of the candidates, and with what outcome.
type Step = (u8, u8, u8);

#[derive(Default)]
struct Tab {
    outbox: Outbox,
    /// Commands that have not been carried out yet, with the moment from which they can be.
    open: Vec<(Millis, Command)>,
    /// What was read from storage, and has not been passed on yet.
    read: Option<Vec<Entry>>,
    /// Entries that only this page holds: lost with it, as the patient is told.
    unstored: BTreeSet<Uuid>,
    /// The moment until which an entry has to rest, unless the patient asks.
    rests_until: BTreeMap<Uuid, Millis>,
    posted_at: BTreeMap<Uuid, Millis>,
}

struct World {
    now: Millis,
    tabs: [Tab; TABS],
    stored: BTreeMap<Uuid, Entry>,
    marks: BTreeSet<Uuid>,
    /// On the server, by id: the bytes.
    arrived: BTreeMap<Uuid, String>,
    sealed: Vec<Entry>,
    /// Removed, refused, or held by a page alone that was closed.
    given_up: BTreeSet<Uuid>,
    /// Storage failed to remove them: the tab that tried waits for the patient, others send them at the next visit.
    not_removed: BTreeSet<Uuid>,
    channels: bool,
}

impl World {
    fn new(channels: bool) -> Self {
        Self {
            now: START,
            tabs: Default::default(),
            stored: BTreeMap::new(),
            marks: BTreeSet::new(),
            arrived: BTreeMap::new(),
            sealed: Vec::new(),
            given_up: BTreeSet::new(),
            not_removed: BTreeSet::new(),
            channels,
        }
    }

    fn handle(&mut self, tab: usize, event: Event) {
        let asked = matches!(event, Event::SendNow);
        let read = matches!(event, Event::Read(_));
        let online = matches!(event, Event::Online);
        let first = if let Event::Stored { id, .. } = &event { Some(*id) } else { None };
        let moment = Moment { now: self.now, jitter: 0.25 };
        let commands = self.tabs[tab].outbox.handle(event, moment);
        if let Some(id) = first {
            let posts = |it: &Command| matches!(it, Command::Post { id: of, .. } if *of == id);
            assert!(commands.iter().any(posts), "a new entry waits for nothing");
        }
        for command in commands {
            self.check(tab, &command, asked || read, online);
            self.tell(tab, &command);
            let pause = if let Command::Pause { pause, .. } = command { pause } else { 0 };
            self.tabs[tab].open.push((self.now + pause, command));
        }
    }

    /// Checks a command against the promises.
    fn check(&mut self, tab: usize, command: &Command, free: bool, online: bool) {
        let now = self.now;
        let it = &mut self.tabs[tab];
        match command {
            Command::Find(id) if free => {
                it.rests_until.remove(id);
            }
            Command::Find(id) if online => {
                let rested = now - it.posted_at.get(id).copied().unwrap_or_default();
                assert!(rested >= FIRST_PAUSE, "hotter than the schedule: {rested} ms");
                it.rests_until.remove(id);
            }
            Command::Post { id, sealed, proof } => {
                assert!(!self.marks.contains(id), "removed, and posted again");
                let original = self.sealed.iter().find(|entry| entry.id == *id);
                assert_eq!(Some(sealed), original.map(|entry| &entry.sealed), "other bytes");
                let rests_until = it.rests_until.get(id).copied().unwrap_or_default();
                assert!(proof.is_some() || now >= rests_until, "hotter than the schedule");
                it.posted_at.insert(*id, now);
            }
            Command::Pause { id, pause, .. } => {
                assert!(*pause >= FIRST_PAUSE / 2);
                it.rests_until.insert(*id, now + pause);
            }
            _ => {}
        }
    }

    /// Notes what is given up, and lets the other tab hear.
    fn tell(&mut self, tab: usize, command: &Command) {
        match command {
            Command::Notify(Notice::Refused { .. }) | Command::Delete { arrived: false, .. } => {
                if let Command::Delete { id, .. } = command {
                    self.given_up.insert(*id);
                }
            }
            Command::Delete { id, arrived: true } => {
                assert!(self.arrived.contains_key(id), "confirmed, and not on the server");
                self.broadcast(tab, Event::ArrivedElsewhere(*id));
            }
            _ => {}
        }
    }

    fn broadcast(&mut self, from: usize, event: Event) {
        if self.channels {
            for other in (0..TABS).filter(|tab| *tab != from) {
                self.handle(other, event.clone());
            }
        }
    }

    /// Carries out one open command. `outcome` decides what the network or the storage does.
    fn carry_out(&mut self, tab: usize, pick: usize, outcome: u8) {
        let ready: Vec<usize> = self.tabs[tab]
            .open
            .iter()
            .enumerate()
            .filter(|(_, (from, _))| *from <= self.now)
            .map(|(index, _)| index)
            .collect();
        let Some(index) = ready.get(pick % ready.len().max(1)) else { return };
        let (_, command) = self.tabs[tab].open.remove(*index);
        match command {
            Command::Store(entry) => {
                let (id, works) = (entry.id, !outcome.is_multiple_of(8));
                if works {
                    self.marks.remove(&id);
                    self.stored.insert(id, entry);
                } else {
                    self.tabs[tab].unstored.insert(id);
                }
                self.handle(tab, Event::Stored { id, stored: works });
            }
            Command::Find(id) => {
                let found = if self.marks.contains(&id) {
                    Found::RemovedMark
                } else if self.stored.contains_key(&id) {
                    Found::Entry
                } else {
                    Found::Nothing
                };
                self.handle(tab, Event::Found(id, found));
            }
            Command::Post { id, sealed, proof } => {
                let response = self.respond(id, sealed, proof.is_some(), outcome);
                self.handle(tab, Event::Responded(id, response));
            }
            Command::Prove(id, _) => {
                let proof = (!outcome.is_multiple_of(4)).then(|| "proof".to_owned());
                self.handle(tab, Event::Proved(id, proof));
            }
            Command::Pause { id, nth, .. } => self.handle(tab, Event::Paused { id, nth }),
            Command::Delete { id, .. } => {
                self.stored.remove(&id);
            }
            Command::Remove(id) => {
                let works = !outcome.is_multiple_of(8);
                if works {
                    self.stored.remove(&id);
                    self.marks.insert(id);
                    self.given_up.insert(id);
                } else if self.tabs[tab].unstored.contains(&id) {
                    self.given_up.insert(id);
                } else {
                    self.not_removed.insert(id);
                }
                self.broadcast(tab, Event::RemovedElsewhere(id));
                self.handle(tab, Event::Removed { id, removed: works });
            }
            Command::Abort(_) | Command::Notify(_) | Command::Announce { .. } => {}
        }
    }

    fn respond(&mut self, id: Uuid, sealed: String, proved: bool, outcome: u8) -> Response {
        let http = |status, reference, retry_after| Response::Http {
            status,
            reference,
            retry_after,
            challenge: None,
        };
        match outcome % 10 {
            0 => Response::Missing { online: false },
            1 => http(503, None, Some(30_000)),
            2 => http(500, None, None),
            3 => http(200, Some("PORT-AL00".to_owned()), None),
            4 if !proved => Response::Http {
                status: 429,
                reference: None,
                retry_after: None,
                challenge: Some(guide_core::request::outbox::Challenge {
                    algorithm: String::new(),
                    challenge: String::new(),
                    salt: String::new(),
                    signature: String::new(),
                    max_number: 1,
                }),
            },
            5 => {
                // Stored, and the response is lost.
                self.arrive(id, sealed);
                Response::Missing { online: true }
            }
            6 => http(422, None, None),
            _ => {
                self.arrive(id, sealed);
                http(201, Some(reference(id)), None)
            }
        }
    }

    fn arrive(&mut self, id: Uuid, sealed: String) {
        let before = self.arrived.insert(id, sealed.clone());
        assert!(before.is_none_or(|before| before == sealed), "409: other bytes under the same id");
    }

    fn reload(&mut self, tab: usize) {
        let closed = std::mem::take(&mut self.tabs[tab]);
        // Left while Send was being pressed: nothing was stored yet.
        for (_, command) in closed.open {
            if let Command::Store(entry) = command {
                self.given_up.insert(entry.id);
            }
        }
        self.given_up.extend(closed.unstored);
        self.read(tab);
        self.pass_on(tab);
    }

    /// Reads what is stored; it may be out of date before it is passed on.
    fn read(&mut self, tab: usize) {
        self.tabs[tab].read = Some(self.stored.values().cloned().collect());
    }

    fn pass_on(&mut self, tab: usize) {
        if let Some(entries) = self.tabs[tab].read.take() {
            self.handle(tab, Event::Read(entries));
        }
    }

    fn act(&mut self, (what, pick, outcome): Step) {
        let tab = usize::from(pick) % TABS;
        match what % 16 {
            0 => {
                let id = Uuid::from_u128(self.sealed.len() as u128 + 1);
                let sealed = format!("sealed {id}");
                let entry = Entry { id, reference: reference(id), sealed, created_at: self.now };
                self.sealed.push(entry.clone());
                self.handle(tab, Event::Sealed(entry));
            }
            1 => self.handle(tab, Event::Online),
            2 => self.handle(tab, Event::SendNow),
            3 if outcome % 4 == 0 => self.handle(tab, Event::Remove),
            4 if outcome % 4 == 0 => self.reload(tab),
            4 if outcome % 4 == 1 => self.read(tab),
            4 => self.pass_on(tab),
            5..=7 => self.now += 400 * Millis::from(outcome),
            _ => self.carry_out(tab, usize::from(pick / 2), outcome),
        }
    }

    /// Lets everything that is open end well, until nothing is.
    fn settle(&mut self) {
        for round in 0..200 {
            self.now += 60_000;
            for tab in 0..TABS {
                while self.tabs[tab].open.iter().any(|(from, _)| *from <= self.now) {
                    self.carry_out(tab, 0, 9);
                }
                // A patient who comes back and looks: what was halted is sent on request.
                if round % 50 == 49 {
                    self.handle(tab, Event::SendNow);
                }
            }
        }
    }
}

fn reference(id: Uuid) -> String {
    format!("REF-{}", id.as_u128())
}

proptest! {
    #[test]
    fn never_lost_never_doubled_never_hotter_and_removed_is_removed(
        channels in any::<bool>(),
        steps in proptest::collection::vec(any::<Step>(), 1..250),
    ) {
        let mut world = World::new(channels);
        for step in steps {
            world.act(step);
        }
        world.settle();
        for Entry { id, .. } in &world.sealed {
            let is_kept = world.not_removed.contains(id) && world.stored.contains_key(id);
            let settled =
                world.arrived.contains_key(id) || world.given_up.contains(id) || is_kept;
            prop_assert!(settled, "{id} is lost");
        }
        for tab in &world.tabs {
            prop_assert_eq!(tab.outbox.report(), None, "nothing is left to report");
        }
    }
}
