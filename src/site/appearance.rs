//! How a browser shows the site around its pages: the colors of its toolbar, from `style/tokens.css`, the only
//! file with raw colors, and the icon of the tab.

use base64ct::{Base64, Encoding as _};

/// The style sheet with the colors.
pub const TOKENS: &str = "style/tokens.css";
/// The icon.
pub const ICON: &str = "public/icon.svg";

/// Colors and icon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The background color of the page in the light theme.
    pub light: String,
    /// In the dark theme.
    pub dark: String,
    /// In the calm theme.
    pub calm: String,
    /// The icon as a `data:` URL: a request of its own would take ten times its bytes.
    pub icon: String,
}

impl Appearance {
    /// Reads the colors from the style sheet; `None` if it sets no `--page` for a theme.
    pub fn read(tokens: &str, icon: &[u8]) -> Option<Self> {
        let page = |theme: &str| {
            let rules = tokens.split_once(theme)?.1;
            let rest = rules[..rules.find('}')?].split_once("--page:")?.1;
            Some(rest[..rest.find(';')?].trim().to_owned())
        };
        Some(Self {
            light: page(":root {")?,
            dark: page(r#"[data-theme="dark"]"#)?,
            calm: page(r#"[data-theme="calm"]"#)?,
            icon: ["data:image/svg+xml;base64,", &Base64::encode_string(icon)].concat(),
        })
    }
}
