//! Parts of the list of stored requests.

use std::collections::BTreeSet;

use clinic_core::state::State;

/// A place in the list, and the direction from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// After this position, in the order of arrival; 0 for all.
    After(i64),
    /// Before this position, the newest first; `i64::MAX` for all.
    Before(i64),
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Where it begins.
    pub place: Place,
    /// Only requests of these states; none for any.
    pub states: BTreeSet<State>,
    /// Only requests at these positions; `None` for any.
    pub positions: Option<Vec<i64>>,
    /// Most requests in it.
    pub limit: u32,
}

impl Listing {
    /// The condition that selects the requests, and their order: SQL in which `$1` is the position of the
    /// place and `$2` the limit. Public for tests, which ask the database for its plan.
    ///
    /// Each state is looked up by itself, since an index has the requests of one state in their order, and
    /// not those of several: otherwise a page of the few that are claimed would read all that are closed.
    pub fn condition(&self) -> String {
        let (compared, order) = match self.place {
            Place::After(_) => (">", "ASC"),
            Place::Before(_) => ("<", "DESC"),
        };
        let part = |condition: String| {
            format!(
                "SELECT position FROM requests WHERE {condition}position {compared} $1 \
                 ORDER BY position {order} LIMIT $2"
            )
        };
        let of_positions = self.positions.as_ref().map(|positions| {
            let positions: Vec<String> = positions.iter().map(i64::to_string).collect();
            format!("position IN ({}) AND ", positions.join(", "))
        });
        let of_positions = of_positions.unwrap_or_default();
        let selected = if self.states.is_empty() {
            part(of_positions)
        } else {
            let of_state = |state: &State| {
                let of_state = part(format!("{of_positions}{} AND ", of_state(*state)));
                format!("SELECT position FROM ({of_state}) AS {}_ones", state.as_str())
            };
            let parts: Vec<String> = self.states.iter().map(of_state).collect();
            let parts = parts.join(" UNION ALL ");
            format!("SELECT position FROM ({parts}) AS listed ORDER BY position {order} LIMIT $2")
        };
        format!("position IN ({selected}) ORDER BY position {order}")
    }

    /// The position of the place.
    pub(super) const fn position(&self) -> i64 {
        match self.place {
            Place::After(position) | Place::Before(position) => position,
        }
    }
}

/// The condition that an index for listing has, word for word, which SQLite asks for.
fn of_state(state: State) -> String {
    match state {
        State::New => "state = 'new'".to_owned(),
        other => format!("state <> 'new' AND state = '{}'", other.as_str()),
    }
}
