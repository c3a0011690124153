//! The words of the self-assessment's printed copy for a clinician.

use crate::content::interface::gaps::Gaps;
use crate::content::words::{review, words};

words! {
    /// `[review]` of `interface.toml`.
    ReviewWords {
        title: String,
        intro: Vec<String>,
        version: String,
        reviewed: String,
        not_reviewed: String,
        early: String,
        none: String,
        yes: String,
        labels: ReviewLabels,
        kinds: KindWords,
        offers: OfferWords,
        conditions: ConditionWords,
        sign: SignWords,
    }
}

words! {
    /// `[review.labels]`: headings and names of columns.
    ReviewLabels {
        disclaimer,
        early,
        why_here,
        questions,
        question,
        limits,
        criteria,
        grades,
        flags,
        outcomes,
        outcome,
        bring,
        support,
        id,
        kind,
        short,
        hint,
        skip,
        asked,
        always,
        shown,
        range,
        unit,
        options,
        option,
        points,
        mark,
        advice,
        excludes,
        never,
        said,
        where_said,
        most,
        cut,
        add,
        holds,
        rules,
        grade,
        from,
        raised,
        text,
        also,
        lists,
        at_once,
        caution,
        source,
        immediate,
        headline,
        because,
        steps,
        links,
        calls,
        appointment,
        otherwise,
    }
}

words! {
    /// `[review.kinds]`: the kinds of questions.
    KindWords {
        single,
        multi,
        number,
    }
}

words! {
    /// `[review.offers]`: the place of the appointment on a result.
    OfferWords {
        first,
        second,
        none,
    }
}

words! {
    /// `[review.conditions]`: conditions in words.
    ConditionWords {
        quoted,
        comma,
        or,
        plus,
        answered,
        marked,
        chosen,
        not_counted,
        sum,
        points_of,
        counts_as,
        with_counts,
        criterion,
        flag,
        not,
        all,
        any,
        none,
        not_all,
        at_least,
        at_most,
        between,
        exactly,
        unbounded,
    }
}

words! {
    /// `[review.sign]`: the lines to sign.
    SignWords {
        title,
        text,
        by,
        on,
        signature,
        remarks,
    }
}

impl ReviewWords {
    /// The sentences with gaps.
    pub(in crate::content) fn gaps(&self) -> [Gaps<'_>; 24] {
        let (labels, phrases) = (&self.labels, &self.conditions);
        [
            (&["review", "version"], &self.version, &["version"]),
            (&["review", "reviewed"], &self.reviewed, &review::GAPS),
            (&["review", "labels", "question"], &labels.question, &["number", "text"]),
            (&["review", "labels", "outcome"], &labels.outcome, &["number", "text"]),
            (&["review", "conditions", "quoted"], &phrases.quoted, &["text"]),
            (&["review", "conditions", "or"], &phrases.or, &["before", "last"]),
            (&["review", "conditions", "answered"], &phrases.answered, &["question", "options"]),
            (&["review", "conditions", "marked"], &phrases.marked, &["question", "mark"]),
            (&["review", "conditions", "chosen"], &phrases.chosen, &["question", "from"]),
            (
                &["review", "conditions", "not-counted"],
                &phrases.not_counted,
                &["condition", "options"],
            ),
            (&["review", "conditions", "sum"], &phrases.sum, &["what", "range"]),
            (&["review", "conditions", "points-of"], &phrases.points_of, &["question"]),
            (&["review", "conditions", "counts-as"], &phrases.counts_as, &["option", "points"]),
            (
                &["review", "conditions", "with-counts"],
                &phrases.with_counts,
                &["condition", "counts"],
            ),
            (&["review", "conditions", "criterion"], &phrases.criterion, &["criterion", "range"]),
            (&["review", "conditions", "flag"], &phrases.flag, &["flag"]),
            (&["review", "conditions", "not"], &phrases.not, &["condition"]),
            (&["review", "conditions", "at-least"], &phrases.at_least, &["from"]),
            (&["review", "conditions", "at-most"], &phrases.at_most, &["to"]),
            (&["review", "conditions", "between"], &phrases.between, &["from", "to"]),
            (&["review", "conditions", "exactly"], &phrases.exactly, &["from"]),
            (&["review", "labels", "most"], &labels.most, &["points"]),
            (&["review", "labels", "lists"], &labels.lists, &["question"]),
            (&["review", "labels", "where-said"], &labels.where_said, &["question"]),
        ]
    }
}
