//! The self-assessment that the site is built with.

use guide_core::assessment::Assessment;
use guide_core::source;

/// As the mistakes name it.
pub const FILE: &str = "content/en/assessment.toml";
pub const TEXT: &str = include_str!("../../../../content/en/assessment.toml");

pub fn assessment() -> Assessment {
    source::parse(FILE, TEXT).expect("the content has no mistakes")
}
