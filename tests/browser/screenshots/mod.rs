//! `make screenshots`: pictures of every page and screen into `.screenshots`, at three widths, in
//! three themes; and pages as they print. To be looked at; nothing is tested.
//!
//! `scenes` lists the screens. `ONLY=name` pictures those alone whose names contain it.

#![expect(clippy::print_stdout, reason = "says which pictures were taken")]

mod inbox;

use std::fs;
use std::path::PathBuf;

use base64ct::{Base64, Encoding as _};
use serde_json::{Value, json};

use crate::harness::clinic::{Clinic, root};
use crate::harness::engine::Engine;
use crate::harness::person::Person;
use crate::harness::scenes::{self, Scene, Shown};

/// A phone, a tablet, a desktop.
const SCREENS: [(u32, u32); 3] = [(360, 780), (768, 1024), (1440, 900)];
const THEMES: [&str; 3] = ["light", "dark", "calm"];
/// Inches.
const PAPERS: [(&str, [f64; 2]); 2] = [("letter", [8.5, 11.0]), ("a4", [8.27, 11.69])];
/// Browsers draw no higher picture; a longer page is several.
const HIGHEST: f64 = 8000.0;

struct Album {
    folder: PathBuf,
    person: Person,
    clinic: Clinic,
    /// Part of the names of the scenes that are wanted.
    wanted: String,
}

#[tokio::test]
#[ignore = "takes pictures: `make screenshots`"]
async fn every_page_and_screen() {
    let folder = root().join(".screenshots");
    let wanted = std::env::var("ONLY").unwrap_or_default();
    if wanted.is_empty() {
        // Nothing of an earlier version stays among them.
        let _ = fs::remove_dir_all(&folder);
    }
    fs::create_dir_all(&folder).expect("the folder can be made");
    let (clinic, person) = (Clinic::open().await, Person::arrives(Engine::Chromium).await);
    let album = Album { folder, person, clinic, wanted };
    for page in scenes::pages(&album.person, &album.clinic).await {
        album.page(&page).await;
    }
    for (path, scenes) in scenes::JOURNEYS {
        album.journey(path, scenes).await;
    }
    println!("The pictures are in {}", album.folder.display());
}

impl Person {
    /// Takes a picture (PNG) of a rectangle of the page, in CSS pixels; of the window where none is
    /// given.
    async fn pictures(&self, place: Option<[f64; 4]>) -> Vec<u8> {
        let how = match place {
            Some([x, y, width, height]) => json!({
                "captureBeyondViewport": true,
                "clip": { "x": x, "y": y, "width": width, "height": height, "scale": 1 },
            }),
            None => json!({}),
        };
        decoded(&self.devtools("Page.captureScreenshot", how).await)
    }

    /// Prints the page as a PDF; width and height of the paper in inches.
    async fn prints(&self, [width, height]: [f64; 2]) -> Vec<u8> {
        let paper = json!({ "paperWidth": width, "paperHeight": height });
        decoded(&self.devtools("Page.printToPDF", paper).await)
    }
}

/// A file in an answer of DevTools.
fn decoded(answer: &Value) -> Vec<u8> {
    Base64::decode_vec(answer["data"].as_str().unwrap_or_default()).expect("Base64")
}

impl Album {
    /// A page in all its forms.
    async fn page(&self, path: &str) {
        let name = scenes::name(path);
        if !name.contains(&self.wanted) {
            return;
        }
        self.opens(path).await;
        self.pictures(name, Shown::Page).await;

        // The narrowest screen (which a desktop of 1280 pixels at 400 % zoom is, too), then with
        // wider spacing, then with the system's colors.
        self.person.has_screen(320, 640).await;
        self.picture(&format!("{name}-320"), Shown::Page).await;
        self.person.has_screen(360, 780).await;
        self.person.forces_colors(true).await;
        self.picture(&format!("{name}-forced-colors"), Shown::Page).await;
        self.person.forces_colors(false).await;
        self.person.calls(include_str!("../scripts/widen_spacing.js"), &json!([])).await;
        self.picture(&format!("{name}-spacing"), Shown::Page).await;

        self.opens(path).await;
        for (paper, size) in PAPERS {
            let file = self.folder.join(format!("{name}-{paper}.pdf"));
            fs::write(file, self.person.prints(size).await).expect("the PDF can be written");
        }
        println!("{name}");
    }

    /// Scenes that follow one another.
    async fn journey(&self, path: &str, scenes: &[Scene]) {
        // A scene needs those before it.
        let Some(last) = scenes.iter().rposition(|it| it.name.contains(&self.wanted)) else {
            return;
        };
        self.opens(path).await;
        for scene in &scenes[..=last] {
            self.person.runs(scene.does).await;
            self.person.waits_for(scene.until).await;
            if scene.name.contains(&self.wanted) {
                self.pictures(scene.name, scene.shown).await;
                println!("{}", scene.name);
            }
        }
    }

    async fn opens(&self, path: &str) {
        scenes::opens(&self.person, &self.clinic, path).await;
    }

    /// Pictures the scene at every width in every theme.
    async fn pictures(&self, name: &str, shown: Shown) {
        for (width, height) in SCREENS {
            self.person.has_screen(width, height).await;
            for theme in THEMES {
                let wear = format!("document.documentElement.dataset.theme = '{theme}'");
                self.person.runs(&wear).await;
                self.picture(&format!("{name}-{width}-{theme}"), shown).await;
            }
        }
        self.person.runs("delete document.documentElement.dataset.theme").await;
    }

    async fn picture(&self, name: &str, shown: Shown) {
        // Colors change in a moment; what moves with the scrolling never ends.
        self.person
            .waits_for(
                "return document.getAnimations().every((it) => !(it instanceof CSSTransition))",
            )
            .await;
        // In a picture higher than the window the bar of links, and that of buttons, would stand over its
        // middle, and sections far below would not be laid out.
        let bar = match shown {
            Shown::WindowAt(_) => "sticky",
            _ => "static",
        };
        let place = format!(
            "for (const it of document.querySelectorAll('.contents, #assessment-asked .actions')) \
               it.style.setProperty('position', '{bar}'); \
             for (const it of document.querySelectorAll('[data-size]')) \
               it.style.setProperty('content-visibility', 'visible')"
        );
        self.person.runs(&place).await;
        if let Shown::WindowAt(selector) = shown {
            let there = format!("document.querySelector({selector:?}).scrollIntoView()");
            self.person.runs(&there).await;
            let picture = self.person.pictures(None).await;
            return self.keep(name, &picture);
        }
        let selector = match shown {
            Shown::Part(selector) => selector,
            _ => "html",
        };
        let place = format!(
            "const it = document.querySelector({selector:?}).getBoundingClientRect(); \
             return [0, it.top + scrollY, document.documentElement.clientWidth, it.height]"
        );
        let place = self.person.runs(&place).await;
        let place: Vec<f64> =
            place.as_array().expect("a rectangle").iter().filter_map(Value::as_f64).collect();
        let [x, y, width, height] = place[..] else { panic!("{name}: {place:?}") };
        let mut top = 0.0;
        for part in 1.. {
            let high = HIGHEST.min(height - top);
            let picture = self.person.pictures(Some([x, y + top, width, high])).await;
            let whole = part == 1 && high >= height;
            self.keep(
                &if whole { name.to_owned() } else { format!("{name}-part{part}") },
                &picture,
            );
            top += high;
            if top >= height {
                break;
            }
        }
    }

    fn keep(&self, name: &str, picture: &[u8]) {
        let file = self.folder.join(format!("{name}.png"));
        fs::write(file, picture).expect("the picture can be written");
    }
}
