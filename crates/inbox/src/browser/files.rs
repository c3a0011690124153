//! Files that a person chooses, drops or saves.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Event, File, HtmlAnchorElement, HtmlInputElement, Url,
};

/// More than any file of ours has; nothing larger is read.
const MAX_BYTES: f64 = 1_000_000.0;

/// A file that was chosen or dropped.
#[derive(Clone, Debug)]
pub struct ChosenFile(File);

impl ChosenFile {
    /// Its name.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its bytes; `None` where it cannot be read, or is far too large.
    pub async fn read(&self) -> Option<Vec<u8>> {
        if self.0.size() > MAX_BYTES {
            return None;
        }
        let buffer = JsFuture::from(self.0.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}

/// The file that was chosen in a field.
pub fn chosen(event: &Event) -> Option<ChosenFile> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    input.files()?.get(0).map(ChosenFile)
}

/// Empties a field before another file is chosen in it: browsers do not tell of the same file that is chosen again,
/// which may have changed since.
pub fn empties(event: &Event) {
    let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.set_value("");
    }
}

/// The file that was dropped.
pub fn dropped(event: &DragEvent) -> Option<ChosenFile> {
    event.prevent_default();
    event.data_transfer()?.files()?.get(0).map(ChosenFile)
}

/// Saves a file, where the browser keeps downloads. Returns `false` where it cannot.
pub fn save(name: &str, media_type: &str, content: &[u8]) -> bool {
    try_save(name, media_type, content).is_some()
}

fn try_save(name: &str, media_type: &str, content: &[u8]) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(content));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has taken what it needs when the click returns; some need a moment more.
    leptos::prelude::set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
    Some(())
}
