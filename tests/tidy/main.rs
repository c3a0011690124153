//! Rules of the project, each a test whose message says how to comply. `docs/architecture.md` lists them.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expected")]

mod imports;
mod installation;
mod secrets;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use serde_json::Value;
use walkdir::WalkDir;

/// The manifests of all packages.
const MANIFESTS: [&str; 7] = [
    "Cargo.toml",
    "crates/clinic-core/Cargo.toml",
    "crates/guide-core/Cargo.toml",
    "crates/inbox/Cargo.toml",
    "crates/intake/Cargo.toml",
    "crates/precompress/Cargo.toml",
    "crates/web-jwe/Cargo.toml",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder with this ending, as paths from the project's root.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let all = WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    let found: Vec<PathBuf> = all
        .map(|entry| entry.expect("an entry").into_path())
        .filter(|path| path.extension().is_some_and(|it| it == ending))
        .map(|path| path.strip_prefix(root()).expect("below the root").to_owned())
        .collect();
    assert!(!found.is_empty(), "{folder} holds no .{ending}");
    found
}

/// Names of the crates that a package is built from.
fn dependencies(package: &str, target: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--package",
            package,
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "none",
        ])
        .args(["--target", target])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn the_core_knows_neither_browser_nor_server() {
    for core in ["guide-core", "clinic-core"] {
        let all = dependencies(core, "all");
        assert!(all.contains(&"serde".to_owned()));
        for forbidden in
            ["leptos", "web-sys", "js-sys", "wasm-bindgen", "tokio", "axum", "sqlx", "josekit"]
        {
            assert!(
                !all.iter().any(|name| name == forbidden),
                "{core} is built from {forbidden}; it is shared by browser and server, so what \
                 needs {forbidden} belongs into the package of the one side that has it"
            );
        }
    }
}

#[test]
fn nothing_of_the_server_reaches_the_browser() {
    let all = dependencies("migraine-guide", "wasm32-unknown-unknown");
    assert!(all.contains(&"leptos".to_owned()));
    for forbidden in ["tokio", "axum", "sqlx", "josekit", "pulldown-cmark", "brotli", "clinic-core"]
    {
        assert!(
            !all.iter().any(|name| name == forbidden),
            "{forbidden} is in the browser's app; make it a dependency of other targets only"
        );
    }
}

#[test]
fn only_the_browser_module_names_web_sys() {
    let names = Regex::new(r"\b(web_sys|wasm_bindgen|js_sys|gloo_net)\b").expect("a pattern");
    for file in files("src", "rs").into_iter().chain(files("crates/inbox/src", "rs")) {
        if file.starts_with("src/browser") || file.starts_with("crates/inbox/src/browser") {
            continue;
        }
        for (number, line) in read(&file).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            assert!(
                !names.is_match(code),
                "{}:{}: only browser/ talks to the browser; add a function there",
                file.display(),
                number + 1
            );
        }
    }
}

#[test]
fn scripts_neither_post_nor_store_nor_encrypt() {
    // storage.js may store, and keys.js fetch the clinic's public keys, see decision 2. The embed builder fetches the
    // headers of its own page, and the loader the app. The preview follows changes, and is in no built page.
    let exceptions = [
        ("src/browser/storage.js", "indexedDB"),
        ("src/browser/keys.js", "fetch"),
        ("public/embed/builder.js", "fetch"),
        ("src/scripts/loader.js", "fetch"),
        ("src/site/preview/preview.js", "EventSource"),
    ];
    let names = Regex::new(
        r"\b(fetch|indexedDB|crypto\.subtle|XMLHttpRequest|sendBeacon|WebSocket|WebTransport|EventSource)\b",
    )
    .expect("a pattern");
    for file in files("src", "js").into_iter().chain(files("public", "js")) {
        let path = file.to_string_lossy();
        for (number, line) in read(&file).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let mut found = names.find_iter(code).map(|it| it.as_str());
            let forbidden = found.find(|name| !exceptions.contains(&(&*path, *name)));
            assert!(
                forbidden.is_none(),
                "{path}:{}: no {} here: what posts, stores or encrypts is Rust; add a function to src/browser/",
                number + 1,
                forbidden.unwrap_or_default()
            );
        }
    }
}

#[test]
fn no_sentence_for_people_stands_in_rust() {
    // Three words in a row, in a string.
    let sentence = Regex::new(r#""[^"]*\b[A-Za-z]+ [a-z]+ [a-z]+\b[^"]*""#).expect("a pattern");
    let selectors = Regex::new(r"[#.\[\]]").expect("a pattern");
    for file in files("src", "rs").into_iter().chain(files("crates/inbox/src", "rs")) {
        // These print to the command line, for authors and operators.
        if file.starts_with("src/content") || file.starts_with("src/site") {
            continue;
        }
        for (number, line) in read(&file).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let found = sentence.find(code).map(|it| it.as_str());
            assert!(
                found.is_none_or(|it| selectors.is_match(it) || code.contains("class")),
                "{}:{}: {} belongs into content/<language>/interface.toml or inbox.toml",
                file.display(),
                number + 1,
                found.unwrap_or_default()
            );
        }
    }
}

#[test]
fn nothing_of_the_content_is_compiled_in() {
    let include = Regex::new(r"include_(str|bytes)!").expect("a pattern");
    for file in files("src", "rs").into_iter().chain(files("crates/guide-core/src", "rs")) {
        assert!(
            !include.is_match(&read(&file)),
            "{}: content is read by the build and travels in the page, never in the app",
            file.display()
        );
    }
    // The compiler's own list of the sources of the app.
    let made_from = read("target/wasm32-unknown-unknown/browser/migraine-guide.d");
    assert!(made_from.contains("src/main.rs"));
    for folder in ["/content/", "/style/", "/public/", "index.html"] {
        assert!(!made_from.contains(folder), "the app is made from {folder}");
    }
}

#[test]
fn colors_stand_in_the_tokens_alone() {
    let color = Regex::new(r"(?i)#[0-9a-f]{3,8}\b|\b(rgb|hsl|lab|lch|oklch|oklab|color)a?\(")
        .expect("a pattern");
    for file in files("style", "css") {
        if file.ends_with("tokens.css") {
            continue;
        }
        for (number, line) in read(&file).lines().enumerate() {
            // An id of one element, in a selector, is no color.
            let value = line.split_once(':').map_or("", |(_, value)| value);
            assert!(
                line.trim_end().ends_with('{') || !color.is_match(value),
                "{}:{}: name the color in style/tokens.css and use var(--…)",
                file.display(),
                number + 1
            );
        }
    }
}

#[test]
fn nothing_comes_from_another_origin() {
    let foreign = Regex::new(r#"(src|href|url)\s*[=(]\s*["']?(https?:)?//"#).expect("a pattern");
    let fetching = files("style", "css").into_iter().chain([
        PathBuf::from("index.html"),
        PathBuf::from("src/scripts/loader.js"),
        PathBuf::from("src/scripts/display.js"),
        PathBuf::from("src/scripts/frame.js"),
        PathBuf::from("public/embed.js"),
        PathBuf::from("public/embed/builder.js"),
    ]);
    for file in fetching {
        let text = read(&file);
        let found = foreign.find(&text).map(|it| it.as_str());
        assert!(found.is_none(), "{}: {}", file.display(), found.unwrap_or_default());
    }
}

/// The part of a page that a file in this folder belongs to: a file, or a folder as a whole.
fn part(file: &Path, folder: &str) -> String {
    let below = file.strip_prefix(folder).expect("below it").with_extension("");
    below.iter().next().expect("a name").to_string_lossy().into_owned()
}

/// The code of each part of a page below these folders, by name.
fn parts(folders: &[&str]) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::<String, String>::new();
    for folder in folders {
        for file in files(folder, "rs") {
            parts.entry(part(&file, folder)).or_default().push_str(&read(&file));
        }
    }
    parts.remove("mod");
    parts
}

#[test]
fn every_component_has_its_style_and_its_test() {
    let mut parts = parts(&["src/components", "src/pages"]);
    // Puts the parts of a page together: tests/rendered/pages.rs.
    parts.remove("render");
    for (name, code) in parts {
        let (style, test) = (format!("style/{name}.css"), format!("tests/rendered/{name}.rs"));
        assert!(root().join(&test).exists(), "{name} needs {test}");
        let is_styled = root().join(&style).exists() || root().join("style").join(&name).exists();
        assert!(
            !code.contains("class=") || is_styled,
            "{name} names a class, so it needs {style}, or a folder of that name"
        );
    }
}

#[test]
fn every_style_file_has_the_name_of_its_component() {
    let parts = parts(&["src/components", "src/pages", "src/assessment/view", "src/request/view"]);
    let islands_and_whole_pages =
        ["assessment", "request", "base", "frame", "page", "print", "tokens"];
    for file in files("style", "css") {
        let name = part(&file, "style");
        assert!(
            parts.contains_key(&name) || islands_and_whole_pages.contains(&&*name),
            "{}: name it, or its folder, as the component, the part of a page or the view that it is for",
            file.display()
        );
    }
}

#[test]
fn versions_of_tools_agree() {
    let tools: Value = serde_json::from_str(&read("tests/tools/package.json")).expect("JSON");
    let major = tools["devDependencies"]["binaryen"]
        .as_str()
        .and_then(|version| version.split('.').next())
        .expect("tests/tools/package.json names Binaryen's version");
    assert!(
        read("Trunk.toml").contains(&format!("wasm_opt = \"version_{major}\"")),
        "Trunk.toml asks for another wasm_opt than tests/tools/package.json names"
    );
    let rust = read("rust-toolchain.toml");
    let channel = Regex::new(r#"channel = "(\d+\.\d+)"#).expect("a pattern");
    let channel = channel.captures(&rust).expect("a channel")[1].to_owned();
    assert!(
        read("Cargo.toml").contains(&format!("rust-version = \"{channel}\"")),
        "Cargo.toml's rust-version is not that of rust-toolchain.toml"
    );
}

/// Fails if a tool could change without a change in the repository, or could be fetched from one
/// registry alone.
#[test]
fn lock_files_hold_digests_and_name_no_registry() {
    let lock: Value =
        serde_json::from_str(&read("tests/tools/package-lock.json")).expect("a lock file");
    let manifest: Value = serde_json::from_str(&read("tests/tools/package.json")).expect("JSON");
    let packages = lock["packages"].as_object().expect("packages");
    assert_eq!(
        packages[""]["devDependencies"], manifest["devDependencies"],
        "tests/tools/package-lock.json is older than package.json: see tests/tools/README.md"
    );
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        assert!(package["integrity"].is_string(), "{name} has no digest in package-lock.json");
        assert!(
            package.get("resolved").is_none(),
            "package-lock.json names a registry for {name}; write it again in tests/tools, whose \
             .npmrc leaves that out"
        );
    }
    let requirements = read("tests/tools/requirements.txt");
    for line in read("tests/tools/requirements.in").lines().filter(|line| !line.starts_with('#')) {
        assert!(
            requirements.contains(&format!("{line} \\\n")),
            "tests/tools/requirements.txt lacks {line}: see tests/tools/README.md"
        );
    }
    let pinned = Regex::new(r"^[a-z0-9-]+==\S+ (; .* )?\\$").expect("a pattern");
    for line in requirements.lines().filter(|line| !line.starts_with(' ')) {
        assert!(pinned.is_match(line), "tests/tools/requirements.txt, no digest follows: {line}");
    }
    assert!(!requirements.contains("://"), "tests/tools/requirements.txt names a registry");
}

#[test]
fn every_package_names_its_license() {
    let licensed = |file: &str, words: &str| {
        assert!(read(file).contains(words), "{file} says nowhere: {words}");
    };
    licensed("Cargo.toml", "license = \"MIT OR Apache-2.0\"");
    for manifest in MANIFESTS {
        licensed(manifest, "license.workspace = true");
    }
    licensed("LICENSE-MIT", "Permission is hereby granted, free of charge");
    licensed("LICENSE-APACHE", "END OF TERMS AND CONDITIONS");
    // WordPress takes plugins under its own license alone, and its readers look into these files.
    let plugin = "public/wordpress/migraine-guide";
    licensed(&format!("{plugin}/migraine-guide.php"), " * License: GPL-2.0-or-later\n");
    licensed(&format!("{plugin}/readme.txt"), "\nLicense: GPL-2.0-or-later\n");
    licensed(&format!("{plugin}/LICENSE"), "GNU GENERAL PUBLIC LICENSE");
}

#[test]
fn every_dependency_says_why_it_is_there() {
    for manifest in MANIFESTS {
        let mut explained = false;
        let mut in_dependencies = false;
        for line in read(manifest).lines() {
            let header = line.starts_with('[');
            in_dependencies = (in_dependencies && !header)
                || (header && line.contains("dependencies]") && !line.contains("workspace"));
            // A comment speaks for the entries below it, up to an empty line or a header.
            explained = (explained && !header && !line.is_empty()) || line.starts_with('#');
            let entry = in_dependencies && line.contains('=') && !line.starts_with([' ', '#', '[']);
            assert!(!entry || explained, "{manifest}: say above it why: {line}");
        }
    }
}
