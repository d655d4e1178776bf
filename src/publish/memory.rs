//! A target in memory that can fail at any call, for tests.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::manifest::{FOLDER, KEPT, Record};
use super::store::{Body, Listing, Seen, Store, Trouble};
use crate::digest::Digest;

/// Files in memory.
#[derive(Debug, Default)]
pub(super) struct MemoryStore {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<String, (Vec<u8>, Record)>,
    /// How many calls may still succeed.
    left: Option<usize>,
    /// Whether the call that fails is carried out all the same: an answer lost on its way.
    is_done: bool,
    calls: usize,
    invalidated: Vec<Vec<String>>,
    /// What was done to the site itself, in order.
    log: Vec<String>,
}

impl MemoryStore {
    /// Lets the next `calls` calls succeed, and none behind them; `is_done` carries the first of those out all the same.
    pub(super) fn fail_after(&self, calls: usize, is_done: bool) {
        let mut state = self.state.lock().unwrap();
        (state.left, state.is_done) = (Some(calls), is_done);
    }

    /// Lets every call succeed.
    pub(super) fn heal(&self) {
        self.state.lock().unwrap().left = None;
    }

    pub(super) fn calls(&self) -> usize {
        self.state.lock().unwrap().calls
    }

    pub(super) fn invalidated(&self) -> Vec<Vec<String>> {
        self.state.lock().unwrap().invalidated.clone()
    }

    pub(super) fn take_log(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().log)
    }

    /// Returns the files of the site alone, each with its text.
    pub(super) fn site(&self) -> BTreeMap<String, String> {
        let state = self.state.lock().unwrap();
        let files = state.files.iter().filter(|(name, _)| !name.starts_with(FOLDER));
        files.map(|(name, (bytes, _))| (name.clone(), String::from_utf8_lossy(bytes).into_owned())).collect()
    }

    /// Returns the names of what was kept.
    pub(super) fn kept(&self) -> usize {
        self.state.lock().unwrap().files.keys().filter(|name| name.starts_with(KEPT)).count()
    }

    /// Removes a file behind the back of everyone.
    pub(super) fn lose(&self, name: &str) {
        self.state.lock().unwrap().files.remove(name);
    }

    /// Adds a file of somebody else's.
    pub(super) fn plant(&self, name: &str, text: &str) {
        let record = Record::own(text.as_bytes());
        self.state.lock().unwrap().files.insert(name.to_owned(), (text.as_bytes().to_vec(), record));
    }

    fn call<T>(&self, act: impl FnOnce(&mut State) -> T) -> Result<T, Trouble> {
        let mut state = self.state.lock().unwrap();
        state.calls += 1;
        let failed = || Trouble::Remote("the target is gone".to_owned());
        match state.left {
            None => Ok(act(&mut state)),
            Some(0) => {
                if std::mem::take(&mut state.is_done) {
                    act(&mut state);
                }
                Err(failed())
            }
            Some(left) => {
                state.left = Some(left - 1);
                Ok(act(&mut state))
            }
        }
    }
}

impl State {
    fn write(&mut self, name: &str, bytes: Vec<u8>, record: Record) {
        if !name.starts_with(FOLDER) {
            self.log.push(format!("put {name}"));
        }
        self.files.insert(name.to_owned(), (bytes, record));
    }
}

impl Store for MemoryStore {
    fn name(&self) -> String {
        "memory".to_owned()
    }

    fn list(&self) -> Result<Listing, Trouble> {
        self.call(|state| {
            state.files.iter().map(|(name, (bytes, _))| (name.clone(), bytes.len() as u64)).collect()
        })
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        self.call(|state| state.files.get(name).map(|(bytes, _)| bytes.clone()))
    }

    fn holds(&self, name: &str, record: &Record) -> Result<bool, Trouble> {
        self.call(|state| state.files.get(name).is_some_and(|(_, found)| found == record))
    }

    fn look(&self, name: &str) -> Result<Option<Seen>, Trouble> {
        self.call(|state| {
            let (bytes, record) = state.files.get(name)?;
            Some(Seen { digest: Digest::of(bytes), headers: Some(record.headers.clone()) })
        })
    }

    fn put(&self, name: &str, body: Body<'_>, record: &Record) -> Result<(), Trouble> {
        let bytes = match body {
            Body::Bytes(bytes) => bytes.to_vec(),
            Body::File(file) => std::fs::read(file).unwrap(),
        };
        self.call(|state| state.write(name, bytes, record.clone()))
    }

    fn create(&self, name: &str, bytes: &[u8]) -> Result<bool, Trouble> {
        self.call(|state| {
            let is_absent = !state.files.contains_key(name);
            if is_absent {
                state.write(name, bytes.to_vec(), Record::own(bytes));
            }
            is_absent
        })
    }

    fn copy(&self, from: &str, to: &str, record: &Record) -> Result<(), Trouble> {
        self.call(|state| {
            let (bytes, _) = state.files.get(from).unwrap_or_else(|| panic!("no `{from}` to copy")).clone();
            state.write(to, bytes, record.clone());
        })
    }

    fn remove(&self, name: &str) -> Result<(), Trouble> {
        self.call(|state| {
            if state.files.remove(name).is_some() && !name.starts_with(FOLDER) {
                state.log.push(format!("remove {name}"));
            }
        })
    }

    fn invalidate(&self, names: &[String], _reference: &str) -> Result<(), Trouble> {
        self.call(|state| state.invalidated.push(names.to_vec()))
    }
}
