//! Sets watches on folders; the only user of the library for it.
//!
//! Watches are never changed, only made anew as a whole: the library keeps no promise about folders that were removed
//! and made again, or that were made while events were lost.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use notify::{
    Config, ErrorKind, Event, EventKindMask, PathOp, RecommendedWatcher, RecursiveMode, UpdatePathsError,
    WatchPathConfig, Watcher,
};

use super::run::Message;
use super::scope::Plan;
use super::{Folders, Trouble};

/// Longest wait for the library's thread to end.
///
/// It takes that long only while thousands of folders are being removed: it looks through all watches for each.
const END_MAX: Duration = Duration::from_secs(2);

/// Watches that are set.
#[derive(Debug)]
pub(super) struct Armed {
    /// Which watches these are: events of earlier ones may still be on their way.
    pub(super) number: u64,
    /// What is watched.
    pub(super) plan: Plan,
    watcher: Option<RecommendedWatcher>,
    ended: Receiver<()>,
}

impl Armed {
    /// Watches `folders`; events come to `inbox` with `number`.
    ///
    /// # Errors
    /// The site's folder is not there, or the system refuses.
    pub(super) fn new(folders: &Folders, number: u64, inbox: &Sender<Message>) -> Result<Self, Trouble> {
        let inbox = inbox.clone();
        // The library's thread owns the handler, so the end of the thread is seen by the end of this channel.
        let (alive, ended) = mpsc::channel::<()>();
        let handler = move |event: notify::Result<Event>| {
            let _alive = &alive;
            // Nobody hears any more: the watch is about to be dropped.
            let _ = inbox.send(Message::Event(number, event));
        };
        let mut watcher = RecommendedWatcher::new(handler, config()).map_err(|error| trouble(&error))?;
        let plan = Plan::of(folders);
        let watched = plan.watched.iter().map(|(path, recursive)| watch(path.clone(), *recursive));
        set(&mut watcher, watched.collect(), folders)?;
        Ok(Self { number, plan, watcher: Some(watcher), ended })
    }
}

impl Drop for Armed {
    /// Waits until the system's watches are free, so that new ones do not run into the limit because of these.
    fn drop(&mut self) {
        drop(self.watcher.take());
        let _ = self.ended.recv_timeout(END_MAX);
    }
}

/// Returns the events to hear of: never of opening or reading, so that our own reading does not wake us.
///
/// On Linux these are `IN_CREATE`, `IN_DELETE`, `IN_MODIFY`, `IN_MOVED_FROM`, `IN_MOVED_TO`, `IN_MOVE_SELF`,
/// `IN_DELETE_SELF` and `IN_CLOSE_WRITE`. Symbolic links are not followed, as in `source`.
pub(super) fn config() -> Config {
    let kinds = EventKindMask::CREATE
        | EventKindMask::REMOVE
        | EventKindMask::MODIFY_DATA
        | EventKindMask::MODIFY_NAME
        | EventKindMask::ACCESS_CLOSE;
    Config::default().with_event_kinds(kinds).with_follow_symlinks(false)
}

fn watch(path: PathBuf, recursive: bool) -> PathOp {
    let mode = if recursive { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
    PathOp::Watch(path, WatchPathConfig::new(mode))
}

/// Sets watches; a folder that went away meanwhile is left out, and its parent tells when it comes again.
fn set(watcher: &mut RecommendedWatcher, mut wanted: Vec<PathOp>, folders: &Folders) -> Result<(), Trouble> {
    while let Err(UpdatePathsError { source, origin, remaining }) = watcher.update_paths(wanted) {
        let is_root = origin.is_none_or(|origin| origin.as_path() == folders.root);
        match source.kind {
            ErrorKind::PathNotFound if !is_root => wanted = remaining,
            ErrorKind::PathNotFound => {
                return Err(Trouble::Other(format!("the folder `{}` is gone", folders.root.display())));
            }
            _ => return Err(trouble(&source)),
        }
    }
    Ok(())
}

/// Returns in words why the library could not watch.
pub(super) fn trouble(error: &notify::Error) -> Trouble {
    match &error.kind {
        ErrorKind::MaxFilesWatch => Trouble::Limit(
            "there are more folders than the system watches for one user (fs.inotify.max_user_watches)".to_owned(),
        ),
        ErrorKind::Io(reason) if is_too_many(reason) => Trouble::Limit(
            "too many programs of this user watch folders (fs.inotify.max_user_instances), or too many files are open"
                .to_owned(),
        ),
        ErrorKind::Io(reason) => Trouble::Other(format!("the system cannot watch the folders: {reason}")),
        _ => Trouble::Other(format!("the folders cannot be watched: {error}")),
    }
}

/// Says whether the error is `EMFILE`, which has no kind in the standard library.
fn is_too_many(error: &io::Error) -> bool {
    cfg!(unix) && error.raw_os_error() == Some(24)
}
