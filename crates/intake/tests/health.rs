//! `/healthz` and `/readyz`.

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
