//! The small map does what the standard one does.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

use std::collections::BTreeMap;

use guide_core::by_id::ById;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn as_the_standard_map(
        changes in prop::collection::vec(("[a-c]{0,2}", prop::option::of(any::<u32>())), 0..40),
    ) {
        let mut small = ById::default();
        let mut standard = BTreeMap::new();
        for (id, value) in &changes {
            small.set(id, *value);
            match value {
                Some(value) => standard.insert(id.clone(), *value),
                None => standard.remove(id),
            };
            prop_assert!(small.iter().eq(standard.iter().map(|(id, value)| (id.as_str(), value))));
        }
        for (id, _) in &changes {
            prop_assert_eq!(small.get(id), standard.get(id));
        }
        let json = serde_json::to_string(&small).expect("JSON");
        prop_assert_eq!(&json, &serde_json::to_string(&standard).expect("JSON"));
        prop_assert_eq!(serde_json::from_str::<ById<u32>>(&json).expect("a map"), small.clone());
        prop_assert_eq!(standard.into_iter().collect::<ById<u32>>(), small);
    }
}

#[test]
fn only_an_object_is_read() {
    for json in ["[]", "null", "7", r#"{"a": "b"}"#, r#"{"a": -1}"#] {
        assert!(serde_json::from_str::<ById<u32>>(json).is_err(), "{json}");
    }
    let unordered: ById<u32> = serde_json::from_str(r#"{"b": 1, "a": 2, "b": 3}"#).expect("a map");
    assert_eq!(unordered.iter().collect::<Vec<_>>(), [("a", &2), ("b", &3)]);
}
