//! Words of the glossary: where one first stands in an article, a button shows what it means.

use std::collections::HashSet;
use std::mem;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use regex::Regex;

use crate::content::glossary::{Glossary, Term};
use crate::content::words::escape;

/// One of these follows a word that the text itself explains.
const IN_PLACE: [&str; 2] = [" (", ", which means"];

/// Filled while an article is read.
pub(super) struct Terms<'a> {
    glossary: Option<&'a Glossary>,
    pattern: Option<Regex>,
    /// Ids of the terms that stand in the text.
    found: HashSet<String>,
    /// Those that need no button any more.
    explained: HashSet<String>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(glossary: Option<&'a Glossary>) -> Self {
        let pattern = glossary.and_then(Glossary::pattern);
        Self { glossary, pattern, found: HashSet::new(), explained: HashSet::new() }
    }

    pub(super) fn into_found(self) -> HashSet<String> {
        self.found
    }

    /// The same events, with a button in place of the first form of each term. What a link or a heading says stays
    /// text, and so does a word that is explained right behind it.
    pub(super) fn explain<'e>(
        &mut self,
        events: impl Iterator<Item = Event<'e>>,
    ) -> Vec<Event<'e>> {
        let mut explained = Vec::new();
        let mut depth = 0_usize;
        let mut events = events.peekable();
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::Link { .. } | Tag::Heading { .. } | Tag::Table(_)) => depth += 1,
                Event::End(TagEnd::Link | TagEnd::Heading(_) | TagEnd::Table) => {
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            }
            match event {
                // Typographic quotes cut a text into several.
                Event::Text(text) => {
                    let mut text = text.into_string();
                    while let Some(Event::Text(more)) =
                        events.next_if(|it| matches!(it, Event::Text(_)))
                    {
                        text.push_str(&more);
                    }
                    self.explain_text(&text, depth == 0, &mut explained);
                }
                event => explained.push(event),
            }
        }
        explained
    }

    fn explain_text<'e>(&mut self, text: &str, button: bool, explained: &mut Vec<Event<'e>>) {
        let (Some(glossary), Some(pattern)) = (self.glossary, &self.pattern) else {
            explained.push(Event::Text(text.to_owned().into()));
            return;
        };
        let mut plain = String::new();
        let mut end = 0;
        for found in pattern.find_iter(text) {
            let Some(term) = glossary.term(found.as_str()) else { continue };
            plain.push_str(&text[mem::replace(&mut end, found.end())..found.start()]);
            let behind = &text[found.end()..];
            let in_place = IN_PLACE.iter().any(|it| behind.starts_with(it));
            self.found.insert(term.id.clone());
            if in_place {
                self.explained.insert(term.id.clone());
            }
            if button && self.explained.insert(term.id.clone()) {
                explained.push(Event::Text(mem::take(&mut plain).into()));
                explained.push(Event::InlineHtml(self::button(term, found.as_str())));
            } else {
                plain.push_str(found.as_str());
            }
        }
        plain.push_str(&text[end..]);
        explained.push(Event::Text(plain.into()));
    }
}

/// The word as a button, and behind it what it means; see `style/article.css`.
fn button<'e>(term: &Term, form: &str) -> CowStr<'e> {
    let Term { id, meaning, .. } = term;
    let (form, meaning) = (escape(form), escape(meaning));
    format!(
        "<button type=\"button\" class=\"word\" popovertarget=\"word-{id}\">{form}</button>\
         <span class=\"meaning\" popover id=\"word-{id}\">{meaning}</span>"
    )
    .into()
}
