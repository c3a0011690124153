//! Three-valued logic (Kleene's) and intervals: the results of judging answers that are not
//! complete.

/// A condition's value while some answers are open. In this order `all` is the minimum and `any`
/// the maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    /// It does not hold, however the open questions are answered.
    False,
    /// Open answers decide it.
    Open,
    /// It holds, however the open questions are answered.
    True,
}

impl Truth {
    /// All of these hold; nothing at all does.
    pub(super) fn all(parts: impl Iterator<Item = Self>) -> Self {
        parts.min().unwrap_or(Self::True)
    }

    /// At least one of these holds; none of nothing does.
    pub(super) fn any(parts: impl Iterator<Item = Self>) -> Self {
        parts.max().unwrap_or(Self::False)
    }

    /// This does not hold.
    pub(super) fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Open => Self::Open,
            Self::True => Self::False,
        }
    }

    pub(super) fn is_true(self) -> bool {
        self == Self::True
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

/// The smallest and the largest that a number can still be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) low: u32,
    pub(super) high: u32,
}

impl Interval {
    pub(super) const ZERO: Self = Self::only(0);

    /// A number that is known.
    pub(super) const fn only(number: u32) -> Self {
        Self { low: number, high: number }
    }

    /// This number, if the truth is `True`; else 0.
    pub(super) fn if_true(self, truth: Truth) -> Self {
        match truth {
            Truth::True => self,
            Truth::Open => Self { low: 0, high: self.high },
            Truth::False => Self::ZERO,
        }
    }

    /// This number, or `max` if it is larger.
    pub(super) fn at_most(self, max: u32) -> Self {
        Self { low: self.low.min(max), high: self.high.min(max) }
    }

    /// The sum of these numbers.
    pub(super) fn sum(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::ZERO, |sum, it| Self {
            low: sum.low.saturating_add(it.low),
            high: sum.high.saturating_add(it.high),
        })
    }

    /// The number lies between the bounds, both included.
    pub(super) fn within(self, from: u32, to: u32) -> Truth {
        if self.low >= from && self.high <= to {
            Truth::True
        } else if self.high < from || self.low > to {
            Truth::False
        } else {
            Truth::Open
        }
    }
}
