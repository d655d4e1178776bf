//! A reader that knows only what it is told ends with what is on the disk, whatever was done to the folders.
//!
//! It looks while changes go on, as the server does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};

use super::super::{Folders, Touched, Watch, start};
use super::PATIENCE;

/// What the files of a folder hold.
type Files = BTreeMap<PathBuf, String>;

/// Reads a file, or all files below a folder; what is not there has none.
fn read(path: &Path, files: &mut Files) {
    if let Ok(entries) = fs::read_dir(path) {
        for entry in entries.flatten() {
            read(&entry.path(), files);
        }
    } else if let Ok(text) = fs::read_to_string(path) {
        files.insert(path.to_owned(), text);
    }
}

fn read_all(folder: &Path) -> Files {
    let mut files = Files::new();
    read(folder, &mut files);
    files
}

/// Starts a reader; what it knows comes after each telling.
fn reader(root: &Path) -> (Watch, Receiver<Files>) {
    let content = root.join("content");
    let folders = Folders { root: root.to_owned(), recursive: vec![content.clone()], skip: Vec::new() };
    let (sender, known) = mpsc::channel();
    let mut files = read_all(&content);
    let tell = move |touched: Result<Touched, _>| {
        match touched.unwrap() {
            Touched::Everything => files = read_all(&content),
            Touched::Paths(paths) => {
                for path in paths.iter().filter(|path| path.starts_with(&content)) {
                    files.retain(|file, _| !file.starts_with(path));
                    read(path, &mut files);
                }
            }
        }
        let _ = sender.send(files.clone());
    };
    (start(&folders, tell).unwrap(), known)
}

fn wait_until_known(root: &Path, known: &Receiver<Files>, name: &str) {
    let files = read_all(&root.join("content"));
    loop {
        let Ok(known) = known.recv_timeout(PATIENCE) else {
            panic!("{name}: not all was told");
        };
        if known == files {
            return;
        }
    }
}

/// Numbers that look random and are the same in every run (a linear congruential generator, Knuth's constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// One of a few files, up to three folders deep.
    fn path(&mut self, content: &Path) -> PathBuf {
        (0..=self.below(3)).fold(content.to_owned(), |path, _| path.join(format!("f{}", self.below(4))))
    }
}

/// Does one of the things that authors and their tools do; it may fail, which changes nothing.
fn change(numbers: &mut Numbers, content: &Path, step: u64) -> std::io::Result<()> {
    let path = numbers.path(content);
    match numbers.below(12) {
        0..=3 => fs::write(path.with_extension("md"), step.to_string()),
        4 => fs::remove_file(path.with_extension("md")),
        5 | 6 => {
            fs::create_dir_all(&path)?;
            fs::write(path.join("index.md"), step.to_string())
        }
        7 => fs::remove_dir_all(&path),
        8 | 9 => fs::rename(&path, numbers.path(content)),
        10 => fs::rename(path.with_extension("md"), numbers.path(content).with_extension("md")),
        _ => {
            let temporary = path.with_extension("tmp");
            fs::write(&temporary, step.to_string())?;
            fs::rename(&temporary, path.with_extension("md"))
        }
    }
}

#[test]
fn a_reader_ends_with_what_is_on_the_disk() {
    for seed in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let content = root.join("content");
        fs::create_dir(&content).unwrap();
        let (_watch, known) = reader(&root);
        let mut numbers = Numbers(seed);
        for round in 0..5 {
            for step in 0..60 {
                let _ = change(&mut numbers, &content, seed * 1000 + round * 100 + step);
            }
            // So that something is told even if nothing above changed anything.
            fs::write(content.join("round.md"), format!("{round}")).unwrap();
            wait_until_known(&root, &known, &format!("seed {seed}, round {round}"));
        }
    }
}

#[test]
fn of_thousands_of_changes_none_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let content = root.join("content");
    fs::create_dir(&content).unwrap();
    let (_watch, known) = reader(&root);
    for number in 0..3000 {
        fs::write(content.join(format!("{number}.md")), "text").unwrap();
    }
    wait_until_known(&root, &known, "written");
    fs::rename(&content, root.join("put-aside")).unwrap();
    fs::create_dir(&content).unwrap();
    fs::rename(root.join("put-aside"), content.join("archive")).unwrap();
    wait_until_known(&root, &known, "moved");
    for number in 0..3000 {
        fs::remove_file(content.join(format!("archive/{number}.md"))).unwrap();
    }
    wait_until_known(&root, &known, "removed");
}
