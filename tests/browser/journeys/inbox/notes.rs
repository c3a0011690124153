//! Notes are read by the staff and by nobody between them.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use rstest_reuse::apply;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::Line;
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, words};

const PATIENT: &str = "Trial Patient";
/// Two notes of the same length, with nothing in common.
const SECRETS: [&str; 2] =
    ["Left voicemail about sunflowers, again.", "The spouse answered: quite zephyrous, no."];

/// A text as it stands, and as base64 has its middle, which is another for each place that it can begin at.
fn forms(secret: &str) -> Vec<String> {
    let shifted = |by: usize| {
        let padded = [&b"..."[..by], secret.as_bytes()].concat();
        let encoded = Base64UrlUnpadded::encode_string(&padded);
        encoded[4..encoded.len() - 4].to_owned()
    };
    let mut forms: Vec<String> = (0..3).map(shifted).collect();
    // A part of it is too much as well.
    forms.extend(secret.split_whitespace().filter(|it| it.len() > 7).map(str::to_owned));
    forms.push(secret.to_owned());
    forms
}

#[apply(in_every_engine)]
async fn a_note_is_read_by_the_other_and_by_nobody_between(engine: Engine) {
    let mut sizes = Vec::new();
    for secret in SECRETS {
        let mut office = Office::open(engine).await;
        let request = office.request(PATIENT);
        office.receives([request]);
        let [first, second] =
            ["First Person", "Second Person"].map(|name| office.staff_file(name, "list,mark"));
        let [writing, reading] =
            [Line::to(office.operations_port()).await, Line::to(office.operations_port()).await];
        let writer = Colleague::arrives_at(&office, &writing.address("/"), &first).await;
        let reader = Colleague::arrives_at(&office, &reading.address("/"), &second).await;
        for colleague in [&writer, &reader] {
            colleague.unlocks().await;
            colleague.opens_request(PATIENT).await;
        }

        writer.fills_in("note", secret).await;
        writer.does(&words().request.add_note, &words().request.note_added).await;
        writer.waits_for_text(".notes .patient-text", secret).await;
        writer.person.waits_for("return document.getElementById('note').value === ''").await;
        // It appears by itself.
        reader.waits_for_text(".notes .patient-text", secret).await;
        let (head, _) = words().request.note_by.split_once("{when}").expect("it has a gap");
        let head = head.replace("{who}", "First Person");
        assert!(reader.texts(".notes li .muted").await[0].starts_with(&head));

        let wire = [writing.requests(), reading.requests()].concat().join("\n");
        let posted = writing.posted();
        let note = posted.iter().find(|it| it.contains("/notes ")).expect("the note was posted");
        assert!(note.contains("ciphertext"));
        let stored = String::from_utf8_lossy(&office.stored_bytes()).into_owned();
        assert!(stored.contains("ciphertext"), "the envelopes are among the bytes");
        for form in forms(secret) {
            assert!(!wire.contains(&form), "on the wire: {form}");
            assert!(!stored.contains(&form), "in the database: {form}");
        }
        sizes.push(note.split_once("\r\n\r\n").expect("a body").1.len());
    }
    assert_eq!(sizes[0], sizes[1], "the length tells nothing");
}

#[apply(in_every_engine)]
async fn what_is_no_note_is_told_and_a_draft_outlasts_whatever_happens(engine: Engine) {
    let mut office = Office::open(engine).await;
    let request = office.request(PATIENT);
    office.receives([request]);
    let [first, second] =
        ["First Person", "Second Person"].map(|name| office.staff_file(name, "list,mark"));
    let writer = Colleague::at_work(&office, &first).await;
    writer.opens_request(PATIENT).await;
    let add = &words().request.add_note;
    writer.presses(add).await;
    writer.waits_for_message(&words().request.note_empty).await;
    writer.fills_in("note", &"x".repeat(2_001)).await;
    writer.presses(add).await;
    writer.waits_for_message(&words().request.note_too_long).await;
    assert_eq!(office.sql("SELECT count(*) FROM sealed_notes"), serde_json::json!([[0]]));

    // A colleague's change leaves a draft alone.
    writer.fills_in("note", "A draft").await;
    let colleague = Colleague::at_work(&office, &second).await;
    colleague.opens_request(PATIENT).await;
    colleague.does(&words().actions.claim, &words().states.done_claimed).await;
    let claimed = words().states.claimed.replace("{name}", "Second Person");
    writer.waits_for_work(&claimed).await;
    assert_eq!(
        writer.person.reads("return document.getElementById('note').value").await,
        "A draft"
    );

    // So does a service that is down.
    office.kill();
    writer.presses(add).await;
    writer.waits_for_message(&words().errors.no_response).await;
    assert_eq!(
        writer.person.reads("return document.getElementById('note').value").await,
        "A draft"
    );
    office.start().await;
    writer.does(add, &words().request.note_added).await;
    colleague.waits_for_text(".notes .patient-text", "A draft").await;

    // One that was damaged hides no other.
    office.sql(
        "UPDATE sealed_notes SET envelope = CAST(replace(CAST(envelope AS TEXT), \
         '\"ciphertext\":\"', '\"ciphertext\":\"AAAA') AS BLOB)",
    );
    writer.fills_in("note", "Another one").await;
    writer.does(add, &words().request.note_added).await;
    writer.waits_for_text(".notes .patient-text", "Another one").await;
    writer.waits_for_text(".notes .patient-text", &words().request.note_unreadable).await;
}
