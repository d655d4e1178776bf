//! Gathers the uses of shortcodes that there is no template for, and tells of each name once.
//!
//! Does not decide what becomes of them; that is the configuration's [`Unknown`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::diag::{Diagnostic, Location, Severity};
use crate::markdown::shortcode::{Names, Unknown, unknown};

/// The uses that were found so far: a text that is made twice is counted once.
#[derive(Debug, Default)]
pub(super) struct UnknownUses(Mutex<BTreeMap<String, BTreeSet<Location>>>);

/// What a report is made with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    /// The shortcodes there are.
    pub(super) names: &'a Names,
    /// Go templates of others, by name.
    pub(super) go_shortcodes: &'a BTreeMap<String, String>,
    /// What becomes of unknown ones.
    pub(super) rule: Unknown,
}

/// How far one report reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All pages at once.
    Site,
    /// Each page by itself, because only some of them were made.
    Page,
}

impl UnknownUses {
    /// Notes a use.
    pub(super) fn note(&self, name: &str, place: Location) {
        let mut uses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match uses.get_mut(name) {
            Some(places) => {
                places.insert(place);
            }
            None => {
                uses.insert(name.to_owned(), BTreeSet::from([place]));
            }
        }
    }

    /// Hands over everything noted so far: one diagnostic a name, at the first place of it.
    pub(super) fn take(&self, known: &Known<'_>, extent: Extent) -> Vec<Diagnostic> {
        let uses = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut told = Vec::new();
        for (name, places) in uses {
            let mut of_pages: BTreeMap<&str, Vec<&Location>> = BTreeMap::new();
            for place in &places {
                of_pages.entry(&place.path).or_default().push(place);
            }
            match extent {
                Extent::Site => told.extend(tell(&name, &places.iter().collect::<Vec<_>>(), known)),
                Extent::Page => {
                    told.extend(of_pages.values().filter_map(|places| tell(&name, places, known)));
                }
            }
        }
        told
    }
}

/// Says how often a name is used, what becomes of it, and what to do; the places are in order.
fn tell(name: &str, places: &[&Location], known: &Known<'_>) -> Option<Diagnostic> {
    let first = (*places.first()?).clone();
    let mut diagnostic = unknown(name, known.names);
    let mut pages: Vec<&str> = places.iter().map(|place| place.path.as_str()).collect();
    pages.dedup();
    if places.len() > 1 {
        let pages = if pages.len() == 1 { "one page".to_owned() } else { format!("{} pages", pages.len()) };
        diagnostic.message += &format!(", used {} times on {pages}", places.len());
    }
    let (severity, outcome) = match known.rule {
        Unknown::Error => (Severity::Error, ""),
        Unknown::Warn => (Severity::Warning, "; it is left out"),
        Unknown::Inner => (Severity::Warning, "; what is between its tags is kept"),
    };
    diagnostic.severity = severity;
    diagnostic.message += outcome;
    if let Some(template) = known.go_shortcodes.get(name) {
        diagnostic = diagnostic
            .hint(format!("translate its template: `hallway new shortcode {name} --from {template}`"));
    }
    Some(diagnostic.at(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::shortcode::Inner;

    fn told(rule: Unknown, extent: Extent) -> Vec<String> {
        let template = "layouts/shortcodes/quiz.html";
        let go_shortcodes = BTreeMap::from([("quiz".to_owned(), template.to_owned())]);
        let uses = UnknownUses::default();
        for (name, path, line) in [
            ("quiz", "b.md", 1),
            ("quiz", "a.md", 9),
            ("fugure", "a.md", 3),
            ("quiz", "a.md", 9),
            ("quiz", "b.md", 4),
        ] {
            uses.note(name, Location::position(path, line, 1));
        }
        let names = Names::from([("figure".to_owned(), Inner::Unused)]);
        let known = Known { names: &names, go_shortcodes: &go_shortcodes, rule };
        let told = uses.take(&known, extent).iter().map(ToString::to_string).collect();
        assert!(uses.take(&known, extent).is_empty());
        told
    }

    #[test]
    fn a_name_is_told_once_for_the_whole_site() {
        assert_eq!(
            told(Unknown::Error, Extent::Site),
            [
                "error[shortcode-unknown]: there is no shortcode `fugure`\n  --> a.md:3:1\n  \
                 hint: did you mean `figure`?",
                "error[shortcode-unknown]: there is no shortcode `quiz`, used 3 times on 2 pages\n  --> a.md:9:1\n  \
                 hint: translate its template: `hallway new shortcode quiz --from layouts/shortcodes/quiz.html`",
            ]
        );
    }

    #[test]
    fn a_page_that_is_looked_at_has_its_own_report() {
        let told = told(Unknown::Warn, Extent::Page);
        assert_eq!(told.len(), 3);
        assert!(
            told[0]
                .starts_with("warning[shortcode-unknown]: there is no shortcode `fugure`; it is left out\n")
        );
        assert!(
            told[2].contains("`quiz`, used 2 times on one page; it is left out\n  --> b.md:1:1"),
            "{}",
            told[2]
        );
    }
}
