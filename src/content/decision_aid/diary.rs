//! `diary.toml`: the words of the headache diary.

use guide_core::source::{Check, Path, Problem};

use crate::content::words::words;

words! {
    /// The whole file.
    Diary {
        title: String,
        month: String,
        name: String,
        hint: String,
        past: String,
        not_kept: String,
        lights: Lights,
        columns: Columns,
        relief: Relief,
        foot: Foot,
        buttons: Buttons,
    }
}

words! {
    /// `[lights]`: how bad a day was.
    Lights {
        green: Light,
        yellow: Light,
        red: Light,
    }
}

words! {
    /// One of `[lights]`.
    Light {
        letter,
        name,
        meaning,
    }
}

words! {
    /// `[columns]`, in their order on the sheet.
    Columns {
        day: Column,
        how_bad: Column,
        hours: Column,
        light: Column,
        sound: Column,
        nausea: Column,
        aura: Column,
        medicine: Column,
        relief: Column,
        period: Column,
        sleep: Column,
        missed: Column,
    }
}

words! {
    /// One of `[columns]`.
    Column {
        name,
        meaning,
    }
}

words! {
    /// `[relief]`: how the pain was after two hours.
    Relief {
        none,
        some,
        gone,
    }
}

words! {
    /// `[foot]`: what is counted at the end of the month.
    Foot {
        title: String,
        headache_days: String,
        red_days: String,
        triptan_days: String,
        triptan_mark: String,
        simple_days: String,
        simple_mark: String,
        #[doc = "From so many days on, the mark is shown."]
        triptan_limit: u8,
        #[doc = "From so many days on, the mark is shown."]
        simple_limit: u8,
        change: String,
        last_month: String,
        yardstick: String,
    }
}

words! {
    /// `[buttons]`, and what is said after a press.
    Buttons {
        print,
        save,
        saved,
        open,
        opened,
        not_a_diary,
        cleared,
        clear,
        clear_question,
    }
}

impl Columns {
    /// Every column, in the order of the sheet, with its key.
    pub fn in_order(&self) -> [(&'static str, &Column); 12] {
        [
            ("day", &self.day),
            ("how-bad", &self.how_bad),
            ("hours", &self.hours),
            ("light", &self.light),
            ("sound", &self.sound),
            ("nausea", &self.nausea),
            ("aura", &self.aura),
            ("medicine", &self.medicine),
            ("relief", &self.relief),
            ("period", &self.period),
            ("sleep", &self.sleep),
            ("missed", &self.missed),
        ]
    }
}

impl Lights {
    /// From the mildest to the worst.
    pub fn in_order(&self) -> [&Light; 3] {
        [&self.green, &self.yellow, &self.red]
    }
}

impl Check for Diary {
    fn problems(&self) -> Vec<Problem> {
        let [green, yellow, red] = self.lights.in_order().map(|it| &it.letter);
        if green != yellow && yellow != red && green != red {
            return Vec::new();
        }
        let path = Path::default().key("lights");
        vec![Problem { path, reason: "each light needs a letter of its own".to_owned() }]
    }
}
