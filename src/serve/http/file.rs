//! Opens files that an answer names, and nothing that has come into their place since.
//!
//! Reads nothing: the handle is read while it is sent.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// A regular file, open for reading.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) file: File,
    pub(super) size_bytes: u64,
}

/// Opens a regular file without following a symbolic link in its place.
///
/// The standard library cannot open "but not a link" on every system, so the name is looked at first and the handle
/// afterwards: both have to be the same regular file. That also keeps pipes and devices from being opened, which may
/// wait for ever.
///
/// # Errors
/// There is no file, it may not be read, or it is something else than a regular file.
pub(super) fn open(path: &Path) -> io::Result<Opened> {
    let named = std::fs::symlink_metadata(path)?;
    if !named.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let file = File::open(path)?;
    let opened = file.metadata()?;
    if !opened.is_file() || !is_same(&named, &opened) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok(Opened { file, size_bytes: opened.len() })
}

/// Says whether both are the same file; it may have grown or shrunk in between.
#[cfg(unix)]
fn is_same(named: &Metadata, opened: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    named.dev() == opened.dev() && named.ino() == opened.ino()
}

/// Says whether both may be the same file: elsewhere than on Unix the time of creation is all there is.
#[cfg(not(unix))]
fn is_same(named: &Metadata, opened: &Metadata) -> bool {
    named.created().ok() == opened.created().ok()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write the files that they open")]
mod tests {
    use super::*;

    #[test]
    fn a_regular_file_is_opened_with_its_size() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        std::fs::write(&path, b"picture").unwrap();
        assert_eq!(open(&path).unwrap().size_bytes, 7);
        assert!(open(&folder.path().join("b.jpg")).is_err(), "nothing there");
        assert!(open(folder.path()).is_err(), "a folder");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_sockets_are_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, b"secret").unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&secret, &link).unwrap();
        assert!(open(&link).is_err(), "a link");
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(open(&socket).is_err(), "a socket");
    }
}
