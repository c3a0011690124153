//! Headers of every response.

use crate::harness::service::{Plan, Service};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'none'; connect-src 'self'; frame-src 'self'; \
    manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors ";

#[test]
fn every_response_carries_the_fixed_headers() {
    let service = Service::start();
    for path in ["/healthz", "/v1/nothing", "/nothing"] {
        let response = service.get(path, &[]);
        let policy = response.header("content-security-policy");
        assert_eq!(policy, Some(format!("{POLICY}'self'").as_str()), "{path}");
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(response.header("cross-origin-opener-policy"), Some("same-origin"));
        let permissions = response.header("permissions-policy").unwrap();
        for feature in permissions.split(", ") {
            assert!(feature.ends_with("=()"), "{feature}");
        }
        assert!(permissions.contains("camera=(), "));
        assert_eq!(response.header("strict-transport-security"), None);
    }
}

#[test]
fn framing_and_tls_are_settings() {
    let mut plan = Plan::new();
    plan.set("frame_ancestors", "'self' https://clinic.example");
    plan.set("hsts", "31536000");
    let response = plan.start().get("/healthz", &[]);
    let policy = response.header("content-security-policy");
    assert_eq!(policy, Some(format!("{POLICY}'self' https://clinic.example").as_str()));
    assert_eq!(response.header("strict-transport-security"), Some("max-age=31536000"));
}
