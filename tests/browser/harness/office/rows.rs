//! The list of the inbox, and the request on screen.

use serde_json::json;

use super::colleague::Colleague;
use super::words;
use crate::harness::wait::until;

impl Colleague {
    /// The titles of the rows that are shown, in their order: names, or references of what cannot be read.
    pub async fn rows(&self) -> Vec<String> {
        self.texts("ul.requests .name").await
    }

    /// The text of every element that a selector finds.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])] \
            .map((it) => it.textContent.trim())";
        let found = self.runs(script, &json!([selector])).await;
        let texts = found.as_array().expect("a list").iter();
        texts.map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Waits until the list has so many rows.
    pub async fn waits_for_rows(&self, count: usize) {
        let script = "return document.querySelectorAll('ul.requests .request').length";
        let is_so = async || (self.runs(script, &json!([])).await == json!(count)).then_some(());
        until(&format!("{count} rows"), is_so).await;
    }

    /// Waits until the rows have exactly these titles, in this order.
    pub async fn waits_for_titles(&self, titles: &[&str]) {
        until(&format!("the rows {titles:?}"), async || {
            (self.rows().await == titles).then_some(())
        })
        .await;
    }

    /// Shows the list of these words.
    pub async fn shows_list(&self, label: &str) {
        self.presses(label).await;
        let is_current = "return [...document.querySelectorAll('.lists [aria-current=page]')] \
            .some((it) => it.textContent.startsWith(arguments[0]))";
        self.waits_for_script(is_current, &json!([label])).await;
    }

    /// The number beside the list of these words.
    pub async fn count_of(&self, label: &str) -> String {
        let script = "return [...document.querySelectorAll('.lists button')] \
            .find((it) => it.textContent.startsWith(arguments[0])) \
            ?.querySelector('.count').textContent";
        self.runs(script, &json!([label])).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the number beside the list of these words is this one.
    pub async fn waits_for_count(&self, label: &str, count: usize) {
        let count = count.to_string();
        until(&format!("{count} beside “{label}”"), async || {
            (self.count_of(label).await == count).then_some(())
        })
        .await;
    }

    /// Opens the request whose row has this title, and waits until it is shown with its history.
    pub async fn opens_request(&self, title: &str) {
        let row = "const name = [...document.querySelectorAll('ul.requests .name')] \
            .find((it) => it.textContent.trim() === arguments[0]); \
            name?.closest('button').scrollIntoView({ block: 'center', behavior: 'instant' }); \
            name?.closest('button').click(); return !!name";
        self.waits_for_script(row, &json!([title])).await;
        // Not by what is shown of it: Firefox leaves marks of the direction out there.
        let heading = "return document.getElementById('request-heading')?.textContent.trim() === arguments[0]";
        self.waits_for_script(heading, &json!([title])).await;
        self.person.waits_for_focus("request-heading").await;
    }

    /// The sentence about what was done with the request on screen.
    pub async fn waits_for_work(&self, sentence: &str) {
        self.waits_for_text(".work [role=status]", sentence).await;
    }

    /// Presses a button of the request on screen, and waits until the service has said that it is done.
    pub async fn does(&self, label: &str, done: &str) {
        // Some lists have the name of a state.
        self.presses_in(".opened", label).await;
        self.waits_for_message(done).await;
    }

    /// Opens the part of the request below a summary of these words.
    pub async fn unfolds(&self, summary: &str) {
        let is_open = "return [...document.querySelectorAll('summary')] \
            .find((it) => it.textContent.trim() === arguments[0])?.parentElement.open ?? false";
        if self.runs(is_open, &json!([summary])).await != json!(true) {
            self.presses(summary).await;
            self.waits_for_script(is_open, &json!([summary])).await;
        }
    }

    /// Goes to another part of the inbox.
    pub async fn goes_to(&self, part: &str) {
        self.presses(part).await;
        let is_current = "return document.querySelector('.parts [aria-current=page]') \
            ?.textContent.trim() === arguments[0]";
        self.waits_for_script(is_current, &json!([part])).await;
    }

    /// The steps of the history of the request on screen, the latest first.
    pub async fn history(&self) -> Vec<String> {
        self.unfolds(&words().request.history).await;
        self.texts(".history li").await
    }
}
