//! The inbox: the clinic's staff open requests in the browser, and say what became of each. The service stores
//! only what is sealed; what is opened here stays in the memory of this page until it is locked.
//!
//! Each module uses only those below it:
//!
//! | module | holds |
//! |---|---|
//! | [`app`] | the start, and which screen is shown |
//! | [`screens`] | the screens: unlocking, the lists, a request, people, the service's health, the first set-up |
//! | [`stage`] | locked or open, and the staff file |
//! | [`components`] | fields, buttons, messages |
//! | [`desk`] | one person's unlocked inbox: fetching, opening, changing |
//! | [`service`] | calls of the service |
//! | [`model`] | requests in memory, lists, filters, words for moments |
//! | [`browser`] | browser APIs: the only module that names `web_sys` and `gloo_net` |
//!
//! Sentences are in `content/<language>/inbox.toml`.

// Screens are one type each, of all the elements in them.
#![recursion_limit = "256"]

pub mod app;
pub mod browser;
pub mod components;
pub mod desk;
pub mod model;
pub mod screens;
pub mod service;
pub mod stage;
