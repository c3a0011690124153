//! The first set-up: a link, five steps, and files that work. Private keys never leave the browser but in files.

use std::fs;
use std::path::{Path, PathBuf};

use fantoccini::key::Key;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::{Fate, Line};
use crate::harness::office::saved::Downloads;
use crate::harness::office::set_up::Founder;
use crate::harness::office::{Office, words};
use crate::harness::wait::until;

/// Passphrases of the three files.
const CLINIC: &str = "lantern orchard velvet tide";
const RECOVERY: &str = "copper meadow sailing north";
const STAFF: &str = "pepper window cloud bridge";

/// Keeps the private number of every key that the page exports, which is how it makes files of them.
const KEEPS_NUMBERS: &str = "() => { \
    window.privateNumbers = []; \
    const { exportKey } = SubtleCrypto.prototype; \
    SubtleCrypto.prototype.exportKey = async function (...all) { \
      const made = await exportKey.apply(this, all); \
      if (made.d) privateNumbers.push(made.d); \
      return made } }";

#[apply(in_every_engine)]
async fn five_steps_by_keyboard_make_keys_and_a_staff_file_that_work(engine: Engine) {
    let (mut office, link) = Office::waits_for_set_up(engine).await;
    let line = Line::to(office.operations_port()).await;
    line.calls_first(KEEPS_NUMBERS, &json!([]));
    let founder = Founder::arrives(&office, &link.at(&line.address("/"))).await;
    let saved = founder.0.saves_files();
    let words = &words().set_up;
    let address = founder.0.person.reads("return location.href").await;
    assert_eq!(address, line.address("/"), "the secret stays in no history");

    founder.follows(&words.begin).await;
    founder.is_told("set-up-name", &words.name_missing).await;
    founder.types("set-up-name", "First Person").await;
    founder.0.person.presses(Key::Enter).await;

    founder.reaches(&words.clinic_title).await;
    let clinic = by_keyboard(&founder, &saved, "clinic.private.jwk.json", CLINIC).await;
    founder.reaches(&words.recovery_title).await;
    let recovery = by_keyboard(&founder, &saved, "recovery.private.jwk.json", RECOVERY).await;

    founder.reaches(&words.staff_title).await;
    founder.types("staff-passphrase", STAFF).await;
    founder.types("staff-passphrase-again", STAFF).await;
    founder.follows(&words.make_staff_file).await;
    let staff = saved.waits_for("staff-first-person.json").await;
    founder.0.person.waits_for_focus("staff-saved").await;
    founder.follows(&words.go_on).await;

    founder.reaches(&words.public_title).await;
    founder.follows(&words.save_entries).await;
    let entries = saved.reads("clinic-keys.toml").await;
    assert_eq!(
        founder.0.person.reads("return document.getElementById('entries').value").await,
        entries
    );
    founder.follows(&words.save_set).await;
    let set = saved.waits_for("keys.json").await;
    nothing_secret_left(&founder, &line, &link.at(""), &[&clinic, &recovery, &staff]).await;

    the_public_part_fits(&office, &entries, &set, [(&clinic, CLINIC), (&recovery, RECOVERY)]);
    office.kill();
    office.start_with(&set).await;
    let name = "Trial Patient Known By Three Files";
    receives(&mut office, name, &set);

    // The staff file that was just saved is chosen already.
    founder.follows(&words.to_inbox).await;
    founder.0.waits_for_lock().await;
    founder.0.person.waits_for_focus("passphrase").await;
    founder.0.person.types(STAFF).await;
    founder.0.person.presses(Key::Enter).await;
    founder.0.waits_for_titles(&[name]).await;

    let recovery = recovery.to_str().expect("UTF-8");
    let opened = office.with_passphrase(RECOVERY, &["open", "--json", "--private", recovery]);
    let opened = String::from_utf8(opened.stdout).expect("UTF-8");
    assert!(opened.contains(name), "{opened}");
}

/// Makes a key, with every slip that there is on the way. Returns its file.
async fn by_keyboard(
    founder: &Founder,
    saved: &Downloads,
    name: &str,
    passphrase: &str,
) -> PathBuf {
    let (words, of_passphrase) = (&words().set_up, &words().passphrase);
    founder.types("new-passphrase", "too short").await;
    founder.follows(&words.make_key).await;
    founder.is_told("new-passphrase", &of_passphrase.too_short).await;
    founder.types("new-passphrase", passphrase).await;
    founder.types("new-passphrase-again", "another long passphrase").await;
    founder.follows(&words.make_key).await;
    founder.is_told("new-passphrase-again", &of_passphrase.different).await;
    founder.types("new-passphrase-again", passphrase).await;
    founder.follows(&words.make_key).await;
    let file = saved.waits_for(name).await;
    founder.0.person.waits_for_focus("key-file").await;

    founder.follows(&words.prove).await;
    founder.is_told("key-file", &words.choose_file).await;
    // Another file, such as one of the wrong kind, and another passphrase.
    let wrong = file.with_extension("wrong.json");
    fs::write(&wrong, r#"{"kty": "EC"}"#).expect("written");
    founder.chooses("key-file", &wrong).await;
    founder.types("prove-passphrase", passphrase).await;
    founder.follows(&words.prove).await;
    founder.is_told("key-file", &words.not_proved).await;
    founder.chooses("key-file", &file).await;
    founder.types("prove-passphrase", "not the passphrase of it").await;
    founder.follows(&words.prove).await;
    founder.is_told("key-file", &words.not_proved).await;

    // Nothing is lost: the same file can be saved once more.
    let first = fs::read(&file).expect("saved");
    fs::remove_file(&file).expect("removed");
    founder.follows(&words.save_again).await;
    saved.waits_for(name).await;
    assert_eq!(fs::read(&file).expect("saved"), first);
    founder.types("prove-passphrase", passphrase).await;
    founder.follows(&words.prove).await;
    file
}

/// Looks for private numbers, passphrases and files in everything that was sent and that the browser keeps.
async fn nothing_secret_left(founder: &Founder, line: &Line, link: &str, files: &[&Path]) {
    let numbers = founder.0.person.runs("return privateNumbers").await;
    let numbers: Vec<String> = serde_json::from_value(numbers).expect("a list of texts");
    assert_eq!(numbers.len(), 2, "one of each key");
    assert_ne!(numbers[0], numbers[1]);
    let mut secrets = numbers;
    secrets.extend([CLINIC, RECOVERY, STAFF].map(str::to_owned));
    for file in files {
        let sealed: Value = serde_json::from_slice(&fs::read(file).expect("saved")).expect("JSON");
        secrets.push(sealed["ciphertext"].as_str().expect("a sealed file").to_owned());
    }
    let sent = line.requests().join("\n");
    let secret = link.trim_start_matches("#set-up=");
    assert!(sent.contains(secret), "what was sent is looked through: it has the link's own secret");
    let kept = founder.everything_kept().await;
    assert!(kept.contains("public"), "what is kept is looked through");
    // The console is read by DevTools alone.
    let person = &founder.0.person;
    let logged = match person.engine().kind {
        Engine::Chromium => person.console().await.join("\n"),
        Engine::Firefox | Engine::WebKit => String::new(),
    };
    for secret in &secrets {
        assert!(secret.len() > 15);
        assert!(!sent.contains(secret), "sent: {secret}");
        assert!(!kept.contains(secret), "kept: {secret}");
        assert!(!logged.contains(secret), "logged: {secret}");
    }
}

/// The entries for clinic.toml and the file for intake are those of the private keys that were saved.
fn the_public_part_fits(office: &Office, entries: &str, set: &Path, private: [(&Path, &str); 2]) {
    let keys: Value = serde_json::from_slice(&fs::read(set).expect("saved")).expect("JSON");
    let keys = keys["keys"].as_array().expect("a JWK Set").clone();
    let of_entries: Value = toml::from_str(entries).expect("TOML");
    assert_eq!(of_entries["keys"], json!(keys));
    assert_eq!(keys.len(), 2);
    for (nth, (file, passphrase)) in private.into_iter().enumerate() {
        for (other, key) in keys.iter().enumerate() {
            let public = office.path(&format!("public-{other}.json"));
            fs::write(&public, key.to_string()).expect("written");
            let [file, public] = [file, &public].map(|it| it.to_str().expect("UTF-8"));
            let command = ["key", "check", "--private", file, "--public", public];
            let checked = office.with_passphrase(passphrase, &command);
            assert_eq!(checked.status.success(), nth == other, "{checked:?}");
        }
    }
    // Whoever builds the pages pastes the entries.
    office.builds_with(entries);
    let built = fs::read(office.path("inbox").join(clinic_core::inbox::FILE)).expect("built");
    let built: Value = serde_json::from_slice(&built).expect("JSON");
    assert_eq!(built["clinic"]["keys"], json!(keys));
}

/// A request that is sealed for all keys of a file arrives.
fn receives(office: &mut Office, name: &str, set: &Path) {
    let keys: Value = serde_json::from_slice(&fs::read(set).expect("saved")).expect("JSON");
    let request = office.request(name);
    office.receives_for(request, keys["keys"].as_array().expect("keys").clone());
}

#[apply(in_every_engine)]
async fn by_mouse_it_can_be_left_and_begun_anew_and_the_link_works_once(engine: Engine) {
    let (office, link) = Office::waits_for_set_up(engine).await;
    let line = Line::to(office.operations_port()).await;
    let address = link.at(&line.address("/"));
    let founder = Founder::arrives(&office, &address).await;
    let saved = founder.0.saves_files();
    let words = words();

    // Left in the second step.
    founder.0.fills_in("set-up-name", "First Person").await;
    founder.0.presses(&words.set_up.begin).await;
    founder.reaches(&words.set_up.clinic_title).await;
    let left = by_mouse(&founder, &saved, "clinic.private.jwk.json", CLINIC).await;
    founder.reaches(&words.set_up.recovery_title).await;
    fs::remove_file(left).expect("removed");
    founder.0.person.reloads().await;
    founder.0.waits_for_lock().await;

    founder.opens(&address).await;
    founder.0.fills_in("set-up-name", "First Person").await;
    founder.0.presses(&words.set_up.begin).await;
    founder.reaches(&words.set_up.clinic_title).await;
    by_mouse(&founder, &saved, "clinic.private.jwk.json", CLINIC).await;
    founder.reaches(&words.set_up.recovery_title).await;
    by_mouse(&founder, &saved, "recovery.private.jwk.json", RECOVERY).await;

    // The connection is lost just when the staff file is made.
    founder.reaches(&words.set_up.staff_title).await;
    founder.0.fills_in("staff-passphrase", STAFF).await;
    founder.0.fills_in("staff-passphrase-again", STAFF).await;
    line.expect(&[Fate::LostBefore]);
    founder.0.presses(&words.set_up.make_staff_file).await;
    founder.0.waits_for_message(&words.unlock.down).await;
    founder.0.presses(&words.set_up.make_staff_file).await;
    saved.waits_for("staff-first-person.json").await;
    founder.0.presses(&words.set_up.go_on).await;
    founder.reaches(&words.set_up.public_title).await;
    founder.0.presses(&words.set_up.copy).await;
    let said = [&words.set_up.copied, &words.set_up.not_copied];
    until("what became of copying", async || {
        let shown = founder.0.texts(".set-up [role=status]").await;
        said.iter().any(|it| shown.contains(it)).then_some(())
    })
    .await;

    founder.opens(&address).await;
    is_closed(&founder).await;
    assert!(office.runs(&["token", "list"]).contains("First Person"));
}

/// Makes and proves a key by mouse.
async fn by_mouse(founder: &Founder, saved: &Downloads, name: &str, passphrase: &str) -> PathBuf {
    let words = &words().set_up;
    founder.0.fills_in("new-passphrase", passphrase).await;
    founder.0.fills_in("new-passphrase-again", passphrase).await;
    founder.0.presses(&words.make_key).await;
    let file = saved.waits_for(name).await;
    founder.0.waits_for_control(&words.prove).await;
    founder.chooses("key-file", &file).await;
    founder.0.fills_in("prove-passphrase", passphrase).await;
    founder.0.presses(&words.prove).await;
    file
}

/// The page says in the first step that the link is of no use, and does not go on.
async fn is_closed(founder: &Founder) {
    let words = &words().set_up;
    founder.0.waits_for_message(&words.closed).await;
    founder.0.fills_in("set-up-name", "Second Person").await;
    assert!(founder.0.control(&words.begin).await.is_none(), "it is marked as of no use");
    founder.0.person.clicks(".set-up .panel .button").await;
    founder.0.person.settles().await;
    assert_eq!(founder.0.person.sees("#step-heading").await, words.title);
}

#[apply(in_every_engine)]
async fn a_link_of_an_earlier_start_says_so_at_once(engine: Engine) {
    let (mut office, old) = Office::waits_for_set_up(engine).await;
    office.kill();
    let new = office.starts_for_set_up().await;
    assert_ne!(old.secret(), new.secret());
    let founder = Founder::arrives(&office, &old.at(&office.address())).await;
    is_closed(&founder).await;

    // The link that the new start printed is as good as ever.
    founder.opens(&new.at(&office.address())).await;
    founder.0.fills_in("set-up-name", "First Person").await;
    founder.0.presses(&words().set_up.begin).await;
    founder.reaches(&words().set_up.clinic_title).await;
    assert!(!office.runs(&["token", "list"]).contains("Person"), "looking at a link makes nothing");
}
