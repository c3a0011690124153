//! Patients behind a proxy that the settings do not name: all one sender, unless somebody says so.

use std::net::Ipv4Addr;

use intake::settings::{Settings, Sources};

use crate::harness::clinic::{Keys, request, request_id};
use crate::harness::http;
use crate::harness::program::{Server, intake, run, texts};
use crate::harness::service::Plan;
use crate::harness::set;

const UNNAMED: &str = "all patients count as one sender";

#[test]
fn check_says_that_no_proxy_is_named_where_others_can_connect() {
    let folder = tempfile::tempdir().unwrap();
    let key = Keys::new(folder.path(), "clinic").public_file.display().to_string();
    let database = folder.path().join("intake.db").display().to_string();
    let said = |more: &[&str]| {
        let flags = ["check", "--keys", &key, "--database", &database];
        let (_, told) = texts(&run(flags.iter().chain(more)));
        told.contains(UNNAMED)
    };
    assert!(said(&["--listen", "0.0.0.0:8080"]));
    assert!(said(&["--listen", "[::]:8080"]));
    assert!(!said(&[]));
    for proxies in ["private", "none", "192.0.2.1", "127.0.0.0/8"] {
        assert!(!said(&["--listen", "0.0.0.0:8080", "--trusted-proxies", proxies]), "{proxies}");
    }
}

#[test]
fn a_proxy_that_is_not_trusted_is_said_in_the_log_without_an_address() {
    let plan = Plan::new();
    let mut args = Server::args(&plan.database, &plan.clinic.public_file);
    args.extend(["--trusted-proxies", "none"].map(str::to_owned));
    let server = Server::of(intake(&args));
    http::get(server.address, "/healthz", &[("X-Forwarded-For", "198.51.100.1")]);
    let line = server.line_with("trusted_proxies does not name");
    assert!(line.contains("WARN") && line.contains("network=127.0.0.0/8"), "{line}");
    assert!(!line.contains("127.0.0.1") && !line.contains("198.51.100.1"), "{line}");
}

#[test]
fn a_proxy_that_names_nobody_is_said_when_its_allowance_is_used_up() {
    let plan = Plan::new();
    let mut args = Server::args(&plan.database, &plan.clinic.public_file);
    let allowance = args.iter().position(|it| it == "--allowance").unwrap() + 1;
    args[allowance] = "0".to_owned();
    let server = Server::of(intake(&args));
    let id = request_id(1);
    let sealed = plan.clinic.seal(request(id));
    assert_eq!(http::send(server.address, &id.to_string(), &sealed).status, 429);
    let line = server.line_with("over its allowance");
    assert!(line.contains("WARN") && line.contains("trusted_proxies"), "{line}");
}

#[test]
fn private_names_all_private_networks() {
    let plan = Plan::new();
    let mut flags = plan.flags.clone();
    set(&mut flags, "trusted_proxies", ["private", "203.0.113.7"]);
    let sources = Sources::gather(flags, std::iter::empty());
    let trusted = Settings::from_sources(&sources).unwrap().trusted_proxies();
    for inside in [
        "127.0.0.1",
        "10.88.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.1.1",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:10.0.0.1",
        "203.0.113.7",
    ] {
        assert!(trusted.contains(inside.parse().unwrap()), "{inside}");
    }
    for outside in ["172.32.0.1", "192.169.0.1", "203.0.113.8", "2001:db8::1", "100.128.0.1"] {
        assert!(!trusted.contains(outside.parse().unwrap()), "{outside}");
    }
    assert!(!trusted.contains(Ipv4Addr::UNSPECIFIED.into()));
}
