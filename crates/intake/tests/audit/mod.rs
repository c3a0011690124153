//! The audit: what is recorded of whom.

mod chain;
mod copies;
mod stored;
mod transactions;

use clinic_core::state::State;
use guide_core::request::reference::Reference;
use intake::audit::Actor;
use intake::settings::Retention;
use intake::store::{Database, STORE_TIMEOUT, Store};
use intake::upkeep::delete_settled;
use serde_json::Value;
use time::{Duration, OffsetDateTime};

use crate::harness::clinic::{request, request_id};
use crate::harness::database::{Other, word};
use crate::harness::office::Office;
use crate::harness::program::{run, texts};
use crate::harness::service::Service;
use crate::harness::wait_for;

/// Whoever runs the tests, as the audit names them.
fn command_line() -> String {
    let user = nix::unistd::User::from_uid(nix::unistd::geteuid()).unwrap().unwrap();
    format!("the command line ({})", user.name)
}

fn reference(nth: u8) -> String {
    Reference::of(&request_id(nth)).to_string()
}

/// The whole audit, verified: actor, action, subject and detail of each line.
fn audit(database: &Database) -> Vec<[String; 4]> {
    let audit = run(["audit", "--json", "--database", &word(database)]);
    let (lines, told) = texts(&audit);
    assert!(audit.status.success(), "{told}");
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        told.starts_with(&format!("{} lines, none changed or missing; ", lines.len())),
        "{told}"
    );
    let members = |line: &Value| {
        ["actor", "action", "subject", "detail"].map(|it| line[it].as_str().unwrap().to_owned())
    };
    lines.iter().map(members).collect()
}

/// A line as the audit has it.
fn line(actor: &str, action: &str, subject: &str, detail: &str) -> [String; 4] {
    [actor, action, subject, detail].map(str::to_owned)
}

#[test]
fn each_call_of_the_staff_is_recorded_under_the_name_of_its_token() {
    let service = Service::start();
    for nth in 1..=3 {
        let id = request_id(nth);
        let sealed = service.plan.clinic.seal(request(id));
        assert_eq!(service.send(&id.to_string(), &sealed).status, 201);
        assert_eq!(service.send(&id.to_string(), &sealed).status, 200);
    }
    let database = word(&service.plan.database);
    let new = ["token", "new", "--database", &database, "--scope", "list,mark,delete"];
    let made = run(new.iter().chain(&["--expires", "never", "front desk"]));
    let token = texts(&made).0.trim().to_owned();

    let list = service.ask("GET", "/v1/requests", &token, "").json();
    service.ask("GET", "/v1/requests?limit=1", &token, "");
    // Nothing came after: nobody learned anything.
    let end = format!("/v1/requests?after={}", list["next"].as_str().unwrap());
    assert_eq!(service.ask("GET", &end, &token, "").status, 200);
    let path = |nth| format!("/v1/requests/{}", request_id(nth));
    for _ in 0..2 {
        // The second time it is no change.
        assert_eq!(service.ask("PATCH", &path(1), &token, r#"{"state":"closed"}"#).status, 200);
    }
    assert_eq!(service.ask("DELETE", &path(2), &token, "").status, 204);
    assert_eq!(service.ask("DELETE", &path(2), &token, "").status, 404);
    assert_eq!(service.ask("GET", "/v1/audit", &token, "").status, 403);

    let (by, desk) = (command_line(), "token front desk");
    let expected = [
        line(&by, "token made", "front desk", "list,mark,delete, without expiry"),
        line(desk, "listed", "", &format!("3 requests: {} to {}", reference(1), reference(3))),
        line(desk, "listed", "", &format!("1 request: {}", reference(1))),
        line(desk, "marked", &reference(1), "closed"),
        line(desk, "deleted", &reference(2), ""),
    ];
    assert_eq!(audit(&service.plan.database), expected);
}

/// Each in the transaction of its change, by whoever made it.
#[test]
fn marking_undoing_and_adding_notes_are_recorded_with_who_has_the_request() {
    let service = Service::start();
    let id = request_id(1);
    service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    let [ann, ben] = ["Ann", "Ben"].map(|name| service.token_named(name, "list,mark", None));
    let path = format!("/v1/requests/{id}");
    let mark = |token: &str, body: &str| service.ask("PATCH", &path, token, body).status;
    assert_eq!(mark(&ann, r#"{"state":"claimed"}"#), 200);
    assert_eq!(mark(&ann, r#"{"state":"claimed"}"#), 200, "no change");
    assert_eq!(mark(&ben, r#"{"state":"tried"}"#), 200);
    assert_eq!(mark(&ben, r#"{"state":"reached","holder":"Ben"}"#), 200);
    assert_eq!(mark(&ben, r#"{"state":"reached","holder":"Ann"}"#), 200);
    assert_eq!(mark(&ben, r#"{"state":"claimed","holder":"Ann"}"#), 200);
    assert_eq!(mark(&ben, r#"{"state":"claimed","holder":"nobody"}"#), 422);
    let undo = format!("{path}/undo");
    for (version, status) in [("\"1\"", 412), ("\"6\"", 200), ("\"7\"", 200)] {
        let headers = [("If-Match", version)];
        assert_eq!(service.ask_with("POST", &undo, &ann, &headers, "").status, status);
    }
    let keys = std::slice::from_ref(&service.plan.clinic.public);
    let note = intake::seal::seal_note(b"left a voicemail", id, keys).unwrap();
    let note = String::from_utf8(note).unwrap();
    let (notes, kind) = (format!("{path}/notes"), [("Content-Type", "application/jose+json")]);
    for status in [201, 200] {
        assert_eq!(service.ask_with("POST", &notes, &ben, &kind, &note).status, status);
    }
    assert_eq!(service.ask("GET", &path, &ann, "").status, 200);
    assert_eq!(service.ask("GET", "/v1/changes", &ann, "").status, 200);

    let (of_ann, of_ben, subject) = ("token Ann", "token Ben", reference(1));
    let expected = [
        line(of_ann, "marked", &subject, "claimed by Ann"),
        line(of_ben, "marked", &subject, "tried"),
        line(of_ben, "marked", &subject, "reached"),
        line(of_ben, "marked", &subject, "reached, held by Ann"),
        line(of_ben, "marked", &subject, "claimed by Ann"),
        line(of_ann, "undone", &subject, "reached"),
        line(of_ann, "undone", &subject, "claimed by Ann"),
        line(of_ben, "note added", &subject, "note 1"),
        line(of_ann, "listed", "", &format!("1 request: {subject}")),
    ];
    assert_eq!(audit(&service.plan.database)[2..], expected);
}

#[test]
fn a_program_reads_the_audit_page_by_page_as_the_command_line_does() {
    let service = Service::start();
    let token = service.token();
    for nth in 1..=3 {
        let id = request_id(nth);
        service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
        service.ask("DELETE", &format!("/v1/requests/{id}"), &token, "");
    }
    let (printed, _) =
        texts(&run(["audit", "--json", "--database", &word(&service.plan.database)]));
    let printed: Vec<Value> =
        printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut lines = Vec::new();
    let mut after = 0;
    loop {
        let path = format!("/v1/audit?limit=3&after={after}");
        let page = service.ask("GET", &path, &token, "").json();
        let more = page["lines"].as_array().unwrap();
        if more.is_empty() {
            assert_eq!(page["next"], after);
            break;
        }
        lines.extend(more.clone());
        after = page["next"].as_i64().unwrap();
    }
    assert_eq!(lines, printed);
    assert_eq!(lines.len(), 4);
    for query in ["limit=0", "limit=201", "after=-1", "after=x", "before=3"] {
        let response = service.ask("GET", &format!("/v1/audit?{query}"), &token, "");
        assert_eq!(response.status, 400, "{query}");
    }
}

#[test]
fn each_command_is_recorded_under_the_name_given_and_the_user() {
    let office = Office::new();
    for nth in 1..=3 {
        office.store_request(request(request_id(nth)));
    }
    let key = office.clinic.private_file.display().to_string();
    let database = office.database();
    let [one, two, three] = [1, 2, 3].map(reference);
    for command in [
        &["list"][..],
        &["open", "--private", &key, "--reference", &two, "--by", "Ann"],
        &["export", "--private", &key, "--format", "csv", "--by", " Ann Example "],
        &["mark", "closed", &one, &two, "--by", "Ann"],
        &["delete", &one, "--yes", "--by", "Ann"],
        &["delete", "--state", "new", "--yes"],
        &["restore", "--by", "Ann"],
    ] {
        let done = office.run(command);
        assert!(done.status.success(), "{command:?}: {done:?}");
    }
    for command in [&["new", "--expires", "2999-12-31"][..], &["revoke"]] {
        let command = [&["token"], command, &["--database", &database, "front desk"]].concat();
        assert!(run(command).status.success());
    }
    let by = command_line();
    let ann = by.replace('(', "(Ann, as ");
    let kid = format!("with key {}", office.clinic.public.kid);
    let expected = [
        line(&by, "listed", "", &format!("3 requests: {one} to {three}")),
        line(&ann, "opened", &two, &kid),
        line(&by.replace('(', "(Ann Example, as "), "exported", &one, &kid),
        line(&by.replace('(', "(Ann Example, as "), "exported", &two, &kid),
        line(&by.replace('(', "(Ann Example, as "), "exported", &three, &kid),
        line(&ann, "marked", &one, "closed"),
        line(&ann, "marked", &two, "closed"),
        line(&ann, "deleted", &one, ""),
        line(&by, "deleted", &three, ""),
        line(&ann, "restored", "", ""),
        line(&by, "token made", "front desk", "list,mark, until 2999-12-31"),
        line(&by, "token revoked", "front desk", ""),
    ];
    assert_eq!(audit(&office.database), expected);
    for wrong in ["", "  ", "two\nlines"] {
        assert_eq!(office.run(&["list", "--by", wrong]).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn what_cannot_be_opened_is_not_recorded_as_opened() {
    let office = Office::new();
    office.store(request_id(1), b"garbage");
    office.store_request(request(request_id(2)));
    assert_eq!(office.open(&[]).status.code(), Some(3));
    let opened: Vec<_> = audit(&office.database).into_iter().map(|[_, _, it, _]| it).collect();
    assert_eq!(opened, [reference(2)]);
}

#[test]
fn more_requests_than_are_opened_at_once_are_each_recorded_and_printed() {
    let office = Office::new();
    for nth in 0..130 {
        office.store_request(request(request_id(nth)));
    }
    let (printed, told) = texts(&office.open(&[]));
    assert_eq!(told, "130 opened, 0 failed, 0 skipped\n");
    let printed: Vec<_> =
        printed.lines().filter(|line| line.contains("  received ")).map(|it| &it[..9]).collect();
    let recorded: Vec<_> = audit(&office.database).into_iter().map(|[_, _, it, _]| it).collect();
    assert_eq!(printed, recorded);
    assert_eq!(recorded, (0..130).map(reference).collect::<Vec<_>>());
}

/// By retention, and by a command for many: each leaves its reference, and nothing else.
#[test]
fn a_deletion_leaves_its_reference_and_nothing_else_of_the_request() {
    let office = Office::new();
    for nth in 1..=4 {
        office.store_request(request(request_id(nth)));
    }
    wait_for(async {
        let store = Store::open(&office.database, STORE_TIMEOUT).await.unwrap();
        let now = OffsetDateTime::now_utc();
        let before = now - Duration::days(91);
        Other::connect(&office.database).await.execute("UPDATE requests SET received_at = 7").await;
        let by = Actor::Token("front desk".to_owned());
        for nth in [1, 2] {
            store.set_state(&by, request_id(nth), State::Closed, before).await.unwrap();
        }
        delete_settled(&store, Retention::Days(90), now).await.unwrap();
        store.close().await;
    });
    assert!(office.run(&["delete", "--state", "new", "--yes"]).status.success());
    let lines = audit(&office.database);
    let mut deleted: Vec<_> = lines.iter().filter(|line| line[1] == "deleted").cloned().collect();
    deleted.sort();
    let by = command_line();
    let mut expected = [
        line(&by, "deleted", &reference(3), ""),
        line(&by, "deleted", &reference(4), ""),
        line("the service", "deleted", &reference(1), "retention"),
        line("the service", "deleted", &reference(2), "retention"),
    ];
    expected.sort();
    assert_eq!(deleted, expected);

    let (printed, _) = texts(&office.run(&["audit", "--json"]));
    for nth in 1..=4 {
        assert!(!printed.contains(&request_id(nth).to_string()), "{printed}");
    }
}
