//! What tabs of the same site tell each other about a sealed request.

use js_sys::Array;
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// The channel's name.
const NAME: &str = "appointment-requests";

/// An event in another tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The request of this id arrived.
    Arrived(Uuid),
    /// The patient removed the request of this id.
    Removed(Uuid),
}

/// The channel to the other tabs; silent in browsers that have none. There, storage tells before the
/// next post.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
}

impl Tabs {
    /// Joins the other tabs, for as long as the page is there.
    pub fn join(on_told: impl Fn(Told) + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        if let Some(channel) = &channel {
            let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(told) = read(&event.data()) {
                    on_told(told);
                }
            });
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
            listener.forget();
        }
        Self { channel }
    }

    /// Tells the other tabs.
    pub fn tell(&self, told: Told) {
        let (arrived, id) = match told {
            Told::Arrived(id) => (true, id),
            Told::Removed(id) => (false, id),
        };
        if let Some(channel) = &self.channel {
            // Fails only for what cannot be copied; these can.
            let _ = channel.post_message(&Array::of2(&arrived.into(), &id.to_string().into()));
        }
    }
}

fn read(message: &JsValue) -> Option<Told> {
    let message: &Array = message.dyn_ref()?;
    let id = Uuid::try_parse(&message.get(1).as_string()?).ok()?;
    Some(if message.get(0).as_bool()? { Told::Arrived(id) } else { Told::Removed(id) })
}
