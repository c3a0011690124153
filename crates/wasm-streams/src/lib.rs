//! An empty stand-in for the crate of the same name.
//!
//! Leptos depends on it for server functions, which this app has none of. The real crate exports
//! classes to JavaScript, and what is exported is never removed as unused: a tenth of the app. Only
//! what Leptos' code names is here. Should it ever be called, a stream is empty.

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// A stream of the browser.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Wraps a stream of the browser.
    pub fn from_raw(stream: web_sys::ReadableStream) -> Self {
        Self(stream)
    }

    /// An empty stream in the place of any other.
    pub fn from_stream<St>(_: St) -> Self
    where
        St: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        Self(JsValue::UNDEFINED.into())
    }

    /// The stream of the browser.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// An empty stream.
    pub fn into_stream(self) -> IntoStream<'static> {
        IntoStream(PhantomData)
    }
}

/// A stream that has ended.
#[derive(Debug)]
pub struct IntoStream<'reader>(PhantomData<&'reader ()>);

impl Stream for IntoStream<'_> {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
