//! The real program in a process of its own.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use intake::store::Database;

use super::database::word;
use super::http;

/// Longer than anything here takes; only a test that fails waits so long.
const LIMIT: Duration = Duration::from_secs(60);

/// The program, without settings of whoever runs the tests, and with nobody to ask.
pub fn intake<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_intake"));
    command.args(args).env_clear().stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Output {
    intake(args).output().unwrap()
}

/// The output of a command, as texts: standard output, standard error.
pub fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

/// Runs a command that should not come to serve: its exit code and standard error; `None` where it
/// serves.
pub fn end_of<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Option<(Option<i32>, String)> {
    let mut child = intake(args).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = String::new();
    for line in BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok) {
        if line.contains("listening") {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        told += &format!("{line}\n");
    }
    Some((child.wait().unwrap().code(), told))
}

/// A running `intake serve`; killed when it is dropped.
pub struct Server {
    child: Child,
    lines: Receiver<String>,
    pub address: SocketAddr,
    /// Of the listener for operations.
    pub operations: SocketAddr,
}

impl Server {
    /// Starts the service of this database and key on free ports.
    pub fn start(database: &Database, public_key: &Path) -> Self {
        Self::of(intake(Self::args(database, public_key)))
    }

    /// The arguments of [`Server::start`].
    pub fn args(database: &Database, public_key: &Path) -> Vec<String> {
        let (database, key) = (word(database), public_key.display().to_string());
        let limits = [
            ["--allowance", "10000000"],
            ["--limit", "10000000"],
            ["--total-allowance", "10000000"],
            ["--max-requests", "10000000"],
        ]
        .concat();
        let any = "127.0.0.1:0";
        ["serve", "--listen", any, "--operations-listen", any, "--database", &database]
            .into_iter()
            .chain(["--keys", &key])
            .chain(limits)
            .map(str::to_owned)
            .collect()
    }

    /// Starts a command that serves.
    pub fn of(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let (send, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        thread::spawn(move || {
            stderr.lines().map_while(Result::ok).try_for_each(|it| send.send(it))
        });
        let nowhere = ([127, 0, 0, 1], 0).into();
        let mut server = Self { child, lines, address: nowhere, operations: nowhere };
        let address = |line: String| line.split("address=").nth(1).unwrap().trim().parse().unwrap();
        server.address = address(server.line_with("listening"));
        server.operations = address(server.line_with("listening for operations"));
        server
    }

    /// The id of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for a line of the log.
    pub fn line_with(&self, words: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(LIMIT);
            let line = line.unwrap_or_else(|_| panic!("no line with \"{words}\""));
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Stops it, and returns what it wrote since the last line that was waited for.
    pub fn lines_until_stopped(&self) -> Vec<String> {
        self.terminate();
        let mut lines = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(LIMIT) {
            lines.push(line);
        }
        lines
    }

    /// Waits until it can store.
    pub fn wait_until_ready(&self) {
        http::wait_until_ready(self.operations);
    }

    /// Lifts the limit on the size of its files.
    pub fn make_room(&self) {
        let (id, unlimited) = (self.id().to_string(), "--fsize=unlimited");
        let lifted = Command::new("prlimit").args(["--pid", &id, unlimited]).status().unwrap();
        assert!(lifted.success());
    }

    /// SIGKILL: no chance to finish anything.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGKILL, while others still speak with it.
    pub fn kill_now(&self) {
        self.signal("KILL");
    }

    /// SIGTERM, as a service manager stops it.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    /// Waits for the end; whether it ended well.
    pub fn ended_well(mut self) -> bool {
        self.child.wait().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
