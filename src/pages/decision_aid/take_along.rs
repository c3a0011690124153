//! Renders the questions to take along: boxes to tick, lines to write on. Once one is ticked, only those that are
//! ticked are printed (`style/decision_aid/sheets.css`).

use leptos::prelude::*;

use crate::components::button::button;
use crate::content::decision_aid::take_along::{QuestionGroup, TakeAlong};

/// The questions.
pub fn view(words: &TakeAlong) -> AnyView {
    let groups: Vec<_> = words.groups.iter().map(|it| group(words, it)).collect();
    view! {
        <form class="take-along" method="dialog" autocomplete="off">
            {groups}
            <p class="actions needs-script">{button("button", "print", &words.buttons.print)}</p>
        </form>
    }
    .into_any()
}

fn group(words: &TakeAlong, group: &QuestionGroup) -> AnyView {
    let questions: Vec<_> = group
        .questions
        .iter()
        .enumerate()
        .map(|(nth, question)| {
            let id = format!("ask-{}-{nth}", group.id);
            view! {
                <li>
                    <div class="row">
                        <input type="checkbox" id=id.clone()/>
                        <label for=id.clone()>{question.clone()}</label>
                    </div>
                    <p class="answer">{words.answer.clone()}</p>
                </li>
            }
        })
        .collect();
    view! {
        <fieldset>
            <legend><h3>{group.title.clone()}</h3></legend>
            <ul>{questions}</ul>
        </fieldset>
    }
    .into_any()
}
