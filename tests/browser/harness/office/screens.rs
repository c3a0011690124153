//! Every designed screen of the inbox, each brought about as it comes about. The pictures and the checks of
//! accessibility go on the same tours. A new screen is a line here.

use std::fs;

use serde_json::{Value, json};

use super::colleague::Colleague;
use super::requests::{Payload, seal};
use super::set_up::Founder;
use super::{Office, PASSPHRASE, StaffFile, words};
use crate::harness::engine::Engine;
use crate::harness::line::{Fate, Line};
use crate::harness::wait::until;

/// Looks at a screen: its name, and whoever is in front of it.
pub trait Viewer {
    /// Looks at the screen that is shown.
    async fn looks(&self, name: &str, at: &Colleague);
}

/// A page that was not loaded over https.
const NOT_SECURE: &str =
    "() => Object.defineProperty(window, 'isSecureContext', { get: () => false })";
/// A device whose clock goes wrong by a quarter of an hour.
const CLOCK_OFF: &str = "() => { const Right = Date; \
    window.Date = class extends Right { \
      constructor(...given) { super(...(given.length ? given : [Date.now()])) } \
      static now() { return Right.now() + 900_000 } } }";

/// Opens every part that is folded.
const UNFOLD: &str =
    "for (const it of document.querySelectorAll('.opened details')) it.open = true";

/// The locked inbox, and everything that keeps it locked.
pub async fn locked(engine: Engine, viewer: &impl Viewer) {
    let mut office = Office::open(engine).await;
    let staff = office.staff_file("First Person", "admin");
    let at = Colleague::arrives(&office, &staff).await;
    let words = &words().unlock;
    viewer.looks("locked", &at).await;
    at.presses(&words.open).await;
    at.waits_for_message(&words.no_file).await;
    viewer.looks("locked-no-file", &at).await;
    at.chooses_file(&staff.file).await;
    at.presses(&words.open).await;
    at.waits_for_message(&words.no_passphrase).await;
    viewer.looks("locked-no-passphrase", &at).await;
    let request = office.request("Trial Patient");
    let sealed = seal(&[Payload::of(request, vec![office.public_key("clinic")])]).remove(0);
    let file = |name: &str, content: &Value| {
        let path = office.path(name);
        fs::write(&path, content.to_string()).expect("written");
        path
    };
    for (name, file, error) in [
        ("private-key", office.key_file("clinic", "private"), &words.private_key),
        ("public-key", office.key_file("clinic", "public"), &words.public_key),
        ("request", file("request.json", &sealed), &words.sealed_request),
        ("other-file", file("other.json", &json!({})), &words.wrong_file),
    ] {
        at.tries_to_unlock(&file, PASSPHRASE).await;
        at.waits_for_message(error).await;
        viewer.looks(&format!("locked-{name}"), &at).await;
    }
    at.tries_to_unlock(&staff.file, "another one").await;
    at.waits_for_message(&words.wrong_passphrase).await;
    viewer.looks("locked-wrong-passphrase", &at).await;

    if at.person.engine().kind.can_be_offline() {
        at.person.is_offline(true).await;
        tries_again(&at).await;
        at.waits_for_message(&words.offline).await;
        viewer.looks("locked-offline", &at).await;
        at.person.is_offline(false).await;
    }
    office.kill();
    tries_again(&at).await;
    at.waits_for_message(&words.down).await;
    viewer.looks("locked-down", &at).await;
    office.start().await;
    office.sql("UPDATE tokens SET expires = '2026-01-31'");
    tries_again(&at).await;
    at.waits_for_message(&words.expired).await;
    viewer.looks("locked-expired", &at).await;
    office.runs(&["token", "revoke", "First Person"]);
    tries_again(&at).await;
    at.waits_for_message(&words.revoked).await;
    viewer.looks("locked-revoked", &at).await;
    let line = Line::to(office.operations_port()).await;
    line.calls_first(NOT_SECURE, &json!([]));
    at.opens(&line.address("/")).await;
    at.waits_for_message(&words.not_secure).await;
    viewer.looks("locked-not-secure", &at).await;
}

/// Types the passphrase for the file that is chosen already.
async fn tries_again(at: &Colleague) {
    at.fills_in("passphrase", PASSPHRASE).await;
    at.presses(&words().unlock.open).await;
}

/// The lists, and requests of every kind.
pub async fn requests(engine: Engine, viewer: &impl Viewer) {
    let mut office = Office::prepared(engine);
    office.knows_key("other");
    office.start().await;
    let staff = office.staff_file("First Person", "admin");
    let colleague = office.staff_file("Second Person", "list,mark");
    let words = words();
    let line = Line::to(office.operations_port()).await;
    line.serves("/v1/requests", Fate::Hangs);
    let at = Colleague::arrives_at(&office, &line.address("/"), &staff).await;
    at.tries_to_unlock(&staff.file, PASSPHRASE).await;
    at.waits_for_text(".empty", &words.list.loading).await;
    viewer.looks("list-loading", &at).await;

    let at = Colleague::at_work(&office, &staff).await;
    at.waits_for_text(".empty", &words.list.no_new).await;
    viewer.looks("list-empty", &at).await;
    office.puts_trials(9);
    let mut request =
        office.request("Trial Patient Whose Name Is Rather Long, of the Second House");
    request.message = Some(
        "This is a trial request.\nIt has two lines, and a word that is long: \
         pneumonoultramicroscopicsilicovolcanoconiosis."
            .to_owned(),
    );
    office.receives([request.clone()]);
    office.dates_back(&request, 20 * 24 * 3600);
    at.waits_for_rows(10).await;
    viewer.looks("list-arrived", &at).await;
    at.locks().await;
    at.waits_for_lock().await;
    at.unlocks().await;
    at.waits_for_rows(10).await;
    viewer.looks("list", &at).await;
    at.unfolds(&words.list.narrow).await;
    viewer.looks("list-filters", &at).await;
    at.fills_in("search", "nobody is called so").await;
    at.waits_for_text(".empty", &words.list.nothing_found).await;
    viewer.looks("list-nothing-found", &at).await;
    at.fills_in("search", " ").await;
    at.waits_for_rows(10).await;
    at.presses(&words.list.narrow).await;
    at.presses(&words.export.title).await;
    viewer.looks("list-export", &at).await;
    at.presses(&words.export.title).await;
    at.person.types("?").await;
    at.person.waits_for_focus("keyboard-help").await;
    viewer.looks("keyboard", &at).await;
    at.person.types("?").await;

    one_request(viewer, &office, &at, &colleague).await;
    unreadable(viewer, &mut office, &at).await;
    connection(viewer, &mut office, &staff, &at).await;
}

/// A request, and everything that is done with it.
async fn one_request(viewer: &impl Viewer, office: &Office, at: &Colleague, other: &StaffFile) {
    let words = words();
    let title = "Trial Patient Whose Name Is Rather Long, of the Second House";
    at.opens_request(title).await;
    viewer.looks("request-new", at).await;
    at.does(&words.actions.claim, &words.states.done_claimed).await;
    at.presses(&words.request.add_note).await;
    at.waits_for_message(&words.request.note_empty).await;
    viewer.looks("request-note-error", at).await;
    at.fills_in("note", "Left a voicemail: nothing but the number.\nAgain on Monday.").await;
    at.presses(&words.request.add_note).await;
    at.waits_for_message(&words.request.note_added).await;
    at.does(&words.actions.tried, &words.states.done_tried).await;
    at.does(&words.actions.reached, &words.states.done_reached).await;
    at.waits_for_script("return document.querySelectorAll('.history li').length > 3", &json!([]))
        .await;
    at.person.runs(UNFOLD).await;
    viewer.looks("request-mine", at).await;
    at.presses(&words.appointment.save).await;
    at.waits_for_message(&words.appointment.error).await;
    viewer.looks("request-appointment-error", at).await;
    at.presses(&words.more.delete).await;
    at.person.waits_for_focus("delete-confirm").await;
    viewer.looks("request-delete", at).await;
    at.presses(&words.more.keep).await;
    at.person.waits_for_focus("delete-request").await;

    let second = Colleague::at_work(office, other).await;
    second.shows_list(&words.list.waiting).await;
    second.opens_request(title).await;
    second.waits_for_control(&words.actions.take_over).await;
    viewer.looks("request-of-another", &second).await;
    at.holds_changes().await;
    second.does(&words.actions.take_over, &words.states.done_claimed).await;
    at.presses_in(".opened", &words.actions.tried).await;
    at.waits_for_message(&words.errors.changed_meanwhile).await;
    at.learns_of_changes().await;
    viewer.looks("request-changed-meanwhile", at).await;

    at.shows_list(&words.list.new).await;
    at.opens_request("Trial Patient 1").await;
    at.person.runs(UNFOLD).await;
    viewer.looks("request-cautions", at).await;
}

/// What cannot be read.
async fn unreadable(viewer: &impl Viewer, office: &mut Office, at: &Colleague) {
    let list = &words().list;
    let other = office.request("Trial Patient");
    office.receives_for(other, vec![office.public_key("other")]);
    let damaged = office.request("Trial Patient");
    office.receives([damaged.clone()]);
    office.sql(&format!(
        "UPDATE requests SET envelope = x'00ff' WHERE id = '{}'",
        damaged.request_id
    ));
    let id = office.new_id();
    let keys = vec![office.public_key("clinic")];
    let garbage = seal(&[Payload { id, text: "{}".to_owned(), keys }]).remove(0);
    office.posts(id, &garbage);
    // It may have been fetched before it was damaged.
    at.locks().await;
    at.unlocks().await;
    at.shows_list(&list.unreadable).await;
    at.waits_for_rows(3).await;
    viewer.looks("list-unreadable", at).await;
    for (name, line) in [
        ("other-keys", &list.row_other_keys),
        ("damaged", &list.row_damaged),
        ("garbage", &list.row_garbage),
    ] {
        let row = "const row = [...document.querySelectorAll('ul.requests .request')] \
            .find((it) => it.textContent.includes(arguments[0])); row?.click(); return !!row";
        at.waits_for_script(row, &json!([line])).await;
        at.person.waits_for_focus("request-heading").await;
        viewer.looks(&format!("unreadable-{name}"), at).await;
    }
}

/// Without a network, without a service, with a wrong clock.
async fn connection(viewer: &impl Viewer, office: &mut Office, staff: &StaffFile, at: &Colleague) {
    let site = &words().site;
    if at.person.engine().kind.can_be_offline() {
        at.person.is_offline(true).await;
        at.waits_for_message(&site.offline).await;
        viewer.looks("offline", at).await;
        at.person.is_offline(false).await;
    }
    office.kill();
    at.waits_for_message(&site.down).await;
    viewer.looks("down", at).await;
    office.start().await;
    let line = Line::to(office.operations_port()).await;
    line.calls_first(CLOCK_OFF, &json!([]));
    let at = Colleague::arrives_at(office, &line.address("/"), staff).await;
    at.unlocks().await;
    at.waits_for_message(&site.clock_off).await;
    at.waits_for_rows(9).await;
    viewer.looks("clock-off", &at).await;
}

/// The people, a new key, the audit, the health of the service.
pub async fn people(engine: Engine, viewer: &impl Viewer) {
    let mut office = Office::open(engine).await;
    let staff = office.staff_file("First Person", "admin");
    office.staff_file("Second Person", "list,mark");
    office.puts_trials(2);
    let words = words();
    let manager = Founder(Colleague::at_work(&office, &staff).await);
    let at = &manager.0;
    let saved = at.saves_files();
    at.goes_to(&words.site.people).await;
    at.waits_for_text(".people h2", "Second Person").await;
    viewer.looks("people", at).await;
    at.presses(&words.people.remove).await;
    at.person.waits_for_focus("remove-Second Person").await;
    viewer.looks("people-remove", at).await;
    at.presses(&words.people.keep).await;
    at.unfolds(&words.people.add_title).await;
    viewer.looks("people-add", at).await;
    at.presses(&words.people.add).await;
    manager.is_told("person-name", &words.people.name_missing).await;
    viewer.looks("people-add-error", at).await;
    at.fills_in("person-name", "Third Person").await;
    at.fills_in("person-passphrase", "harbor violin pencil snow").await;
    at.fills_in("person-passphrase-again", "harbor violin pencil snow").await;
    at.fills_in("own-passphrase", PASSPHRASE).await;
    at.presses(&words.people.add).await;
    at.person.waits_for_focus("person-added").await;
    at.waits_for_text(".people h2", "Third Person").await;
    viewer.looks("people-added", at).await;
    at.presses(&words.people.add_title).await;

    at.unfolds(&words.rotate.title).await;
    viewer.looks("rotate", at).await;
    at.presses(&words.rotate.begin).await;
    manager.reaches(&words.rotate.key_title).await;
    viewer.looks("rotate-key", at).await;
    let file = makes_key(&manager, &saved, "clinic-new.private.jwk.json").await;
    viewer.looks("rotate-prove", at).await;
    proves(&manager, &file).await;
    manager.reaches(&words.rotate.own_title).await;
    viewer.looks("rotate-own", at).await;
    at.fills_in("rotate-own", PASSPHRASE).await;
    at.presses(&words.rotate.own_make).await;
    manager.reaches(&words.rotate.public_title).await;
    viewer.looks("rotate-public", at).await;
    at.presses(&words.rotate.title).await;
    at.unfolds(&words.audit.title).await;
    at.waits_for_text("td", "token made").await;
    viewer.looks("audit", at).await;

    at.goes_to(&words.site.health).await;
    at.waits_for_text("dd", &format!("{} {}", words.health.attention, words.health.no_backup))
        .await;
    viewer.looks("health-attention", at).await;
    office.runs(&["backup", "--done"]);
    at.presses(&words.health.trial).await;
    at.waits_for_message(&words.health.trial_opened).await;
    at.presses(&words.health.again).await;
    at.person.waits_for("return !document.querySelector('.rows .late')").await;
    viewer.looks("health", at).await;
    office.kill();
}

/// The first set-up.
pub async fn set_up(engine: Engine, viewer: &impl Viewer) {
    let (office, link) = Office::waits_for_set_up(engine).await;
    let address = link.at(&office.address());
    let founder = Founder::arrives(&office, &address).await;
    let at = &founder.0;
    let saved = at.saves_files();
    let (words, of_passphrase) = (&words().set_up, &words().passphrase);
    viewer.looks("set-up-1", at).await;
    at.presses(&words.begin).await;
    founder.is_told("set-up-name", &words.name_missing).await;
    viewer.looks("set-up-1-error", at).await;
    at.fills_in("set-up-name", "First Person").await;
    at.presses(&words.begin).await;
    founder.reaches(&words.clinic_title).await;
    viewer.looks("set-up-2", at).await;
    at.presses(&words.make_key).await;
    founder.is_told("new-passphrase", &of_passphrase.too_short).await;
    viewer.looks("set-up-2-error", at).await;
    let file = makes_key(&founder, &saved, "clinic.private.jwk.json").await;
    viewer.looks("set-up-2-prove", at).await;
    founder.chooses("key-file", &file).await;
    at.presses(&words.prove).await;
    founder.is_told("key-file", &words.not_proved).await;
    viewer.looks("set-up-2-prove-error", at).await;
    proves(&founder, &file).await;
    founder.reaches(&words.recovery_title).await;
    viewer.looks("set-up-3", at).await;
    let file = makes_key(&founder, &saved, "recovery.private.jwk.json").await;
    proves(&founder, &file).await;
    founder.reaches(&words.staff_title).await;
    viewer.looks("set-up-4", at).await;
    at.fills_in("staff-passphrase", PASSPHRASE).await;
    at.fills_in("staff-passphrase-again", PASSPHRASE).await;
    at.presses(&words.make_staff_file).await;
    at.person.waits_for_focus("staff-saved").await;
    viewer.looks("set-up-4-saved", at).await;
    at.presses(&words.go_on).await;
    founder.reaches(&words.public_title).await;
    viewer.looks("set-up-5", at).await;
    founder.opens(&address).await;
    at.waits_for_message(&words.closed).await;
    viewer.looks("set-up-closed", at).await;
}

/// Makes a key and saves its file.
async fn makes_key(
    founder: &Founder,
    saved: &super::saved::Downloads,
    name: &str,
) -> std::path::PathBuf {
    founder.0.fills_in("new-passphrase", PASSPHRASE).await;
    founder.0.fills_in("new-passphrase-again", PASSPHRASE).await;
    founder.0.presses(&words().set_up.make_key).await;
    let file = saved.waits_for(name).await;
    founder.0.person.waits_for_focus("key-file").await;
    file
}

/// Proves the key in a file.
async fn proves(founder: &Founder, file: &std::path::Path) {
    founder.chooses("key-file", file).await;
    founder.0.fills_in("prove-passphrase", PASSPHRASE).await;
    founder.0.presses(&words().set_up.prove).await;
    until("the key to be proved", async || {
        (!founder.0.person.has("#prove-passphrase").await).then_some(())
    })
    .await;
}
