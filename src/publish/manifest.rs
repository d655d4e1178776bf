//! What a target holds, as the last run left it: digests and headers by name, and what an unfinished run set out to do.
//!
//! Both are JSON and lie beside the site, below [`FOLDER`]. One of a later version is not understood, and refused.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::store::{Store, Trouble};
use crate::digest::{Digest, Digester};

/// Folder of the target that is ours and no part of the site.
pub(super) const FOLDER: &str = ".hallway/";
/// What the last finished run left.
pub(super) const MANIFEST: &str = ".hallway/manifest.json";
/// What the finished run before left.
pub(super) const PREVIOUS: &str = ".hallway/previous.json";
/// What an unfinished run set out to do.
pub(super) const INTENT: &str = ".hallway/intent.json";
/// Who is publishing now.
pub(super) const LOCK: &str = ".hallway/lock.json";
/// What was replaced, by digest.
pub(super) const KEPT: &str = ".hallway/kept/";

/// Version of the format.
const VERSION: u32 = 1;

/// Headers that a file is served with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Headers {
    /// `Content-Type`.
    #[serde(rename = "type")]
    pub content_type: String,
    /// `Cache-Control`.
    #[serde(rename = "cache", default, skip_serializing_if = "String::is_empty")]
    pub cache_control: String,
    /// `Content-Encoding`; absent for files as they are.
    #[serde(rename = "encoding", default, skip_serializing_if = "Option::is_none")]
    pub content_encoding: Option<String>,
    /// Where a website of S3 sends who asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
}

/// One file of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Digest of its bytes as they are there, as hex digits.
    pub digest: String,
    /// Their number.
    pub size: u64,
    /// Its headers.
    #[serde(flatten)]
    pub headers: Headers,
}

impl Record {
    /// Makes the record of a file of our own beside the site.
    pub(super) fn own(bytes: &[u8]) -> Self {
        let headers = Headers {
            content_type: "application/json".to_owned(),
            cache_control: "no-store".to_owned(),
            ..Headers::default()
        };
        Self { digest: Digest::of(bytes).to_string(), size: bytes.len() as u64, headers }
    }

    /// Returns a short name of bytes and headers, which a target can hold beside the file.
    pub(super) fn mark(&self) -> String {
        let Headers { content_type, cache_control, content_encoding, redirect } = &self.headers;
        let digester = Digester::new().text(&self.digest).text(content_type).text(cache_control);
        let encoding = content_encoding.as_deref().unwrap_or_default();
        digester.text(encoding).text(redirect.as_deref().unwrap_or_default()).finish().to_string()
    }
}

/// All files of a site at a target, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manifest {
    /// One record a file.
    pub files: BTreeMap<String, Record>,
}

/// What an unfinished run set out to do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Intent {
    /// Digest of the manifest that it leads to.
    pub(super) target: String,
    /// Files that may be there or not, old or new: those to be written with their records, those to be removed with none.
    pub(super) files: BTreeMap<String, Option<Record>>,
    /// Names whose readers must hear of the change.
    pub(super) changed: Vec<String>,
}

/// A document of ours with its version.
#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    version: u32,
    #[serde(flatten)]
    body: T,
}

/// A manifest as it is written.
#[derive(Serialize, Deserialize)]
struct Files {
    files: BTreeMap<String, Record>,
}

impl Manifest {
    /// Returns a name of everything in it.
    pub(super) fn id(&self) -> String {
        let each = self.files.iter();
        let digester = each.fold(Digester::new(), |digester, (name, record)| {
            digester.text(name).text(&record.mark()).number(record.size)
        });
        digester.finish().to_string()
    }

    /// Returns the text that is kept.
    pub(super) fn to_json(&self) -> Vec<u8> {
        to_json(Files { files: self.files.clone() })
    }

    /// Reads the one of a name.
    pub(super) fn read(store: &dyn Store, name: &str) -> Result<Option<Self>, Trouble> {
        Ok(read(store, name)?.map(|Files { files }| Self { files }))
    }
}

impl Intent {
    pub(super) fn to_json(&self) -> Vec<u8> {
        to_json(self)
    }

    pub(super) fn read(store: &dyn Store) -> Result<Option<Self>, Trouble> {
        read(store, INTENT)
    }
}

fn to_json<T: Serialize>(body: T) -> Vec<u8> {
    // Maps of texts and numbers can always be written.
    serde_json::to_vec(&Versioned { version: VERSION, body }).unwrap_or_default()
}

fn read<T: DeserializeOwned>(store: &dyn Store, name: &str) -> Result<Option<T>, Trouble> {
    let Some(bytes) = store.read(name)? else { return Ok(None) };
    match serde_json::from_slice::<Versioned<T>>(&bytes) {
        Ok(found) if found.version == VERSION => Ok(Some(found.body)),
        Ok(found) => Err(Trouble::Remote(format!(
            "`{name}` at {} is of version {}, and this program knows version {VERSION}",
            store.name(),
            found.version
        ))),
        Err(error) => Err(Trouble::Refused {
            message: format!("`{name}` at {} cannot be read: {error}", store.name()),
            hint: format!("remove `{name}` there: then every file is written anew, and none removed"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_differs_has_another_name() {
        let record = Record::own(b"{}");
        let manifest = Manifest { files: [("a.html".to_owned(), record.clone())].into() };
        let text = String::from_utf8(manifest.to_json()).unwrap();
        assert!(text.starts_with("{\"version\":1,\"files\":{\"a.html\":{\"digest\":\""), "{text}");
        let read: Versioned<Files> = serde_json::from_str(&text).unwrap();
        assert_eq!(read.body.files, manifest.files);
        let mut other = manifest.clone();
        let Some(changed) = other.files.get_mut("a.html") else { panic!() };
        changed.headers.cache_control = "no-cache".to_owned();
        assert_ne!((other.id(), changed_mark(&other)), (manifest.id(), record.mark()));
    }

    fn changed_mark(manifest: &Manifest) -> String {
        manifest.files["a.html"].mark()
    }
}
