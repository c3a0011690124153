//! The clinic: a running intake that serves the trial copy of the site, and the commands that staff
//! use on it.

use std::env;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::site::{copy, render, trial_copy};
use super::wait::{free_port, until};

/// A running intake with a database of its own. Ends with the value.
pub struct Clinic {
    port: u16,
    site: PathBuf,
    folder: TempDir,
    /// For `intake serve`, beside what it always needs.
    flags: Vec<String>,
    service: Option<Child>,
    /// The setting of this name: sites that may show the guide in a frame.
    frame_ancestors: String,
}

impl Clinic {
    /// Serves the trial copy that `make test` built.
    pub async fn open() -> Self {
        Self::serving(&trial_copy()).await
    }

    /// Serves a built site.
    pub async fn serving(site: &Path) -> Self {
        Self::framed(site, "'self'").await
    }

    /// Serves the trial copy, for these sites to show in a frame.
    pub async fn open_to(frame_ancestors: &str) -> Self {
        Self::framed(&trial_copy(), frame_ancestors).await
    }

    /// Serves a built site, for these sites to show in a frame.
    pub async fn framed(site: &Path, frame_ancestors: &str) -> Self {
        let folder = TempDir::new().expect("a folder for the database");
        let mut clinic = Self {
            port: free_port(),
            site: site.to_owned(),
            folder,
            flags: Vec::new(),
            service: None,
            frame_ancestors: frame_ancestors.to_owned(),
        };
        clinic.start().await;
        clinic
    }

    /// Serves the trial copy with an intake that asks everybody for a proof of work.
    pub async fn open_asking_for_work() -> Self {
        let mut clinic = Self::open().await;
        clinic.kill();
        clinic.flags = ["--allowance", "0"].map(str::to_owned).to_vec();
        clinic.start().await;
        clinic
    }

    /// Serves a copy whose pages were rendered again, for this key, which intake knows beside the clinic's.
    pub async fn open_with_key(public: &Value) -> Self {
        let mut clinic = Self::open().await;
        clinic.kill();
        let folder = clinic.folder.path();
        let (site, key) = (folder.join("site"), folder.join("public.jwk.json"));
        copy(&clinic.site, &site);
        std::fs::write(&key, public.to_string()).expect("written");
        render(&site, &root().join("content"), &key);
        clinic.site = site;
        clinic.flags = vec!["--keys".to_owned(), key.display().to_string()];
        clinic.start().await;
        clinic
    }

    /// Replaces the key of [`Clinic::open_with_key`] with the clinic's own, in the pages and in intake.
    pub async fn changes_its_key(&mut self) {
        self.kill();
        render(&self.site, &root().join("content"), &key("public"));
        self.flags.clear();
        self.start().await;
    }

    /// Starts the service, again at the same address and with what was stored.
    pub async fn start(&mut self) {
        let service = intake()
            .args(["serve", "--listen", &format!("127.0.0.1:{}", self.port)])
            .args(["--operations-listen", "127.0.0.1:0"])
            .args(["--database".as_ref(), self.database().as_os_str()])
            .args(["--site".as_ref(), self.site.as_os_str()])
            .args(["--frame-ancestors", &self.frame_ancestors])
            .args(["--keys".as_ref(), key("public").as_os_str()])
            .args(&self.flags)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("intake starts; `make test` builds it");
        self.service = Some(service);
        let port = self.port;
        until("intake to listen", async || TcpStream::connect(("127.0.0.1", port)).ok()).await;
    }

    /// Kills the service, as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut service) = self.service.take() {
            service.kill().expect("the service can be killed");
            service.wait().expect("and ends");
        }
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// All stored requests, opened with the clinic's key.
    pub fn requests(&self) -> Vec<Value> {
        let output = intake()
            .args(["open", "--json", "--database"])
            .arg(self.database())
            .arg("--private")
            .arg(key("private"))
            .output()
            .expect("intake runs");
        let printed = String::from_utf8(output.stdout).expect("intake prints UTF-8");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "intake open failed: {errors}");
        printed.lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect()
    }

    /// Compares what it serves with what was built; the output names each difference.
    pub fn verifies_site(&self) -> Output {
        let mut command = intake();
        command.args(["verify-site", "--site", &self.address("/"), "--manifest"]);
        command.arg(self.site.with_extension("sha256")).output().expect("intake runs")
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("requests.db")
    }
}

impl Drop for Clinic {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The program of the clinic.
pub fn intake() -> Command {
    Command::new(root().join("target/debug/intake"))
}

/// A sealed request in a file, opened with the clinic's key.
pub fn opened_file(file: &Path) -> Value {
    let output = intake()
        .args(["open", "--json", "--private"])
        .args([key("private").as_os_str(), "--file".as_ref(), file.as_os_str()])
        .output()
        .expect("intake runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a JSON object")
}

/// The file of one half of the clinic's key.
pub fn key(half: &str) -> PathBuf {
    root().join(format!(".dev/clinic.{half}.jwk.json"))
}

/// The folder where the Makefile installs tools.
pub fn tools() -> PathBuf {
    env::var_os("GUIDE_TOOLS").map_or_else(|| root().join(".tools"), PathBuf::from)
}

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
