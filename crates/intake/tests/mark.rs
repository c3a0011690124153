//! `intake mark` and `intake token` on a database that a service uses.

use guide_core::request::reference::Reference;

use crate::harness::clinic::{OF_ONE_REFERENCE, request, request_id};
use crate::harness::database::Other;
use crate::harness::office::{Office, counts};
use crate::harness::program::{run, texts};
use crate::harness::wait_for;

fn states(office: &Office) -> Vec<String> {
    let (table, _) = texts(&office.list());
    let state = |line: &str| line.split_whitespace().nth(3).unwrap().to_owned();
    table.lines().skip(1).map(state).collect()
}

#[test]
fn a_reference_of_two_requests_marks_neither() {
    let office = Office::new();
    for id in OF_ONE_REFERENCE {
        office.store_request(request(id));
    }
    office.store_request(request(request_id(1)));
    let [reference, other] = OF_ONE_REFERENCE.map(|id| Reference::of(&id).to_string());
    assert_eq!(reference, other);
    let unique = Reference::of(&request_id(1)).to_string();
    let marked = office.run(&["mark", "closed", &unique, &reference]);
    let [first, second] = OF_ONE_REFERENCE;
    let told =
        format!("intake: {reference} is {first} and {second}: give the id of the one you mean");
    assert_eq!(counts(&marked), (Some(1), told));
    assert_eq!(states(&office), ["new", "new", "new"], "all are marked or none");

    let marked = office.run(&["mark", "closed", &second.to_string()]);
    assert_eq!(texts(&marked).0, format!("{reference}  closed\n"), "{marked:?}");
    assert_eq!(states(&office), ["new", "closed", "new"]);
    let unknown = office.run(&["mark", "closed", &request_id(2).to_string()]);
    let told = format!("intake: no such request is stored: {}", request_id(2));
    assert_eq!(counts(&unknown), (Some(1), told));
}

#[test]
fn a_command_beside_an_older_service_leaves_its_tables_alone() {
    let office = Office::new();
    office.store_request(request(request_id(1)));
    let reference = Reference::of(&request_id(1)).to_string();
    // To the commands this is the database of the release before.
    let newest = "FROM _sqlx_migrations WHERE version = \
                  (SELECT MAX(version) FROM _sqlx_migrations)";
    let applied = |remove: bool| {
        wait_for(async {
            let mut other = Other::connect(&office.database).await;
            if remove {
                other.execute(&format!("DELETE {newest}")).await;
            }
            other.number("SELECT COUNT(*) FROM _sqlx_migrations").await
        })
    };
    let before = applied(true);
    let database = office.database();
    for command in [
        &["mark", "closed", &reference][..],
        &["token", "new", "front desk"],
        &["token", "list"],
        &["token", "revoke", "front desk"],
        &["delete", "--state", "new", "--yes"],
    ] {
        let refused = run(command.iter().copied().chain(["--database", &database]));
        let (code, told) = counts(&refused);
        assert_eq!(code, Some(1), "{command:?}");
        assert!(told.contains("made by an older release"), "{command:?}: {told}");
        assert_eq!(applied(false), before, "{command:?}");
    }
}

/// README's `intake token new NAME` once made a database in the checkout, and a token that no service
/// knew.
#[test]
fn a_token_command_on_a_path_without_a_database_fails_and_makes_none() {
    let office = Office::on_sqlite();
    let database = office.database();
    for command in [&["new", "front desk"][..], &["list"], &["revoke", "front desk"]] {
        let refused = run([&["token"], command, &["--database", &database]].concat());
        let (code, told) = counts(&refused);
        assert_eq!(code, Some(1), "{command:?}: {told}");
        let told_of =
            format!("there is no database at {database}; name the service's by --database");
        assert!(told.contains(&told_of), "{told}");
        assert!(!std::path::Path::new(&database).exists(), "{command:?}");
    }
}

#[test]
fn a_token_command_on_an_empty_database_makes_no_tables() {
    let office = Office::new();
    wait_for(async { Other::connect(&office.database).await.execute("SELECT 1").await });
    let refused = run(["token", "new", "front desk", "--database", &office.database()]);
    let (code, told) = counts(&refused);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("holds no tables yet"), "{told}");
}
