//! Holds what a response sends after its head: nothing, bytes, a part of a file, or events.
//!
//! A file is read piece by piece as the client takes it, so that its size costs no memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::task::JoinHandle;

use super::events::EventStream;
use super::socket::Answering;

/// Size of a piece of a file.
const PIECE_BYTES: usize = 64 * 1024;

/// The body of a response.
pub(super) struct Outgoing {
    content: Content,
    /// hyper drops the body when it is sent: that is when the request has been answered.
    _answering: Answering,
}

/// What a body is made of.
#[derive(Debug)]
pub(super) enum Content {
    Empty,
    Bytes(Bytes),
    File(FilePart),
    Events(EventStream),
}

impl Content {
    /// Returns the length in bytes; events have none.
    pub(super) fn len(&self) -> Option<u64> {
        match self {
            Content::Empty => Some(0),
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::File(part) => Some(part.left),
            Content::Events(_) => None,
        }
    }
}

impl Outgoing {
    pub(super) fn new(content: Content, answering: Answering) -> Self {
        Self { content, _answering: answering }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let data = match &mut self.content {
            Content::Empty => None,
            Content::Bytes(bytes) if bytes.is_empty() => None,
            Content::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
            Content::File(part) => ready!(part.poll_piece(context)),
            Content::Events(events) => ready!(events.poll_next(context)).map(Ok),
        };
        Poll::Ready(data.map(|data| data.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.content.len() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.content.len().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A part of a file that is still to be sent.
#[derive(Debug)]
pub(super) struct FilePart {
    source: Source,
    start: u64,
    left: u64,
}

/// Where the file is.
#[derive(Debug)]
enum Source {
    Waiting(File),
    Reading(JoinHandle<io::Result<(File, Bytes)>>),
    Gone,
}

impl FilePart {
    /// Takes `length` bytes from the byte `start` on.
    pub(super) fn new(file: File, start: u64, length: u64) -> Self {
        Self { source: Source::Waiting(file), start, left: length }
    }

    /// Returns the next piece; `None` after the last.
    ///
    /// # Errors
    /// The file cannot be read, or ends before the announced length: hyper then closes the connection, which is
    /// the one way to tell the client that something is missing.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match std::mem::replace(&mut self.source, Source::Gone) {
                _ if self.left == 0 => return Poll::Ready(None),
                Source::Gone => return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into()))),
                Source::Waiting(file) => {
                    let size = usize::try_from(self.left).map_or(PIECE_BYTES, |left| left.min(PIECE_BYTES));
                    let start = self.start;
                    let read = tokio::task::spawn_blocking(move || read_piece(file, start, size));
                    self.source = Source::Reading(read);
                }
                Source::Reading(mut read) => {
                    let Poll::Ready(outcome) = Pin::new(&mut read).poll(context) else {
                        self.source = Source::Reading(read);
                        return Poll::Pending;
                    };
                    let outcome = outcome.map_err(io::Error::other).flatten();
                    return Poll::Ready(Some(outcome.map(|(file, piece)| self.advance(file, piece))));
                }
            }
        }
    }

    fn advance(&mut self, file: File, piece: Bytes) -> Bytes {
        let length = piece.len() as u64;
        self.source = Source::Waiting(file);
        self.start = self.start.saturating_add(length);
        self.left = self.left.saturating_sub(length);
        piece
    }
}

/// Reads exactly `size` bytes.
fn read_piece(mut file: File, start: u64, size: usize) -> io::Result<(File, Bytes)> {
    let mut piece = vec![0; size];
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(&mut piece)?;
    Ok((file, piece.into()))
}
