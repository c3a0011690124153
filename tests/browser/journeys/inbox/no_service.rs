//! Without a network or a service the inbox says so, keeps what is open readable, and goes on by itself.

use rstest_reuse::apply;

use crate::harness::engine::{Engine, in_chromium_and_firefox, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, words};

const PATIENT: &str = "Trial Patient";

async fn at_a_request(engine: Engine) -> (Office, Colleague) {
    let mut office = Office::open(engine).await;
    let mut request = office.request(PATIENT);
    request.message = Some("Light hurts.".to_owned());
    office.receives([request]);
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    colleague.opens_request(PATIENT).await;
    (office, colleague)
}

/// What is open stays readable, and other lists can be looked at.
async fn stays_readable(colleague: &Colleague) {
    colleague.waits_for_text("blockquote", "Light hurts.").await;
    colleague.shows_list(&words().list.waiting).await;
    colleague.shows_list(&words().list.new).await;
    colleague.opens_request(PATIENT).await;
    colleague.waits_for_text("blockquote", "Light hurts.").await;
}

/// The message is gone by itself, and the page is the one that it was.
async fn comes_back(office: &mut Office, colleague: &Colleague, message: &str) {
    let gone = "return ![...document.querySelectorAll('.message')] \
        .some((it) => it.checkVisibility() && it.textContent === arguments[0])";
    colleague.waits_for_script(gone, &serde_json::json!([message])).await;
    assert_eq!(colleague.person.runs("return window.stays").await, true);
    let later = office.request("Trial Later");
    office.receives([later]);
    colleague.waits_for_rows(2).await;
    colleague.does(&words().actions.claim, &words().states.done_claimed).await;
}

#[apply(in_chromium_and_firefox)]
async fn offline_it_says_so_and_comes_back_by_itself(engine: Engine) {
    let (mut office, colleague) = at_a_request(engine).await;
    colleague.person.runs("window.stays = true").await;
    colleague.person.is_offline(true).await;
    colleague.waits_for_message(&words().site.offline).await;
    stays_readable(&colleague).await;
    colleague.presses(&words().actions.claim).await;
    colleague.waits_for_message(&words().errors.no_response).await;
    colleague.person.is_offline(false).await;
    comes_back(&mut office, &colleague, &words().site.offline).await;
}

#[apply(in_every_engine)]
async fn without_a_service_it_says_so_and_comes_back_by_itself(engine: Engine) {
    let (mut office, colleague) = at_a_request(engine).await;
    colleague.person.runs("window.stays = true").await;
    office.kill();
    colleague.waits_for_message(&words().site.down).await;
    stays_readable(&colleague).await;
    colleague.presses(&words().actions.claim).await;
    colleague.waits_for_message(&words().errors.no_response).await;
    office.start().await;
    comes_back(&mut office, &colleague, &words().site.down).await;
    // Locked while it is down, it can be told from a wrong passphrase.
    office.kill();
    colleague.locks().await;
    colleague.tries_to_unlock(&colleague.staff.file, crate::harness::office::PASSPHRASE).await;
    colleague.waits_for_message(&words().unlock.down).await;
}
