//! Whoever goes through the self-assessment again and again needs no more memory for it.

use rstest_reuse::apply;
use serde_json::json;

use crate::harness::clinic::Clinic;
use crate::harness::engine::{Engine, with_devtools};
use crate::harness::person::Person;

/// Bytes by which the heap may differ: the engine compiles code when it has run often.
const NOISE: f64 = 200_000.0;

/// What the page holds after a garbage collection.
#[derive(Debug)]
struct Held {
    nodes: f64,
    listeners: f64,
    heap: f64,
}

/// Goes through the self-assessment to its result, and clears the answers.
async fn assesses(person: &Person) {
    person.clicks("[data-action=start]").await;
    person.waits_for("return document.querySelector('#assessment-asked form') !== null").await;
    let answer = include_str!("../scripts/answer_until.js");
    person.calls(answer, &json!(["#none-has-this"])).await;
    person.clicks("[data-action=finish]").await;
    person.waits_to_see("#assessment-result").await;
    person.clicks("#assessment-result [data-action=clear]").await;
    person.waits_to_see("#assessment-start").await;
}

/// No engine lets a page count its nodes and its heap exactly, so it is asked by DevTools.
async fn held(person: &Person) -> Held {
    for _ in 0..2 {
        person.devtools("HeapProfiler.collectGarbage", json!({})).await;
    }
    let metrics = person.devtools("Performance.getMetrics", json!({})).await;
    let metric = |name: &str| {
        let all = metrics["metrics"].as_array().expect("metrics");
        let found = all.iter().find(|it| it["name"] == name).expect(name);
        found["value"].as_f64().expect("a number")
    };
    Held {
        nodes: metric("Nodes"),
        listeners: metric("JSEventListeners"),
        heap: metric("JSHeapUsedSize"),
    }
}

#[apply(with_devtools)]
async fn ten_assessments_in_a_row_hold_no_more_than_two(engine: Engine) {
    let clinic = Clinic::open().await;
    let person = Person::arrives(engine).await;
    person.devtools("Performance.enable", json!({})).await;
    person.opens(&clinic.address("/")).await;
    person.waits_for_program().await;
    for _ in 0..2 {
        assesses(&person).await;
    }
    let two = held(&person).await;
    for _ in 2..10 {
        assesses(&person).await;
    }
    let ten = held(&person).await;
    assert_eq!([ten.nodes, ten.listeners], [two.nodes, two.listeners], "{two:?} {ten:?}");
    assert!(ten.heap < two.heap + NOISE, "{two:?} {ten:?}");
    // A page that keeps what it removes is seen to.
    person
        .runs("window.kept = Array.from({ length: 50_000 }, () => document.createElement('p'))")
        .await;
    let more = held(&person).await;
    assert!(more.nodes > ten.nodes && more.heap > ten.heap + NOISE, "{ten:?} {more:?}");
}
