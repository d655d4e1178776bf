//! A bucket as the cache of processed pictures that several machines share.

use std::fmt;

use super::manifest::Record;
use super::s3::S3Store;
use super::store::{Body, Store};
use crate::cache::Shared;

/// A bucket that holds processed pictures.
pub struct SharedBucket(S3Store);

/// By its address alone: keys are nobody's business.
impl fmt::Debug for SharedBucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.name())
    }
}

impl SharedBucket {
    /// Makes one of a bucket; its prefix is where the pictures lie.
    pub fn new(store: S3Store) -> Self {
        Self(store)
    }
}

impl Shared for SharedBucket {
    fn fetch(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        self.0.read(name).map_err(|trouble| trouble.to_string())
    }

    fn offer(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let mut record = Record::own(bytes);
        "application/octet-stream".clone_into(&mut record.headers.content_type);
        self.0.put(name, Body::Bytes(bytes), &record).map_err(|trouble| trouble.to_string())
    }
}
