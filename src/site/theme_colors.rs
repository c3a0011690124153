//! The background color of each theme, for the browser's toolbar. Read from `style/tokens.css`, the only
//! file with raw colors.

/// The style sheet with the colors.
pub const TOKENS: &str = "style/tokens.css";

/// The background color of the page in each theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeColors {
    /// The light theme.
    pub light: String,
    /// The dark theme.
    pub dark: String,
    /// The calm theme.
    pub calm: String,
}

impl ThemeColors {
    /// Reads the colors from the style sheet; `None` if it sets no `--page` for a theme.
    pub fn read(tokens: &str) -> Option<Self> {
        let page = |theme: &str| {
            let rules = tokens.split_once(theme)?.1;
            let rest = rules[..rules.find('}')?].split_once("--page:")?.1;
            Some(rest[..rest.find(';')?].trim().to_owned())
        };
        Some(Self {
            light: page(":root {")?,
            dark: page(r#"[data-theme="dark"]"#)?,
            calm: page(r#"[data-theme="calm"]"#)?,
        })
    }
}
