//! Trials of storing: the whole way of a request, and nothing of it left.

use intake::audit::Actor;
use intake::store::{Channel, Database, STORE_TIMEOUT, Store};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::database::{self, Other};
use crate::harness::http;
use crate::harness::service::{Plan, Service};
use crate::harness::wait_for;

fn count(database: &Database, table: &str) -> i64 {
    let count = format!("SELECT COUNT(*) FROM {table}");
    wait_for(async { Other::connect(database).await.number(&count).await })
}

fn last_trial(service: &Service) -> Value {
    let admin = service.token();
    service.ask("GET", "/v1/status", &admin, "").json()["last_trial"].clone()
}

#[test]
fn a_trial_comes_back_as_it_was_sent_and_leaves_nothing_but_its_moment() {
    let service = Service::start();
    let token = service.token_named("front desk", "list,mark", None);
    let list = || service.ask("GET", "/v1/requests", &token, "").json();
    let (before, id) = (list(), request_id(1));
    let envelope = service.plan.clinic.seal(request(id));
    assert_eq!(last_trial(&service), Value::Null);
    let response = service.try_out(&token, &envelope);
    assert_eq!(response.status, 200, "{}", response.text());
    let back = response.json();
    assert_eq!(back, json!({"envelope": str::from_utf8(&envelope).unwrap()}));
    let opened = intake::open::open(
        back["envelope"].as_str().unwrap().as_bytes(),
        &[],
        Some(id),
        &[service.plan.clinic.private()],
    );
    assert_eq!(opened.unwrap().patient.name, "Ann Example");

    assert_eq!(list(), before);
    for table in ["requests", "trials", "notices"] {
        assert_eq!(count(&service.plan.database, table), 0, "{table}");
    }
    let trial = last_trial(&service);
    assert_eq!(trial["by"], "front desk");
    assert!(trial["at"].as_str().unwrap().ends_with('Z'), "{trial}");
    let audit = service.ask("GET", "/v1/audit", &service.token(), "").json();
    let lines = audit["lines"].as_array().unwrap();
    let line = lines.iter().find(|line| line["action"] == "trial made").unwrap();
    assert_eq!((&line["actor"], &line["subject"]), (&json!("token front desk"), &json!("")));
    // The next one in its place.
    assert_eq!(service.try_out(&service.token_named("Ann", "mark", None), &envelope).status, 200);
    assert_eq!(last_trial(&service)["by"], "Ann");
}

#[test]
fn a_trial_is_no_arrival_to_any_channel_nor_alarm() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let database = database::fresh(folder.path());
    let envelope = clinic.seal(request(request_id(1)));
    let now = OffsetDateTime::now_utc();
    wait_for(async {
        let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
        let store = store.announcing(&[Channel::Email, Channel::Webhook]);
        let actor = Actor::Token("desk".to_owned());
        let tried = store.try_storing(&actor, &envelope, now).await.unwrap();
        assert_eq!(tried.as_deref(), Some(envelope.as_slice()));
        assert_eq!(store.pending_notices().await.unwrap(), 0);
        assert_eq!(store.unread(now + Duration::DAY).await.unwrap(), None);
        assert_eq!(store.entries().await.unwrap(), []);
        store.close().await;
    });
}

#[test]
fn many_trials_and_requests_at_once_do_not_meet() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let database = database::fresh(folder.path());
    // All under one id, which a request has too.
    let id = request_id(1);
    let envelopes = [(); 6].map(|()| clinic.seal(request(id)));
    let patient = clinic.seal(request(id));
    wait_for(async {
        let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
        let actor = Actor::Token("desk".to_owned());
        let now = OffsetDateTime::now_utc();
        let tried = async |nth: usize| {
            let back = store.try_storing(&actor, &envelopes[nth], now).await.unwrap();
            back.as_deref() == Some(envelopes[nth].as_slice())
        };
        let (a, b, c, stored, d, e, f) = tokio::join!(
            tried(0),
            tried(1),
            tried(2),
            store.insert(id, &patient),
            tried(3),
            tried(4),
            tried(5),
        );
        assert!(a && b && c && d && e && f);
        assert!(matches!(stored.unwrap(), intake::store::InsertOutcome::Created(_)));
        assert_eq!(store.envelope(id).await.unwrap().as_deref(), Some(patient.as_slice()));
        assert_eq!(store.count().await.unwrap(), 1);
        store.close().await;
    });
    assert_eq!(count(&database, "trials"), 0);
}

#[test]
fn what_a_patient_could_not_send_is_no_trial_either() {
    let mut plan = Plan::new();
    plan.set("max_requests", "1");
    let service = plan.start();
    let token = service.token_for("mark", None);
    let stranger = Keys::new(service.plan.folder.path(), "stranger");
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    let bearer = format!("Bearer {token}");
    let plain = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    assert_eq!(http::post(service.operations, "/v1/trials", &plain, &envelope).status, 415);
    assert_eq!(service.try_out(&token, b"{}").status, 400);
    assert_eq!(service.try_out(&token, &[b' '; 70_000]).status, 413);
    assert_eq!(service.try_out(&token, &stranger.seal(request(id))).status, 422);
    assert_eq!(service.try_out(&token, &envelope).status, 200);
    assert_eq!(service.send(&id.to_string(), &envelope).status, 201);
    let full = service.try_out(&token, &envelope);
    assert_eq!(full.json()["type"], "urn:problem-type:intake:storage-full");
    assert_eq!(service.try_out(&service.token_for("list,delete", None), &envelope).status, 403);
    assert_eq!(service.try_out("unknown", &envelope).status, 401);
    let public = http::post(service.address, "/v1/trials", &plain, &envelope);
    assert_eq!(public.status, 404);
}

#[test]
fn a_store_that_damages_what_it_keeps_is_found() {
    let service = Service::start();
    let token = service.token_for("mark", None);
    wait_for(async {
        let damage = match database::is_postgres() {
            false => {
                "CREATE TRIGGER damage AFTER INSERT ON trials \
                 BEGIN UPDATE trials SET envelope = x'7b7d' WHERE id = NEW.id; END"
            }
            true => {
                "CREATE FUNCTION damage() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN NEW.envelope = '{}'; RETURN NEW; END $$; \
                 CREATE TRIGGER damage BEFORE INSERT ON trials \
                 FOR EACH ROW EXECUTE FUNCTION damage()"
            }
        };
        Other::connect(&service.plan.database).await.execute(damage).await;
    });
    let response = service.try_out(&token, &service.plan.clinic.seal(request(request_id(1))));
    assert_eq!(response.status, 500, "{}", response.text());
    assert_eq!(response.json()["type"], "urn:problem-type:intake:trial-failed");
    assert_eq!(last_trial(&service), Value::Null);
    assert_eq!(count(&service.plan.database, "trials"), 0);
    assert_eq!(count(&service.plan.database, "requests"), 0);
}

/// A process that died between the two commits of a trial.
#[test]
fn what_is_left_of_a_trial_is_no_request_and_is_deleted() {
    let service = Service::start();
    let token = service.token_for("list", None);
    let now = OffsetDateTime::now_utc();
    let bytes = if database::is_postgres() { "'{}'" } else { "x'7b7d'" };
    let ages = [-2 * Duration::HOUR, -Duration::MINUTE, 2 * Duration::HOUR];
    wait_for(async {
        let mut other = Other::connect(&service.plan.database).await;
        for age in ages {
            let (id, at) = (Uuid::new_v4(), (now + age).unix_timestamp());
            let insert = "INSERT INTO trials (id, received_at, envelope) VALUES";
            other.execute(&format!("{insert} ('{id}', {at}, {bytes})")).await;
        }
    });
    let listed = service.ask("GET", "/v1/requests", &token, "").json();
    assert_eq!(listed["requests"], json!([]));
    assert_eq!(service.ask("GET", "/v1/status", &token, "").json()["new"], 0);
    wait_for(async {
        let store = Store::open(&service.plan.database, STORE_TIMEOUT).await.unwrap();
        assert_eq!(store.delete_left_trials(now).await.unwrap(), 2, "one may be under way");
        assert_eq!(store.delete_left_trials(now + 2 * Duration::HOUR).await.unwrap(), 1);
        store.close().await;
    });
}
