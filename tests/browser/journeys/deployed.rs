//! A new release is deployed while a page of the last one is open: that page goes on with its own files, and a new one
//! has the new files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fantoccini::key::Key;
use rstest_reuse::apply;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::harness::clinic::{Clinic, intake, root};
use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::{Fate, Line};
use crate::harness::person::Person;
use crate::harness::site::{copy, entries, every_file, files, trial_copy};

/// The digest in the names of the next release's app.
const NEXT: &str = "0123456789abcdef";

/// Two releases of the site, and the folder that is served.
struct Releases {
    folder: TempDir,
}

impl Releases {
    /// The first release is served.
    fn first_deployed() -> Self {
        let it = Self { folder: TempDir::new().expect("a folder") };
        copy(&trial_copy(), &it.first());
        fs::write(it.first().join("old.html"), "a page that was deleted").expect("written");
        it.deploys(&[], &it.first());
        it.makes_next();
        it
    }

    fn first(&self) -> PathBuf {
        self.folder.path().join("first")
    }

    fn next(&self) -> PathBuf {
        self.folder.path().join("next")
    }

    fn served(&self) -> PathBuf {
        self.folder.path().join("served")
    }

    /// Makes another release, whose app has other names.
    fn makes_next(&self) {
        let next = self.next();
        copy(&trial_copy(), &next);
        let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
        let of_app = |path: &PathBuf| name(path).starts_with("migraine-guide-");
        let renamed: Vec<(String, String)> = entries(&next)
            .filter(of_app)
            .map(|path| {
                let old = name(&path);
                let digest = &old["migraine-guide-".len()..][..NEXT.len()];
                (old.clone(), old.replace(digest, NEXT))
            })
            .collect();
        for (old, new) in &renamed {
            fs::rename(next.join(old), next.join(new)).expect("renamed");
        }
        for page in files(&next, "html") {
            let text = fs::read_to_string(&page).expect("a page");
            let text = renamed.iter().fold(text, |text, (old, new)| text.replace(old, new));
            fs::write(&page, text).expect("written");
            for end in ["br", "gz"] {
                fs::remove_file(page.with_extension(format!("html.{end}"))).expect("it was there");
            }
        }
        let lines = every_file(&next).into_iter().filter_map(|path| {
            let below = path.strip_prefix(&next).expect("below").to_str()?.to_owned();
            let digest = Sha256::digest(fs::read(&path).expect("a file"));
            (!below.starts_with('.'))
                .then(|| format!("{}  {below}\n", base16ct::lower::encode_string(&digest)))
        });
        fs::write(self.folder.path().join("next.sha256"), lines.collect::<String>())
            .expect("written");
    }

    /// Copies a release to where it is served, as the manual has it.
    fn deploys(&self, flags: &[&str], release: &Path) {
        let status = Command::new(root().join("crates/intake/deploy/copy-site.sh"))
            .args(flags)
            .args([release, &self.served()])
            .status()
            .expect("the script runs");
        assert!(status.success(), "the site is copied; `make test` installs rsync");
    }

    /// Compares what is served with the manifest of the next release.
    fn verifies_next(&self, clinic: &Clinic) {
        let verified = intake()
            .args(["verify-site", "--site", &clinic.address("/"), "--manifest"])
            .arg(self.folder.path().join("next.sha256"))
            .output()
            .expect("intake runs");
        let said = String::from_utf8_lossy(&verified.stdout);
        assert!(verified.status.success() && said.is_empty(), "{said}");
    }

    /// The number of app files that are served.
    fn apps(&self) -> usize {
        let wasm = |path: &PathBuf| path.extension().is_some_and(|it| it == "wasm");
        entries(&self.served()).filter(wasm).count()
    }
}

/// Opens a page whose app does not come.
async fn opens_without_app(person: &Person, line: &Line) {
    line.serves("_bg.wasm", Fate::LostBefore);
    person.opens(&line.address("/")).await;
    person.waits_for("return document.documentElement.dataset.app === 'failed'").await;
    person.tabs_to("#assessment-start [data-retry]").await;
}

#[apply(in_every_engine)]
async fn an_open_page_goes_on_after_a_deploy_with_the_files_of_its_release(engine: Engine) {
    let releases = Releases::first_deployed();
    let clinic = Clinic::serving(&releases.served()).await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    opens_without_app(&person, &line).await;
    releases.deploys(&[], &releases.next());
    assert_eq!(releases.apps(), 2);
    assert!(
        !releases.served().join("old.html").exists(),
        "what the build does not have is deleted"
    );
    releases.verifies_next(&clinic);

    // The old page.
    line.serves("_bg.wasm", Fate::Passes);
    person.presses(Key::Enter).await;
    person.waits_for_program().await;
    person.follows("[data-action=start]").await;
    person.waits_for_focus("assessment-question-0-heading").await;

    // A new page.
    person.reloads().await;
    person.waits_for_program().await;
    let names = "return document.querySelector('meta[name=app]').content";
    assert!(person.reads(names).await.contains(NEXT));
}

#[apply(in_every_engine)]
async fn once_the_files_of_its_release_are_gone_an_open_page_says_to_reload(engine: Engine) {
    let releases = Releases::first_deployed();
    let clinic = Clinic::serving(&releases.served()).await;
    let line = Line::to(clinic.port()).await;
    let person = Person::arrives(engine).await;
    opens_without_app(&person, &line).await;
    releases.deploys(&[], &releases.next());
    releases.deploys(&["--drop-older"], &releases.next());
    assert_eq!(releases.apps(), 1);
    line.serves("_bg.wasm", Fate::Passes);
    releases.verifies_next(&clinic);
    person.presses(Key::Enter).await;
    person
        .waits_for("return document.activeElement.matches('[data-retry]') && document.documentElement.dataset.app === 'failed'")
        .await;
    let said = person.sees("#assessment-start .app-failed").await;
    assert!(said.contains("reload this page"), "{said}");
    person.reloads().await;
    person.waits_for_program().await;
}
