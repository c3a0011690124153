//! The built pages.

use std::fs;
use std::path::Path;

use intake::site::is_named_by_content;

use crate::harness::http::Response;
use crate::harness::service::{Plan, Service};

const WASM: &str = "migraine-guide-1a2b3c4d5e6f7a8b_bg.wasm";

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

/// A service with a small site, and a secret beside its folder.
fn service() -> Service {
    let mut plan = Plan::new();
    write(plan.folder.path(), "secret.txt", "secret");
    let site = plan.folder.path().join("dist");
    fs::create_dir_all(site.join("articles")).unwrap();
    write(&site, "index.html", "<h1>Guide</h1>");
    write(&site, "articles/index.html", "<h1>Articles</h1>");
    write(&site, "404.html", "<h1>Nothing here</h1>");
    write(&site, "embed.js", "export {}");
    write(&site, "module-1a2b3c4d.mjs", "export {}");
    write(&site, "style-0123456789abcdef.css", "a{}");
    write(&site, WASM, "plain");
    write(&site, &format!("{WASM}.br"), "brotli");
    write(&site, &format!("{WASM}.gz"), "gzip");
    fs::create_dir_all(site.join(".git")).unwrap();
    write(&site, ".git/config", "secret");
    fs::create_dir_all(site.join("articles/.cache")).unwrap();
    write(&site, "articles/.cache/list", "secret");
    write(&site, ".env", "secret");
    fs::create_dir_all(site.join(".well-known")).unwrap();
    write(&site, ".well-known/security.txt", "Contact: clinic");
    write(&site, ".well-known/.env", "secret");
    fs::create_dir_all(site.join("hidden")).unwrap();
    write(&site, "hidden/index.html", "<h1>Hidden</h1>");
    plan.set("site", site.display().to_string());
    plan.start()
}

fn shown(response: &Response) -> (u16, &str, &str, &str) {
    let header = |name| response.header(name).unwrap_or("-");
    (response.status, header("content-type"), header("cache-control"), response.text())
}

const FOR_GOOD: &str = "public, max-age=31536000, immutable";

#[test]
fn pages_and_files() {
    let service = service();
    let page = |path| {
        let response = service.get(path, &[]);
        let (status, kind, cache, text) = shown(&response);
        format!("{status} | {kind} | {cache} | {text}")
    };
    assert_eq!(page("/"), "200 | text/html | no-cache | <h1>Guide</h1>");
    assert_eq!(page("/articles/"), "200 | text/html | no-cache | <h1>Articles</h1>");
    assert_eq!(page("/?sections=article"), "200 | text/html | no-cache | <h1>Guide</h1>");
    assert_eq!(page("/embed.js"), "200 | text/javascript | no-cache | export {}");
    assert_eq!(
        page("/module-1a2b3c4d.mjs"),
        format!("200 | text/javascript | {FOR_GOOD} | export {{}}")
    );
    assert_eq!(page("/style-0123456789abcdef.css"), format!("200 | text/css | {FOR_GOOD} | a{{}}"));
    assert_eq!(page("/nothing"), "404 | text/html | no-store | <h1>Nothing here</h1>");
    assert_eq!(page("/nothing-1a2b3c4d.css"), "404 | text/html | no-store | <h1>Nothing here</h1>");
    assert_eq!(service.get("/articles", &[]).header("location"), Some("/articles/"));
}

#[test]
fn only_the_script_for_other_sites_can_be_loaded_by_them() {
    let service = service();
    let allowed = |path| {
        let response = service.get(path, &[("Origin", "https://clinic.example")]);
        response.header("access-control-allow-origin").map(str::to_owned)
    };
    assert_eq!(allowed("/embed.js"), Some("*".to_owned()));
    for path in ["/", "/module-1a2b3c4d.mjs", "/v1/requests", "/nothing"] {
        assert_eq!(allowed(path), None, "{path}");
    }
}

#[test]
fn precompressed_files_go_to_whom_takes_them() {
    let service = service();
    let path = format!("/{WASM}");
    for (accepted, encoding, body) in [
        ("gzip, deflate, br", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("identity", None, "plain"),
    ] {
        let response = service.get(&path, &[("Accept-Encoding", accepted)]);
        assert_eq!(shown(&response), (200, "application/wasm", FOR_GOOD, body));
        assert_eq!(response.header("content-encoding"), encoding);
        assert_eq!(response.header("vary"), Some("accept-encoding"));
    }
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let service = service();
    let first = service.get("/", &[]);
    for (condition, validator) in
        [("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")]
    {
        let known = first.header(validator).unwrap();
        let again = service.get("/", &[(condition, known)]);
        assert_eq!((again.status, again.text()), (304, ""));
        assert_eq!(again.header("cache-control"), Some("no-cache"));
    }
    assert_eq!(service.get("/", &[("If-None-Match", "\"other\"")]).status, 200);
}

#[test]
fn forms_of_one_file_are_told_apart() {
    let service = service();
    let tag = |accepted: &str| {
        let response = service.get(&format!("/{WASM}"), &[("Accept-Encoding", accepted)]);
        response.header("etag").unwrap().to_owned()
    };
    let (brotli, gzip, plain) = (tag("br"), tag("gzip"), tag("identity"));
    assert!(brotli != gzip && gzip != plain && plain != brotli, "{brotli} {gzip} {plain}");
    let path = format!("/{WASM}");
    let known = [("If-None-Match", brotli.as_str()), ("Accept-Encoding", "gzip")];
    assert_eq!(service.get(&path, &known).status, 200);
    let known = [("If-None-Match", brotli.as_str()), ("Accept-Encoding", "br")];
    assert_eq!(service.get(&path, &known).status, 304);
}

#[test]
fn a_part_of_a_file_is_served() {
    let service = service();
    let part = |path: &str, range: &str| {
        let response = service.get(path, &[("Range", range)]);
        (
            response.status,
            response.header("content-range").map(str::to_owned),
            response.text().to_owned(),
        )
    };
    let of = |range: &str| Some(format!("bytes {range}/14"));
    assert_eq!(part("/", "bytes=0-3"), (206, of("0-3"), "<h1>".into()));
    assert_eq!(part("/", "bytes=9-"), (206, of("9-13"), "</h1>".into()));
    assert_eq!(part("/", "bytes=-5"), (206, of("9-13"), "</h1>".into()));
    assert_eq!(part("/", "bytes=99-").0, 416);
    assert_eq!(part("/", "bytes=3-1").0, 416);
    assert_eq!(service.get("/", &[]).header("accept-ranges"), Some("bytes"));
    // A part of what may have changed since is no part of what is there now.
    let tag = service.get("/", &[]).header("etag").unwrap().to_owned();
    for known in [tag.as_str(), "\"of another build\""] {
        let response = service.get("/", &[("Range", "bytes=9-"), ("If-Range", known)]);
        assert_eq!((response.status, response.text()), (200, "<h1>Guide</h1>"));
    }
}

#[test]
fn a_head_has_no_body() {
    let service = service();
    let head = crate::harness::http::head("HEAD", "/", &[]);
    let response = crate::harness::http::exchange(service.address, head.as_bytes());
    assert_eq!((response.status, response.text()), (200, ""));
    assert_eq!(response.header("content-length"), Some("14"));
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let service = service();
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/articles/../../secret.txt",
        "/articles/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/%00/../../secret.txt",
        "/./../secret.txt",
        "//../secret.txt",
        "/etc/passwd",
        "//etc/passwd",
    ] {
        let response = service.get(path, &[]);
        assert_eq!(response.status, 404, "{path}");
        assert_eq!(response.text(), "<h1>Nothing here</h1>", "{path}");
    }
}

#[test]
fn a_name_with_a_leading_dot_is_not_served_however_it_is_encoded() {
    let service = service();
    for path in [
        "/.git/config",
        "/%2egit/config",
        "/%2Egit/config",
        "/%252egit/config",
        "/%2egit%2fconfig",
        "/articles/..%2f.git/config",
        "//%2egit/config",
        "/./%2egit/config",
        "/%2e/%2egit/config",
        "/articles%2f%2ecache/list",
        "/articles/%2ecache",
        "/%5c%2egit%5cconfig",
        "/%2eenv",
        "/%2eenv/",
        "/%00/%2eenv",
        "/%2eenv%00.html",
        "/%ff/%2eenv",
        "/.well-known/%2eenv",
        "/articles/.well-known",
    ] {
        let response = service.get(path, &[]);
        assert_eq!((response.status, response.text()), (404, "<h1>Nothing here</h1>"), "{path}");
        assert_eq!(response.header("location"), None, "{path}");
    }
    for path in ["/.well-known/security.txt", "/%2ewell-known/security.txt"] {
        assert_eq!(service.get(path, &[]).text(), "Contact: clinic", "{path}");
    }
    assert_eq!(service.get("/hidden/", &[]).text(), "<h1>Hidden</h1>");
}

#[test]
fn a_redirect_never_leads_to_another_host() {
    let service = service();
    for path in ["//articles", "///articles", "/%2farticles"] {
        let response = service.get(path, &[]);
        let location = response.header("location").unwrap_or("/");
        assert!(!location.starts_with("//"), "{path} leads to {location}");
    }
}

#[test]
fn the_site_takes_no_posts() {
    let service = service();
    let response = crate::harness::http::post(service.address, "/", &[], b"name=Ann");
    assert_eq!(response.status, 405);
}

#[test]
fn without_a_site_there_is_only_the_interface() {
    let response = Service::start().get("/", &[]);
    assert_eq!(response.status, 404);
}

#[test]
fn a_hash_is_told_from_a_date_or_a_word() {
    for name in [
        "/migraine-guide-1a2b3c4d5e6f7a8b_bg.wasm",
        "/a/style-1A2B3C4D.css",
        "/0123456789abcdef.js",
    ] {
        assert!(is_named_by_content(name), "{name}");
    }
    for name in [
        "/index.html",
        "/report-20261123.pdf",
        "/defaced-facade.html",
        "/app-1a2b3c4.js",
        "/1a2b3c4d5e6f7a8b/index.html",
        "/",
    ] {
        assert!(!is_named_by_content(name), "{name}");
    }
}
