//! Opened requests for the clinic's other software: a table (CSV), JSON, or FHIR R4.
//!
//! | module | holds |
//! |---|---|
//! | [`csv`] | a row for each request, with nothing that a spreadsheet takes for a formula |
//! | `opened` | an opened request, with its state |
//! | [`fhir`] | the FHIR resources of a request |

pub mod csv;
pub mod fhir;
mod opened;

use std::io::{self, Write};

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::readable;

pub use opened::Opened;

/// The format of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table with a row for each request.
    Csv,
    /// One array of objects.
    Json,
    /// One Bundle (R4) of type `collection`.
    Fhir {
        /// When the Bundle was put together.
        now: OffsetDateTime,
        /// The canonical address of the Questionnaire that the guide publishes, where it is known.
        questionnaire: Option<String>,
    },
}

/// An export that is written request by request, so that any number fits into memory.
pub struct Export<W: Write> {
    format: Format,
    out: W,
    is_empty: bool,
}

impl<W: Write> Export<W> {
    /// Writes the part before the first request.
    ///
    /// # Errors
    /// An error if it cannot be written.
    pub fn begin(format: Format, mut out: W) -> io::Result<Self> {
        match &format {
            Format::Csv => csv::head(&mut out)?,
            Format::Json => out.write_all(b"[")?,
            Format::Fhir { now, .. } => {
                let now = now.format(&Rfc3339).map_err(io::Error::other)?;
                // FHIR allows no list without an entry; see `add` and `end`.
                let head = r#"{"resourceType":"Bundle","type":"collection","timestamp":"#;
                write!(out, "{head}\"{now}\"")?;
            }
        }
        Ok(Self { format, out, is_empty: true })
    }

    /// Writes one request.
    ///
    /// # Errors
    /// An error if it cannot be written.
    pub fn add(&mut self, opened: &Opened) -> io::Result<()> {
        match &self.format {
            Format::Csv => csv::row(&mut self.out, opened)?,
            Format::Json => {
                self.out.write_all(if self.is_empty { b"\n" } else { b",\n" })?;
                write!(self.out, "{}", readable::one_line(&object(opened)?))?;
            }
            Format::Fhir { questionnaire, .. } => {
                for entry in fhir::entries(opened, questionnaire.as_deref())? {
                    let before = if self.is_empty { ",\"entry\":[\n" } else { ",\n" };
                    write!(self.out, "{before}{}", readable::one_line(&entry))?;
                    self.is_empty = false;
                }
            }
        }
        self.is_empty = false;
        Ok(())
    }

    /// Writes the part after the last request.
    ///
    /// # Errors
    /// An error if it cannot be written.
    pub fn end(mut self) -> io::Result<()> {
        match (&self.format, self.is_empty) {
            (Format::Csv, _) => {}
            (Format::Json, true) => self.out.write_all(b"]\n")?,
            (Format::Json, false) => self.out.write_all(b"\n]\n")?,
            (Format::Fhir { .. }, true) => self.out.write_all(b"}\n")?,
            (Format::Fhir { .. }, false) => self.out.write_all(b"\n]}\n")?,
        }
        self.out.flush()
    }
}

fn object(opened: &Opened) -> io::Result<Value> {
    Ok(json!({
        "reference": opened.reference(),
        "received_at": opened.received_at()?,
        "state": opened.state.as_str(),
        "request": readable::value(&opened.request)?,
    }))
}
