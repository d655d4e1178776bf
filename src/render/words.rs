//! What templates ask of the language of a page: words, dates, direction.
//!
//! The language is that of the page that is rendered, else the site's. Nothing here looks at the site's pages.

use std::sync::Arc;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::context::Shared;
use super::values::{optional_text, text};
use crate::config::{Config, date_layout};
use crate::date;
use crate::language::{self, LanguageTag};

/// Names of the functions, for suggestions.
pub(super) const FUNCTIONS: &[&str] = &["t", "direction", "language_name", "hreflang"];

/// Registers everything under the names that the manual lists.
pub(super) fn register(tera: &mut Tera, shared: &Arc<Shared>) {
    let with = |function: fn(&Shared, &Kwargs, &State<'_>) -> TeraResult<Value>| {
        let shared = Arc::clone(shared);
        move |arguments: Kwargs, state: &State<'_>| function(&shared, &arguments, state)
    };
    tera.register_function("t", with(word));
    tera.register_function("direction", with(direction));
    tera.register_function("language_name", with(language_name));
    tera.register_function("hreflang", with(hreflang));
    let for_dates = Arc::clone(shared);
    tera.register_filter("date", move |input: StringInput<'_>, arguments: Kwargs, state: &State<'_>| {
        format_date(&for_dates, input.as_str(), &arguments, state)
    });
}

/// `t(key=, count=, …)`: a word of the theme or of the site in the language of the page.
///
/// `count` chooses the plural form; every other argument fills the gap of its name: `t(key="page_number", number=2)`.
fn word(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let key: String = arguments.must_get("key")?;
    let count = arguments.get::<u64>("count")?;
    let value = |name: &str| arguments.get::<Value>(name).ok().flatten().map(|value| value.to_string());
    let written = config(shared, state)?.words.text(&tag(shared, state)?, &key, count, value);
    written.map(text).map_err(Error::message)
}

/// Returns a word in the language of the page, with a name in its gap.
///
/// # Errors
/// There is no such word.
pub(super) fn said(shared: &Shared, state: &State<'_>, key: &str, name: &str) -> TeraResult<String> {
    let value = |gap: &str| (gap == "name").then(|| name.to_owned());
    let written = config(shared, state)?.words.text(&tag(shared, state)?, key, None, value);
    written.map_err(Error::message)
}

/// Returns a word without gaps in the language of a configuration; nothing where there is none.
pub(super) fn said_in(config: &Config, key: &str) -> String {
    let tag = LanguageTag::new(&config.language.tag);
    config.words.text(&tag, key, None, |_| None).unwrap_or_default()
}

/// `direction()`: `rtl` or `ltr`, for the language of the page or another one (`language=`).
fn direction(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    if arguments.get::<String>("language")?.is_none()
        && let Some(is_rtl) = config(shared, state)?.language.is_rtl
    {
        return Ok(text(if is_rtl { "rtl" } else { "ltr" }));
    }
    Ok(text(language::direction(&wanted_tag(shared, arguments, state)?)))
}

/// `language_name()`: the name of a language in itself, `Français`; `none` where it is not known.
fn language_name(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    Ok(optional_text(language::native_name(&wanted_tag(shared, arguments, state)?)))
}

/// `hreflang()`: the tag of a language as `lang` and `hreflang` want it: `pt-BR`.
fn hreflang(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    Ok(text(wanted_tag(shared, arguments, state)?.to_string()))
}

/// `date(format=, with_time=)`: writes an RFC 3339 date in a Go layout, with the names of the page's language.
///
/// Without a layout, that of the parameters `time_format_blog` and `time_format_default` (Docsy's), else the language's own.
fn format_date(shared: &Shared, input: &str, arguments: &Kwargs, state: &State<'_>) -> TeraResult<String> {
    let Some(date) = date::parse(input, &jiff::tz::TimeZone::UTC) else {
        return Err(Error::message(format!("`{input}` is no date")));
    };
    let tag = tag(shared, state)?;
    let Some(layout) = arguments.get::<String>("format")? else {
        let layout = own_layout(config(shared, state)?).unwrap_or_else(|| language::default_layout(&tag));
        let with_time = arguments.get::<bool>("with_time")?.unwrap_or(false);
        let write = if with_time { language::format_with_time } else { language::format };
        return Ok(write(layout, &date, &tag));
    };
    if let Some(problem) = date::check_layout(&layout) {
        shared.note(date_layout(&layout, &problem));
    }
    Ok(language::format(&layout, &date, &tag))
}

/// Writes a date as templates do that name no layout.
pub(super) fn written_date(config: &Config, date: &jiff::Zoned) -> String {
    let tag = LanguageTag::new(&config.language.tag);
    language::format(own_layout(config).unwrap_or_else(|| language::default_layout(&tag)), date, &tag)
}

/// Returns the layout that the site's parameters ask for.
fn own_layout(config: &Config) -> Option<&str> {
    let layouts = ["time_format_blog", "time_format_default"].into_iter();
    let mut written = layouts.filter_map(|key| config.params.get(key)?.as_str());
    written.find(|layout| !layout.is_empty())
}

fn wanted_tag(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<LanguageTag> {
    match arguments.get::<String>("language")? {
        Some(language) => Ok(LanguageTag::new(&language)),
        None => tag(shared, state),
    }
}

/// Returns the configuration in the language of what is rendered.
fn config<'a>(shared: &'a Shared, state: &State<'_>) -> TeraResult<&'a Config> {
    let site = shared.site.as_ref();
    let index = state.get::<usize>("language_index")?;
    let language = index.and_then(|index| site.languages.get(index));
    Ok(language.map_or(site.config.as_ref(), |language| language.config.as_ref()))
}

/// Returns the language of what is rendered.
fn tag(shared: &Shared, state: &State<'_>) -> TeraResult<LanguageTag> {
    let language = state.get::<String>("language")?;
    Ok(LanguageTag::new(language.as_deref().unwrap_or(&shared.site.config.language.tag)))
}
