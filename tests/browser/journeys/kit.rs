//! The site kit: whoever has no toolchain changes the text and builds the site.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Output;

use crate::harness::kit::{Kit, files};
use crate::harness::site::{every_file, trial_copy};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn it_builds_what_a_build_with_all_tools_does() {
    let kit = Kit::unpacked();
    let built = kit.guide(&["build"]);
    assert!(built.status.success(), "{}", said(&built));
    let (with_kit, with_tools) = (files(&kit.path("dist")), files(&trial_copy()));
    assert!(with_kit.keys().eq(with_tools.keys()), "{:?}", with_kit.keys());
    for (file, bytes) in &with_kit {
        assert!(Some(bytes) == with_tools.get(file), "{} is another", file.display());
    }
    let manifest = |site: &Path| fs::read_to_string(site.with_extension("sha256")).expect("there");
    assert_eq!(manifest(&kit.path("dist")), manifest(&trial_copy()));
}

#[test]
fn another_sentence_changes_the_page_and_no_byte_of_the_app() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    let before = files(&kit.path("dist"));
    kit.rewrites("en/pages/privacy.md", "You can read the whole guide", "Here you can read it all");
    let built = kit.guide(&["build"]);
    assert!(built.status.success(), "{}", said(&built));
    let after = files(&kit.path("dist"));
    let changed: Vec<String> = after
        .iter()
        .filter(|(file, bytes)| before.get(*file) != Some(*bytes))
        .map(|(file, _)| file.display().to_string())
        .collect();
    let page = "privacy/index.html";
    assert_eq!(changed, [page, "privacy/index.html.br", "privacy/index.html.gz"]);
    assert!(String::from_utf8_lossy(&after[Path::new(page)]).contains("Here you can read it all"));
    assert_eq!(kit.leftovers(), 0);
}

/// With the line ends of Windows, and a byte order mark.
#[test]
fn the_site_of_files_that_notepad_saved_was_another() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    let before = files(&kit.path("dist"));
    let mut saved = 0;
    for file in every_file(&kit.path("content")) {
        if file.extension().is_some_and(|it| it == "md" || it == "toml") {
            let text = fs::read_to_string(&file).expect("readable");
            let text = ["\u{feff}", &text.replace('\n', "\r\n")].concat();
            fs::write(file, text).expect("written");
            saved += 1;
        }
    }
    assert!(saved > 10, "{saved} files");
    let built = kit.guide(&["build"]);
    assert!(built.status.success(), "{}", said(&built));
    assert!(before == files(&kit.path("dist")));
}

#[test]
fn a_mistake_is_explained_and_leaves_the_site_as_it_was() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    let before = files(&kit.path("dist"));
    kit.rewrites("en/pages/privacy.md", "key-fingerprints", "key-fingerprint");
    for command in ["check", "build"] {
        let refused = kit.guide(&[command]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(&refused).contains("content/en/pages/privacy.md:"), "{}", said(&refused));
    }
    assert!(before == files(&kit.path("dist")));
}

/// `--out` may be mistyped.
#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    let before = files(&kit.path(""));
    for out in ["content", "content/site", "app", "app/site/new", "dist/below", "."] {
        let refused = kit.guide(&["build", "--out", out]);
        assert_eq!(refused.status.code(), Some(1), "{out}");
        assert!(said(&refused).contains("give another --out"), "{out}: {}", said(&refused));
    }
    assert!(before == files(&kit.path("")));
}

/// A name is completed with a slash, and the folder may be a link.
#[test]
fn the_digests_lay_in_the_site_where_its_folder_was_given_with_a_slash() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    symlink("dist", kit.path("link")).expect("linked");
    kit.rewrites("en/pages/privacy.md", "You can read the whole guide", "Here you can read it all");
    for out in ["dist/", "link"] {
        fs::write(kit.path("dist.sha256"), "old").expect("written");
        let built = kit.guide(&["build", "--out", out]);
        assert!(built.status.success(), "{}", said(&built));
        let digests = fs::read_to_string(kit.path("dist.sha256")).expect("readable");
        assert!(digests.contains("  privacy/index.html"), "{out}: {digests}");
    }
    assert!(kit.path("link").is_symlink() && !kit.path("dist/.sha256").exists());
}

#[test]
fn a_damaged_app_built_a_broken_site() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    let before = files(&kit.path("dist"));
    let refused = |what: &str| {
        let refused = kit.guide(&["build"]);
        assert_eq!(refused.status.code(), Some(1), "{what}");
        assert!(said(&refused).contains("unpack the kit again"), "{what}: {}", said(&refused));
        assert!(before == files(&kit.path("dist")), "{what}");
    };
    let (script, stray) = (kit.path("app/site/embed.js"), kit.path("app/site/extra.txt"));
    let text = fs::read(&script).expect("readable");
    fs::write(&script, &text[1..]).expect("written");
    refused("altered");
    fs::remove_file(&script).expect("removed");
    refused("missing");
    fs::write(&script, &text).expect("written");
    fs::write(&stray, "more").expect("written");
    refused("one more");
    fs::remove_file(&stray).expect("removed");
    fs::rename(kit.path("app"), kit.path("moved")).expect("moved");
    refused("all of it");
}

/// The process is killed between the moving of the old site and that of the new one.
#[test]
fn a_build_that_was_cut_off_left_no_site_and_its_folder() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    let before = files(&kit.path("dist"));
    fs::create_dir_all(kit.path(".guide-cut/before")).expect("made");
    File::create(kit.path(".guide-cut/lock")).expect("made");
    fs::rename(kit.path("dist"), kit.path(".guide-cut/before/dist")).expect("moved");
    // The next build fails, and puts it back all the same: into its own place, whatever is built.
    kit.rewrites("en/pages/privacy.md", "key-fingerprints", "key-fingerprint");
    assert_eq!(kit.guide(&["build", "--out", "other"]).status.code(), Some(1));
    assert!(before == files(&kit.path("dist")) && !kit.path("other").exists());
    assert_eq!(kit.leftovers(), 0);
}

#[test]
fn the_folder_of_a_build_that_still_runs_is_left_alone() {
    let kit = Kit::unpacked();
    fs::create_dir_all(kit.path(".guide-running")).expect("made");
    let lock = File::create(kit.path(".guide-running/lock")).expect("made");
    lock.lock().expect("locked");
    assert!(kit.guide(&["build"]).status.success());
    assert_eq!(kit.leftovers(), 1);
}

#[test]
fn digests_that_cannot_be_written_leave_the_site_as_it_was() {
    let kit = Kit::unpacked();
    assert!(kit.guide(&["build"]).status.success());
    let before = files(&kit.path("dist"));
    fs::remove_file(kit.path("dist.sha256")).expect("removed");
    fs::create_dir_all(kit.path("dist.sha256/in the way")).expect("made");
    kit.rewrites("en/pages/privacy.md", "You can read the whole guide", "Here you can read it all");
    assert_eq!(kit.guide(&["build"]).status.code(), Some(1));
    assert!(before == files(&kit.path("dist")));
}

#[test]
fn the_copy_for_a_clinician_is_written_too() {
    let kit = Kit::unpacked();
    let written = kit.guide(&["review"]);
    assert!(written.status.success(), "{}", said(&written));
    let page = fs::read_to_string(kit.path("target/review/self-assessment.html")).expect("there");
    assert!(page.contains("<style>"));
}

#[test]
fn without_a_command_or_content_it_says_what_to_do() {
    let kit = Kit::unpacked();
    let help = kit.guide(&[]);
    assert_eq!(help.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&help.stdout).contains("check"));
    for folder in ["nowhere", "content/en"] {
        let refused = kit.guide(&["check", "--content", folder]);
        assert!(said(&refused).contains("run this in the folder of the kit"), "{}", said(&refused));
    }
}
