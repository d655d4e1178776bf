//! Functions for the shortcodes of films, posts, files and photos: `embed`, `file`, `gallery`, `enlarged` and `person`.
//!
//! They return facts, and note what an author got wrong at the shortcode's place. What readers see is the templates'
//! business; nothing of another site is ever part of a page before a reader asks for it.

mod files;
mod gallery;
mod services;

use std::sync::Arc;

use tera::{Error, Kwargs, Map, State, StringInput, Tera, TeraResult, Value};

use super::context::Shared;
use super::functions::{calling_page_id, place};
use super::targets;
use super::values::{html, map, optional_text, text};
use super::words;
use crate::diag::Diagnostic;
use crate::markdown;
use crate::site::Kind;
use crate::text::urlize;
use services::Embed;

pub(super) use gallery::{GalleryPhoto, Sorting, Thumbnails, photos as gallery_photos};

/// Registers the functions, and the filter `blocks`.
pub(super) fn register(tera: &mut Tera, shared: &Arc<Shared>) {
    let with = |function: fn(&Shared, &Kwargs, &State<'_>) -> TeraResult<Value>| {
        let shared = Arc::clone(shared);
        move |arguments: Kwargs, state: &State<'_>| function(&shared, &arguments, state)
    };
    tera.register_function("embed", with(embed));
    tera.register_function("file", with(files::file));
    tera.register_function("gallery", with(gallery::gallery));
    tera.register_function("enlarged", with(gallery::enlarged));
    tera.register_function("person", with(person));
    let shared = Arc::clone(shared);
    tera.register_filter("blocks", move |input: StringInput<'_>, _: Kwargs, state: &State<'_>| {
        blocks(&shared, input.as_str(), state)
    });
}

/// `blocks`: makes Markdown of the text between the tags, which in `{{< >}}` is nobody else's.
///
/// Where the site allows no HTML in texts, that of shortcodes within is left out, too, as Hugo's `markdownify` does; it
/// is told.
fn blocks(shared: &Shared, source: &str, state: &State<'_>) -> TeraResult<Value> {
    let text = outdented(source);
    let rendered = match calling_page_id(shared, state)? {
        Some(id) => targets::render(shared, shared.site.page(id), &text),
        None => markdown::render(&text, &shared.site.config.markdown),
    };
    if rendered.raw_html_omitted.is_some() {
        let problem = Diagnostic::warning("raw-html", "HTML between these tags was left out").hint(
            "set `markup.goldmark.renderer.unsafe: true` in the configuration if you trust all authors",
        );
        shared.note(problem.at(place(state)?));
    }
    Ok(html(rendered.html))
}

/// Returns an argument as text, whatever it was written as; none where it is missing or empty.
fn argument(arguments: &Kwargs, name: &str) -> TeraResult<Option<String>> {
    let value = arguments.get::<Value>(name)?.filter(|value| !value.is_none() && !value.is_undefined());
    Ok(value.map(|value| value.to_string()).filter(|text| !text.trim().is_empty()))
}

/// Looks a name up in the named arguments of a shortcode, without regard to case.
fn option(named: &Map, wanted: &str) -> Option<String> {
    let same = |key: &str| key.eq_ignore_ascii_case(wanted);
    let found = named.iter().find(|(key, _)| key.as_str().is_some_and(same));
    found.map(|(_, value)| value.to_string()).filter(|text| !text.is_empty())
}

/// `embed(service=, id=, named=)` or `embed(url=, named=)`: something on another site.
///
/// Returns `url`, `frame`, `service`, `host`, `kind`, `icon` and `title`. Without an id it is an error of the author's,
/// and `none`.
fn embed(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let named = arguments.get::<Map>("named")?.unwrap_or_default();
    let options = |name: &str| option(&named, name);
    let (service, id) = (argument(arguments, "service")?, argument(arguments, "id")?);
    let found = match (&service, &id, argument(arguments, "url")?) {
        (_, _, Some(url)) if services::is_address(&url) => Some(Embed::of_url(&url, &options)),
        (Some(service), Some(id), _) => Embed::of_service(service, id, &options),
        _ => None,
    };
    let Some(embed) = found else {
        let name = state.get::<String>("name")?.unwrap_or_else(|| "embed".to_owned());
        let problem =
            Diagnostic::error("embed-arguments", format!("`{name}` does not say what it should show"))
                .hint("give it the id, or the whole address, of what is on the other site");
        shared.note(problem.at(place(state)?));
        return Ok(Value::none());
    };
    let title = options("title").or(argument(arguments, "title")?);
    let title = match title {
        Some(title) => title,
        None => default_title(&embed, |key, name| words::said(shared, state, key, name))?,
    };
    Ok(map([
        ("title", text(title)),
        ("host", text(host(&embed.url))),
        ("url", text(&embed.url)),
        ("frame", optional_text(embed.frame.as_ref())),
        ("service", text(&embed.service)),
        ("kind", text(embed.kind)),
        ("icon", text(embed.icon)),
    ]))
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest).trim_start_matches("www.")
}

/// Returns what a link says of itself: what to do there, or its address.
///
/// `said` returns a word in the language of the page with a name in it.
fn default_title(embed: &Embed, said: impl Fn(&str, &str) -> TeraResult<String>) -> TeraResult<String> {
    let key = match embed.kind {
        "video" | "recording" => "watch_on",
        "audio" => "listen_on",
        "slides" | "post" | "code" | "photos" => "view_on",
        _ => return Ok(embed.url.split_once("://").map_or(embed.url.clone(), |(_, rest)| rest.to_owned())),
    };
    said(key, &embed.service)
}

/// `person(id=)`: the page of a speaker, by title, path or term; `none` where the site has none.
fn person(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let Some(name) = argument(arguments, "id")? else {
        return Err(Error::message("`person` needs an `id`"));
    };
    let site = &shared.site;
    let wanted = urlize(&name, site.config.path_rules);
    let is_of_people =
        |section: &str| ["speakers", "speaker", "people", "authors", "team"].contains(&section);
    let found = site.pages.iter().find(|page| {
        let last = page.route.as_str().trim_matches('/').rsplit('/').next().unwrap_or_default();
        let is_page = matches!(page.kind, Kind::Page | Kind::Term) && page.is_rendered();
        is_page && is_of_people(&page.section) && (last == wanted || page.title == name)
    });
    Ok(found.map_or_else(Value::none, |page| {
        map([("title", text(&page.title)), ("url", text(site.config.base_url.relative(&page.route)))])
    }))
}

/// Takes away the blanks that all lines begin with: a text between tags is often indented as its tags are.
fn outdented(source: &str) -> String {
    let is_blank = [' ', '\t'];
    // What follows the tag on its line has no indent of its own.
    let source = source.trim_start_matches(is_blank);
    let width = |line: &str| line.len() - line.trim_start_matches(is_blank).len();
    let indent =
        source.lines().skip(1).filter(|line| !line.trim().is_empty()).map(width).min().unwrap_or_default();
    let cut = |line: &str| line.get(indent.min(width(line))..).unwrap_or_default().to_owned();
    source.lines().map(cut).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_between_tags_loses_the_indent_of_its_lines() {
        let cases = [
            ("\n    a\n    b\n", "\na\nb"),
            ("\n  a\n\n    b\n", "\na\n\n  b"),
            ("a\n  b\n  c", "a\nb\nc"),
            ("  a", "a"),
            ("\r\n\ta\r\n\tb", "\na\nb"),
            ("", ""),
        ];
        for (source, wanted) in cases {
            assert_eq!(outdented(source), wanted, "{source:?}");
        }
    }

    #[test]
    fn titles_say_what_it_is_and_where() {
        let title = |url: &str| {
            default_title(&Embed::of_url(url, &|_| None), |key, name| Ok(format!("{key} {name}"))).unwrap()
        };
        assert_eq!(title("https://youtu.be/a"), "watch_on YouTube");
        assert_eq!(title("https://x.com/a/status/1"), "view_on X");
        assert_eq!(title("https://example.org/a"), "example.org/a");
    }
}
