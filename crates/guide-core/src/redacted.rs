//! Keeps a patient's entries out of logs, where a careless `{:?}` would write them.

/// Gives types a `Debug` that names the type and redacts its values.
macro_rules! redacted {
    ($($name:ident),+ $(,)?) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })+
    };
}
pub(crate) use redacted;
