//! Conditions, as a definition states them.

use serde::{Deserialize, Serialize};

/// Something that holds, or does not, for a set of answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Condition {
    /// At least one of these options was chosen.
    Answered {
        /// The question.
        question: String,
        /// Ids of its options.
        with: Vec<String>,
    },
    /// At least one option with this mark was chosen.
    Marked {
        /// The question.
        question: String,
        /// The mark.
        with: String,
    },
    /// So many options were chosen, or more; exclusive ones are not counted.
    Chosen {
        /// The question.
        question: String,
        /// At least this many.
        from: u32,
    },
    /// The sum of these questions (their number, or the points of what was chosen) lies between
    /// the bounds, both included.
    Sum {
        /// Ids of the questions.
        of: Vec<String>,
        /// At least this.
        #[serde(default)]
        from: Option<u32>,
        /// At most this.
        #[serde(default)]
        to: Option<u32>,
    },
    /// The points of this criterion lie between the bounds, both included (outcomes and their
    /// reasons only).
    Criterion {
        /// The criterion.
        id: String,
        /// At least this.
        #[serde(default)]
        from: Option<u32>,
        /// At most this.
        #[serde(default)]
        to: Option<u32>,
    },
    /// This flag is raised (outcomes and their reasons only).
    Flag(String),
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

impl Condition {
    /// Calls `visit` with every condition in this one that is not made of others.
    pub fn each_leaf<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.each_leaf(visit));
            }
            Self::Not(part) => part.each_leaf(visit),
            leaf => visit(leaf),
        }
    }

    /// Calls `visit` with the id of every question that this looks at, some more than once.
    pub fn each_question<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        self.each_leaf(&mut |leaf| match leaf {
            Self::Answered { question, .. }
            | Self::Marked { question, .. }
            | Self::Chosen { question, .. } => visit(question),
            Self::Sum { of, .. } => of.iter().for_each(|id| visit(id)),
            _ => {}
        });
    }
}
