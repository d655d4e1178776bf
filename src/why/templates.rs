//! Finds the templates that a page is made with: its own, those that this one extends and includes, and its shortcodes'.

use std::collections::BTreeSet;

use super::Asked;
use crate::render::template_for;
use crate::site::Page;
use crate::source::TEMPLATES;
use crate::theme::{DEFAULT_PREFIX, Theme};

/// Returns the templates of a page: first its own, then what that uses, then shortcodes; built-in ones are marked.
pub(super) fn templates_of(asked: &Asked<'_>, page: &Page) -> Vec<String> {
    let theme = Theme::of(asked.templates, &[]);
    let first = template_for(page, &|name| text_of(asked, &theme, name).is_some());
    let mut found: Vec<String> = Vec::new();
    let mut waiting = vec![first];
    let body = page.content.as_ref().map(|content| content.body()).unwrap_or_default();
    let shortcodes: BTreeSet<String> = called(body).map(|name| format!("shortcodes/{name}.html")).collect();
    waiting.extend(shortcodes);
    while !waiting.is_empty() {
        let name = waiting.remove(0);
        let Some((text, shown)) = text_of(asked, &theme, &name) else { continue };
        if !found.contains(&shown) {
            waiting.extend(named(&text));
            found.push(shown);
        }
    }
    found
}

/// Returns a template's text, and how it is told.
fn text_of(asked: &Asked<'_>, theme: &Theme<'_>, name: &str) -> Option<(String, String)> {
    let own = asked.templates.iter().find(|file| file.name == name);
    if let Some(file) = own {
        return Some((file.text.clone(), file.source.to_string()));
    }
    let name = name.strip_prefix(DEFAULT_PREFIX).unwrap_or(name);
    let builtin = theme.builtin_templates.iter().find(|file| file.name == name)?;
    let text = String::from_utf8_lossy(builtin.bytes).into_owned();
    Some((text, format!("{TEMPLATES}/{name} (built in)")))
}

/// Returns the names that a template extends or includes.
fn named(text: &str) -> impl Iterator<Item = String> {
    let tags = text.split("{%").skip(1).filter_map(|rest| rest.split("%}").next());
    tags.filter_map(|tag| {
        let tag = tag.trim_start_matches('-').trim_start();
        let rest = ["extends", "include"].iter().find_map(|word| tag.strip_prefix(word))?;
        let quote = rest.find(['"', '\''])?;
        let inside = rest.get(quote + 1..)?;
        Some(inside.split(['"', '\'']).next()?.to_owned())
    })
}

/// Returns the shortcodes that a text calls, lower case; those that are only shown are none.
fn called(body: &str) -> impl Iterator<Item = String> {
    body.split("{{").skip(1).filter_map(|rest| {
        let inside = rest.strip_prefix(['<', '%'])?.trim_start();
        let name: String = inside
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'))
            .collect();
        let name = name.trim_end_matches('/').to_lowercase();
        (!name.is_empty() && !name.starts_with('/')).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_and_includes_are_found() {
        let body =
            "{{< imgproc a >}}{{< /imgproc >}} {{% Alert %}} {{</* shown */>}} {{ x }} {{< blocks/lead />}}";
        assert_eq!(called(body).collect::<Vec<_>>(), ["imgproc", "alert", "blocks/lead"]);
        let template = "{% extends \"default/page.html\" %}{%- include 'partials/a.html' %}{% if x %}";
        assert_eq!(named(template).collect::<Vec<_>>(), ["default/page.html", "partials/a.html"]);
    }
}
