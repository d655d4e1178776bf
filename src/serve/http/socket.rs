//! Wraps the socket of a connection, so that a client that is too slow is cut off.
//!
//! A head that has begun must end within its time; bytes that are sent must be taken within theirs. hyper itself has one
//! clock only, for idle connections.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// Most bytes of a refused client that are read to no purpose.
const DRAINED_MAX: usize = 256 * 1024;

/// A socket with two clocks.
pub(super) struct Socket {
    stream: TokioIo<TcpStream>,
    request_state: Arc<RequestState>,
    /// Requests that had begun when the head's clock was last looked at.
    requests_seen: u64,
    head: Clock,
    write: Clock,
}

/// Says how many requests of the connection have begun, and whether one is being answered.
#[derive(Debug, Default)]
pub(super) struct RequestState {
    requests: AtomicU64,
    is_answering: AtomicBool,
}

impl RequestState {
    /// Notes that a request has arrived; it counts as being answered until the returned value is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> Answering {
        self.requests.fetch_add(1, Ordering::AcqRel);
        self.is_answering.store(true, Ordering::Release);
        Answering(self.clone())
    }
}

/// Lives as long as a request is being answered.
#[derive(Debug)]
pub(super) struct Answering(Arc<RequestState>);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.is_answering.store(false, Ordering::Release);
    }
}

impl Socket {
    /// Wraps a stream; also returns what has to be told when requests begin.
    pub(super) fn new(
        stream: TcpStream,
        head_timeout: Duration,
        write_timeout: Duration,
    ) -> (Self, Arc<RequestState>) {
        let request_state = Arc::<RequestState>::default();
        let socket = Self {
            stream: TokioIo::new(stream),
            request_state: request_state.clone(),
            requests_seen: 0,
            head: Clock::new(head_timeout),
            write: Clock::new(write_timeout),
        };
        (socket, request_state)
    }

    /// Ends our side and reads what the client still sends, until it ends too or has sent too much.
    pub(super) async fn drain(self) {
        let stream = self.stream.into_inner();
        let (reading, writing) = stream.into_split();
        // Dropping this half tells the client that no more will come.
        drop(writing);
        let mut buffer = [0; 4096];
        let mut left = DRAINED_MAX;
        while left > 0 && reading.readable().await.is_ok() {
            match reading.try_read(&mut buffer) {
                Ok(0) => return,
                Ok(count) => left = left.saturating_sub(count),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
    }

    /// Returns what a write came to; one that makes no progress ends in an error when its time is over.
    fn written(
        &mut self,
        outcome: Poll<io::Result<usize>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        if outcome.is_ready() {
            self.write.stop();
            return outcome;
        }
        ready!(self.write.poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        let requests = self.request_state.requests.load(Ordering::Acquire);
        if requests != self.requests_seen {
            self.requests_seen = requests;
            self.head.stop();
        }
        if self.request_state.is_answering.load(Ordering::Acquire) {
            return outcome;
        }
        if outcome.is_ready() {
            // The clock runs from the first byte of a head: more bytes do not set it back.
            self.head.start();
            return outcome;
        }
        if self.head.is_running() {
            ready!(self.head.poll(context));
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }
}

impl Write for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(outcome, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.written(outcome, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Measures one time span, again and again.
struct Clock {
    span: Duration,
    running: Option<Pin<Box<Sleep>>>,
}

impl Clock {
    fn new(span: Duration) -> Self {
        Self { span, running: None }
    }

    fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Starts, unless it runs already.
    fn start(&mut self) -> &mut Pin<Box<Sleep>> {
        self.running.get_or_insert_with(|| Box::pin(tokio::time::sleep(self.span)))
    }

    fn stop(&mut self) {
        self.running = None;
    }

    /// Starts, unless it runs already, and is ready when the time is over.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.start().as_mut().poll(context)
    }
}
