//! Tokens of the staff: scopes, expiry, last use, and those that are refused.

use intake::audit::Actor;
use intake::store::{Database, STORE_TIMEOUT, Store, Token, USE_PRECISION};
use intake::tokens::NewToken;
use time::{Duration, OffsetDateTime};

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::database::{self, Other};
use crate::harness::http::{self, Response};
use crate::harness::program::{Server, run, texts};
use crate::harness::service::Service;
use crate::harness::wait_for;

const MARK: &str = r#"{"state":"reached"}"#;

/// A service with a request, and the path of that.
fn service() -> (Service, String) {
    let service = Service::start();
    let id = request_id(1);
    let response = service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    assert_eq!(response.status, 201);
    (service, format!("/v1/requests/{id}"))
}

fn metric(service: &Service, reason: &str) -> u32 {
    let response = service.operate("/metrics");
    let name = format!("intake_failed_tokens_total{{reason=\"{reason}\"}} ");
    let count = response.text().lines().find_map(|line| line.strip_prefix(&name));
    count.expect("it is counted from 0 on").parse().unwrap()
}

fn problem(response: &Response) -> (u16, String, String) {
    let problem = response.json();
    let member = |name: &str| problem[name].as_str().unwrap().to_owned();
    (response.status, member("type"), member("detail"))
}

#[test]
fn each_scope_allows_its_calls_alone() {
    let (service, path) = service();
    let (undo, notes) = (format!("{path}/undo"), format!("{path}/notes"));
    // The deletion last.
    let calls = [
        ("list", "GET", "/v1/requests", "", 200),
        ("list", "GET", path.as_str(), "", 200),
        ("list", "GET", "/v1/changes", "", 200),
        ("mark", "PATCH", path.as_str(), MARK, 200),
        // Without If-Match; without an envelope.
        ("mark", "POST", undo.as_str(), "", 428),
        ("mark", "POST", notes.as_str(), "", 415),
        ("admin", "GET", "/v1/audit", "", 200),
        ("delete", "DELETE", path.as_str(), "", 204),
    ];
    let mut refused = 0;
    for scopes in ["list", "mark", "list,mark", "delete"] {
        let token = service.token_for(scopes, None);
        for (scope, method, path, body, _) in calls {
            if scopes.split(',').any(|it| it == scope) {
                continue;
            }
            let response = service.ask(method, path, &token, body);
            let (status, kind, detail) = problem(&response);
            assert_eq!((status, kind.as_str()), (403, "urn:problem-type:intake:missing-scope"));
            assert!(detail.contains("intake token new --scope") && detail.contains(scope));
            let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
            assert_eq!(response.header("www-authenticate"), Some(challenge.as_str()));
            refused += 1;
            assert_eq!(metric(&service, "scope"), refused);
        }
    }
    let all = service.token_for("admin", None);
    for (scope, method, path, body, status) in calls {
        let id = request_id(1);
        service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
        let token = service.token_for(scope, None);
        assert_eq!(service.ask(method, path, &token, body).status, status, "{scope}");
        service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
        assert_eq!(service.ask(method, path, &all, body).status, status, "admin: {scope}");
    }
}

#[test]
fn an_expired_token_is_told_what_to_do() {
    let (service, _) = service();
    let now = OffsetDateTime::now_utc();
    let (today, yesterday) = (now.date(), (now - Duration::DAY).date());
    let valid = service.token_for("list", Some(&(today + Duration::DAY).to_string()));
    let expired = service.token_for("list", Some(&yesterday.to_string()));
    assert_eq!(service.ask("GET", "/v1/requests", &valid, "").status, 200);
    let response = service.ask("GET", "/v1/requests", &expired, "");
    let (status, kind, detail) = problem(&response);
    assert_eq!((status, kind.as_str()), (401, "urn:problem-type:intake:expired-token"));
    assert!(detail.contains("intake token new"), "{detail}");
    assert_eq!(response.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
    assert_eq!((metric(&service, "expired"), metric(&service, "unknown")), (1, 0));
}

#[test]
fn a_token_can_be_used_on_its_last_day_and_not_after() {
    let token = |expires: Option<&str>| Token {
        name: "front desk".to_owned(),
        created_at: OffsetDateTime::UNIX_EPOCH,
        scopes: "list".parse().unwrap(),
        expires: expires.map(|day| day.parse().unwrap()),
        used_at: None,
    };
    let midnight = OffsetDateTime::from_unix_timestamp(1_795_478_400).unwrap();
    assert_eq!(midnight.to_string(), "2026-11-24 0:00:00.0 +00:00:00");
    assert!(!token(Some("2026-11-23")).has_expired(midnight - Duration::SECOND));
    assert!(token(Some("2026-11-23")).has_expired(midnight));
    assert!(!token(None).has_expired(midnight + 9_000 * Duration::WEEK));
}

#[test]
fn without_a_known_token_nothing_is_told() {
    let (service, path) = service();
    let token = service.token();
    let mut count = 0;
    let mut refused = |method, path: &str, header: Option<&str>| {
        let headers: Vec<_> = header.iter().map(|it| ("Authorization", *it)).collect();
        let head = http::head(method, path, &headers);
        let response = http::exchange(service.operations, head.as_bytes());
        assert_eq!(response.status, 401, "{method} {path} {header:?}");
        assert_eq!(response.header("www-authenticate"), Some("Bearer"));
        assert!(!response.text().contains(&request_id(1).to_string()));
        // A call without a token is no failed one.
        count += u32::from(header.is_some_and(|it| it.starts_with("Bearer intake_")));
        assert_eq!(metric(&service, "unknown"), count, "{header:?}");
    };
    let (basic, longer) = (format!("Basic {token}"), format!("Bearer {token}x"));
    for header in [None, Some("Bearer"), Some("Bearer "), Some(&token), Some(&basic), Some(&longer)]
    {
        refused("GET", "/v1/requests", header);
        refused("PATCH", &path, header);
        refused("DELETE", &path, header);
    }
    assert_eq!(service.ask("GET", "/v1/requests", &token, "").status, 200);
}

/// Runs `intake token` on a database.
fn token(database: &Database, args: &[&str]) -> (Option<i32>, String, String) {
    let database = database::word(database);
    let done = run(["token"].iter().chain(args).chain(&["--database", &database]));
    let (out, err) = texts(&done);
    (done.status.code(), out, err)
}

#[test]
fn tokens_are_made_listed_and_revoked_at_the_command_line() {
    let (service, _) = service();
    let token = |args: &[&str]| token(&service.plan.database, args);
    let (code, secret, told) = token(&["new", "front desk"]);
    let secret = secret.trim().to_owned();
    assert!(code == Some(0) && secret.starts_with("intake_"), "{told}");
    assert_eq!(secret.len(), "intake_".len() + 43);
    assert!(told.starts_with("the token of front desk allows list,mark, until "), "{told}");
    assert_eq!(token(&["list"]).1.lines().nth(1).unwrap().split_whitespace().nth(3), Some("-"));
    assert_eq!(service.ask("GET", "/v1/requests", &secret, "").status, 200);

    let (_, list, _) = token(&["list"]);
    let line = list.lines().nth(1).unwrap();
    assert!(line.ends_with("Z  front desk") && !list.contains(&secret), "{list}");
    let last = OffsetDateTime::now_utc().date();
    let columns: Vec<_> = line.split_whitespace().collect();
    assert_eq!((columns[1], &columns[2][..4]), ("list,mark", &*(last.year() + 1).to_string()));
    let (code, _, told) = token(&["new", "front desk"]);
    assert!(code == Some(1) && told.contains("revoke it first"), "{told}");
    assert_eq!(token(&["revoke", "front desk"]).0, Some(0));
    assert_eq!(service.ask("GET", "/v1/requests", &secret, "").status, 401);
    assert_eq!(token(&["revoke", "front desk"]).0, Some(1));
    for name in ["two\nlines", " ", "..", "Ann\u{202e}nnA", "Ann\u{200b}", &"a".repeat(101)] {
        let (code, _, told) = token(&["new", name]);
        assert!(code == Some(1) && told.contains("one line of text"), "{name:?}: {told}");
    }
    assert_eq!(
        token(&["new", " Ann Example\t"]).2.find("the token of Ann Example allows"),
        Some(0)
    );
}

#[test]
fn scopes_and_the_last_day_are_given_at_the_command_line() {
    let (service, _) = service();
    let token = |args: &[&str]| token(&service.plan.database, args);
    let (_, _, told) = token(&["new", "a", "--scope", "delete,list", "--expires", "2999-12-31"]);
    assert_eq!(told, "the token of a allows list,delete, until 2999-12-31 (UTC)\n");
    let (_, _, told) = token(&["new", "b", "--scope", "admin", "--expires", "never"]);
    assert!(told.contains("allows admin, and never expires: revoke it"), "{told}");
    let (_, list, _) = token(&["list"]);
    let columns =
        |nth: usize| list.lines().nth(nth).unwrap().split_whitespace().collect::<Vec<_>>();
    assert_eq!(columns(1)[1..], ["list,delete", "2999-12-31", "-", "a"]);
    assert_eq!(columns(2)[1..], ["admin", "never", "-", "b"]);
    for (flags, code, words) in [
        (["--scope", "read"], 2, "list, mark, delete and admin"),
        (["--scope", ""], 2, "list, mark, delete and admin"),
        (["--expires", "2027-02-30"], 2, "YYYY-MM-DD, or never"),
        (["--expires", "2020-01-31"], 1, "that day is past"),
    ] {
        let (refused, _, told) = token(&[&["new", "c"][..], &flags].concat());
        assert!(refused == Some(code) && told.contains(words), "{flags:?}: {told}");
    }
}

/// The access log names who called; of a token that is refused no part is logged.
#[test]
fn the_log_names_the_token_of_each_call_and_no_part_of_a_refused_one() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let database = database::fresh(folder.path());
    let server = Server::start(&database, &clinic.public_file);
    let secret = token(&database, &["new", "front desk"]).1.trim().to_owned();
    let call = |token: &str, method: &str, path: &str| {
        let bearer = format!("Bearer {token}");
        let head = http::head(method, path, &[("Authorization", &bearer)]);
        http::exchange(server.operations, head.as_bytes()).status
    };
    assert_eq!(call(&secret, "GET", "/v1/requests"), 200);
    let line = server.line_with("answered");
    assert!(line.contains("status=200 token=\"front desk\""), "{line}");

    let path = format!("/v1/requests/{}", request_id(1));
    assert_eq!(call(&secret, "DELETE", &path), 403);
    let warning = server.line_with("WARN");
    assert!(warning.contains("without the scope token=\"front desk\""), "{warning}");
    let line = server.line_with("answered");
    assert!(line.contains("status=403 token=\"front desk\""), "{line}");
    assert_eq!(token(&database, &["revoke", "front desk"]).0, Some(0));

    // Two tokens, of which one was valid: their lines differ in the time alone.
    let mut told = Vec::new();
    for unknown in [secret.as_str(), "intake_Zm9yZ290dGVuIHRvIHJldm9rZSBpdCBpbiB0aW1lISE"] {
        assert_eq!(call(unknown, "GET", "/v1/requests"), 401);
        if told.is_empty() {
            // Throttled after that: anybody can cause it.
            let warning = server.line_with("WARN");
            assert!(warning.ends_with(" an unknown token was sent, or a revoked one"), "{warning}");
        }
        let line = server.line_with("answered");
        let words = line.split_whitespace().skip(1).filter(|it| !it.starts_with("milliseconds"));
        told.push(words.map(str::to_owned).collect::<Vec<_>>());
    }
    assert_eq!(told[0], told[1]);
}

#[test]
fn the_last_use_is_stored_to_the_minute() {
    let folder = tempfile::tempdir().unwrap();
    let database = database::fresh(folder.path());
    wait_for(async {
        let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
        let new = NewToken {
            name: "front desk".to_owned(),
            hash: [1; 32],
            scopes: "list".parse().unwrap(),
            expires: None,
        };
        let noon = OffsetDateTime::from_unix_timestamp(1_795_521_600).unwrap();
        assert!(store.add_token(&Actor::Service, &new, noon).await.unwrap());
        let mut expected = None;
        for (at, stored) in [
            (noon, true),
            (noon + USE_PRECISION - Duration::SECOND, false),
            (noon + USE_PRECISION, true),
            // The clock was set back.
            (noon, true),
        ] {
            let token = store.token(&[1; 32]).await.unwrap().unwrap();
            assert_eq!(token.used_at, expected);
            store.token_used(&token, at).await.unwrap();
            expected = if stored { Some(at) } else { expected };
            assert_eq!(store.tokens().await.unwrap()[0].used_at, expected, "{at}");
        }
        store.close().await;
    });
}

/// To whoever made a token of the release before, an upgrade changes nothing.
#[test]
fn a_token_of_an_older_release_goes_on_to_list_mark_and_delete() {
    let (service, path) = service();
    let secret = intake::tokens::new();
    let hash = base16ct::lower::encode_string(&intake::tokens::hash(&secret));
    let hash = match database::is_postgres() {
        true => format!("'\\x{hash}'"),
        false => format!("x'{hash}'"),
    };
    wait_for(async {
        let mut other = Other::connect(&service.plan.database).await;
        // As the migration finds it: a name, a hash and a time.
        let insert = "INSERT INTO tokens (name, hash, created_at) VALUES";
        other.execute(&format!("{insert} ('older', {hash}, 1700000000)")).await;
    });
    assert_eq!(service.ask("GET", "/v1/requests", &secret, "").status, 200);
    assert_eq!(service.ask("PATCH", &path, &secret, MARK).status, 200);
    assert_eq!(service.ask("DELETE", &path, &secret, "").status, 204);
    let (_, list, _) = token(&service.plan.database, &["list"]);
    let line = list.lines().find(|line| line.ends_with("older")).unwrap();
    assert!(line.contains("  list,mark,delete  never "), "{line}");
}
