//! Places in the drawings, and the letters that each has room for: the words of a figure are held to
//! them.

/// From one line in a box to the next, in units of a drawing.
pub const LEADING: i32 = 19;
/// About as wide as a letter of a wide font at the drawing's size.
const LETTER: i32 = 8;

/// Where a step is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its middle.
    pub x: i32,
    /// Its middle.
    pub y: i32,
    /// Of the box.
    pub width: i32,
    /// Of the box.
    pub height: i32,
}

impl Place {
    /// Letters that a line holds after the step's number.
    pub fn room(&self) -> usize {
        usize::try_from((self.width - 6) / LETTER - 2).unwrap_or_default()
    }

    /// Lines that the box holds.
    pub fn lines(&self) -> usize {
        usize::try_from((self.height - 16) / LEADING).unwrap_or_default()
    }
}

/// The trigger, then the loop, clockwise from the top.
pub const PAIN_LOOP: [Place; 5] = [
    Place { x: 144, y: 20, width: 108, height: 36 },
    Place { x: 144, y: 92, width: 132, height: 40 },
    Place { x: 229, y: 198, width: 116, height: 62 },
    Place { x: 144, y: 302, width: 116, height: 62 },
    Place { x: 34, y: 198, width: 66, height: 40 },
];
/// Letters in a line in the middle of the pain loop.
pub const KETAMINE_ROOM: usize = 9;

/// The course downward; the last place, at its side, is the way out.
pub const COURSE: [Place; 7] = [
    step(20),
    step(84),
    step(164),
    step(228),
    step(330),
    step(394),
    Place { x: 223, y: 394, width: 128, height: 40 },
];
/// Letters in the name of the series.
pub const SERIES_ROOM: usize = 18;

const fn step(y: i32) -> Place {
    Place { x: 80, y, width: 132, height: 40 }
}

/// Letters of a name that fit a third of the narrowest phone.
pub const STUDY_NAME_ROOM: usize = 11;
