//! `make screenshots`, of the inbox: every screen on a phone and a desktop, in three themes; some of them in the
//! system's colors and on paper.

use std::fs;
use std::path::PathBuf;

use super::{PAPERS, THEMES};
use crate::harness::clinic::root;
use crate::harness::engine::Engine;
use crate::harness::office::colleague::Colleague;
use crate::harness::office::screens::{self, Viewer};

/// A phone and a desktop.
const SCREENS: [(u32, u32); 2] = [(360, 780), (1440, 900)];
/// Screens that are pictured in the system's colors too.
const FORCED: [&str; 5] =
    ["locked-wrong-passphrase", "list", "request-mine", "people-remove", "set-up-2"];
/// Screens that are printed.
const PRINTED: [&str; 2] = ["request-mine", "request-cautions"];
/// The height that all parts of a screen need, with those that scroll by themselves.
const HEIGHT: &str = "const inner = [...document.querySelectorAll('.desk > .list, .desk > .opened')] \
    .map((it) => it.scrollHeight - it.clientHeight); \
    return document.documentElement.scrollHeight + Math.max(0, ...inner)";

struct Camera {
    folder: PathBuf,
    /// Part of the names of the screens that are wanted.
    wanted: String,
}

#[tokio::test]
#[ignore = "takes pictures: `make screenshots`"]
async fn every_screen_of_the_inbox() {
    let folder = root().join(".screenshots/inbox");
    let wanted = std::env::var("ONLY").unwrap_or_default();
    if wanted.is_empty() {
        let _ = fs::remove_dir_all(&folder);
    }
    fs::create_dir_all(&folder).expect("the folder can be made");
    let camera = Camera { folder, wanted };
    screens::locked(Engine::Chromium, &camera).await;
    screens::requests(Engine::Chromium, &camera).await;
    screens::people(Engine::Chromium, &camera).await;
    screens::set_up(Engine::Chromium, &camera).await;
    println!("The pictures are in {}", camera.folder.display());
}

impl Viewer for Camera {
    async fn looks(&self, name: &str, at: &Colleague) {
        let person = &at.person;
        if !name.contains(&self.wanted) {
            return;
        }
        for (width, height) in SCREENS {
            person.has_screen(width, height).await;
            self.heightens(at, width, height).await;
            for theme in THEMES {
                let wear = format!("document.documentElement.dataset.theme = '{theme}'");
                person.runs(&wear).await;
                self.keep(&format!("{name}-{width}-{theme}"), at).await;
            }
            person.runs("delete document.documentElement.dataset.theme").await;
            if FORCED.contains(&name) {
                person.forces_colors(true).await;
                self.keep(&format!("{name}-{width}-forced-colors"), at).await;
                person.forces_colors(false).await;
            }
        }
        if PRINTED.contains(&name) {
            for (paper, size) in PAPERS {
                let file = self.folder.join(format!("{name}-{paper}.pdf"));
                fs::write(file, person.prints(size).await).expect("the PDF can be written");
            }
        }
        person.has_screen(1440, 900).await;
        println!("{name}");
    }
}

impl Camera {
    /// Gives the window the height that everything on it needs.
    async fn heightens(&self, at: &Colleague, width: u32, height: u32) {
        let needed = at.person.runs(HEIGHT).await.as_u64().expect("a height");
        let needed = u32::try_from(needed).expect("a height").clamp(height, 8000);
        at.person.has_screen(width, needed).await;
    }

    async fn keep(&self, name: &str, at: &Colleague) {
        let moving =
            "return document.getAnimations().every((it) => !(it instanceof CSSTransition))";
        at.person.waits_for(moving).await;
        let picture = at.person.pictures(None).await;
        let file = self.folder.join(format!("{name}.png"));
        fs::write(file, picture).expect("the picture can be written");
    }
}
