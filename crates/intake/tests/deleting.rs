//! `intake delete`.

use guide_core::request::reference::Reference;
use intake::audit::Actor;
use intake::store::{STORE_TIMEOUT, Store};

use crate::harness::clinic::{OF_ONE_REFERENCE, request, request_id};
use crate::harness::database::Other;
use crate::harness::office::Office;
use crate::harness::program::texts;
use crate::harness::wait_for;

/// An office with requests of the 24th, 25th and 26th, the last one closed.
fn office() -> Office {
    let office = Office::new();
    for nth in 1..=3 {
        office.store_request(request(request_id(nth)));
    }
    wait_for(async {
        let mut other = Other::connect(&office.database).await;
        for (nth, day) in [(1, "2026-11-24"), (2, "2026-11-25"), (3, "2026-11-26")] {
            let noon = format!("{day}T12:00:00Z");
            let format = &time::format_description::well_known::Rfc3339;
            let noon = time::OffsetDateTime::parse(&noon, format).unwrap().unix_timestamp();
            let id = request_id(nth);
            let state = if nth == 3 { "closed" } else { "new" };
            let update = "UPDATE requests SET received_at =";
            let change = format!("{update} {noon}, state = '{state}' WHERE id = '{id}'");
            other.execute(&change).await;
        }
    });
    office
}

/// Which of the three are stored.
fn stored(office: &Office) -> Vec<u8> {
    wait_for(async {
        let store = Store::open_for_reading(&office.database, STORE_TIMEOUT).await.unwrap();
        let entries = store.entries().await.unwrap();
        entries.iter().map(|entry| entry.id.as_bytes()[0]).collect()
    })
}

/// Runs `delete`; its exit code and what it says.
fn delete(office: &Office, flags: &[&str]) -> (Option<i32>, String) {
    let output = office.run(&[&["delete"], flags].concat());
    let (out, err) = texts(&output);
    (output.status.code(), out + &err)
}

#[test]
fn nothing_is_deleted_without_a_condition_or_without_a_yes() {
    let office = office();
    assert_eq!(delete(&office, &["--yes"]).0, Some(2));
    let said = "intake: nothing was deleted; 2 requests match: give --yes to delete them\n";
    assert_eq!(delete(&office, &["--state", "new"]), (Some(1), said.to_owned()));
    assert_eq!(stored(&office), [1, 2, 3]);
}

#[test]
fn what_meets_every_condition_is_deleted() {
    for (flags, left) in [
        (&["--state", "closed"][..], vec![1, 2]),
        (&["--state", "reached"], vec![1, 2, 3]),
        (&["--received-from", "2026-11-25"], vec![1]),
        (&["--received-before", "2026-11-25T12:00:00Z"], vec![2, 3]),
        (&["--received-before", "2026-11-25T12:00:00.5Z"], vec![3]),
        (&["--received-from", "2026-11-25T12:00:00.5Z"], vec![1, 2]),
        (&["--received-from", "2026-11-25", "--received-before", "2026-11-26"], vec![1, 3]),
        (&["--received-from", "2026-11-25T13:00:00+01:00", "--state", "new"], vec![1, 3]),
        (&["--older-than-days", "36500"], vec![1, 2, 3]),
    ] {
        let office = office();
        let says = format!("{} requests deleted\n", 3 - left.len());
        assert_eq!(delete(&office, &[flags, &["--yes"]].concat()), (Some(0), says), "{flags:?}");
        assert_eq!(stored(&office), left, "{flags:?}");
    }
}

#[test]
fn days_are_counted_back_from_now() {
    let office = office();
    let newest = request_id(4);
    office.store_request(request(newest));
    let now = time::OffsetDateTime::now_utc().unix_timestamp() - 10 * 24 * 60 * 60;
    wait_for(async {
        let mut other = Other::connect(&office.database).await;
        let update = "UPDATE requests SET received_at =";
        other.execute(&format!("{update} {now} WHERE id <> '{newest}'")).await;
    });
    delete(&office, &["--older-than-days", "11", "--yes"]);
    assert_eq!(stored(&office), [1, 2, 3, 4]);
    delete(&office, &["--older-than-days", "9", "--yes"]);
    assert_eq!(stored(&office), [4]);
}

#[test]
fn more_than_one_batch_is_deleted_and_what_arrives_meanwhile_is_not() {
    let office = office();
    wait_for(async {
        let store = Store::open(&office.database, STORE_TIMEOUT).await.unwrap();
        let filter = intake::store::Filter::default();
        let before = store.matching(&filter).await.unwrap();
        assert_eq!((before.count, before.last_position), (3, 3));
        let arrived = request_id(5);
        store.insert(arrived, &office.clinic.seal(request(arrived))).await.unwrap();
        for left in [1, 2] {
            let deleted = store
                .delete_matching(&Actor::Service, &filter, before.last_position, 2)
                .await
                .unwrap();
            assert_eq!(deleted, 3 - left);
        }
        assert_eq!(
            store.delete_matching(&Actor::Service, &filter, before.last_position, 2).await.unwrap(),
            0
        );
        store.close().await;
    });
    assert_eq!(stored(&office), [5]);
}

#[test]
fn a_moment_that_is_none_is_refused() {
    let office = office();
    for wrong in ["yesterday", "2026-11-31", "2026-11-25 12:00"] {
        let (code, said) = delete(&office, &["--received-from", wrong, "--yes"]);
        assert_eq!(code, Some(2));
        assert!(said.contains("such as 2026-11-25"), "{said}");
    }
    assert_eq!(stored(&office), [1, 2, 3]);
}

/// A patient asks for it: staff have the reference alone.
#[test]
fn the_requests_of_given_references_are_deleted() {
    let office = office();
    let [one, two, three] = [1, 2, 3].map(|nth| Reference::of(&request_id(nth)).to_string());
    let question = "intake: nothing was deleted; 2 requests match: give --yes to delete them\n";
    assert_eq!(delete(&office, &[&one, &two]), (Some(1), question.to_owned()));
    let unknown = "intake: no such request is stored: 0000-0000\n";
    assert_eq!(delete(&office, &[&one, "0000-0000", "--yes"]), (Some(1), unknown.to_owned()));
    assert_eq!(stored(&office), [1, 2, 3], "all are deleted or none");

    let done = delete(&office, &[&one.to_lowercase().replace('-', " "), &one, "--yes"]);
    assert_eq!(done, (Some(0), "1 requests deleted\n".to_owned()));
    assert_eq!(stored(&office), [2, 3]);
    assert_eq!(delete(&office, &[&request_id(3).to_string(), "--yes"]).0, Some(0));
    assert_eq!(stored(&office), [2]);
    let mixed = delete(&office, &[&two, "--state", "new", "--yes"]);
    assert_eq!(mixed.0, Some(2), "{}", mixed.1);
    assert!(!stored(&office).is_empty() && three != two);
}

#[test]
fn a_reference_of_two_requests_deletes_neither() {
    let office = Office::new();
    for id in OF_ONE_REFERENCE {
        office.store_request(request(id));
    }
    let [first, second] = OF_ONE_REFERENCE;
    let reference = Reference::of(&first).to_string();
    let told =
        format!("intake: {reference} is {first} and {second}: give the id of the one you mean\n");
    assert_eq!(delete(&office, &[&reference, "--yes"]), (Some(1), told));
    assert_eq!(stored(&office).len(), 2);
}
