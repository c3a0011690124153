//! The guide as a patient's device has it, beside the same page without scripts and beside one with the usual
//! fifty lines of script: `make bench-page`. Prints the tables of `docs/performance.md`.

mod network;
mod profile;
mod report;
mod sites;
mod visit;

use std::env;

use profile::PROFILES;
use report::Table;

/// Visits of each page, of which the median counts, where the Makefile sets no other number.
const ROUNDS: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a benchmark: `make bench-page`"]
async fn a_visit() {
    let rounds = env::var("ROUNDS").ok().and_then(|it| it.parse().ok()).unwrap_or(ROUNDS);
    let folder = tempfile::TempDir::new().expect("a folder for the pages");
    let sites = sites::all(folder.path()).await;
    let mut browser = String::new();
    let mut tables = Vec::new();
    for profile in &PROFILES {
        let mut table = Table::new(profile, sites.each_ref().map(|site| site.name));
        for round in 1..=rounds {
            // In turn, so that a busy machine slows all of them alike.
            for site in &sites {
                let figures = visit::measured(site, profile).await;
                eprintln!("{}, round {round} of {rounds}: {}", profile.name, site.name);
                browser = figures.browser.clone();
                table.add(site.name, figures);
            }
        }
        tables.push(table.markdown());
    }
    println!("{}\n{}", report::machine(&browser, rounds), tables.join("\n"));
}
