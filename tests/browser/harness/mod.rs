//! All that journeys share: what is started, who acts, and what is answered.

pub mod answers;
pub mod clinic;
pub mod engine;
pub mod host;
pub mod line;
pub mod person;
pub mod request;
pub mod site;
pub mod wait;
