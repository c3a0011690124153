//! Settings from environment variables: `INTAKE_` and the setting's name in capitals.

use std::path::PathBuf;

use super::Setting;
use super::source::{Given, Layer, Mistake, Origin};

/// Every variable of this program begins so.
const PREFIX: &str = "INTAKE_";

/// What the environment says.
#[derive(Debug, Default)]
pub(super) struct Environment {
    /// `INTAKE_CONFIG`.
    pub config: Option<PathBuf>,
    /// The settings named.
    pub layer: Layer,
    /// Variables that name no setting.
    pub mistakes: Vec<Mistake>,
}

/// Reads the variables that begin with `INTAKE_`. An empty one counts as not given; several key
/// files are parted by commas.
pub(super) fn read(variables: impl Iterator<Item = (String, String)>) -> Environment {
    let mut environment = Environment::default();
    for (variable, value) in variables {
        let Some(name) = variable.strip_prefix(PREFIX) else { continue };
        if value.is_empty() {
            continue;
        }
        if name == "CONFIG" {
            environment.config = Some(value.into());
            continue;
        }
        match Setting::from_name(&name.to_ascii_lowercase()) {
            Some(setting) => {
                let words = match setting {
                    Setting::Keys => value.split(',').map(|file| file.trim().to_owned()).collect(),
                    _ => vec![value],
                };
                let origin = Origin::Environment(variable);
                environment.layer.insert(setting, Given { words, origin });
            }
            None => environment
                .mistakes
                .push(Mistake { place: variable, reason: "there is no such setting".to_owned() }),
        }
    }
    environment
}
