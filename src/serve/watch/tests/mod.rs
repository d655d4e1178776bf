//! The watcher against a real file system.
//!
//! On Linux only, where the system tells when a file is closed. No test sleeps to hope: each waits for what is told,
//! for a minute at most.

#![expect(clippy::disallowed_methods, reason = "tests write what is watched")]

mod disk;
mod editors;
mod reader;
mod scope;
mod signs;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use tempfile::TempDir;

use super::{Folders, Touched, Trouble, Watch, start};

/// Longest wait for something that must come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A site in a temporary folder that is being watched.
struct Site {
    _folder: TempDir,
    folders: Folders,
    told: Receiver<Result<Touched, Trouble>>,
    watch: Watch,
}

impl Site {
    /// Makes a site with some folders and watches it as the server does.
    fn new(made: &[&str]) -> Self {
        Self::with(made, |root| Folders {
            root: root.to_owned(),
            recursive: vec![root.join("content"), root.join("static"), root.join("templates")],
            skip: vec![root.join("public"), root.join("content/cache")],
        })
    }

    fn with(made: &[&str], folders: impl FnOnce(&Path) -> Folders) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let folders = folders(&folder.path().canonicalize().unwrap());
        for name in made {
            fs::create_dir_all(folders.root.join(name)).unwrap();
        }
        let (sender, told) = mpsc::channel();
        let watch = start(&folders, move |touched| {
            let _ = sender.send(touched);
        });
        Self { _folder: folder, watch: watch.unwrap(), folders, told }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folders.root.join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.at(path), text).unwrap();
    }

    fn next(&self) -> Touched {
        self.told.recv_timeout(PATIENCE).expect("something is told").expect("the watch stands")
    }

    /// Waits until a path is told, and returns all that was told until then.
    fn until(&self, path: &str) -> Vec<Touched> {
        self.until_one(|touched| tells(touched, &self.at(path)))
    }

    fn until_one(&self, mut wanted: impl FnMut(&Touched) -> bool) -> Vec<Touched> {
        let mut told = Vec::new();
        loop {
            told.push(self.next());
            if told.last().is_some_and(&mut wanted) {
                return told;
            }
        }
    }

    /// Writes a file of its own and returns all that is told until it is told by name.
    ///
    /// The system keeps the order, so whatever happened before has been told then, or never will be.
    fn fence(&self, name: &str) -> Vec<Touched> {
        let path = self.at(name);
        let mut told = Vec::new();
        self.write(name, "");
        loop {
            let touched = self.next();
            let (named, swallowed) = match &touched {
                Touched::Paths(paths) => (paths.contains(&path), false),
                // The name may be in an echo that came at the same time.
                Touched::Everything => (false, true),
            };
            told.push(touched);
            if named {
                return told;
            }
            if swallowed {
                self.write(name, "");
            }
        }
    }
}

/// Says whether a path is told, by itself, by a folder above it or with everything.
fn tells(touched: &Touched, path: &Path) -> bool {
    match touched {
        Touched::Everything => true,
        Touched::Paths(paths) => paths.iter().any(|told| path.starts_with(told)),
    }
}

fn paths(told: &[Touched]) -> BTreeSet<&Path> {
    let sets = told.iter().filter_map(|touched| match touched {
        Touched::Paths(paths) => Some(paths),
        Touched::Everything => None,
    });
    sets.flatten().map(PathBuf::as_path).collect()
}
