//! Settings from environment variables: `INTAKE_` and the setting's name in capitals.

use std::path::PathBuf;

use super::Setting;
use super::source::{Given, Layer, Origin};

/// Every variable of this program begins so.
const PREFIX: &str = "INTAKE_";

/// What the environment says.
#[derive(Debug, Default)]
pub(super) struct Environment {
    /// `INTAKE_CONFIG`.
    pub config: Option<PathBuf>,
    /// The settings named.
    pub layer: Layer,
}

/// Reads the variables that name a setting. An empty one counts as not given; lists are parted by
/// commas.
///
/// Other variables of the prefix are no mistakes: Kubernetes makes some for a service of that name.
pub(super) fn read(variables: impl Iterator<Item = (String, String)>) -> Environment {
    let mut environment = Environment::default();
    for (variable, value) in variables.filter(|(_, value)| !value.is_empty()) {
        let Some(name) = variable.strip_prefix(PREFIX) else { continue };
        if name == "CONFIG" {
            environment.config = Some(value.into());
        } else if let Some(setting) = Setting::from_name(&name.to_ascii_lowercase()) {
            let words = match setting.is_list() {
                true => value.split(',').map(|word| word.trim().to_owned()).collect(),
                false => vec![value],
            };
            let origin = Origin::Environment(variable);
            environment.layer.insert(setting, Given { words, origin });
        }
    }
    environment
}
