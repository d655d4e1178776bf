//! Filters that turn a text into another: dates, Markdown, plain words.

use tera::{Error, Kwargs, State, StringInput, TeraResult, Value};

use crate::date;
use crate::markdown;
use crate::text::decode_entities;

/// `date(format=)`: writes an RFC 3339 date in a Go layout, Hugo's own way.
pub(super) fn format_date(input: StringInput<'_>, arguments: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let layout = arguments.get::<String>("format")?.unwrap_or_else(|| "2 January 2006".to_owned());
    match date::parse(input.as_str(), &jiff::tz::TimeZone::UTC) {
        Some(date) => Ok(date::format_go(&layout, &date)),
        None => Err(Error::message(format!("`{}` is no date", input.as_str()))),
    }
}

/// A caption may hold HTML; as alternative text it is its words.
pub(super) fn caption_text(caption: &str) -> String {
    let plain = markdown::plain(caption);
    decode_entities(&plain).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `link_target`: an address that may stand in `href`; empty where it would run a script.
pub(super) fn link_target(input: StringInput<'_>, _: Kwargs, _: &State<'_>) -> String {
    let address = input.as_str().trim();
    if markdown::is_dangerous(address) { String::new() } else { address.to_owned() }
}

/// `replace_first(from=, to=)`: replaces the first of several equal pieces; what is HTML stays HTML.
pub(super) fn replace_first(input: StringInput<'_>, arguments: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let (from, to) = (arguments.must_get::<&str>("from")?, arguments.must_get::<&str>("to")?);
    Ok(input.inherit_safety(input.as_str().replacen(from, to, 1)))
}
