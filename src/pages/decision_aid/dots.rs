//! Draws so many of 100 people as full dots.

use leptos::prelude::*;

use crate::content::decision_aid::options::OF;

/// Dots in a row.
const ROW: u8 = 10;

/// A drawing of 100 dots, ten in a row, the first `number` of which are full; `title` says so.
pub fn view(id: &str, number: u8, title: &str) -> AnyView {
    view! {
        <svg class="dots" role="img" aria-labelledby=id.to_owned() viewBox="0 0 10 10">
            <title id=id.to_owned()>{title.to_owned()}</title>
            <path class="full" d=rows(0, number)/>
            <path d=rows(number, OF)/>
        </svg>
    }
    .into_any()
}

/// A line for every row of dots, from one dot up to another. The style sheet cuts it into dots.
fn rows(from: u8, to: u8) -> String {
    let lines = (from / ROW..to.div_ceil(ROW)).map(|row| {
        let start = from.saturating_sub(row * ROW);
        let end = (to - row * ROW).min(ROW);
        // A bit longer than to its last dot, which rounding could cut off.
        format!("M{start}.5 {row}.5h{}.1", end.saturating_sub(start + 1))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_line_ends_at_its_last_dot() {
        assert_eq!(rows(0, 28), "M0.5 0.5h9.1M0.5 1.5h9.1M0.5 2.5h7.1");
        assert_eq!(rows(28, 40), "M8.5 2.5h1.1M0.5 3.5h9.1");
        assert_eq!(rows(0, 0), "");
        assert_eq!(rows(10, 20), "M0.5 1.5h9.1");
    }
}
