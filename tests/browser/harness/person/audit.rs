//! Accessibility: the findings of axe-core and of IBM's accessibility checker, and the accessibility tree.

use std::fs;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::Person;
use crate::harness::clinic::tools;
use crate::harness::engine::Engine;

/// Runs axe-core.
const AXE: &str = include_str!("../../scripts/audit.js");

/// Screens that [`Person::meets_no_barrier_the_first_time`] was asked about.
static LOOKED_AT: Mutex<Vec<(Engine, String)>> = Mutex::new(Vec::new());

impl Person {
    /// Returns the findings of axe-core on the visible page in each of these themes, and those of IBM's accessibility
    /// checker; an empty name leaves the theme as it is.
    pub async fn finds_barriers(&self, themes: &[&str], within: &str) -> Vec<String> {
        let mut found = self.finds_barriers_by_axe(themes, within).await;
        // It reads the page and its styles, which are the same in every engine, and takes a second: once is enough.
        if self.engine.kind == Engine::Chromium {
            self.has_tool("ace", "accessibility-checker-engine/ace.js").await;
            found.extend(
                self.lists(include_str!("../../scripts/second_audit.js"), &json!([within])).await,
            );
        }
        found
    }

    /// Returns the findings of axe-core alone.
    pub async fn finds_barriers_by_axe(&self, themes: &[&str], within: &str) -> Vec<String> {
        self.has_tool("axe", "axe-core/axe.min.js").await;
        // Colors are the same in every engine. `has_contrast` looks at them in each.
        let asked = match self.engine.kind {
            Engine::Chromium => json!([themes, within, "everything"]),
            Engine::Firefox | Engine::WebKit => json!([themes[..1], within, "all but colors"]),
        };
        self.lists(AXE, &asked).await
    }

    /// Has a tool in the page that npm installed, as the global variable of this name.
    async fn has_tool(&self, name: &str, file: &str) {
        if self.runs(&format!("return !window.{name}")).await == json!(true) {
            let script = fs::read_to_string(tools().join("node_modules").join(file));
            let script = script.unwrap_or_else(|_| panic!("`make test` installs {file}"));
            self.runs(&format!("{script}; window.{name} = {name}")).await;
        }
    }

    /// Returns the lines of a function that lists what it finds.
    async fn lists(&self, function: &str, arguments: &Value) -> Vec<String> {
        let found = self.calls(function, arguments).await;
        serde_json::from_value(found).expect("a list of findings")
    }

    /// Asserts that neither finds anything on the screen that is shown, in a part of the page: looking at all of the
    /// guide takes as long as a whole journey.
    pub async fn meets_no_barrier(&self, screen: &str, within: &str) {
        let found = self.finds_barriers(&[""], within).await;
        assert!(found.is_empty(), "{screen}: {found:#?}");
    }

    /// Asserts that neither finds anything in a part of the page, in every theme.
    pub async fn meets_no_barrier_in_any_theme(&self, screen: &str, within: &str) {
        let found = self.finds_barriers(&["light", "dark", "calm"], within).await;
        assert!(found.is_empty(), "{screen}: {found:#?}");
    }

    /// Asserts that every text of the screen that is shown can be told from its background, in the theme as it is.
    pub async fn has_contrast(&self, screen: &str) {
        self.has_tool("axe", "axe-core/axe.min.js").await;
        let found = self.lists(AXE, &json!([[""], "html", "colors"])).await;
        assert!(found.is_empty(), "{screen}: {found:#?}");
    }

    /// Asserts the same once in each engine, for a screen that many journeys come to.
    pub async fn meets_no_barrier_the_first_time(&self, screen: &str, within: &str) {
        let this = (self.engine.kind, screen.to_owned());
        let is_new = {
            let mut looked_at = LOOKED_AT.lock().expect("nothing panics while it is locked");
            let is_new = !looked_at.contains(&this);
            looked_at.push(this);
            is_new
        };
        if is_new {
            self.meets_no_barrier_in_any_theme(screen, within).await;
        }
    }

    /// Returns the accessibility tree of an element, a line for each node: role, name in quotes,
    /// states, and description in parentheses.
    pub async fn hears(&self, selector: &str) -> Vec<String> {
        let nodes = self.accessibility_tree(selector).await;
        nodes.iter().filter_map(heard).collect()
    }

    /// Returns the same with every text between, but for one that is the name of what it stands in.
    pub async fn hears_every_word(&self, selector: &str) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for node in self.accessibility_tree(selector).await {
            let text = node["name"]["value"].as_str().unwrap_or_default();
            if node["role"]["value"] != json!("StaticText") {
                lines.extend(heard(&node));
            } else if !lines.last().is_some_and(|line| line.contains(&format!("\"{text}\""))) {
                lines.push(text.to_owned());
            }
        }
        lines
    }

    /// Returns the nodes of the accessibility tree of an element, in their order.
    async fn accessibility_tree(&self, selector: &str) -> Vec<Value> {
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
        let mut nodes = Vec::new();
        let mut open = vec![begin];
        while let Some(here) = open.pop() {
            nodes.push(here.clone());
            let children = here["childIds"].as_array().into_iter().flatten().rev();
            open.extend(children.filter_map(|id| all.iter().find(|it| it["nodeId"] == *id)));
        }
        nodes
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
