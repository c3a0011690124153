//! Minimum rates of reading and writing: a slower connection is cut, so that it does not hold a place
//! that another client could use.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// A minimum rate of a transfer.
#[derive(Clone, Copy, Debug)]
pub struct MinRate {
    /// Bytes that must move in a second, on average.
    pub bytes_per_second: u32,
    /// The longest time in which nothing may move.
    pub max_stall: Duration,
}

/// The peer was slower than the minimum rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the peer is slower than the minimum rate")]
pub struct TooSlow;

/// Measures one direction. Only time spent waiting for the peer counts.
#[derive(Debug)]
struct Meter {
    rate: MinRate,
    /// The time left in which nothing may move.
    left: Duration,
    /// Ends when that time is over; `None` unless the peer is waited for.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Meter {
    fn new(rate: MinRate) -> Self {
        Self { rate, left: rate.max_stall, waiting: None }
    }

    /// Counts transferred bytes.
    fn moved(&mut self, bytes: usize) {
        if let Some(waiting) = self.waiting.take() {
            self.left = waiting.deadline().saturating_duration_since(Instant::now());
        }
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let earned = Duration::from_secs(bytes.into()) / self.rate.bytes_per_second.max(1);
        self.left = self.rate.max_stall.min(self.left + earned);
    }

    /// Waits for the peer; ready once that has taken too long.
    fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<TooSlow> {
        let left = self.left;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(left)));
        waiting.as_mut().poll(cx).map(|()| TooSlow)
    }
}

/// A stream whose writes fail where the peer reads too slowly.
#[derive(Debug)]
pub struct MinRateStream<S> {
    stream: S,
    writing: Meter,
}

impl<S> MinRateStream<S> {
    /// A stream whose peer must read at this rate.
    pub fn new(stream: S, rate: MinRate) -> Self {
        Self { stream, writing: Meter::new(rate) }
    }

    fn measured(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(bytes)) => {
                self.writing.moved(bytes);
                Poll::Ready(Ok(bytes))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                let slow = ready!(self.writing.poll_too_slow(cx));
                Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, slow)))
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for MinRateStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.measured(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.measured(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for MinRateStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

/// The body of a request, which fails with [`TooSlow`] where the peer sends it too slowly.
#[derive(Debug)]
pub struct MinRateBody {
    body: Body,
    reading: Meter,
}

impl MinRateBody {
    /// A body that must arrive at this rate.
    pub fn new(body: Body, rate: MinRate) -> Self {
        Self { body, reading: Meter::new(rate) }
    }
}

impl HttpBody for MinRateBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(frame) => {
                let bytes = frame.as_ref().and_then(|it| it.as_ref().ok()?.data_ref());
                self.reading.moved(bytes.map_or(0, Bytes::len));
                Poll::Ready(frame)
            }
            Poll::Pending => {
                let slow = ready!(self.reading.poll_too_slow(cx));
                Poll::Ready(Some(Err(axum::Error::new(slow))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
