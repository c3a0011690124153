//! `figures.toml`: the words of the pain loop and of the course of treatment.

pub mod places;

use guide_core::source::{Check, Path, Problem};
use serde::Deserialize;

use places::{COURSE, KETAMINE_ROOM, PAIN_LOOP, Place, SERIES_ROOM};

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Figures {
    /// What keeps pain going, and where ketamine acts.
    pub pain_loop: PainLoop,
    /// From the first call to the review.
    pub course: Course,
}

/// `[pain-loop]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PainLoop {
    /// Names the figure.
    pub title: String,
    /// Follows the title.
    pub note: String,
    /// Stands for the drawing where it cannot be seen.
    pub drawing: String,
    /// In the middle of the loop, above and below the line to the step where ketamine acts.
    pub ketamine: [String; 2],
    /// Follows the list.
    pub aim: String,
    /// One for each place of the drawing; the first starts the loop.
    pub steps: Vec<Step>,
}

/// `[course]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Course {
    /// Names the figure.
    pub title: String,
    /// Follows the title.
    pub note: String,
    /// Stands for the drawing where it cannot be seen.
    pub drawing: String,
    /// Names the steps that are repeated.
    pub series: String,
    /// One for each place of the drawing; the last is the way out.
    pub steps: Vec<Step>,
}

/// A step, drawn as a box and told in a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Step {
    /// Its name, as lines in a box.
    pub drawn: Vec<String>,
    /// What the list adds to the name.
    pub text: String,
}

impl Check for Figures {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let places: [(&str, &[Step], &[Place]); 2] = [
            ("pain-loop", &self.pain_loop.steps, &PAIN_LOOP),
            ("course", &self.course.steps, &COURSE),
        ];
        for (figure, steps, places) in places {
            check_steps(figure, steps, places, &mut problems);
        }
        for line in &self.pain_loop.ketamine {
            let path = Path::default().key("pain-loop").key("ketamine");
            check_line(path, line, KETAMINE_ROOM, &mut problems);
        }
        let path = Path::default().key("course").key("series");
        check_line(path, &self.course.series, SERIES_ROOM, &mut problems);
        problems
    }
}

fn check_steps(figure: &str, steps: &[Step], places: &[Place], problems: &mut Vec<Problem>) {
    let list = Path::default().key(figure).key("steps");
    if steps.len() != places.len() {
        let reason = format!("the drawing has {} places; give as many steps", places.len());
        problems.push(Problem { path: list.clone(), reason });
    }
    for (index, (step, place)) in steps.iter().zip(places).enumerate() {
        let path = list.index(index).key("drawn");
        if step.drawn.is_empty() || step.drawn.len() > place.lines() {
            let reason = format!("this box holds one line, and at most {}", place.lines());
            problems.push(Problem { path: path.clone(), reason });
        }
        for line in &step.drawn {
            check_line(path.clone(), line, place.room(), problems);
        }
    }
}

fn check_line(path: Path, line: &str, room: usize, problems: &mut Vec<Problem>) {
    if line.trim().is_empty() || line.chars().count() > room {
        let reason = format!("the line \"{line}\" does not fit; it may have 1 to {room} letters");
        problems.push(Problem { path, reason });
    }
}
