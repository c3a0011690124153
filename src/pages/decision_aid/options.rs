//! Renders the options: one table, and for each option the same rows. `src/scripts/decision_aid/compare.js` shows two to four
//! of them side by side.

use leptos::prelude::*;
use toml::value::Datetime;

use super::dots;
use crate::components::button::button;
use crate::components::choices::{Choices, Row, choices};
use crate::components::messages::messages;
use crate::components::panel::panel_form;
use crate::content::Content;
use crate::content::decision_aid::options::{
    Approval, Certainty, Comparison, Days, Group, OF, Options, TreatmentOption,
};
use crate::content::markdown::Citation;
use crate::content::words::fill;

const ID: &str = "options-list";

/// The options. `citations` are those of their sources, in their order.
pub fn view(content: &Content, citations: &[Citation]) -> AnyView {
    let options = &content.decision_aid.options;
    let mut citations = citations.iter();
    let each: Vec<AnyView> =
        options.options.iter().map(|it| option(options, it, &mut citations)).collect();
    let months = &content.interface.site.months;
    let date = |words: &str, date: &Datetime| fill(words, &[("date", &day(months, date))]);
    let words = &options.words;
    view! {
        <p class="note">
            {date(&words.checked, &options.checked)} " "
            {date(&words.next_review, &options.next_review)}
        </p>
        {table(options)}
        {choice(options)}
        <div
            class="options"
            id=ID
            role="group"
            aria-label=words.side_by_side.clone()
        >
            {each}
        </div>
        {messages([
            ("options-chosen", &*words.chosen),
            ("options-one", &words.one_chosen),
            ("options-none", &words.none_chosen),
            ("options-too-many", &words.too_many),
        ])}
    }
    .into_any()
}

/// The day in words, e.g. "November 29, 2026".
fn day(months: &[String], date: &Datetime) -> String {
    let Some(date) = date.date else { return String::new() };
    let month = usize::from(date.month).checked_sub(1).and_then(|nth| months.get(nth));
    format!("{} {}, {}", month.map_or("", String::as_str), date.day, date.year)
}

fn anchor(option: &TreatmentOption) -> String {
    ["option-", &option.id].concat()
}

/// The boxes that choose the options to show side by side. The app's style hides them without script.
fn choice(options: &Options) -> AnyView {
    let words = &options.words;
    let rows = options
        .options
        .iter()
        .map(|it| Row { value: &it.id, label: &it.name, hint: "", exclusive: false })
        .collect();
    let heading = "options-choice-heading";
    let fields = view! {
        {choices(Choices {
            id: "options-choice",
            name: "option",
            several: true,
            legend: view! { <h3 id=heading>{words.choose.clone()}</h3> }.into_any(),
            hint: &words.choose_hint,
            rows,
            error_prefix: "",
        })}
        <p role="status" class="note" id="options-status"></p>
        <p class="actions">
            {button("button secondary", "options-all", &words.all)}
            {button("button secondary", "print", &words.print)}
        </p>
    };
    panel_form("options-choose", heading, "options-choose", fields)
}

/// All options in one table. Its roles are explicit, as in the figure of the studies.
fn table(options: &Options) -> AnyView {
    let (words, rows) = (&options.words, &options.rows);
    let head = |name: &str| view! { <th role="columnheader" scope="col">{name.to_owned()}</th> };
    let entries: Vec<_> = options
        .options
        .iter()
        .map(|it| {
            let href = ["#", &anchor(it)].concat();
            let numbers: Vec<String> = it.days.iter().map(|days| numbers(options, days)).collect();
            let numbers =
                if numbers.is_empty() { words.no_number.clone() } else { numbers.join("; ") };
            let cell = |name: &str, text: String| {
                view! { <td role="cell" data-head=name.to_owned()>{text}</td> }
            };
            view! {
                <tr role="row">
                    <th role="rowheader" scope="row"><a href=href>{it.name.clone()}</a></th>
                    {cell(&rows.days, numbers)}
                    {cell(&rows.certainty, certainty(options, it.certainty))}
                    {cell(&rows.approval, approval(options, it.approval))}
                </tr>
            }
        })
        .collect();
    let caption = "options-table-caption";
    view! {
        <div class="table options-table" role="region" tabindex="0" aria-labelledby=caption>
            <table role="table">
                <caption id=caption>{words.table.clone()}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {head(&words.option)} {head(&rows.days)} {head(&rows.certainty)}
                        {head(&rows.approval)}
                    </tr>
                </thead>
                <tbody role="rowgroup">{entries}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Both numbers, the one of the comparison group first.
fn numbers(options: &Options, days: &Days) -> String {
    fill(
        &options.words.both,
        &[
            ("comparison", &comparison(options, days.compared_with)),
            ("without", &days.without.to_string()),
            ("with", &days.with.to_string()),
        ],
    )
}

/// An option: the same rows in the same order for each.
fn option<'a>(
    options: &Options,
    option: &TreatmentOption,
    citations: &mut impl Iterator<Item = &'a Citation>,
) -> AnyView {
    let (words, names) = (&options.words, &options.rows);
    let id = anchor(option);
    let heading = [&id, "-heading"].concat();
    let text = |key: &'static str, name: &str, text: &str| {
        row(key, name, view! { <p>{text.to_owned()}</p> }.into_any())
    };
    let graded = |key: &'static str, name: &str, grade: String, note: &str| {
        let value = view! { <p><strong>{grade}"."</strong> " " {note.to_owned()}</p> };
        row(key, name, value.into_any())
    };
    let offered =
        option.offered_here.then(|| view! { <p class="offered">{words.offered.clone()}</p> });
    let days: Vec<AnyView> = option
        .days
        .iter()
        .enumerate()
        .map(|(nth, days)| {
            let cited: Vec<&Citation> = citations.by_ref().take(days.sources.len()).collect();
            self::days(options, option, days, &format!("{id}-days-{nth}"), &cited)
        })
        .collect();
    let days = match &option.no_days {
        Some(none) => view! { <p>{none.clone()}</p> }.into_any(),
        None => days.into_any(),
    };
    let cited: Vec<&Citation> = citations.by_ref().take(option.sources.len()).collect();
    view! {
        <section class="option" id=id.clone() aria-labelledby=heading.clone() data-option=option.id.clone()>
            <div class="name">
                <h3 id=heading.clone()>{option.name.clone()}</h3>
                <p class="note">{group(options, option.group)}</p>
                {offered}
            </div>
            <dl>
                {text("what", &names.what, &option.what)}
                {text("for-whom", &names.for_whom, &option.for_whom)}
                {graded("approval", &names.approval, approval(options, option.approval), &option.approval_note)}
                {row("days", &names.days, days)}
                {text("effect", &names.effect, &option.effect)}
                {text("soon", &names.soon, &option.soon)}
                {text("harms", &names.harms, &option.harms)}
                {text("visits", &names.visits, &option.visits)}
                {text("needles", &names.needles, &option.needles)}
                {text("home", &names.home, &option.home)}
                {text("driving", &names.driving, &option.driving)}
                {text("head", &names.head, &option.head)}
                {text("pregnancy", &names.pregnancy, &option.pregnancy)}
                {text("cost", &names.cost, &option.cost)}
                {graded("certainty", &names.certainty, certainty(options, option.certainty), &option.certainty_note)}
                {row("sources", &names.sources, view! { <p>{links(&cited)}</p> }.into_any())}
            </dl>
        </section>
    }
    .into_any()
}

/// A row; `key` is that of its name in `options.toml`.
fn row(key: &'static str, name: &str, value: AnyView) -> AnyView {
    view! { <div data-row=key><dt>{name.to_owned()}</dt><dd>{value}</dd></div> }.into_any()
}

fn links(citations: &[&Citation]) -> Vec<AnyView> {
    let link = |it: &&Citation| view! { <span inner_html=it.html()></span> " " }.into_any();
    citations.iter().map(link).collect()
}

/// Both groups of a trial: drawn, and said in both ways.
fn days(
    options: &Options,
    option: &TreatmentOption,
    days: &Days,
    id: &str,
    cited: &[&Citation],
) -> AnyView {
    let words = &options.words;
    let comparison = comparison(options, days.compared_with);
    let group = |number: u8, sentence: &str, treatment: (&str, &str), side: &str| {
        let (count, rest) = (number.to_string(), OF.saturating_sub(number).to_string());
        let title = fill(&words.drawing, &[("number", &count)]);
        view! {
            <div>
                {dots::view(&[id, side].concat(), number, &title)}
                <p>{fill(sentence, &[("number", &count), ("rest", &rest), treatment])}</p>
            </div>
        }
    };
    view! {
        <p class="note">{days.people.clone()} " " {days.after.clone()} " " {links(cited)}</p>
        <div class="groups">
            {group(days.without, &words.without, ("comparison", &comparison), "-without")}
            {group(days.with, &words.with, ("option", &option.name), "-with")}
        </div>
    }
    .into_any()
}

fn group(options: &Options, group: Group) -> String {
    let words = &options.groups;
    match group {
        Group::None => words.none.clone(),
        Group::Pill => words.pill.clone(),
        Group::Shot => words.shot.clone(),
        Group::Device => words.device.clone(),
        Group::Skill => words.skill.clone(),
        Group::Hospital => words.hospital.clone(),
        Group::Clinic => words.clinic.clone(),
    }
}

fn approval(options: &Options, approval: Approval) -> String {
    let words = &options.approvals;
    match approval {
        Approval::Approved => words.approved.clone(),
        Approval::InPart => words.in_part.clone(),
        Approval::OffLabel => words.off_label.clone(),
        Approval::NoneNeeded => words.none_needed.clone(),
    }
}

fn certainty(options: &Options, certainty: Certainty) -> String {
    let words = &options.certainties;
    match certainty {
        Certainty::High => words.high.clone(),
        Certainty::Moderate => words.moderate.clone(),
        Certainty::Low => words.low.clone(),
        Certainty::VeryLow => words.very_low.clone(),
        Certainty::Unknown => words.unknown.clone(),
    }
}

fn comparison(options: &Options, comparison: Comparison) -> String {
    let words = &options.comparisons;
    match comparison {
        Comparison::Placebo => words.placebo.clone(),
        Comparison::Sham => words.sham.clone(),
        Comparison::Topiramate => words.topiramate.clone(),
    }
}
