//! Renders what can matter to a patient who chooses: each to be weighed by one press. `src/scripts/decision_aid/matters.js`
//! makes a summary of it, in the patient's order; without script the answers can be marked and printed.

use leptos::prelude::*;

use crate::components::button::button;
use crate::components::choices::{Choices, Row, choices};
use crate::components::messages::messages;
use crate::content::decision_aid::matters::{Matter, MatterWords, Matters};

/// The matters, and the place of the summary.
pub fn view(matters: &Matters) -> AnyView {
    let words = &matters.words;
    let heading = "matters-form-heading";
    let each: Vec<_> = matters.matters.iter().map(|it| matter(words, it)).collect();
    let questions: Vec<(String, &str)> =
        matters.matters.iter().map(|it| (["matter-", &it.id].concat(), &*it.question)).collect();
    view! {
        <form
            class="matters"
            id="matters-form"
            method="dialog"
            autocomplete="off"
            aria-labelledby=heading
            data-version=matters.version.clone()
        >
            <h3 id=heading>{words.title.clone()}</h3>
            <p class="note">{words.hint.clone()}</p>
            {each}
            <p role="status" class="note" id="matters-status"></p>
        </form>
        {summary(words)}
        {messages(questions.iter().map(|(key, question)| (&**key, *question)))}
        {messages([
            ("matters-weighed", &*words.weighed),
            ("matters-none", &words.none),
            ("matters-ask", &words.ask),
            ("matters-up", &words.up),
            ("matters-up-spoken", &words.up_spoken),
            ("matters-moved", &words.moved),
        ])}
    }
    .into_any()
}

/// One matter: the first answer weighs the most.
fn matter(words: &MatterWords, matter: &Matter) -> AnyView {
    let id = ["matter-", &matter.id].concat();
    let row = |value, label| Row { value, label, hint: "", exclusive: false };
    let rows =
        vec![row("much", &words.much), row("some", &words.some), row("little", &words.little)];
    view! {
        <div data-matter=matter.id.clone() data-rows=matter.rows.join(" ")>
            {choices(Choices {
                id: &id,
                name: &id,
                several: false,
                legend: matter.name.clone().into_any(),
                hint: "",
                rows,
                error_prefix: "",
            })}
        </div>
    }
    .into_any()
}

/// Filled in by the script, and hidden until then.
fn summary(words: &MatterWords) -> AnyView {
    let heading = "matters-summary-heading";
    view! {
        <section class="matters-summary" id="matters-summary" aria-labelledby=heading hidden>
            <h3 id=heading>{words.summary.clone()}</h3>
            <p class="note">{words.summary_note.clone()}</p>
            <p id="matters-none-compared">{words.none_compared.clone()}</p>
            <ol id="matters-list"></ol>
            <p class="actions">
                {button("button", "matters-print", &words.print)}
                {button("button secondary", "matters-clear", &words.clear)}
            </p>
        </section>
    }
    .into_any()
}
