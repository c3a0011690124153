//! Stores sealed requests in the browser, by `storage.js`.

use guide_core::request::outbox::{Entry, Found};
use js_sys::{Array, Number};
use uuid::Uuid;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

#[wasm_bindgen(module = "/src/browser/storage.js")]
extern "C" {
    type StoredEntry;
    #[wasm_bindgen(method, getter)]
    fn id(this: &StoredEntry) -> String;
    #[wasm_bindgen(method, getter)]
    fn reference(this: &StoredEntry) -> String;
    #[wasm_bindgen(method, getter)]
    fn sealed(this: &StoredEntry) -> String;
    #[wasm_bindgen(method, getter, js_name = kept)]
    fn created_at(this: &StoredEntry) -> f64;

    // With `catch` like the others: the glue calls it. Without, the wasm module would import this file itself,
    // under the name of the glue, to which `src/site/app.rs` shortens every module's.
    #[wasm_bindgen(catch, js_name = prepare)]
    fn open() -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = entries)]
    async fn stored_entries() -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_name = put)]
    async fn store(
        id: &str,
        reference: &str,
        sealed: &str,
        created_at: f64,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = remove)]
    async fn delete(id: &str, mark: bool) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = countOf)]
    async fn count_of(id: &str) -> Result<Number, JsValue>;
    #[wasm_bindgen(catch, js_name = countOfMarks)]
    async fn count_of_marks(id: &str) -> Result<Number, JsValue>;
}

/// Opens the storage in advance, so that [`put`] need not. Stores nothing.
pub fn prepare() {
    // If that fails, `put` says so.
    let _ = open();
}

/// All stored entries; none if the browser does not let the page store anything.
pub async fn entries() -> Vec<Entry> {
    let stored = stored_entries().await.unwrap_or_default();
    stored.iter().filter_map(|it| entry(it.unchecked_ref())).collect()
}

/// Stores an entry. Returns `false` if the browser does not let the page store anything.
pub async fn put(entry: &Entry) -> bool {
    let Entry { id, reference, sealed, created_at } = entry;
    store(&id.to_string(), reference, sealed, *created_at as f64).await.is_ok()
}

/// Deletes an entry. `mark` keeps other tabs from sending it again. Returns `false` if that fails.
pub async fn remove(id: Uuid, mark: bool) -> bool {
    delete(&id.to_string(), mark).await.is_ok()
}

/// Looks up an entry or the mark of a removed one.
pub async fn find(id: Uuid) -> Found {
    let id = id.to_string();
    match (count_of_marks(&id).await, count_of(&id).await) {
        (Ok(marks), _) if marks != 0.0 => Found::RemovedMark,
        (_, Ok(entries)) if entries != 0.0 => Found::Entry,
        (Ok(_), Ok(_)) => Found::Nothing,
        _ => Found::Unavailable,
    }
}

/// Converts a stored entry; `None` if its id is no UUID.
fn entry(stored: &StoredEntry) -> Option<Entry> {
    let id = Uuid::try_parse(&stored.id()).ok()?;
    let (reference, sealed) = (stored.reference(), stored.sealed());
    Some(Entry { id, reference, sealed, created_at: stored.created_at() as u64 })
}
