//! Components of screens and pages, named as in the NHS and GOV.UK design systems. Rendered natively; the
//! app finds them by their ids. Each has a style file (`style/`) and a test (`tests/rendered/`) of its
//! name.

pub mod button;
pub mod call_links;
pub mod checkbox;
pub mod choices;
pub mod error_summary;
mod field;
pub mod flag;
pub mod list;
pub mod messages;
pub mod panel;
pub mod paragraphs;
pub mod summary_list;
pub mod support;
pub mod text_input;
pub mod urgent;
