//! Headers of every response.

use crate::harness::service::{Plan, Service};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'none'; connect-src 'self'; frame-src 'self'; \
    manifest-src 'self'; form-action 'none'; base-uri 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors ";

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
fn parts_of_a_page_carry_no_rule_that_only_documents_obey() {
    let site = tempfile::tempdir().unwrap();
    for name in ["index.html", "a.js", "a.wasm", "a.webmanifest", "a.svg", guide_core::policy::FILE]
    {
        std::fs::write(site.path().join(name), "x").unwrap();
    }
    let mut plan = Plan::new();
    plan.set("site", site.path().to_str().unwrap());
    let service = plan.start();
    let rules = [
        "content-security-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "referrer-policy",
    ];
    let documents = ["/", "/a.svg"].map(|path| (path, true));
    let parts = ["/a.js", "/a.wasm", "/a.webmanifest"].map(|path| (path, false));
    for (path, document) in documents.into_iter().chain(parts) {
        let response = service.get(path, &[]);
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"), "{path}");
        for rule in rules {
            assert_eq!(response.header(rule).is_some(), document, "{path}: {rule}");
        }
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

#[test]
fn a_page_revalidated_had_lost_its_policy_and_with_it_its_style() {
    let site = tempfile::tempdir().unwrap();
    let own = "default-src 'none'; style-src 'sha256-c3R5bGU='";
    std::fs::write(site.path().join("index.html"), "<!doctype html><title>t</title>").unwrap();
    std::fs::write(site.path().join(guide_core::policy::FILE), format!("{own}\n")).unwrap();
    let mut plan = Plan::new();
    plan.set("site", site.path().to_str().unwrap());
    plan.set("frame_ancestors", "https://clinic.example");
    let service = plan.start();
    let expected = format!("{own}; frame-ancestors https://clinic.example");
    let page = service.get("/", &[]);
    assert_eq!(page.header("content-security-policy"), Some(expected.as_str()));
    let modified = page.header("last-modified").unwrap().to_owned();
    let revalidated = service.get("/", &[("if-modified-since", &modified)]);
    assert_eq!(revalidated.status, 304);
    assert_eq!(revalidated.header("content-security-policy"), Some(expected.as_str()));
    // A build while the service runs.
    let newer = "default-src 'none'; style-src 'sha256-bmV3ZXI='";
    std::fs::write(site.path().join(guide_core::policy::FILE), newer).unwrap();
    let page = service.get("/", &[]);
    let expected = format!("{newer}; frame-ancestors https://clinic.example");
    assert_eq!(page.header("content-security-policy"), Some(expected.as_str()));
}
