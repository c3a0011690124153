//! `/healthz`, `/readyz`, `/metrics` and `/openapi.json`.

use std::net::TcpStream;

use crate::harness::clinic::{request, request_id};
use crate::harness::service::Service;

#[test]
fn a_running_service_is_alive_and_ready() {
    let service = Service::start();
    let text = |words: &str| {
        format!("200\nconnection: close\ncontent-type: text/plain; charset=utf-8\n\n{words}")
    };
    assert_eq!(service.get("/healthz", &[]).whole(), text("alive\n"));
    assert_eq!(service.get("/readyz", &[]).whole(), text("ready\n"));
}

#[test]
fn metrics_count_answers_connections_and_nothing_of_anybody() {
    let service = Service::start();
    let id = request_id(1);
    service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    service.get("/ann@example.com", &[]);
    let waiting = TcpStream::connect(service.address).unwrap();
    let answer = service.get("/metrics", &[]);
    let kind = answer.header("content-type").unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let text = answer.text();
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
fn the_interface_is_described() {
    let description = Service::start().get("/openapi.json", &[]).json();
    assert_eq!(description["openapi"], "3.1.0");
    let paths: Vec<_> = description["paths"].as_object().unwrap().keys().collect();
    let expected = ["/healthz", "/metrics", "/readyz", "/v1/requests", "/v1/requests/{id}"];
    assert_eq!(paths, expected);
}
