//! The first token, by the link that the service prints.

use std::thread;

use intake::store::{STORE_TIMEOUT, Store};
use intake::tokens::NewToken;
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::harness::clinic::Keys;
use crate::harness::http::{self, Response};
use crate::harness::program::{Server, intake};
use crate::harness::service::{Plan, Service};
use crate::harness::{database, wait_for};

fn with_inbox() -> Service {
    let mut plan = Plan::new();
    plan.with_inbox();
    plan.start()
}

/// The secret in the link.
fn secret(service: &Service) -> String {
    let link = service.set_up.as_ref().expect("a store without a token can be set up");
    let start = format!("http://localhost:{}/#set-up=", service.operations.port());
    link.strip_prefix(&start).expect("it stands in the fragment").to_owned()
}

fn post(service: &Service, body: &Value) -> Response {
    let body = body.to_string();
    let headers = [("Content-Type", "application/json")];
    http::post(service.operations, "/v1/set-up", &headers, body.as_bytes())
}

fn is_open(service: &Service) -> bool {
    let response = service.operate("/v1/set-up");
    assert_eq!(response.status, 200);
    response.json()["open"].as_bool().unwrap()
}

fn closed(response: &Response) {
    assert_eq!(response.status, 403, "{}", response.text());
    let problem = response.json();
    assert_eq!(problem["type"], "urn:problem-type:intake:set-up-closed");
    assert!(problem["detail"].as_str().unwrap().contains("restart it for a new link"), "{problem}");
}

#[test]
fn the_link_makes_one_token_for_everything() {
    let service = with_inbox();
    let secret = secret(&service);
    assert!(is_open(&service));
    closed(&post(&service, &json!({"secret": &secret[1..], "name": "Ann"})));
    for (body, advice) in [
        (json!({"secret": secret, "name": " "}), "one line"),
        (json!({"secret": secret}), "secret and name"),
        (json!({"secret": secret, "name": "Ann", "scopes": []}), "secret and name"),
    ] {
        let response = post(&service, &body);
        assert_eq!(response.status, 400, "a slip closes nothing");
        assert!(response.text().contains(advice) && !response.text().contains(&secret));
    }
    let response = post(&service, &json!({"secret": secret, "name": "Ann Example"}));
    assert_eq!(response.status, 201, "{}", response.text());
    let made = response.json();
    let year = OffsetDateTime::now_utc().year() + 1;
    assert_eq!((&made["name"], &made["scopes"]), (&json!("Ann Example"), &json!(["admin"])));
    assert!(made["expires"].as_str().unwrap().starts_with(&year.to_string()), "{made}");

    let token = made["token"].as_str().unwrap();
    let audit = service.ask("GET", "/v1/audit", token, "").json();
    let line = &audit["lines"][0];
    assert_eq!(
        (&line["actor"], &line["action"]),
        (&json!("token Ann Example"), &json!("token made"))
    );
    assert!(line["detail"].as_str().unwrap().ends_with(", by the link of the set-up"), "{line}");
    assert!(!is_open(&service));
    closed(&post(&service, &json!({"secret": secret, "name": "Ben"})));
    let counted = service.operate("/metrics");
    assert!(counted.text().contains("intake_failed_tokens_total{reason=\"set-up\"} 2\n"));
}

#[test]
fn of_many_set_ups_at_once_exactly_one_wins() {
    let service = with_inbox();
    let secret = secret(&service);
    let statuses: Vec<u16> = thread::scope(|scope| {
        let all: Vec<_> = (0..8)
            .map(|nth| {
                let body = json!({"secret": &secret, "name": format!("nth {nth}")});
                let service = &service;
                scope.spawn(move || post(service, &body).status)
            })
            .collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|it| **it == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|it| **it == 403).count(), 7, "{statuses:?}");
}

/// Each process has a link of its own; the store decides.
#[test]
fn of_many_processes_exactly_one_makes_the_first_token() {
    let folder = tempfile::tempdir().unwrap();
    let database = database::fresh(folder.path());
    wait_for(async {
        let mut stores = Vec::new();
        for _ in 0..4 {
            stores.push(Store::open(&database, STORE_TIMEOUT).await.unwrap());
        }
        let now = OffsetDateTime::now_utc();
        let first = async |store: &Store, nth: u8| {
            let token = NewToken {
                name: format!("nth {nth}"),
                hash: [nth; 32],
                scopes: "admin".parse().unwrap(),
                expires: None,
            };
            store.add_first_token(&token, now).await.unwrap()
        };
        let added = tokio::join!(
            first(&stores[0], 0),
            first(&stores[1], 1),
            first(&stores[2], 2),
            first(&stores[3], 3),
        );
        let added = [added.0, added.1, added.2, added.3];
        assert_eq!(added.iter().filter(|it| **it).count(), 1, "{added:?}");
        assert_eq!(stores[0].tokens().await.unwrap().len(), 1);
        assert_eq!(stores[0].audit_page(0, 10).await.unwrap().len(), 1);
        for store in stores {
            store.close().await;
        }
    });
}

#[test]
fn ten_wrong_secrets_close_it_until_the_next_start() {
    let service = with_inbox();
    let secret = secret(&service);
    for _ in 0..10 {
        assert!(is_open(&service));
        closed(&post(&service, &json!({"secret": "guessed", "name": "Eve"})));
    }
    assert!(!is_open(&service));
    closed(&post(&service, &json!({"secret": secret, "name": "Ann"})));
}

#[test]
fn a_token_made_elsewhere_closes_it() {
    let service = with_inbox();
    let secret = secret(&service);
    service.token();
    assert!(!is_open(&service));
    closed(&post(&service, &json!({"secret": secret, "name": "Ann"})));
}

#[test]
fn without_an_inbox_there_is_no_set_up() {
    let service = Service::start();
    assert_eq!(service.set_up, None);
    assert!(!is_open(&service));
    closed(&post(&service, &json!({"secret": "", "name": "Ann"})));
    let public = http::get(service.address, "/v1/set-up", &[]);
    assert_eq!(public.status, 404, "it is for operations alone");
}

/// What is printed for whoever starts the service must not stay in its log.
#[test]
fn the_program_prints_the_link_once_and_logs_neither_secret_nor_token() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let database = database::fresh(folder.path());
    let start = || {
        let mut command = intake(Server::args(&database, &clinic.public_file));
        Server::of({
            command.args(["--inbox", &folder.path().display().to_string()]);
            command
        })
    };
    let server = start();
    let line = server.line_with("set-up");
    let link = format!("Set up the inbox: http://localhost:{}/#set-up=", server.operations.port());
    let secret = line.strip_prefix(&link).expect("the line is the link alone").to_owned();
    let post = |body: &str| {
        let headers = [("Content-Type", "application/json")];
        http::post(server.operations, "/v1/set-up", &headers, body.as_bytes())
    };
    assert_eq!(post(&format!("{{\"secret\":\"{secret}\",")).status, 400);
    assert_eq!(post(&format!("{{\"secret\":\"x{secret}\",\"name\":\"Eve\"}}")).status, 403);
    assert_eq!(http::get(server.operations, &format!("/?{secret}"), &[]).status, 404);
    let made = post(&format!("{{\"secret\":\"{secret}\",\"name\":\"Ann\"}}"));
    assert_eq!(made.status, 201);
    let token = made.json()["token"].as_str().unwrap().to_owned();
    let lines = server.lines_until_stopped();
    assert!(lines.iter().any(|line| line.contains("tried to set up the inbox")), "{lines:?}");
    for line in &lines {
        assert!(!line.contains(&secret) && !line.contains(&token), "{line}");
    }
    let again = start().lines_until_stopped();
    assert!(!again.iter().any(|line| line.contains("set-up")), "there is a token: {again:?}");
}
