//! The databases that tests run on: SQLite, or PostgreSQL where `INTAKE_TEST_DATABASE=postgres`.

use std::env;
use std::path::Path;
use std::sync::OnceLock;

use intake::settings::{Sources, database};
use intake::store::Database;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, Row};
use uuid::Uuid;

use super::postgres::Postgres;
use super::wait_for;

/// Returns `true` if the tests run on PostgreSQL this time.
pub fn is_postgres() -> bool {
    match env::var("INTAKE_TEST_DATABASE").as_deref() {
        Ok("postgres") => true,
        Ok("sqlite") | Err(_) => false,
        Ok(other) => panic!("INTAKE_TEST_DATABASE is sqlite or postgres, not {other}"),
    }
}

/// A new database for one test: a file in its folder, or one of the server's.
pub fn fresh(folder: &Path) -> Database {
    match is_postgres() {
        true => fresh_on(server()),
        false => Database::Sqlite(folder.join("intake.db")),
    }
}

/// The server that all tests of this process share; it ends with the process.
pub fn server() -> &'static Postgres {
    static SERVER: OnceLock<Postgres> = OnceLock::new();
    SERVER.get_or_init(Postgres::start)
}

/// A new database on a server.
pub fn fresh_on(server: &Postgres) -> Database {
    let name = format!("test_{}", Uuid::new_v4().simple());
    wait_for(async {
        let mut connection = PgConnection::connect(&server.address("postgres")).await.unwrap();
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        connection.close().await.unwrap();
    });
    let flags = super::flags(&[("database", &server.address(&name))]);
    database(&Sources::gather(flags, std::iter::empty())).unwrap()
}

/// As it is given on the command line.
pub fn word(database: &Database) -> String {
    match database {
        Database::Sqlite(file) => file.display().to_string(),
        Database::Postgres(address) => address.to_string(),
    }
}

/// Makes it, to this program, a database of a release with one migration more.
pub async fn of_a_newer_release(database: &Database) {
    let migration = "INSERT INTO _sqlx_migrations \
                     (version, description, success, checksum, execution_time) \
                     SELECT MAX(version) + 1, 'newer', success, checksum, 1 FROM _sqlx_migrations \
                     GROUP BY success, checksum ORDER BY 1 DESC LIMIT 1";
    Other::connect(database).await.execute(migration).await;
}

/// What every command says of such a database.
pub fn made_by_a_newer_release(database: &str) -> String {
    format!(
        "{database} was made by a newer release of intake: use that program, or restore a backup \
         from before (docs/operating.md, \"Upgrade\")"
    )
}

/// A connection of somebody else.
pub enum Other {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Other {
    pub async fn connect(database: &Database) -> Self {
        match database {
            Database::Sqlite(file) => {
                let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
                Self::Sqlite(options.connect().await.unwrap())
            }
            Database::Postgres(address) => {
                Self::Postgres(address.options().connect().await.unwrap())
            }
        }
    }

    pub async fn execute(&mut self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(connection) => drop(connection.execute(sql).await.unwrap()),
            Self::Postgres(connection) => drop(connection.execute(sql).await.unwrap()),
        }
    }

    /// The error of a statement that is refused.
    pub async fn refusal(&mut self, sql: &str) -> String {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        let refused = match self {
            Self::Sqlite(connection) => query.execute(connection).await.map(drop),
            Self::Postgres(connection) => query.execute(connection).await.map(drop),
        };
        refused.expect_err(sql).to_string()
    }

    /// The one number that a query returns.
    pub async fn number(&mut self, sql: &str) -> i64 {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self {
            Self::Sqlite(connection) => query.fetch_one(connection).await.unwrap().get(0),
            Self::Postgres(connection) => query.fetch_one(connection).await.unwrap().get(0),
        }
    }

    /// Lets nobody else write, until the next [`Other::execute`] of `ROLLBACK`.
    pub async fn lock(&mut self) {
        match self {
            Self::Sqlite(_) => self.execute("BEGIN EXCLUSIVE").await,
            Self::Postgres(_) => {
                self.execute("BEGIN").await;
                self.execute("LOCK TABLE requests IN ACCESS EXCLUSIVE MODE").await;
            }
        }
    }
}
