//! Notices of new requests, to a real mail server and a real receiver of webhooks.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::net::TcpListener;
use std::thread;

use guide_core::request::reference::Reference;
use intake::notices::Channels;
use intake::settings::{Flags, Mistake, Settings, Sources};
use intake::store::{Channel, STORE_TIMEOUT, Store};
use serde_json::Value;

use crate::harness::clinic::{request, request_id};
use crate::harness::database::Other;
use crate::harness::http;
use crate::harness::office::Office;
use crate::harness::program::{Server, intake, texts};
use crate::harness::receivers::{Hooks, KEY, Sink, free_port};
use crate::harness::{self, set, wait_for};

/// The settings of both channels.
pub fn flags(office: &Office, smtp: u16, webhook: u16) -> Flags {
    let key = office.path("webhook.key");
    fs::write(&key, format!("{KEY}\n")).unwrap();
    let mut flags = harness::flags(&[
        ("keys", &office.clinic.public_file.display().to_string()),
        ("smtp", &format!("smtp://127.0.0.1:{smtp}")),
        ("notice_from", "Intake <intake@clinic.example>"),
        ("webhook", &format!("http://127.0.0.1:{webhook}/intake")),
        ("webhook_key_file", &key),
    ]);
    set(&mut flags, "notice_to", ["desk@clinic.example", "Dr. A <a@clinic.example>"]);
    flags
}

pub fn channels(flags: Flags) -> Channels {
    let settings = Settings::from_sources(&Sources::gather(flags, std::iter::empty()));
    Channels::new(&settings.unwrap().notices()).unwrap()
}

pub async fn store(office: &Office, channels: &Channels) -> Store {
    Store::open(&office.database, STORE_TIMEOUT).await.unwrap().announcing(&channels.names())
}

/// Tries each channel once; how many had something to send.
async fn send_due(channels: &Channels, store: &Store) -> usize {
    let mut tried = 0;
    for channel in [Channel::Email, Channel::Webhook] {
        tried += usize::from(channels.send_due(store, channel).await.unwrap());
    }
    tried
}

#[test]
fn a_notice_goes_out_by_both_channels_and_tells_the_reference_alone() {
    let office = Office::new();
    let (sink, hooks) = (Sink::start(0, &[]), Hooks::start(&["204 No Content"]));
    let channels = channels(flags(&office, sink.port, hooks.port));
    let id = request_id(1);
    let envelope = office.clinic.seal(request(id));
    wait_for(async {
        let store = store(&office, &channels).await;
        store.insert(id, &envelope).await.unwrap();
        // The same again is no arrival.
        store.insert(id, &envelope).await.unwrap();
        assert_eq!(store.pending_notices().await.unwrap(), 2);
        assert_eq!(send_due(&channels, &store).await, 2);
        assert_eq!(store.pending_notices().await.unwrap(), 0);
        assert_eq!(send_due(&channels, &store).await, 0);
        store.close().await;
    });

    let reference = Reference::of(&id).to_string();
    let sent = sink.message();
    assert_eq!(sent["from"], "intake@clinic.example");
    assert_eq!(sent["to"], serde_json::json!(["desk@clinic.example", "a@clinic.example"]));
    let message = sent["message"].as_str().unwrap();
    let (head, body) = message.split_once("\n\n").unwrap();
    let mut names: Vec<&str> =
        head.lines().filter_map(|it| it.split_once(": ")).map(|it| it.0).collect();
    names.sort_unstable();
    let expected = [
        "Auto-Submitted",
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "Message-ID",
        "Subject",
        "To",
    ];
    assert_eq!(names, expected, "{head}");
    assert!(
        head.contains(&format!("Subject: Appointment request {reference} arrived\n")),
        "{head}"
    );
    assert_eq!(
        body.trim_end(),
        format!("Appointment request {reference} arrived. It is sealed: open it with intake.")
    );

    let (headers, body) = hooks.request();
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(
        serde_json::from_str::<Value>(&body).unwrap(),
        serde_json::json!({ "type": "request.arrived", "data": { "reference": reference, "count": 1 } })
    );
    // Neither the id, by which staff could ask for the envelope, nor anything of it.
    for told in [message.to_owned(), format!("{headers:?}{body}")] {
        assert!(!told.contains(&id.to_string()) && !told.contains("ciphertext"), "{told}");
    }
}

#[test]
fn what_was_not_taken_is_sent_when_the_others_are_back() {
    let office = Office::new();
    let smtp = free_port();
    let hooks = Hooks::start(&["500 Internal Server Error", "302 Found", "200 OK"]);
    let channels = channels(flags(&office, smtp, hooks.port));
    let id = request_id(1);
    wait_for(async {
        let store = store(&office, &channels).await;
        store.insert(id, &office.clinic.seal(request(id))).await.unwrap();
        assert_eq!(send_due(&channels, &store).await, 2);
        assert_eq!(store.pending_notices().await.unwrap(), 2, "neither was taken");
        assert_eq!(send_due(&channels, &store).await, 0, "each waits for a while");
        store.close().await;
    });
    let (first, _) = hooks.request();

    // The waits pass, and the process is another.
    let sink = Sink::start(smtp, &[]);
    wait_for(async {
        let store = store(&office, &channels).await;
        let mut other = Other::connect(&office.database).await;
        other.execute("UPDATE notice_channels SET due_at = 0").await;
        assert_eq!(send_due(&channels, &store).await, 2);
        assert_eq!(store.pending_notices().await.unwrap(), 1, "a redirect is not followed");
        other.execute("UPDATE notice_channels SET due_at = 0").await;
        assert_eq!(send_due(&channels, &store).await, 1);
        assert_eq!(store.pending_notices().await.unwrap(), 0);
        store.close().await;
    });
    assert!(sink.message()["message"].as_str().unwrap().contains(&Reference::of(&id).to_string()));
    for again in [hooks.request(), hooks.request()] {
        assert_eq!(again.0["webhook-id"], first["webhook-id"], "the receiver knows it again");
    }
}

/// Anybody can send requests, and nobody is to flood the front desk with mail.
#[test]
fn notices_are_gathered_the_first_at_once_then_one_a_quarter_of_an_hour() {
    let office = Office::new();
    let (sink, hooks) = (Sink::start(0, &[]), Hooks::start(&["204 No Content", "204 No Content"]));
    let channels = channels(flags(&office, sink.port, hooks.port));
    wait_for(async {
        let store = store(&office, &channels).await;
        let mut other = Other::connect(&office.database).await;
        store.insert(request_id(1), &office.clinic.seal(request(request_id(1)))).await.unwrap();
        assert_eq!(send_due(&channels, &store).await, 2);
        for nth in 2..=4 {
            let id = request_id(nth);
            store.insert(id, &office.clinic.seal(request(id))).await.unwrap();
        }
        assert_eq!(send_due(&channels, &store).await, 0);
        assert_eq!(store.pending_notices().await.unwrap(), 0, "nothing is wrong meanwhile");
        // Nearly a quarter of an hour passes, and then the rest of it.
        other.execute("UPDATE notice_channels SET due_at = due_at - 780").await;
        assert_eq!(send_due(&channels, &store).await, 0);
        other.execute("UPDATE notice_channels SET due_at = due_at - 120").await;
        assert_eq!(send_due(&channels, &store).await, 2);
        assert_eq!(send_due(&channels, &store).await, 0);
        store.close().await;
    });
    let [first, last] = [1, 4].map(|nth| Reference::of(&request_id(nth)).to_string());
    let messages = [sink.message(), sink.message()].map(|it| it["message"].to_string());
    assert!(messages[0].contains(&format!("request {first} arrived")), "{}", messages[0]);
    let words = format!("3 appointment requests arrived. The last is {last}.");
    assert!(messages[1].contains("Subject: 3 appointment requests arrived"), "{}", messages[1]);
    assert!(messages[1].replace("\\n", " ").contains(&words), "{}", messages[1]);
    let counts = [hooks.request(), hooks.request()].map(|(headers, body)| {
        let body: Value = serde_json::from_str(&body).unwrap();
        (headers["webhook-id"].clone(), body["data"]["count"].as_u64())
    });
    assert_eq!(counts.each_ref().map(|it| it.1), [Some(1), Some(3)]);
    assert_ne!(counts[0].0, counts[1].0);
}

#[test]
fn a_hanging_webhook_does_not_delay_the_mail() {
    let office = Office::new();
    let sink = Sink::start(0, &[]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let channels = channels(flags(&office, sink.port, listener.local_addr().unwrap().port()));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let (id, database) = (request_id(1), office.database.clone());
    let envelope = office.clinic.seal(request(id));
    let sender = thread::spawn(move || {
        wait_for(async {
            // The webhook's notice is the older one.
            let store = Store::open(&database, STORE_TIMEOUT).await.unwrap();
            let store = store.announcing(&[Channel::Webhook, Channel::Email]);
            store.insert(id, &envelope).await.unwrap();
            let stop = async {
                let _ = stopped.await;
            };
            channels.run(store, stop).await;
        });
    });
    // Taken, and never answered.
    let mut hanging = listener.accept().unwrap().0;
    let message = sink.message();
    assert!(message["message"].as_str().unwrap().contains(&Reference::of(&id).to_string()));
    hanging.set_nonblocking(true).unwrap();
    let end = loop {
        match hanging.read(&mut [0; 4096]) {
            Ok(0) => break "ended",
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => break "hangs",
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(end, "hangs", "the mail was sent before the webhook was given up");
    drop((hanging, listener));
    stop.send(()).unwrap();
    sender.join().unwrap();
}

#[test]
fn the_running_service_sends_notices_and_names_no_secret() {
    let office = Office::new();
    let (sink, hooks) =
        (Sink::start(0, &["intake", "a secret password"]), Hooks::start(&["200 OK"]));
    let password = office.path("smtp.password");
    fs::write(&password, "a secret password\n").unwrap();
    let mut command = intake(Server::args(&office.database, &office.clinic.public_file));
    for (setting, words) in flags(&office, sink.port, hooks.port).words {
        let name = format!("INTAKE_{}", setting.to_ascii_uppercase());
        command.env(name, words.join(","));
    }
    command.env("INTAKE_SMTP_USER", "intake").env("INTAKE_SMTP_PASSWORD_FILE", &password);
    let server = Server::of(command);
    let id = request_id(1);
    let response = http::send(server.address, &id.to_string(), &office.clinic.seal(request(id)));
    assert_eq!(response.status, 201);
    let reference = Reference::of(&id).to_string();
    assert!(sink.message()["message"].as_str().unwrap().contains(&reference));
    assert!(hooks.request().1.contains(&reference));
    let line = server.line_with("notice sent");
    assert!(!line.contains("secret") && !line.contains(&reference), "{line}");
}

#[test]
fn a_check_can_send_a_trial() {
    let office = Office::new();
    let (sink, hooks) = (Sink::start(0, &[]), Hooks::start(&["200 OK"]));
    let check = |flags: &Flags| {
        let mut command = intake(["check", "--send-notice", "--database", &office.database()]);
        for (setting, words) in &flags.words {
            let name = format!("INTAKE_{}", setting.to_ascii_uppercase());
            command.env(name, words.join(","));
        }
        command.output().unwrap()
    };
    let checked = check(&flags(&office, sink.port, hooks.port));
    let (told, warned) = texts(&checked);
    assert!(checked.status.success(), "{checked:?}");
    assert!(!told.contains(KEY) && !warned.contains(KEY));
    assert!(warned.contains("sent by email") && warned.contains("sent by webhook"), "{warned}");
    assert!(sink.message()["message"].as_str().unwrap().contains("request 0000-0000 arrived"));
    assert!(hooks.request().1.contains("0000-0000"));

    let port = sink.port;
    drop(sink);
    let refused = check(&flags(&office, port, hooks.port));
    assert_eq!(refused.status.code(), Some(1));
    assert!(texts(&refused).1.contains("intake: notices: "), "{refused:?}");
}

#[test]
fn what_belongs_together_is_given_together_and_secrets_in_files() {
    let office = Office::new();
    let empty = office.path("empty");
    fs::write(&empty, "\n").unwrap();
    let short = office.path("short");
    fs::write(&short, "whsec_dG9vIHNob3J0\n").unwrap();
    let complete = flags(&office, 25, 80);
    let mistakes = |changes: &[(&str, &str)]| -> Vec<String> {
        let mut flags = complete.clone();
        for (setting, word) in changes {
            match *word {
                "" => drop(flags.words.remove(*setting)),
                word => set(&mut flags, setting, [word]),
            }
        }
        let sources = Sources::gather(flags, std::iter::empty());
        let found: Vec<Mistake> = Settings::from_sources(&sources).err().unwrap_or_default();
        found.iter().map(ToString::to_string).collect()
    };
    assert_eq!(mistakes(&[]), [""; 0]);
    for (changes, words) in [
        (&[("notice_from", "")][..], "notice_from: smtp is given, so this is needed too"),
        (&[("notice_to", "")], "notice_to: smtp is given, so this is needed too"),
        (&[("smtp", "")], "smtp: notice_from is given, so this is needed too"),
        (&[("smtp_user", "a")], "smtp_password_file: smtp_user is given"),
        (&[("smtp_password_file", &empty)], "empty: the file is empty"),
        (&[("smtp_password_file", "missing")], "missing: No such file"),
        (&[("smtp", "smtp://a:b@mail.example")], "give the user as smtp_user"),
        (&[("smtp", "mail.example")], "give smtp://HOST:PORT or smtps://HOST:PORT"),
        (&[("smtp", "imap://mail.example")], "give smtp://HOST:PORT"),
        (&[("notice_to", "nobody")], "\"nobody\" is not an e-mail address"),
        (&[("webhook", "http://hooks.example/")], "begins with https://"),
        (&[("webhook", "https://a:b@hooks.example/")], "seen in logs"),
        (&[("webhook", "")], "webhook: webhook_key_file is given"),
        (&[("webhook_key_file", "")], "webhook_key_file: webhook is given"),
        (&[("webhook_key_file", &short)], "whsec_ and 24 to 64 random bytes in base64"),
    ] {
        let found = mistakes(changes);
        assert!(found.len() == 1 && found[0].contains(words), "{words}: {found:?}");
    }
    for fine in ["smtps://mail.example", "smtp://mail.example:587", "smtp://[::1]:25"] {
        assert_eq!(mistakes(&[("smtp", fine)]), [""; 0], "{fine}");
    }
    assert_eq!(mistakes(&[("webhook", "https://hooks.example/a?b=c")]), [""; 0]);
}
