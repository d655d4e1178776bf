//! Writes one file into the author's own folder, which only commands do that the author gives for it.
//!
//! A build never does: what it makes goes through `write`, into the destination.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use crate::diag::{Diagnostic, Location};

/// Writes a new file at a path within a site, with the folders that it needs.
///
/// What is there already stays, unless `replace` says otherwise. Links are not followed: neither a file that is one, nor
/// a folder that leads out of the site.
///
/// # Errors
/// There is such a file, the way to it leads out of the site, or the disk says no.
pub fn write_new(site: &Path, path: &str, text: &str, replace: bool) -> Result<(), Diagnostic> {
    write_new_bytes(site, path, text.as_bytes(), replace)
}

/// Writes a new file as [`write_new`] does.
///
/// # Errors
/// As [`write_new`].
pub fn write_new_bytes(site: &Path, path: &str, bytes: &[u8], replace: bool) -> Result<(), Diagnostic> {
    let file = site.join(path);
    let failed = |error: std::io::Error| {
        Diagnostic::error("write-failed", format!("cannot be written: {error}")).at(Location::file(path))
    };
    let folder = file.parent().unwrap_or(site);
    fs::create_dir_all(nearest_real(folder, site)?).map_err(failed)?;
    fs::create_dir_all(folder).map_err(failed)?;
    if !is_within(folder, site) {
        return Err(outside(path));
    }
    match fs::symlink_metadata(&file) {
        Ok(found) if found.is_file() && replace => {
            let mut open = OpenOptions::new().write(true).truncate(true).open(&file).map_err(failed)?;
            return open.write_all(bytes).map_err(failed);
        }
        Ok(found) if !found.is_file() && replace => {
            let message = "this is no file, but a folder or a link";
            return Err(Diagnostic::error("write-failed", message).at(Location::file(path)));
        }
        _ => {}
    }
    match OpenOptions::new().write(true).create_new(true).open(&file) {
        Ok(mut open) => open.write_all(bytes).map_err(failed),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(Diagnostic::error("file-exists", "this file is there already, and was left as it is")
                .at(Location::file(path))
                .hint("`--force` writes over it"))
        }
        Err(error) => Err(failed(error)),
    }
}

/// Returns the folder itself once what exists of the way to it is known to lie within the site.
fn nearest_real<'a>(folder: &'a Path, site: &Path) -> Result<&'a Path, Diagnostic> {
    let existing = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
    if is_within(existing, site) || existing == site {
        Ok(folder)
    } else {
        Err(outside(&folder.display().to_string()))
    }
}

fn is_within(folder: &Path, site: &Path) -> bool {
    match (folder.canonicalize(), site.canonicalize()) {
        (Ok(folder), Ok(site)) => folder.starts_with(site),
        _ => false,
    }
}

fn outside(path: &str) -> Diagnostic {
    Diagnostic::error("write-failed", "a link leads out of the site").at(Location::file(path))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests read what was written")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once_unless_it_is_to_be_replaced() {
        let place = tempfile::tempdir().unwrap();
        let read = || fs::read_to_string(place.path().join("a/b/c.html")).unwrap();
        assert_eq!(write_new(place.path(), "a/b/c.html", "longer", false), Ok(()));
        let again = write_new(place.path(), "a/b/c.html", "two", false).unwrap_err();
        assert_eq!((again.code.as_ref(), read().as_str()), ("file-exists", "longer"));
        assert_eq!(write_new(place.path(), "a/b/c.html", "two", true), Ok(()));
        assert_eq!(read(), "two");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let (place, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(other.path(), place.path().join("templates")).unwrap();
        let code = |replace| write_new(place.path(), "templates/x/a.html", "x", replace).unwrap_err().code;
        assert_eq!(code(false), "write-failed");
        fs::create_dir(place.path().join("own")).unwrap();
        fs::write(other.path().join("target"), "kept").unwrap();
        std::os::unix::fs::symlink(other.path().join("target"), place.path().join("own/a.html")).unwrap();
        assert_eq!(write_new(place.path(), "own/a.html", "x", false).unwrap_err().code, "file-exists");
        assert_eq!(write_new(place.path(), "own/a.html", "x", true).unwrap_err().code, "write-failed");
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 1);
        assert_eq!(fs::read_to_string(other.path().join("target")).unwrap(), "kept");
    }
}
