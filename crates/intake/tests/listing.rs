//! The list of requests from its end, by state and by reference.

use std::collections::BTreeSet;

use clinic_core::state::State;
use guide_core::request::reference::Reference;
use intake::audit::Actor;
use intake::store::{Listing, Place, STORE_TIMEOUT, Store};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row};
use time::OffsetDateTime;

use crate::harness::clinic::{OF_ONE_REFERENCE, reference_of, request, request_id};
use crate::harness::database::{self, Other, is_postgres};
use crate::harness::service::Service;
use crate::harness::wait_for;

/// A service with a number of requests, and a token.
fn service(requests: u8) -> (Service, String) {
    let service = Service::start();
    for nth in 1..=requests {
        send(&service, nth);
    }
    let token = service.token_named("Ann", "admin", None);
    (service, token)
}

fn send(service: &Service, nth: u8) {
    let id = request_id(nth);
    let sealed = service.plan.clinic.seal(request(id));
    assert_eq!(service.send(&id.to_string(), &sealed).status, 201);
}

fn list(service: &Service, token: &str, query: &str) -> Value {
    let response = service.ask("GET", &format!("/v1/requests?{query}"), token, "");
    assert_eq!(response.status, 200, "{query}: {}", response.text());
    response.json()
}

/// Which requests are in a page.
fn numbers(page: &Value) -> Vec<u8> {
    let id = |it: &Value| it["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
    page["requests"].as_array().unwrap().iter().map(|it| id(it).as_bytes()[0]).collect()
}

/// All pages in a direction, and the cursor at their end.
fn pages(
    service: &Service,
    token: &str,
    way: &str,
    first: &str,
    rest: &str,
) -> (Vec<Vec<u8>>, String) {
    let (mut pages, mut cursor) = (Vec::new(), first.to_owned());
    loop {
        let page = list(service, token, &format!("{way}={cursor}{rest}"));
        cursor = page["next"].as_str().unwrap().to_owned();
        pages.push(numbers(&page));
        if page["more"] == false {
            return (pages, cursor);
        }
    }
}

#[test]
fn the_newest_come_first_from_the_end_on() {
    let (service, token) = service(5);
    let (seen, cursor) = pages(&service, &token, "before", "end", "&limit=2");
    assert_eq!(seen, [vec![5, 4], vec![3, 2], vec![1]]);
    // An exact page has nothing behind it.
    assert_eq!(list(&service, &token, "before=end&limit=5")["more"], false);
    assert_eq!(list(&service, &token, "before=end&limit=4")["more"], true);
    assert_eq!(list(&service, &token, "limit=5")["more"], false);
    assert_eq!(list(&service, &token, "limit=4")["more"], true);
    // What arrives since is not before what was listed.
    send(&service, 6);
    let past = list(&service, &token, &format!("before={cursor}"));
    assert_eq!((numbers(&past), &past["more"]), (vec![], &json!(false)));
    assert_eq!(past["next"], cursor);
    assert_eq!(numbers(&list(&service, &token, "before=end&limit=1")), [6]);
    // Each direction goes on from the other's cursor.
    let three = list(&service, &token, "limit=3")["next"].as_str().unwrap().to_owned();
    assert_eq!(numbers(&list(&service, &token, &format!("before={three}"))), [2, 1]);
    assert_eq!(numbers(&list(&service, &token, &format!("after={three}"))), [4, 5, 6]);
}

#[test]
fn the_end_of_an_empty_list_has_a_cursor_before_which_nothing_comes() {
    let (service, token) = service(0);
    let empty = list(&service, &token, "before=end");
    let cursor = empty["next"].as_str().unwrap();
    send(&service, 1);
    assert_eq!(numbers(&list(&service, &token, &format!("before={cursor}"))), [0_u8; 0]);
    assert_eq!(numbers(&list(&service, &token, &format!("after={cursor}"))), [1]);
}

#[test]
fn only_requests_of_the_states_asked_for_are_listed() {
    let (service, token) = service(8);
    for (nth, state) in (1..).zip(State::ALL) {
        let body = json!({"state": state.as_str()}).to_string();
        let path = format!("/v1/requests/{}", request_id(nth));
        assert_eq!(service.ask("PATCH", &path, &token, &body).status, 200);
    }
    for (nth, state) in (1..).zip(State::ALL) {
        for way in ["before=end&", ""] {
            let listed = list(&service, &token, &format!("{way}state={}", state.as_str()));
            assert_eq!((numbers(&listed), &listed["more"]), (vec![nth], &json!(false)));
            assert_eq!(listed["requests"][0]["state"], state.as_str());
        }
    }
    let open = "&limit=2&state=tried,new,reached,claimed,new";
    let (seen, _) = pages(&service, &token, "before", "end", open);
    assert_eq!(seen, [vec![4, 3], vec![2, 1]]);
    let all = State::ALL.map(State::as_str).join(",");
    let (seen, _) = pages(&service, &token, "before", "end", &format!("&limit=3&state={all}"));
    assert_eq!(seen, [vec![8, 7, 6], vec![5, 4, 3], vec![2, 1]]);
    let listed = list(&service, &token, "state=junk,booked&limit=1");
    assert_eq!((numbers(&listed), &listed["more"]), (vec![5], &json!(true)));
}

#[test]
fn requests_are_found_by_their_reference_in_any_spelling() {
    let (service, token) = service(3);
    let reference = reference_of(2);
    let spaced = reference.to_lowercase().replace('-', "%20");
    for spelled in [&reference, &spaced, &reference.replace('-', ""), &reference.replace('0', "O")]
    {
        for way in ["before=end&", ""] {
            let listed = list(&service, &token, &format!("{way}reference={spelled}"));
            assert_eq!((numbers(&listed), &listed["more"]), (vec![2], &json!(false)), "{spelled}");
        }
    }
    assert_eq!(numbers(&list(&service, &token, &format!("reference={reference}&state=new"))), [2]);
    assert_eq!(
        numbers(&list(&service, &token, &format!("reference={reference}&state=junk"))),
        [0_u8; 0]
    );
    assert_eq!(numbers(&list(&service, &token, "reference=0000-0000")), [0_u8; 0]);
    // Two of one reference.
    for id in OF_ONE_REFERENCE {
        let sealed = service.plan.clinic.seal(request(id));
        assert_eq!(service.send(&id.to_string(), &sealed).status, 201);
    }
    let [first, second] = OF_ONE_REFERENCE.map(|id| id.as_bytes()[0]);
    let reference = Reference::of(&OF_ONE_REFERENCE[0]);
    let both = list(&service, &token, &format!("before=end&reference={reference}"));
    assert_eq!(numbers(&both), [second, first]);
    let (seen, _) =
        pages(&service, &token, "before", "end", &format!("&limit=1&reference={reference}"));
    assert_eq!(seen, [vec![second], vec![first]]);
}

#[test]
fn what_cannot_be_listed_is_a_problem_that_says_what_can() {
    let (service, token) = service(1);
    let cursor = list(&service, &token, "")["next"].as_str().unwrap().to_owned();
    let both = format!("after={cursor}&before={cursor}");
    let end = format!("after={cursor}&before=end");
    for query in [
        both.as_str(),
        &end,
        "after=end",
        "before=",
        "before=x",
        "state=",
        "state=contacted",
        "state=new,",
        "state=New",
        "state=new&state=junk",
        "reference=",
        "reference=0000-000",
        "reference=UUUU-UUUU",
        "holder=Ann",
    ] {
        let response = service.ask("GET", &format!("/v1/requests?{query}"), &token, "");
        assert_eq!(response.status, 400, "{query}");
        let detail = response.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("the word end") && detail.contains("claimed"), "{query}: {detail}");
    }
    let (epoch, position) = cursor.split_once('.').unwrap();
    let other = format!("{}.{position}", "0".repeat(epoch.len()));
    for query in [format!("before={other}"), format!("after={other}"), "before=3".to_owned()] {
        let response = service.ask("GET", &format!("/v1/requests?{query}"), &token, "");
        assert_eq!(response.status, 410, "{query}");
        assert_eq!(response.json()["type"], "urn:problem-type:intake:another-listing");
    }
}

/// The plan of a query, as the database tells it.
async fn plan(other: &mut Other, listing: &Listing) -> String {
    let position = match listing.place {
        Place::After(position) | Place::Before(position) => position,
    };
    let condition = listing.condition();
    let select = format!("SELECT position, state, envelope FROM requests WHERE {condition}");
    let bound = select.replace("$1", &position.to_string()).replace("$2", "50");
    let explain = if is_postgres() { "EXPLAIN" } else { "EXPLAIN QUERY PLAN" };
    let query = sqlx::raw_sql(AssertSqlSafe(format!("{explain} {bound}")));
    let lines: Vec<String> = match other {
        Other::Sqlite(connection) => {
            let rows = query.fetch_all(connection).await.unwrap();
            rows.iter().map(|row| row.get(3)).collect()
        }
        Other::Postgres(connection) => {
            let rows = query.fetch_all(connection).await.unwrap();
            rows.iter().map(|row| row.get(0)).collect()
        }
    };
    lines.join("\n")
}

/// 20,000 requests, nearly all closed: a page of the few that are not reads no others.
#[test]
fn pages_of_a_long_list_are_read_by_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let database = database::fresh(folder.path());
    wait_for(async {
        let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
        let mut other = Other::connect(&database).await;
        let many = match is_postgres() {
            true => {
                "INSERT INTO requests (id, received_at, state, changed_at, envelope) \
                 SELECT gen_random_uuid(), 0, 'closed', 0, decode(repeat('ab', 4000), 'hex') \
                 FROM generate_series(1, 20000); ANALYZE requests"
            }
            false => {
                "WITH RECURSIVE numbers (n) AS \
                 (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000) \
                 INSERT INTO requests (id, received_at, state, changed_at, envelope) \
                 SELECT substr(hex(randomblob(18)), 1, 8) || '-0000-4000-8000-' \
                 || printf('%012x', n), 0, 'closed', 0, zeroblob(4000) FROM numbers"
            }
        };
        other.execute(many).await;
        for nth in 1..=3 {
            store.insert(request_id(nth), b"sealed").await.unwrap();
        }
        let now = OffsetDateTime::now_utc();
        store.set_state(&Actor::Service, request_id(2), State::Claimed, now).await.unwrap();
        if is_postgres() {
            other.execute("ANALYZE requests").await;
        }
        for (states, indices) in [
            (&[][..], &[][..]),
            (&[State::New], &["requests_new_by_position"]),
            (&[State::Claimed], &["requests_by_state"]),
            (&[State::Closed], &["requests_by_state"]),
            (&[State::New, State::Claimed], &["requests_new_by_position", "requests_by_state"]),
            (&State::ALL, &["requests_new_by_position", "requests_by_state"]),
        ] {
            for place in [Place::Before(i64::MAX), Place::Before(10_000), Place::After(10_000)] {
                let states: BTreeSet<State> = states.iter().copied().collect();
                let listing = Listing { place, states, positions: None, limit: 50 };
                let plan = plan(&mut other, &listing).await;
                assert!(!plan.contains("SCAN requests"), "{listing:?}: {plan}");
                assert!(!plan.contains("Seq Scan on requests"), "{listing:?}: {plan}");
                // PostgreSQL knows how few they are, and takes whichever index it likes.
                for index in indices.iter().filter(|_| !is_postgres()) {
                    assert!(plan.contains(index), "{listing:?}: {plan}");
                }
            }
        }
        let states = BTreeSet::from([State::New, State::Claimed]);
        let place = Place::Before(i64::MAX);
        let few = Listing { place, states, positions: None, limit: 2 };
        let listed: Vec<_> =
            store.listing(&few).await.unwrap().iter().map(|it| it.entry.id).collect();
        assert_eq!(listed, [3, 2].map(request_id));
        let (mut place, mut seen) = (Place::Before(i64::MAX), 0);
        loop {
            let states = BTreeSet::from([State::Closed, State::Junk]);
            let page = store
                .listing(&Listing { place, states, positions: None, limit: 200 })
                .await
                .unwrap();
            let Some(last) = page.last() else { break };
            place = Place::Before(last.entry.position);
            seen += page.len();
        }
        assert_eq!(seen, 20_000);
        store.close().await;
    });
}

/// Without these, retention, the alarm and the metrics would read all requests every time.
#[test]
fn what_is_settled_and_what_is_new_are_found_by_their_indices_on_sqlite() {
    if is_postgres() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let database = database::fresh(folder.path());
    wait_for(async {
        Store::open(&database, STORE_TIMEOUT).await.unwrap().close().await;
        let mut other = Other::connect(&database).await;
        let Other::Sqlite(connection) = &mut other else { panic!("SQLite") };
        for (query, index) in [
            (
                "SELECT position FROM requests \
                 WHERE state IN ('booked', 'declined', 'closed', 'junk') \
                 AND changed_at < 7 ORDER BY changed_at LIMIT 100",
                "COVERING INDEX requests_settled",
            ),
            (
                "SELECT MIN(received_at) FROM requests WHERE state = 'new'",
                "COVERING INDEX requests_new",
            ),
            (
                "SELECT COUNT(*) FROM requests WHERE state = 'new' AND received_at <= 7",
                "COVERING INDEX requests_new",
            ),
            ("SELECT position, id FROM requests", "COVERING INDEX sqlite_autoindex_requests_1"),
            ("SELECT COUNT(*) FROM requests", "COVERING INDEX"),
        ] {
            let explain = sqlx::raw_sql(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}")));
            let plan: String = explain.fetch_one(&mut *connection).await.unwrap().get(3);
            assert!(plan.contains(index), "{query}: {plan}");
        }
    });
}

#[test]
fn what_arrives_after_a_listing_comes_after_its_newest_and_nothing_twice() {
    let (service, token) = service(3);
    // Of another state than what is listed: the place is that of all requests.
    let page = list(&service, &token, "before=end&state=closed");
    assert_eq!(numbers(&page), [0_u8; 0]);
    let newest = page["newest"].as_str().unwrap().to_owned();
    assert_eq!(numbers(&list(&service, &token, &format!("after={newest}"))), [0_u8; 0]);
    send(&service, 4);
    send(&service, 5);
    let arrived = list(&service, &token, &format!("after={newest}"));
    assert_eq!(numbers(&arrived), [4, 5]);
    let newest = arrived["newest"].as_str().unwrap();
    assert_eq!(numbers(&list(&service, &token, &format!("after={newest}"))), [0_u8; 0]);
}

#[test]
fn a_listing_says_of_each_request_if_it_is_what_was_received() {
    let (service, token) = service(3);
    wait_for(async {
        let mut other = Other::connect(&service.plan.database).await;
        let bytes = if is_postgres() { r"'\x7b7d'::bytea" } else { "x'7b7d'" };
        let damage = format!("UPDATE requests SET envelope = {bytes} WHERE position = 2");
        other.execute(&damage).await;
        // A release without digests stored it.
        other.execute("UPDATE requests SET digest = NULL WHERE position = 3").await;
    });
    let page = list(&service, &token, "limit=3");
    let intact: Vec<&Value> =
        page["requests"].as_array().unwrap().iter().map(|it| &it["intact"]).collect();
    assert_eq!(intact, [&json!(true), &json!(false), &Value::Null]);
    let id = request_id(2);
    let one = service.ask("GET", &format!("/v1/requests/{id}"), &token, "").json();
    assert_eq!(one["intact"], false);
}
