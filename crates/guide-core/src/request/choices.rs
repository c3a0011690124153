//! Fixed choices of the form, by the ids that content files and payloads use too.

use serde::{Deserialize, Serialize};

/// Defines an enum whose variants have ids.
macro_rules! fixed_choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $id)] $variant,)+
        }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in forms, payloads and content files.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The one of this name.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.id() == id)
            }
        }
    };
}
pub(super) use fixed_choices;

fixed_choices! {
    /// The way in which the clinic should get in touch.
    ContactBy {
        /// By a phone call.
        Call = "call",
        /// By a text message.
        Text = "text",
        /// By e-mail.
        Email = "email",
    }
}

fixed_choices! {
    /// A day of the week.
    Day {
        /// Monday.
        Monday = "mon",
        /// Tuesday.
        Tuesday = "tue",
        /// Wednesday.
        Wednesday = "wed",
        /// Thursday.
        Thursday = "thu",
        /// Friday.
        Friday = "fri",
        /// Saturday.
        Saturday = "sat",
        /// Sunday.
        Sunday = "sun",
    }
}

fixed_choices! {
    /// A part of the day.
    PartOfDay {
        /// Before noon.
        Morning = "morning",
        /// From noon.
        Afternoon = "afternoon",
        /// After office hours.
        Evening = "evening",
    }
}

fixed_choices! {
    /// The way in which the visit would be paid for.
    CoverageKind {
        /// By an insurance.
        Insurance = "insurance",
        /// By the patient.
        SelfPay = "self-pay",
        /// Not known yet.
        NotSure = "not-sure",
    }
}

fixed_choices! {
    /// How much something matters to the patient. What matters little is not listed.
    Weight {
        /// A lot.
        Much = "much",
        /// Some.
        Some = "some",
    }
}

fixed_choices! {
    /// Something that would make a visit possible, or easier.
    Need {
        /// Somebody who interprets.
        Interpreter = "interpreter",
        /// A room for a wheelchair.
        Wheelchair = "wheelchair",
        /// A dim, quiet room, since light and noise hurt.
        DimRoom = "dim-room",
    }
}
