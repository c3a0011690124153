//! `glossary.toml`: words of the guide that are explained where they first stand in an article.

use std::collections::{HashMap, HashSet};

use guide_core::source::{Check, Path, Problem, check_ids};
use regex::Regex;
use serde::Deserialize;

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Glossary {
    /// By the alphabet.
    pub terms: Vec<Term>,
}

/// `[[terms]]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Term {
    /// Names it in addresses.
    pub id: String,
    /// The word.
    pub term: String,
    /// Other forms of it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Its meaning, in a sentence.
    pub meaning: String,
}

impl Glossary {
    /// Finds a term, or another form of it, as a whole word. `None` where there is no term.
    pub fn pattern(&self) -> Option<Regex> {
        let forms = self.terms.iter().flat_map(Term::forms).map(regex::escape);
        // Of two forms that begin alike, the longer one.
        let mut forms: Vec<String> = forms.collect();
        forms.sort_by_key(|it| std::cmp::Reverse(it.len()));
        if forms.is_empty() {
            return None;
        }
        Regex::new(&format!(r"(?i)\b(?:{})\b", forms.join("|"))).ok()
    }

    /// The term of which this is a form.
    pub fn term(&self, form: &str) -> Option<&Term> {
        let form = form.to_lowercase();
        self.terms.iter().find(|term| term.forms().any(|it| it.to_lowercase() == form))
    }

    /// Terms that are in none of the texts.
    pub fn unused(&self, used: &HashSet<String>) -> Vec<Problem> {
        let list = Path::default().key("terms");
        let unused = self.terms.iter().enumerate().filter(|(_, term)| !used.contains(&term.id));
        let problem = |(index, term): (usize, &Term)| Problem {
            path: list.index(index).key("term"),
            reason: format!(
                "\"{}\" is in none of the articles and pages; remove it, or write the form that is there into also",
                term.term
            ),
        };
        unused.map(problem).collect()
    }
}

impl Term {
    fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.term).chain(self.also.iter().map(|it| &**it))
    }
}

impl Check for Glossary {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let list = Path::default().key("terms");
        check_ids(&list, self.terms.iter().map(|it| it.id.as_str()), &mut problems);
        let mut seen = HashMap::new();
        for (index, term) in self.terms.iter().enumerate() {
            let path = list.index(index);
            if term.meaning.trim().is_empty() {
                let reason = "say in a sentence what it means".to_owned();
                problems.push(Problem { path: path.key("meaning"), reason });
            }
            for form in term.forms() {
                if form.trim().is_empty() {
                    let reason = "a form of a word has letters; remove the empty one".to_owned();
                    problems.push(Problem { path: path.key("also"), reason });
                } else if let Some(other) = seen.insert(form.to_lowercase(), &term.id)
                    && *other != term.id
                {
                    let reason = format!("\"{form}\" is explained under {other}, too; keep one");
                    problems.push(Problem { path: path.key("term"), reason });
                }
            }
        }
        problems
    }
}
