//! What stands above an article, between two lines `+++`.

use std::ops::{Range, RangeInclusive};

use guide_core::source::{self, Unreadable};

use super::article::FrontMatter;
use super::reader::Reader;

/// A line that begins and ends it.
const FENCE: &str = "+++";

/// Years in which a text can have been changed. (Nearer days to come are the build's to say: it may
/// be the computer's clock that is wrong.)
const YEARS: RangeInclusive<u16> = 2000..=2099;

impl Reader<'_> {
    /// Where it stands, without the lines around it. Without it nothing of the file means anything.
    pub(super) fn matter(&mut self) -> Option<Range<usize>> {
        let begin = self.text.find('\n').map_or(self.text.len(), |newline| newline + 1);
        if self.text[..begin].trim_end() != FENCE {
            self.report(
                0,
                "no front matter; begin the file with a line +++, then title, description, lede, \
                 date, reviewed-by, then a line +++",
            );
            return None;
        }
        if self.text[begin..].starts_with(['\n', ' ', '\t']) {
            self.report(begin, "an empty line or a blank stands below the first +++; remove it");
            return None;
        }
        let mut end = begin;
        for line in self.text[begin..].split_inclusive('\n') {
            if line.trim_end() == FENCE {
                return Some(begin..end);
            }
            end += line.len();
        }
        self.report(0, "the front matter does not end; a line +++ alone has to end it");
        None
    }

    pub(super) fn front_matter(&mut self, matter: Range<usize>) -> Option<FrontMatter> {
        let front: FrontMatter = match source::read(&self.text[matter.clone()]) {
            Ok(front) => front,
            Err(Unreadable { offset, reason }) => {
                self.report(matter.start + offset, reason);
                return None;
            }
        };
        let needed =
            [("title", &front.title), ("description", &front.description), ("lede", &front.lede)];
        for (key, _) in needed.into_iter().filter(|(_, value)| value.trim().is_empty()) {
            self.report(self.offset_of(key), format!("the front matter needs a {key}"));
        }
        let reviewer = ("reviewed-by", &front.reviewed_by);
        for (key, value) in needed.into_iter().chain([reviewer]) {
            if let Some(reason) = source::marked(value) {
                self.report(self.offset_of(key), reason);
            }
        }
        if let Some((line, reason)) = front.review().problem() {
            self.report(self.offset_of(line), reason);
        }
        match front.date.date {
            Some(day) if front.date.time.is_none() => {
                if !YEARS.contains(&day.year) {
                    let reason = format!("the year {:04} cannot be meant; correct it", day.year);
                    self.report(self.offset_of("date"), reason);
                }
            }
            _ => self.report(
                self.offset_of("date"),
                "the date needs year, month and day alone: 2026-11-23",
            ),
        }
        Some(front)
    }

    /// Where a key of the front matter stands.
    pub(super) fn offset_of(&self, key: &str) -> usize {
        self.text.find(&["\n", key].concat()).map_or(0, |before| before + 1)
    }
}
