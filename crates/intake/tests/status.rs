//! How the service is, as the staff see it.

use std::fs;

use intake::store::{STORE_TIMEOUT, Store};
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::database::Other;
use crate::harness::service::{Plan, Service};
use crate::harness::{http, set, wait_for};

fn status(service: &Service) -> Value {
    let response = service.ask("GET", "/v1/status", &service.token_for("list", None), "");
    assert_eq!(response.status, 200, "{}", response.text());
    response.json()
}

fn moment(value: &Value) -> OffsetDateTime {
    OffsetDateTime::parse(value.as_str().unwrap(), &Rfc3339).unwrap()
}

/// Reasons and counts of refused requests.
fn refused(service: &Service) -> Vec<(String, u64)> {
    let status = status(service);
    let reasons = status["refused"]["reasons"].as_array().unwrap().iter();
    reasons
        .map(|it| (it["reason"].as_str().unwrap().to_owned(), it["count"].as_u64().unwrap()))
        .collect()
}

#[test]
fn a_fresh_service_has_nothing_to_tell_but_its_keys() {
    let service = Service::start();
    let status = status(&service);
    let key = &service.plan.clinic.public;
    let expected = json!({
        "now": status["now"],
        "new": 0,
        "oldest_new": null,
        "last_backup": null,
        "last_trial": null,
        "keys": [
            {"kid": key.kid, "fingerprint": key.fingerprint(), "expires": null, "notice": null},
        ],
        "refused": {"since": status["refused"]["since"], "reasons": []},
        "can_store": true,
    });
    assert_eq!(status, expected);
    assert!(moment(&status["refused"]["since"]) <= moment(&status["now"]));
}

#[test]
fn new_requests_and_backups_are_told() {
    let service = Service::start();
    for nth in [1, 2] {
        let id = request_id(nth);
        service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    }
    let noon = OffsetDateTime::from_unix_timestamp(1_795_521_600).unwrap();
    wait_for(async {
        let store = Store::open(&service.plan.database, STORE_TIMEOUT).await.unwrap();
        store.set_last_backup(noon).await.unwrap();
        store.close().await;
        // Received by a clock that was ahead.
        let (id, at) = (request_id(1), noon.unix_timestamp());
        let update = format!("UPDATE requests SET received_at = {at} WHERE id = '{id}'");
        Other::connect(&service.plan.database).await.execute(&update).await;
        let id = request_id(2);
        let update = format!("UPDATE requests SET received_at = {} WHERE id = '{id}'", at + 60);
        Other::connect(&service.plan.database).await.execute(&update).await;
    });
    let status = status(&service);
    assert_eq!(status["new"], 2);
    assert_eq!((moment(&status["oldest_new"]), moment(&status["last_backup"])), (noon, noon));
}

#[test]
fn keys_that_expire_are_noticed() {
    let mut plan = Plan::new();
    let today = OffsetDateTime::now_utc().date();
    let days = [("expired", Some(-1)), ("later", Some(90)), ("ever", None), ("soon", Some(30))];
    let files = days.map(|(name, days)| {
        let keys = Keys::new(plan.folder.path(), name);
        let mut jwk = serde_json::to_value(&keys.public).unwrap();
        if let Some(days) = days {
            jwk["expires"] = (today + Duration::days(days)).to_string().into();
        }
        fs::write(&keys.public_file, jwk.to_string()).unwrap();
        keys.public_file.display().to_string()
    });
    set(&mut plan.flags, "keys", files);
    let told = status(&plan.start());
    let mut notices: Vec<(String, String)> = told["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| (key["expires"].to_string(), key["notice"].to_string()))
        .collect();
    notices.sort();
    let day = |days| format!("\"{}\"", today + Duration::days(days));
    let expected = [
        (day(-1), "\"expired\"".to_owned()),
        (day(30), "\"soon\"".to_owned()),
        (day(90), "null".to_owned()),
        ("null".to_owned(), "null".to_owned()),
    ];
    assert_eq!(notices, expected);
}

#[test]
fn refused_requests_of_patients_are_counted_by_reason_and_nothing_else_is() {
    let mut plan = Plan::new();
    plan.set("limit", "2");
    let service = plan.start();
    let stranger = Keys::new(service.plan.folder.path(), "stranger");
    let send = |nth: u8, keys: &Keys| {
        let id = request_id(nth);
        service.send(&id.to_string(), &keys.seal(request(id))).status
    };
    let clinic = &service.plan.clinic;
    assert_eq!([1, 1, 1].map(|nth| send(nth, clinic)), [201, 409, 429]);
    assert_eq!([2, 3].map(|nth| send(nth, &stranger)), [422, 422]);
    assert_eq!(service.post(&[("Content-Type", "text/plain")], b"").status, 415);
    assert_eq!(service.send(&request_id(4).to_string(), b"{}").status, 400);
    let foreign = [("Content-Type", "text/plain"), ("Origin", "https://elsewhere.example")];
    assert_eq!(service.post(&foreign, b"").status, 403);
    // Of other paths, methods and of the other listener.
    service.get("/v1/requests", &[]);
    service.get("/v1/nothing", &[]);
    let id = request_id(5);
    http::send(service.operations, &id.to_string(), &clinic.seal(request(id)));
    service.try_out(&service.token(), &stranger.seal(request(id)));
    let expected = [
        ("unknown-recipient", 2),
        ("content-type", 1),
        ("id-conflict", 1),
        ("not-an-envelope", 1),
        ("origin", 1),
        ("too-many", 1),
    ];
    assert_eq!(refused(&service), expected.map(|(reason, count)| (reason.to_owned(), count)));
}

#[test]
fn a_service_without_a_key_refuses_requests_and_nothing_else() {
    let mut plan = Plan::new();
    plan.flags.words.remove("keys");
    let service = plan.start();
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    let refused_one = service.send(&id.to_string(), &envelope);
    assert_eq!((refused_one.status, refused_one.header("retry-after")), (503, Some("300")));
    assert_eq!(refused_one.json()["type"], "urn:problem-type:intake:no-key");
    let tried = service.try_out(&service.token(), &envelope);
    assert_eq!((tried.status, &tried.json()["type"]), (503, &refused_one.json()["type"]));
    let told = status(&service);
    assert_eq!((&told["keys"], &told["can_store"]), (&json!([]), &json!(true)));
    assert_eq!(refused(&service), [("no-key".to_owned(), 1)]);
    assert_eq!(service.operate("/readyz").status, 200);
    let unknown = service.operate("/metrics");
    assert!(unknown.text().contains("intake_unknown_recipients_total 0\n"));
}

#[test]
fn a_store_without_room_or_without_writing_is_told() {
    let mut plan = Plan::new();
    plan.set("max_requests", "1");
    plan.store_timeout = std::time::Duration::from_millis(500);
    let service = plan.start();
    let token = service.token_for("list", None);
    let can_store = || service.ask("GET", "/v1/status", &token, "").json()["can_store"].clone();
    assert_eq!(can_store(), true);
    wait_for(async {
        let mut other = Other::connect(&service.plan.database).await;
        // Reading goes on.
        match &other {
            Other::Sqlite(_) => other.execute("BEGIN IMMEDIATE").await,
            Other::Postgres(_) => {
                other.execute("BEGIN").await;
                other.execute("LOCK TABLE requests IN SHARE MODE").await;
            }
        }
        // What was written within the last second counts.
        while can_store() == true {}
        other.execute("ROLLBACK").await;
    });
    while can_store() == false {}
    let id = request_id(1);
    assert_eq!(service.send(&id.to_string(), &service.plan.clinic.seal(request(id))).status, 201);
    assert_eq!(can_store(), false, "it is full");
}

#[test]
fn how_the_service_is_needs_the_scope_list() {
    let service = Service::start();
    let other = service.token_for("mark,delete", None);
    assert_eq!(service.ask("GET", "/v1/status", &other, "").status, 403);
    assert_eq!(service.operate("/v1/status").status, 401);
}
