//! The cost of a longer article and of more articles, to build and to read: `make bench-pages`.
//! Prints ratios of one run.
//!
//! Sites are built by the very step of the build that writes the pages (`src/site/`), in the
//! profile in which it runs then.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use regex::{Captures, Regex};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::clinic::{Clinic, key, root};
use crate::harness::engine::Engine;
use crate::harness::person::Person;
use crate::harness::site::{copy, files, render, trial_copy};

/// The best of this many, since the machine does other things too.
const RUNS: usize = 3;
/// A phone of 2018 beside a desktop of today, as Lighthouse has it.
const SLOWER: u32 = 4;

/// CSS pixels a second: as fast as a hand flings a page.
const SCROLLING: u32 = 4000;

#[tokio::test]
#[ignore = "a benchmark: `make bench-pages`"]
async fn building_and_reading() {
    println!("An article some times as long as the guide:");
    let long: Vec<Built> = [1, 10, 100].into_iter().map(|times| built(times, 2)).collect();
    print_ratios(&long);
    println!("Some articles of about 700 words:");
    let many: Vec<Built> =
        [1, 10, 100, 1000].into_iter().map(|articles| built(1, articles)).collect();
    print_ratios(&many);
    println!("Reading, on a phone with a processor {SLOWER} times slower than this one:");
    for site in [&long[0], &long[1], &many[2]] {
        read(site).await;
    }
}

/// A site, and what it took.
struct Built {
    name: String,
    folder: TempDir,
    /// Bytes of Markdown.
    text: usize,
    time: Duration,
}

impl Built {
    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }
}

/// Builds a site whose guide is so many times as long, with so many articles.
fn built(times: usize, articles: usize) -> Built {
    let folder = TempDir::new().expect("a folder");
    let content = folder.path().join("content");
    let en = content.join("en");
    copy(&root().join("content"), &content);
    let guide = fs::read_to_string(en.join("guide.md")).expect("the guide");
    let guide = repeated(&guide, times);
    let article = en.join("articles/what-ketamine-is.md");
    let article = fs::read_to_string(article).expect("an article");
    fs::write(en.join("guide.md"), &guide).expect("written");
    // The two that the guide links to stay.
    for nth in 2..articles {
        let name = format!("articles/article-{nth}.md");
        let titled = article.replacen("title = \"", &format!("title = \"{nth}: "), 1);
        fs::write(en.join(name), titled).expect("written");
    }
    let text = guide.len() + articles * article.len();

    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let site = folder.path().join("site");
        let _ = fs::remove_dir_all(&site);
        copy(&trial_copy(), &site);
        // The frame that Trunk left, without what was written into it.
        for ending in ["br", "gz"] {
            for file in files(&site, ending) {
                fs::remove_file(file).expect("removed");
            }
        }
        let begun = Instant::now();
        render(&site, &content, &key("public"));
        best = best.min(begun.elapsed());
    }
    let name = format!("guide × {times}, {articles} articles");
    Built { name, folder, text, time: best }
}

fn print_ratios(built: &[Built]) {
    for it in built {
        println!("  {:28} {:9} bytes of text {:8.2} s", it.name, it.text, it.time.as_secs_f64());
    }
    for pair in built.windows(2) {
        #[expect(clippy::cast_precision_loss, reason = "a few millions")]
        let text = pair[1].text as f64 / pair[0].text as f64;
        let time = pair[1].time.as_secs_f64() / pair[0].time.as_secs_f64();
        println!("  text × {text:.1}: time × {time:.1}");
    }
}

/// The sections of an article, so many times, each with names and references of its own; what can
/// stand on a page once stands in the first.
fn repeated(article: &str, times: usize) -> String {
    let pattern = |it: &str| Regex::new(it).expect("a pattern");
    let front = article.find("\n## ").expect("a section");
    let (opening, sections) = article.split_at(front);
    let inserts = pattern(r"(?s)```insert\n.*?\n```\n");
    let headings = pattern(r"(?m)^(#{2,3}) (.+?)( \{#([a-z-]+)[^}]*\})?$");
    let references = pattern(r"\[\^([a-z0-9-]+)\]");
    let mut text = [opening, sections].concat();
    let cited: String = inserts.replace_all(sections, "").into_owned();
    // The studies are cited by their figure alone.
    let own = pattern(r"(?m)^\[\^([a-z0-9-]+)\]: .*$");
    let in_text = own.replace_all(&cited, "").into_owned();
    let cited = own.replace_all(&cited, |entry: &Captures<'_>| {
        let used = in_text.contains(&format!("[^{}]", &entry[1]));
        if used { entry[0].to_owned() } else { String::new() }
    });
    for nth in 2..=times {
        let named = headings.replace_all(&cited, |heading: &Captures<'_>| match heading.get(4) {
            Some(id) => format!("{} {} {nth} {{#{}-{nth}}}", &heading[1], &heading[2], id.as_str()),
            None => format!("{} {} {nth}", &heading[1], &heading[2]),
        });
        text.push_str(&references.replace_all(&named, format!("[^$1-{nth}]")));
    }
    text
}

impl Person {
    /// Has a processor this many times slower.
    async fn has_slower_processor(&self, times: u32) {
        let rate = json!({ "rate": times });
        self.devtools("Emulation.setCPUThrottlingRate", rate).await;
    }

    /// Scrolls down by this many CSS pixels as a hand would, without a stop.
    async fn scrolls(&self, distance: f64) {
        let gesture = json!({
            "x": 100, "y": 100, "yDistance": -distance, "speed": SCROLLING, "preventFling": true,
        });
        self.devtools("Input.synthesizeScrollGesture", gesture).await;
    }
}

/// Loads a site's guide and scrolls through it without a stop.
async fn read(built: &Built) {
    let clinic = Clinic::serving(&built.site()).await;
    let person = Person::arrives(Engine::Chromium).await;
    person.has_screen(360, 780).await;
    person.has_slower_processor(SLOWER).await;
    person.watches(include_str!("../scripts/long_tasks.js"), &json!([])).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    person.waits_for("return document.readyState === 'complete'").await;
    let loading = held(&person).await;
    let height = person.runs("held.length = 0; return document.documentElement.scrollHeight").await;
    let height = height.as_f64().expect("a height");
    person.scrolls(height).await;
    let there = person.runs("return scrollY + innerHeight").await.as_f64().expect("a place");
    assert!(there > height * 0.9, "scrolled to {there} of {height}");
    let scrolling = held(&person).await;
    println!("  {} ({height} pixels high)", built.name);
    println!("    loading:   {}", said(&loading));
    println!("    scrolling: {}", said(&scrolling));
}

async fn held(person: &Person) -> Vec<f64> {
    let held = person.runs("return held").await;
    let Some(held) = held.as_array() else { panic!("{held}") };
    held.iter().filter_map(Value::as_f64).collect()
}

fn said(tasks: &[f64]) -> String {
    let longest = tasks.iter().copied().fold(0.0, f64::max);
    format!("{} tasks of more than 50 ms, the longest {longest:.0} ms", tasks.len())
}
