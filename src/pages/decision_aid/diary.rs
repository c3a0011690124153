//! Renders the headache diary: a sheet for one month, to print empty, or to fill in and then print or save.
//! `src/scripts/decision_aid/diary.js` counts, saves and opens; without script the sheet can be filled in and printed.

use leptos::prelude::*;

use crate::components::button::button;
use crate::components::messages::messages;
use crate::content::decision_aid::diary::{Diary, Foot};

/// Days of the longest month.
const DAYS: u8 = 31;

/// The sheet.
pub fn view(words: &Diary) -> AnyView {
    let buttons = &words.buttons;
    let days: Vec<_> = (1..=DAYS).map(|day| self::day(words, day)).collect();
    let heads: Vec<_> = words
        .columns
        .in_order()
        .into_iter()
        .map(|(key, column)| {
            view! {
                <th scope="col" id=["diary-", key].concat()>{column.name.clone()}</th>
            }
        })
        .collect();
    let caption = "diary-caption";
    view! {
        <form class="diary" id="diary" method="dialog" autocomplete="off">
            <p class="note">{words.hint.clone()} " " {words.not_kept.clone()}</p>
            {legend(words)}
            <div class="heads">
                {line("month", &words.month)}
                {line("name", &words.name)}
            </div>
            <p><a class="past" href="#diary-counts">{words.past.clone()}</a></p>
            <div class="table" role="region" tabindex="0" aria-labelledby=caption>
                <table>
                    <caption id=caption>{words.title.clone()}</caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{days}</tbody>
                </table>
            </div>
            {foot(&words.foot)}
            <p class="actions needs-script">
                {button("button", "print", &buttons.print)}
                {button("button secondary", "diary-save", &buttons.save)}
                {button("button secondary", "diary-open", &buttons.open)}
                {button("button secondary", "diary-clear", &buttons.clear)}
                <input type="file" id="diary-file" accept=".json,application/json" hidden/>
            </p>
            <p role="status" class="note" id="diary-status"></p>
            {messages([
                ("diary-saved", &*buttons.saved),
                ("diary-opened", &buttons.opened),
                ("diary-not-a-diary", &buttons.not_a_diary),
                ("diary-cleared", &buttons.cleared),
                ("diary-clear-question", &buttons.clear_question),
            ])}
        </form>
    }
    .into_any()
}

/// The meanings of the letters and the columns.
fn legend(words: &Diary) -> AnyView {
    let lights: Vec<_> = words
        .lights
        .in_order()
        .into_iter()
        .map(|it| {
            view! {
                <div>
                    <dt>{it.letter.clone()} " · " {it.name.clone()}</dt>
                    <dd>{it.meaning.clone()}</dd>
                </div>
            }
        })
        .collect();
    let columns: Vec<_> = words
        .columns
        .in_order()
        .into_iter()
        .filter(|(key, _)| !["day", "how-bad"].contains(key))
        .map(|(_, it)| {
            view! { <div><dt>{it.name.clone()}</dt><dd>{it.meaning.clone()}</dd></div> }
        })
        .collect();
    view! { <dl class="legend">{lights} {columns}</dl> }.into_any()
}

fn day(words: &Diary, day: u8) -> AnyView {
    let id = format!("diary-day-{day}");
    let cells: Vec<_> = words
        .columns
        .in_order()
        .into_iter()
        .skip(1)
        .map(|(key, _)| {
            let name = format!("{key}-{day}");
            let labelled = format!("diary-{key} {id}");
            view! { <td>{control(words, key, name, labelled)}</td> }
        })
        .collect();
    view! { <tr><th scope="row" id=id.clone()>{day}</th> {cells}</tr> }.into_any()
}

fn control(words: &Diary, key: &str, name: String, labelled: String) -> AnyView {
    match key {
        "how-bad" => {
            let lights: Vec<_> = words
                .lights
                .in_order()
                .into_iter()
                .map(|it| view! { <option value=it.letter.clone()>{it.letter.clone()}</option> })
                .collect();
            view! {
                <select name=name aria-labelledby=labelled data-light>
                    <option value=""></option>
                    {lights}
                </select>
            }
            .into_any()
        }
        "relief" => {
            let relief = &words.relief;
            let options: Vec<_> = [&relief.none, &relief.some, &relief.gone]
                .into_iter()
                .map(|it| view! { <option>{it.clone()}</option> })
                .collect();
            view! {
                <select name=name aria-labelledby=labelled>
                    <option value=""></option>
                    {options}
                </select>
            }
            .into_any()
        }
        "light" | "sound" | "nausea" | "aura" | "period" => {
            view! { <input type="checkbox" name=name aria-labelledby=labelled/> }.into_any()
        }
        "hours" | "sleep" => view! {
            <input type="text" inputmode="decimal" class="short" name=name aria-labelledby=labelled/>
        }
        .into_any(),
        _ => view! { <input type="text" name=name aria-labelledby=labelled/> }.into_any(),
    }
}

fn line(key: &str, label: &str) -> AnyView {
    let id = ["diary-", key].concat();
    view! {
        <div>
            <label for=id.clone()>{label.to_owned()}</label>
            <input type="text" id=id.clone() name=key.to_owned()/>
        </div>
    }
    .into_any()
}

/// The counts at the end of the month. The script counts the days; the rest is for the patient.
fn foot(words: &Foot) -> AnyView {
    let counted = |key: &str, label: &str, limit: Option<(u8, &str)>| {
        let id = ["diary-", key].concat();
        let mark = limit.map(|(_, mark)| {
            view! { <span class="hint" id=[&id, "-hint"].concat()>{mark.to_owned()}</span> }
        });
        let described = limit.map(|_| [&id, "-hint"].concat());
        view! {
            <div>
                <label for=id.clone()>{label.to_owned()}</label>
                <input
                    type="text"
                    inputmode="numeric"
                    class="short"
                    id=id.clone()
                    name=key.to_owned()
                    data-limit=limit.map(|(limit, _)| limit)
                    aria-describedby=described
                />
                {mark}
            </div>
        }
    };
    view! {
        <fieldset class="foot" id="diary-counts" tabindex="-1">
            <legend><h3>{words.title.clone()}</h3></legend>
            {counted("headache-days", &words.headache_days, None)}
            {counted("red-days", &words.red_days, None)}
            {counted("triptan-days", &words.triptan_days, Some((words.triptan_limit, &words.triptan_mark)))}
            {counted("simple-days", &words.simple_days, Some((words.simple_limit, &words.simple_mark)))}
            {counted("last-month", &words.last_month, None)}
            {counted("change", &words.change, None)}
            <p class="note">{words.yardstick.clone()}</p>
        </fieldset>
    }
    .into_any()
}
