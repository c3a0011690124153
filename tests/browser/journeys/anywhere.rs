//! The built site works at any path and on any server, and asks for little.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::answers::answer_all_at_once;
use crate::harness::clinic::{self, Clinic};
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::Line;
use crate::harness::person::Person;

/// The requests that a first visit may take.
const MAX_REQUESTS: usize = 7;
/// The bytes that a first visit may transfer, with headers: the goal of docs/performance.md.
const MAX_BYTES: usize = 130_000;

/// The bytes of an icon, with headers, which some browsers fetch for their tab.
const MAX_ICON: usize = 3 * 1024;

/// Everything that was fetched and was not there.
const MISSING: &str = "return performance.getEntriesByType('resource') \
    .filter((it) => it.responseStatus >= 400).map((it) => it.name)";

/// A server that knows nothing but files: no header, no compression, no route. Ends with the value.
struct StaticServer {
    server: Child,
    port: String,
}

impl StaticServer {
    fn start(folder: &Path) -> Self {
        let mut server = Command::new("python3")
            .args(["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("python3 is there");
        let mut line = String::new();
        BufReader::new(server.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        let port = line.split(" port ").nth(1).and_then(|it| it.split(' ').next());
        Self { server, port: port.expect("it names its port").to_owned() }
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for StaticServer {
    fn drop(&mut self) {
        // Fails only where it has ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[apply(in_every_engine)]
async fn below_any_path_and_on_a_server_of_files_alone_it_works(engine: Engine) {
    let site = clinic::root().join(".dev/site");
    let host = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(&site, host.path().join("migraine")).expect("a link");
    for (folder, path) in [(site.as_path(), "/"), (host.path(), "/migraine/")] {
        let server = StaticServer::start(folder);
        let person = Person::arrives(engine).await;
        person.opens(&server.address(path)).await;
        person.waits_for_program().await;
        // Painted with the style that stands in the page.
        let ground = "return getComputedStyle(document.documentElement).backgroundColor";
        assert_ne!(person.reads(ground).await, "rgba(0, 0, 0, 0)");
        answer_all_at_once(&person).await;

        let article = "return document.querySelector('.articles a').href";
        let article = person.reads(article).await;
        assert!(article.starts_with(&server.address(&[path, "articles/"].concat())), "{article}");
        person.opens(&article).await;
        person.waits_for_program().await;
        assert_eq!(person.runs(MISSING).await, json!([]));
        assert_ne!(person.reads(ground).await, "rgba(0, 0, 0, 0)");
        person.follows(".opening .home a").await;
        person.waits_for(&format!("return location.pathname === '{path}'")).await;
        person.waits_for_program().await;
        assert_eq!(person.runs(MISSING).await, json!([]));
    }
}

#[apply(in_every_engine)]
async fn a_visit_takes_few_requests_and_another_visit_one(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    person.opens(&line.address("/")).await;
    person.waits_for_program().await;
    let first = line.requests();
    let mut asked: Vec<&str> = first.iter().filter_map(|it| it.split(' ').nth(1)).collect();
    assert!(asked.len() <= MAX_REQUESTS, "{asked:?}");
    let all = asked.len();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), all, "something is asked for twice: {asked:?}");
    let bytes = line.bytes();
    // Over http WebKit asks for gzip, which is larger; over https it asks for Brotli too.
    let brotli = first[0].to_ascii_lowercase().contains("accept-encoding: gzip, deflate, br");
    let icons = asked.iter().filter(|it| it.ends_with(".ico") || it.ends_with(".png")).count();
    let most = MAX_BYTES + icons * MAX_ICON;
    assert_eq!(brotli, engine != Engine::WebKit, "{}", first[0]);
    assert!(!brotli || (50_000..=most).contains(&bytes), "{bytes} bytes: {asked:?}");

    // A driven WebKitGTK keeps nothing between two visits.
    if engine == Engine::WebKit {
        return;
    }
    person.opens("about:blank").await;
    person.opens(&line.address("/")).await;
    person.waits_for_program().await;
    let again = line.requests().split_off(first.len());
    let heads: Vec<&str> = again.iter().filter_map(|it| it.lines().next()).collect();
    assert_eq!(heads.len(), 1, "{heads:#?}");
    assert!(
        again[0].starts_with("GET / ")
            && again[0].to_ascii_lowercase().contains("if-modified-since")
    );
}

#[apply(in_every_engine)]
async fn whoever_only_reads_an_article_waits_for_no_app(engine: Engine) {
    let clinic = Clinic::open().await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    // The page is never idle.
    line.calls_first("() => { window.requestIdleCallback = () => 0 }", &json!([]));
    person.opens(&line.address("/articles/what-ketamine-is/")).await;
    person.waits_for("return document.readyState === 'complete'").await;
    let asked = line.requests();
    assert!(!asked.iter().any(|it| it.contains(".wasm ")), "{asked:#?}");
}
