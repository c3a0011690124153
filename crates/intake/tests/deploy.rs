//! The files of `deploy/`.

use std::fs;
use std::time::Duration;

use intake::metrics::Metrics;
use intake::settings::{Flags, Setting, Source, Sources};

/// The example names only settings that there are, those behind a `#` too.
#[test]
fn the_example_has_no_mistake_of_its_own() {
    let example = include_str!("../deploy/intake.toml");
    let names = Setting::all();
    let setting = |line: &str| {
        let name = line.trim_start_matches('#').split(' ').next().unwrap_or_default();
        names.iter().any(|it| it.name() == name)
    };
    let uncommented: String = example
        .lines()
        .map(|line| if setting(line) { line.trim_start_matches('#') } else { line })
        .map(|line| format!("{line}\n"))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("intake.toml");
    fs::write(&config, &uncommented).unwrap();
    let flags = Flags { config: Some(config), ..Flags::default() };
    let sources = Sources::gather(flags, std::iter::empty());
    assert_eq!(sources.mistakes(), [], "{uncommented}");
    for setting in ["listen", "keys", "smtp", "log_format"] {
        assert!(sources.given(setting).unwrap().source != Source::Default, "{setting}");
    }
    assert!(
        example
            .lines()
            .all(|line| !line.starts_with('#') || line.starts_with("# ") || setting(line)),
        "a setting of the example is none"
    );
}

/// The dashboard asks for nothing that is not counted.
#[test]
fn the_dashboard_shows_what_is_counted() {
    let metrics = Metrics::default();
    metrics.count_response("POST", "/v1/requests", 201, Duration::ZERO);
    let counted = metrics.text(0).unwrap();
    let dashboard: serde_json::Value =
        serde_json::from_str(include_str!("../deploy/grafana.json")).unwrap();
    let mut asked = 0;
    for panel in dashboard["panels"].as_array().unwrap() {
        for target in panel["targets"].as_array().unwrap() {
            let expression = target["expr"].as_str().unwrap();
            let names = expression.split(|c: char| c != '_' && !c.is_ascii_alphanumeric());
            for name in names.filter(|name| name.starts_with("intake_")) {
                let name = name.trim_end_matches("_total").trim_end_matches("_bucket");
                assert!(counted.contains(&format!("# HELP {name} ")), "{name}\n{counted}");
                asked += 1;
            }
        }
    }
    assert!(asked >= 7);
}
