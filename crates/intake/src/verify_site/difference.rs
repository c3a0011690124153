//! Differences between a site as it was built and as it is served.

use std::fmt;

/// A difference of one response. Texts of the server's are shown escaped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The content is not what was built.
    Changed,
    /// The server has no such file.
    Missing,
    /// The server sends readers elsewhere.
    Redirected(String),
    /// Another status than 200.
    Status(u16),
    /// No whole response came.
    NoResponse(String),
    /// A page names a file that was not built.
    Names(String),
    /// A page comes without its Content-Security-Policy, or with several.
    PolicyMissing,
    /// A page comes with another Content-Security-Policy.
    PolicyChanged(String),
    /// Browsers may guess the type of a file.
    NoNosniff,
    /// A header that the pages never need, and that does something to whoever reads them.
    Header(&'static str, String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("the content was changed"),
            Self::Missing => f.write_str("missing"),
            Self::Redirected(to) => write!(f, "redirected to {to}"),
            Self::Status(status) => write!(f, "status {status}"),
            Self::NoResponse(why) => write!(f, "no response: {why}"),
            Self::Names(name) => write!(f, "names {name}, which is not in the manifest"),
            Self::PolicyMissing => f.write_str("comes without one Content-Security-Policy"),
            Self::PolicyChanged(to) => write!(f, "the Content-Security-Policy was changed: {to}"),
            Self::NoNosniff => f.write_str("comes without X-Content-Type-Options: nosniff"),
            Self::Header(name, value) => write!(f, "comes with {name}: {value}"),
        }
    }
}
