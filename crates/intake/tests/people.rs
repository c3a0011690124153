//! Who calls, and tokens made and revoked from the inbox.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::harness::service::Service;

fn day(from_today: i64) -> String {
    (OffsetDateTime::now_utc().date() + Duration::days(from_today)).to_string()
}

fn make(service: &Service, token: &str, body: &Value) -> (u16, Value) {
    let response = service.ask("POST", "/v1/tokens", token, &body.to_string());
    (response.status, response.json())
}

#[test]
fn a_session_names_the_caller_and_all_who_can_have_a_request() {
    let service = Service::start();
    let caller = service.token_named("Ben", "list,mark", Some(&day(7)));
    service.token_named("admin", "admin", None);
    service.token_named("Ann", "mark", Some(&day(0)));
    service.token_named("gone", "mark", Some(&day(-1)));
    let reader = service.token_named("reader", "list,delete", None);
    let session = |token: &str| service.ask("GET", "/v1/session", token, "");
    let told = session(&caller).json();
    let now = told["now"].as_str().unwrap();
    assert!(now.ends_with('Z') && now.len() == "2026-11-23T09:30:00Z".len(), "{now}");
    let expected = json!({
        "name": "Ben",
        "scopes": ["list", "mark"],
        "expires": day(7),
        "colleagues": ["Ann", "Ben", "admin"],
        "now": now,
    });
    assert_eq!(told, expected);
    let told = session(&reader).json();
    assert_eq!((&told["scopes"], &told["expires"]), (&json!(["list", "delete"]), &Value::Null));
    assert_eq!(told["colleagues"], expected["colleagues"]);
    assert_eq!(session("unknown").status, 401);
}

#[test]
fn a_token_is_made_used_listed_and_revoked() {
    let service = Service::start();
    let admin = service.token_named("head", "admin", None);
    let body = json!({"name": " front desk ", "scopes": ["mark", "list"], "expires": day(30)});
    let (status, made) = make(&service, &admin, &body);
    assert_eq!(status, 201, "{made}");
    let token = made["token"].as_str().unwrap().to_owned();
    assert!(token.starts_with("intake_") && token.len() == "intake_".len() + 43);
    let mut listed = json!({
        "name": "front desk",
        "scopes": ["list", "mark"],
        "created_at": made["created_at"],
        "expires": day(30),
        "expired": false,
        "used_at": null,
        "token": token,
    });
    assert_eq!(made, listed);
    assert_eq!(make(&service, &admin, &body).0, 409, "the name is taken");

    let list = || service.ask("GET", "/v1/tokens", &admin, "");
    listed.as_object_mut().unwrap().remove("token");
    assert_eq!(list().json()["tokens"][0], listed);
    assert!(!list().text().contains(&token));
    assert_eq!(service.ask("GET", "/v1/requests", &token, "").status, 200);
    assert_ne!(list().json()["tokens"][0]["used_at"], Value::Null);

    let revoke = |name: &str| service.ask("DELETE", &format!("/v1/tokens/{name}"), &admin, "");
    let revoked = revoke("front%20desk");
    assert_eq!((revoked.status, revoked.text()), (204, ""));
    assert_eq!(service.ask("GET", "/v1/requests", &token, "").status, 401);
    let again = revoke("front%20desk");
    assert_eq!(again.status, 404);
    assert!(again.text().contains("GET /v1/tokens"), "{}", again.text());
    for name in ["%ff", "x", "a%2Fb"] {
        assert_eq!(revoke(name).status, 404, "{name}");
    }

    let audit = service.ask("GET", "/v1/audit", &admin, "").json();
    let lines: Vec<String> = audit["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["actor"] == "token head")
        .map(|line| [&line["action"], &line["subject"], &line["detail"]].map(text).join("|"))
        .collect();
    let made = format!("token made|front desk|list,mark, until {}", day(30));
    assert_eq!(lines, [made, "token revoked|front desk|".to_owned()]);
    assert!(!audit.to_string().contains(&token));
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[test]
fn nobody_locks_themselves_out() {
    let service = Service::start();
    let admin = service.token_named("Dr. A/B", "admin", None);
    let refused = service.ask("DELETE", "/v1/tokens/Dr.%20A%2FB", &admin, "");
    assert_eq!(refused.status, 409);
    assert_eq!(refused.json()["type"], "urn:problem-type:intake:own-token");
    assert_eq!(service.ask("GET", "/v1/tokens", &admin, "").status, 200);
    let other = service.token_named("other", "admin", None);
    assert_eq!(service.ask("DELETE", "/v1/tokens/Dr.%20A%2FB", &other, "").status, 204);
}

#[test]
fn what_makes_no_token_is_told_what_to_send() {
    let service = Service::start();
    let admin = service.token();
    let good = json!({"name": "desk", "scopes": ["list"], "expires": null});
    let with = |member: &str, value: Value| {
        let mut body = good.clone();
        body[member] = value;
        body
    };
    let mut without_expires = good.clone();
    without_expires.as_object_mut().unwrap().remove("expires");
    for (body, advice) in [
        (with("name", json!("")), "name must be one line"),
        (with("name", json!("two\nlines")), "name must be one line"),
        (with("name", json!("..")), "name must be one line"),
        (with("name", json!("Ann\u{202e}nnA")), "name must be one line"),
        (with("name", json!("a".repeat(101))), "at most 100 characters"),
        (with("name", json!(1)), "exactly the members"),
        (with("scopes", json!([])), "list, mark, delete and admin"),
        (with("scopes", json!(["read"])), "list, mark, delete and admin"),
        (with("scopes", json!("list")), "exactly the members"),
        (with("expires", json!(day(-1))), "a day that is not past"),
        (with("expires", json!("2027-02-30")), "YYYY-MM-DD, or null"),
        (with("expires", json!("never")), "YYYY-MM-DD, or null"),
        (with("by", json!("me")), "exactly the members"),
        // A token for ever is nobody's slip.
        (without_expires, "null for a token that never expires"),
        (json!([]), "exactly the members"),
    ] {
        let (status, problem) = make(&service, &admin, &body);
        let detail = problem["detail"].as_str().unwrap();
        assert!(status == 400 && detail.contains(advice), "{body}: {problem}");
    }
    assert_eq!(service.ask("POST", "/v1/tokens", &admin, "").status, 415);
    let long = format!("{good}{}", " ".repeat(2_000));
    let response = service.ask("POST", "/v1/tokens", &admin, &long);
    assert!(
        response.status == 413 && response.text().contains("1024 bytes"),
        "{}",
        response.text()
    );
    let tokens = service.ask("GET", "/v1/tokens", &admin, "").json();
    assert_eq!(tokens["tokens"].as_array().unwrap().len(), 1, "none was made");
    assert_eq!(make(&service, &admin, &with("expires", json!(day(0)))).0, 201, "its last day");
}

#[test]
fn only_an_admin_sees_makes_or_revokes_tokens() {
    let service = Service::start();
    let other = service.token_for("list,mark,delete", None);
    let body = json!({"name": "desk", "scopes": ["admin"], "expires": null}).to_string();
    for (method, path, body) in [
        ("GET", "/v1/tokens", ""),
        ("POST", "/v1/tokens", body.as_str()),
        ("DELETE", "/v1/tokens/desk", ""),
    ] {
        assert_eq!(service.ask(method, path, &other, body).status, 403, "{method}");
        assert_eq!(service.ask(method, path, "unknown", body).status, 401, "{method}");
    }
}
