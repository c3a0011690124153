//! The sentences of the interface, as `content/<language>/interface.toml` gives them.
//!
//! One struct a place. A missing or an unknown key stops the build; `{name}` in a sentence is a
//! gap that [`fill`] fills.

pub mod assessment;
pub mod clinician;
pub mod request;
pub mod review;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)+ }) => {
        words!($(#[$doc])* $name { $($(#[$field_doc])* $field: String,)+ });

        impl $name {
            /// Every sentence, by its key.
            pub fn entries(&self) -> impl Iterator<Item = (String, &String)> {
                [$((stringify!($field).replace('_', "-"), &self.$field),)+].into_iter()
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            $(
                #[doc = concat!("The key `", stringify!($field), "`, in kebab-case.")]
                $(#[$field_doc])*
                pub $field: $type,
            )+
        }
    };
}
pub(crate) use words;

/// Text as it can stand in an element or in an attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The template with every `{name}` replaced by its value.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| {
        text.replace(&["{", name, "}"].concat(), value)
    })
}
