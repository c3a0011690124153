//! The clinic's office: a running intake that serves the built inbox, with a database and a key pair of its own,
//! and the commands on it.
//!
//! | module | holds |
//! |---|---|
//! | [`colleague`] | somebody of the staff at a browser |
//! | [`rows`] | the list, and the request on screen |
//! | [`requests`] | requests, sealed and posted as patients' pages do |
//! | [`saved`] | the files that a browser saved |
//! | [`screens`] | every designed screen, one after the other |
//! | [`set_up`] | a service that nobody has set up yet, and its one-time link |

pub mod colleague;
pub mod requests;
pub mod rows;
pub mod saved;
pub mod screens;
pub mod set_up;

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use clinic_core::inbox::words::InboxWords;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::clinic::{intake, root};
use super::engine::Engine;
use super::site::copy;
use super::wait::{free_port, until};

/// The passphrase of every staff file.
pub const PASSPHRASE: &str = "four words for trials";

/// Runs one statement on a database of SQLite, and prints the rows as JSON.
const STATEMENT: &str = "
import json, sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=60)
with database:
    print(json.dumps(database.execute(sys.argv[2]).fetchall()))
";

/// Prints a whole database of SQLite as statements.
const DUMP: &str = "
import sqlite3, sys
print('\\n'.join(sqlite3.connect(sys.argv[1], timeout=60).iterdump()))
";

/// Every sentence of the inbox.
pub fn words() -> &'static InboxWords {
    static WORDS: LazyLock<InboxWords> = LazyLock::new(|| {
        let text = fs::read_to_string(root().join("content/en/inbox.toml"));
        toml::from_str(&text.expect("the sentences are there")).expect("they have no mistake")
    });
    &WORDS
}

/// A staff file.
#[derive(Clone, Debug)]
pub struct StaffFile {
    /// The name of the person, and of the token in it.
    pub name: String,
    /// The file, under [`PASSPHRASE`].
    pub file: PathBuf,
}

/// A running office. Ends with the value.
pub struct Office {
    /// Of the browsers on its desks.
    engine: Engine,
    folder: TempDir,
    /// Of patients' requests, and of the staff.
    ports: [u16; 2],
    service: Option<Child>,
    /// Names of the keys that the service knows.
    keys: Vec<String>,
    /// What the next ids of requests are made of.
    random: fastrand::Rng,
}

impl Office {
    /// Starts an office with no request and nobody of the staff.
    pub async fn open(engine: Engine) -> Self {
        let mut office = Self::prepared(engine);
        office.start().await;
        office
    }

    /// An office whose service is not started yet.
    pub fn prepared(engine: Engine) -> Self {
        let folder = TempDir::new().expect("a folder");
        let ports = [free_port(), free_port()];
        let (keys, random) = (vec!["clinic".to_owned()], fastrand::Rng::new());
        let office = Self { engine, folder, ports, service: None, keys, random };
        office.makes_key("clinic");
        office.has_inbox();
        office
    }

    /// Copies the inbox that was built, with this office's key to seal notes for.
    fn has_inbox(&self) {
        let (built, inbox) = (root().join(".dev/inbox"), self.path("inbox"));
        assert!(built.join("index.html").exists(), "`make test` builds the inbox");
        copy(&built, &inbox);
        let file = inbox.join(clinic_core::inbox::FILE);
        let text = fs::read_to_string(&file).expect("the inbox has its content");
        let mut content: Value = serde_json::from_str(&text).expect("JSON");
        content["clinic"]["keys"] = json!([self.public_key("clinic")]);
        fs::write(&file, content.to_string()).expect("written");
        for packed in ["br", "gz"] {
            // They are of the content as it was built.
            let _ = fs::remove_file(file.with_added_extension(packed));
        }
    }

    /// Starts the service, again at the same addresses and with what was stored.
    pub async fn start(&mut self) {
        let keys: Vec<Value> = self.keys.iter().map(|name| self.public_key(name)).collect();
        let file = self.path("known.jwks.json");
        fs::write(&file, json!({ "keys": keys }).to_string()).expect("written");
        self.start_with(&file).await;
    }

    /// The same, with the public keys in this file.
    pub async fn start_with(&mut self, keys: &Path) {
        let mut service = self.serve();
        service.args(["--keys".as_ref(), keys.as_os_str()]).stderr(Stdio::null());
        self.service = Some(service.spawn().expect("intake starts; `make test` builds it"));
        self.listens().await;
    }

    /// `intake serve`, without keys.
    fn serve(&self) -> Command {
        let [public, operations] = self.ports.map(|port| format!("127.0.0.1:{port}"));
        let mut service = intake();
        service
            .args(["serve", "--listen", &public, "--operations-listen", &operations])
            .args(["--database".as_ref(), self.path("requests.db").as_os_str()])
            .args(["--inbox".as_ref(), self.path("inbox").as_os_str()])
            // As many as a test sends from one address.
            .args(["--allowance", "1000", "--limit", "1000", "--total-allowance", "1000"])
            .stdout(Stdio::null());
        service
    }

    async fn listens(&self) {
        for port in self.ports {
            until("intake to listen", async || TcpStream::connect(("127.0.0.1", port)).ok()).await;
        }
    }

    /// Kills the service, as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut service) = self.service.take() {
            service.kill().expect("the service can be killed");
            service.wait().expect("and ends");
        }
    }

    /// The address of the inbox.
    pub fn address(&self) -> String {
        format!("http://localhost:{}/", self.operations_port())
    }

    /// The port of the staff.
    pub fn operations_port(&self) -> u16 {
        self.ports[1]
    }

    /// The port that patients' requests are posted to.
    pub fn public_port(&self) -> u16 {
        self.ports[0]
    }

    /// A path in the folder of this office.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a pair of keys, without a passphrase. `clinic` is the one in every staff file.
    pub fn makes_key(&self, name: &str) {
        let out = self.path("keys");
        self.makes(&["key", "new", "--no-passphrase", "--name", name, "--out", text(&out)]);
    }

    /// Runs a command of intake that needs no database.
    pub fn makes(&self, command: &[&str]) {
        let made = intake().args(command).output().expect("intake runs");
        assert!(made.status.success(), "{command:?}: {}", String::from_utf8_lossy(&made.stderr));
    }

    /// Has the service know another key beside `clinic` once it starts.
    pub fn knows_key(&mut self, name: &str) {
        self.makes_key(name);
        self.keys.push(name.to_owned());
    }

    /// The file of one half of a pair of keys.
    pub fn key_file(&self, name: &str, half: &str) -> PathBuf {
        self.path(&format!("keys/{name}.{half}.jwk.json"))
    }

    /// A public key (JWK).
    pub fn public_key(&self, name: &str) -> Value {
        let text = fs::read_to_string(self.key_file(name, "public")).expect("the key was made");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Makes a staff file with the clinic's key, for somebody of these scopes.
    pub fn staff_file(&self, name: &str, scopes: &str) -> StaffFile {
        let passphrase = self.path("passphrase");
        fs::write(&passphrase, PASSPHRASE).expect("written");
        let file = self.path(&format!("staff-{}.json", name.to_lowercase().replace(' ', "-")));
        let private = self.key_file("clinic", "private");
        self.runs(&[
            "staff-file",
            "--private",
            text(&private),
            "--new-passphrase-file",
            text(&passphrase),
            "--out",
            text(&file),
            "--scope",
            scopes,
            name,
        ]);
        StaffFile { name: name.to_owned(), file }
    }

    /// Puts trial requests of several kinds into the database. All of them arrive now.
    pub fn puts_trials(&self, count: usize) {
        let put = Command::new(root().join("target/debug/examples/trial_requests"))
            .args([self.path("requests.db"), self.key_file("clinic", "public")])
            .arg(count.to_string())
            .output()
            .expect("`make test` builds the example");
        assert!(put.status.success(), "{}", String::from_utf8_lossy(&put.stderr));
    }

    /// Runs a command of intake on the database. Returns what it prints.
    pub fn runs(&self, command: &[&str]) -> String {
        let (names, flags) = match command {
            [group @ ("token" | "key" | "audit"), name, flags @ ..] if !name.starts_with('-') => {
                (vec![*group, name], flags)
            }
            [name, flags @ ..] => (vec![*name], flags),
            [] => panic!("no command"),
        };
        let output = intake()
            .args(names)
            .arg("--database")
            .arg(self.path("requests.db"))
            .args(flags)
            .output()
            .expect("intake runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}: {errors}");
        String::from_utf8(output.stdout).expect("intake prints UTF-8")
    }

    /// Runs a statement of SQL on the database, as somebody does who has the disk. Returns the rows.
    pub fn sql(&self, statement: &str) -> Value {
        let run = Command::new("python3")
            .args(["-c", STATEMENT, text(&self.path("requests.db")), statement])
            .output()
            .expect("Python starts; the tools need it too");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        serde_json::from_slice(&run.stdout).expect("rows")
    }

    /// The whole database as statements of SQL.
    pub fn dump(&self) -> String {
        let run = Command::new("python3")
            .args(["-c", DUMP, text(&self.path("requests.db"))])
            .output()
            .expect("Python starts; the tools need it too");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).expect("UTF-8")
    }

    /// All bytes that the database has on the disk, with its log.
    pub fn stored_bytes(&self) -> Vec<u8> {
        let files = ["", "-wal", "-shm"].map(|end| self.path(&format!("requests.db{end}")));
        let mut bytes = Vec::new();
        for file in files.iter().filter(|file| file.exists()) {
            bytes.extend(fs::read(file).expect("the database can be read"));
        }
        assert!(!bytes.is_empty(), "there is a database");
        bytes
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.kill();
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}
