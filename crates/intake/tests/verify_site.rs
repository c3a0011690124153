//! `intake verify-site`: what a server alters is named.

use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::harness::altering::{Asked, altering};
use crate::harness::http::Response;
use crate::harness::program::{run, texts};
use crate::harness::receivers::free_port;
use crate::harness::service::{Plan, Service};

const POLICY: &str = "default-src 'none'; script-src 'self'";
const PAGE: &str = "<!doctype html><html><head><script src=\"./loader.js\"></script>\
    <meta name=app content=\"./app.js ./app.wasm\"><link rel=icon href=\"data:image/png,x\">\
    <link rel=canonical href=\"https://guide.example/\"></head><body>\
    <a href=\"https://elsewhere.example/study\">A study</a></body></html>";
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64)";

/// A small site as the build writes it, with its manifest beside it, served.
struct Site {
    service: Service,
    folder: PathBuf,
    manifest: PathBuf,
}

impl Site {
    fn new() -> Self {
        let mut plan = Plan::new();
        let folder = plan.folder.path().join("dist");
        fs::create_dir_all(folder.join("articles/one")).unwrap();
        let files = [
            ("index.html", PAGE),
            ("articles/one/index.html", &PAGE.replace("./", "../../")),
            ("404.html", "<!doctype html><title>Nothing here</title>"),
            ("content-security-policy.txt", POLICY),
            ("loader.js", "export {}"),
            ("app.js", "export const app = 1"),
            ("app.wasm", "wasm"),
        ];
        for (name, text) in files {
            write(&folder, name, text);
            write_forms(&folder, name, text);
        }
        fs::write(folder.join("icon 1.png"), [0, 159, 146, 150]).unwrap();
        plan.set("site", folder.display().to_string());
        let manifest = plan.folder.path().join("dist.sha256");
        let list = "find -type f | sed 's|^./||' | sort | xargs -d '\\n' sha256sum";
        let list = Command::new("sh").args(["-c", list]).current_dir(&folder).output().unwrap();
        assert!(list.status.success());
        fs::write(&manifest, list.stdout).unwrap();
        Self { service: plan.start(), folder, manifest }
    }

    /// Exit code and lines about the service itself, without its address.
    fn verified(&self) -> (Option<i32>, Vec<String>) {
        self.verified_at(self.service.address, &[])
    }

    /// The same behind a server that alters responses.
    fn altered(
        &self,
        alter: impl Fn(&Asked, &mut Response) + Send + 'static,
    ) -> (Option<i32>, Vec<String>) {
        self.verified_at(altering(self.service.address, alter), &[])
    }

    fn verified_at(&self, server: SocketAddr, flags: &[&str]) -> (Option<i32>, Vec<String>) {
        let (site, manifest) = (format!("http://{server}"), self.manifest.display().to_string());
        let args = ["verify-site", "--site", &site, "--manifest", &manifest];
        let verified = run(args.iter().chain(flags));
        let (lines, told) = texts(&verified);
        let last = told.lines().last().unwrap_or_default();
        let count = format!("8 files fetched, {} differences", lines.lines().count());
        assert_eq!(last, count, "{told}");
        (verified.status.code(), lines.lines().map(|line| line.replace(&site, "")).collect())
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

fn write_forms(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(format!("{name}.br")), brotli(text)).unwrap();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(text.as_bytes()).unwrap();
    fs::write(folder.join(format!("{name}.gz")), gzip.finish().unwrap()).unwrap();
}

fn brotli(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    CompressorWriter::new(&mut bytes, 4096, 11, 22).write_all(text.as_bytes()).unwrap();
    bytes
}

fn found<const N: usize>(lines: [&str; N]) -> (Option<i32>, Vec<String>) {
    (Some(if N == 0 { 0 } else { 1 }), lines.map(str::to_owned).to_vec())
}

#[test]
fn a_site_served_as_it_was_built_has_no_difference() {
    let site = Site::new();
    assert_eq!(site.verified(), found([]));
    // Neither has one behind a server that changes nothing.
    assert_eq!(site.altered(|_, _| {}), found([]));
}

#[test]
fn a_changed_byte_is_named_with_the_form_that_has_it() {
    let site = Site::new();
    write(&site.folder, "loader.js", "export {};");
    assert_eq!(site.verified(), found(["/loader.js (identity): the content was changed"]));
    write_forms(&site.folder, "loader.js", "export {};");
    assert_eq!(site.verified(), found(["/loader.js: the content was changed"]));
}

#[test]
fn a_compressed_form_alone_that_was_changed_is_found() {
    let site = Site::new();
    fs::write(site.folder.join("app.js.br"), brotli("export const app = 2")).unwrap();
    fs::write(site.folder.join("icon 1.png.br"), brotli("forged")).unwrap();
    // Not even Brotli.
    fs::write(site.folder.join("app.wasm.br"), "garbage").unwrap();
    let lines = ["/app.js", "/app.wasm", "/icon%201.png"];
    let lines = lines.map(|path| format!("{path} (br): the content was changed"));
    assert_eq!(site.verified(), found(lines.each_ref().map(String::as_str)));
}

#[test]
fn a_server_that_compresses_in_its_own_way_changes_nothing() {
    let site = Site::new();
    let mut other = Vec::new();
    CompressorWriter::new(&mut other, 4096, 0, 16).write_all(PAGE.as_bytes()).unwrap();
    assert_ne!(fs::read(site.folder.join("index.html.br")).unwrap(), other);
    fs::write(site.folder.join("index.html.br"), other).unwrap();
    assert_eq!(site.verified(), found([]));
}

#[test]
fn a_missing_file_is_named() {
    let site = Site::new();
    for name in ["app.wasm", "app.wasm.br", "app.wasm.gz"] {
        fs::remove_file(site.folder.join(name)).unwrap();
    }
    assert_eq!(site.verified(), found(["/app.wasm: missing"]));
}

#[test]
fn an_added_script_is_named_with_its_page() {
    let site = Site::new();
    let page = PAGE.replace("./", "../../").replace(
        "<body>",
        "<body><script src=\"https://evil.example/a.js\"></script><script src=/b.js?1></script>",
    );
    write(&site.folder, "articles/one/index.html", &page);
    write(&site.folder, "b.js", "export {}");
    let (code, lines) = site.verified();
    let names = |name: &str| {
        lines.iter().any(|line| {
            let end = format!("{name}, which is not in the manifest");
            line.starts_with("/articles/one/ (identity): names ") && line.ends_with(&end)
        })
    };
    assert_eq!((code, lines.len()), (Some(1), 3), "{lines:#?}");
    assert_eq!(lines[0], "/articles/one/ (identity): the content was changed");
    assert!(names("https://evil.example/a.js") && names("/b.js"), "{lines:#?}");
}

#[test]
fn a_redirect_is_named_and_not_followed() {
    let site = Site::new();
    for name in ["loader.js", "loader.js.br", "loader.js.gz"] {
        fs::remove_file(site.folder.join(name)).unwrap();
    }
    fs::create_dir(site.folder.join("loader.js")).unwrap();
    write(&site.folder, "loader.js/index.html", "export {}");
    assert_eq!(site.verified(), found(["/loader.js: redirected to /loader.js/"]));
}

#[test]
fn another_status_is_named() {
    let site = Site::new();
    let altered = site.altered(|asked, response| {
        if asked.path == "/app.js" {
            response.status = 503;
        }
    });
    assert_eq!(altered, found(["/app.js: status 503"]));
}

fn set(response: &mut Response, name: &str, value: Option<&str>) {
    response.headers.retain(|(it, _)| it != name);
    response.headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
}

#[test]
fn a_policy_that_differs_from_the_built_one_is_named() {
    const NAME: &str = "content-security-policy";
    let site = Site::new();
    let wider = format!("{POLICY} https://evil.example; frame-ancestors 'self'");
    let added = format!("{POLICY}; frame-ancestors 'self'; script-src-elem *");
    for policy in [wider, added] {
        let sent = policy.clone();
        let altered = site.altered(move |asked, response| {
            if asked.path == "/" {
                set(response, NAME, Some(&sent));
            }
        });
        let line = format!("/: the Content-Security-Policy was changed: {policy}");
        assert_eq!(altered, found([line.as_str()]));
    }
    for frame_ancestors in ["", "; frame-ancestors https://clinic.example https://other.example"] {
        let sent = [POLICY, frame_ancestors].concat();
        let altered = site.altered(move |asked, response| {
            if asked.path == "/" {
                set(response, NAME, Some(&sent));
            }
        });
        assert_eq!(altered, found([]), "{frame_ancestors}");
    }
    let altered = site.altered(|asked, response| {
        if asked.path == "/articles/one/" {
            set(response, NAME, None);
        }
    });
    assert_eq!(altered, found(["/articles/one/: comes without one Content-Security-Policy"]));
}

#[test]
fn a_policy_file_that_was_changed_with_the_header_is_found_by_its_digest() {
    let site = Site::new();
    let wider = format!("{POLICY} https://evil.example");
    write(&site.folder, "content-security-policy.txt", &wider);
    let changed = "/content-security-policy.txt (identity): the content was changed";
    assert_eq!(site.verified(), found([changed]));
}

#[test]
fn missing_nosniff_and_headers_that_act_on_readers_are_named() {
    let site = Site::new();
    let altered = site.altered(|asked, response| match asked.path.as_str() {
        "/app.wasm" => set(response, "x-content-type-options", None),
        "/" => {
            set(response, "set-cookie", Some("visitor=1"));
            set(response, "refresh", Some("0; url=https://evil.example/"));
        }
        _ => {}
    });
    let lines = [
        "/: comes with refresh: 0; url=https://evil.example/",
        "/: comes with set-cookie: visitor=1",
        "/app.wasm: comes without X-Content-Type-Options: nosniff",
    ];
    assert_eq!(altered, found(lines));
}

/// A server can tell its auditor from patients; a browser's name makes that harder.
#[test]
fn a_server_that_alters_pages_for_browsers_alone_is_found_by_a_browsers_name() {
    let site = Site::new();
    let server = altering(site.service.address, |asked, response| {
        if asked.path == "/loader.js" && asked.user_agent.starts_with("Mozilla") {
            set(response, "content-encoding", None);
            response.body = b"forged".to_vec();
        }
    });
    assert_eq!(site.verified_at(server, &[]), found([]));
    let line = "/loader.js: the content was changed";
    assert_eq!(site.verified_at(server, &["--user-agent", BROWSER]), found([line]));
}

#[test]
fn a_server_that_does_not_answer_is_named() {
    let site = Site::new();
    let (code, lines) = site.verified_at(([127, 0, 0, 1], free_port()).into(), &[]);
    assert_eq!((code, lines.len()), (Some(1), 8), "{lines:#?}");
    assert!(lines.iter().all(|line| line.contains("no response: ")), "{lines:#?}");
}

#[test]
fn a_manifest_that_cannot_be_used_is_an_error_and_never_a_pass() {
    let site = Site::new();
    let listed = fs::read_to_string(&site.manifest).unwrap();
    let no_digest = format!("line {} is no SHA-256", listed.lines().count() + 1);
    let digest = "0".repeat(64);
    for (text, why) in [
        (String::new(), "so it is not of a whole site"),
        (listed.replace(" content-security-policy", " other"), "so it is not of a whole site"),
        (format!("{listed}{digest} a.js\n"), no_digest.as_str()),
        (format!("{listed}{digest}  ../a.js\n"), no_digest.as_str()),
        (format!("{listed}{}  a.js\n", &digest[1..]), no_digest.as_str()),
        (format!("{listed}{}  a.js\n", &digest[2..]), no_digest.as_str()),
    ] {
        fs::write(&site.manifest, text).unwrap();
        let url = format!("http://{}", site.service.address);
        let manifest = site.manifest.display().to_string();
        let verified = run(["verify-site", "--site", &url, "--manifest", &manifest]);
        let told = texts(&verified).1;
        assert_eq!(verified.status.code(), Some(1), "{told}");
        assert!(told.contains(why) && told.contains(&manifest), "{told}");
    }
}

#[test]
fn an_address_that_is_none_is_not_understood() {
    for site in ["guide.example", "ftp://guide.example/", "data:text/html,x"] {
        let verified = run(["verify-site", "--site", site, "--manifest", "dist.sha256"]);
        assert_eq!(verified.status.code(), Some(2), "{site}");
    }
}
