//! Reads some published files back and compares them with what they should be.

use std::collections::BTreeSet;

use super::manifest::{Manifest, Record};
use super::store::{Store, Trouble};

/// Most files that are read back.
const SAMPLE: usize = 20;

/// What reading back found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Files that were read.
    pub read: usize,
    /// What is not as it should be, a sentence each.
    pub wrong: Vec<String>,
}

/// Reads a sample back: the home page, the smallest and largest names, and files at even distances between them.
///
/// # Errors
/// The target does not answer.
pub fn verify(store: &dyn Store, manifest: &Manifest) -> Result<Verified, Trouble> {
    let names: Vec<&String> = manifest.files.keys().collect();
    let step = names.len().div_ceil(SAMPLE).max(1);
    let mut sample: BTreeSet<&String> = names.iter().step_by(step).copied().collect();
    sample.extend(names.iter().copied().filter(|name| *name == "index.html"));
    let mut verified = Verified::default();
    for name in sample {
        let Some(record) = manifest.files.get(name) else { continue };
        verified.read += 1;
        verified.wrong.extend(difference(store, name, record)?);
    }
    Ok(verified)
}

fn difference(store: &dyn Store, name: &str, record: &Record) -> Result<Option<String>, Trouble> {
    let Some(seen) = store.look(name)? else {
        return Ok(Some(format!("`{name}` is not there")));
    };
    if seen.digest.to_string() != record.digest {
        return Ok(Some(format!("`{name}` has other bytes")));
    }
    let Some(headers) = seen.headers.filter(|headers| *headers != record.headers) else { return Ok(None) };
    let pairs = [
        ("Content-Type", &headers.content_type, &record.headers.content_type),
        ("Cache-Control", &headers.cache_control, &record.headers.cache_control),
    ];
    let other = pairs.iter().find(|(_, seen, meant)| seen != meant);
    Ok(Some(match other {
        Some((header, seen, meant)) => format!("`{name}` has `{header}: {seen}` in place of `{meant}`"),
        None => format!("`{name}` has another encoding or redirect"),
    }))
}
