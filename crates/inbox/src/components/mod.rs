//! Parts of screens.

pub mod button;
pub mod field;
pub mod file_field;
pub mod message;
pub mod new_passphrase;
pub mod rows;
