//! Filters that turn a text into another: Markdown, plain words, addresses.

use tera::{Kwargs, State, StringInput, TeraResult, Value};

use crate::markdown;
use crate::text::decode_entities;

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
