//! The plugin of `public/wordpress` in a real WordPress with a real database, looked at by its own
//! authors and visitors.

use std::fs;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use rstest_reuse::apply;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::clinic::{Clinic, root, tools};
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::host::Host;
use crate::harness::person::Person;
use crate::harness::wait::until;

/// An installation with its database, its server and the ids of its pages.
struct WordPress {
    folder: TempDir,
    pages: Value,
    database: Child,
    server: Option<Child>,
}

impl WordPress {
    /// Installs it for an address, with the plugin active and the guide at another.
    async fn install(address: &str, guide: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let theme = folder.path().join("content/themes/plain");
        fs::create_dir_all(&theme).expect("a folder for the theme");
        for file in ["style.css", "index.php"] {
            fs::copy(scripts().join("theme").join(file), theme.join(file)).expect("a theme");
        }
        let files = folder.path().join("database");
        fs::create_dir(&files).expect("a folder for the database");
        let socket = folder.path().join("database.sock");
        let database = Command::new("/usr/sbin/mariadbd")
            .args(["--no-defaults", "--skip-networking", "--skip-grant-tables", "--user=root"])
            .arg(format!("--datadir={}", files.display()))
            .arg(format!("--socket={}", socket.display()))
            .arg(format!("--pid-file={}", files.join("pid").display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("mariadbd starts; `make test` installs it");
        until("the database", async || std::os::unix::net::UnixStream::connect(&socket).ok()).await;
        let mut wordpress = Self { folder, pages: Value::Null, database, server: None };
        let output = wordpress.php("install.php", &[address, guide], "");
        wordpress.pages = json(&output);
        wordpress
    }

    /// Runs one of the scripts.
    fn php(&self, script: &str, arguments: &[&str], input: &str) -> Output {
        let mut php = self
            .command()
            .arg(scripts().join(script))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("php starts; `make test` installs it");
        let mut stdin = php.stdin.take().expect("it listens");
        stdin.write_all(input.as_bytes()).expect("it listens");
        drop(stdin);
        php.wait_with_output().expect("php ends")
    }

    fn command(&self) -> Command {
        let mut php = Command::new("php");
        php.env("WORDPRESS", tools().join("wordpress")).env("WORDPRESS_FOLDER", self.folder.path());
        php
    }

    /// Serves the site.
    async fn serve(&mut self, port: u16) {
        let server = self
            .command()
            .args(["-S", &format!("127.0.0.1:{port}")])
            .arg(scripts().join("serve.php"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("php serves");
        self.server = Some(server);
        until("WordPress", async || TcpStream::connect(("127.0.0.1", port)).ok()).await;
    }
}

impl Drop for WordPress {
    fn drop(&mut self) {
        for child in self.server.iter_mut().chain([&mut self.database]) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn json(output: &Output) -> Value {
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    serde_json::from_str(&printed).unwrap_or_else(|_| panic!("{printed}\n{errors}"))
}

fn scripts() -> PathBuf {
    root().join("tests/browser/hosts/wordpress")
}

/// Texts of authors, and the attributes besides `src` of the element that each becomes.
const WRITTEN: [(&str, &[(&str, &str)]); 8] = [
    ("[migraine_guide]", &[]),
    (
        "[migraine_guide sections='schedule, assessment, evil' theme='Dark' max_height='400px']",
        &[("sections", "assessment schedule"), ("theme", "dark"), ("max-height", "400")],
    ),
    (
        "[migraine_guide title='A &amp; B' location='allen']",
        &[("location", "allen"), ("title", "A & B")],
    ),
    // Authors may not choose the place that a script is loaded from.
    ("[migraine_guide src='https://evil.example/' data-src='https://evil.example/']", &[]),
    (
        "[migraine_guide accent='red\" onmouseover=\"alert(1)' onclick='alert(1)']",
        &[("accent", "red\" onmouseover=\"alert(1)")],
    ),
    ("[migraine_guide title='<script>alert(1)</script>' max_height='-1' theme='x']", &[]),
    (
        r#"<!-- wp:migraine-guide/guide {"title":"\u0022 onload=\u0022alert(1)","sections":"links"} /-->"#,
        &[("sections", "links"), ("title", "\" onload=\"alert(1)")],
    ),
    (
        r#"<!-- wp:migraine-guide/guide {"title":"\u003c/migraine-guide\u003e\u003cscript\u003ealert(1)\u003c/script\u003e","theme":["dark"],"src":"https://evil.example/"} /-->"#,
        &[],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_authors_write_becomes_one_safe_element() {
    let wordpress = WordPress::install("http://clinic.example", "https://guide.example.org/").await;
    let texts: Vec<&str> = WRITTEN.iter().map(|(text, _)| *text).collect();
    let told = json(&wordpress.php("cases.php", &[], &json!(texts).to_string()));
    let rendered = told["rendered"].as_array().expect("a list");
    for ((text, expected), html) in WRITTEN.iter().zip(rendered) {
        let html = html.as_str().expect("HTML");
        let page = scraper::Html::parse_fragment(html);
        let every = scraper::Selector::parse("*").expect("a selector");
        let elements: Vec<_> = page.select(&every).map(|it| it.value()).collect();
        let names: Vec<&str> = elements.iter().map(|it| it.name()).collect();
        assert_eq!(names, ["html", "migraine-guide", "a"], "{text}: {html}");
        let mut found: Vec<(&str, &str)> = elements[1].attrs().collect();
        let mut expected = [&[("src", "https://guide.example.org/")], *expected].concat();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{text}: {html}");
        assert_eq!(elements[2].attr("href"), Some("https://guide.example.org/"));
    }

    // The guide is named where no author can write.
    let named = "<meta name=\"migraine-guide\" content=\"https://guide.example.org/\">\n";
    assert_eq!(told["named"], named);
    assert_eq!(told["unset_named"], "");

    // Only an administrator says where the guide is, and only https is taken.
    let kept = json!(["https://guide.example.org/", "", "", "", ""]);
    assert_eq!(told["stored"], kept);
    let for_admin = told["for_admin"].as_str().expect("HTML");
    assert!(for_admin.contains("name=\"migraine_guide_address\""));
    assert!(for_admin.contains("name=\"_wpnonce\""));
    assert_eq!(told["for_others"], "");
    assert_eq!(told["unset_for_others"], "");
    assert!(told["unset_for_admin"].as_str().expect("HTML").contains("page=migraine-guide"));
    let script = told["script"].as_str().expect("HTML");
    assert!(
        script.starts_with("<script type=\"module\" src=\"https://guide.example.org/embed.js\"")
    );
}

/// Names and values.
type Attributes = &'static [(&'static str, &'static str)];

/// What an author wrote, the attributes of the element that came of it besides `src`, and a word of
/// each notice for whoever can edit the page.
const MISWRITTEN: [(&str, Attributes, &[&str]); 16] = [
    (
        "[migraine_guide sections='schedule' location='allen' max_height='800']",
        &[("sections", "schedule"), ("location", "allen"), ("max-height", "800")],
        &[],
    ),
    ("[migraine_guide sections=“assessment”]", &[("sections", "assessment")], &[]),
    (
        "[migraine_guide sections=”assessment schedule″ theme=‘dark’ title=\"Dr. Smith’s\"]",
        &[("sections", "assessment schedule"), ("theme", "dark"), ("title", "Dr. Smith’s")],
        &[],
    ),
    (
        "[migraine_guide sections=&#8220;assessment schedule&#8221; theme=&lsquo;calm&rsquo;]",
        &[("sections", "assessment schedule"), ("theme", "calm")],
        &[],
    ),
    ("[migraine_guide accent=“red\" onmouseover=\"alert(1)”]", &[], &["“red", "onmouseover"]),
    ("[migraine_guide sections=\"self-assessment\"]", &[], &["“self-assessment” is not known"]),
    (
        "[migraine_guide sections=\"links, form\"]",
        &[("sections", "links")],
        &["“form” is not known"],
    ),
    ("[migraine_guide section=\"assessment\"]", &[], &["“section” has no effect"]),
    ("[migraine_guide assessment]", &[], &["“assessment” has no effect"]),
    ("[migraine_guide theme=\"night\"]", &[], &["“night” is not known"]),
    ("[migraine_guide max_height=\"1,200\"]", &[("max-height", "1200")], &[]),
    ("[migraine_guide max_height=\"1 200 px\"]", &[("max-height", "1200")], &[]),
    ("[migraine_guide max_height=\"tall\"]", &[], &["“tall” is no height"]),
    ("[migraine_guide max_height=\"1,2\"]", &[], &["“1,2” is no height"]),
    ("[migraine_guide location=\"Frisco\"]", &[("location", "Frisco")], &["“Frisco” is no id"]),
    (
        "<!-- wp:migraine-guide/guide {\"location\":\"Frisco, Texas\",\"className\":\"wide\"} /-->",
        &[("location", "Frisco, Texas")],
        &["“Frisco, Texas” is no id"],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_authors_miswrite_is_said_to_whoever_can_edit_the_page() {
    let wordpress = WordPress::install("http://clinic.example", "https://guide.example.org/").await;
    let texts: Vec<&str> = MISWRITTEN.iter().map(|(text, ..)| *text).collect();
    let told = json(&wordpress.php("cases.php", &[], &json!(texts).to_string()));
    let selector = |it| scraper::Selector::parse(it).expect("a selector");
    for (index, (text, expected, notices)) in MISWRITTEN.iter().enumerate() {
        for (reader, can_edit) in
            [("rendered", false), ("by_contributor", false), ("by_editor", true)]
        {
            let html = told[reader][index].as_str().expect("HTML");
            let page = scraper::Html::parse_fragment(html);
            let guide = page.select(&selector("migraine-guide")).next().expect("the guide");
            let mut found: Vec<(&str, &str)> =
                guide.value().attrs().filter(|(name, _)| *name != "src").collect();
            let mut expected = expected.to_vec();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{text}: {html}");
            let seen: Vec<String> = page
                .select(&selector(".migraine-guide-notice li"))
                .map(|it| it.text().collect())
                .collect();
            let count = if can_edit { notices.len() } else { 0 };
            assert_eq!(seen.len(), count, "{text}, {reader}: {html}");
            for (seen, notice) in seen.iter().zip(*notices) {
                assert!(seen.contains(notice), "{text}: {seen}");
            }
        }
    }
}

/// WordPress's editor, as much of it as the block uses, and the block's options as a list.
const EDITOR: &str = "const made = {}; \
    const element = (type, properties, ...children) => ({ type, ...properties, children: children.flat() }); \
    const named = new Proxy({}, { get: (_, name) => name }); \
    window.wp = { blocks: { registerBlockType: (_, block) => Object.assign(made, block) }, \
      blockEditor: { useBlockProps: () => ({}), InspectorControls: 'InspectorControls' }, \
      components: named, element: { createElement: element }, i18n: { __: (it) => it } }; \
    const all = (it) => [it, ...(it.children ?? []).flatMap(all)]; \
    const attributes = { sections: '' }; \
    const shown = () => all(made.edit({ attributes, setAttributes: (it) => Object.assign(attributes, it) }));";

#[apply(in_every_engine)]
async fn the_last_section_of_the_block_cannot_be_unticked(engine: Engine) {
    let person = Person::arrives(engine).await;
    let block = root().join("public/wordpress/migraine-guide/block.js");
    let block = fs::read_to_string(block).expect("the block");
    let untick = "const boxes = () => shown().filter((it) => it.type === 'CheckboxControl'); \
        for (;;) { \
          const next = boxes().find((it) => it.checked && !it.disabled); \
          if (!next || boxes().filter((it) => it.checked).length === 1) break; \
          next.onChange(false); \
        } \
        return boxes().filter((it) => it.checked).map((it) => it.disabled)";
    assert_eq!(person.runs(&[EDITOR, &block, untick].concat()).await, json!([true]));
    let field = "const field = shown().find((it) => it.key === 'location'); \
        return [/\\bid\\b/i.test(field.label), field.help.includes('/embed/')]";
    assert_eq!(person.runs(&[EDITOR, &block, field].concat()).await, json!([true, true]));
}

#[apply(in_every_engine)]
async fn visitors_of_a_wordpress_site_see_the_guide(engine: Engine) {
    let port = Host::port();
    let origin = Host::origin(port);
    let clinic = Clinic::open_to(&origin).await;
    let mut wordpress = WordPress::install(&origin, &clinic.address("/")).await;
    wordpress.serve(port).await;
    let person = Person::arrives(engine).await;
    for (page, section) in [("shortcode", "#self-assessment"), ("block", "#appointment-request")] {
        person.opens(&format!("{origin}/?page_id={}", wordpress.pages[page])).await;
        person.runs("document.querySelector('migraine-guide').id = 'guide'").await;
        person.waits_for("return heard.some((it) => it.type === 'ready')").await;
        person.enters_guide("guide").await;
        assert!(person.is_shown(section).await && !person.is_shown("#studies").await, "{page}");
        person.leaves_frame().await;
        // An element as an author can write it, for a page elsewhere.
        person
            .runs(
                "const written = Object.assign(document.createElement('div'), { id: 'written' }); \
                 Object.assign(written.dataset, { migraineGuide: '', src: '/' }); \
                 document.body.prepend(written)",
            )
            .await;
        person
            .waits_for(
                "return heard.some((it) => it.type === 'error' && it.id === 'written') \
                   && !document.getElementById('written').shadowRoot.querySelector('iframe')",
            )
            .await;
    }
}

#[test]
fn the_plugin_is_sound_php() {
    let folder = root().join("public/wordpress/migraine-guide");
    let files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the plugin")
        .map(|it| it.expect("a file").path())
        .filter(|it| it.extension().is_some_and(|it| it == "php"))
        .collect();
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        let output = Command::new("php").arg("-l").arg(&file).output().expect("php runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn the_archive_holds_the_plugin() {
    let archive = fs::File::open(root().join(".dev/site/wordpress/migraine-guide.zip"))
        .expect("`make size` builds it");
    let mut archive = zip::ZipArchive::new(archive).expect("an archive");
    let folder = root().join("public/wordpress");
    let mut names: Vec<String> =
        archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    names.sort_unstable();
    let expected = ["LICENSE", "block.js", "migraine-guide.php", "readme.txt", "uninstall.php"]
        .map(|name| format!("migraine-guide/{name}"));
    assert_eq!(names, expected);
    for name in names {
        let mut text = Vec::new();
        let mut file = archive.by_name(&name).expect("it is there");
        std::io::Read::read_to_end(&mut file, &mut text).expect("it can be read");
        assert_eq!(text, fs::read(folder.join(&name)).expect("the plugin"), "{name}");
    }
}
