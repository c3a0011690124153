//! A clinic's folder with some sealed requests stored, and the commands on it.

use std::process::Output;

use guide_core::request::payload::AppointmentRequest;
use intake::store::Database;
use intake::store::{InsertOutcome, STORE_TIMEOUT, Store};
use tempfile::TempDir;
use uuid::Uuid;

use super::clinic::Keys;
use super::program::{run, texts};
use super::{database, wait_for};

pub struct Office {
    pub folder: TempDir,
    pub clinic: Keys,
    pub database: Database,
}

impl Office {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clinic = Keys::new(folder.path(), "clinic");
        let database = database::fresh(folder.path());
        Self { folder, clinic, database }
    }

    /// With a database of SQLite whatever the others are on.
    pub fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clinic = Keys::new(folder.path(), "clinic");
        let database = Database::Sqlite(folder.path().join("intake.db"));
        Self { folder, clinic, database }
    }

    /// The database as it is given on the command line.
    pub fn database(&self) -> String {
        database::word(&self.database)
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    pub fn store(&self, id: Uuid, envelope: &[u8]) {
        wait_for(async {
            let store = Store::open(&self.database, STORE_TIMEOUT).await.unwrap();
            assert!(matches!(store.insert(id, envelope).await.unwrap(), InsertOutcome::Created(_)));
            store.close().await;
        });
    }

    pub fn store_request(&self, request: AppointmentRequest) {
        self.store(request.request_id, &self.clinic.seal(request));
    }

    pub fn list(&self) -> Output {
        self.run(&["list"])
    }

    /// Runs a command on the database.
    pub fn run(&self, command: &[&str]) -> Output {
        let database = self.database();
        let (name, flags) = command.split_first().unwrap();
        run([*name, "--database", &database].iter().chain(flags))
    }

    /// Opens with the clinic's key.
    pub fn open(&self, flags: &[&str]) -> Output {
        let key = self.clinic.private_file.display().to_string();
        self.run(&[&["open", "--private", &key], flags].concat())
    }
}

/// The exit code, and the last line of standard error.
pub fn counts(output: &Output) -> (Option<i32>, String) {
    let (_, stderr) = texts(output);
    (output.status.code(), stderr.lines().last().unwrap().to_owned())
}

/// The ids that a database lists, in the order of their arrival.
pub fn listed(database: &str) -> Vec<String> {
    let (table, _) = texts(&run(["list", "--database", database]));
    table.lines().skip(1).map(|line| line[..36].to_owned()).collect()
}
