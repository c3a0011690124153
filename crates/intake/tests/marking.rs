//! Changing requests by token: versions, holders, tries, undo and history.

use std::thread;

use serde_json::{Value, json};

use crate::harness::clinic::{request, request_id};
use crate::harness::http::Response;
use crate::harness::service::Service;

/// A service with the request 1, the path of that, and the tokens of Ann and Ben.
struct Desk {
    service: Service,
    path: String,
    ann: String,
    ben: String,
}

impl Desk {
    fn new() -> Self {
        let service = Service::start();
        let id = request_id(1);
        let sent = service.send(&id.to_string(), &service.plan.clinic.seal(request(id)));
        assert_eq!(sent.status, 201);
        let [ann, ben] = ["Ann", "Ben"].map(|name| service.token_named(name, "list,mark", None));
        Self { service, path: format!("/v1/requests/{id}"), ann, ben }
    }

    fn mark(&self, token: &str, body: &Value) -> Response {
        self.service.ask("PATCH", &self.path, token, &body.to_string())
    }

    /// Marks it, which is done.
    fn marked(&self, token: &str, body: Value) -> [Value; 4] {
        let response = self.mark(token, &body);
        assert_eq!(response.status, 200, "{body}: {}", response.text());
        assert_version(&response);
        handling(&response.json())
    }

    /// Marks it if it has this version.
    fn mark_if(&self, token: &str, version: &str, body: &Value) -> Response {
        let headers = [("If-Match", version)];
        self.service.ask_with("PATCH", &self.path, token, &headers, &body.to_string())
    }

    fn undo(&self, token: &str, version: i64) -> Response {
        let version = format!("\"{version}\"");
        let path = format!("{}/undo", self.path);
        self.service.ask_with("POST", &path, token, &[("If-Match", &version)], "")
    }

    fn one(&self) -> Value {
        let response = self.service.ask("GET", &self.path, &self.ann, "");
        assert_eq!(response.status, 200);
        assert_version(&response);
        response.json()
    }
}

/// The state of a request, its holder, tries and version.
fn handling(request: &Value) -> [Value; 4] {
    ["state", "holder", "tries", "version"].map(|member| request[member].clone())
}

fn expected(state: &str, holder: Option<&str>, tries: u32, version: i64) -> [Value; 4] {
    [state.into(), holder.into(), tries.into(), version.into()]
}

/// The header tells the version in the body.
fn assert_version(response: &Response) {
    let tag = format!("\"{}\"", response.json()["version"]);
    assert_eq!(response.header("etag"), Some(tag.as_str()));
}

#[track_caller]
fn assert_problem(response: &Response, status: u16, kind: &str, words: &str) {
    let problem = response.json();
    assert_eq!(response.status, status, "{problem}");
    assert!(problem["type"].as_str().unwrap().ends_with(kind), "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
}

#[test]
fn of_twenty_who_claim_a_request_at_once_one_has_it() {
    let desk = Desk::new();
    let tokens: Vec<_> = (0..20)
        .map(|nth| {
            (format!("desk {nth}"), desk.service.token_named(&format!("desk {nth}"), "mark", None))
        })
        .collect();
    let responses: Vec<(&str, Response)> = thread::scope(|scope| {
        let claims = tokens.iter().map(|(name, token)| {
            let desk = &desk;
            let claim = move || desk.mark_if(token, "\"1\"", &json!({"state": "claimed"}));
            (name.as_str(), scope.spawn(claim))
        });
        let claims: Vec<_> = claims.collect();
        claims.into_iter().map(|(name, claim)| (name, claim.join().unwrap())).collect()
    });
    let (won, lost): (Vec<_>, Vec<_>) = responses.iter().partition(|(_, it)| it.status == 200);
    let [(winner, _)] = won.as_slice() else { panic!("{} claims won", won.len()) };
    for (_, response) in &lost {
        assert_problem(response, 412, "intake:changed-meanwhile", "somebody else changed it");
    }
    let one = desk.one();
    assert_eq!(handling(&one), expected("claimed", Some(winner), 0, 2));
    assert_eq!(one["history"].as_array().unwrap().len(), 1, "nothing else was tried: {one}");
}

#[test]
fn a_change_of_a_version_that_is_gone_changes_nothing() {
    let desk = Desk::new();
    assert_eq!(desk.mark_if(&desk.ann, "\"1\"", &json!({"state": "reached"})).status, 200);
    for version in ["\"1\"", "\"3\"", "\"999999999999999999\""] {
        let refused = desk.mark_if(&desk.ben, version, &json!({"state": "booked"}));
        assert_problem(&refused, 412, "intake:changed-meanwhile", "Get it, and decide anew");
        // To what it is already, too: who asks has seen something else.
        let refused = desk.mark_if(&desk.ben, version, &json!({"state": "reached"}));
        assert_eq!(refused.status, 412, "{version}");
        let refused = desk.mark_if(&desk.ben, version, &json!({"state": "booked", "holder": "x"}));
        assert_eq!(refused.status, 412, "{version}");
    }
    let one = desk.one();
    assert_eq!(handling(&one), expected("reached", Some("Ann"), 0, 2));
    assert_eq!(desk.mark_if(&desk.ben, "\"2\"", &json!({"state": "booked"})).status, 200);
}

#[test]
fn what_is_no_version_is_a_problem() {
    let desk = Desk::new();
    let not =
        ["1", "*", "W/\"1\"", "\"1\", \"2\"", "\"\"", "\"01\"", "\"+1\"", "\"0\"", "\"x\"", ""];
    for version in not {
        let refused = desk.mark_if(&desk.ann, version, &json!({"state": "booked"}));
        assert_problem(&refused, 400, "about:blank", "Send If-Match once");
        let path = format!("{}/undo", desk.path);
        let headers = [("If-Match", version)];
        assert_eq!(desk.service.ask_with("POST", &path, &desk.ann, &headers, "").status, 400);
    }
    let twice = [("If-Match", "\"1\""), ("If-Match", "\"1\"")];
    let body = r#"{"state":"booked"}"#;
    assert_eq!(desk.service.ask_with("PATCH", &desk.path, &desk.ann, &twice, body).status, 400);
    assert_eq!(handling(&desk.one()), expected("new", None, 0, 1));
}

#[test]
fn whoever_takes_a_request_up_has_it() {
    let desk = Desk::new();
    let (ann, ben) = (Some("Ann"), Some("Ben"));
    for (token, body, now) in [
        (&desk.ann, json!({"state": "claimed"}), expected("claimed", ann, 0, 2)),
        // The same again is no change; a claim of somebody else is one.
        (&desk.ann, json!({"state": "claimed"}), expected("claimed", ann, 0, 2)),
        (&desk.ben, json!({"state": "claimed"}), expected("claimed", ben, 0, 3)),
        // Each try counts, whoever it is of.
        (&desk.ben, json!({"state": "tried"}), expected("tried", ben, 1, 4)),
        (&desk.ann, json!({"state": "tried"}), expected("tried", ben, 2, 5)),
        (&desk.ann, json!({"state": "reached"}), expected("reached", ben, 2, 6)),
        // Handed over, and back.
        (&desk.ben, json!({"state": "reached", "holder": "Ann"}), expected("reached", ann, 2, 7)),
        (&desk.ben, json!({"state": "booked"}), expected("booked", ann, 2, 8)),
        (&desk.ben, json!({"state": "booked"}), expected("booked", ann, 2, 8)),
        // Anew.
        (&desk.ben, json!({"state": "new"}), expected("new", None, 0, 9)),
        (&desk.ann, json!({"state": "new"}), expected("new", None, 0, 9)),
        (&desk.ann, json!({"state": "junk"}), expected("junk", ann, 0, 10)),
    ] {
        assert_eq!(desk.marked(token, body.clone()), now, "{body}");
    }
    let one = desk.one();
    let history: Vec<_> = one["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| ["by", "state", "holder", "tries"].map(|member| it[member].clone()))
        .collect();
    let line = |by: &str, state: &str, holder: Option<&str>, tries: u32| -> [Value; 4] {
        [by.into(), state.into(), holder.into(), tries.into()]
    };
    let all = [
        line("Ann", "claimed", ann, 0),
        line("Ben", "claimed", ben, 0),
        line("Ben", "tried", ben, 1),
        line("Ann", "tried", ben, 2),
        line("Ann", "reached", ben, 2),
        line("Ben", "reached", ann, 2),
        line("Ben", "booked", ann, 2),
        line("Ben", "new", None, 0),
        line("Ann", "junk", ann, 0),
    ];
    assert_eq!(history, all);
    assert_eq!(one["history"][8]["at"], one["changed_at"]);
}

#[test]
fn only_a_token_that_can_mark_can_have_a_request() {
    let desk = Desk::new();
    desk.service.token_named("software", "list", None);
    desk.service.token_named("Cleo", "list,mark", Some("2020-01-31"));
    desk.service.token_named("owner", "admin", Some("2999-12-31"));
    for holder in ["nobody", "software", "Cleo", "", "ann"] {
        let refused = desk.mark(&desk.ann, &json!({"state": "claimed", "holder": holder}));
        assert_problem(&refused, 422, "intake:unknown-holder", "has not expired");
    }
    let null = desk.mark(&desk.ann, &json!({"state": "claimed", "holder": null}));
    assert_problem(&null, 400, "about:blank", "the name of a token");
    assert_eq!(handling(&desk.one()), expected("new", None, 0, 1));
    let marked = desk.marked(&desk.ann, json!({"state": "claimed", "holder": "owner"}));
    assert_eq!(marked, expected("claimed", Some("owner"), 0, 2));
}

#[test]
fn an_undone_change_comes_back_when_that_is_undone() {
    let desk = Desk::new();
    let nothing = desk.undo(&desk.ann, 1);
    assert_problem(&nothing, 409, "intake:nothing-to-undo", "never changed");
    desk.marked(&desk.ann, json!({"state": "tried"}));
    desk.marked(&desk.ann, json!({"state": "tried"}));
    desk.marked(&desk.ben, json!({"state": "new"}));
    let path = format!("{}/undo", desk.path);
    let refused = desk.service.ask("POST", &path, &desk.ann, "");
    assert_problem(&refused, 428, "about:blank", "If-Match");
    for gone in [1, 3, 5] {
        assert_problem(&desk.undo(&desk.ben, gone), 412, "intake:changed-meanwhile", "another");
    }
    for (version, token, now) in [
        (4, &desk.ben, expected("tried", Some("Ann"), 2, 5)),
        (5, &desk.ann, expected("new", None, 0, 6)),
        (6, &desk.ben, expected("tried", Some("Ann"), 2, 7)),
    ] {
        let undone = desk.undo(token, version);
        assert_eq!(undone.status, 200, "{}", undone.text());
        assert_version(&undone);
        assert_eq!(handling(&undone.json()), now);
        assert_eq!(handling(&desk.one()), now);
    }
    assert_eq!(desk.one()["history"].as_array().unwrap().len(), 6);
}

/// Whoever is gone cannot be chosen, but what was is not lost.
#[test]
fn undoing_brings_a_holder_back_whose_token_was_revoked() {
    let desk = Desk::new();
    desk.marked(&desk.ann, json!({"state": "claimed"}));
    desk.marked(&desk.ben, json!({"state": "claimed"}));
    let database = crate::harness::database::word(&desk.service.plan.database);
    let revoked = ["token", "revoke", "Ann", "--database", &database];
    assert!(crate::harness::program::run(revoked).status.success());
    let undone = desk.undo(&desk.ben, 3).json();
    assert_eq!(handling(&undone), expected("claimed", Some("Ann"), 0, 4));
}

#[test]
fn there_is_nothing_to_get_or_undo_of_a_request_that_is_not_stored() {
    let desk = Desk::new();
    for id in [request_id(2).to_string(), "1".to_owned(), "%00".to_owned()] {
        let path = format!("/v1/requests/{id}");
        assert_eq!(desk.service.ask("GET", &path, &desk.ann, "").status, 404, "{id}");
        let headers = [("If-Match", "\"1\"")];
        let undo = format!("{path}/undo");
        let refused = desk.service.ask_with("POST", &undo, &desk.ann, &headers, "");
        assert_problem(&refused, 404, "about:blank", "No request of this id");
    }
}

#[test]
fn one_request_is_told_as_it_is_listed() {
    let desk = Desk::new();
    desk.marked(&desk.ann, json!({"state": "reached"}));
    let mut one = desk.one();
    let listed = desk.service.ask("GET", "/v1/requests", &desk.ann, "").json();
    let members = one.as_object_mut().unwrap();
    assert_eq!(members.remove("sealed_notes"), Some(json!([])));
    assert_eq!(members.remove("history").unwrap().as_array().unwrap().len(), 1);
    assert_eq!(one, listed["requests"][0]);
}

#[test]
fn the_command_line_takes_nobodys_request_away() {
    let desk = Desk::new();
    let database = crate::harness::database::word(&desk.service.plan.database);
    let mark = |state: &str| {
        let id = request_id(1).to_string();
        let done = crate::harness::program::run(["mark", "--database", &database, state, &id]);
        assert!(done.status.success(), "{done:?}");
        handling(&desk.one())
    };
    assert_eq!(mark("claimed"), expected("claimed", None, 0, 2));
    assert_eq!(mark("tried"), expected("tried", None, 1, 3));
    desk.marked(&desk.ann, json!({"state": "claimed"}));
    assert_eq!(mark("declined"), expected("declined", Some("Ann"), 1, 5));
    assert_eq!(mark("new"), expected("new", None, 0, 6));
    let by = desk.one()["history"][0]["by"].as_str().unwrap().to_owned();
    assert!(by.starts_with("the command line ("), "{by}");
}
