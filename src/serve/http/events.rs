//! Hands events to all open streams (Server-Sent Events, HTML Standard 9.2).
//!
//! Does not know what the events mean, and keeps none for streams that come later: what those have to know is the
//! greeting.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::mpsc;
use tokio::time::{Instant, Sleep};

/// Events that wait for a slow stream. One more, and the stream is closed: its client connects anew and is greeted.
const WAITING_MAX: usize = 64;

/// A comment, which clients skip: it keeps the connection open and shows whether somebody is there.
const HEARTBEAT: &[u8] = b":\n\n";

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// Its type, without line breaks.
    pub(crate) name: &'static str,
    /// Its data; line breaks become several lines of data.
    pub(crate) data: String,
}

/// The open streams and what each new one gets first.
#[derive(Debug, Default)]
pub(crate) struct Hub(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    greeting: Bytes,
    streams: Vec<(u64, mpsc::Sender<Bytes>)>,
    next_id: u64,
    is_closed: bool,
}

impl Hub {
    /// Sends events to all open streams, in this order.
    #[cfg(test)]
    pub(crate) fn publish(&self, events: &[Event]) {
        self.lock().send(events);
    }

    /// Sets what each new stream gets first; open streams do not notice.
    #[cfg(test)]
    pub(crate) fn set_greeting(&self, events: &[Event]) {
        self.lock().greeting = encode(events);
    }

    /// Sets the greeting and sends events as one step.
    ///
    /// A stream that connects meanwhile has either the old greeting and then the events, or the new greeting and none of
    /// them: it can neither miss what changed nor hear of it twice.
    pub(crate) fn turn(&self, greeting: &[Event], events: &[Event]) {
        let mut state = self.lock();
        state.greeting = encode(greeting);
        state.send(events);
    }

    /// Returns how many streams are open.
    #[cfg(test)]
    pub(crate) fn streams(&self) -> usize {
        self.lock().streams.len()
    }

    /// Opens a stream; `None` if there are `streams_max` already, or the hub is closed.
    pub(super) fn open(self: &Arc<Self>, streams_max: usize, heartbeat: Duration) -> Option<EventStream> {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        let mut state = self.lock();
        if state.is_closed || state.streams.len() >= streams_max {
            return None;
        }
        let id = state.next_id;
        state.next_id += 1;
        if !state.greeting.is_empty() {
            // The queue is new, so there is room.
            let _ = sender.try_send(state.greeting.clone());
        }
        state.streams.push((id, sender));
        drop(state);
        let clock = Box::pin(tokio::time::sleep(heartbeat));
        Some(EventStream { hub: self.clone(), id, receiver, clock, heartbeat })
    }

    /// Ends all streams, and opens none any more.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        state.streams.clear();
    }

    /// No panic leaves the state half changed, so the lock is good after one.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn send(&mut self, events: &[Event]) {
        let bytes = encode(events);
        if !bytes.is_empty() {
            self.streams.retain(|(_, sender)| sender.try_send(bytes.clone()).is_ok());
        }
    }
}

/// Writes events as they go over the line.
fn encode(events: &[Event]) -> Bytes {
    let mut text = String::new();
    for Event { name, data } in events {
        text.extend(["event: ", name, "\n"]);
        let data = data.replace("\r\n", "\n");
        for line in data.split(['\n', '\r']) {
            text.extend(["data: ", line, "\n"]);
        }
        text.push('\n');
    }
    text.into()
}

/// One open stream; it is out of the hub when it is dropped.
#[derive(Debug)]
pub(super) struct EventStream {
    hub: Arc<Hub>,
    id: u64,
    receiver: mpsc::Receiver<Bytes>,
    clock: std::pin::Pin<Box<Sleep>>,
    heartbeat: Duration,
}

impl EventStream {
    /// Returns the next bytes: events, or a heartbeat where there were none for a while; `None` when the stream is over.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let next = self.receiver.poll_recv(context);
        if next.is_pending() && self.clock.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.clock.as_mut().reset(Instant::now() + self.heartbeat);
        if next.is_ready() { next } else { Poll::Ready(Some(Bytes::from_static(HEARTBEAT))) }
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.hub.lock().streams.retain(|(id, _)| *id != self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(name: &'static str, data: &str) -> Event {
        Event { name, data: data.to_owned() }
    }

    /// Takes what waits for a stream without waiting for more.
    fn waiting(stream: &mut EventStream) -> String {
        let mut text = Vec::new();
        while let Ok(bytes) = stream.receiver.try_recv() {
            text.extend(bytes);
        }
        String::from_utf8(text).unwrap()
    }

    fn in_runtime(test: impl FnOnce(Arc<Hub>)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async { test(Arc::default()) });
    }

    fn open(hub: &Arc<Hub>) -> EventStream {
        hub.open(1000, Duration::from_secs(60)).unwrap()
    }

    #[test]
    fn an_event_is_written_line_by_line() {
        assert_eq!(encode(&[event("hello", "{}")]), "event: hello\ndata: {}\n\n");
        let lines = encode(&[event("a", "1\n2\r\n3\r4"), event("b", "")]);
        assert_eq!(lines, "event: a\ndata: 1\ndata: 2\ndata: 3\ndata: 4\n\nevent: b\ndata: \n\n");
    }

    #[test]
    fn a_stream_gets_the_greeting_and_then_what_is_published() {
        in_runtime(|hub| {
            hub.set_greeting(&[event("hello", "1")]);
            let mut first = open(&hub);
            hub.publish(&[event("change", "2")]);
            hub.turn(&[event("hello", "3")], &[event("change", "3")]);
            let mut second = open(&hub);
            assert_eq!(hub.streams(), 2);
            let text = waiting(&mut first);
            assert_eq!(text, "event: hello\ndata: 1\n\nevent: change\ndata: 2\n\nevent: change\ndata: 3\n\n");
            assert_eq!(waiting(&mut second), "event: hello\ndata: 3\n\n");
            drop(first);
            assert_eq!(hub.streams(), 1);
        });
    }

    #[test]
    fn a_stream_that_connects_in_between_misses_nothing_and_hears_nothing_twice() {
        in_runtime(|hub| {
            hub.set_greeting(&[event("hello", "0")]);
            let runtime = tokio::runtime::Handle::current();
            std::thread::scope(|scope| {
                let turns = scope.spawn(|| {
                    for number in 1..=50 {
                        let number = number.to_string();
                        hub.turn(&[event("hello", &number)], &[event("change", &number)]);
                    }
                });
                for _ in 0..200 {
                    let _entered = runtime.enter();
                    let mut stream = open(&hub);
                    let text = waiting(&mut stream);
                    let numbers: Vec<u32> =
                        text.lines().filter_map(|line| line.strip_prefix("data: ")?.parse().ok()).collect();
                    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1), "{text}");
                }
                turns.join().unwrap();
            });
        });
    }

    #[test]
    fn a_stream_that_falls_behind_is_closed() {
        in_runtime(|hub| {
            let mut slow = open(&hub);
            let mut quick = open(&hub);
            for _ in 0..=WAITING_MAX {
                hub.publish(&[event("change", "1")]);
                waiting(&mut quick);
            }
            assert_eq!(hub.streams(), 1);
            waiting(&mut slow);
            let mut context = Context::from_waker(std::task::Waker::noop());
            assert_eq!(slow.poll_next(&mut context), Poll::Ready(None));
            assert_eq!(quick.poll_next(&mut context), Poll::Pending);
        });
    }

    #[test]
    fn there_are_no_more_streams_than_allowed() {
        in_runtime(|hub| {
            let first = hub.open(1, Duration::from_secs(60)).unwrap();
            assert!(hub.open(1, Duration::from_secs(60)).is_none());
            drop(first);
            assert!(hub.open(1, Duration::from_secs(60)).is_some());
            hub.close();
            assert!(hub.open(1, Duration::from_secs(60)).is_none());
        });
    }

    #[test]
    fn a_silent_stream_shows_that_it_lives() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let hub = Arc::<Hub>::default();
        let beats = runtime.block_on(async {
            let mut stream = hub.open(1, Duration::from_millis(1)).unwrap();
            let mut next = async || std::future::poll_fn(|context| stream.poll_next(context)).await;
            [next().await, next().await]
        });
        assert_eq!(beats, [Some(Bytes::from_static(HEARTBEAT)), Some(Bytes::from_static(HEARTBEAT))]);
    }
}
