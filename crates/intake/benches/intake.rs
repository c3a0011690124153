//! Requests stored a second, synced before each response, and the latency of each; beside
//! what the same database can commit at all in the same run. `make bench-intake` runs it.
//!
//! The program runs as it does in earnest, in a process of its own; its clients share the machine
//! with it, so that more cores help.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on ends"
)]

#[path = "../tests/harness/mod.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod harness;

use std::fs;
use std::path::Path;
use std::process;
use std::sync::Arc;
use std::time::{Duration, Instant};

use guide_core::request::envelope::{Envelope, ProtectedHeader};
use intake::audit::Actor;
use intake::store::Database;
use intake::store::{STORE_TIMEOUT, Store};
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use harness::clinic::{Keys, request_of};
use harness::database::fresh_on;
use harness::postgres::Postgres;
use harness::program::Server;
use harness::{http, wait_for};

/// The time for which each figure is measured.
const TIME: Duration = Duration::from_secs(5);
/// Envelopes in a group of the bare limit: as many as there are connections at most.
const GROUP: usize = 256;
/// Size of an envelope, in bytes.
const SIZE: usize = 4096;
/// Pages asked for to tell how long a listing takes.
const LISTINGS: usize = 50;

/// An envelope whose id can be changed. Its seal is broken by that, which the service cannot know.
struct Template {
    envelope: Envelope,
}

impl Template {
    fn new(clinic: &Keys) -> Self {
        let message = "x".repeat(600);
        let id = Uuid::new_v4();
        let sealed = clinic.seal(request_of(id, "Ann Example", &message));
        Self { envelope: Envelope::parse(&sealed).unwrap().0 }
    }

    fn with(&self, id: Uuid, size: usize) -> Vec<u8> {
        let mut envelope = self.envelope.clone();
        envelope.protected = ProtectedHeader::new(id).encode();
        let mut bytes = envelope.to_json().unwrap().into_bytes();
        assert!(bytes.len() <= SIZE, "{} bytes", bytes.len());
        bytes.resize(size.max(bytes.len()), b' ');
        bytes
    }
}

/// Commits a second of a bare loop: of single inserts, and of groups.
async fn bare(database: &Database) -> (f64, f64) {
    let envelope = vec![b'x'; SIZE];
    let insert = "INSERT INTO bare (id, envelope) VALUES ($1, $2)";
    // A macro for want of a common type.
    macro_rules! measure {
        ($pool:expr, $begin:literal) => {{
            let pool = $pool;
            let mut rates = Vec::new();
            for group in [1, GROUP] {
                let (began, mut rows) = (Instant::now(), 0);
                while began.elapsed() < TIME {
                    let mut transaction = pool.begin_with($begin).await.unwrap();
                    for _ in 0..group {
                        let id = Uuid::new_v4().to_string();
                        let query = sqlx::query(insert).bind(id).bind(envelope.as_slice());
                        query.execute(&mut *transaction).await.unwrap();
                    }
                    transaction.commit().await.unwrap();
                    rows += group;
                }
                rates.push(rows as f64 / began.elapsed().as_secs_f64());
            }
            pool.close().await;
            (rates[0], rates[1])
        }};
    }
    match database {
        Database::Sqlite(file) => {
            let options = SqliteConnectOptions::new()
                .filename(file.with_extension("bare"))
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full);
            let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options);
            let pool = pool.await.unwrap();
            let table = "CREATE TABLE bare (id TEXT PRIMARY KEY, envelope BLOB) STRICT";
            sqlx::query(table).execute(&pool).await.unwrap();
            measure!(pool, "BEGIN IMMEDIATE")
        }
        Database::Postgres(address) => {
            let pool = PgPoolOptions::new().max_connections(1);
            let pool = pool.connect_with(address.options().clone()).await.unwrap();
            let table = "CREATE TABLE bare (id TEXT PRIMARY KEY, envelope BYTEA)";
            sqlx::query(table).execute(&pool).await.unwrap();
            measure!(pool, "BEGIN")
        }
    }
}

/// Posts over one connection until the time is over; how long each took.
async fn post(
    server: std::net::SocketAddr,
    template: Arc<Template>,
    time: Duration,
) -> Vec<Duration> {
    let mut stream = TcpStream::connect(server).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (began, mut took) = (Instant::now(), Vec::new());
    let mut response = vec![0; 4096];
    while began.elapsed() < time {
        let id = Uuid::new_v4();
        let body = template.with(id, SIZE);
        let mut bytes = format!(
            "POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/jose+json\r\n\
             Idempotency-Key: {id}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        bytes.extend(body);
        let sent = Instant::now();
        stream.write_all(&bytes).await.unwrap();
        let mut read = 0;
        // The receipt ends with the response's only closing brace.
        while read == 0 || response[read - 1] != b'}' {
            let more = stream.read(&mut response[read..]).await.unwrap();
            assert!(more > 0, "the service closed a connection");
            read += more;
        }
        took.push(sent.elapsed());
        assert!(
            response.starts_with(b"HTTP/1.1 201 "),
            "{}",
            String::from_utf8_lossy(&response[..read])
        );
    }
    took
}

async fn load(server: &Server, template: &Arc<Template>, connections: usize) -> (f64, f64, f64) {
    let began = Instant::now();
    let clients: Vec<_> = (0..connections)
        .map(|_| tokio::spawn(post(server.address, template.clone(), TIME)))
        .collect();
    let mut took = Vec::new();
    for client in clients {
        took.extend(client.await.unwrap());
    }
    let seconds = began.elapsed().as_secs_f64();
    took.sort();
    let quantile = |part: f64| took[(part * (took.len() - 1) as f64) as usize].as_secs_f64() * 1e3;
    (took.len() as f64 / seconds, quantile(0.5), quantile(0.99))
}

/// Resident memory of a process, in MiB.
fn memory(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}

/// The median time of a listing after a position, in milliseconds.
fn listing(server: &Server, token: &str, epoch: &str, after: i64) -> f64 {
    let bearer = format!("Bearer {token}");
    let path = format!("/v1/requests?limit=50&after={epoch}.{after}");
    let mut took: Vec<_> = (0..LISTINGS)
        .map(|_| {
            let began = Instant::now();
            let response = http::get(server.operations, &path, &[("Authorization", &bearer)]);
            assert_eq!(response.status, 200);
            began.elapsed()
        })
        .collect();
    took.sort();
    took[LISTINGS / 2].as_secs_f64() * 1e3
}

fn new_token(database: &Database) -> String {
    let token = intake::tokens::new();
    wait_for(async {
        let store = Store::open(database, STORE_TIMEOUT).await.unwrap();
        let now = time::OffsetDateTime::now_utc();
        let new = intake::tokens::NewToken {
            name: "benchmark".to_owned(),
            hash: intake::tokens::hash(&token),
            scopes: "list".parse().unwrap(),
            expires: None,
        };
        store.add_token(&Actor::Service, &new, now).await.unwrap();
        store.close().await;
    });
    token
}

/// Stores so many small requests through the service's own store, many at a time.
async fn fill(database: &Database, template: &Arc<Template>, rows: usize) {
    let store = Store::open(database, STORE_TIMEOUT).await.unwrap();
    let mut left = rows;
    while left > 0 {
        let some = left.min(512);
        let begun: Vec<_> = (0..some)
            .map(|_| {
                let (store, template) = (store.clone(), template.clone());
                tokio::spawn(async move {
                    let id = Uuid::new_v4();
                    store.insert(id, &template.with(id, 0)).await.unwrap();
                })
            })
            .collect();
        for task in begun {
            task.await.unwrap();
        }
        left -= some;
    }
    store.close().await;
}

fn measure(name: &str, database: &Database, clinic: &Keys, rows: usize) {
    let template = Arc::new(Template::new(clinic));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!("\n{name}: envelopes of {SIZE} bytes, synced before each response, {TIME:?} each");
    let (single, grouped) = runtime.block_on(bare(database));
    println!("  bare loop, a commit each         {single:8.0} /s");
    println!("  bare loop, {GROUP} in a commit       {grouped:8.0} /s   (the grouped limit)");
    let server = Server::start(database, &clinic.public_file);
    for connections in [1, 16, 256] {
        let (rate, p50, p99) = runtime.block_on(load(&server, &template, connections));
        println!(
            "  intake, {connections:3} connections          {rate:8.0} /s   {:3.0} % of the grouped \
             limit, p50 {p50:.1} ms, p99 {p99:.1} ms",
            100.0 * rate / grouped
        );
    }
    if rows == 0 {
        return;
    }
    let token = new_token(database);
    let epoch = wait_for(async {
        let store = Store::open_for_reading(database, STORE_TIMEOUT).await.unwrap();
        store.epoch().await.unwrap()
    });
    let listing = |after| listing(&server, &token, &epoch, after);
    let began = (memory(server.id()), listing(0));
    runtime.block_on(fill(database, &template, rows));
    let stored = wait_for(async {
        let store = Store::open_for_reading(database, STORE_TIMEOUT).await.unwrap();
        store.entries().await.unwrap().len()
    });
    let last = i64::try_from(stored).unwrap() - 100;
    runtime.block_on(load(&server, &template, 16));
    let (middle, end) = (listing(last / 2), listing(last));
    println!(
        "  with {stored} requests stored: memory {:.1} MiB, before {:.1} MiB;",
        memory(server.id()),
        began.0
    );
    println!(
        "  a listing of 50 takes {:.1} ms at the beginning, {middle:.1} ms in the middle, {end:.1} ms at the end; before {:.1} ms",
        listing(0),
        began.1
    );
}

fn main() {
    // `cargo test --benches` and `cargo bench` give arguments of their own.
    let rows = std::env::var("ROWS").map_or(0, |rows| rows.parse().expect("ROWS is a number"));
    // On the disk, where a service would be; a folder for temporary files may be memory.
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = tempfile::tempdir_in(place).unwrap();
    let clinic = Keys::new(folder.path(), "clinic");
    println!("{} cores; process {}", std::thread::available_parallelism().unwrap(), process::id());
    measure("SQLite", &Database::Sqlite(folder.path().join("intake.db")), &clinic, rows);
    let postgres = Postgres::start();
    measure("PostgreSQL", &fresh_on(&postgres), &clinic, rows);
}
