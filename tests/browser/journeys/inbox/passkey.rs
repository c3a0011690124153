//! A passkey opens the staff file beside the passphrase.
//!
//! In Chromium alone: its DevTools give it an authenticator with secrets (PRF). The one that a driver gives Firefox never
//! answered, and a driven WebKitGTK has none.

use std::fs;
use std::path::PathBuf;

use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::engine::{Engine, with_devtools};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::saved::Downloads;
use crate::harness::office::{Office, PASSPHRASE, words};

/// Gives the browser an authenticator with a person who is always there.
async fn with_authenticator(colleague: &Colleague) {
    colleague.person.devtools("WebAuthn.enable", json!({})).await;
    let options = json!({
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": true,
        "hasUserVerification": true,
        "isUserVerified": true,
        "automaticPresenceSimulation": true,
        "hasPrf": true,
    });
    let options = json!({ "options": options });
    colleague.person.devtools("WebAuthn.addVirtualAuthenticator", options).await;
}

/// Makes a passkey, and returns the staff file that is saved with it among the downloads.
async fn makes_passkey(colleague: &Colleague, downloads: &Downloads) -> PathBuf {
    colleague.goes_to(&words().site.health).await;
    colleague.unfolds(&words().passkey.title).await;
    colleague.fills_in("passkey-passphrase", PASSPHRASE).await;
    colleague.presses(&words().passkey.add).await;
    colleague.waits_for_message(&words().passkey.added).await;
    downloads.waits_for(".json").await
}

#[apply(with_devtools)]
async fn a_passkey_opens_the_staff_file_and_the_passphrase_goes_on_opening_it(engine: Engine) {
    let office = Office::open(engine).await;
    office.puts_trials(2);
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    with_authenticator(&colleague).await;
    let downloads = colleague.saves_files();
    let file = makes_passkey(&colleague, &downloads).await;
    colleague.locks().await;
    colleague.presses(&words().unlock.by_passkey).await;
    colleague.waits_for_rows(2).await;

    // On another computer there is no such passkey.
    let other = Colleague::arrives(&office, &staff).await;
    other.tries_to_unlock(&file, PASSPHRASE).await;
    other.waits_for_rows(2).await;
}

#[apply(with_devtools)]
async fn a_file_without_a_passkey_offers_none(engine: Engine) {
    let office = Office::open(engine).await;
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::arrives(&office, &staff).await;
    with_authenticator(&colleague).await;
    colleague.chooses_file(&staff.file).await;
    assert!(colleague.control(&words().unlock.by_passkey).await.is_none());
}

#[apply(with_devtools)]
async fn a_passkey_of_one_file_opens_no_other(engine: Engine) {
    let office = Office::open(engine).await;
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    with_authenticator(&colleague).await;
    let downloads = colleague.saves_files();
    let file = makes_passkey(&colleague, &downloads).await;
    colleague.locks().await;
    let second = office.staff_file("Second Person", "list,mark");
    let read = |file: &PathBuf| -> Value {
        serde_json::from_str(&fs::read_to_string(file).expect("readable")).expect("JSON")
    };
    let mut swapped = read(&second.file);
    swapped["passkeys"] = read(&file)["passkeys"].clone();
    let file = office.path("staff-swapped.json");
    fs::write(&file, swapped.to_string()).expect("written");
    colleague.chooses_file(&file).await;
    colleague.presses(&words().unlock.by_passkey).await;
    colleague.waits_for_message(&words().unlock.no_passkey).await;
}
