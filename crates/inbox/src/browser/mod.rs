//! Browser APIs: the only folder that names `web_sys` and `gloo_net`. It compiles natively too, where nothing
//! calls it.

pub mod clipboard;
pub mod clock;
pub mod display;
pub mod events;
pub mod files;
pub mod focus;
pub mod http;
pub mod page;
pub mod passkey;
pub mod sound;
