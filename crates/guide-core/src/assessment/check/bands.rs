//! Rules of a criterion that share out one sum among them: an amount that falls between two of them
//! counts nothing, one in two of them counts twice. Either happens when one bound is changed alone.

use super::checker::Checker;
use crate::assessment::definition::{Condition, Criterion};
use crate::source::Path;

/// A rule's share of a sum, from the first to the last amount.
struct Band<'a> {
    of: &'a [String],
    from: u32,
    to: u32,
    /// Place of the rule in its criterion.
    rule: usize,
}

impl Checker<'_> {
    pub(super) fn bands(&mut self, at: &Path, criterion: &Criterion) {
        let mut bands: Vec<Band<'_>> = criterion
            .rules
            .iter()
            .enumerate()
            .filter_map(|(rule, it)| match &it.when {
                Condition::Sum { of, from, to } => {
                    Some(Band { of, from: from.unwrap_or(0), to: to.unwrap_or(u32::MAX), rule })
                }
                _ => None,
            })
            .collect();
        bands.sort_by_key(|band| (band.of, band.from, band.to));
        let mut rest = bands.iter();
        let Some(mut low) = rest.next() else { return };
        for high in rest {
            let is_within = high.to <= low.to;
            if high.of == low.of && is_within {
                continue;
            }
            if high.of == low.of
                && let Some(reason) = misfit(low, high)
            {
                self.report(at.key("rules").index(high.rule).key("when"), reason);
            }
            low = high;
        }
    }
}

/// The reason why two bands of one sum do not fit. One within the other does: more of the same gets
/// more points.
fn misfit(low: &Band<'_>, high: &Band<'_>) -> Option<String> {
    let of = low.of.join(" + ");
    if low.from == high.from {
        None
    } else if high.from <= low.to {
        let twice = span(high.from, low.to);
        Some(format!(
            "{twice} of {of} would count in two rules, one to {} and one from {}; let one begin \
             where the other has ended",
            low.to, high.from
        ))
    } else if high.from - low.to > 1 {
        let nowhere = span(low.to + 1, high.from - 1);
        Some(format!(
            "{nowhere} of {of} would count in no rule: one ends at {}, the next begins at {}; let \
             them touch (where that is meant, write when = {{ all = [ … ] }} around one of the two)",
            low.to, high.from
        ))
    } else {
        None
    }
}

fn span(from: u32, to: u32) -> String {
    if from == to { from.to_string() } else { format!("{from} to {to}") }
}
