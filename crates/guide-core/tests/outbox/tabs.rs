//! Tabs that share one storage.

use guide_core::request::outbox::{Command, Event, Found, Notice, Outbox};

use super::{A, NOW, at, entry, fail_until_listed, http, missing, pause, sent};

#[test]
fn removed_by_another_tab_it_is_not_posted_again() {
    let mut outbox = sent(A);
    let (_, nth) = fail_until_listed(&mut outbox, A);
    assert_eq!(outbox.handle(Event::Paused { id: A, nth }, at(NOW)), [Command::Find(A)]);
    let commands = outbox.handle(Event::Found(A, Found::RemovedMark), at(NOW));
    assert_eq!(commands, [Command::Notify(Notice::Removed { own: true })]);
    assert_eq!(outbox.report(), None);

    // Told by the other tab while a post is under way.
    let mut outbox = sent(A);
    assert_eq!(
        outbox.handle(Event::RemovedElsewhere(A), at(NOW)),
        [Command::Abort(A), Command::Notify(Notice::Removed { own: true })]
    );
    assert_eq!(outbox.handle(missing(A, true), at(NOW)), []);
}

#[test]
fn removed_by_another_tab_a_request_of_an_earlier_visit_vanished_and_nothing_was_said() {
    let mut outbox = Outbox::default();
    outbox.handle(Event::Read(vec![entry(A)]), at(NOW));
    assert_eq!(
        outbox.handle(Event::RemovedElsewhere(A), at(NOW)),
        [Command::Abort(A), Command::Notify(Notice::Removed { own: false })]
    );
}

#[test]
fn removed_since_storage_was_read_it_was_posted_again() {
    let mut outbox = Outbox::default();
    assert_eq!(outbox.handle(Event::Read(vec![entry(A)]), at(NOW)), [Command::Find(A)]);
    let commands = outbox.handle(Event::Found(A, Found::RemovedMark), at(NOW));
    assert_eq!(commands, [Command::Notify(Notice::Removed { own: false })]);
    assert_eq!(outbox.report(), None);
}

#[test]
fn what_another_tab_failed_to_remove_from_storage_was_sent_all_the_same() {
    let mut outbox = Outbox::default();
    outbox.handle(Event::Read(vec![entry(A)]), at(NOW));
    outbox.handle(Event::RemovedElsewhere(A), at(NOW));
    assert_eq!(outbox.handle(Event::Read(vec![entry(A)]), at(NOW)), []);
    assert_eq!(outbox.report(), None);
}

#[test]
fn a_pause_from_before_it_was_read_again_cut_the_next_one_short() {
    let mut outbox = sent(A);
    let (_, before) = pause(&outbox.handle(http(A, 503, None, Some(60_000)), at(NOW)));
    outbox.handle(Event::ArrivedElsewhere(A), at(NOW));
    // Storage was read before the other tab had deleted it.
    outbox.handle(Event::Read(vec![entry(A)]), at(NOW));
    outbox.handle(Event::Found(A, Found::Nothing), at(NOW));
    let (_, nth) = pause(&outbox.handle(http(A, 503, None, Some(600_000)), at(NOW)));
    assert_eq!(outbox.handle(Event::Paused { id: A, nth: before }, at(NOW)), []);
    assert_eq!(outbox.handle(Event::Paused { id: A, nth }, at(NOW)), [Command::Find(A)]);
}

#[test]
fn arrived_from_another_tab_a_request_of_an_earlier_visit_vanished_and_nothing_was_said() {
    let mut outbox = Outbox::default();
    outbox.handle(Event::Read(vec![entry(A)]), at(NOW));
    let reference = entry(A).reference;
    assert_eq!(
        outbox.handle(Event::ArrivedElsewhere(A), at(NOW)),
        [Command::Abort(A), Command::Announce { reference }]
    );
}

#[test]
fn arrived_from_another_tab_it_is_confirmed_here_too() {
    let mut outbox = sent(A);
    fail_until_listed(&mut outbox, A);
    let reference = entry(A).reference;
    assert_eq!(
        outbox.handle(Event::ArrivedElsewhere(A), at(NOW)),
        [Command::Abort(A), Command::Notify(Notice::Arrived { reference })]
    );
}
