//! The figures of the benchmark, as Markdown.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use guide_core::date::CalendarDate;

use super::profile::Profile;

/// Figures of one visit, by the name of their row.
pub struct Figures {
    values: HashMap<String, f64>,
    /// The rows, in order.
    rows: Vec<String>,
    /// Name and version.
    pub browser: String,
}

impl Figures {
    /// None so far.
    pub fn new() -> Self {
        Self { values: HashMap::new(), rows: Vec::new(), browser: String::new() }
    }

    /// Keeps a figure. A page without it has none.
    pub fn set(&mut self, row: &str, value: Option<f64>) {
        self.rows.push(row.to_owned());
        self.values.extend(value.map(|value| (row.to_owned(), value)));
    }

    /// Keeps median and worst of milliseconds.
    pub fn set_all(&mut self, row: &str, values: Vec<f64>) {
        let worst = values.iter().copied().fold(0.0, f64::max);
        self.set(&format!("{row}, median, ms"), median(values));
        self.set(&format!("{row}, worst, ms"), Some(worst));
    }
}

/// The visits with one profile.
pub struct Table {
    title: String,
    sites: [&'static str; 3],
    visits: Vec<(&'static str, Figures)>,
}

impl Table {
    /// An empty table.
    pub fn new(profile: &Profile, sites: [&'static str; 3]) -> Self {
        Self {
            title: format!("{} ({})", profile.name, profile.described()),
            sites,
            visits: Vec::new(),
        }
    }

    /// Adds a visit.
    pub fn add(&mut self, site: &'static str, figures: Figures) {
        self.visits.push((site, figures));
    }

    /// Medians, with the least and the most.
    pub fn markdown(&self) -> String {
        let mut text =
            format!("| {} | {} |\n|---|---|---|---|\n", self.title, self.sites.join(" | "));
        // The guide has every row.
        for row in self.visits.first().map_or(&[][..], |(_, figures)| &figures.rows) {
            let cells = self.sites.map(|site| self.cell(site, row));
            writeln!(text, "| {row} | {} |", cells.join(" | ")).expect("a text takes everything");
        }
        text
    }

    fn cell(&self, site: &str, row: &str) -> String {
        let of = self.visits.iter().filter(|(name, _)| *name == site);
        let values: Vec<f64> = of.filter_map(|(_, it)| it.values.get(row).copied()).collect();
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(0.0, f64::max);
        let Some(median) = median(values) else { return "–".to_owned() };
        let written = |value: f64| match row {
            "KiB in all" => format!("{value:.1}"),
            _ => format!("{value:.0}"),
        };
        let [median, least, most] = [median, least, most].map(written);
        if least == most { median } else { format!("{median} ({least}–{most})") }
    }
}

/// The day, the machine and the browser.
pub fn machine(browser: &str, rounds: usize) -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let day = i64::try_from(seconds).ok().and_then(CalendarDate::of_unix_time);
    let day = day.map(|it| it.to_string()).unwrap_or_default();
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split(": ").nth(1)).unwrap_or("processor not known");
    let cores = processors.lines().filter(|line| line.starts_with("processor")).count();
    format!("{day}; {cores} cores of {model}; {browser}; median (least–most) of {rounds} visits\n")
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
