//! Clients that begin and do not go on. The service's clock runs ahead whenever it only waits.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use axum::Router;
use intake::metrics::Metrics;
use intake::server::Routes;
use intake::server::admission::Admission;
use intake::store::{STORE_TIMEOUT, Store};
use tokio::sync::oneshot;
use tokio::time::sleep;

use crate::harness::service::Plan;
use crate::harness::{http, wait_for};

/// A client that begins to read after a pause.
struct Client<'a> {
    /// The routes of the listener that it connects to.
    routes: fn(Routes) -> Router,
    beginning: &'a str,
    pause: Duration,
}

impl<'a> Client<'a> {
    fn of_public(beginning: &'a str, pause: Duration) -> Self {
        Self { routes: |routes| routes.public, beginning, pause }
    }

    fn of_operations(beginning: &'a str, pause: Duration) -> Self {
        Self { routes: |routes| routes.operations, beginning, pause }
    }
}

/// The fate of a client.
struct Outcome {
    response: Vec<u8>,
    /// The bytes counted until the pause was over.
    counted: String,
}

fn outcome(plan: &Plan, Client { routes: routes_of, beginning, pause }: Client<'_>) -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    // Before the service starts, so that its clock cannot run ahead of this.
    client.write_all(beginning.as_bytes()).unwrap();
    wait_for(async {
        let store = Store::open(&plan.database, STORE_TIMEOUT).await.unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let (begin, begun) = mpsc::channel();
        let client = thread::spawn(move || {
            begun.recv().unwrap();
            let mut response = Vec::new();
            let _ = client.read_to_end(&mut response);
            drop((client, stop));
            response
        });
        let (metrics, settings) = (Metrics::default(), plan.settings());
        let routes = intake::server::routes(store, metrics.clone(), &settings).await.unwrap();
        tokio::time::pause();
        let counts = metrics.clone();
        let counted = tokio::spawn(async move {
            sleep(pause).await;
            if !pause.is_zero() {
                // Else it would run ahead while the client reads.
                tokio::time::resume();
            }
            begin.send(()).unwrap();
            counts.text(0).unwrap()
        });
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let stopped = async {
            let _ = stopped.await;
        };
        let admission = Admission::new(&settings);
        let routes = tokio::sync::watch::channel(routes_of(routes)).1;
        intake::server::run(listener, routes, metrics, admission, stopped).await;
        Outcome { response: client.join().unwrap(), counted: counted.await.unwrap() }
    })
}

#[test]
fn half_a_head_is_not_waited_for() {
    let beginning = "POST /v1/requests HTTP/1.1\r\nHost: ";
    for client in [Client::of_public, Client::of_operations] {
        let Outcome { response, .. } = outcome(&Plan::new(), client(beginning, Duration::ZERO));
        assert_eq!(response, b"");
    }
}

#[test]
fn half_a_body_is_waited_for_ten_seconds() {
    let key = "00000000-0000-4000-8000-000000000000";
    let headers = [
        ("Content-Type", "application/jose+json"),
        ("Idempotency-Key", key),
        ("Content-Length", "100"),
    ];
    let head = http::head("POST", "/v1/requests", &headers) + "{";
    let Outcome { response, counted } =
        outcome(&Plan::new(), Client::of_public(&head, Duration::from_secs(12)));
    let response = String::from_utf8(response).unwrap();
    assert!(response.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{response}");
    assert!(response.contains("content-type: application/problem+json\r\n"), "{response}");
    assert!(response.ends_with(
        r#"{"type":"about:blank","title":"Request Timeout","status":408,"detail":"The request took too long to arrive. Send it again."}"#
    ), "{response}");
    assert!(counted.contains(r#"status="408"} 1"#), "{counted}");
}

#[test]
fn a_response_that_nobody_reads_is_cut() {
    const LARGE: u64 = 64 << 20;
    let mut plan = Plan::new();
    let site = plan.folder.path().join("dist");
    std::fs::create_dir(&site).unwrap();
    File::create(site.join("large.bin")).unwrap().set_len(LARGE).unwrap();
    plan.set("site", site.display().to_string());
    let head = http::head("GET", "/large.bin", &[]);
    let Outcome { response, .. } =
        outcome(&plan, Client::of_public(&head, Duration::from_secs(60)));
    assert!(response.starts_with(b"HTTP/1.1 200 OK\r\n"));
    assert!((response.len() as u64) < LARGE, "all of it came");
}
