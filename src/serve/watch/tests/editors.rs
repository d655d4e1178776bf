//! Saves of many editors and tools, recorded as system calls and replayed: what is told, the text is whole in the end.
//!
//! The sequences are data, so that others can replay them against the whole server.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::super::{Folders, Touched, Trouble, start};
use super::{PATIENCE, tells};

const SEQUENCES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/serve/editors.json"));
const OLD: &str = "---\ntitle: Old\n---\nThe text that was there before.\n";

/// A text that is too long for one write of most buffers.
fn new_text() -> String {
    "---\ntitle: New\n---\n".to_owned() + &"The text that is being saved.\n".repeat(1000)
}

/// A save of one file.
struct Save<'a> {
    file: &'a Path,
    new: &'a str,
}

impl Save<'_> {
    fn path(&self, step: &Value, key: &str) -> PathBuf {
        let text = |part: Option<&std::ffi::OsStr>| part.unwrap().to_str().unwrap().to_owned();
        let dir = self.file.parent().unwrap().to_str().unwrap();
        let template = step[key].as_str().unwrap_or_else(|| panic!("no `{key}` in {step}"));
        let filled = template.replace("{file}", self.file.to_str().unwrap()).replace("{dir}", dir);
        let filled = filled.replace("{name}", &text(self.file.file_name()));
        filled.replace("{stem}", &text(self.file.file_stem())).into()
    }

    fn text(&self, step: &Value) -> &str {
        let (half, rest) = self.new.split_at(self.new.len() / 2);
        match step["text"].as_str() {
            Some("new") => self.new,
            Some("old") => OLD,
            Some("half") => half,
            Some("rest") => rest,
            Some("none") => "",
            other => panic!("no such text: {other:?}"),
        }
    }

    fn write(&self, mut file: File, step: &Value) {
        let text = self.text(step).as_bytes();
        let parts = usize::try_from(step["parts"].as_u64().unwrap_or(1)).unwrap();
        for part in text.chunks(text.len().div_ceil(parts).max(1)) {
            file.write_all(part).unwrap();
        }
        if step["fsync"] == true {
            file.sync_all().unwrap();
        }
    }

    fn step(&self, step: &Value) {
        let path = |key| self.path(step, key);
        let mut options = OpenOptions::new();
        match step["op"].as_str().unwrap() {
            "create" => self.write(options.write(true).create_new(true).open(path("path")).unwrap(), step),
            "write" => {
                self.write(options.write(true).create(true).truncate(true).open(path("path")).unwrap(), step);
            }
            "append" => self.write(options.append(true).open(path("path")).unwrap(), step),
            "truncate" => options.write(true).open(path("path")).unwrap().set_len(0).unwrap(),
            "fsync" => File::open(path("path")).unwrap().sync_all().unwrap(),
            "rename" => fs::rename(path("from"), path("to")).unwrap(),
            "unlink" => fs::remove_file(path("path")).unwrap(),
            "symlink" => symlink(step["target"].as_str().unwrap(), path("path")).unwrap(),
            "mkdir" => fs::create_dir(path("path")).unwrap(),
            "rmdir" => fs::remove_dir(path("path")).unwrap(),
            "chmod" => {
                let mode = u32::try_from(step["mode"].as_u64().unwrap()).unwrap();
                fs::set_permissions(path("path"), Permissions::from_mode(mode)).unwrap();
            }
            // What is replayed is a slow writer; nothing is expected of the pause.
            "pause" => thread::sleep(Duration::from_millis(step["ms"].as_u64().unwrap())),
            other => panic!("no such step: {other}"),
        }
    }
}

/// What was told of the saved file.
struct Telling {
    tells_file: bool,
    /// What the file held when that was told.
    held: Option<String>,
    /// The fence was written before, so the save was over.
    after: bool,
    tells_fence: bool,
}

/// Replays a save in a site of its own and returns each telling of the file until all is told.
fn replay(sequence: &Value) -> Vec<Telling> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (file, fence) = (root.join("content/post/index.md"), root.join("content/fence.md"));
    fs::create_dir_all(root.join("content/post")).unwrap();
    fs::write(&file, OLD).unwrap();
    let folders = Folders { recursive: vec![root.join("content")], root, skip: Vec::new() };
    let (sender, told) = mpsc::channel();
    let (told_file, told_fence) = (file.clone(), fence.clone());
    let tell = move |touched: Result<Touched, Trouble>| {
        let touched = touched.unwrap();
        let after = told_fence.exists();
        let held = fs::read_to_string(&told_file).ok();
        let (tells_file, tells_fence) = (tells(&touched, &told_file), tells(&touched, &told_fence));
        let _ = sender.send(Telling { tells_file, held, after, tells_fence });
    };
    let _watch = start(&folders, tell).unwrap();
    let new = new_text();
    let save = Save { file: &file, new: &new };
    for step in sequence["steps"].as_array().unwrap() {
        save.step(step);
    }
    assert_eq!(fs::read_to_string(&file).ok(), Some(new), "the sequence does not save");
    assert_eq!(files_beside(&file), left(sequence), "{}", sequence["name"]);
    fs::write(&fence, "").unwrap();
    let mut tellings = Vec::new();
    loop {
        let telling = told.recv_timeout(PATIENCE).expect("the fence is told");
        let last = telling.after && telling.tells_fence;
        tellings.extend(Some(telling).filter(|telling| telling.tells_file));
        if last {
            return tellings;
        }
    }
}

#[test]
fn every_save_is_told_when_the_text_is_whole() {
    let data: Value = serde_json::from_str(SEQUENCES).unwrap();
    let sequences = data["sequences"].as_array().unwrap();
    assert!(sequences.len() >= 12);
    for sequence in sequences {
        let tellings = replay(sequence);
        let name = sequence["name"].as_str().unwrap();
        let held: Vec<usize> =
            tellings.iter().map(|telling| telling.held.as_ref().map_or(0, String::len)).collect();
        println!("{name}: told {} times, holding {held:?} bytes", held.len());
        let last = tellings.last().unwrap_or_else(|| panic!("{name}: not told"));
        assert!(last.held == Some(new_text()), "{name}: the last telling came too early ({held:?} bytes)");
    }
}

/// The names in the folder of the saved file.
fn files_beside(file: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(file.parent().unwrap()).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The names that a sequence says it leaves behind, so that each is a whole recording.
fn left(sequence: &Value) -> BTreeSet<String> {
    let left = sequence["left"].as_array().unwrap();
    let names = left.iter().map(|name| name.as_str().unwrap().replace("{name}", "index.md"));
    names.chain(["index.md".to_owned()]).collect()
}
