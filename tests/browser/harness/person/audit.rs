//! Accessibility: the findings of axe-core, and the accessibility tree.

use std::fs;

use serde_json::{Value, json};

use super::Person;
use crate::harness::clinic::tools;

impl Person {
    /// Returns the findings of axe-core on the visible page in each of these themes; an empty name
    /// leaves the theme as it is.
    async fn finds_barriers(&self, themes: &[&str], within: &str) -> Vec<String> {
        if self.runs("return !window.axe").await == json!(true) {
            let axe = tools().join("node_modules/axe-core/axe.min.js");
            self.runs(&fs::read_to_string(axe).expect("`make test` installs axe-core")).await;
        }
        let found =
            self.calls(include_str!("../../scripts/audit.js"), &json!([themes, within])).await;
        let texts = found.as_array().expect("a list of findings").iter();
        texts.map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Asserts that axe-core finds nothing on the screen that is shown.
    pub async fn meets_no_barrier(&self, screen: &str) {
        let found = self.finds_barriers(&[""], "html").await;
        assert!(found.is_empty(), "{screen}: {found:#?}");
    }

    /// Asserts that axe-core finds nothing in a part of the page, in every theme.
    pub async fn meets_no_barrier_in_any_theme(&self, screen: &str, within: &str) {
        let found = self.finds_barriers(&["light", "dark", "calm"], within).await;
        assert!(found.is_empty(), "{screen}: {found:#?}");
    }

    /// Returns the accessibility tree of an element, a line for each node: role, name in quotes,
    /// states, and description in parentheses.
    pub async fn hears(&self, selector: &str) -> Vec<String> {
        let engine = &self.engine;
        let document = engine.devtools("DOM.getDocument", json!({ "depth": 0 })).await;
        let of = json!({ "nodeId": document["root"]["nodeId"], "selector": selector });
        let node = engine.devtools("DOM.querySelector", of).await;
        let node = engine.devtools("DOM.describeNode", json!({ "nodeId": node["nodeId"] })).await;
        let tree = engine.devtools("Accessibility.getFullAXTree", json!({})).await;
        let all = tree["nodes"].as_array().expect("nodes");
        let begin = all
            .iter()
            .find(|it| it["backendDOMNodeId"] == node["node"]["backendNodeId"])
            .expect("it is in the accessibility tree");
        let mut lines = Vec::new();
        let mut open = vec![begin];
        while let Some(here) = open.pop() {
            lines.extend(heard(here));
            let children = here["childIds"].as_array().into_iter().flatten().rev();
            open.extend(children.filter_map(|id| all.iter().find(|it| it["nodeId"] == *id)));
        }
        lines
    }
}

/// Formats a node of the accessibility tree; `None` for one that only groups or repeats others.
fn heard(node: &Value) -> Option<String> {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let silent = ["StaticText", "InlineTextBox", "generic", "none", "paragraph", "LabelText"];
    if node["ignored"] == json!(true) || silent.contains(&role) {
        return None;
    }
    let mut line = role.to_owned();
    if let Some(name) = node["name"]["value"].as_str().filter(|it| !it.is_empty()) {
        line += &format!(" \"{name}\"");
    }
    for property in node["properties"].as_array().into_iter().flatten() {
        let value = &property["value"]["value"];
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let name = property["name"].as_str().unwrap_or_default();
        let told = match name {
            "checked" | "expanded" => true,
            "invalid" | "busy" | "live" | "level" => value != "false",
            _ => false,
        };
        if told {
            line += &format!(" {name}={value}");
        }
    }
    if let Some(value) = node["value"]["value"].as_str().filter(|it| !it.is_empty()) {
        line += &format!(" value={value}");
    }
    if let Some(words) = node["description"]["value"].as_str().filter(|it| !it.is_empty()) {
        line += &format!(" ({words})");
    }
    Some(line)
}
