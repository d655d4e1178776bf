//! The thread that hears events, waits until a batch is due and tells it.
//!
//! Decides neither when a batch is due nor what counts: `batch` and `scope` do.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

use notify::{ErrorKind, Event};

use super::arm::{Armed, trouble};
use super::batch::{Batch, Sign, WRITING};
use super::{Folders, Touched, Trouble, signs};

/// What the thread is told.
#[derive(Debug)]
pub(super) enum Message {
    /// Something happened, seen by the watches of this number.
    Event(u64, notify::Result<Event>),
    /// Watch these folders from now on.
    Again(Folders),
    /// End.
    Stop,
}

/// The state of the thread.
pub(super) struct Run<T> {
    folders: Folders,
    /// None only while watches are made anew.
    armed: Option<Armed>,
    inbox: Sender<Message>,
    messages: Receiver<Message>,
    batch: Batch,
    /// The watches do not fit the folders any more.
    stale: bool,
    tell: T,
}

impl<T: FnMut(Result<Touched, Trouble>)> Run<T> {
    /// Returns the state before the first event.
    pub(super) fn new(
        folders: Folders,
        armed: Armed,
        inbox: Sender<Message>,
        messages: Receiver<Message>,
        tell: T,
    ) -> Self {
        Self { folders, armed: Some(armed), inbox, messages, batch: Batch::new(WRITING), stale: false, tell }
    }

    /// Runs until it is told to stop, or until the folders cannot be watched any more, which is told.
    pub(super) fn until_stopped(mut self) {
        loop {
            let heard = match self.wait() {
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Message::Again(folders)) => {
                    self.folders = folders;
                    self.lose_count();
                    Ok(())
                }
                Ok(Message::Event(number, event)) => self.hear(number, event),
                Err(RecvTimeoutError::Timeout) => Ok(()),
            };
            if let Err(trouble) = heard.and_then(|()| self.tell_what_is_due()) {
                // Freed first: whoever is told may want to try again at once.
                self.armed = None;
                (self.tell)(Err(trouble));
                return;
            }
        }
    }

    /// Waits for a message, at most until something is due.
    fn wait(&self) -> Result<Message, RecvTimeoutError> {
        match self.batch.due() {
            Some(due) => self.messages.recv_timeout(due.saturating_duration_since(now())),
            None => self.messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Notes what an event says.
    ///
    /// # Errors
    /// It says that no more folders can be watched.
    fn hear(&mut self, number: u64, event: notify::Result<Event>) -> Result<(), Trouble> {
        let Some(armed) = self.armed.as_ref().filter(|armed| armed.number == number) else {
            return Ok(());
        };
        match event {
            // The watches of folders that were made meanwhile are missing too.
            Ok(event) if event.need_rescan() => self.lose_count(),
            Ok(event) => {
                for (path, sign) in signs::read(event) {
                    if !self.folders.count(&path) {
                        continue;
                    }
                    let shaken = armed.plan.is_shaken(&self.folders, &path, sign);
                    self.stale |= shaken;
                    self.batch.note(path, if shaken { Sign::Folder } else { sign }, now());
                }
            }
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return Err(trouble(&error)),
            // One folder that cannot be read, for instance: what is in it is not seen, all else is.
            Err(_) => self.batch.lose(now()),
        }
        Ok(())
    }

    /// Notes that anything may have happened, and that the watches may be wrong.
    fn lose_count(&mut self) {
        self.stale = true;
        self.batch.lose(now());
    }

    /// Tells what is due; stale watches are made anew before, so that what changes after the telling is seen.
    fn tell_what_is_due(&mut self) -> Result<(), Trouble> {
        let Some(mut touched) = self.batch.take(now()) else {
            return Ok(());
        };
        if std::mem::take(&mut self.stale) {
            self.arm_anew()?;
            touched = Touched::Everything;
        }
        (self.tell)(Ok(touched));
        Ok(())
    }

    fn arm_anew(&mut self) -> Result<(), Trouble> {
        let number = self.armed.take().map_or(0, |armed| armed.number) + 1;
        self.armed = Some(Armed::new(&self.folders, number, &self.inbox)?);
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "the watch has to know how long it has been quiet")]
fn now() -> Instant {
    Instant::now()
}
