//! A real PostgreSQL on loopback, with a data folder of its own.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// Starts the server, does what it is told line by line, and stops the server and removes its folder
/// when nobody can tell it anything any more, however that came. PostgreSQL refuses to run as root.
const KEEPER: &str = r#"
trap '' INT TERM
bin=$1 port=$2
folder=$(mktemp -d)
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as() { setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }
fi
cd "$folder"
as "$bin/initdb" --pgdata data --username postgres --auth trust --no-sync >initdb.log || exit 1
start() {
    as "$bin/pg_ctl" start --wait --pgdata data --log "$folder/data/server.log" --options \
        "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=300" >/dev/null
}
stop() { as "$bin/pg_ctl" stop --wait --pgdata data --mode immediate >/dev/null; }
# As docs/operating.md says: a base backup, and the log as it is written, on another machine.
copy_on() {
    to="--host 127.0.0.1 --port $port --username postgres"
    as mkdir -p elsewhere/log
    log="$to --directory elsewhere/log --slot elsewhere"
    as "$bin/pg_receivewal" $log --create-slot || return 1
    # Its first attempt may find the slot in use by the command that made it.
    (until [ -e lost ]; do as "$bin/pg_receivewal" $log --synchronous --no-loop; done) >/dev/null 2>&1 &
    receiver=$!
    as "$bin/pg_basebackup" $to --pgdata elsewhere/base --checkpoint fast --wal-method none 2>/dev/null
}
lose() { touch lost && stop && rm -r data && { wait "$receiver" || true; }; }
put_back() {
    as cp -r elsewhere/base data
    as touch data/recovery.signal
    log="$folder/elsewhere/log/%f"
    # Without hot_standby it takes no connection before all of the log is restored.
    as tee -a data/postgresql.auto.conf >/dev/null <<end
restore_command = 'cp $log %p || cp $log.partial %p'
hot_standby = off
end
    start
    for _ in $(seq 600); do "$bin/pg_isready" --quiet $to && return; sleep 0.1; done
    return 1
}
start && echo done
while read -r order; do "$order" && echo done || echo failed; done
stop
rm -r "$folder"
"#;

/// A running server; it ends when this is dropped, or with the process.
pub struct Postgres {
    port: u16,
    // The orders and the replies to them; dropping the first ends the keeper.
    keeper: Mutex<(Option<ChildStdin>, BufReader<ChildStdout>)>,
    child: Child,
}

impl Postgres {
    pub fn start() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut child = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(programs())
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let orders = child.stdin.take();
        let mut replies = BufReader::new(child.stdout.take().unwrap());
        wait_for_done(&mut replies);
        Self { port, keeper: Mutex::new((orders, replies)), child }
    }

    /// The address of one of its databases.
    pub fn address(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Ends it as a crash would: every connection breaks.
    pub fn crash(&self) {
        self.tell("stop");
    }

    /// Starts it again, with its data.
    pub fn start_again(&self) {
        self.tell("start");
    }

    /// Copies it elsewhere, and goes on copying what it writes.
    pub fn copy_on(&self) {
        self.tell("copy_on");
    }

    /// Ends it as a crash would, and removes its data.
    pub fn lose(&self) {
        self.tell("lose");
    }

    /// Starts it with what was copied elsewhere.
    pub fn put_back(&self) {
        self.tell("put_back");
    }

    fn tell(&self, order: &str) {
        let mut keeper = self.keeper.lock().unwrap();
        let (orders, replies) = &mut *keeper;
        writeln!(orders.as_mut().unwrap(), "{order}").unwrap();
        wait_for_done(replies);
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A test that failed while it told the keeper something poisoned the lock.
        let keeper = self.keeper.get_mut().unwrap_or_else(PoisonError::into_inner);
        drop(keeper.0.take());
        let _ = self.child.wait();
    }
}

fn wait_for_done(replies: &mut BufReader<ChildStdout>) {
    let mut line = String::new();
    replies.read_line(&mut line).unwrap();
    assert_eq!(line, "done\n", "PostgreSQL says why on standard error");
}

/// The folder with the server's programs; Debian keeps one for each version, and none on the path.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    versions
        .map(|version| version.unwrap().path().join("bin"))
        .filter(|bin| bin.join("pg_ctl").exists())
        .max()
        .expect("PostgreSQL is installed; `make test` installs it")
}
