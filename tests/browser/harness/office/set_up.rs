//! A service that nobody has set up yet, and the one-time link that it prints.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use super::colleague::Colleague;
use super::{Office, text};
use crate::harness::clinic::{intake, root};
use crate::harness::engine::Engine;
use crate::harness::person::Person;
use crate::harness::wait::until;

/// How the line with the link begins.
const LINE: &str = "Set up the inbox: ";

/// The fragment of the link, with the secret.
#[derive(Clone, Debug)]
pub struct Link(String);

impl Link {
    /// The link to the inbox at this address.
    pub fn at(&self, address: &str) -> String {
        format!("{address}{}", self.0)
    }

    /// The secret in it.
    pub fn secret(&self) -> &str {
        self.0.trim_start_matches("#set-up=")
    }
}

impl Office {
    /// Starts a service without any key, whose inbox nobody has set up. Returns its link.
    pub async fn waits_for_set_up(engine: Engine) -> (Self, Link) {
        let mut office = Self::prepared(engine);
        let link = office.starts_for_set_up().await;
        (office, link)
    }

    /// Starts the service without any key, and reads the link that it prints.
    pub async fn starts_for_set_up(&mut self) -> Link {
        let mut service = self.serve().stderr(Stdio::piped()).spawn().expect("intake starts");
        let printed = service.stderr.take().expect("it prints to standard error");
        self.service = Some(service);
        let mut lines = BufReader::new(printed).lines().map_while(Result::ok);
        let link = lines.find_map(|line| line.strip_prefix(LINE).map(str::to_owned));
        // The service goes on printing, and must not wait for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        self.listens().await;
        let link = link.expect("a link, as long as nobody has a token");
        let (address, fragment) = link.split_once('#').expect("the secret is in the fragment");
        assert_eq!(address, self.address());
        Link(format!("#{fragment}"))
    }

    /// Builds the content of the inbox anew, as `make build` does, for these entries of clinic.toml.
    pub fn builds_with(&self, entries: &str) {
        let content = self.path("content");
        crate::harness::site::copy(&root().join("content"), &content);
        let file = content.join("clinic.toml");
        let clinic = std::fs::read_to_string(&file).expect("the clinic is there");
        std::fs::write(&file, format!("{clinic}\n{entries}")).expect("written");
        let built = std::process::Command::new(env!("CARGO_BIN_EXE_migraine-guide"))
            .arg("inbox")
            // It keeps the files of the app below: not in the folder that other journeys and the site kit read.
            .current_dir(self.path(""))
            .env_remove("GUIDE_DEVELOPMENT_KEY")
            .env("TRUNK_STAGING_DIR", self.path("inbox"))
            .env("GUIDE_CONTENT", &content)
            .output()
            .expect("the last step of the build starts");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    }

    /// Runs `intake` with a passphrase, on files alone or on the database.
    pub fn with_passphrase(&self, passphrase: &str, command: &[&str]) -> Output {
        let file = self.path("typed-passphrase");
        std::fs::write(&file, passphrase).expect("written");
        let mut intake = intake();
        intake.args(command).args(["--passphrase-file", text(&file)]);
        if command[0] == "open" {
            intake.args(["--database", text(&self.path("requests.db"))]);
        }
        intake.output().expect("intake runs")
    }
}

/// Whoever sets the inbox up.
pub struct Founder(pub Colleague);

impl Founder {
    /// Sits down at a browser, and opens the link.
    pub async fn arrives(office: &Office, link: &str) -> Self {
        let person = Person::arrives(office.engine).await;
        let staff = super::StaffFile { name: String::new(), file: std::path::PathBuf::new() };
        let founder = Self(Colleague { person, staff });
        founder.opens(link).await;
        founder
    }

    /// Opens a link, also where the page is open that differs in the fragment only.
    pub async fn opens(&self, link: &str) {
        self.0.person.opens("about:blank").await;
        self.0.person.opens(link).await;
        self.0.person.waits_for("return !!document.querySelector('#step-heading')").await;
    }

    /// Goes by Tab to the control of these words, and presses Enter.
    pub async fn follows(&self, label: &str) {
        let control = self.0.waits_for_control(label).await;
        let mark = "document.querySelector('[data-wanted]')?.removeAttribute('data-wanted'); \
            arguments[0].setAttribute('data-wanted', '')";
        self.0.runs(mark, &json!([control])).await;
        self.0.person.follows("[data-wanted]").await;
    }

    /// Goes to a field by Tab, and types in place of what it holds.
    pub async fn types(&self, id: &str, text: &str) {
        let person = &self.0.person;
        person.tabs_to(&format!("#{id}")).await;
        person.runs(&format!("document.getElementById({id:?}).select()")).await;
        person.types(text).await;
    }

    /// Chooses a file in the field of this id, and waits until its name is shown.
    pub async fn chooses(&self, id: &str, file: &Path) {
        let field = self.0.find(&format!("#{id}")).await;
        field.send_keys(text(file)).await.expect("a file can be chosen");
        let name = file.file_name().expect("a name").to_string_lossy();
        let shown = "return document.querySelector('.chosen').textContent === arguments[0]";
        self.0.waits_for_script(shown, &json!([name])).await;
    }

    /// Waits for the step of this heading, and for the focus on it.
    pub async fn reaches(&self, heading: &str) {
        self.0.waits_for_text("#step-heading", heading).await;
        self.0.person.waits_for_focus("step-heading").await;
    }

    /// Waits until a field has this error, is marked as wrong and has the focus.
    pub async fn is_told(&self, id: &str, error: &str) {
        until(&format!("“{error}” at {id}"), async || {
            let script = "const it = document.getElementById(arguments[0]); \
                const ids = (it.getAttribute('aria-describedby') ?? '').split(' '); \
                const texts = ids.map((id) => document.getElementById(id)?.innerText.trim()); \
                return [document.activeElement === it, it.getAttribute('aria-invalid'), texts.includes(arguments[1])]";
            let found = self.0.runs(script, &json!([id, error.trim()])).await;
            (found == json!([true, "true", true])).then_some(())
        })
        .await;
    }

    /// Everything that the browser stores or shows.
    pub async fn everything_kept(&self) -> String {
        let function = include_str!("../../scripts/everything_kept.js");
        let kept: Value = self.0.person.calls(function, &json!([])).await;
        kept.as_str().expect("a text").to_owned()
    }
}
