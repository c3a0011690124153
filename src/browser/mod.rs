//! Browser APIs for the islands: the only folder that names `web_sys`.
//!
//! It compiles natively too, where nothing calls it.

pub mod clock;
pub mod events;
pub mod focus;
pub mod form;
pub mod history;
pub mod keys;
pub mod live;
pub mod outbox;
pub mod packed;
pub mod page;
pub mod pointer;
mod post;
mod proof_of_work;
pub mod sections;
pub mod state;
mod storage;
mod tab_history;
mod tabs;
