//! The stored audit: it only grows, and what is done to it by other means is found.

use clinic_core::state::State;
use intake::audit::Actor;
use intake::store::{STORE_TIMEOUT, Store};
use time::OffsetDateTime;

use super::reference;
use crate::harness::clinic::{request, request_id};
use crate::harness::database::{Other, is_postgres};
use crate::harness::office::Office;
use crate::harness::program::texts;
use crate::harness::wait_for;

/// An office whose audit has five lines.
fn office() -> Office {
    let office = Office::new();
    office.store_request(request(request_id(1)));
    wait_for(async {
        let store = Store::open(&office.database, STORE_TIMEOUT).await.unwrap();
        for state in [State::Reached, State::Closed, State::New, State::Reached, State::Closed] {
            let by = Actor::Token("front desk".to_owned());
            let now = OffsetDateTime::now_utc();
            store.set_state(&by, request_id(1), state, now).await.unwrap();
        }
        store.close().await;
    });
    office
}

/// Runs `intake audit`; its exit code and the lines of standard error.
fn verify(office: &Office, flags: &[&str]) -> (Option<i32>, Vec<String>) {
    let audit = office.run(&[&["audit"], flags].concat());
    (audit.status.code(), texts(&audit).1.lines().map(str::to_owned).collect())
}

/// The last hash.
fn head(office: &Office) -> String {
    let (code, told) = verify(office, &[]);
    assert_eq!(code, Some(0));
    told[0].split(' ').next_back().unwrap().to_owned()
}

/// Takes away what keeps even the owner of the database from changing the audit.
async fn tamperer(office: &Office) -> Other {
    let mut other = Other::connect(&office.database).await;
    let triggers = match is_postgres() {
        true => {
            "DROP TRIGGER audit_is_not_changed ON audit; DROP TRIGGER audit_is_not_emptied ON audit"
        }
        false => {
            "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; \
             DROP TRIGGER audit_only_grows"
        }
    };
    other.execute(triggers).await;
    other
}

#[test]
fn the_audit_is_printed_for_people_and_for_programs() {
    let office = office();
    let (printed, _) = texts(&office.run(&["audit"]));
    let last = printed.lines().next_back().unwrap();
    let expected = format!("Z  token front desk  marked  {}  closed", reference(1));
    assert!(last.starts_with("     5  20") && last.ends_with(&expected), "{last}");
    let (printed, _) = texts(&office.run(&["audit", "--json"]));
    let last: serde_json::Value =
        serde_json::from_str(printed.lines().next_back().unwrap()).unwrap();
    assert_eq!(last["position"], 5);
    assert_eq!(last["hash"], head(&office));
}

#[test]
fn the_database_refuses_to_change_or_delete_lines() {
    let office = office();
    let before = head(&office);
    wait_for(async {
        let mut other = Other::connect(&office.database).await;
        for sql in [
            "UPDATE audit SET actor = 'nobody' WHERE position = 2",
            "UPDATE audit SET detail = detail",
            "DELETE FROM audit WHERE position = 5",
            "DELETE FROM audit",
        ] {
            let refusal = other.refusal(sql).await;
            assert!(refusal.contains("lines of the audit are never"), "{refusal}");
        }
        let (sql, words) = match is_postgres() {
            true => ("TRUNCATE audit", "never changed or deleted"),
            false => (
                "REPLACE INTO audit SELECT position, at, 'nobody', action, subject, detail, hash \
                 FROM audit WHERE position = 2",
                "only added at the end",
            ),
        };
        let refusal = other.refusal(sql).await;
        assert!(refusal.contains(words), "{refusal}");
    });
    assert_eq!(head(&office), before);
}

#[test]
fn a_line_that_was_changed_is_named() {
    let columns = ["at", "actor", "action", "subject", "detail"];
    for (position, column) in (1..).zip(columns) {
        let office = office();
        wait_for(async {
            let mut other = tamperer(&office).await;
            let update = format!("UPDATE audit SET {column} = {column} || ' '");
            other.execute(&format!("{update} WHERE position = {position}")).await;
        });
        let (code, told) = verify(&office, &[]);
        assert_eq!(code, Some(4), "{column}");
        assert!(told[0].starts_with(&format!("line {position} ")), "{column}: {told:?}");
        assert!(told[1].starts_with("5 lines, 1 broken places"), "{told:?}");
    }
}

#[test]
fn lines_that_are_missing_or_were_moved_are_named() {
    for (sql, named) in [
        ("DELETE FROM audit WHERE position = 1", "line 1 is missing"),
        ("DELETE FROM audit WHERE position IN (2, 3)", "lines 2 to 3 are missing"),
        (
            "DELETE FROM audit WHERE position = 3; \
             UPDATE audit SET position = 3 WHERE position = 4; \
             UPDATE audit SET position = 4 WHERE position = 5",
            "line 3 does not follow from line 2",
        ),
        (
            "UPDATE audit SET position = 9 WHERE position = 2; \
             UPDATE audit SET position = 2 WHERE position = 3; \
             UPDATE audit SET position = 3 WHERE position = 9",
            "line 2 does not follow from line 1",
        ),
    ] {
        let office = office();
        wait_for(async { tamperer(&office).await.execute(sql).await });
        let (code, told) = verify(&office, &[]);
        assert_eq!(code, Some(4), "{sql}");
        assert!(told[0].starts_with(named), "{sql}: {told:?}");
    }
}

/// Bytes that are no text at all, which only SQLite takes.
#[test]
fn a_line_that_is_no_text_is_named() {
    if is_postgres() {
        return;
    }
    let office = office();
    wait_for(async {
        let update = "UPDATE audit SET actor = CAST(x'ff' AS TEXT) WHERE position = 4";
        tamperer(&office).await.execute(update).await;
    });
    let (code, told) = verify(&office, &[]);
    assert!(code == Some(4) && told[0].starts_with("line 4 "), "{told:?}");
}

/// Nothing in the chain itself tells that there was more.
#[test]
fn lines_cut_from_the_end_are_found_by_the_hash_written_down_before() {
    let office = office();
    let before = head(&office);
    assert_eq!(verify(&office, &["--expect", &before]).0, Some(0));
    let nothing = "0".repeat(64);
    assert_eq!(verify(&office, &["--expect", &nothing]).0, Some(0));
    office.run(&["mark", "new", &reference(1)]);
    let (code, told) = verify(&office, &["--expect", &before.to_uppercase()]);
    assert_eq!((code, told[0].as_str()), (Some(0), "the hash expected is that of line 5"));

    wait_for(async {
        tamperer(&office).await.execute("DELETE FROM audit WHERE position > 3").await;
    });
    assert_eq!(verify(&office, &[]).0, Some(0), "not to be seen otherwise");
    let (code, told) = verify(&office, &["--expect", &before]);
    assert_eq!(code, Some(4));
    assert!(told[0].starts_with("the hash expected is in no line: lines were removed"), "{told:?}");
    assert!(told[1].starts_with("3 lines, none changed or missing; "), "{told:?}");
    for no_hash in ["f00", "f000", &before[2..]] {
        assert_eq!(verify(&office, &["--expect", no_hash]).0, Some(2));
    }
}
