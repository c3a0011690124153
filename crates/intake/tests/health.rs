//! `/healthz`, `/readyz`, `/metrics` and `/openapi.json`.

use std::net::TcpStream;
use std::thread;
use std::time::Instant;

use serde_json::Value;

use crate::harness::clinic::{request, request_id};
use crate::harness::database::{self, Other};
use crate::harness::service::Service;
use crate::harness::wait_for;

#[test]
fn a_running_service_is_alive_and_ready() {
    let service = Service::start();
    let text = |words: &str| {
        format!("200\nconnection: close\ncontent-type: text/plain; charset=utf-8\n\n{words}")
    };
    assert_eq!(service.get("/healthz", &[]).whole(), text("alive\n"));
    assert_eq!(service.operate("/readyz").whole(), text("ready\n"));
}

#[test]
fn readiness_writes_at_most_once_a_second_whoever_asks() {
    let service = Service::start();
    let count = |sql: &'static str| {
        wait_for(async { Other::connect(&service.plan.database).await.execute(sql).await });
    };
    count(match database::is_postgres() {
        false => {
            "CREATE TABLE writes (nth INTEGER); \
             CREATE TRIGGER count_requests AFTER INSERT ON requests \
             BEGIN INSERT INTO writes VALUES (1); END"
        }
        true => {
            "CREATE TABLE writes (nth INTEGER); \
             CREATE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN INSERT INTO writes VALUES (1); RETURN NULL; END $$; \
             CREATE TRIGGER count_requests AFTER INSERT ON requests \
             FOR EACH ROW EXECUTE FUNCTION count_write()"
        }
    });
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..100 {
                    assert_eq!(service.operate("/readyz").status, 200);
                }
            });
        }
    });
    let seconds = begun.elapsed().as_secs();
    let writes = wait_for(async {
        Other::connect(&service.plan.database).await.number("SELECT COUNT(*) FROM writes").await
    });
    let allowed = 1..=i64::try_from(seconds).unwrap() + 1;
    assert!(allowed.contains(&writes), "{writes} writes in {seconds} s");
    let listed = service.ask("GET", "/v1/requests", &service.token(), "").json();
    assert_eq!(listed["requests"], serde_json::json!([]), "a probe leaves nothing");
}

#[test]
fn metrics_count_responses_connections_and_nothing_of_anybody() {
    let service = Service::start();
    let id = request_id(1);
    service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    service.get("/ann@example.com", &[]);
    let waiting = TcpStream::connect(service.address).unwrap();
    let response = service.operate("/metrics");
    let kind = response.header("content-type").unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let text = response.text();
    for line in [
        r#"intake_responses_total{method="POST",route="/v1/requests",status="201"} 1"#,
        r#"intake_responses_total{method="GET",route="site",status="404"} 1"#,
        r#"intake_response_duration_seconds_count{route="/v1/requests"} 1"#,
        "intake_waiting_notices 0",
        "# EOF",
    ] {
        assert!(text.lines().any(|it| it == line), "{line}\n{text}");
    }
    assert!(!text.contains(&id.to_string()) && !text.contains("ann"), "{text}");
    assert!(!text.contains("127.0.0.1"), "{text}");
    drop(waiting);
}

#[test]
fn each_listener_describes_what_it_serves_and_names_the_other() {
    let service = Service::start();
    let all = [service.get("/openapi.json", &[]), service.operate("/openapi.json")];
    let [public, description] = all.map(|response| response.json());
    let operations = |description: &Value| -> Vec<String> {
        let paths = description["paths"].as_object().unwrap();
        let of_path = |(path, item): (&String, &Value)| {
            let methods = item.as_object().unwrap().keys();
            methods.map(|method| format!("{method} {path}")).collect::<Vec<_>>()
        };
        paths.iter().flat_map(of_path).collect()
    };
    assert_eq!(operations(&public), ["get /healthz", "post /v1/requests"]);
    let expected = [
        "get /healthz",
        "get /metrics",
        "get /readyz",
        "get /v1/audit",
        "get /v1/changes",
        "get /v1/requests",
        "get /v1/requests/{id}",
        "delete /v1/requests/{id}",
        "patch /v1/requests/{id}",
        "post /v1/requests/{id}/notes",
        "post /v1/requests/{id}/undo",
        "get /v1/session",
        "get /v1/set-up",
        "post /v1/set-up",
        "get /v1/status",
        "get /v1/tokens",
        "post /v1/tokens",
        "delete /v1/tokens/{name}",
        "post /v1/trials",
    ];
    assert_eq!(operations(&description), expected);
    for description in [&public, &description] {
        assert_eq!(description["openapi"], "3.1.0");
        let told = description["info"]["description"].as_str().unwrap();
        assert!(told.contains("`listen`") && told.contains("`operations_listen`"), "{told}");
    }
    for (method, path, scope) in [
        ("get", "/v1/audit", "admin"),
        ("get", "/v1/requests", "list"),
        ("get", "/v1/requests/{id}", "list"),
        ("get", "/v1/changes", "list"),
        ("post", "/v1/requests/{id}/undo", "mark"),
        ("post", "/v1/requests/{id}/notes", "mark"),
        ("patch", "/v1/requests/{id}", "mark"),
        ("delete", "/v1/requests/{id}", "delete"),
        ("get", "/v1/status", "list"),
        ("get", "/v1/tokens", "admin"),
        ("post", "/v1/tokens", "admin"),
        ("delete", "/v1/tokens/{name}", "admin"),
        ("post", "/v1/trials", "mark"),
    ] {
        let call = &description["paths"][path][method];
        assert_eq!(call["security"], serde_json::json!([{"token": [scope]}]), "{method}");
        for (status, kind) in [("401", "expired-token"), ("403", "missing-scope")] {
            let told = call["responses"][status]["description"].as_str().unwrap();
            assert!(told.contains(&format!("urn:problem-type:intake:{kind}")), "{told}");
        }
    }
    let list = &description["paths"]["/v1/requests"]["get"];
    let told = list["responses"]["410"]["description"].as_str().unwrap();
    assert!(told.contains("another-listing") && told.contains("without `after`"), "{told}");
}
