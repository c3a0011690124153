//! One person's unlocked inbox. Everything readable is held here, and dropped when it is locked.
//!
//! | module | holds |
//! |---|---|
//! | [`files`] | making key files and staff files |
//! | [`state`] | what an unlocked inbox holds |
//! | `places` | places of the listing |
//! | `sync` | fetching what is stored, and what changes |
//! | `work` | changing requests |
//! | `notes` | notes, sealed and opened |
//! | `opening` | opening requests |
//! | [`session`] | the keys and the token of the person |
//! | [`unlock`] | opening a staff file |

pub mod files;
mod notes;
mod opening;
mod places;
pub mod session;
pub mod state;
mod sync;
pub mod unlock;
mod work;

pub use session::Session;
pub use state::{Connection, Desk, Detail, Note};
