//! The screens of the appointment request, and the failures that they show.

/// A screen. The numbers of the first three are their steps in the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The form.
    Form = 0,
    /// "Check your request", with the button that sends.
    Review = 1,
    /// The confirmation of a request that arrived.
    Sent = 2,
    /// The panel of pending requests alone: the request is stored and has not arrived yet.
    Pending = 3,
}

/// The reason why a request was not sent or not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser cannot encrypt. Nothing was sent.
    CannotSeal,
    /// Every key of the clinic has expired. Nothing was sent.
    NoKey,
    /// No intake runs at the endpoint.
    NoIntake,
    /// Intake refuses the request.
    Refused,
}

impl Failure {
    /// The code in the event for a page around the guide.
    pub fn code(self) -> &'static str {
        match self {
            Self::CannotSeal | Self::NoKey => "cannot-seal",
            Self::NoIntake | Self::Refused => "refused",
        }
    }
}
