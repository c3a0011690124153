//! The reactions of the outbox to each event. Properties for any order of events are in
//! `outbox_properties.rs`.

mod tabs;

use guide_core::request::outbox::{
    Challenge, Command, Entry, Event, FIRST_PAUSE, Found, MAX_PAUSE, MAX_RETRY_AFTER, Moment,
    Notice, Outbox, Reason, Response, STALE,
};
use uuid::Uuid;

const NOW: u64 = 1_800_000_000_000;
const A: Uuid = Uuid::from_u128(0xa);
const B: Uuid = Uuid::from_u128(0xb);

fn entry(id: Uuid) -> Entry {
    let reference = format!("REF-{}", id.as_u128());
    Entry { id, reference, sealed: format!("sealed {id}"), created_at: NOW }
}

fn at(now: u64) -> Moment {
    Moment { now, jitter: 0.5 }
}

fn posts(id: Uuid) -> Command {
    Command::Post { id, sealed: format!("sealed {id}"), proof: None }
}

fn arrived(id: Uuid) -> Event {
    http(id, 201, Some(format!("REF-{}", id.as_u128())), None)
}

fn http(id: Uuid, status: u16, reference: Option<String>, retry_after: Option<u64>) -> Event {
    Event::Responded(id, Response::Http { status, reference, retry_after, challenge: None })
}

fn missing(id: Uuid, online: bool) -> Event {
    Event::Responded(id, Response::Missing { online })
}

fn challenge() -> Challenge {
    let text = str::to_owned;
    Challenge {
        algorithm: text("SHA-256"),
        challenge: text("00"),
        salt: text("salt"),
        signature: text("signed"),
        max_number: 10,
    }
}

fn asks_for_work(id: Uuid) -> Event {
    let challenge = Some(challenge());
    let (reference, retry_after) = (None, None);
    Event::Responded(id, Response::Http { status: 429, reference, retry_after, challenge })
}

/// An outbox whose form has sent this entry; it is on its way.
fn sent(id: Uuid) -> Outbox {
    let mut outbox = Outbox::default();
    send(&mut outbox, id);
    outbox
}

fn send(outbox: &mut Outbox, id: Uuid) {
    let stores = outbox.handle(Event::Sealed(entry(id)), at(NOW));
    assert_eq!(stores, [Command::Store(entry(id))]);
    assert_eq!(outbox.handle(Event::Stored { id, stored: true }, at(NOW)), [posts(id)]);
}

/// The pause that is asked for, with its number.
fn pause(commands: &[Command]) -> (u64, u32) {
    let found = commands.iter().find_map(|command| match command {
        Command::Pause { pause, nth, .. } => Some((*pause, *nth)),
        _ => None,
    });
    found.unwrap_or_else(|| unreachable!("no pause among {commands:?}"))
}

fn reason(outbox: &Outbox) -> Option<Reason> {
    outbox.report().map(|report| report.reason)
}

/// Fails until the patient is told; gives the last pause.
fn fail_until_listed(outbox: &mut Outbox, id: Uuid) -> (u64, u32) {
    let mut last = (0, 0);
    while outbox.report().is_none() {
        last = pause(&outbox.handle(http(id, 503, None, None), at(NOW)));
        if outbox.report().is_none() {
            outbox.handle(Event::Paused { id, nth: last.1 }, at(NOW));
            outbox.handle(Event::Found(id, Found::Entry), at(NOW));
        }
    }
    last
}

#[test]
fn it_is_stored_then_posted_then_deleted() {
    let mut outbox = sent(A);
    assert_eq!(outbox.report(), None, "nothing to say while it is being sent");
    let reference = entry(A).reference;
    assert_eq!(
        outbox.handle(arrived(A), at(NOW)),
        [Command::Delete { id: A, arrived: true }, Command::Notify(Notice::Arrived { reference }),]
    );
    assert_eq!(outbox.handle(arrived(A), at(NOW)), [], "a second response changes nothing");
}

#[test]
fn pressed_twice_it_is_one_request() {
    let mut outbox = sent(A);
    assert_eq!(outbox.handle(Event::Sealed(entry(A)), at(NOW)), []);
}

#[test]
fn where_nothing_can_be_stored_it_is_posted_all_the_same() {
    let mut outbox = Outbox::default();
    outbox.handle(Event::Sealed(entry(A)), at(NOW));
    assert!(outbox.has_unstored());
    assert_eq!(outbox.handle(Event::Stored { id: A, stored: false }, at(NOW)), [posts(A)]);
    assert!(outbox.has_unstored(), "leaving the page would lose it");
}

#[test]
fn three_failures_are_reported() {
    let mut outbox = sent(A);
    for nth in 1..=3_u32 {
        let commands = outbox.handle(missing(A, true), at(NOW));
        assert_eq!(commands.contains(&Command::Notify(Notice::Pending)), nth == 3);
        assert_eq!(outbox.handle(Event::Paused { id: A, nth }, at(NOW)), [Command::Find(A)]);
        assert_eq!(outbox.handle(Event::Found(A, Found::Entry), at(NOW)), [posts(A)]);
    }
    assert_eq!(reason(&outbox), Some(Reason::NoResponse));
    assert!(outbox.report().is_some_and(|report| report.uncertain && report.stored));
}

#[test]
fn a_server_that_never_answered_was_mentioned_after_three_tries_only() {
    let mut outbox = sent(A);
    let commands = outbox.handle(missing(A, true), at(NOW + 30_000));
    assert!(commands.contains(&Command::Notify(Notice::Pending)));
    assert_eq!(reason(&outbox), Some(Reason::NoResponse));
}

#[test]
fn offline_is_reported_at_once_and_goes_on_when_online() {
    let mut outbox = sent(A);
    let commands = outbox.handle(missing(A, false), at(NOW));
    assert!(commands.contains(&Command::Notify(Notice::Pending)));
    assert_eq!(reason(&outbox), Some(Reason::Offline));
    assert_eq!(outbox.handle(Event::Online, at(NOW + 10)), [], "not within a second of the last");
    assert_eq!(outbox.handle(Event::Online, at(NOW + FIRST_PAUSE)), [Command::Find(A)]);
    assert_eq!(outbox.handle(Event::Online, at(NOW + 5_000)), [], "it is under way already");
}

#[test]
fn pauses_double_up_to_a_minute() {
    let mut outbox = sent(A);
    let mut pauses = Vec::new();
    for nth in 1..=9 {
        pauses.push(pause(&outbox.handle(http(A, 503, None, None), at(NOW))).0);
        outbox.handle(Event::Paused { id: A, nth }, at(NOW));
        outbox.handle(Event::Found(A, Found::Entry), at(NOW));
    }
    assert_eq!(pauses, [750, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000, 45_000]);
    assert!(pauses.iter().all(|pause| *pause <= MAX_PAUSE));
}

#[test]
fn retry_after_is_never_undercut_and_bounded_by_an_hour() {
    for (asked, expected) in [(300_000, 300_000), (86_400_000, MAX_RETRY_AFTER)] {
        let mut outbox = sent(A);
        let (pause, _) = pause(&outbox.handle(http(A, 429, None, Some(asked)), at(NOW)));
        assert_eq!(pause, expected + FIRST_PAUSE / 2);
        let online = outbox.handle(Event::Online, at(NOW + 60_000));
        assert_eq!(online, [], "a new connection does not override the server");
        assert_eq!(outbox.handle(Event::SendNow, at(NOW + 60_000)), [Command::Find(A)]);
    }
}

#[test]
fn a_second_request_sat_on_sending_while_an_older_one_backed_off() {
    let mut outbox = sent(A);
    let (_, nth) = fail_until_listed(&mut outbox, A);
    send(&mut outbox, B);
    let reference = entry(B).reference;
    let commands = outbox.handle(arrived(B), at(NOW));
    assert!(commands.contains(&Command::Notify(Notice::Arrived { reference })));
    assert_eq!(outbox.handle(Event::Paused { id: A, nth }, at(NOW)), [Command::Find(A)]);
}

#[test]
fn a_captive_portal_is_no_receipt() {
    let mut outbox = sent(A);
    let other = Some("REF-OTHER".to_owned());
    for (reference, nth) in [(None, 1), (other, 2)] {
        let commands = outbox.handle(http(A, 200, reference, None), at(NOW));
        assert_eq!(pause(&commands).1, nth);
        outbox.handle(Event::Paused { id: A, nth }, at(NOW));
        outbox.handle(Event::Found(A, Found::Entry), at(NOW));
    }
}

#[test]
fn a_refusal_is_final_and_says_if_an_earlier_response_is_missing() {
    for status in [300, 400, 403, 404, 409, 413, 415, 422] {
        for uncertain in [false, true] {
            let mut outbox = sent(A);
            if uncertain {
                outbox.handle(missing(A, true), at(NOW));
                outbox.handle(Event::Paused { id: A, nth: 1 }, at(NOW));
                outbox.handle(Event::Found(A, Found::Entry), at(NOW));
            }
            assert_eq!(
                outbox.handle(http(A, status, None, None), at(NOW)),
                [
                    Command::Delete { id: A, arrived: false },
                    Command::Notify(Notice::Refused { status, uncertain }),
                ]
            );
        }
    }
}

#[test]
fn what_an_earlier_visit_left_is_sent_and_a_refusal_keeps_it() {
    let mut outbox = Outbox::default();
    let read = Event::Read(vec![entry(A), entry(B)]);
    assert_eq!(outbox.handle(read.clone(), at(NOW)), [Command::Find(A), Command::Find(B)]);
    assert_eq!(outbox.handle(Event::Found(A, Found::Entry), at(NOW)), [posts(A)]);
    assert_eq!(outbox.handle(Event::Found(B, Found::Entry), at(NOW)), [posts(B)]);
    assert_eq!(
        outbox.handle(read, at(NOW)),
        [],
        "read again, what is known already goes on as it was"
    );
    let reference = entry(A).reference;
    assert_eq!(
        outbox.handle(arrived(A), at(NOW)),
        [Command::Delete { id: A, arrived: true }, Command::Announce { reference }]
    );
    assert_eq!(outbox.handle(http(B, 422, None, None), at(NOW)), []);
    assert_eq!(reason(&outbox), Some(Reason::Refused));
    assert_eq!(outbox.handle(Event::Online, at(NOW + 60_000)), []);
    assert_eq!(outbox.handle(Event::SendNow, at(NOW)), [Command::Find(B)]);
}

#[test]
fn a_week_later_it_is_sent_only_if_the_patient_says_so() {
    let mut outbox = Outbox::default();
    let later = at(NOW + STALE + 1);
    assert_eq!(outbox.handle(Event::Read(vec![entry(A)]), later), []);
    assert_eq!(reason(&outbox), Some(Reason::Stale));
    assert_eq!(outbox.handle(Event::SendNow, later), [Command::Find(A)]);
    assert_eq!(outbox.handle(Event::Found(A, Found::Entry), later), [posts(A)]);
    // In a tab that stays open, the week ends as well.
    let (_, nth) = pause(&outbox.handle(missing(A, true), later));
    assert_eq!(outbox.handle(Event::Paused { id: A, nth }, later), []);
    assert_eq!(reason(&outbox), Some(Reason::Stale));
}

#[test]
fn somebody_who_pressed_try_again_often_waited_a_minute_for_the_next_try() {
    let mut outbox = sent(A);
    fail_until_listed(&mut outbox, A);
    for _ in 0..8 {
        outbox.handle(Event::SendNow, at(NOW));
        outbox.handle(Event::Found(A, Found::Entry), at(NOW));
        let (pause, _) = pause(&outbox.handle(missing(A, false), at(NOW)));
        assert!(pause <= 2_000, "{pause} milliseconds");
    }
}

#[test]
fn removed_during_the_proof_of_work_it_is_not_posted_again() {
    let mut outbox = sent(A);
    fail_until_listed(&mut outbox, A);
    outbox.handle(Event::SendNow, at(NOW));
    outbox.handle(Event::Found(A, Found::Entry), at(NOW));
    assert_eq!(outbox.handle(asks_for_work(A), at(NOW)), [Command::Prove(A, challenge())]);
    let commands = outbox.handle(Event::Remove, at(NOW));
    assert_eq!(commands, [Command::Abort(A), Command::Remove(A)]);
    assert_eq!(outbox.handle(Event::Proved(A, Some("proof".into())), at(NOW)), []);
    let commands = outbox.handle(Event::Removed { id: A, removed: true }, at(NOW));
    assert_eq!(commands, [Command::Notify(Notice::Removed { own: true })]);

    // By another tab: storage is asked again after the work.
    let mut outbox = sent(A);
    outbox.handle(asks_for_work(A), at(NOW));
    let proved = outbox.handle(Event::Proved(A, Some("proof".into())), at(NOW));
    assert_eq!(proved, [Command::Find(A)]);
    let commands = outbox.handle(Event::Found(A, Found::RemovedMark), at(NOW));
    assert_eq!(commands, [Command::Notify(Notice::Removed { own: true })]);
}

#[test]
fn removing_does_not_touch_what_is_being_sent_for_the_first_time() {
    let mut outbox = sent(A);
    fail_until_listed(&mut outbox, A);
    send(&mut outbox, B);
    let commands = outbox.handle(Event::Remove, at(NOW));
    assert_eq!(commands, [Command::Abort(A), Command::Remove(A)]);
    let reference = entry(B).reference;
    let commands = outbox.handle(arrived(B), at(NOW));
    assert!(commands.contains(&Command::Notify(Notice::Arrived { reference })));
}

#[test]
fn what_storage_fails_to_remove_is_said_and_not_sent() {
    let mut outbox = sent(A);
    let (_, nth) = fail_until_listed(&mut outbox, A);
    outbox.handle(Event::Remove, at(NOW));
    assert_eq!(outbox.handle(Event::Removed { id: A, removed: false }, at(NOW)), []);
    assert_eq!(reason(&outbox), Some(Reason::NotRemoved));
    assert_eq!(outbox.handle(Event::Paused { id: A, nth }, at(NOW)), []);
    assert_eq!(outbox.handle(Event::Online, at(NOW + 60_000)), []);
    let again = outbox.handle(Event::Remove, at(NOW));
    assert!(again.contains(&Command::Remove(A)), "it can be removed again");
}

#[test]
fn the_proof_goes_along_once() {
    let mut outbox = sent(A);
    outbox.handle(asks_for_work(A), at(NOW));
    outbox.handle(Event::Proved(A, Some("proof".into())), at(NOW));
    let proof = Some("proof".to_owned());
    let sealed = entry(A).sealed;
    assert_eq!(
        outbox.handle(Event::Found(A, Found::Entry), at(NOW)),
        [Command::Post { id: A, sealed, proof }]
    );
    // Asked again right after, it waits like after any 429.
    assert_eq!(pause(&outbox.handle(asks_for_work(A), at(NOW))), (750, 1));
}
