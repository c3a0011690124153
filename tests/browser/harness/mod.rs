//! All that journeys share: what is started, who acts, and what is answered.

pub mod answers;
pub mod clinic;
pub mod engine;
pub mod host;
pub mod kit;
pub mod line;
pub mod office;
pub mod person;
pub mod preview;
pub mod request;
pub mod scenes;
pub mod site;
pub mod wait;
