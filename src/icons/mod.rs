//! Icons by the names of Font Awesome, as SVG that stands in the text: no font, no script, no request.
//!
//! Turns `fab fa-github` into an [`Icon`], and the empty `<i>` and `<span>` elements that a web font would fill into
//! `<svg>` elements. Knows no page and no site. Where shapes and names come from is told in `README.md` beside this file.

mod elements;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::diag::nearest;
use crate::text::escape_html;

pub use elements::replace_elements;

const SHAPES: &str = include_str!("shapes.txt");
const NAMES: &str = include_str!("names.txt");

/// Shapes by the name of Font Awesome; `o:` stands before that of a regular one.
static TABLE: LazyLock<BTreeMap<String, Icon>> = LazyLock::new(|| {
    let shapes: BTreeMap<&str, Icon> = SHAPES.lines().filter_map(shape).collect();
    let lines = NAMES.lines().filter_map(|line| line.split_once(": "));
    let named = lines.filter_map(|(shape, names)| Some((*shapes.get(shape)?, names)));
    named.flat_map(|(icon, names)| names.split(' ').map(move |name| (name.to_owned(), icon))).collect()
});

/// An icon: a square drawing in one colour, that of the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon {
    /// Side of the square.
    size: &'static str,
    /// Paths, separated by tabs; `!` before one means the even-odd rule.
    paths: &'static str,
}

/// Reads a line of `shapes.txt`.
fn shape(line: &'static str) -> Option<(&'static str, Icon)> {
    let (name, rest) = line.split_once('\t')?;
    let (size, paths) = rest.split_once('\t')?;
    Some((name, Icon { size, paths }))
}

/// What an author's class words say: `fas fa-house fa-2x ms-2` is the icon `house` with two more words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Name of the icon, without `fa-`.
    pub name: &'a str,
    /// Whether the thin variant is meant.
    is_regular: bool,
    /// The words that say neither style nor icon.
    pub others: Vec<&'a str>,
}

/// Words that choose a style of Font Awesome, and nothing else.
const STYLES: &[&str] = &[
    "fa",
    "fas",
    "far",
    "fab",
    "fal",
    "fat",
    "fad",
    "fass",
    "fasr",
    "fasl",
    "fa-solid",
    "fa-regular",
    "fa-brands",
    "fa-light",
    "fa-thin",
    "fa-duotone",
    "fa-sharp",
    "fa-classic",
    "fa-sharp-duotone",
];

/// Words that begin as an icon's name does and are none, up to the first digit.
const MODIFIERS: &[&str] = &[
    "fa-xs",
    "fa-sm",
    "fa-lg",
    "fa-xl",
    "fa-fw",
    "fa-li",
    "fa-ul",
    "fa-border",
    "fa-inverse",
    "fa-spin",
    "fa-pulse",
    "fa-spin-pulse",
    "fa-spin-reverse",
    "fa-beat",
    "fa-beat-fade",
    "fa-fade",
    "fa-bounce",
    "fa-shake",
    "fa-flip",
    "fa-flip-horizontal",
    "fa-flip-vertical",
    "fa-flip-both",
    "fa-pull-left",
    "fa-pull-right",
    "fa-stack",
    "fa-layers",
    "fa-swap-opacity",
];

impl<'a> Wanted<'a> {
    /// Reads class words that have an `fa-` among them; none where no icon is named.
    pub fn of_classes(classes: &'a str) -> Option<Self> {
        let (mut name, mut is_regular, mut others) = (None, false, Vec::new());
        for word in classes.split_ascii_whitespace() {
            match word.strip_prefix("fa-") {
                _ if STYLES.contains(&word) => is_regular |= matches!(word, "far" | "fa-regular"),
                Some(rest) if name.is_none() && !is_modifier(word) => name = Some(rest),
                _ => others.push(word),
            }
        }
        Some(Self { name: name?, is_regular, others })
    }

    /// Reads what configuration and front matter say: class words, or the bare name `github`.
    pub fn of_text(text: &'a str) -> Option<Self> {
        let bare = || text.split_ascii_whitespace().find(|word| !STYLES.contains(word));
        Self::of_classes(text).or_else(|| {
            let is_regular = text.split_ascii_whitespace().any(|word| word == "far");
            Some(Self { name: bare()?, is_regular, others: Vec::new() })
        })
    }

    /// Returns the icon; none where there is none of the name.
    pub fn icon(&self) -> Option<Icon> {
        let name = self.name.to_ascii_lowercase();
        let regular = || TABLE.get(&format!("o:{name}")).copied();
        let solid = || TABLE.get(&name).copied();
        if self.is_regular { regular().or_else(solid) } else { solid().or_else(regular) }
    }

    /// Returns the nearest name that there is an icon of.
    pub fn nearest(&self) -> Option<&'static str> {
        nearest(self.name, TABLE.keys().map(String::as_str).filter(|name| !name.starts_with("o:")))
    }
}

/// Says whether a word such as `fa-2x`, `fa-rotate-90` or `fa-lg` only changes how an icon looks.
fn is_modifier(word: &str) -> bool {
    let is_size = |rest: &str| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.ends_with(['x', 's', 'm', 'l'])
            && rest.len() < 4
    };
    MODIFIERS.contains(&word)
        || word.starts_with("fa-rotate-")
        || word.starts_with("fa-stack-")
        || word.strip_prefix("fa-").is_some_and(is_size)
}

impl Icon {
    /// Returns the icon as an `<svg>` as high as the text; readers of the screen are told its label, if it has one.
    pub fn svg(self, label: Option<&str>, classes: &[&str]) -> String {
        let mut svg = String::from("<svg class=\"icon");
        for class in classes {
            let _ = write!(svg, " {}", escape_html(class));
        }
        let size = self.size;
        let _ = write!(
            svg,
            "\" viewBox=\"0 0 {size} {size}\" width=\"1em\" height=\"1em\" fill=\"currentColor\""
        );
        match label.map(str::trim).filter(|label| !label.is_empty()) {
            Some(label) => drop(write!(svg, " role=\"img\" aria-label=\"{}\">", escape_html(label))),
            None => svg.push_str(" aria-hidden=\"true\" focusable=\"false\">"),
        }
        for path in self.paths.split('\t') {
            let _ = match path.strip_prefix('!') {
                Some(path) => write!(svg, "<path fill-rule=\"evenodd\" d=\"{path}\"/>"),
                None => write!(svg, "<path d=\"{path}\"/>"),
            };
        }
        svg.push_str("</svg>");
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape_of(text: &str) -> Option<&'static str> {
        let icon = Wanted::of_text(text)?.icon()?;
        SHAPES.lines().filter_map(shape).find(|(_, shape)| *shape == icon).map(|(name, _)| name)
    }

    #[test]
    fn names_of_all_three_versions_are_known() {
        let cases = [
            ("fa fa-envelope", Some("envelope-fill")),
            ("fa fa-envelope-o", Some("envelope")),
            ("far fa-envelope", Some("envelope")),
            ("fa-regular fa-envelope", Some("envelope")),
            ("fab fa-github", Some("github")),
            ("fa-brands fa-x-twitter", Some("twitter-x")),
            ("fas fa-home", Some("house-fill")),
            ("fa-solid fa-house fa-2x", Some("house-fill")),
            ("fa-duotone fa-magnifying-glass", Some("search")),
            ("FA-GitHub", None),
            ("github", Some("github")),
            ("GitHub", Some("github")),
            ("far github", Some("github")),
            ("fa fa-2x fa-lg fa-rotate-90 fa-rss", Some("rss-fill")),
            ("fa fa-500px", None),
            ("fas", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(shape_of(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn every_name_has_a_shape_and_every_shape_a_name() {
        let shapes: Vec<&str> = SHAPES.lines().filter_map(shape).map(|(name, _)| name).collect();
        assert_eq!(shapes.len(), SHAPES.lines().count(), "a line of the shapes cannot be read");
        assert!(shapes.is_sorted());
        let named: Vec<&str> =
            NAMES.lines().map(|line| line.split_once(": ").map_or(line, |(shape, _)| shape)).collect();
        assert_eq!(named, shapes);
        let count: usize = NAMES.lines().map(|line| line.split(' ').count() - 1).sum();
        assert_eq!(TABLE.len(), count, "a name is there twice");
        assert!(SHAPES.len() + NAMES.len() < 300_000, "the program should not grow by more");
    }

    #[test]
    fn an_icon_is_told_to_readers_of_the_screen_only_by_its_label() {
        let icon = Wanted::of_text("plus").unwrap().icon().unwrap();
        let silent = icon.svg(None, &["fa-lg", "a\"b"]);
        assert!(silent.starts_with("<svg class=\"icon fa-lg a&quot;b\" viewBox=\"0 0 16 16\""), "{silent}");
        assert!(silent.contains("aria-hidden=\"true\"") && silent.ends_with("\"/></svg>"), "{silent}");
        let told = icon.svg(Some(" A & B "), &[]);
        assert!(
            told.contains(" role=\"img\" aria-label=\"A &amp; B\">") && !told.contains("hidden"),
            "{told}"
        );
    }

    #[test]
    fn the_nearest_name_is_found() {
        assert_eq!(Wanted::of_text("fab fa-gihtub").unwrap().nearest(), Some("github"));
        assert_eq!(Wanted::of_text("fas fa-zzzzzzzzzz").unwrap().nearest(), None);
    }
}
