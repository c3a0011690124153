//! Older requests become openable by a newer key, and nothing else changes.

use std::fs;
use std::path::Path;
use std::process::Output;

use intake::rewrap::AddedRecipient;
use serde_json::{Value, json};

use crate::harness::clinic::{Keys, reference_of, request, request_id, request_of};
use crate::harness::database::{Other, is_postgres, word};
use crate::harness::office::{Office, counts};
use crate::harness::program::{run, texts};
use crate::harness::service::Service;
use crate::harness::wait_for;

/// Rewraps all that the clinic's key opens for another key, into a file of the folder.
fn rewrap(office: &Office, other: &Keys, file: &str) -> Output {
    rewrap_with(office, &office.clinic, other, file)
}

fn rewrap_with(office: &Office, with: &Keys, other: &Keys, file: &str) -> Output {
    let file_of = |path: &Path| path.display().to_string();
    run(["key", "rewrap", "--database", &office.database(), "--out", &office.path(file)]
        .iter()
        .map(ToString::to_string)
        .chain(["--private".to_owned(), file_of(&with.private_file)])
        .chain(["--public".to_owned(), file_of(&other.public_file)]))
}

fn open_with(office: &Office, keys: &Keys) -> Output {
    let key = keys.private_file.display().to_string();
    office.run(&["open", "--private", &key])
}

fn add(office: &Office, keys: &Keys, file: &str) -> Output {
    let public = keys.public_file.display().to_string();
    office.run(&["add-recipients", "--public", &public, &office.path(file)])
}

fn lines(office: &Office, file: &str) -> Vec<AddedRecipient> {
    let text = fs::read_to_string(office.path(file)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_newer_key_opens_older_requests_once_their_recipients_are_added() {
    let office = Office::new();
    let new = Keys::new(office.folder.path(), "new");
    for nth in 1..=2 {
        office.store_request(request(request_id(nth)));
    }
    assert_eq!(counts(&open_with(&office, &new)).1, "0 opened, 0 failed, 2 skipped");

    let rewrapped = rewrap(&office, &new, "recipients");
    assert!(rewrapped.status.success(), "{rewrapped:?}");
    let (out, told) = texts(&rewrapped);
    assert_eq!(out, "", "nothing of a patient is printed");
    assert!(told.contains("2 written to"), "{told}");
    assert!(told.contains(&format!("for the key {}", new.public.fingerprint())), "{told}");
    // Until it is added nothing has changed.
    assert_eq!(counts(&open_with(&office, &new)).1, "0 opened, 0 failed, 2 skipped");

    let added = add(&office, &new, "recipients");
    assert_eq!(
        texts(&added).0,
        "2 added, 0 of requests that are not stored here (any more)\n",
        "{added:?}"
    );
    let opened = open_with(&office, &new);
    assert_eq!(counts(&opened), (Some(0), "2 opened, 0 failed, 0 skipped".to_owned()));
    assert!(texts(&opened).0.contains("Ann Example"));
    assert_eq!(
        counts(&office.open(&[])).1,
        "2 opened, 0 failed, 0 skipped",
        "the old key does too"
    );

    // The newer key alone is enough for the next one.
    let newest = Keys::new(office.folder.path(), "newest");
    assert!(rewrap_with(&office, &new, &newest, "next").status.success());
    assert!(add(&office, &newest, "next").status.success());
    assert_eq!(counts(&open_with(&office, &newest)).1, "2 opened, 0 failed, 0 skipped");
}

/// What goes to the server tells as much of one patient as of another.
#[test]
fn what_is_uploaded_is_the_same_whatever_was_written() {
    let office = Office::new();
    let new = Keys::new(office.folder.path(), "new");
    let messages = ["No.".to_owned(), "I cannot go on like this. ".repeat(30)];
    for (nth, message) in (1..).zip(&messages) {
        office.store_request(request_of(request_id(nth), "Ann Example", message));
    }
    assert!(rewrap(&office, &new, "recipients").status.success());
    let written = lines(&office, "recipients");
    let shape = |line: &AddedRecipient| serde_json::to_string(&line.recipient).unwrap().len();
    assert_eq!(shape(&written[0]), shape(&written[1]));
    assert_eq!(written[0].recipient.header.kid, written[1].recipient.header.kid);
    assert_ne!(written[0].recipient.header.epk, written[1].recipient.header.epk, "used once");
    let text = fs::read_to_string(office.path("recipients")).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(!text.contains("Ann") && !text.contains("cannot go on"));
}

#[test]
fn without_a_key_that_opens_them_nothing_can_be_rewrapped() {
    let office = Office::new();
    let (stranger, new) =
        (Keys::new(office.folder.path(), "stranger"), Keys::new(office.folder.path(), "new"));
    office.store_request(request(request_id(1)));
    let refused = rewrap_with(&office, &stranger, &new, "recipients");
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(texts(&refused).1.contains("0 written to"), "{refused:?}");
}

#[test]
fn a_recipient_that_was_altered_or_is_no_recipient_adds_nothing() {
    let office = Office::new();
    let new = Keys::new(office.folder.path(), "new");
    for nth in 1..=2 {
        office.store_request(request(request_id(nth)));
    }
    assert!(rewrap(&office, &new, "recipients").status.success());
    let written = lines(&office, "recipients");
    let altered = |member: &str, value: Value| {
        let mut line = serde_json::to_value(&written[1]).unwrap();
        *line.pointer_mut(member).unwrap() = value;
        line.to_string()
    };
    let first = serde_json::to_string(&written[0]).unwrap();
    for second in [
        altered("/recipient/encrypted_key", json!("AAAA")),
        altered("/recipient/header/alg", json!("dir")),
        altered("/recipient/header/epk/x", json!("short")),
        altered("/recipient/header/epk/crv", json!("P-384")),
        altered("/recipient/header/kid", json!("short")),
        altered("/recipient/header/kid", json!(office.clinic.public.kid)),
        altered("/id", json!("no id")),
        "{}".to_owned(),
        String::new(),
        format!("{second}{second}", second = serde_json::to_string(&written[1]).unwrap()),
    ] {
        fs::write(office.path("altered"), format!("{first}\n{second}\n")).unwrap();
        let refused = add(&office, &new, "altered");
        assert_eq!(refused.status.code(), Some(1), "{second}");
        let told = texts(&refused).1;
        assert!(told.contains("line 2: ") && told.contains("nothing was added"), "{told}");
        assert_eq!(counts(&open_with(&office, &new)).1, "0 opened, 0 failed, 2 skipped");
    }
}

/// A recipient of the right form that wraps another key: whoever has the older key opens it still, and
/// adding the right one mends it.
#[test]
fn a_wrong_recipient_locks_nobody_out_and_can_be_replaced() {
    let office = Office::new();
    let new = Keys::new(office.folder.path(), "new");
    for nth in 1..=2 {
        office.store_request(request(request_id(nth)));
    }
    assert!(rewrap(&office, &new, "recipients").status.success());
    let mut swapped = lines(&office, "recipients");
    let other = swapped[1].recipient.clone();
    swapped[1].recipient = std::mem::replace(&mut swapped[0].recipient, other);
    let text: String =
        swapped.iter().map(|line| serde_json::to_string(line).unwrap() + "\n").collect();
    fs::write(office.path("swapped"), text).unwrap();
    assert!(add(&office, &new, "swapped").status.success());
    assert_eq!(counts(&office.open(&[])).1, "2 opened, 0 failed, 0 skipped");
    // It must not pass for garbage that somebody sent: the older key would be destroyed.
    let failed = open_with(&office, &new);
    assert_eq!(counts(&failed), (Some(4), "0 opened, 2 failed, 0 skipped".to_owned()));
    let told = texts(&failed).1;
    assert!(
        told.contains("open it with an older key") && !told.contains("when it arrived"),
        "{told}"
    );
    // Whatever stands there is written anew.
    assert!(texts(&rewrap(&office, &new, "anew")).1.contains("2 written to"));
    assert!(add(&office, &new, "anew").status.success());
    assert_eq!(counts(&open_with(&office, &new)).1, "2 opened, 0 failed, 0 skipped");
    assert!(add(&office, &new, "recipients").status.success());
    assert_eq!(counts(&open_with(&office, &new)).1, "2 opened, 0 failed, 0 skipped");
}

#[test]
fn the_request_stays_as_it_was_received_and_the_audit_tells_who_did_it() {
    let service = Service::start();
    let clinic = &service.plan.clinic;
    let new = Keys::new(service.plan.folder.path(), "new");
    let (id, sealed) = (request_id(1), clinic.seal(request(request_id(1))));
    assert_eq!(service.send(&id.to_string(), &sealed).status, 201);
    let token = service.token();
    let listed = || service.ask("GET", "/v1/requests", &token, "").json()["requests"][0].clone();
    assert_eq!(listed()["added_recipients"], json!([]));

    let database = word(&service.plan.database);
    let path = |name: &str| service.plan.folder.path().join(name).display().to_string();
    let (private, public) =
        (clinic.private_file.display().to_string(), new.public_file.display().to_string());
    let at = ["--database", &database, "--by", "Ada"];
    let file = path("recipients");
    let rewrapped =
        run(["key", "rewrap", "--private", &private, "--public", &public, "--out", &file]
            .iter()
            .chain(&at));
    assert!(rewrapped.status.success(), "{rewrapped:?}");
    let add = ["add-recipients", "--public", &public, &file];
    assert!(run(add.iter().chain(&at)).status.success());

    let after = listed();
    assert_eq!(after["envelope"].as_str().unwrap().as_bytes(), sealed);
    let line: AddedRecipient =
        serde_json::from_str(fs::read_to_string(&file).unwrap().trim()).unwrap();
    assert_eq!(after["added_recipients"], json!([line.recipient]));
    // A browser that never heard of the receipt sends again: it is the same request.
    assert_eq!(service.send(&id.to_string(), &sealed).status, 200);

    let audit = run(["audit", "--json", "--database", &database]);
    let audit: Vec<Value> =
        texts(&audit).0.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |action: &str| audit.iter().find(|line| line["action"] == action).unwrap();
    let detail = format!("with key {}, for key {}", clinic.public.kid, new.public.kid);
    assert_eq!(of("rewrapped")["detail"], detail.as_str());
    assert_eq!(of("recipient added")["detail"], format!("for key {}", new.public.kid));
    for action in ["rewrapped", "recipient added"] {
        assert_eq!(of(action)["subject"], reference_of(1));
        assert!(of(action)["actor"].as_str().unwrap().contains("Ada"));
    }
}

#[test]
fn with_the_request_its_added_recipients_are_deleted() {
    let office = Office::new();
    let new = Keys::new(office.folder.path(), "new");
    office.store_request(request(request_id(1)));
    assert!(rewrap(&office, &new, "recipients").status.success());
    assert!(add(&office, &new, "recipients").status.success());
    let count = || {
        wait_for(async {
            let mut other = Other::connect(&office.database).await;
            other.number("SELECT COUNT(*) FROM added_recipients").await
        })
    };
    assert_eq!(count(), 1);
    assert!(office.run(&["delete", "--yes", &request_id(1).to_string()]).status.success());
    assert_eq!(count(), 0);
    let late = add(&office, &new, "recipients");
    assert_eq!(late.status.code(), Some(1));
    assert_eq!(
        texts(&late).0,
        "0 added, 1 of requests that are not stored here (any more)\n",
        "{late:?}"
    );
}

#[test]
fn a_file_that_is_there_is_not_overwritten_and_one_key_is_meant() {
    let office = Office::new();
    let new = Keys::new(office.folder.path(), "new");
    office.store_request(request(request_id(1)));
    fs::write(office.path("recipients"), "precious").unwrap();
    let refused = rewrap(&office, &new, "recipients");
    assert!(texts(&refused).1.contains("nothing was overwritten"), "{refused:?}");
    assert_eq!(fs::read_to_string(office.path("recipients")).unwrap(), "precious");
    let set = json!({"keys": [new.public, office.clinic.public]});
    fs::write(&new.public_file, set.to_string()).unwrap();
    let refused = rewrap(&office, &new, "others");
    assert!(texts(&refused).1.contains("--public: give a file of one key"), "{refused:?}");
}

#[test]
fn a_damaged_recipient_hides_no_request() {
    let service = Service::start();
    let clinic = &service.plan.clinic;
    for nth in 1..=2 {
        let id = request_id(nth);
        assert_eq!(service.send(&id.to_string(), &clinic.seal(request(id))).status, 201);
    }
    wait_for(async {
        let mut other = Other::connect(&service.plan.database).await;
        let insert = format!(
            "INSERT INTO added_recipients (position, kid, recipient) \
             SELECT position, '{}', {} FROM requests",
            "k".repeat(43),
            if is_postgres() { "'\\x7bff7d'" } else { "x'7bff7d'" }
        );
        other.execute(&insert).await;
    });
    let listed = service.ask("GET", "/v1/requests", &service.token(), "");
    assert_eq!(listed.status, 200, "{}", listed.text());
    assert_eq!(listed.json()["requests"].as_array().unwrap().len(), 2);
    let key = clinic.private_file.display().to_string();
    let opened = run(["open", "--private", &key, "--database", &word(&service.plan.database)]);
    assert_eq!(counts(&opened).1, "2 opened, 0 failed, 0 skipped");
    let audit = run(["audit", "--json", "--database", &word(&service.plan.database)]);
    assert_eq!(texts(&audit).0.matches("\"listed\"").count(), 1, "{audit:?}");
}

/// A request of the largest size that is taken: a recipient more would be too large.
#[test]
fn a_recipient_made_the_largest_request_unreadable() {
    let office = Office::new();
    let new = Keys::new(office.folder.path(), "new");
    let id = request_id(1);
    let mut payload = request(id).to_padded_json().unwrap();
    let sealed = loop {
        let sealed = office.clinic.seal_payload(&payload, id);
        if sealed.len() + 8 > guide_core::request::envelope::MAX_BYTES {
            break sealed;
        }
        let missing = guide_core::request::envelope::MAX_BYTES - sealed.len();
        payload.resize(payload.len() + (missing * 3 / 4).max(1), b' ');
    };
    office.store(id, &sealed);
    assert!(rewrap(&office, &new, "recipients").status.success());
    assert!(add(&office, &new, "recipients").status.success());
    for keys in [&office.clinic, &new] {
        assert_eq!(counts(&open_with(&office, keys)).1, "1 opened, 0 failed, 0 skipped");
    }
}

/// A sender names the newer key too, with a wrapped key that is none. Nobody notices while the older one
/// opens the request.
#[test]
fn a_sender_who_names_the_newer_key_falsely_locks_it_out_of_nothing() {
    let office = Office::new();
    let new = Keys::new(office.folder.path(), "new");
    let id = request_id(1);
    let payload = request(id).to_padded_json().unwrap();
    let both = [office.clinic.public.clone(), new.public.clone()];
    let sealed = intake::seal::seal(&payload, id, &both).unwrap();
    let mut envelope: Value = serde_json::from_slice(&sealed).unwrap();
    envelope["recipients"][1]["encrypted_key"] = envelope["recipients"][0]["encrypted_key"].clone();
    office.store(id, envelope.to_string().as_bytes());
    assert_ne!(open_with(&office, &new).status.code(), Some(0));
    assert!(rewrap(&office, &new, "recipients").status.success());
    assert!(add(&office, &new, "recipients").status.success());
    assert_eq!(counts(&open_with(&office, &new)).1, "1 opened, 0 failed, 0 skipped");
}

/// The first one was deleted, and somebody sealed anew under its id.
#[test]
fn a_recipient_of_an_earlier_request_of_the_same_id_is_not_added() {
    let office = Office::new();
    let new = Keys::new(office.folder.path(), "new");
    let id = request_id(1);
    office.store_request(request(id));
    assert!(rewrap(&office, &new, "recipients").status.success());
    assert!(office.run(&["delete", "--yes", &id.to_string()]).status.success());
    office.store_request(request(id));
    let added = add(&office, &new, "recipients");
    assert!(texts(&added).0.starts_with("0 added, 1 of requests"), "{added:?}");
    assert_eq!(counts(&open_with(&office, &new)).1, "0 opened, 0 failed, 1 skipped");
}

/// A database that is named wrongly, as it happens.
#[test]
fn a_failed_rewrap_leaves_no_file_in_the_way() {
    let office = Office::new();
    let new = Keys::new(office.folder.path(), "new");
    let file = |path: &Path| path.display().to_string();
    let (private, public, out) =
        (file(&office.clinic.private_file), file(&new.public_file), office.path("recipients"));
    let flags = ["--private", &private, "--public", &public, "--out", &out];
    let missing = office.path("missing.db");
    let failed = run(["key", "rewrap", "--database", &missing].iter().chain(&flags));
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    assert!(!Path::new(&out).exists());
}
