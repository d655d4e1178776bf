//! Reads the system's events as signs of change.
//!
//! Only what the event does not say, whether a path is a folder, is looked up on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use notify::event::{
    AccessKind, AccessMode, CreateKind, Event, EventKind, ModifyKind, RemoveKind, RenameMode,
};

use super::batch::Sign;

/// Returns what an event says about each of its paths.
///
/// Reading, opening and changes of times and rights say nothing. A folder that is renamed away cannot be told from a
/// file; where it goes inside the site, the sign on its new name says that it is a folder.
pub(super) fn read(event: Event) -> Vec<(PathBuf, Sign)> {
    let sign: fn(&Path) -> Option<Sign> = match event.kind {
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder | RemoveKind::Other) => {
            |_| Some(Sign::Folder)
        }
        EventKind::Create(CreateKind::File) => |_| Some(Sign::Created),
        EventKind::Create(CreateKind::Any | CreateKind::Other) => |path| look(path, Sign::Created),
        EventKind::Remove(RemoveKind::File | RemoveKind::Any) => |_| Some(Sign::Gone),
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) => |_| Some(Sign::Gone),
        // `Both` repeats a `From` and a `To` that were told before it.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => |_| None,
        EventKind::Modify(ModifyKind::Name(_)) => |path| look(path, Sign::Arrived),
        EventKind::Modify(ModifyKind::Metadata(_)) => |_| None,
        EventKind::Modify(ModifyKind::Data(_)) => |_| Some(Sign::Modified),
        // Windows: of a folder it only says that something in it changed, which is told by itself.
        EventKind::Modify(ModifyKind::Any | ModifyKind::Other) | EventKind::Any => {
            |path| look(path, Sign::Modified).filter(|sign| *sign != Sign::Folder)
        }
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => |_| Some(Sign::Closed),
        EventKind::Access(_) | EventKind::Other => |_| None,
    };
    let signs = event.paths.into_iter().map(|path| (sign(&path), path));
    signs.filter_map(|(sign, path)| Some((path, sign?))).collect()
}

/// Looks whether there is a folder, a file, of which `file` is true, or nothing any more.
fn look(path: &Path, file: Sign) -> Option<Sign> {
    Some(match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => Sign::Folder,
        Ok(_) => file,
        Err(_) => Sign::Gone,
    })
}
