//! The alarm about requests that nobody took up, by a clock that tests set.

use clinic_core::state::State;
use guide_core::request::reference::Reference;
use intake::audit::Actor;
use intake::notices::{Channels, WorkingDays};
use intake::store::{Channel, STORE_TIMEOUT, Store};
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::harness::clinic::{request, request_id};
use crate::harness::database::Other;
use crate::harness::office::Office;
use crate::harness::program::{Server, intake};
use crate::harness::receivers::{Hooks, Sink};
use crate::harness::service::Service;
use crate::harness::{set, wait_for};
use crate::notices::{channels, flags, store};

/// A Friday.
const FRIDAY: &str = "2026-11-27T10:00:00Z";

fn moment(text: &str) -> OffsetDateTime {
    OffsetDateTime::parse(text, &Rfc3339).unwrap()
}

#[test]
fn a_weekend_takes_no_time() {
    // 2026-11-27 is a Friday.
    for (passed, now, since) in [
        (1, "2026-11-27T10:00:00Z", "2026-11-26T10:00:00Z"),
        (1, "2026-11-28T10:00:00Z", "2026-11-27T00:00:00Z"),
        (1, "2026-11-29T23:59:00Z", "2026-11-27T00:00:00Z"),
        (1, "2026-11-30T00:00:00Z", "2026-11-27T00:00:00Z"),
        (1, "2026-11-30T10:00:00Z", "2026-11-27T10:00:00Z"),
        // Whatever arrived at the weekend has waited since its end.
        (1, "2026-12-01T00:00:00Z", "2026-11-30T00:00:00Z"),
        (2, "2026-12-01T10:00:00Z", "2026-11-27T10:00:00Z"),
        (2, "2026-11-28T10:00:00Z", "2026-11-26T00:00:00Z"),
        (5, "2026-11-27T10:00:00Z", "2026-11-20T10:00:00Z"),
        (10, "2026-11-29T10:00:00Z", "2026-11-16T00:00:00Z"),
    ] {
        let days: WorkingDays = passed.to_string().parse().unwrap();
        let before = days.before(moment(now));
        assert_eq!(before, moment(since), "{passed} before {now}");
    }
}

#[test]
fn a_number_of_working_days_is_from_1_to_250() {
    for fine in ["1", "2", "250"] {
        assert!(fine.parse::<WorkingDays>().is_ok(), "{fine}");
    }
    for not in ["0", "251", "-1", "1.5", "never", ""] {
        assert!(not.parse::<WorkingDays>().is_err(), "{not}");
    }
}

/// An office with requests that were received at these moments.
fn office(received: &[(u8, OffsetDateTime)]) -> Office {
    let office = Office::new();
    for (nth, _) in received {
        office.store_request(request(request_id(*nth)));
    }
    wait_for(async {
        let mut other = Other::connect(&office.database).await;
        for (nth, at) in received {
            let (id, at) = (request_id(*nth), at.unix_timestamp());
            let update = format!("UPDATE requests SET received_at = {at} WHERE id = '{id}'");
            other.execute(&update).await;
        }
    });
    office
}

/// The webhook alone.
fn webhook(office: &Office, hooks: &Hooks) -> Channels {
    let mut flags = flags(office, 1, hooks.port);
    for setting in ["smtp", "notice_from", "notice_to"] {
        flags.words.remove(setting);
    }
    channels(flags)
}

async fn alarm(channels: &Channels, store: &Store, now: OffsetDateTime) -> bool {
    channels.send_alarm(store, Channel::Webhook, now).await.unwrap()
}

fn data(hooks: &Hooks) -> Value {
    serde_json::from_str::<Value>(&hooks.request().1).unwrap()["data"].clone()
}

#[test]
fn an_alarm_says_how_many_which_is_the_oldest_and_its_age_and_nothing_else() {
    let friday = moment(FRIDAY);
    let office = office(&[
        (1, friday + Duration::HOUR),
        (2, friday),
        (3, friday - Duration::WEEK),
        (4, friday + 3 * Duration::DAY),
    ]);
    let (sink, hooks) = (Sink::start(0, &[]), Hooks::start(&["204 No Content"; 2]));
    let channels = channels(flags(&office, sink.port, hooks.port));
    let tuesday = friday + 4 * Duration::DAY;
    wait_for(async {
        let store = store(&office, &channels).await;
        store.set_state(&Actor::Service, request_id(3), State::Reached, friday).await.unwrap();
        for now in [tuesday, tuesday + Duration::DAY] {
            for channel in [Channel::Email, Channel::Webhook] {
                assert!(channels.send_alarm(&store, channel, now).await.unwrap());
            }
            // The second time, one is left.
            for nth in [2, 4] {
                store
                    .set_state(&Actor::Service, request_id(nth), State::Closed, now)
                    .await
                    .unwrap();
            }
        }
        store.close().await;
    });
    let [first, second] = [1, 2].map(|nth| Reference::of(&request_id(nth)).to_string());
    let texts = [(); 2].map(|()| {
        let message = sink.message()["message"].as_str().unwrap().to_owned();
        let (head, body) = message.split_once("\n\n").unwrap();
        let subject = head.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap();
        (subject.to_owned(), body.trim_end().replace("=\n", ""))
    });
    let [subject, last] = [
        "3 appointment requests are still new".to_owned(),
        format!("Appointment request {first} is still new"),
    ];
    let do_it = "then claim";
    assert_eq!(
        texts,
        [
            (
                subject.clone(),
                format!(
                    "{subject}. The oldest is {second}; it arrived 4 days ago. Open them, {do_it} \
                     them, or mark what came of them."
                )
            ),
            (
                last.clone(),
                format!(
                    "{last}. It arrived 4 days ago. Open it, {do_it} it, or mark what came of it."
                )
            ),
        ]
    );
    for expected in [
        json!({ "reference": second, "count": 3, "age_days": 4 }),
        json!({ "reference": first, "count": 1, "age_days": 4 }),
    ] {
        let body: Value = serde_json::from_str(&hooks.request().1).unwrap();
        assert_eq!(body, json!({ "type": "request.unread", "data": expected }));
    }
}

#[test]
fn an_alarm_comes_after_the_weekend_and_then_once_a_day_until_all_are_marked() {
    let friday = moment(FRIDAY);
    let office = office(&[(1, friday)]);
    let hooks = Hooks::start(&["204 No Content"; 3]);
    let channels = webhook(&office, &hooks);
    let mut sent = Vec::new();
    wait_for(async {
        let store = store(&office, &channels).await;
        for minutes in (0..14 * 24 * 60).step_by(20) {
            let now = friday + Duration::minutes(minutes);
            if alarm(&channels, &store, now).await {
                sent.push(minutes / 20);
            }
            if sent.len() == 3 {
                store.set_state(&Actor::Service, request_id(1), State::Reached, now).await.unwrap();
            }
        }
        store.close().await;
    });
    let day = 24 * 3;
    assert_eq!(sent, [3 * day, 4 * day, 5 * day], "Monday, Tuesday, Wednesday");
    let ages = [(); 3].map(|()| data(&hooks)["age_days"].as_u64().unwrap());
    assert_eq!(ages, [3, 4, 5]);
}

/// Whoever stands in learns of what nobody took up, and of nothing else.
#[test]
fn a_deputy_gets_the_alarm_and_no_other_notice() {
    let friday = moment(FRIDAY);
    let office = office(&[(1, friday)]);
    let sink = Sink::start(0, &[]);
    let mut flags = flags(&office, sink.port, 1);
    // One of them gets the others too, and this one once.
    set(&mut flags, "deputy", ["Dr. B <b@clinic.example>", "a@clinic.example"]);
    for setting in ["webhook", "webhook_key_file"] {
        flags.words.remove(setting);
    }
    let channels = channels(flags);
    wait_for(async {
        let store = store(&office, &channels).await;
        let id = request_id(2);
        store.insert(id, &office.clinic.seal(request(id))).await.unwrap();
        assert!(channels.send_due(&store, Channel::Email).await.unwrap());
        let monday = friday + 3 * Duration::DAY;
        assert!(channels.send_alarm(&store, Channel::Email, monday).await.unwrap());
        assert_eq!(channels.send_trial().await.unwrap(), [Channel::Email]);
        store.close().await;
    });
    let front_desk = json!(["desk@clinic.example", "a@clinic.example"]);
    let everybody = json!(["desk@clinic.example", "a@clinic.example", "b@clinic.example"]);
    let [arrived, unread, trial] = [(); 3].map(|()| sink.message());
    assert_eq!((&arrived["to"], &unread["to"]), (&front_desk, &everybody));
    assert_eq!(trial["to"], everybody, "an address that is wrong is found before it is needed");
    let reference = Reference::of(&request_id(1)).to_string();
    assert!(unread["message"].as_str().unwrap().contains(&reference), "{unread}");
}

#[test]
fn a_longer_time_can_be_set() {
    let friday = moment(FRIDAY);
    let office = office(&[(1, friday)]);
    let mut flags = flags(&office, 1, 1);
    set(&mut flags, "unread_after_working_days", ["3"]);
    let channels = channels(flags);
    wait_for(async {
        let store = store(&office, &channels).await;
        let wednesday = friday + 5 * Duration::DAY;
        assert!(!alarm(&channels, &store, wednesday - Duration::SECOND).await);
        assert!(alarm(&channels, &store, wednesday).await);
        store.close().await;
    });
}

#[test]
fn a_restart_and_other_processes_repeat_no_alarm() {
    let friday = moment(FRIDAY);
    let office = office(&[(1, friday)]);
    let hooks = Hooks::start(&["204 No Content"; 2]);
    let channels = webhook(&office, &hooks);
    let monday = friday + 3 * Duration::DAY;
    // Each opens the database as a process of its own does, all at once.
    let all_at = |now: OffsetDateTime| {
        wait_for(async {
            let mut stores = Vec::new();
            for _ in 0..4 {
                stores.push(Store::open(&office.database, STORE_TIMEOUT).await.unwrap());
            }
            let (one, two) = (&stores[0], &stores[1]);
            let (three, four) = (&stores[2], &stores[3]);
            let sent = tokio::join!(
                alarm(&channels, one, now),
                alarm(&channels, two, now),
                alarm(&channels, three, now),
                alarm(&channels, four, now),
            );
            for store in stores {
                store.close().await;
            }
            [sent.0, sent.1, sent.2, sent.3].iter().filter(|it| **it).count()
        })
    };
    assert_eq!(all_at(monday), 1);
    for hours in [0, 1, 13, 23] {
        assert_eq!(all_at(monday + Duration::hours(hours)), 0, "{hours}");
    }
    assert_eq!(all_at(monday + Duration::DAY), 1);
    let ids = [(); 2].map(|()| hooks.request().0["webhook-id"].clone());
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn an_alarm_that_was_not_taken_is_tried_again_as_the_same() {
    let friday = moment(FRIDAY);
    let office = office(&[(1, friday)]);
    let hooks = Hooks::start(&["500 Internal Server Error", "204 No Content"]);
    let channels = webhook(&office, &hooks);
    let monday = friday + 3 * Duration::DAY;
    wait_for(async {
        let store = store(&office, &channels).await;
        assert!(alarm(&channels, &store, monday).await);
        assert!(!alarm(&channels, &store, monday + Duration::seconds(29)).await, "it waits");
        assert!(alarm(&channels, &store, monday + Duration::seconds(30)).await);
        assert!(!alarm(&channels, &store, monday + Duration::HOUR).await, "it was taken");
        store.close().await;
    });
    let ids = [(); 2].map(|()| hooks.request().0["webhook-id"].clone());
    assert_eq!(ids[0], ids[1], "the receiver knows it again");
}

#[test]
fn a_clock_that_was_a_year_ahead_silences_no_alarm_and_a_small_step_back_repeats_none() {
    let friday = moment(FRIDAY);
    let office = office(&[(1, friday)]);
    let hooks = Hooks::start(&["204 No Content"; 3]);
    let channels = webhook(&office, &hooks);
    let monday = friday + 3 * Duration::DAY;
    wait_for(async {
        let store = store(&office, &channels).await;
        assert!(alarm(&channels, &store, friday + 365 * Duration::DAY).await);
        // The clock was put right.
        assert!(
            !alarm(&channels, &store, friday + Duration::HOUR).await,
            "it is new since an hour"
        );
        assert!(alarm(&channels, &store, monday).await);
        assert!(!alarm(&channels, &store, monday - Duration::MINUTE).await);
        assert!(!alarm(&channels, &store, monday + 23 * Duration::HOUR).await);
        assert!(alarm(&channels, &store, monday + Duration::DAY).await);
        store.close().await;
    });
    assert_eq!([(); 3].map(|()| data(&hooks)["age_days"].as_u64().unwrap()), [365, 3, 4]);
}

#[test]
fn the_running_service_sends_it_and_logs_it_without_the_reference() {
    let office = office(&[(1, OffsetDateTime::now_utc() - 2 * Duration::WEEK)]);
    let hooks = Hooks::start(&["200 OK"]);
    let mut command = intake(Server::args(&office.database, &office.clinic.public_file));
    for setting in ["webhook", "webhook_key_file"] {
        let words = flags(&office, 1, hooks.port).words.remove(setting).unwrap();
        command.env(format!("INTAKE_{}", setting.to_ascii_uppercase()), words.join(","));
    }
    let server = Server::of(command);
    let reference = Reference::of(&request_id(1)).to_string();
    assert_eq!(data(&hooks), json!({ "reference": reference, "count": 1, "age_days": 14 }));
    let line = server.line_with("unread requests");
    assert!(line.contains("WARN") && !line.contains(&reference), "{line}");
}

/// The value of a metric without labels.
fn metric(service: &Service, name: &str) -> u64 {
    let text = service.operate("/metrics").text().to_owned();
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name} ")));
    line.unwrap_or_else(|| panic!("{name}\n{text}")).parse().unwrap()
}

#[test]
fn the_age_of_the_oldest_new_request_is_a_metric() {
    let service = Service::start();
    let oldest = || metric(&service, "intake_oldest_new_seconds");
    assert_eq!(oldest(), 0);
    for nth in [1, 2] {
        let id = request_id(nth);
        service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    }
    let age = |nth: u8, seconds: i64| {
        let (id, at) = (request_id(nth), OffsetDateTime::now_utc().unix_timestamp() - seconds);
        wait_for(async {
            let mut other = Other::connect(&service.plan.database).await;
            other
                .execute(&format!("UPDATE requests SET received_at = {at} WHERE id = '{id}'"))
                .await;
        });
    };
    age(1, 1_000_000);
    age(2, 2_000_000);
    assert!((2_000_000..2_000_100).contains(&oldest()), "{}", oldest());
    let token = service.token();
    let mark = |nth: u8| {
        let path = format!("/v1/requests/{}", request_id(nth));
        let body = json!({"state": "claimed"}).to_string();
        assert_eq!(service.ask("PATCH", &path, &token, &body).status, 200);
    };
    mark(2);
    assert!((1_000_000..1_000_100).contains(&oldest()), "{}", oldest());
    // A clock that was put back since.
    age(1, -1_000_000);
    assert_eq!(oldest(), 0);
    mark(1);
    assert_eq!(oldest(), 0);
}
