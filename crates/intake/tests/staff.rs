//! The staff's routes and tokens.

use guide_core::request::reference::Reference;
use serde_json::{Value, json};

use crate::harness::clinic::{request, request_id};
use crate::harness::service::Service;

/// A service with a number of requests.
fn service(requests: u8) -> (Service, String) {
    let service = Service::start();
    for nth in 1..=requests {
        let id = request_id(nth);
        let response = service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
        assert_eq!(response.status, 201);
    }
    let token = service.token();
    (service, token)
}

fn ids(listed: &Value) -> Vec<String> {
    let requests = listed["requests"].as_array().unwrap().iter();
    requests.map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

fn expected(numbers: impl IntoIterator<Item = u8>) -> Vec<String> {
    numbers.into_iter().map(|nth| request_id(nth).to_string()).collect()
}

#[test]
fn requests_are_listed_sealed_page_by_page() {
    let (service, token) = service(5);
    let all = service.ask("GET", "/v1/requests", &token, "").json();
    assert_eq!(ids(&all), expected(1..=5));
    let first = &all["requests"][0];
    assert_eq!(first["reference"], Reference::of(&request_id(1)).to_string());
    assert_eq!(first["state"], "new");
    assert_eq!(first["changed_at"], first["received_at"]);
    assert_eq!(first.as_object().unwrap().len(), 12, "{first}");
    let envelope = first["envelope"].as_str().unwrap();
    let keys = [service.plan.clinic.private()];
    let opened = intake::open::open(envelope.as_bytes(), &[], Some(request_id(1)), &keys).unwrap();
    assert_eq!(opened.patient.name, "Ann Example");

    let mut path = "/v1/requests?limit=2".to_owned();
    let mut seen = Vec::new();
    let mut next;
    loop {
        let page = service.ask("GET", &path, &token, "").json();
        next = page["next"].as_str().unwrap().to_owned();
        if ids(&page).is_empty() {
            break;
        }
        seen.extend(ids(&page));
        path = format!("/v1/requests?limit=2&after={next}");
    }
    assert_eq!(seen, expected(1..=5));
    // Later arrivals are found from there.
    let id = request_id(6);
    service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    let more = service.ask("GET", &format!("/v1/requests?after={next}"), &token, "").json();
    assert_eq!(ids(&more), expected([6]));
}

#[test]
fn a_part_of_the_list_that_cannot_be_is_a_problem() {
    let (service, token) = service(0);
    for query in ["limit=0", "limit=201", "limit=x", "after=-1", "after=x", "first=3"] {
        let response = service.ask("GET", &format!("/v1/requests?{query}"), &token, "");
        assert_eq!(response.status, 400, "{query}");
        assert!(response.json()["detail"].as_str().unwrap().contains("1 to 200"), "{query}");
    }
}

#[test]
fn a_cursor_of_another_listing_is_told_so() {
    let (service, token) = service(1);
    let list = |query: &str| service.ask("GET", &format!("/v1/requests{query}"), &token, "");
    let next = list("").json()["next"].as_str().unwrap().to_owned();
    let known = list(&format!("?after={next}")).json();
    let (epoch, position) = next.split_once('.').unwrap();
    let end = json!({"requests": [], "next": next, "more": false, "epoch": epoch, "newest": next, "change": 0});
    assert_eq!(known, end, "the end is asked for again");
    let other = format!("{}.{position}", "0".repeat(epoch.len()));
    // The second is how the first release wrote a cursor.
    for cursor in [other.as_str(), "0", "7"] {
        let told = list(&format!("?after={cursor}"));
        assert_eq!(told.status, 410, "{cursor}");
        let problem = told.json();
        assert_eq!(problem["type"], "urn:problem-type:intake:another-listing");
        assert!(problem["detail"].as_str().unwrap().contains("without after"), "{problem}");
    }
    for cursor in [format!("{epoch}."), format!("{epoch}.-1"), format!("x.{position}")] {
        assert_eq!(list(&format!("?after={cursor}")).status, 400, "{cursor}");
    }
}

#[test]
fn an_empty_list_has_a_cursor_too() {
    let (service, token) = service(0);
    let listed = service.ask("GET", "/v1/requests", &token, "").json();
    assert_eq!(ids(&listed), expected([]));
    let next = listed["next"].as_str().unwrap();
    let id = request_id(1);
    service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
    let listed = service.ask("GET", &format!("/v1/requests?after={next}"), &token, "").json();
    assert_eq!(ids(&listed), expected([1]));
}

#[test]
fn a_request_is_reached_then_closed_then_deleted() {
    let (service, token) = service(2);
    let path = format!("/v1/requests/{}", request_id(1));
    for state in ["reached", "closed", "new", "closed"] {
        let body = json!({"state": state}).to_string();
        let response = service.ask("PATCH", &path, &token, &body);
        let changed = response.json();
        assert_eq!((response.status, changed["state"].as_str()), (200, Some(state)));
        assert_eq!(changed.as_object().unwrap().len(), 9, "no envelope: {changed}");
        let listed = service.ask("GET", "/v1/requests", &token, "").json();
        assert_eq!(listed["requests"][0]["state"], state);
        assert_eq!(listed["requests"][1]["state"], "new");
    }
    let deleted = service.ask("DELETE", &path, &token, "");
    assert_eq!((deleted.status, deleted.text()), (204, ""));
    for (method, body) in [("DELETE", ""), ("PATCH", r#"{"state":"new"}"#)] {
        let response = service.ask(method, &path, &token, body);
        assert_eq!(response.status, 404, "{method}");
        assert_eq!(response.json()["detail"], "No request of this id is stored.");
    }
    let listed = service.ask("GET", "/v1/requests", &token, "").json();
    assert_eq!(ids(&listed), expected([2]));
}

#[test]
fn what_is_no_change_is_a_problem_and_changes_nothing() {
    let (service, token) = service(1);
    let path = format!("/v1/requests/{}", request_id(1));
    for body in ["{", r#"{"state":"lost"}"#, "{}", r#"{"state":"closed","by":"me"}"#, "[]"] {
        assert_eq!(service.ask("PATCH", &path, &token, body).status, 400, "{body}");
    }
    assert_eq!(service.ask("PATCH", &path, &token, "").status, 415);
    let long = format!(r#"{{"state":"closed"{}}}"#, " ".repeat(2_000));
    assert_eq!(service.ask("PATCH", &path, &token, &long).status, 413);
    for id in ["1", "x", "%00", "../requests", "00000000-0000-4000-8000-00000000000"] {
        let path = format!("/v1/requests/{id}");
        assert_eq!(service.ask("DELETE", &path, &token, "").status, 404, "{id}");
    }
    let listed = service.ask("GET", "/v1/requests", &token, "").json();
    assert_eq!(listed["requests"][0]["state"], "new");
}
