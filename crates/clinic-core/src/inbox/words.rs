//! The sentences of the inbox, as `content/<language>/inbox.toml` gives them. One struct a screen. A missing
//! or an unknown key stops the build; `{name}` in a sentence is a gap that [`fill`] fills.

use serde::{Deserialize, Serialize};

use crate::state::State;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            $(
                #[doc = concat!("The key `", stringify!($field), "`, in kebab-case.")]
                pub $field: $type,
            )+
        }
    };
}

words! {
    /// The whole file.
    InboxWords {
        site: SiteWords,
        display: DisplayWords,
        unlock: UnlockWords,
        list: ListWords,
        request: RequestWords,
        actions: ActionWords,
        states: StateWords,
        more: MoreWords,
        appointment: AppointmentWords,
        export: ExportWords,
        keyboard: KeyboardWords,
        errors: ErrorWords,
        people: PeopleWords,
        rotate: RotateWords,
        audit: AuditWords,
        health: HealthWords,
        passkey: PasskeyWords,
        passphrase: PassphraseWords,
        set_up: SetUpWords,
        dates: DateWords,
        choices: ChoiceWords,
    }
}

words! {
    /// `[site]`: around everything, and before the app is loaded.
    SiteWords {
        name: String,
        title: String,
        title_new: String,
        skip: String,
        parts: String,
        requests: String,
        people: String,
        health: String,
        lock: String,
        offline: String,
        down: String,
        clock_off: String,
        loading: String,
        failed: String,
        no_script: String,
    }
}

words! {
    /// `[display]`: the choice of colors.
    DisplayWords {
        theme: String,
        auto: String,
        light: String,
        dark: String,
        calm: String,
    }
}

words! {
    /// `[unlock]`: a staff file and its passphrase.
    UnlockWords {
        title: String,
        text: String,
        file: String,
        file_hint: String,
        passphrase: String,
        open: String,
        opening: String,
        idle: String,
        revoked: String,
        expired: String,
        not_secure: String,
        trial: String,
        nothing_kept: String,
        no_file: String,
        wrong_file: String,
        private_key: String,
        public_key: String,
        sealed_request: String,
        by_passkey: String,
        no_passkey: String,
        no_passphrase: String,
        wrong_passphrase: String,
        wrong_keys: String,
        offline: String,
        down: String,
    }
}

words! {
    /// `[list]`: a list of requests.
    ListWords {
        title: String,
        lists: String,
        new: String,
        mine: String,
        waiting: String,
        closed: String,
        junk: String,
        unreadable: String,
        search: String,
        narrow: String,
        location: String,
        any_location: String,
        interpreter: String,
        cautions: String,
        order: String,
        newest: String,
        oldest: String,
        by_name: String,
        sound: String,
        number: String,
        found: String,
        more: String,
        loading: String,
        nothing_found: String,
        no_new: String,
        none_mine: String,
        none_waiting: String,
        none_closed: String,
        no_junk: String,
        all_readable: String,
        arrived: String,
        opened: String,
        other_keys: String,
        damaged: String,
        garbage: String,
        row_other_keys: String,
        row_damaged: String,
        row_garbage: String,
        caution: String,
    }
}

words! {
    /// `[request]`: a request.
    RequestWords {
        title: String,
        none_open: String,
        back: String,
        arrived: String,
        reference: String,
        held_by: String,
        work: String,
        contact: String,
        call: String,
        call_extension: String,
        text: String,
        mail: String,
        mail_subject: String,
        mail_body: String,
        sms_body: String,
        filled_in_by: String,
        contact_by: String,
        phone: String,
        email: String,
        call_times: String,
        messages: String,
        may_name: String,
        may_not_name: String,
        visit: String,
        returning: String,
        location: String,
        earliest: String,
        days: String,
        times: String,
        coverage: String,
        carrier: String,
        member_number: String,
        policyholder: String,
        date_of_birth: String,
        needs: String,
        needs_language: String,
        needs_words: String,
        message: String,
        assessment: String,
        early: String,
        answers: String,
        matters: String,
        matter_much: String,
        matter_some: String,
        unknown: String,
        unknown_id: String,
        tried_once: String,
        tried_often: String,
        history: String,
        on: String,
        came: String,
        notes: String,
        note: String,
        note_hint: String,
        note_by: String,
        note_empty: String,
        note_too_long: String,
        note_unreadable: String,
        note_added: String,
        note_not_sealed: String,
        add_note: String,
        deleted: String,
        other_keys: String,
        needed_keys: String,
        damaged: String,
        garbage: String,
    }
}

words! {
    /// `[actions]`: buttons that change a request.
    ActionWords {
        claim: String,
        take_over: String,
        tried: String,
        reached: String,
        booked: String,
        declined: String,
        close: String,
        junk: String,
        put_back: String,
        reopen: String,
        undo: String,
    }
}

words! {
    /// `[states]`: states of requests: now, just set, and in the history.
    StateWords {
        new: String,
        claimed: String,
        tried: String,
        reached: String,
        booked: String,
        declined: String,
        closed: String,
        junk: String,
        done_new: String,
        done_claimed: String,
        done_handed_over: String,
        done_undone: String,
        done_tried: String,
        done_reached: String,
        done_booked: String,
        done_declined: String,
        done_closed: String,
        done_junk: String,
        step_new: String,
        step_claimed: String,
        step_handed_over: String,
        step_tried: String,
        step_reached: String,
        step_booked: String,
        step_declined: String,
        step_closed: String,
        step_junk: String,
    }
}

words! {
    /// `[more]`: what is needed less often.
    MoreWords {
        title: String,
        print: String,
        hand_over: String,
        choose: String,
        hand_over_now: String,
        delete: String,
        delete_what: String,
        delete_now: String,
        keep: String,
    }
}

words! {
    /// `[appointment]`: a calendar file.
    AppointmentWords {
        title: String,
        hint: String,
        date: String,
        time: String,
        minutes: String,
        save: String,
        saved: String,
        summary: String,
        description: String,
        error: String,
    }
}

words! {
    /// `[export]`: printing and saving a list.
    ExportWords {
        title: String,
        warning: String,
        print: String,
        table: String,
        fhir: String,
        saved: String,
        failed: String,
    }
}

words! {
    /// `[keyboard]`: what keys do.
    KeyboardWords {
        title: String,
        next: String,
        previous: String,
        open: String,
        search: String,
        back: String,
        help: String,
        close: String,
    }
}

words! {
    /// `[errors]`: what went wrong.
    ErrorWords {
        no_response: String,
        unavailable: String,
        not_allowed: String,
        not_found: String,
        changed_meanwhile: String,
        conflict: String,
        refused: String,
        unexpected: String,
    }
}

words! {
    /// `[people]`: the people of the staff.
    PeopleWords {
        title: String,
        text: String,
        loading: String,
        scope_list: String,
        scope_mark: String,
        scope_delete: String,
        scope_admin: String,
        used: String,
        never_used: String,
        until: String,
        expired: String,
        for_ever: String,
        you: String,
        remove: String,
        remove_what: String,
        remove_now: String,
        keep: String,
        removed: String,
        add_title: String,
        add_text: String,
        name: String,
        name_missing: String,
        name_taken: String,
        may: String,
        may_hint: String,
        may_delete: String,
        may_all: String,
        their_passphrase: String,
        their_passphrase_hint: String,
        own_passphrase: String,
        own_passphrase_hint: String,
        add: String,
        added: String,
        file_saved: String,
        save_again: String,
    }
}

words! {
    /// `[rotate]`: a new key of the clinic.
    RotateWords {
        title: String,
        text: Vec<String>,
        begin: String,
        key_title: String,
        key_text: Vec<String>,
        own_title: String,
        own_text: String,
        own_passphrase: String,
        own_make: String,
        public_title: String,
        public_text: Vec<String>,
    }
}

words! {
    /// `[audit]`: who did what.
    AuditWords {
        title: String,
        text: String,
        when: String,
        who: String,
        what: String,
        with: String,
        more_about: String,
        more: String,
    }
}

words! {
    /// `[health]`: how the service is.
    HealthWords {
        title: String,
        loading: String,
        attention: String,
        storing: String,
        can_store: String,
        no_key: String,
        cannot_store: String,
        new: String,
        none_new: String,
        oldest: String,
        backup: String,
        no_backup: String,
        last_trial: String,
        no_trial: String,
        trial_by: String,
        trial: String,
        trial_what: String,
        trial_opened: String,
        trial_failed: String,
        again: String,
        key: String,
        key_until: String,
        key_expired: String,
        key_for_ever: String,
        refused: String,
        none_refused: String,
        since: String,
        refused_unknown_key: String,
        refused_too_many: String,
        refused_proof: String,
        refused_form: String,
        refused_full: String,
        refused_no_key: String,
        refused_store: String,
    }
}

words! {
    /// `[passkey]`: a passkey beside the passphrase.
    PasskeyWords {
        title: String,
        text: String,
        passphrase: String,
        add: String,
        added: String,
        failed: String,
    }
}

words! {
    /// `[passphrase]`: a new passphrase.
    PassphraseWords {
        new: String,
        hint: String,
        again: String,
        of_file: String,
        too_short: String,
        different: String,
    }
}

words! {
    /// `[set-up]`: the first set-up.
    SetUpWords {
        progress: String,
        title: String,
        closed: String,
        text: Vec<String>,
        steps: Vec<String>,
        name: String,
        name_hint: String,
        name_missing: String,
        begin: String,
        clinic_title: String,
        clinic_text: Vec<String>,
        recovery_title: String,
        recovery_text: Vec<String>,
        if_lost: String,
        make_key: String,
        not_made: String,
        not_saved: String,
        prove_title: String,
        prove_text: String,
        save_again: String,
        choose: String,
        choose_hint: String,
        choose_file: String,
        prove: String,
        not_proved: String,
        staff_title: String,
        staff_text: Vec<String>,
        make_staff_file: String,
        staff_saved: String,
        go_on: String,
        public_title: String,
        public_text: Vec<String>,
        entries: String,
        copy: String,
        copied: String,
        not_copied: String,
        save_entries: String,
        save_set: String,
        to_inbox: String,
    }
}

words! {
    /// `[dates]`: moments and ages.
    DateWords {
        today: String,
        yesterday: String,
        this_year: String,
        other_year: String,
        date: String,
        time: String,
        am: String,
        pm: String,
        weekdays: Vec<String>,
        months: Vec<String>,
        age_new: String,
        age_hour: String,
        age_hours: String,
        age_day: String,
        age_days: String,
    }
}

words! {
    /// `[choices]`: what patients chose.
    ChoiceWords {
        any: String,
        yes: String,
        no: String,
        call: String,
        text: String,
        email: String,
        mon: String,
        tue: String,
        wed: String,
        thu: String,
        fri: String,
        sat: String,
        sun: String,
        morning: String,
        afternoon: String,
        evening: String,
        insurance: String,
        self_pay: String,
        not_sure: String,
        policyholder_self: String,
        interpreter: String,
        wheelchair: String,
        dim_room: String,
    }
}

impl StateWords {
    /// The state of a request, and who has it or had it last.
    pub fn sentence(&self, state: &State, holder: Option<&str>) -> String {
        let template = match state {
            State::New => &self.new,
            State::Claimed => &self.claimed,
            State::Tried => &self.tried,
            State::Reached => &self.reached,
            State::Booked => &self.booked,
            State::Declined => &self.declined,
            State::Closed => &self.closed,
            State::Junk => &self.junk,
        };
        match holder {
            Some(name) => fill(template, &[("name", name)]),
            // Marked on the command line, where nobody has requests.
            None => template.replace(", {name}", "").replace("{name}", "–"),
        }
    }

    /// What is said once a state was set.
    pub const fn done(&self, state: State) -> &String {
        match state {
            State::New => &self.done_new,
            State::Claimed => &self.done_claimed,
            State::Tried => &self.done_tried,
            State::Reached => &self.done_reached,
            State::Booked => &self.done_booked,
            State::Declined => &self.done_declined,
            State::Closed => &self.done_closed,
            State::Junk => &self.done_junk,
        }
    }

    /// A step of the history: `{who}` did it; `to_another` if the request went to `{name}`.
    pub const fn step(&self, state: State, to_another: bool) -> &String {
        match state {
            State::New => &self.step_new,
            State::Claimed if to_another => &self.step_handed_over,
            State::Claimed => &self.step_claimed,
            State::Tried => &self.step_tried,
            State::Reached => &self.step_reached,
            State::Booked => &self.step_booked,
            State::Declined => &self.step_declined,
            State::Closed => &self.step_closed,
            State::Junk => &self.step_junk,
        }
    }
}

/// The template with every `{name}` replaced by its value. A value is never taken for a template.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let gap = after.split_once('}');
        match gap.and_then(|(name, after)| {
            let value = values.iter().find(|(it, _)| *it == name);
            value.map(|(_, value)| (value, after))
        }) {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
