//! The settings of the service.
//!
//! A setting can come from a flag (`--frame-ancestors`), from the environment
//! (`INTAKE_FRAME_ANCESTORS`) or from one TOML file (`frame_ancestors`); the first of these that
//! names it is in force, else its default. Paths are relative to the working directory.
//!
//! | module | holds |
//! |---|---|
//! | `declaration`, `notices` | every setting, declared once to clap: name, help, default, parser |
//! | `value` | values and parsers of their own |
//! | `setting` | a setting by its declaration |
//! | `source` | words of a setting, and their source |
//! | `flags`, `file` | the command line, and the settings file |
//! | `sources` | the sources, by precedence |
//! | `rules`, `resolve` | from words to values, and every mistake in them |

mod declaration;
mod file;
mod flags;
mod notices;
mod resolve;
mod rules;
mod setting;
mod source;
mod sources;
mod value;

pub use declaration::Settings;
pub use flags::{CommandFlags, ServiceFlags, StoreFlags};
pub use resolve::{database, warnings};
pub use setting::Setting;
pub use source::{Flags, Given, Mistake, Source};
pub use sources::{InForce, Sources};
pub use value::{FrameAncestors, NotASource, NotAValue, Retention};
