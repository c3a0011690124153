//! The interface against its own description, by a fuzzer that reads it.

use std::process::Command;

use crate::harness::clinic::{request, request_id};
use crate::harness::service::Service;
use crate::harness::tools;

#[test]
fn every_response_is_as_described() {
    for_a_token("admin");
}

#[test]
fn every_response_to_a_token_without_the_scope_is_as_described() {
    for_a_token("list");
}

fn for_a_token(scopes: &str) {
    let service = Service::start();
    let id = request_id(1);
    service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    let checks = "not_a_server_error,status_code_conformance,content_type_conformance,\
                  response_headers_conformance,response_schema_conformance,\
                  negative_data_rejection,ignored_auth,unsupported_method,use_after_free";
    let output = Command::new(tools().join("venv/bin/schemathesis"))
        .arg("run")
        .arg(format!("http://{}/openapi.json", service.address))
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
    assert!(told.contains("8 selected / 8 total"), "{told}");
}
