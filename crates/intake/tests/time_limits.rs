//! Clients that begin and do not go on. The service's clock runs ahead whenever it only waits.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use intake::metrics::Metrics;
use intake::store::{PATIENCE, Store};
use tokio::sync::oneshot;

use crate::harness::service::Plan;
use crate::harness::{http, wait_for};

/// What a client gets that sends only this.
fn answer_to(beginning: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    // Before the service starts, so that its clock cannot run ahead of this.
    client.write_all(beginning.as_bytes()).unwrap();
    let plan = Plan::new();
    wait_for(async {
        let store = Store::open(&plan.database, PATIENCE).await.unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let client = thread::spawn(move || {
            let mut answer = String::new();
            client.read_to_string(&mut answer).unwrap();
            drop((client, stop));
            answer
        });
        let (metrics, settings) = (Metrics::default(), plan.settings());
        let routes = intake::server::routes(store, metrics.clone(), &settings).await.unwrap();
        tokio::time::pause();
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let stopped = async {
            let _ = stopped.await;
        };
        intake::server::run(listener, routes, metrics, settings.connections, stopped).await;
        client.join().unwrap()
    })
}

#[test]
fn half_a_head_is_not_waited_for() {
    assert_eq!(answer_to("POST /v1/requests HTTP/1.1\r\nHost: "), "");
}

#[test]
fn half_a_body_is_not_waited_for() {
    let key = "00000000-0000-4000-8000-000000000000";
    let headers = [
        ("Content-Type", "application/jose+json"),
        ("Idempotency-Key", key),
        ("Content-Length", "100"),
    ];
    let answer = answer_to(&(http::head("POST", "/v1/requests", &headers) + "{"));
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
    assert!(answer.contains("content-type: application/problem+json\r\n"), "{answer}");
    assert!(answer.ends_with(
        r#"{"type":"about:blank","title":"Request Timeout","status":408,"detail":"The request took too long to arrive. Send it again."}"#
    ), "{answer}");
}
