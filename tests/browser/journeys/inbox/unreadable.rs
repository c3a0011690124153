//! What cannot be read is counted and explained, and hides nothing else.

use rstest_reuse::apply;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::requests::{Payload, seal};
use crate::harness::office::{Office, words};

/// A sealed payload of these keys, posted. Returns its id.
fn put(office: &mut Office, text: &str, keys: Vec<Value>) -> Uuid {
    let id = office.new_id();
    let envelope = seal(&[Payload { id, text: text.to_owned(), keys }]).remove(0);
    office.posts(id, &envelope);
    id
}

/// The payload of a request, of another id than that outside.
fn of_another_id(office: &mut Office) -> String {
    let request = office.request("Trial Patient Swapped");
    String::from_utf8(request.to_padded_json().expect("JSON")).expect("UTF-8")
}

fn reference(id: Uuid) -> String {
    guide_core::request::reference::Reference::of(&id).to_string()
}

#[apply(in_every_engine)]
async fn what_cannot_be_read_is_explained_and_hides_nothing(engine: Engine) {
    let mut office = Office::prepared(engine);
    office.knows_key("other");
    office.start().await;
    let (clinic, other) = (office.public_key("clinic"), office.public_key("other"));
    let needed = other["kid"].as_str().expect("a key's id").to_owned();

    let readable = ["First Trial", "Second Trial", "Third Trial"].map(|it| office.request(it));
    office.receives(readable.clone());
    // Sealed for another key that the service knows.
    let for_another = put(&mut office, "{}", vec![other.clone()]);
    // Sealed for the clinic, and no request.
    let no_request =
        put(&mut office, r#"{"schema":"appointment-request/2"}"#, vec![clinic.clone()]);
    let binary = put(&mut office, "\u{0}\u{1}\u{2}", vec![clinic.clone()]);
    let text = of_another_id(&mut office);
    let swapped_inside = put(&mut office, &text, vec![clinic.clone()]);
    // Sealed for another key under the name of the clinic's.
    let mut borrowed = other.clone();
    borrowed["kid"] = clinic["kid"].clone();
    let borrowed = put(&mut office, "{}", vec![borrowed]);
    // Damaged on the disk: a part of it, all of it, and the id that it is stored under.
    let [part, whole, moved] = ["P Trial", "W Trial", "M Trial"].map(|it| office.request(it));
    office.receives([part.clone(), whole.clone(), moved.clone()]);
    let [part, whole, moved] = [part, whole, moved].map(|it| it.request_id);
    office.sql(&format!(
        "UPDATE requests SET envelope = CAST(replace(CAST(envelope AS TEXT), \
         '\"ciphertext\":\"', '\"ciphertext\":\"AAAA') AS BLOB) WHERE id = '{part}'"
    ));
    office.sql(&format!("UPDATE requests SET envelope = x'00ff' WHERE id = '{whole}'"));
    let stored_as = office.new_id();
    office.sql(&format!("UPDATE requests SET id = '{stored_as}' WHERE id = '{moved}'"));

    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    let (list, request) = (&words().list, &words().request);
    colleague.waits_for_count(&list.unreadable, 8).await;
    colleague.waits_for_count(&list.new, 3).await;
    let mut rows = colleague.rows().await;
    rows.sort();
    assert_eq!(rows, ["First Trial", "Second Trial", "Third Trial"]);
    let counts = [(&list.opened, 3), (&list.other_keys, 1), (&list.damaged, 3), (&list.garbage, 4)];
    let counts = counts.map(|(words, number)| words.replace("{number}", &number.to_string()));
    colleague.waits_for_text(".counts", &counts.join(", ")).await;

    colleague.shows_list(&list.unreadable).await;
    colleague.waits_for_rows(8).await;
    for (id, row, sentence) in [
        (for_another, &list.row_other_keys, &request.other_keys),
        (no_request, &list.row_garbage, &request.garbage),
        (binary, &list.row_garbage, &request.garbage),
        (swapped_inside, &list.row_garbage, &request.garbage),
        (borrowed, &list.row_garbage, &request.garbage),
        (part, &list.row_damaged, &request.damaged),
        (whole, &list.row_damaged, &request.damaged),
        (stored_as, &list.row_damaged, &request.damaged),
    ] {
        colleague.opens_request(&reference(id)).await;
        colleague.waits_for_text(&format!("#row-{id} .line"), row).await;
        colleague.waits_for_text(".opened .message", sentence).await;
        let keys = colleague.texts(".keys code").await;
        let expected: &[&str] = if id == for_another { &[&needed] } else { &[] };
        assert_eq!(keys, expected, "{row}");
    }
    // Nothing of the one that was sealed under another id is shown anywhere.
    let page = colleague.person.reads("return document.documentElement.outerHTML").await;
    assert!(!page.contains("Trial Patient Swapped"));

    // Garbage goes to the junk, where it is found again, and back.
    colleague.opens_request(&reference(no_request)).await;
    colleague.does(&words().actions.junk, &words().states.done_junk).await;
    colleague.waits_for_count(&list.unreadable, 7).await;
    colleague.shows_list(&list.junk).await;
    colleague.waits_for_titles(&[&reference(no_request)]).await;
    colleague.opens_request(&reference(no_request)).await;
    colleague.does(&words().actions.undo, &words().states.done_undone).await;
    colleague.waits_for_count(&list.unreadable, 8).await;
}

#[apply(in_every_engine)]
async fn a_search_finds_what_cannot_be_read_by_its_reference(engine: Engine) {
    let mut office = Office::open(engine).await;
    let clinic = office.public_key("clinic");
    let [wanted, other] = [(); 2].map(|()| put(&mut office, "{}", vec![clinic.clone()]));
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    colleague.shows_list(&words().list.unreadable).await;
    colleague.waits_for_rows(2).await;
    colleague.fills_in("search", &reference(wanted).to_lowercase()).await;
    colleague.waits_for_titles(&[&reference(wanted)]).await;
    colleague.unfolds(&words().list.narrow).await;
    // Whether it needs an interpreter is not known.
    colleague.presses(&words().list.interpreter).await;
    colleague.waits_for_titles(&[]).await;
    assert_ne!(json!(wanted.to_string()), json!(other.to_string()));
}
