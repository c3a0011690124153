//! The appointment request: filled in, checked, and sent over a line.

use serde_json::{Value, json};

use super::answers::answer_all_at_once;
use super::clinic::Clinic;
use super::engine::{Engine, Without};
use super::line::{Fate, Line};
use super::person::Person;
use super::wait::until;

/// The part of the page where an appointment is requested.
pub const REQUEST: &str = "#appointment-request";

/// Fills in what is needed.
pub async fn fill_in(person: &Person) {
    person.tabs_to("#request-name").await;
    person.types("Ada Test").await;
    person.tabs_to("#request-email").await;
    person.types("ada@example.com").await;
    person.picks("contact-by", "email").await;
    person.chooses("#request-consent").await;
}

/// Finishes the self-assessment, fills in the request with its result, and goes on to "Check your request".
pub async fn reviews_with_result(person: &Person, address: &str) {
    person.opens(address).await;
    person.waits_for_program().await;
    answer_all_at_once(person).await;
    person.follows("[data-action=finish]").await;
    person.waits_for_focus("assessment-outcome-worth-asking-heading").await;
    fill_in(person).await;
    person.chooses("#request-include-assessment").await;
    person.follows("#request-form button[type=submit]").await;
    person.waits_for_focus("request-check-heading").await;
    assert_eq!(person.sees("#request-row-include-assessment-value").await, "Yes");
}

/// A patient in front of "Check your request", and the line to the clinic.
pub struct Case {
    pub clinic: Clinic,
    pub line: Line,
    pub person: Person,
}

impl Case {
    /// Fills in the request.
    pub async fn ready(engine: Engine, without: Without) -> Self {
        Self::ready_after(engine, without, "() => {}", &json!([])).await
    }

    /// Fills in the request, in a browser that calls this function first in every page.
    pub async fn ready_after(
        engine: Engine,
        without: Without,
        function: &str,
        arguments: &Value,
    ) -> Self {
        let clinic = Clinic::open().await;
        let line = Line::to(clinic.port()).await;
        line.calls_first(function, arguments);
        let person = Person::arrives_without(engine, without).await;
        let case = Self { clinic, line, person };
        case.opens().await;
        case.fills_in().await;
        case
    }

    /// Opens the form.
    pub async fn opens(&self) {
        self.person.opens(&self.line.address("/#appointment-request")).await;
        self.person.waits_for_program().await;
    }

    /// Comes back another time and fills the form in once more.
    pub async fn visits_again(&self) {
        self.person.reloads().await;
        self.person.waits_for_program().await;
        self.fills_in().await;
    }

    /// Fills in the request, and goes on to "Check your request".
    pub async fn fills_in(&self) {
        fill_in(&self.person).await;
        self.person.follows("#request-form button[type=submit]").await;
        self.person.waits_for_focus("request-check-heading").await;
    }

    /// Presses Send.
    pub async fn sends(&self) {
        self.person.follows("#request-send").await;
    }

    /// Waits until the page says that the request is pending, and why.
    pub async fn waits_to_be_told(&self, why: &str) {
        self.person.waits_for_focus("request-pending-heading").await;
        let screen = format!("a request that waits: {why}");
        self.person.meets_no_barrier_the_first_time(&screen, REQUEST).await;
        let said = self.person.sees("#request-pending").await;
        assert!(said.contains(why), "{said}");
    }

    /// Sends it in vain, and finds it waiting in another tab.
    pub async fn waits_in_two_tabs(&self, fate: Fate) {
        self.line.always(fate);
        self.sends().await;
        self.waits_to_be_told("cannot take requests at the moment").await;
        self.finds_it_in_another_tab().await;
    }

    /// Finds it waiting in another tab.
    pub async fn finds_it_in_another_tab(&self) {
        self.person.opens_a_tab().await;
        self.opens().await;
        self.person.waits_to_see("#request-pending").await;
    }

    /// Returns how many requests the browser keeps.
    pub async fn kept(&self) -> u64 {
        let count =
            self.person.calls(include_str!("../scripts/stored_requests.js"), &json!([])).await;
        count.as_u64().expect("a count")
    }

    /// Waits until the browser keeps none.
    pub async fn nothing_is_kept(&self) {
        until("the outbox to be empty", async || (self.kept().await == 0).then_some(())).await;
    }
}
