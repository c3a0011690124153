//! Says by whom and when the questions were reviewed.

use crate::content::Content;
use crate::content::words::review::sentence;

/// The clinician who reviewed the questions, or that none has yet.
pub fn reviewed(content: &Content) -> String {
    let (words, months) = (&content.interface.assessment, &content.interface.site.months);
    sentence(&words.reviewed, &words.not_reviewed, months, content.assessment.review())
}
