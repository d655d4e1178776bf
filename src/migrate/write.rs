//! Writes what helps to move a site: translated templates of shortcodes, and the survey as a page.
//!
//! Makes new files only: what is there stays as it is, and no symbolic link is written through.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::{Survey, report};
use crate::diag::{Diagnostic, Location};

/// Where the survey is written to.
const REPORT: &str = "hallway-report.md";

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Paths of new files, from the site's folder.
    pub new: Vec<String>,
    /// Paths of files that were there already, and stay.
    pub kept: Vec<String>,
}

/// Writes the translations and the report of a survey into the site.
///
/// # Errors
/// `write-failed`: a file cannot be written, or its folder is a symbolic link; what was written before stays.
pub fn write(root: &Path, survey: &Survey) -> Result<Written, Diagnostic> {
    let mut written = Written::default();
    for (name, translation) in &survey.translations {
        add(root, &format!("templates/shortcodes/{name}.html"), &translation.template, &mut written)?;
    }
    add(root, REPORT, &report::markdown(survey), &mut written)?;
    Ok(written)
}

fn add(root: &Path, path: &str, text: &str, written: &mut Written) -> Result<(), Diagnostic> {
    let file = make_folders(root, path)?;
    // Fails for whatever is there, a symbolic link to nowhere included.
    match File::create_new(file) {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).map_err(|error| failed(path, &error))?;
            written.new.push(path.to_owned());
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => written.kept.push(path.to_owned()),
        Err(error) => return Err(failed(path, &error)),
    }
    Ok(())
}

/// Makes the folders of a file one by one, and returns where the file is to be.
fn make_folders(root: &Path, path: &str) -> Result<PathBuf, Diagnostic> {
    let mut place = root.to_owned();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    for part in folders.split('/').filter(|part| !matches!(*part, "" | "." | "..")) {
        place.push(part);
        if place.is_symlink() {
            let message = format!("`{part}` is a symbolic link, and nothing is written through it");
            return Err(Diagnostic::error("write-failed", message).at(Location::file(path)));
        }
        match fs::create_dir(&place) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(failed(path, &error)),
            _ => {}
        }
    }
    Ok(place.join(name))
}

fn failed(path: &str, error: &Error) -> Diagnostic {
    Diagnostic::error("write-failed", format!("cannot be written: {error}")).at(Location::file(path))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at what was written")]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Translation;
    use super::*;

    fn survey() -> Survey {
        let translation = Translation { template: "<b>{{ inner }}</b>".to_owned(), untranslated: 0 };
        Survey {
            config_files: Vec::new(),
            pages: 0,
            findings: Vec::new(),
            translations: BTreeMap::from([("deep/bold".to_owned(), translation)]),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn only_new_files_are_written() {
        let place = tempfile::tempdir().unwrap();
        let template = "templates/shortcodes/deep/bold.html";
        let first = write(place.path(), &survey()).unwrap();
        assert_eq!(first.new, [template, REPORT]);
        fs::write(place.path().join(template), "mine").unwrap();
        let second = write(place.path(), &survey()).unwrap();
        assert_eq!((second.new, second.kept), (vec![], vec![template.to_owned(), REPORT.to_owned()]));
        assert_eq!(fs::read_to_string(place.path().join(template)).unwrap(), "mine");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let (place, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), place.path().join("templates")).unwrap();
        assert_eq!(write(place.path(), &survey()).unwrap_err().code, "write-failed");
        let report = place.path().join(REPORT);
        fs::remove_file(place.path().join("templates")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("new.md"), &report).unwrap();
        assert_eq!(write(place.path(), &survey()).unwrap().kept, [REPORT]);
        assert_eq!(elsewhere.path().read_dir().unwrap().count(), 0);
    }
}
