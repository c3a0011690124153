//! How a browser shows the site around its pages: the colors of its toolbar, from `style/tokens.css`, the only
//! file with raw colors, and the icon of the tab.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The style sheet with the colors.
pub const TOKENS: &str = "style/tokens.css";
/// The icon.
pub const ICON: &str = "public/icon.svg";

/// Characters with a meaning of their own in a `data:` URL.
const MEANING: &AsciiSet = &CONTROLS.add(b'#').add(b'%');

/// Colors and icon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The background color of the page in the light theme.
    pub light: String,
    /// In the dark theme.
    pub dark: String,
    /// In the calm theme.
    pub calm: String,
    /// The icon as a `data:` URL: a request of its own would take ten times its bytes. As text, which is
    /// compressed with the page; Base64 is not.
    pub icon: String,
}

impl Appearance {
    /// Reads the colors from the style sheet; `None` if it sets no `--page` for a theme. The icon is SVG.
    pub fn read(tokens: &str, icon: &str) -> Option<Self> {
        let page = |theme: &str| {
            let rules = tokens.split_once(theme)?.1;
            let rest = rules[..rules.find('}')?].split_once("--page:")?.1;
            Some(rest[..rest.find(';')?].trim().to_owned())
        };
        Some(Self {
            light: page(":root {")?,
            dark: page(r#"[data-theme="dark"]"#)?,
            calm: page(r#"[data-theme="calm"]"#)?,
            icon: ["data:image/svg+xml,", &as_data(icon)].concat(),
        })
    }
}

/// SVG as it can stand in an attribute of the page.
fn as_data(icon: &str) -> String {
    utf8_percent_encode(&icon.trim().replace('"', "'"), MEANING).to_string()
}
