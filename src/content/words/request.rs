//! What the appointment request says.

use guide_core::request::form::{ContactBy, CoverageKind, Day, Field, Need, PartOfDay};

use crate::content::words::words;

words! {
    /// `[request]` of `interface.toml`.
    RequestWords {
        no_script: String,
        failed: String,
        trial: String,
        optional: String,
        error: String,
        consent_version: String,
        summary: String,
        labels: Labels,
        hints: Hints,
        choices: ChoiceWords,
        errors: Errors,
        check: CheckWords,
        failures: FailureWords,
        waiting: WaitingWords,
        sent: SentWords,
    }
}

words! {
    /// `[request.labels]`: what stands above the fields.
    Labels {
        for_another,
        filled_in_by,
        name,
        phone,
        email,
        contact_by,
        message_ok,
        call_times,
        returning,
        location,
        preferred,
        earliest,
        days,
        times,
        coverage,
        carrier,
        member_number,
        policyholder,
        policyholder_name,
        date_of_birth,
        needs,
        needs_language,
        needs_words,
        message,
        include_assessment,
        included,
        include_matters,
        included_matters,
        consent,
    }
}

words! {
    /// `[request.hints]`: a sentence under a label.
    Hints {
        for_whom,
        privacy,
        for_another,
        contact,
        did_you_mean,
        take_suggestion,
        message_ok,
        trap,
        included_early,
        not_included,
        matters_not_included,
        matters_cleared,
        other_ways,
        time_zone,
        message,
        characters_left,
        characters_over,
    }
}

words! {
    /// `[request.choices]`: what can be chosen.
    ChoiceWords {
        yes,
        no,
        call,
        text,
        email,
        mon,
        tue,
        wed,
        thu,
        fri,
        sat,
        sun,
        morning,
        afternoon,
        evening,
        insurance,
        self_pay,
        not_sure,
        policyholder_self,
        policyholder_other,
        interpreter,
        wheelchair,
        dim_room,
    }
}

words! {
    /// `[request.errors]`: what is wrong with a field, and what to do.
    Errors {
        name_missing,
        name_form,
        filled_in_by_missing,
        for_another_needed,
        choice_needed,
        no_way_to_reach,
        phone_form,
        email_form,
        contact_by_missing,
        phone_needed,
        email_needed,
        location_missing,
        date_form,
        birth_form,
        date_past,
        date_too_far,
        birth_range,
        policyholder_missing,
        too_long,
        consent_missing,
    }
}

words! {
    /// `[request.check]`: "Check your request".
    CheckWords {
        open,
        title,
        change,
        change_what,
        none,
        who_reads,
        key,
        send,
        sending,
        back,
    }
}

words! {
    /// `[request.failures]`: why a request did not arrive, and what to do.
    FailureWords {
        not_sent,
        not_known,
        refused,
        no_intake,
        no_key,
        cannot_seal,
    }
}

words! {
    /// `[request.waiting]`: of a request that has not arrived yet.
    WaitingWords {
        not_arrived,
        offline,
        no_answer,
        later,
        stale,
        kept,
        kept_still,
        not_kept,
        not_removed,
        send_now,
        save,
        save_what,
        discard_title,
        discard_what,
        discard,
        delivered,
        removed,
        work,
    }
}

words! {
    /// `[request.sent]`: the confirmation.
    SentWords {
        title: String,
        reference: String,
        next: Vec<String>,
        not_a_booking: String,
        meanwhile: String,
        links: Vec<LinkWords>,
        print: String,
    }
}

words! {
    /// `[[request.sent.links]]`: a link to the guide (`#` and the id of a heading) or to a further page (its name and a
    /// slash), from the root of the site.
    LinkWords {
        text: String,
        to: String,
    }
}

impl RequestWords {
    /// What stands above a field.
    pub fn label(&self, field: Field) -> &str {
        let labels = &self.labels;
        match field {
            Field::ForAnother => &labels.for_another,
            Field::FilledInBy => &labels.filled_in_by,
            Field::Name => &labels.name,
            Field::Phone => &labels.phone,
            Field::Email => &labels.email,
            Field::ContactBy => &labels.contact_by,
            Field::MessageOk => &labels.message_ok,
            Field::CallTimes => &labels.call_times,
            Field::Returning => &labels.returning,
            Field::Location => &labels.location,
            Field::Earliest => &labels.earliest,
            Field::Days => &labels.days,
            Field::Times => &labels.times,
            Field::Coverage => &labels.coverage,
            Field::Carrier => &labels.carrier,
            Field::MemberNumber => &labels.member_number,
            Field::Policyholder => &labels.policyholder,
            Field::PolicyholderName => &labels.policyholder_name,
            Field::DateOfBirth => &labels.date_of_birth,
            Field::Needs => &labels.needs,
            Field::NeedsLanguage => &labels.needs_language,
            Field::NeedsWords => &labels.needs_words,
            Field::Message => &labels.message,
            Field::IncludeAssessment => &labels.include_assessment,
            Field::IncludeMatters => &labels.include_matters,
            Field::Consent => &labels.consent,
        }
    }
}

impl ChoiceWords {
    /// What a way of contact is called.
    pub fn contact_by(&self, by: ContactBy) -> &str {
        match by {
            ContactBy::Call => &self.call,
            ContactBy::Text => &self.text,
            ContactBy::Email => &self.email,
        }
    }

    /// What a day of the week is called.
    pub fn day(&self, day: Day) -> &str {
        match day {
            Day::Monday => &self.mon,
            Day::Tuesday => &self.tue,
            Day::Wednesday => &self.wed,
            Day::Thursday => &self.thu,
            Day::Friday => &self.fri,
            Day::Saturday => &self.sat,
            Day::Sunday => &self.sun,
        }
    }

    /// What a part of the day is called.
    pub fn time(&self, part: PartOfDay) -> &str {
        match part {
            PartOfDay::Morning => &self.morning,
            PartOfDay::Afternoon => &self.afternoon,
            PartOfDay::Evening => &self.evening,
        }
    }

    /// What a kind of coverage is called.
    pub fn coverage(&self, kind: CoverageKind) -> &str {
        match kind {
            CoverageKind::Insurance => &self.insurance,
            CoverageKind::SelfPay => &self.self_pay,
            CoverageKind::NotSure => &self.not_sure,
        }
    }

    /// What a need is called.
    pub fn need(&self, need: Need) -> &str {
        match need {
            Need::Interpreter => &self.interpreter,
            Need::Wheelchair => &self.wheelchair,
            Need::DimRoom => &self.dim_room,
        }
    }

    /// "Yes" or "No".
    pub fn yes_no(&self, yes: bool) -> &str {
        if yes { &self.yes } else { &self.no }
    }
}
