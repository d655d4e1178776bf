//! Finds where an author wrote what a built page has: in the page's own text, or in what several pages share.
//!
//! A page does not say where its parts come from, so what was written is looked for as it may have been written. Where that
//! fails, the place is the whole file that the page is made of.

use memchr::memmem;

use super::facts::Picture;
use super::tags::for_each_tag;
use crate::config::ConfigFile;
use crate::diag::Location;
use crate::site::Site;
use crate::source::TemplateFile;

/// The texts of a site that findings can be in.
#[derive(Debug)]
pub(super) struct Places<'a> {
    /// The site with all its texts.
    pub(super) site: &'a Site,
    /// The configuration, for menus.
    pub(super) config: &'a [ConfigFile],
    /// The author's templates.
    pub(super) templates: &'a [TemplateFile],
}

/// Shortest piece of text that is looked for within a longer word.
const WITHIN_MIN: usize = 5;

impl Places<'_> {
    /// Finds one of `needles`, the first that is there, in the document that an output is made of.
    pub(super) fn own(&self, producer: &str, needles: &[String]) -> Option<Location> {
        let content = self.site.text(producer)?;
        find_any(content.text(), needles).map(|at| Location::offset(producer, content.text(), at))
    }

    /// Finds an `<img>` that an author wrote as it is in the document that an output is made of.
    pub(super) fn picture(&self, producer: &str, picture: &Picture) -> Option<Location> {
        let text = self.site.text(producer)?.text();
        let mut found = None;
        for_each_tag(text, |tag| {
            if found.is_none() && tag.is("img") && Picture::of(&tag) == *picture {
                // The name is a part of the text, one byte behind the `<`.
                found = Some((tag.name.as_ptr() as usize).saturating_sub(text.as_ptr() as usize + 1));
            }
        });
        found.map(|at| Location::offset(producer, text, at))
    }

    /// Finds one of `needles` in what pages share: configuration, templates, and texts that lists show.
    pub(super) fn shared(&self, needles: &[String]) -> Option<Location> {
        let config = self.config.iter().map(|file| (file.path.as_str(), file.text.as_str()));
        let templates = self.templates.iter().map(|file| (file.source.as_str(), file.text.as_str()));
        let texts = self.site.texts.iter().map(|content| (content.source.as_str(), content.text()));
        let mut files = config.chain(templates).chain(texts);
        files.find_map(|(path, text)| find_any(text, needles).map(|at| Location::offset(path, text, at)))
    }

    /// Returns the file that an output is made of, or what stands for it.
    pub(super) fn whole(&self, producer: &str) -> Location {
        Location::file(producer)
    }
}

fn find_any(text: &str, needles: &[String]) -> Option<usize> {
    let bounded = needles.iter().find_map(|needle| find_bounded(text, needle));
    bounded.or_else(|| {
        // A folder is the beginning of everything in it.
        let is_exact = |needle: &&String| needle.contains(['.', '#']) && !needle.ends_with('/');
        let long = needles.iter().filter(|needle| needle.len() >= WITHIN_MIN).filter(is_exact);
        long.filter_map(|needle| memmem::find(text.as_bytes(), needle.as_bytes())).min()
    })
}

/// Finds a text where it is a whole address, and not the beginning of another.
fn find_bounded(text: &str, needle: &str) -> Option<usize> {
    if needle.is_empty() {
        return None;
    }
    let starts = |c: char| c.is_whitespace() || "(<\"'=[:>|,`{".contains(c);
    let ends = |c: char| c.is_whitespace() || ")>\"'#?]<,|;`}".contains(c);
    memmem::find_iter(text.as_bytes(), needle.as_bytes()).find(|at| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(at + needle.len()..).and_then(|after| after.chars().next());
        // What has a mark of its own at its ends is no part of a word.
        (needle.starts_with(']') || before.is_none_or(starts))
            && (needle.ends_with(')') || after.is_none_or(ends))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_as_a_whole_before_it_is_found_as_a_part() {
        let text = "[a](../docs/other/) and [b](../docs)\n<img src=\"x.jpg\"> {{< i photo.jpg >}}";
        for (needles, expected) in [
            (vec!["../docs"], Some(28)),
            (vec!["../docs/other/)"], Some(4)),
            (vec!["/docs/"], None),
            (vec!["x.jpg"], Some(47)),
            (vec!["nowhere", "photo.jpg"], Some(61)),
            (vec!["](../docs/other/)"], Some(2)),
            (vec!["nope"], None),
            (vec![""], None),
        ] {
            let needles: Vec<String> = needles.into_iter().map(str::to_owned).collect();
            assert_eq!(find_any(text, &needles), expected, "{needles:?}");
        }
    }
}
