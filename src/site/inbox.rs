//! What the inbox of the clinic's staff is made of beside its app: its sentences and what it must know of the
//! clinic, in [`clinic_core::inbox::FILE`], and the page around it. See `crates/inbox`.

use clinic_core::inbox::{Clinic, Content as InboxContent, Flag, Labels, OfficeHours, Question};
use guide_core::assessment::Assessment;

use crate::content::Content;
use crate::content::words::escape;

/// The content of the inbox as JSON.
///
/// # Errors
/// Those of the JSON writer, which has none for these types.
pub fn json(content: &Content) -> Result<String, serde_json::Error> {
    let clinic = &content.clinic;
    let office_hours = clinic.office_hours.iter().map(|hours| OfficeHours {
        days: hours.days.iter().map(|day| day.id().to_owned()).collect(),
        from: hours.from.0,
        to: hours.to.0,
    });
    serde_json::to_string(&InboxContent {
        language: content.language.clone(),
        clinic: Clinic {
            name: clinic.name.clone(),
            time_zone: clinic.time_zone.clone(),
            office_hours: office_hours.collect(),
            keys: clinic.keys.clone(),
            trial: content.trial,
        },
        labels: labels(content, &content.assessment),
        words: content.inbox.clone(),
    })
}

/// The page with its sentences, in the template that Trunk wrote. `None` if that is none.
pub fn page(content: &Content, template: &str) -> Option<String> {
    let words = &content.inbox.site;
    let (before, rest) = template.split_once("<body>")?;
    let (_, after) = rest.split_once("</body>")?;
    let before =
        before.replace("<html lang=\"en\"", &format!("<html lang=\"{}\"", content.language));
    let (head, rest) = before.split_once("<title>")?;
    let (_, tail) = rest.split_once("</title>")?;
    let (title, loading) = (escape(&words.name), escape(&words.loading));
    let (failed, no_script) = (escape(&words.failed), escape(&words.no_script));
    Some(format!(
        "{head}<title>{title}</title>{tail}<body>\n<p id=\"loading\" role=\"status\">{loading}</p>\n\
         <p id=\"failed\" role=\"alert\" hidden>{failed}</p>\n\
         <noscript><p>{no_script}</p></noscript>\n</body>{after}"
    ))
}

fn labels(content: &Content, assessment: &Assessment) -> Labels {
    let locations = content.clinic.locations.iter();
    let outcomes = assessment.outcomes.iter();
    let matters = content.decision_aid.matters.matters.iter();
    let flags = assessment
        .flags
        .iter()
        .map(|flag| (flag.id.clone(), Flag { text: flag.title.clone(), caution: flag.caution }));
    let questions = assessment.questions.iter().map(|question| {
        let options = question.options.iter().map(|it| (it.id.clone(), it.text.clone()));
        let short = question.short.clone();
        (question.id.clone(), Question { short, options: options.collect() })
    });
    Labels {
        locations: locations.map(|it| (it.id.clone(), it.name.clone())).collect(),
        outcomes: outcomes.map(|it| (it.id.clone(), it.headline.clone())).collect(),
        flags: flags.collect(),
        questions: questions.collect(),
        matters: matters.map(|it| (it.id.clone(), it.name.clone())).collect(),
    }
}
