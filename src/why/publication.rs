//! Why a document is published where it is, or is not published at all, with the line that decides it.

use crate::config::{Config, Origin, PermalinkTarget};
use crate::page::{Bundle, Content, ListOption, RenderOption};
use crate::site::{LeftOut, Page, Reason, Site};

use super::Asked;

/// Says why a document makes no page.
pub(super) fn unpublished(site: &Site, text: &Content) -> Vec<String> {
    let source = text.source.as_str();
    if let Some(out) = site.left_out.iter().find(|out| out.path == source) {
        return vec![left_out(site, text, out)];
    }
    let owner = site.pages.iter().find(|page| {
        page.is_bundle()
            && page.source_path().is_some_and(|owner| {
                owner.as_str().rsplit_once('/').is_some_and(|(folder, _)| {
                    source.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
                })
            })
            && page.content.as_ref().is_some_and(|content| content.path.bundle == Bundle::Leaf)
    });
    match owner {
        Some(owner) => {
            vec![format!("it is a text within the bundle of `{}`, whose page may show it", owner.source())]
        }
        None => vec!["`disableKinds` of the configuration leaves such pages out".to_owned()],
    }
}

fn left_out(site: &Site, text: &Content, out: &LeftOut) -> String {
    let config = site.languages.get(text.language).map_or(&site.config, |language| &language.config);
    let written = text.written();
    let keys: &[String] = match out.reason {
        Reason::Draft => &["draft".to_owned()],
        Reason::Future => &config.date_keys.publish,
        Reason::Expired => &config.date_keys.expiry,
    };
    let key = keys.iter().find(|key| written.contains_key(*key));
    let place = match key {
        Some(key) => match line_of_key(text.text(), key) {
            Some(line) => format!("`{key}` in line {line}"),
            None => format!("`{key}` in its front matter"),
        },
        None if keys.iter().any(|key| key == ":filename") => "the name of its file".to_owned(),
        None => "a `cascade` above it".to_owned(),
    };
    let date = out.date.as_deref().unwrap_or_default();
    match out.reason {
        Reason::Draft => format!("it is a draft, by {place}; -D builds it"),
        Reason::Future => format!("its time comes at {date}, by {place}; -F builds it"),
        Reason::Expired => format!("it expired at {date}, by {place}; -E builds it"),
    }
}

/// Says why a page has no file of its own.
pub(super) fn not_written(page: &Page, config: &Config) -> Vec<String> {
    let Some(content) = &page.content else {
        return vec![format!(
            "pages of kind `{}` are not made: `disableKinds`, or `outputs`",
            page.kind.name()
        )];
    };
    let place = |key: &str| {
        let line = line_of_key(content.text(), key);
        line.map_or_else(|| "a `cascade` above it".to_owned(), |line| format!("`{key}` in line {line}"))
    };
    let by = || if content.written().contains_key("headless") { place("headless") } else { place("build") };
    vec![match content.front.render {
        RenderOption::Never => format!("it is for others to use, by {}", by()),
        RenderOption::Link => format!("it has an address but no page, by {}", by()),
        RenderOption::Always if !config.makes(page.kind.name()) => {
            format!("`disableKinds` leaves pages of kind `{}` out", page.kind.name())
        }
        RenderOption::Always => "it could not be made, or `outputs` leaves its page out".to_owned(),
    }]
}

/// Says what is special about a page that is published.
pub(super) fn special_status(page: &Page) -> Vec<String> {
    let mut said = Vec::new();
    for (is_so, words) in [
        (page.status.draft, "a draft: a plain build leaves it out"),
        (page.status.future, "its time is still to come: a plain build leaves it out"),
        (page.status.expired, "it has expired: a plain build leaves it out"),
    ] {
        if is_so {
            said.push(words.to_owned());
        }
    }
    match page.content.as_ref().map(|content| content.front.list) {
        Some(ListOption::Never) => said.push("no list shows it, by `build`".to_owned()),
        Some(ListOption::Local) => {
            said.push("only the list of its own section shows it, by `build`".to_owned())
        }
        Some(ListOption::Always) | None => {}
    }
    said
}

/// Says which events a page tells of, and which words of others were read as ours.
pub(super) fn events(site: &Site, page: &Page) -> Vec<String> {
    let id = site.ids().find(|id| std::ptr::eq(site.page(*id), page));
    let events = id.map(|id| site.conference.events_of(id)).unwrap_or_default();
    let mut said: Vec<String> = events
        .iter()
        .filter_map(|index| site.conference.events.get(*index))
        .map(|record| {
            format!("{} (`{}`), described first at {}", record.event.title(), record.event.id, record.place)
        })
        .collect();
    let told = page.content.as_ref().and_then(|content| content.front.told.as_ref());
    let aliases = told.iter().flat_map(|told| &told.aliases);
    said.extend(aliases.map(|alias| format!("`{}` was read as `{}`", alias.from, alias.to)));
    said
}

/// Says which rule makes the address of a page.
pub(super) fn address_rule(asked: &Asked<'_>, page: &Page, config: &Config) -> Vec<String> {
    let Some(content) = page.content.as_ref().filter(|content| !content.is_made_up()) else {
        return vec!["the folders and terms that it lists".to_owned()];
    };
    if content.front.url.is_some() {
        return vec![at_line("url", content)];
    }
    let section = page.path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let rule = config.permalinks.iter().find(|rule| {
        rule.kind == page.kind
            && match &rule.target {
                PermalinkTarget::Section(name) => {
                    name == section || name.is_empty() && page.section.is_empty()
                }
                PermalinkTarget::Path(glob) => glob.matches(&page.path),
            }
    });
    let mut said = match rule {
        Some(_) => vec![pattern(asked, page.kind.name(), section)],
        None => vec!["the folders that the file is in".to_owned()],
    };
    if content.front.slug.is_some() && content.written().contains_key("slug") {
        said.push(at_line("slug", content));
    }
    said
}

/// Names the pattern and where it is written, as far as it has a line of its own.
fn pattern(asked: &Asked<'_>, kind: &str, section: &str) -> String {
    let paths = [format!("permalinks.{kind}.{section}"), format!("permalinks.{section}")];
    let set = asked
        .settings
        .iter()
        .find(|setting| paths.iter().any(|path| setting.path.join(".").eq_ignore_ascii_case(path)));
    match set {
        Some(setting) => {
            let value = setting.value.as_str().unwrap_or_default();
            match &setting.origin {
                Origin::File(place) => format!("the pattern `{value}` at {place}"),
                Origin::Switch(_) | Origin::Default => format!("the pattern `{value}`"),
            }
        }
        None => "a pattern of `permalinks` in the configuration".to_owned(),
    }
}

fn at_line(key: &str, content: &Content) -> String {
    match line_of_key(content.text(), key) {
        Some(line) => format!("`{key}` in line {line} of its front matter"),
        None => format!("`{key}` in its front matter, or above it"),
    }
}

/// Finds the line of a key right in the front matter of a text.
fn line_of_key(text: &str, key: &str) -> Option<usize> {
    let mut fences = 0;
    for (index, line) in text.lines().enumerate() {
        let is_fence = matches!(line.trim_end(), "---" | "+++");
        fences += usize::from(is_fence);
        if fences > 1 {
            return None;
        }
        let name = line.trim_start_matches(['"', '\'', '{', ' ']).split([':', '=', '"', '\'', ' ']).next();
        let is_nested = line.starts_with([' ', '\t']) && fences > 0;
        if !is_fence && !is_nested && name.is_some_and(|name| name.eq_ignore_ascii_case(key)) {
            return Some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_in_front_matter_only() {
        for (text, line) in [
            ("---\ntitle: a\nDraft: true\n---\ndraft: x", Some(3)),
            ("+++\n\"draft\" = true\n+++\n", Some(2)),
            ("{\n  \"draft\": true\n}\n", Some(2)),
            ("---\nparams:\n  draft: true\n---\ndraft: true", None),
            ("draft", Some(1)),
        ] {
            assert_eq!(line_of_key(text, "draft"), line, "{text}");
        }
    }
}
