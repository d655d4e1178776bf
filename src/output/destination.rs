//! Refuses destinations where a build could overwrite what the author wrote.
//!
//! Compares paths, all absolute and with links resolved; does not look into the folders.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Location};

/// The folders that a destination must stay clear of.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The site.
    pub root: PathBuf,
    /// Folders of content, static files and templates, as far as they are not the site itself.
    pub sources: Vec<PathBuf>,
    /// The cache.
    pub cache: PathBuf,
    /// Whether the configuration chose the destination: then it may not leave the site, which may be somebody else's.
    pub is_configured: bool,
}

/// Checks that a site can be built into `destination` without touching its sources.
///
/// # Errors
/// The destination is a file, holds the sources, lies in them, or lies outside the site without having been named on the
/// command line.
pub fn check_destination(destination: &Path, around: &Surroundings) -> Result<(), Diagnostic> {
    let at = |problem: Diagnostic| problem.at(Location::file(destination.display().to_string()));
    let beside = "choose a folder of its own, such as `public`, with `--destination` or `publishDir`";
    if destination.is_file() {
        let problem = Diagnostic::error("destination-file", "a site cannot be built into a file");
        return Err(at(problem).hint(beside));
    }
    let overlaps = |folder: &PathBuf| destination.starts_with(folder) || folder.starts_with(destination);
    if around.root.starts_with(destination) || around.sources.iter().any(overlaps) {
        let message = "the site cannot be built here: its own sources are in this folder";
        return Err(at(Diagnostic::error("destination-sources", message)).hint(beside));
    }
    if overlaps(&around.cache) {
        let message = "the site cannot be built here: the cache is in this folder";
        return Err(at(Diagnostic::error("destination-cache", message)).hint(beside));
    }
    if around.is_configured && !destination.starts_with(&around.root) {
        let message = "`publishDir` leads out of the site";
        return Err(at(Diagnostic::error("destination-outside", message))
            .hint("if that is meant, name the folder yourself, with `--destination`"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(destination: &str, is_configured: bool) -> Option<String> {
        let around = Surroundings {
            root: "/s/site".into(),
            sources: ["content", "static", "templates"].map(|name| Path::new("/s/site").join(name)).into(),
            cache: "/s/site/.hallway".into(),
            is_configured,
        };
        check_destination(Path::new(destination), &around).err().map(|problem| problem.code.into_owned())
    }

    #[test]
    fn a_destination_stays_clear_of_the_sources() {
        for destination in [
            "/",
            "/s",
            "/s/site",
            "/s/site/content",
            "/s/site/content/out",
            "/s/site/static",
            "/s/site/templates/x",
        ] {
            assert_eq!(check(destination, false).as_deref(), Some("destination-sources"), "{destination}");
        }
        for destination in ["/s/site/.hallway", "/s/site/.hallway/x"] {
            assert_eq!(check(destination, false).as_deref(), Some("destination-cache"), "{destination}");
        }
        for destination in ["/s/site/public", "/s/site/contents", "/s/site/a/b"] {
            assert_eq!(check(destination, true), None, "{destination}");
        }
    }

    #[test]
    fn only_the_command_line_leads_out_of_the_site() {
        assert_eq!(check("/s/out", false), None);
        assert_eq!(check("/s/out", true).as_deref(), Some("destination-outside"));
    }
}
