//! What the renderer asks its caller: addresses of pages and files, and words for readers.
//!
//! The renderer knows no pages and no languages; what it is not told is left as the author wrote it.

/// The questions of one rendering; by default there are none.
#[derive(Clone, Copy, Default)]
pub struct Hooks<'h> {
    /// Returns the address for the target of a link or image that is not absolute; `None` keeps the author's.
    pub resolve: Option<&'h Resolve<'h>>,
    /// Returns how the picture at a target of the site is shown; `None` shows it as it is.
    pub show_picture: Option<&'h ShowPicture<'h>>,
    /// Returns the title of alerts of a kind, such as `note` (lower case); `None` is the English word.
    pub alert_title: Option<&'h AlertTitle<'h>>,
    /// What is put before the ids of footnotes, where the configuration wants it; different for each page.
    pub id_prefix: &'h str,
    /// Whether [`super::Rendered::destinations`] are wanted.
    pub notes_destinations: bool,
}

/// Answers for the target of a link or image.
pub type Resolve<'h> = dyn Fn(TargetKind, &str) -> Option<String> + 'h;

/// Answers how the picture at a target is shown.
pub type ShowPicture<'h> = dyn Fn(&str) -> Option<PictureFrame> + 'h;

/// What is written around an `<img>`, and into it besides its text and title: HTML, escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFrame {
    /// What comes before the element.
    pub before: String,
    /// The address, not escaped.
    pub src: String,
    /// Further attributes, each with a space before it.
    pub attributes: String,
    /// What comes after the element.
    pub after: &'static str,
}

/// Answers for the title of an alert.
pub type AlertTitle<'h> = dyn Fn(&str) -> Option<String> + 'h;

/// What has a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetKind {
    /// A link.
    Link,
    /// An image.
    Image,
}

/// The target of a link or image as the author wrote it, escapes and entities resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Whose target it is.
    pub kind: TargetKind,
    /// The target.
    pub url: String,
    /// Byte of the text where the link or image begins.
    pub offset: usize,
}

/// Says whether a target is complete without the site: it has a scheme or a host.
pub(super) fn is_absolute(url: &str) -> bool {
    let scheme = url.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(byte)).count();
    url.starts_with("//") || scheme > 1 && url.as_bytes().get(scheme) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_with_a_scheme_or_host_are_absolute() {
        for url in ["https://a.bc", "mailto:a@b.c", "//a.bc/d", "data:image/png;x"] {
            assert!(is_absolute(url), "{url}");
        }
        for url in ["", "/a", "a.md", "../b:c", "#x", "?a=b:c", "a b:c"] {
            assert!(!is_absolute(url), "{url}");
        }
    }
}
