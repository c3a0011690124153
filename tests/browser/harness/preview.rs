//! The preview of a kit: `guide preview`, as somebody starts it who changes the text.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use super::kit::Kit;
use super::wait::until;

/// A running preview. Ends with the value.
pub struct Preview {
    process: Child,
    port: u16,
    /// The lines that it prints.
    lines: Receiver<String>,
}

impl Preview {
    /// Starts it in the folder of the kit, on a port that is free. Its own files lie in the kit's `tmp`.
    pub async fn of(kit: &Kit) -> Self {
        let temporary = kit.path("tmp");
        fs::create_dir_all(&temporary).expect("made");
        let mut command = kit.command(&["preview", "--port", "0"]);
        command.env("TMPDIR", temporary).stderr(Stdio::piped());
        let mut process = command.spawn().expect("it starts");
        let errors = BufReader::new(process.stderr.take().expect("piped"));
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                // Nobody may read to the end.
                let _ = sender.send(line);
            }
        });
        let port = until("the address of the preview", async || {
            let line = lines.try_recv().ok()?;
            let (_, rest) = line.split_once("http://127.0.0.1:")?;
            rest.split('/').next()?.parse().ok()
        })
        .await;
        Self { process, port, lines }
    }

    /// Returns the address of a page.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Returns the port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Waits for a line that it prints.
    pub async fn prints(&self, words: &str) {
        until(words, async || self.lines.try_recv().ok().filter(|line| line.contains(words))).await;
    }

    /// Returns the response to a request with this `Host`.
    pub fn responds(&self, method: &str, host: &str, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut response = Vec::new();
        stream.read_to_end(&mut response).expect("read");
        String::from_utf8_lossy(&response).into_owned()
    }

    /// Ends it by a signal, such as `INT` for Ctrl-C.
    pub fn gets(&mut self, signal: &str) -> ExitStatus {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status().expect("kill runs");
        assert!(sent.success());
        self.process.wait().expect("it ends")
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
