//! The interface against its own description, by a fuzzer that reads it.

use std::net::SocketAddr;
use std::process::Command;

use crate::harness::clinic::{request, request_id};
use crate::harness::service::Service;
use crate::harness::tools;

#[test]
fn every_response_of_the_public_listener_is_as_described() {
    let service = Service::start();
    all_as_described(&service, service.address, "admin", 2);
}

#[test]
fn every_response_of_the_listener_for_operations_is_as_described() {
    let service = Service::start();
    all_as_described(&service, service.operations, "admin", 19);
}

#[test]
fn every_response_to_a_token_without_the_scope_is_as_described() {
    let service = Service::start();
    all_as_described(&service, service.operations, "list", 19);
}

/// Tries all operations of a listener, of which there are so many, with a token of these scopes.
fn all_as_described(service: &Service, listener: SocketAddr, scopes: &str, operations: usize) {
    let id = request_id(1);
    service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    let checks = "not_a_server_error,status_code_conformance,content_type_conformance,\
                  response_headers_conformance,response_schema_conformance,\
                  negative_data_rejection,ignored_auth,unsupported_method,use_after_free";
    let output = Command::new(tools().join("venv/bin/schemathesis"))
        .arg("run")
        .arg(format!("http://{listener}/openapi.json"))
        .args(["--header", &format!("Authorization: Bearer {}", service.token_for(scopes, None))])
        // The same cases every time.
        .args(["--seed", "1", "--generation-deterministic"])
        .args(["--max-examples", "10", "--phases", "coverage,fuzzing", "--workers", "1"])
        .args(["--checks", checks, "--no-color", "--request-timeout", "10"])
        .current_dir(service.plan.folder.path())
        .output()
        .expect("`make test` installs schemathesis");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains(&format!("{operations} selected / {operations} total")), "{told}");
}
