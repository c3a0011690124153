//! The screens.
//!
//! | module | holds |
//! |---|---|
//! | [`unlock`] | a staff file and its passphrase |
//! | [`desk`] | the unlocked inbox: its header, and the part that is shown |
//! | [`list`] | a list of requests |
//! | [`request`] | a request: what the patient wrote, and what was done about it |
//! | [`part`] | the parts of the inbox |
//! | [`passkey`] | a passkey beside the passphrase |
//! | [`people`] | the people of the staff |
//! | [`health`] | how the service is |
//! | [`set_up`] | the first set-up |
//! | [`keyboard`] | what keys do |

pub mod desk;
pub mod export;
pub mod health;
pub mod keyboard;
pub mod list;
pub mod part;
pub mod passkey;
pub mod people;
pub mod request;
pub mod set_up;
pub mod unlock;
