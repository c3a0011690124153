//! Sources of settings, and mistakes in them.

use std::fs;
use std::path::{Path, PathBuf};

use intake::settings::{Flags, Mistake, Settings, Source, Sources};
use intake::store::Database;

use crate::harness;
use crate::harness::clinic::Keys;
use crate::harness::program::{intake, texts};

fn gather(config: Option<&Path>, flags: &[(&str, &str)], variables: &[(&str, &str)]) -> Sources {
    let flags = Flags { config: config.map(Path::to_owned), ..harness::flags(flags) };
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Sources::gather(flags, variables)
}

fn given(sources: &Sources, setting: &str) -> (String, Source) {
    let given = sources.given(setting).unwrap();
    (given.words.join(" "), given.source.clone())
}

#[test]
fn flags_come_before_the_environment_before_the_file_before_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("intake.toml");
    fs::write(&config, "listen = \"127.0.0.1:1\"\nhsts = 1\n\nsite = \"file\"\n").unwrap();
    let variables = [
        ("INTAKE_LISTEN", "127.0.0.1:2"),
        ("INTAKE_HSTS", "2"),
        ("INTAKE_SITE", ""),
        ("INTAKE_PORT", "tcp://10.0.0.1:80"),
    ];
    let sources = gather(Some(&config), &[("listen", "127.0.0.1:3")], &variables);

    let flag = Source::Flag("--listen".into());
    assert_eq!(given(&sources, "listen"), ("127.0.0.1:3".into(), flag));
    let variable = Source::Environment("INTAKE_HSTS".into());
    assert_eq!(given(&sources, "hsts"), ("2".into(), variable));
    let file = Source::File { file: config.display().to_string(), line: 4 };
    assert_eq!(given(&sources, "site"), ("file".into(), file));
    assert_eq!(given(&sources, "frame_ancestors"), ("'self'".into(), Source::Default));
    assert_eq!(given(&sources, "keys"), (String::new(), Source::Default));
    assert_eq!(sources.mistakes(), []);
}

#[test]
fn the_environment_can_name_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("intake.toml");
    fs::write(&config, "listen = \"127.0.0.1:1\"").unwrap();
    let variables =
        [("INTAKE_CONFIG", config.to_str().unwrap()), ("INTAKE_KEYS", "a.json, b.json")];
    let sources = gather(None, &[], &variables);
    assert_eq!(given(&sources, "listen").0, "127.0.0.1:1");
    assert_eq!(sources.given("keys").unwrap().words, ["a.json", "b.json"]);
}

fn mistakes(sources: &Sources) -> Vec<String> {
    let mistakes: Vec<Mistake> = Settings::from_sources(sources).unwrap_err();
    mistakes.iter().map(ToString::to_string).collect()
}

#[test]
fn every_mistake_is_found_at_once_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("intake.toml");
    let text =
        "listn = 1\nlisten = true\nhsts = \"soon\"\nkeys = [\"none.json\", \"no.json\"]\n[web]\n";
    fs::write(&config, text).unwrap();
    let sources = gather(
        Some(&config),
        &[
            ("site", "nowhere"),
            ("frame_ancestors", "'self'; script-src *"),
            ("limit", "0"),
            ("allowance", "-1"),
        ],
        &[
            ("INTAKE_ORIGINS", "https://clinic.example, clinic.example, https://a.example/page"),
            ("INTAKE_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1, ::1, proxy"),
            ("INTAKE_DATABASE", "postgres://localhost:none/intake"),
        ],
    );
    let file = config.display();
    let mut found = mistakes(&sources);
    found.sort();
    let mut expected = [
        format!("{file}:1: there is no setting \"listn\""),
        format!("{file}:2: listen: takes a text, a number or a list"),
        format!("{file}:3: hsts: \"soon\" is not a whole number of seconds"),
        format!("{file}:4: keys: no.json: No such file or directory (os error 2)"),
        format!("{file}:4: keys: none.json: No such file or directory (os error 2)"),
        format!("{file}:5: there is no setting \"web\""),
        "--site: there is no folder nowhere".to_owned(),
        "--frame-ancestors: give sources such as 'self' or https://clinic.example, separated by spaces"
            .to_owned(),
        "--limit: \"0\" is not a whole number from 1".to_owned(),
        "--allowance: \"-1\" is not a whole number".to_owned(),
        "INTAKE_ORIGINS: \"clinic.example\" is no origin, such as https://clinic.example".to_owned(),
        "INTAKE_ORIGINS: \"https://a.example/page\" is no origin, such as https://clinic.example"
            .to_owned(),
        "INTAKE_TRUSTED_PROXIES: \"proxy\" is no address or network, such as 10.0.0.0/8; or give private or none"
            .to_owned(),
        "INTAKE_DATABASE: not an address; give postgres://USER@HOST:PORT/DATABASE".to_owned(),
    ];
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_file_that_is_no_toml_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("intake.toml");
    fs::write(&config, "hsts = 1\nlisten = \"open\n").unwrap();
    let found = mistakes(&gather(Some(&config), &[], &[]));
    assert!(found[0].starts_with(&format!("{}:2: ", config.display())), "{found:?}");
    let missing = folder.path().join("missing.toml");
    let found = mistakes(&gather(Some(&missing), &[], &[]));
    assert!(found[0].starts_with(&format!("{}: ", missing.display())), "{found:?}");
}

#[test]
fn a_database_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("intake.db").display().to_string();
    for word in [file.clone(), format!("sqlite:{file}"), format!("sqlite://{file}")] {
        let sources = gather(None, &[("database", &word)], &[]);
        let database = intake::settings::database(&sources);
        assert_eq!(database, Ok(Database::Sqlite(PathBuf::from(&file))), "{word}");
    }
    for word in ["sqlite:", "sqlite::memory:", "mysql://localhost/x", "/no/such/folder/intake.db"] {
        let sources = gather(None, &[("database", word)], &[]);
        assert_eq!(intake::settings::database(&sources).unwrap_err().len(), 1, "{word}");
    }
}

#[test]
fn a_password_is_neither_shown_nor_taken_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let key = clinic.public_file.display().to_string();
    for word in [
        "postgres://intake:hunter2@db.example:5433/requests",
        "postgres://intake@db.example:5433/requests?password=hunter2",
        "postgresql://intake:hunter2@db.example:5433/requests?sslmode=verify-full",
    ] {
        let told = "--database: a command line can be read by every user of this machine; put the \
                    password into the settings file, INTAKE_DATABASE, PGPASSWORD or ~/.pgpass";
        let flags = [("database", word), ("keys", &key)];
        assert_eq!(mistakes(&gather(None, &flags, &[])), [told]);

        let sources = gather(None, &[("keys", &key)], &[("INTAKE_DATABASE", word)]);
        let settings = Settings::from_sources(&sources).unwrap();
        assert!(!format!("{settings:?}").contains("hunter2"), "{settings:?}");
        let mut check = intake(["check", "--keys", &key]);
        let (table, _) = texts(&check.env("INTAKE_DATABASE", word).output().unwrap());
        assert!(
            table.contains("postgres://intake@db.example:5433/requests?sslmode=verify-full "),
            "{table}"
        );
        assert!(!table.contains("hunter2"), "{table}");
    }
    let broken = ("INTAKE_DATABASE", "postgres://intake:hunter2@db.example:none/requests");
    let (table, told) = texts(&intake(["check"]).envs([broken]).output().unwrap());
    assert!(!(table + &told).contains("hunter2"));
}

/// Gathers a settings file, and a key that is given by a flag.
fn settings_of(text: &str) -> Result<Settings, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let config = folder.path().join("intake.toml");
    fs::write(&config, text).unwrap();
    let key = clinic.public_file.display().to_string();
    let settings = Settings::from_sources(&gather(Some(&config), &[("keys", &key)], &[]));
    let without_folder =
        |it: &Mistake| it.to_string().split_off(it.place.find("intake.toml").unwrap());
    settings.map_err(|mistakes| mistakes.iter().map(without_folder).collect())
}

#[test]
fn lists_are_lists_and_may_be_empty() {
    let settings = settings_of(
        "frame_ancestors = [\"'self'\", \"https://a.example\"]\ntrusted_proxies = []\nsite = []\n",
    )
    .unwrap();
    assert_eq!(settings.frame_ancestors().as_str(), "'self' https://a.example");
    assert_eq!(settings.trusted_proxies().as_slice(), []);
    assert_eq!(settings.site, None);
}

#[test]
fn one_value_is_no_list_and_none_stands_alone() {
    let found = settings_of(
        "listen = [\"127.0.0.1:1\", \"127.0.0.1:2\"]\nlimit = []\nframe_ancestors = []\n\
         trusted_proxies = [\"none\", \"::1\"]\n",
    );
    let expected = [
        "intake.toml:1: listen: takes one value",
        "intake.toml:3: frame_ancestors: give sources such as 'self' or https://clinic.example",
        "intake.toml:4: trusted_proxies: \"none\" stands alone: give it, or addresses and networks",
        "intake.toml:2: limit: takes one value",
    ];
    assert_eq!(found.unwrap_err(), expected);
}

/// A site with this list of keys, and the settings of a service that is given none.
fn settings_of_site(list: Option<&str>) -> Result<Settings, Vec<Mistake>> {
    let folder = tempfile::tempdir().unwrap();
    if let Some(list) = list {
        fs::write(folder.path().join("keys.json"), list).unwrap();
    }
    let site = folder.path().display().to_string();
    Settings::from_sources(&gather(None, &[("site", &site)], &[]))
}

#[test]
fn without_keys_those_of_the_pages_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let list = format!("{{\"keys\":[{}]}}", serde_json::to_string(&clinic.public).unwrap());
    let settings = settings_of_site(Some(&list)).unwrap();
    assert!(settings.keys().contains(&clinic.public.kid));
    for none in [None, Some("{\"keys\":[]}")] {
        assert!(settings_of_site(none).unwrap().keys().is_empty(), "{none:?}");
    }
    let sources = gather(None, &[], &[]);
    assert!(Settings::from_sources(&sources).unwrap().keys().is_empty());
    // What cannot be read may be the keys of the clinic.
    let [mistake]: [Mistake; 1] =
        settings_of_site(Some("{\"keys\":[{}]}")).unwrap_err().try_into().unwrap();
    assert_eq!(mistake.place, "site");
    assert!(mistake.reason.contains("keys.json: not a file of the form"), "{mistake}");
}

#[test]
fn keys_that_are_given_are_known_alone() {
    let folder = tempfile::tempdir().unwrap();
    let [clinic, other] = ["clinic", "other"].map(|name| Keys::new(folder.path(), name));
    fs::copy(&other.public_file, folder.path().join("keys.json")).unwrap();
    let (site, key) =
        (folder.path().display().to_string(), clinic.public_file.display().to_string());
    let sources = gather(None, &[("site", &site), ("keys", &key)], &[]);
    let keys = Settings::from_sources(&sources).unwrap().keys();
    assert!(keys.contains(&clinic.public.kid) && !keys.contains(&other.public.kid));
}

#[test]
fn the_inbox_lies_outside_of_the_pages() {
    let folder = tempfile::tempdir().unwrap();
    let (site, inside) = (folder.path().join("site"), folder.path().join("site/inbox"));
    let (beside, link) = (folder.path().join("site-inbox"), folder.path().join("link"));
    fs::create_dir_all(&inside).unwrap();
    fs::create_dir(&beside).unwrap();
    std::os::unix::fs::symlink(&inside, &link).unwrap();
    let given = |inbox: &Path| {
        let (site, inbox) = (site.display().to_string(), inbox.display().to_string());
        let sources = gather(None, &[("site", &site), ("inbox", &inbox)], &[]);
        Settings::from_sources(&sources).map(|settings| settings.inbox)
    };
    assert_eq!(given(&beside), Ok(Some(beside.clone())));
    for shown_to_all in [&site, &inside, &link] {
        let mistakes = given(shown_to_all).unwrap_err();
        let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        let expected = "--inbox: lies in the folder of the pages (site), which everybody gets; put it \
                        elsewhere";
        assert_eq!(told, [expected]);
    }
    let nowhere = given(&folder.path().join("nowhere")).unwrap_err();
    assert_eq!(nowhere.len(), 1, "{nowhere:?}");
    assert!(nowhere[0].reason.starts_with("there is no folder"), "{nowhere:?}");
}

#[test]
fn a_deputy_needs_a_mail_server() {
    let found = mistakes(&gather(None, &[("deputy", "b@clinic.example")], &[]));
    assert_eq!(found, ["smtp: deputy is given, so this is needed too"]);
}

#[test]
fn check_prints_what_holds_and_every_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    let key = clinic.public_file.display().to_string();
    let config = folder.path().join("intake.toml");
    fs::write(&config, format!("# ours\nkeys = [\"{key}\"]\n")).unwrap();
    let config = config.display().to_string();
    let check = |listen: &str| {
        let mut command = intake(["check", "--config", &config, "--listen", listen]);
        command.env("INTAKE_HSTS", "300").current_dir(&folder).output().unwrap()
    };

    let fine = check("127.0.0.1:9000");
    let (table, mistakes) = texts(&fine);
    let made_later = "intake.db is made at the first start\n";
    assert_eq!((fine.status.code(), mistakes.as_str()), (Some(0), made_later));
    let rows: Vec<Vec<&str>> =
        table.lines().map(|line| line.split_whitespace().collect()).collect();
    let line = format!("{config}:2");
    assert_eq!(
        rows,
        [
            vec!["listen", "127.0.0.1:9000", "--listen"],
            vec!["operations_listen", "127.0.0.1:8090", "default"],
            vec!["database", "sqlite:intake.db", "default"],
            vec!["site", "-", "default"],
            vec!["inbox", "-", "default"],
            vec!["keys", &key, &line],
            vec!["unknown_recipients", "refuse", "default"],
            vec!["frame_ancestors", "'self'", "default"],
            vec!["hsts", "300", "INTAKE_HSTS"],
            vec!["origins", "-", "default"],
            vec!["trusted_proxies", "127.0.0.0/8", "::1", "default"],
            vec!["allowance", "10", "default"],
            vec!["limit", "100", "default"],
            vec!["total_allowance", "200", "default"],
            vec!["max_requests", "100000", "default"],
            vec!["connections", "512", "default"],
            vec!["connections_per_address", "64", "default"],
            vec!["retention_days", "90", "default"],
            vec!["smtp", "-", "default"],
            vec!["smtp_user", "-", "default"],
            vec!["smtp_password_file", "-", "default"],
            vec!["notice_from", "-", "default"],
            vec!["notice_to", "-", "default"],
            vec!["deputy", "-", "default"],
            vec!["webhook", "-", "default"],
            vec!["webhook_key_file", "-", "default"],
            vec!["unread_after_working_days", "1", "default"],
            vec!["log_format", "text", "default"],
        ]
    );

    let wrong = check("localhost");
    let reason = "\"localhost\" is not an IP address and port, such as 127.0.0.1:8080";
    assert_eq!(wrong.status.code(), Some(1));
    assert_eq!(texts(&wrong).1, format!("intake: --listen: {reason}\n"));
}

/// Over a network somebody may listen, or pass for the database.
#[test]
fn postgresql_over_a_network_speaks_tls_to_a_known_server_unless_told_otherwise() {
    use sqlx::postgres::PgSslMode;

    for (word, expected) in [
        ("postgres://intake@db.example/requests", PgSslMode::VerifyFull),
        ("postgres://intake@192.0.2.7:5433/requests?application_name=a", PgSslMode::VerifyFull),
        ("postgres://intake@db.example/requests?sslmode=verify-ca", PgSslMode::VerifyCa),
        ("postgres://intake@db.example/requests?sslmode=require", PgSslMode::Require),
        ("postgresql://intake@db.example/requests?ssl-mode=disable", PgSslMode::Disable),
        ("postgres://intake@localhost/requests", PgSslMode::Prefer),
        ("postgres://intake@127.0.0.1/requests", PgSslMode::Prefer),
        ("postgres://intake@[::1]/requests", PgSslMode::Prefer),
        ("postgres://intake@%2Frun%2Fpostgresql/requests", PgSslMode::Prefer),
        ("postgres:///requests?host=/run/postgresql", PgSslMode::Prefer),
        ("postgres:///requests?host=db.example", PgSslMode::VerifyFull),
    ] {
        let sources = gather(None, &[("database", word)], &[]);
        let Database::Postgres(address) = intake::settings::database(&sources).unwrap() else {
            panic!("{word} is of PostgreSQL");
        };
        let found = address.options().get_ssl_mode();
        assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{word}");
    }
    // A variable that somebody left there is not said in so many words.
    let table = |word: &str| {
        let mut check = intake(["check", "--database", word]);
        texts(&check.env("PGSSLMODE", "disable").output().unwrap()).0
    };
    let shown = table("postgres://intake@db.example/requests");
    assert!(shown.contains("/requests?sslmode=verify-full "), "{shown}");
    let shown = table("postgres://intake@db.example/requests?sslmode=prefer");
    assert!(shown.contains("/requests?sslmode=prefer "), "{shown}");
}

/// By the grammar of CSP these are names of hosts, and no site may show the pages.
#[test]
fn a_keyword_without_its_quotes_is_no_source_of_frames() {
    for (sources, reason) in [
        ("self https://a.example", "write 'self' with its single quotes"),
        ("https://a.example SELF", "write 'self' with its single quotes"),
        ("none", "write 'none' with its single quotes"),
        ("'none' https://a.example", "'none' stands alone"),
        ("'unsafe-inline'", "of words in quotes only 'self' and 'none' are sources"),
    ] {
        let found = settings_of(&format!("frame_ancestors = \"{sources}\"\n")).unwrap_err();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(reason), "{sources}: {found:?}");
    }
    let two = settings_of("frame_ancestors = [\"'none'\", \"https://a.example\"]\n").unwrap_err();
    assert!(two[0].contains("'none' stands alone"), "{two:?}");
    for sources in ["'none'", "'self'", "* https: *.a.example:8443", "http://localhost:8081"] {
        assert!(settings_of(&format!("frame_ancestors = \"{sources}\"\n")).is_ok(), "{sources}");
    }
}

#[test]
fn a_password_in_a_mistyped_address_is_not_printed() {
    for word in [
        "Postgres://intake:hunter2@127.0.0.1:1/requests",
        "POSTGRESQL://intake:hunter2@127.0.0.1:1/requests",
        "postgres:intake:hunter2@127.0.0.1:1/requests",
        "postgres:/intake:hunter2@127.0.0.1:1/requests",
        "postgre://intake:hunter2@127.0.0.1:1/requests",
        "mysql://intake:hunter2@127.0.0.1:1/requests",
        "intake:hunter2@127.0.0.1:1/requests",
        "postgres//intake:hunter2@127.0.0.1:1/requests",
    ] {
        for command in [&["check"][..], &["list"], &["token", "list"]] {
            let mut told = intake(command);
            let (out, err) = texts(&told.env("INTAKE_DATABASE", word).output().unwrap());
            assert!(!out.contains("hunter2") && !err.contains("hunter2"), "{word}: {out}{err}");
        }
    }
}
