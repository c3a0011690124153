//! The files of `deploy/`.

use std::fs;
use std::process::Command;
use std::time::Duration;

use intake::metrics::Metrics;
use intake::settings::{Flags, Setting, Source, Sources};

use crate::harness::clinic::{request, request_id};
use crate::harness::office::Office;
use crate::harness::program::run;
use crate::harness::receivers::free_port;

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

/// Without their programs, which are not installed here, systemd would complain of that alone.
#[test]
fn systemd_knows_every_line_of_the_units() {
    let folder = tempfile::tempdir().unwrap();
    let units = [
        ("intake.service", include_str!("../deploy/intake.service")),
        ("intake-backup.service", include_str!("../deploy/intake-backup.service")),
        ("intake-backup.timer", include_str!("../deploy/intake-backup.timer")),
        ("intake-litestream.service", include_str!("../deploy/intake-litestream.service")),
        ("intake-verify-site.service", include_str!("../deploy/intake-verify-site.service")),
        ("intake-verify-site.timer", include_str!("../deploy/intake-verify-site.timer")),
    ];
    for (name, text) in units {
        let text = text.replace("/usr/local/bin/litestream", "/usr/local/bin/intake");
        let text = text.replace("/usr/local/bin/intake", env!("CARGO_BIN_EXE_intake"));
        fs::write(folder.path().join(name), text).unwrap();
    }
    let verify = || {
        let mut verify = Command::new("systemd-analyze");
        verify.args(["verify", "--man=no"]).args(units.map(|(name, _)| folder.path().join(name)));
        verify.output()
    };
    let Ok(verified) = verify() else {
        eprintln!("systemd-analyze is not installed: nothing was verified");
        return;
    };
    let told = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success() && told.is_empty(), "{told}");
    // It would tell of a line that it does not know.
    let timer = folder.path().join("intake-backup.timer");
    fs::write(&timer, units[2].1.replace("Persistent", "Persistant")).unwrap();
    let told = verify().unwrap().stderr;
    assert!(String::from_utf8_lossy(&told).contains("Persistant"));
}

/// The units run the commands that there are.
#[test]
fn the_backup_of_the_timer_is_a_command() {
    let office = Office::on_sqlite();
    office.store_request(request(request_id(1)));
    let unit = include_str!("../deploy/intake-backup.service");
    let command = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let (config, copies) = (office.path("intake.toml"), office.path("copies"));
    fs::create_dir(&copies).unwrap();
    fs::write(&config, format!("database = \"{}\"\n", office.database())).unwrap();
    let command = command
        .replace("/etc/intake/intake.toml", &config)
        .replace("/var/lib/intake-backup", &copies);
    let made = run(command.split(' ').skip(1));
    assert!(made.status.success(), "{made:?}");
    assert_eq!(fs::read_dir(&copies).unwrap().count(), 1);
}

/// A site that nobody serves has differences; the exit code 2 would say that the command line is wrong.
#[test]
fn the_verification_of_the_timer_is_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("dist.sha256").display().to_string();
    let line = format!("{}  content-security-policy.txt\n", "0".repeat(64));
    fs::write(&manifest, line).unwrap();
    let unit = include_str!("../deploy/intake-verify-site.service").replace("\\\n", "");
    let command = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let site = format!("http://127.0.0.1:{}/", free_port());
    let command = command
        .replace("/usr/local/bin/intake", env!("CARGO_BIN_EXE_intake"))
        .replace("${SITE}", &site)
        .replace("/etc/intake/dist.sha256", &manifest);
    let verified = Command::new("sh").args(["-c", &command]).output().unwrap();
    let told = String::from_utf8_lossy(&verified.stderr);
    assert_eq!(verified.status.code(), Some(1), "{told}");
    assert_eq!(told, "1 files fetched, 1 differences\n");
}
