//! Renders the Display menu of the header: theme and text size. `src/scripts/display.js` applies and
//! stores the choices; `style/tokens.css` defines their values.

use leptos::prelude::*;

use crate::content::interface::DisplayWords;

/// A choice: value, visible label, and the rest of the label for screen readers.
type Choice<'a> = (&'static str, &'a str, &'a str);

/// The menu, closed.
pub fn view(words: &DisplayWords) -> AnyView {
    let themes = [
        ("", &*words.auto, ""),
        ("light", &words.light, ""),
        ("dark", &words.dark, ""),
        ("calm", &words.calm, ""),
    ];
    let sizes = [
        ("", &*words.normal, &*words.normal_spoken),
        ("1", &words.larger, &words.larger_spoken),
        ("2", &words.largest, &words.largest_spoken),
    ];
    view! {
        <details class="display">
            <summary>{words.open.clone()}</summary>
            // Browsers that restore forms after a reload would show the choice from before.
            <form class="display-menu" method="dialog" autocomplete="off">
                {group("theme", &words.theme, &themes)}
                {group("text-size", &words.text_size, &sizes)}
            </form>
        </details>
    }
    .into_any()
}

fn group(name: &'static str, legend: &str, choices: &[Choice<'_>]) -> AnyView {
    let rows: Vec<AnyView> = choices.iter().map(|choice| row(name, choice)).collect();
    view! {
        <fieldset>
            <legend>{legend.to_owned()}</legend>
            <div class="rows">{rows}</div>
        </fieldset>
    }
    .into_any()
}

fn row(name: &'static str, (value, label, spoken): &Choice<'_>) -> AnyView {
    // The empty value is the default.
    let id = ["display-", name, "-", if value.is_empty() { "own" } else { value }].concat();
    let spoken = (!spoken.is_empty())
        .then(|| view! { <span class="visually-hidden">{[" ", spoken].concat()}</span> });
    view! {
        <div class="row">
            <input type="radio" id=id.clone() name=name value=*value checked=value.is_empty()/>
            <label for=id>{(*label).to_owned()} {spoken}</label>
        </div>
    }
    .into_any()
}
