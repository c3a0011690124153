//! `interface.toml`: every sentence of the interface.

pub(super) mod gaps;

use guide_core::source::{Check, Path, Problem};

use crate::content::words::assessment::AssessmentWords;
use crate::content::words::clinician::ReviewWords;
use crate::content::words::request::RequestWords;
use crate::content::words::{review, words};
use gaps::Gaps;

words! {
    /// The whole file.
    Interface {
        site: SiteWords,
        head: HeadWords,
        display: DisplayWords,
        embed: EmbedWords,
        not_found: NotFoundWords,
        read_aloud: ReadAloudWords,
        assessment: AssessmentWords,
        request: RequestWords,
        review: ReviewWords,
    }
}

words! {
    /// `[site]`: around the article.
    SiteWords {
        skip: String,
        take_assessment: String,
        request: String,
        quick_links: String,
        contents: String,
        updated: String,
        months: Vec<String>,
        reading_time: String,
        reviewed: String,
        not_reviewed: String,
        references: String,
        reference_back: String,
        table: String,
        recent: String,
        home: String,
        call: String,
        footer: Vec<String>,
        serves: String,
        trained: String,
        crisis: String,
    }
}

words! {
    /// `[head]`: what search engines, previews and home screens are told.
    HeadWords {
        locale,
        name,
        short_name,
        condition,
        drug,
    }
}

words! {
    /// `[display]`: the menu of the header.
    DisplayWords {
        open,
        theme,
        auto,
        light,
        dark,
        calm,
        text_size,
        normal,
        normal_spoken,
        larger,
        larger_spoken,
        largest,
        largest_spoken,
    }
}

words! {
    /// `[embed]`: the page where staff build what goes into their own site.
    EmbedWords {
        no_script: String,
        error: String,
        sections: String,
        sections_hint: String,
        article: String,
        links: String,
        assessment: String,
        schedule: String,
        recent: String,
        theme_auto: String,
        location_hint: String,
        events: String,
        events_hint: String,
        event_complete: String,
        event_submitted: String,
        accent: String,
        accent_hint: String,
        title: String,
        title_hint: String,
        max_height: String,
        max_height_hint: String,
        pixels: String,
        preview: String,
        preview_note: String,
        open: String,
        copy: String,
        copied: String,
        plain: String,
        plain_text: String,
        plugin: String,
        plugin_text: Vec<String>,
        plugin_get: String,
        shortcode: String,
        shortcode_text: String,
        block: String,
        block_text: String,
        squarespace: String,
        squarespace_text: String,
        wix: String,
        wix_text: String,
        check: String,
        check_text: Vec<String>,
        site: String,
        site_hint: String,
        check_now: String,
        allowed: String,
        not_allowed: String,
        not_known: String,
        no_address: String,
    }
}

words! {
    /// `[not-found]`: where an address leads to nothing.
    NotFoundWords {
        title,
        text,
        home,
    }
}

words! {
    /// `[read-aloud]`: a button in each section, where the browser has a voice.
    ReadAloudWords {
        read,
        read_spoken,
        stop,
        stop_spoken,
    }
}

impl Check for Interface {
    fn problems(&self) -> Vec<Problem> {
        let (site, assessment) = (&self.site, &self.assessment);
        let check = &self.request.check;
        let (hints, errors) = (&self.request.hints, &self.request.errors);
        // Sentences with gaps, and the gaps that the app fills.
        let gaps: [Gaps<'_>; 25] = [
            (&["site", "updated"], &site.updated, &["month", "year"]),
            (&["site", "reading-time"], &site.reading_time, &["minutes"]),
            (&["site", "reviewed"], &site.reviewed, &review::GAPS),
            (&["site", "reference-back"], &site.reference_back, &["number"]),
            (&["site", "serves"], &site.serves, &["towns"]),
            (&["site", "trained"], &site.trained, &["name", "place"]),
            (&["embed", "allowed"], &self.embed.allowed, &["site"]),
            (&["embed", "not-allowed"], &self.embed.not_allowed, &["site", "setting"]),
            (&["read-aloud", "read-spoken"], &self.read_aloud.read_spoken, &["section"]),
            (&["read-aloud", "stop-spoken"], &self.read_aloud.stop_spoken, &["section"]),
            (&["head", "name"], &self.head.name, &["clinic"]),
            (&["assessment", "reviewed"], &assessment.reviewed, &review::GAPS),
            (&["assessment", "progress"], &assessment.progress, &["current", "total"]),
            (&["assessment", "range"], &assessment.range, &["min", "max"]),
            (&["assessment", "change-what"], &assessment.change_what, &["what"]),
            (&["assessment", "points"], &assessment.points, &["points", "max"]),
            (&["assessment", "source"], &assessment.source, &["source"]),
            (&["assessment", "also-said"], &assessment.also_said, &["what", "answer"]),
            (&["request", "errors", "choice-needed"], &errors.choice_needed, &["choice"]),
            (&["request", "check", "change-what"], &check.change_what, &["what"]),
            (&["request", "check", "key"], &check.key, &["key"]),
            (&["request", "check", "who-reads"], &check.who_reads, &["clinic"]),
            (&["request", "hints", "did-you-mean"], &hints.did_you_mean, &["email"]),
            (&["request", "hints", "characters-left"], &hints.characters_left, &["count"]),
            (&["request", "hints", "characters-over"], &hints.characters_over, &["count"]),
        ];
        let gaps: Vec<_> = gaps.into_iter().chain(self.review.gaps()).collect();
        let mut problems = gaps::problems(self, &gaps);
        if site.months.len() != 12 {
            let path = Path::default().key("site").key("months");
            problems.push(Problem { path, reason: "there are twelve months".to_owned() });
        }
        problems
    }
}
