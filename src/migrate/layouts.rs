//! Surveys the Go templates of a site and its themes, and says which of our templates takes the place of each.
//!
//! They are told by their paths alone, as Hugo finds them; what is in them is not looked at.

use std::path::Path;

use super::{Finding, Standing, Subject};
use crate::diag::Location;
use crate::source;

/// Templates of pages by their name without endings, and ours.
const PAGES: &[(&str, &str)] = &[
    ("404", "404.html"),
    ("all", "base.html"),
    ("baseof", "base.html"),
    ("home", "home.html"),
    ("index", "home.html"),
    ("list", "section.html"),
    ("page", "page.html"),
    ("section", "section.html"),
    ("single", "page.html"),
    ("taxonomy", "taxonomy.html"),
    ("term", "term.html"),
    ("terms", "taxonomy.html"),
];

/// Words in the names of partials, and the template of ours that does the same.
const PARTIALS: &[(&str, &str)] = &[
    ("pagina", "partials/paginator.html"),
    ("footer", "partials/footer.html"),
    ("body-end", "base.html"),
    ("navbar", "partials/header.html"),
    ("header", "partials/header.html"),
    ("menu", "partials/header.html"),
    ("head", "base.html"),
    ("meta", "base.html"),
    ("schema", "base.html"),
    ("opengraph", "base.html"),
    ("seo", "base.html"),
    ("css", "base.html"),
    ("scripts", "base.html"),
    ("toc", "page.html"),
];

/// Files that are made without a template.
const MADE: [&str; 3] = ["rss", "sitemap", "robots"];

/// Returns what is to be said of the Go templates, beside `known`; shortcodes are surveyed by themselves.
pub(super) fn survey(root: &Path, known: &[Finding]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_named = |theme: &str| {
        known.iter().any(|finding| {
            finding.subject == Subject::Theme && theme.ends_with(&format!("/{}", finding.name))
        })
    };
    for component in source::components(root) {
        let files = source::list(root, &format!("{component}layouts"), &[]).files;
        let files = files.iter().filter(|file| !is_in(file.path.as_str(), "shortcodes"));
        if component.is_empty() {
            findings.extend(
                files.map(|file| of_template(file.path.as_str()).at(Location::file(file.source.as_str()))),
            );
        } else if !is_named(component.trim_end_matches('/')) {
            let name = component.trim_end_matches('/');
            let note = "not run: the built-in theme takes the place of its templates";
            findings.push(Finding::new(Subject::Theme, name, Standing::Differs, note).used(files.count(), 0));
        }
    }
    findings
}

/// Says whether a template lies in a folder of a kind, in its old or new spelling.
fn is_in(path: &str, folder: &str) -> bool {
    path.split('/').any(|part| part.strip_prefix('_').unwrap_or(part) == folder)
}

fn of_template(path: &str) -> Finding {
    let file = path.rsplit('/').next().unwrap_or(path);
    let (stem, endings) = file.split_once('.').unwrap_or((file, ""));
    let extension = endings.rsplit('.').next().unwrap_or_default();
    if is_in(path, "partials") {
        return of_partial(path, stem);
    }
    if path.split('/').any(|part| part == "_markup") {
        let note = "not run: Hallway resolves links and pictures, numbers headings and marks alerts itself";
        return Finding::new(Subject::RenderHook, path, Standing::Differs, note);
    }
    if MADE.contains(&stem) || endings.split('.').any(|ending| ending == "rss") {
        let note = "not run: Hallway makes feeds, `sitemap.xml` and `robots.txt` itself";
        return Finding::new(Subject::Layout, path, Standing::Differs, note);
    }
    if extension != "html" {
        let note = "not run: no file of this kind is made";
        return Finding::new(Subject::Layout, path, Standing::NotServed, note);
    }
    let Some((_, ours)) = PAGES.iter().find(|(name, _)| *name == stem) else {
        let note = format!("not run: write `templates/{stem}.html` if `layout: {stem}` asks for it");
        return Finding::new(Subject::Layout, path, Standing::NotServed, note);
    };
    let section = path.rsplit_once('/').map(|(folder, _)| folder).filter(|folder| *folder != "_default");
    let note = match section {
        Some(section) => {
            format!("not run: `{ours}` takes its place, or `templates/{section}/{ours}` if you write it")
        }
        None => format!("not run: `{ours}` takes its place, or `templates/{ours}` if you write it"),
    };
    Finding::new(Subject::Layout, path, Standing::Differs, note)
}

fn of_partial(path: &str, stem: &str) -> Finding {
    match PARTIALS.iter().find(|(word, _)| stem.contains(word)) {
        Some((_, ours)) => {
            Finding::new(Subject::Partial, path, Standing::Differs, format!("not run: see `{ours}`"))
        }
        None => {
            let note = "not run: nothing of ours takes its place";
            Finding::new(Subject::Partial, path, Standing::NotServed, note)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    #[test]
    fn templates_are_told_by_their_paths() {
        let cases = [
            ("_default/single.html", Subject::Layout, "`page.html` takes its place"),
            ("blog/list.html", Subject::Layout, "`templates/blog/section.html`"),
            ("index.html", Subject::Layout, "`home.html`"),
            ("index.json", Subject::Layout, "no file of this kind"),
            ("_default/rss.xml", Subject::Layout, "feeds"),
            ("home.rss.xml", Subject::Layout, "feeds"),
            ("conference.html", Subject::Layout, "`layout: conference`"),
            ("partials/hooks/head-end.html", Subject::Partial, "`base.html`"),
            ("_partials/footer.html", Subject::Partial, "`partials/footer.html`"),
            ("partials/talks.html", Subject::Partial, "nothing of ours"),
            ("_default/_markup/render-image.html", Subject::RenderHook, "pictures"),
        ];
        for (path, subject, note) in cases {
            let found = of_template(path);
            assert_eq!(found.subject, subject, "{path}");
            assert!(found.note.contains(note), "{path}: {}", found.note);
        }
        assert!(is_in("_shortcodes/a.html", "shortcodes") && is_in("shortcodes/x/a.html", "shortcodes"));
    }

    #[test]
    fn the_templates_that_are_named_are_there() {
        let theme = Theme::of(&[], &[]);
        for (_, ours) in PAGES.iter().chain(PARTIALS) {
            assert!(theme.builtin_templates.iter().any(|file| file.name == *ours), "{ours}");
        }
    }
}
