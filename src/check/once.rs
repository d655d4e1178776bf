//! Tells a missing file once, where the build, the page's player and the link beside it all miss it.

use std::collections::HashSet;

use crate::diag::Diagnostic;

/// Leaves out what the build says of a file that the check misses at the same line, and the link to it.
///
/// The check's error stays, as a page without its file is not whole, with the hint that the build has.
pub(super) fn tell_once(mut found: Vec<Diagnostic>, mut of_build: Vec<Diagnostic>) -> Vec<Diagnostic> {
    of_build.retain(|told| {
        if told.code != "file-not-found" {
            return true;
        }
        let mut same =
            found.iter_mut().filter(|other| is_absence(other) && spot(other) == spot(told)).peekable();
        let is_told_by_build_alone = same.peek().is_none();
        same.for_each(|other| other.hint = other.hint.take().or_else(|| told.hint.clone()));
        is_told_by_build_alone
    });
    let files = found.iter().filter(|told| told.code == "file-missing").filter_map(spot);
    let files: HashSet<_> =
        files.map(|(path, line, name)| (path.to_owned(), line, name.to_owned())).collect();
    found.retain(|told| {
        let is_there =
            |(path, line, name): (&str, _, &str)| files.contains(&(path.to_owned(), line, name.to_owned()));
        told.code != "link-broken" || !spot(told).is_some_and(is_there)
    });
    found.extend(of_build);
    found
}

fn is_absence(told: &Diagnostic) -> bool {
    told.code == "file-missing" || told.code == "link-broken"
}

/// Returns the file, the line and the name that a diagnostic is about.
fn spot(told: &Diagnostic) -> Option<(&str, usize, &str)> {
    let at = told.at.as_ref()?;
    Some((&at.path, at.line?, told.message.split('`').nth(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Location;

    #[test]
    fn a_missing_sound_is_told_once_and_others_stay() {
        let at = |line, column| Location::position("a.md", line, column);
        let found = vec![
            Diagnostic::error("file-missing", "the medium `a.mp3` would be `/x/a.mp3`").at(at(5, 9)),
            Diagnostic::error("link-broken", "`a.mp3` leads to `/x/a.mp3`").at(at(5, 9)),
            Diagnostic::error("link-broken", "`a.mp3` leads to `/x/a.mp3`").at(at(7, 1)),
        ];
        let of_build = vec![
            Diagnostic::warning("file-not-found", "there is no file `a.mp3`").at(at(5, 1)).hint("b.mp3?"),
            Diagnostic::warning("file-not-found", "there is no file `c.mp3`").at(at(5, 1)),
        ];
        let told = tell_once(found, of_build);
        let shown: Vec<_> =
            told.iter().map(|one| (one.code.as_ref(), one.at.as_ref().unwrap().line.unwrap())).collect();
        assert_eq!(shown, [("file-missing", 5), ("link-broken", 7), ("file-not-found", 5)]);
        assert_eq!(told[0].hint.as_deref(), Some("b.mp3?"));
    }
}
