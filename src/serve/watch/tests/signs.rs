//! What each event of the system means, as a table, and which events are asked for.

use std::fs;

use notify::event::{
    AccessKind, AccessMode, CreateKind, DataChange, Event, EventKind, MetadataKind, ModifyKind, RemoveKind,
    RenameMode,
};

use super::super::arm::config;
use super::super::batch::Sign::{self, Arrived, Closed, Created, Folder, Gone, Modified};
use super::super::signs::read;

const fn renamed(mode: RenameMode) -> EventKind {
    EventKind::Modify(ModifyKind::Name(mode))
}

const fn closed(mode: AccessMode) -> EventKind {
    EventKind::Access(AccessKind::Close(mode))
}

/// An event, and what it says of a file, of a folder and of what is not there any more.
const CASES: [(EventKind, [Option<Sign>; 3]); 18] = [
    (EventKind::Create(CreateKind::File), [Some(Created); 3]),
    (EventKind::Create(CreateKind::Folder), [Some(Folder); 3]),
    (EventKind::Create(CreateKind::Any), [Some(Created), Some(Folder), Some(Gone)]),
    (EventKind::Remove(RemoveKind::File), [Some(Gone); 3]),
    (EventKind::Remove(RemoveKind::Folder), [Some(Folder); 3]),
    (EventKind::Remove(RemoveKind::Any), [Some(Gone); 3]),
    // A file system that is unmounted.
    (EventKind::Remove(RemoveKind::Other), [Some(Folder); 3]),
    (renamed(RenameMode::From), [Some(Gone); 3]),
    (renamed(RenameMode::To), [Some(Arrived), Some(Folder), Some(Gone)]),
    (renamed(RenameMode::Any), [Some(Arrived), Some(Folder), Some(Gone)]),
    (renamed(RenameMode::Both), [None; 3]),
    (EventKind::Modify(ModifyKind::Data(DataChange::Any)), [Some(Modified); 3]),
    (EventKind::Modify(ModifyKind::Any), [Some(Modified), None, Some(Gone)]),
    (EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), [None; 3]),
    (closed(AccessMode::Write), [Some(Closed); 3]),
    (closed(AccessMode::Read), [None; 3]),
    (EventKind::Access(AccessKind::Open(AccessMode::Any)), [None; 3]),
    (EventKind::Other, [None; 3]),
];

#[test]
fn an_event_says_something_of_each_path() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    fs::write(&file, "text").unwrap();
    let paths = [file, folder.path().to_owned(), folder.path().join("missing")];
    for (kind, expected) in CASES {
        for (path, sign) in paths.iter().zip(expected) {
            let signs = read(Event::new(kind).add_path(path.clone()));
            let expected: Vec<_> = sign.map(|sign| (path.clone(), sign)).into_iter().collect();
            assert_eq!(signs, expected, "{kind:?}");
        }
    }
}

#[test]
fn only_events_that_say_something_are_asked_for() {
    let kinds = config().event_kinds();
    for (kind, signs) in CASES {
        let meta = kind == EventKind::Other;
        let wanted = signs.iter().any(Option::is_some) || kind == renamed(RenameMode::Both);
        assert_eq!(kinds.matches(&kind), wanted || meta, "{kind:?}");
    }
    assert!(!config().follow_symlinks());
}
