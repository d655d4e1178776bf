//! Turns what the system tells about the folders of a site into few and complete notices of what may have changed.
//!
//! Reads no file of the site and decides nothing about pages: who is told looks at the paths. `batch` waits until
//! saves are complete, `scope` knows which paths count, `signs` reads the system's events, `arm` sets the watches,
//! `run` is the thread.

mod arm;
mod batch;
#[cfg(test)]
mod batch_tests;
mod run;
mod scope;
mod signs;
#[cfg(all(test, target_os = "linux"))]
mod tests;

use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

pub(crate) use crate::preview::Touched;

use self::arm::Armed;
use self::run::{Message, Run};

/// The folders to watch, as absolute paths without symbolic links, so that what is told begins with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folders {
    /// The site's folder: only the files and folders right in it count.
    pub(crate) root: PathBuf,
    /// Folders that count with all that is in them; they may be missing yet, and `root` may be one of them.
    pub(crate) recursive: Vec<PathBuf>,
    /// Folders of which nothing is told: output and cache.
    pub(crate) skip: Vec<PathBuf>,
}

/// Why folders cannot be watched; the text is for people, in lower case and without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The system watches no more folders, or for no more programs, for this user.
    Limit(String),
    /// All else, for instance that the site's folder is gone.
    Other(String),
}

impl Display for Trouble {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (Self::Limit(text) | Self::Other(text)) = self;
        f.write_str(text)
    }
}

/// Folders that are being watched, until it is dropped.
#[derive(Debug)]
pub(crate) struct Watch {
    inbox: Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

/// Watches `folders` and calls `tell`, on a thread of its own, with what may have changed.
///
/// All that changes after `start` has returned is told. `tell` holds up the watch, so it should only pass on.
/// An `Err` is the last it hears: from then on the folders are not watched, and the caller has to look by itself.
///
/// # Errors
/// The system does not let us watch; `tell` is never called.
pub(crate) fn start(
    folders: &Folders,
    tell: impl FnMut(Result<Touched, Trouble>) + Send + 'static,
) -> Result<Watch, Trouble> {
    let (inbox, messages) = mpsc::channel();
    let armed = Armed::new(folders, 0, &inbox)?;
    let run = Run::new(folders.clone(), armed, inbox.clone(), messages, tell);
    let thread = thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || run.until_stopped())
        .map_err(|error| Trouble::Other(format!("no thread can be started: {error}")))?;
    Ok(Watch { inbox, thread: Some(thread) })
}

impl Watch {
    /// Watches other folders from now on, as after a change of the configuration.
    ///
    /// Returns at once. When the new folders are watched, `Everything` is told, because what changed meanwhile was not
    /// seen; if they cannot be watched, that is told. Folders that come and go by themselves need no call.
    pub(crate) fn again(&self, folders: Folders) {
        // A thread that has ended has told why; there is nobody to ask any more.
        let _ = self.inbox.send(Message::Again(folders));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.inbox.send(Message::Stop);
        if let Some(thread) =
            self.thread.take().filter(|thread| thread.thread().id() != thread::current().id())
        {
            let _ = thread.join();
        }
    }
}
