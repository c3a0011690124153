//! Pieces that screens and pages are made of, named as the NHS and GOV.UK design systems name
//! them. Rendered natively; the app in the browser finds them by their ids. Each has a style file
//! (`style/`) and a test (`tests/rendered/`) of its name.

pub mod button;
pub mod call_links;
pub mod checkbox;
pub mod choices;
pub mod error_summary;
mod field;
pub mod flag;
pub mod list;
pub mod panel;
pub mod paragraphs;
pub mod messages;
pub mod summary_list;
pub mod support;
pub mod text_input;
pub mod urgent;
