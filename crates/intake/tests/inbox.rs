//! The inbox, served by the listener for operations alone.

use std::fs;

use crate::harness::clinic::{request, request_id};
use crate::harness::http::{self, Response};
use crate::harness::office::Office;
use crate::harness::program::{Server, end_of, intake};
use crate::harness::service::{Plan, Service};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
    frame-ancestors 'none'";

/// A service with an inbox, and with pages if it has to have some.
fn service(with_site: bool) -> Service {
    let mut plan = Plan::new();
    let inbox = plan.with_inbox();
    for (name, text) in [
        ("404.html", "<h1>Nothing here</h1>"),
        ("app-1a2b3c4d.js", "export {}"),
        ("app-1a2b3c4d.js.br", "brotli"),
        ("worker.js", "export {}"),
        ("app-1a2b3c4d.wasm", "wasm"),
        ("site.webmanifest", "{}"),
        ("embed.js", "export {}"),
        (".env", "secret"),
    ] {
        fs::write(inbox.join(name), text).unwrap();
    }
    if with_site {
        let site = plan.folder.path().join("site");
        fs::create_dir(&site).unwrap();
        fs::write(site.join("index.html"), "<h1>Guide</h1>").unwrap();
        plan.set("site", site.display().to_string());
    }
    plan.set("frame_ancestors", "https://clinic.example");
    plan.start()
}

fn shown(response: &Response) -> (u16, &str, &str) {
    (response.status, response.header("cache-control").unwrap_or("-"), response.text())
}

/// The headers by which browsers keep the inbox to itself.
fn assert_kept_to_itself(response: &Response, what: &str) {
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        let all: Vec<&str> = response
            .headers
            .iter()
            .filter(|(it, _)| it == name)
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(all, [value], "{what}: {name}");
    }
    let permissions = response.header("permissions-policy").unwrap();
    for feature in permissions.split(", ") {
        let allowed = if feature.starts_with("publickey-credentials-") { "=(self)" } else { "=()" };
        assert!(feature.ends_with(allowed), "{what}: {feature}");
    }
    for feature in ["publickey-credentials-create=", "publickey-credentials-get=", "camera="] {
        assert!(permissions.contains(feature), "{what}: {permissions}");
    }
    assert_eq!(response.header("access-control-allow-origin"), None, "{what}");
}

#[test]
fn its_files_are_served_as_those_of_the_pages_are() {
    let service = service(false);
    let page = service.operate("/");
    assert_eq!(shown(&page), (200, "no-cache", "<h1>Inbox</h1>"));
    let script = service.operate("/app-1a2b3c4d.js");
    assert_eq!(shown(&script), (200, "public, max-age=31536000, immutable", "export {}"));
    assert_eq!(script.header("content-type"), Some("text/javascript"));
    let packed =
        http::get(service.operations, "/app-1a2b3c4d.js", &[("Accept-Encoding", "br, gzip")]);
    assert_eq!((packed.text(), packed.header("content-encoding")), ("brotli", Some("br")));
    for nothing in ["/nothing", "/.env", "/%2eenv", "/../clinic.private.jwk.json"] {
        let response = service.operate(nothing);
        assert_eq!(shown(&response), (404, "no-store", "<h1>Nothing here</h1>"), "{nothing}");
    }
    let tag = page.header("etag").unwrap();
    let known = http::get(service.operations, "/", &[("If-None-Match", tag)]);
    assert_eq!(known.status, 304);
    assert_kept_to_itself(&known, "304");
}

#[test]
fn every_response_of_the_listener_keeps_it_to_itself() {
    let service = service(true);
    let token = service.token();
    for path in [
        "/",
        "/nothing",
        "/app-1a2b3c4d.js",
        "/worker.js",
        "/app-1a2b3c4d.wasm",
        "/site.webmanifest",
        "/embed.js",
        "/healthz",
        "/metrics",
        "/openapi.json",
    ] {
        let from = [("Origin", "https://clinic.example")];
        assert_kept_to_itself(&http::get(service.operations, path, &from), path);
    }
    let requests = [
        ("GET", "/v1", 404),
        ("GET", "/v1/nothing", 404),
        ("PUT", "/v1/requests", 405),
        ("GET", "/v1/requests", 200),
        ("GET", "/v1/session", 200),
        ("GET", "/v1/set-up", 200),
        ("GET", "/v1/status", 200),
        ("GET", "/v1/tokens", 200),
        ("DELETE", "/v1/tokens/nobody", 404),
    ];
    for (method, path, status) in requests {
        for (token, status) in [(token.as_str(), status), ("unknown", 0)] {
            let response = service.ask(method, path, token, "");
            assert!(status == 0 || response.status == status, "{method} {path}");
            assert_kept_to_itself(&response, path);
            assert_eq!(response.header("cache-control"), Some("no-store"), "{method} {path}");
        }
    }
}

#[test]
fn without_an_inbox_the_listener_has_no_page_and_the_same_headers() {
    let service = Service::start();
    let response = service.operate("/");
    assert_eq!(response.status, 404);
    assert_kept_to_itself(&response, "/");
}

#[test]
fn nothing_of_it_or_of_operations_is_on_the_public_listener() {
    for with_site in [true, false] {
        let service = service(with_site);
        let token = service.token();
        let bearer = format!("Bearer {token}");
        for path in ["/app-1a2b3c4d.js", "/app-1a2b3c4d.wasm", "/site.webmanifest", "/worker.js"] {
            assert_eq!(service.get(path, &[]).status, 404, "{path}");
        }
        assert_eq!(service.get("/", &[]).status, if with_site { 200 } else { 404 });
        assert!(!service.get("/", &[]).text().contains("Inbox"));
        for (method, path) in [
            ("GET", "/v1/session"),
            ("GET", "/v1/status"),
            ("GET", "/v1/set-up"),
            ("POST", "/v1/set-up"),
            ("GET", "/v1/tokens"),
            ("POST", "/v1/tokens"),
            ("DELETE", "/v1/tokens/desk"),
            ("POST", "/v1/trials"),
            ("GET", "/v1/audit"),
        ] {
            let head = http::head(method, path, &[("Authorization", &bearer)]);
            let response = http::exchange(service.address, head.as_bytes());
            assert_eq!(response.status, 404, "{method} {path}");
            assert_eq!(response.json()["detail"], "There is nothing at this path.");
        }
        let public = service.get("/nothing", &[]);
        assert_eq!(public.header("x-frame-options"), None, "the guide may be framed");
        let id = request_id(1);
        let envelope = service.plan.clinic.seal(request(id));
        assert_eq!(http::send(service.operations, &id.to_string(), &envelope).status, 405);
    }
}

#[test]
fn an_inbox_among_the_pages_is_not_served() {
    let office = Office::new();
    let site = office.path("site");
    fs::create_dir_all(format!("{site}/inbox")).unwrap();
    let mut args = Server::args(&office.database, &office.clinic.public_file);
    args.extend(["--site".to_owned(), site.clone(), "--inbox".to_owned(), format!("{site}/inbox")]);
    let (code, told) = end_of(args).expect("it does not serve");
    assert_eq!(code, Some(1));
    assert!(told.contains("--inbox: lies in the folder of the pages"), "{told}");
}

/// So that the inbox can be set up, keys made in it, and the pages built for them after that.
#[test]
fn a_service_starts_without_a_key_and_warns() {
    let office = Office::new();
    let mut args = Server::args(&office.database, &office.clinic.public_file);
    let keys = args.iter().position(|it| it == "--keys").unwrap();
    args.drain(keys..=keys + 1);
    let site = office.path("site");
    fs::create_dir(&site).unwrap();
    for list in [None, Some(r#"{"keys":[]}"#)] {
        if let Some(list) = list {
            fs::write(format!("{site}/keys.json"), list).unwrap();
        }
        let mut command = intake(&args);
        command.args(["--site", &site]);
        let server = Server::of(command);
        assert_eq!(http::get(server.operations, "/v1/set-up", &[]).status, 200);
        let id = request_id(1);
        let refused = http::send(server.address, &id.to_string(), &office.clinic.seal(request(id)));
        assert_eq!(refused.json()["type"], "urn:problem-type:intake:no-key");
    }
    let checked = office.run(&["check", "--site", &site]);
    let told = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert_eq!(checked.status.code(), Some(0), "{told}");
    assert!(told.contains("warning: no public key is known"), "{told}");
    // The start warns too, before it listens; this machine has no such address.
    let given = args.iter().position(|it| it == "--operations-listen").unwrap();
    args[given + 1] = "203.0.113.7:0".to_owned();
    let (_, told) = end_of(args).expect("it does not serve");
    assert!(told.contains("WARN") && told.contains("no public key is known"), "{told}");
}
