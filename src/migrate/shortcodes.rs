//! Surveys the shortcodes of a site: those that its texts use, and those that it has Go templates for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Finding, Standing, Subject, Text, Translate, Translation};
use crate::diag::{Location, nearest};
use crate::markdown::shortcode::{Names, Unknown, scan_all};
use crate::page::split;
use crate::source::{self, Asset};
use crate::theme::Theme;

/// How often something is used, and where first.
#[derive(Debug, Default)]
struct Uses {
    count: usize,
    pages: usize,
    first: Option<Location>,
}

/// What there are shortcodes from.
struct Sources {
    built_in: BTreeSet<String>,
    /// Templates of the author in our language.
    own: BTreeSet<String>,
    /// Go templates.
    go: BTreeMap<String, Asset>,
}

/// Returns what is to be said of each shortcode, and the translations of those that need one.
pub(super) fn survey(
    root: &Path,
    texts: &[Text],
    translate: Option<Translate>,
) -> (Vec<Finding>, BTreeMap<String, Translation>) {
    let mut uses = uses(texts);
    let sources = Sources::of(root);
    for name in sources.go.keys() {
        uses.entry(name.clone()).or_default();
    }
    let mut findings = Vec::new();
    let mut translations = BTreeMap::new();
    for (name, uses) in uses {
        let translation = translate.and_then(|translate| sources.translation(&name, translate));
        findings.push(sources.finding(&name, uses, translation.as_ref()));
        translations.extend(translation.map(|translation| (name, translation)));
    }
    (findings, translations)
}

/// Counts the uses of every name; none is known to the scanner, so it takes each tag by itself.
fn uses(texts: &[Text]) -> BTreeMap<String, Uses> {
    let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
    for document in texts {
        let start = split(&document.text).0.body_start;
        let body = document.text.get(start..).unwrap_or_default();
        let mut here = BTreeSet::new();
        for used in scan_all(body, &Names::new(), Unknown::Error).unknown {
            let place = || Location::offset(document.source.as_str(), &document.text, start + used.offset);
            let entry = uses.entry(used.name.clone()).or_default();
            entry.count += 1;
            entry.first.get_or_insert_with(place);
            if here.insert(used.name) {
                entry.pages += 1;
            }
        }
    }
    uses
}

impl Sources {
    fn of(root: &Path) -> Self {
        let name =
            |path: &str| path.strip_prefix("shortcodes/")?.strip_suffix(".html").map(str::to_lowercase);
        let built_in = Theme::of(&[], &[]).builtin_templates;
        let (own, _) = source::read_templates(root, &[]);
        Self {
            built_in: built_in.iter().filter_map(|file| name(file.name)).collect(),
            own: own.iter().filter_map(|file| name(&file.name)).collect(),
            go: source::go_shortcodes(root),
        }
    }

    /// Translates the Go template of a name that there is no other template for.
    fn translation(&self, name: &str, translate: Translate) -> Option<Translation> {
        if self.built_in.contains(name) || self.own.contains(name) {
            return None;
        }
        let template = source::read_plain(self.go.get(name)?).ok()?;
        Some(translate(&template))
    }

    fn finding(&self, name: &str, uses: Uses, translation: Option<&Translation>) -> Finding {
        let go = self.go.get(name).map(|file| file.source.as_str());
        let (standing, note) = match go {
            _ if self.own.contains(name) => {
                (Standing::Served, format!("by `templates/shortcodes/{name}.html`"))
            }
            Some(_) if uses.count == 0 => (Standing::Needless, "no text uses it".to_owned()),
            Some(go) if self.built_in.contains(name) => {
                (Standing::Differs, format!("ours takes the place of `{go}`: compare the two"))
            }
            None if self.built_in.contains(name) => (Standing::Served, "built in".to_owned()),
            Some(go) => (Standing::NotServed, advice(name, go, translation)),
            None => (Standing::NotServed, self.without_template(name)),
        };
        let finding = Finding::new(Subject::Shortcode, name, standing, note).used(uses.count, uses.pages);
        let place = uses.first.or_else(|| go.map(Location::file));
        Finding { place, ..finding }
    }

    /// Says what helps with a shortcode that there is no template for at all.
    fn without_template(&self, name: &str) -> String {
        if let Some(bare) = name.strip_suffix(".inline") {
            return format!("content is never run: put its template into `templates/shortcodes/{bare}.html`");
        }
        if let Some(bare) = name.strip_suffix('/') {
            return format!("put a space before the slash: `{bare} /`");
        }
        let known = self.built_in.iter().chain(&self.own).map(String::as_str);
        let near = nearest(name, known).map(|near| format!(", perhaps like `{near}`")).unwrap_or_default();
        format!("no template of it is here: write one into `templates/shortcodes`{near}")
    }
}

fn advice(name: &str, go: &str, translation: Option<&Translation>) -> String {
    let command = format!("`hallway new shortcode {name} --from {go}`");
    match translation.map(|translation| translation.untranslated) {
        None => format!("to be translated: {command}"),
        Some(0) => format!("can be translated as a whole: {command}"),
        Some(1) => format!("can be translated but for one place: {command}"),
        Some(places) => format!("can be translated but for {places} places: {command}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    #[test]
    fn every_use_is_counted_whatever_is_wrong_around_it() {
        let document =
            |path: &str, text: &str| Text { source: SourcePath::new(path.to_owned()), text: text.to_owned() };
        let texts = [
            document(
                "a.md",
                "---\ntitle: A\n---\n{{< box >}}{{< Quiz 1 >}}{{< box >}}\n{{</* no */>}} {{% quiz %}}x{{% /quiz %}}",
            ),
            document("b.md", "`{{< quiz >}}`"),
        ];
        let shown: Vec<String> = uses(&texts)
            .into_iter()
            .map(|(name, uses)| format!("{name} {} {} {}", uses.count, uses.pages, uses.first.unwrap()))
            .collect();
        assert_eq!(shown, ["box 2 1 a.md:4:1", "quiz 3 2 a.md:4:12"]);
    }
}
