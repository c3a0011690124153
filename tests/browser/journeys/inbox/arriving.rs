//! A request that arrives appears by itself.

use rstest_reuse::apply;

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, words};

#[apply(in_every_engine)]
async fn a_request_that_arrives_appears_without_a_reload(engine: Engine) {
    let mut office = Office::open(engine).await;
    let staff = office.staff_file("First Person", "list,mark");
    let colleague = Colleague::at_work(&office, &staff).await;
    let list = &words().list;
    colleague.waits_for_text(".empty", &list.no_new).await;
    let title = colleague.person.reads("return document.title").await;
    let (before, after) = words().site.title.split_once("{clinic}").expect("it has the gap");
    let clinic = title.strip_prefix(before).and_then(|it| it.strip_suffix(after));
    let clinic = clinic.expect("nothing but the name and the clinic").to_owned();
    colleague.person.runs("window.stays = true").await;

    for (name, number) in [("Trial Patient One", "1"), ("Trial Patient Two", "2")] {
        let request = office.request(name);
        office.receives([request]);
        let title = words().site.title_new.replace("{clinic}", &clinic).replace("{number}", number);
        colleague.person.waits_for(&format!("return document.title === {title:?}")).await;
        colleague.waits_for_message(&list.arrived).await;
        assert!(colleague.rows().await.contains(&name.to_owned()));
    }
    colleague.waits_for_count(&list.new, 2).await;
    assert_eq!(colleague.person.runs("return window.stays").await, true);

    // Once nothing is new, the title has no number.
    for name in ["Trial Patient One", "Trial Patient Two"] {
        colleague.opens_request(name).await;
        colleague.does(&words().actions.claim, &words().states.done_claimed).await;
    }
    colleague.person.waits_for(&format!("return document.title === {title:?}")).await;
}
