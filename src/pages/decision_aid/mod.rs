//! Renders the inserts of the decision aid. They have a style and a script of their own, which no other page loads
//! (`style/decision_aid/`, `src/scripts/decision_aid/`).

pub mod diary;
mod dots;
pub mod glossary;
pub mod matters;
pub mod options;
pub mod take_along;
