//! The screens of the appointment request, and the failures that they tell.

/// What is shown. The numbers of the first three are those of the history's steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// To be filled in.
    Form = 0,
    /// To be looked through and sent.
    Check = 1,
    /// Arrived.
    Sent = 2,
    /// Sealed, and not arrived yet: nothing but what is said of that.
    Waiting = 3,
}

/// Why a request is not on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser cannot seal. Nothing was sent.
    CannotSeal,
    /// The clinic has no key that is sealed for any more. Nothing was sent.
    NoKey,
    /// There is no intake where requests are sent.
    NoIntake,
    /// Intake will not take it as it is.
    Refused,
}
