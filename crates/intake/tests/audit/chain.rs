//! Properties of the chain: whatever is done to it is found.

use intake::audit::{Action, Actor, Chain, Event, Hash, Line, StoredLine};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::harness::clinic::request_id;

/// A place in a stored line.
#[derive(Clone, Copy, Debug)]
enum Part {
    At,
    Actor,
    Action,
    Subject,
    Detail,
    Hash,
}

/// A change of a stored audit by somebody who does not compute hashes.
#[derive(Clone, Debug)]
enum Tampering {
    /// A byte of a part gets another value.
    Byte(Index, Part, Index, u8),
    /// A line that is not the last is removed.
    Remove(Index),
    /// It is removed, and those behind it move up.
    RemoveAndMove(Index),
    /// Two lines change places, each getting the other's position.
    Swap(Index, Index),
    /// The texts of two lines change places.
    SwapTexts(Index, Index),
    /// A line is put in again behind another.
    Insert(Index, Index),
}

fn tampering() -> impl Strategy<Value = Tampering> {
    let part = proptest::sample::select(vec![
        Part::At,
        Part::Actor,
        Part::Action,
        Part::Subject,
        Part::Detail,
        Part::Hash,
    ]);
    let index = any::<Index>;
    prop_oneof![
        (index(), part, index(), 1..=u8::MAX).prop_map(|(a, b, c, d)| Tampering::Byte(a, b, c, d)),
        index().prop_map(Tampering::Remove),
        index().prop_map(Tampering::RemoveAndMove),
        (index(), index()).prop_map(|(one, other)| Tampering::Swap(one, other)),
        (index(), index()).prop_map(|(one, other)| Tampering::SwapTexts(one, other)),
        (index(), index()).prop_map(|(one, other)| Tampering::Insert(one, other)),
    ]
}

/// A chain as the store makes it.
fn chain(events: &[(String, u8)]) -> Vec<StoredLine> {
    let mut head = Hash::NONE;
    let store = |(nth, (actor, action)): (usize, &(String, u8))| {
        let action = [Action::Marked, Action::Opened, Action::Deleted][usize::from(action % 3)];
        let event = Event::of_request(action, &request_id(nth as u8), "closed");
        let line = Line {
            position: nth as i64 + 1,
            at: format!("2026-11-28T15:{nth:02}:00Z"),
            actor: Actor::Token(actor.clone()).words(),
            action: event.action.as_str().to_owned(),
            subject: event.subject,
            detail: event.detail,
        };
        head = line.hash_after(head);
        StoredLine { line, hash: head }
    };
    events.iter().enumerate().map(store).collect()
}

fn breaks(lines: &[StoredLine]) -> (Chain, Vec<String>) {
    let mut chain = Chain::new();
    let breaks = lines.iter().filter_map(|stored| chain.read(stored).err());
    let breaks = breaks.map(|broken| broken.to_string()).collect();
    (chain, breaks)
}

/// Changes a byte, as a disk or an editor does.
fn flip(text: &mut String, at: Index, by: u8) {
    let mut bytes = text.clone().into_bytes();
    if bytes.is_empty() {
        bytes.push(by);
    } else {
        let at = at.index(bytes.len());
        bytes[at] ^= by;
    }
    *text = String::from_utf8_lossy(&bytes).into_owned();
}

/// Does it; the positions of the lines by which it has to be found.
fn tamper(lines: &mut Vec<StoredLine>, tampering: &Tampering) -> Vec<i64> {
    let (whole, count) = (lines.clone(), lines.len());
    match tampering {
        Tampering::Byte(line, part, at, by) => {
            let nth = line.index(count);
            let StoredLine { line, hash } = &mut lines[nth];
            match part {
                Part::At => flip(&mut line.at, *at, *by),
                Part::Actor => flip(&mut line.actor, *at, *by),
                Part::Action => flip(&mut line.action, *at, *by),
                Part::Subject => flip(&mut line.subject, *at, *by),
                Part::Detail => flip(&mut line.detail, *at, *by),
                Part::Hash => hash.0[at.index(32)] ^= by,
            }
            vec![nth as i64 + 1]
        }
        Tampering::Remove(line) => {
            let nth = line.index(count - 1);
            lines.remove(nth);
            vec![nth as i64 + 1]
        }
        Tampering::RemoveAndMove(line) => {
            let nth = line.index(count - 1);
            lines.remove(nth);
            for (nth, stored) in lines.iter_mut().enumerate() {
                stored.line.position = nth as i64 + 1;
            }
            vec![nth as i64 + 1]
        }
        Tampering::Swap(one, other) => {
            let (one, other) = two(*one, *other, count);
            lines.swap(one, other);
            lines[one].line.position = one as i64 + 1;
            lines[other].line.position = other as i64 + 1;
            vec![one as i64 + 1, other as i64 + 1]
        }
        Tampering::SwapTexts(one, other) => {
            let (one, other) = two(*one, *other, count);
            let (first, second) = (lines[one].line.clone(), lines[other].line.clone());
            lines[one].line = Line { position: first.position, ..second.clone() };
            lines[other].line = Line { position: second.position, ..first };
            vec![one as i64 + 1, other as i64 + 1]
        }
        Tampering::Insert(line, after) => {
            let (again, after) = (lines[line.index(count)].clone(), after.index(count));
            lines.insert(after + 1, again);
            for (nth, stored) in lines.iter_mut().enumerate() {
                stored.line.position = nth as i64 + 1;
            }
            // Behind an equal line it is the next one that is too many.
            let first = lines.iter().zip(&whole).position(|(stored, before)| stored != before);
            vec![first.unwrap_or(count) as i64 + 1]
        }
    }
}

/// Two places, the first one first.
fn two(one: Index, other: Index, count: usize) -> (usize, usize) {
    let one = one.index(count - 1);
    (one, one + 1 + other.index(count - 1 - one))
}

proptest! {
    #[test]
    fn a_chain_that_nobody_touched_is_whole(
        events in proptest::collection::vec((".{0,12}", any::<u8>()), 0..9),
    ) {
        let lines = chain(&events);
        let (chain, breaks) = breaks(&lines);
        prop_assert_eq!(breaks, Vec::<String>::new());
        prop_assert_eq!(chain.position(), lines.len() as i64);
        prop_assert_eq!(chain.head(), lines.last().map_or(Hash::NONE, |last| last.hash));
    }

    #[test]
    fn whatever_is_changed_is_found_and_named(
        events in proptest::collection::vec((".{0,12}", any::<u8>()), 2..9),
        tampering in tampering(),
    ) {
        let whole = chain(&events);
        let mut lines = whole.clone();
        let touched = tamper(&mut lines, &tampering);
        // A byte that is no letter any more can become the replacement character that was there.
        prop_assume!(lines != whole);
        let (_, breaks) = breaks(&lines);
        for position in touched {
            let line = format!("line {position} ");
            prop_assert!(breaks.iter().any(|it| it.starts_with(&line)), "{line}: {breaks:?}");
        }
    }

    /// Whoever computes hashes can write the end anew; the head written down earlier is then in no line.
    #[test]
    fn an_end_that_was_removed_or_written_anew_has_another_head(
        events in proptest::collection::vec((".{0,12}", any::<u8>()), 1..9),
        others in proptest::collection::vec((".{0,12}", any::<u8>()), 0..9),
        common in any::<Index>(),
    ) {
        let before = chain(&events);
        let common = common.index(events.len());
        let anew = chain(&[&events[..common], &others].concat());
        let head = before.last().unwrap().hash;
        prop_assert!(breaks(&anew).1.is_empty());
        let is_continued = anew.starts_with(&before);
        prop_assert_eq!(anew.iter().any(|stored| stored.hash == head), is_continued);
    }
}

/// Computed by another program: `json.dumps` of Python with sorted keys, without spaces and escapes.
#[test]
fn the_hash_is_that_of_the_documented_form() {
    let line = |position, at: &str, actor: &str, action: &str, detail: &str| Line {
        position,
        at: at.to_owned(),
        actor: actor.to_owned(),
        action: action.to_owned(),
        subject: "KQ2D-V7AX".to_owned(),
        detail: detail.to_owned(),
    };
    let actor = "token front \"desk\" é\u{2028}";
    let first = line(1, "2026-11-28T15:00:00Z", actor, "marked", "closed");
    let second = line(2, "2026-11-28T15:00:01Z", "the service", "deleted", "retention");
    let hash = first.hash_after(Hash::NONE);
    let expected = "27486c65fabbe4c17512c31605cb14d4a2d8d42e77d114ca00775aa681d266bd";
    assert_eq!(hash.to_string(), expected);
    assert_eq!(expected.parse(), Ok(hash));
    let expected = "c5611c072743ae42805389065f0f417ea833b074836a5885df91169f4e366962";
    assert_eq!(second.hash_after(hash).to_string(), expected);
}

/// `token` comes before the name, so no name makes one out of it.
#[test]
fn no_name_of_a_token_passes_for_another_actor() {
    for name in ["the service", "the command line (root)", ""] {
        let words = Actor::Token(name.to_owned()).words();
        assert_ne!(words, Actor::Service.words());
        assert_ne!(words, Actor::CommandLine("root".to_owned()).words());
    }
}
