//! A judgement as JSON, in the names of `tests/vectors/assessment-vectors.json`.

use guide_core::assessment::judgement::{Judgement, Points};
use serde_json::{Value, json};

/// An outcome that stops the questions stands alone. The points of complete answers are numbers, those of
/// others the least and the most that they can come to.
pub fn printed(judgement: &Judgement<'_>) -> Value {
    let Judgement { complete, outcome, criteria, flags, because } = judgement;
    let outcome_id = outcome.map(|it| it.id.as_str());
    if outcome.is_some_and(|it| it.immediate) {
        return json!({ "outcome": outcome_id });
    }
    let by_id = |of: &dyn Fn(&Points<'_>) -> Value| -> Value {
        criteria.iter().map(|it| (it.criterion.id.clone(), of(it))).collect()
    };
    let flags: Vec<&str> = flags.iter().map(|it| it.id.as_str()).collect();
    let because: Vec<&str> = because.iter().map(|it| it.id.as_str()).collect();
    if *complete {
        return json!({
            "criteria": by_id(&|it| it.low.into()),
            "counted": by_id(&|it| json!(it.counted)),
            "flags": flags,
            "outcome": outcome_id,
            "because": because,
        });
    }
    let mut early = json!({
        "decided": outcome_id,
        "criteria": by_id(&|it| json!([it.low, it.high])),
        "flags": flags,
    });
    if outcome.is_some() {
        early["because"] = json!(because);
    }
    early
}
