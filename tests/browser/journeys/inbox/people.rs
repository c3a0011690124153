//! The people of the staff: added, removed, given a new key; and what everybody did.

use std::fs;
use std::path::Path;

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::set_up::Founder;
use crate::harness::office::{Office, PASSPHRASE, StaffFile, words};
use clinic_core::inbox::words::fill;

/// The manager at the screen of the people.
async fn manager(office: &Office) -> Founder {
    let staff = office.staff_file("First Person", "admin");
    let colleague = Colleague::at_work(office, &staff).await;
    colleague.goes_to(&words().site.people).await;
    colleague.waits_for_text(".people h2", &format!("First Person {}", words().people.you)).await;
    Founder(colleague)
}

#[apply(in_every_engine)]
async fn a_person_is_added_and_works_with_the_new_file(engine: Engine) {
    let mut office = Office::open(engine).await;
    let request = office.request("Trial Patient A");
    office.receives([request]);
    let manager = manager(&office).await;
    let saved = manager.0.saves_files();
    let words = words();
    let add = async || manager.0.presses(&words.people.add).await;
    manager.0.unfolds(&words.people.add_title).await;

    add().await;
    manager.is_told("person-name", &words.people.name_missing).await;
    manager.types("person-name", "First Person").await;
    manager.types("person-passphrase", "too short").await;
    add().await;
    manager.is_told("person-passphrase", &words.passphrase.too_short).await;
    manager.types("person-passphrase", "harbor violin pencil snow").await;
    manager.types("person-passphrase-again", "harbor violin pencil rain").await;
    add().await;
    manager.is_told("person-passphrase-again", &words.passphrase.different).await;
    manager.types("person-passphrase-again", "harbor violin pencil snow").await;
    manager.types("own-passphrase", "not my own passphrase").await;
    add().await;
    manager.is_told("own-passphrase", &words.unlock.wrong_passphrase).await;
    manager.types("own-passphrase", PASSPHRASE).await;
    add().await;
    manager.is_told("person-name", &words.people.name_taken).await;
    assert_eq!(manager.0.texts(".people h2").await.len(), 1, "nobody was added on the way");

    manager.types("person-name", "Third Person").await;
    add().await;
    let file = saved.waits_for("staff-third-person.json").await;
    manager.0.waits_for_message(&fill(&words.people.added, &[("name", "Third Person")])).await;
    manager.0.person.waits_for_focus("person-added").await;
    manager.0.waits_for_text(".people h2", "Third Person").await;
    for id in ["person-name", "person-passphrase", "person-passphrase-again", "own-passphrase"] {
        let left = format!("return document.getElementById('{id}').value");
        assert_eq!(manager.0.person.reads(&left).await, "", "{id} is emptied");
    }

    let third = StaffFile { name: "Third Person".to_owned(), file };
    let third = Colleague::arrives(&office, &third).await;
    third.tries_to_unlock(&third.staff.file.clone(), PASSPHRASE).await;
    third.waits_for_message(&words.unlock.wrong_passphrase).await;
    third.tries_to_unlock(&third.staff.file.clone(), "harbor violin pencil snow").await;
    third.waits_for_titles(&["Trial Patient A"]).await;
    // Without the scope of managers there is no way to the people.
    third.waits_for_control(&words.site.health).await;
    assert!(third.control(&words.site.people).await.is_none());

    // Who did what.
    manager.0.unfolds(&words.audit.title).await;
    manager.0.waits_for_text("td", "token made").await;
    let rows = manager.0.texts("tbody tr").await;
    let made = rows.iter().find(|row| row.contains("token made") && row.contains("Third Person"));
    assert!(made.expect("a line of it").contains("First Person"), "{rows:#?}");
    assert!(
        rows.iter().any(|row| row.contains("listed") && row.contains("Third Person")),
        "{rows:#?}"
    );
}

#[apply(in_every_engine)]
async fn whoever_is_removed_is_locked_out_at_once(engine: Engine) {
    let mut office = Office::open(engine).await;
    let request = office.request("Trial Patient A");
    office.receives([request]);
    let manager = manager(&office).await;
    let staff = office.staff_file("Second Person", "list,mark");
    let second = Colleague::at_work(&office, &staff).await;
    second.waits_for_titles(&["Trial Patient A"]).await;
    let words = words();
    manager.0.goes_to(&words.site.health).await;
    manager.0.goes_to(&words.site.people).await;
    manager.0.waits_for_text(".people h2", "Second Person").await;
    assert_eq!(
        manager.0.texts(".people .quiet").await,
        [words.people.remove.as_str()],
        "nobody removes themselves"
    );

    manager.0.presses(&words.people.remove).await;
    manager.0.person.waits_for_focus("remove-Second Person").await;
    manager.0.presses(&words.people.keep).await;
    manager.0.person.waits_for_focus("ask-Second Person").await;
    manager.0.presses(&words.people.remove).await;
    manager.0.presses(&words.people.remove_now).await;
    let removed = fill(&words.people.removed, &[("name", "Second Person")]);
    manager.0.waits_for_message(&removed).await;
    manager.0.person.waits_for_focus("people-heading").await;
    manager.0.person.waits_for("return document.querySelectorAll('.people li').length === 1").await;

    // Without anybody touching it.
    second.waits_for_lock().await;
    second.waits_for_message(&words.unlock.revoked).await;
    assert!(!second.person.reads("return document.body.innerText").await.contains("Trial Patient"));
    second.fills_in("passphrase", PASSPHRASE).await;
    second.presses(&words.unlock.open).await;
    second.waits_for_text("#unlock-error", &words.unlock.revoked).await;
}

#[apply(in_every_engine)]
async fn after_a_new_key_the_new_file_opens_old_and_new_requests(engine: Engine) {
    let mut office = Office::open(engine).await;
    let request = office.request("Trial Patient Old");
    office.receives([request]);
    let manager = manager(&office).await;
    let saved = manager.0.saves_files();
    let words = words();
    let new_passphrase = "marble fiddle autumn kite";
    manager.0.unfolds(&words.rotate.title).await;
    manager.0.presses(&words.rotate.begin).await;
    manager.reaches(&words.rotate.key_title).await;
    manager.0.fills_in("new-passphrase", new_passphrase).await;
    manager.0.fills_in("new-passphrase-again", new_passphrase).await;
    manager.0.presses(&words.set_up.make_key).await;
    let key = saved.waits_for("clinic-new.private.jwk.json").await;
    manager.0.waits_for_control(&words.set_up.prove).await;
    manager.chooses("key-file", &key).await;
    manager.0.fills_in("prove-passphrase", new_passphrase).await;
    manager.0.presses(&words.set_up.prove).await;

    manager.reaches(&words.rotate.own_title).await;
    manager.0.fills_in("rotate-own", "not my own passphrase").await;
    manager.0.presses(&words.rotate.own_make).await;
    manager.is_told("rotate-own", &words.unlock.wrong_passphrase).await;
    manager.0.fills_in("rotate-own", PASSPHRASE).await;
    manager.0.presses(&words.rotate.own_make).await;
    let file = saved.waits_for("staff-first-person.json").await;
    manager.reaches(&words.rotate.public_title).await;
    // A set of this key alone would have the service forget the others: it is not offered.
    assert!(manager.0.control(&words.set_up.save_set).await.is_none());
    let entries = "return document.getElementById('entries').value";
    let entries = manager.0.runs(entries, &json!([])).await;
    let new: serde_json::Value =
        toml::from_str(entries.as_str().expect("a text")).expect("entries of clinic.toml");
    let new = new["keys"][0].clone();
    assert_ne!(new["x"], office.public_key("clinic")["x"]);

    // The service knows both for a while.
    let both = office.path("both.json");
    fs::write(&both, json!({ "keys": [office.public_key("clinic"), new] }).to_string())
        .expect("written");
    office.kill();
    office.start_with(&both).await;
    let request = office.request("Trial Patient New");
    office.receives_for(request, vec![new]);

    let before = manager.0.staff.file.clone();
    opens(&office, &file, &["Trial Patient New", "Trial Patient Old"], "").await;
    opens(&office, &before, &["Trial Patient Old"], "1").await;
    let checked = office.with_passphrase(
        new_passphrase,
        &["open", "--json", "--private", key.to_str().expect("UTF-8")],
    );
    assert!(String::from_utf8_lossy(&checked.stdout).contains("Trial Patient New"));
}

/// A staff file opens exactly these requests.
async fn opens(office: &Office, file: &Path, titles: &[&str], unreadable: &str) {
    let staff = StaffFile { name: "First Person".to_owned(), file: file.to_owned() };
    let colleague = Colleague::at_work(office, &staff).await;
    colleague.waits_for_titles(titles).await;
    let count = colleague.count_of(&words().list.unreadable).await;
    assert_eq!(count.trim_matches('0'), unreadable);
}
