//! Messages between tabs of the same site about sealed requests.

use js_sys::Array;
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// The name of the channel.
const NAME: &str = "appointment-requests";

/// A message to the other tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabMessage {
    /// The request of this id arrived.
    Arrived(Uuid),
    /// The request of this id was removed from the device: by the patient, or since it was refused.
    Removed(Uuid),
}

/// The channel to the other tabs. Old browsers lack `BroadcastChannel`: there each tab looks into storage
/// before it posts.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
}

impl Tabs {
    /// Joins the channel until the page is left.
    pub fn join(on_message: impl Fn(TabMessage) + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        if let Some(channel) = &channel {
            let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(message) = read(&event.data()) {
                    on_message(message);
                }
            });
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
            listener.forget();
        }
        Self { channel }
    }

    /// Sends a message to the other tabs.
    pub fn broadcast(&self, message: TabMessage) {
        let (arrived, id) = match message {
            TabMessage::Arrived(id) => (true, id),
            TabMessage::Removed(id) => (false, id),
        };
        if let Some(channel) = &self.channel {
            // Fails only for values that cannot be cloned.
            let _ = channel.post_message(&Array::of2(&arrived.into(), &id.to_string().into()));
        }
    }
}

fn read(data: &JsValue) -> Option<TabMessage> {
    let message: &Array = data.dyn_ref()?;
    let id = Uuid::try_parse(&message.get(1).as_string()?).ok()?;
    Some(if message.get(0).as_bool()? { TabMessage::Arrived(id) } else { TabMessage::Removed(id) })
}
