//! Filters that turn a text into another: Markdown, plain words, addresses.

use tera::{Kwargs, State, StringInput, TeraResult, Value};

use super::calling_page_id;
use crate::markdown;
use crate::render::context::Shared;
use crate::render::targets;
use crate::render::values::html;
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

/// `markdown(block=)`: turns Markdown into HTML, with links and pictures as in the text of the page.
///
/// A single paragraph loses its `<p>`, unless `block` is true.
pub(super) fn markdown(
    shared: &Shared,
    input: &str,
    arguments: &Kwargs,
    state: &State<'_>,
) -> TeraResult<Value> {
    let rendered = match calling_page_id(shared, state)? {
        Some(id) => targets::render(shared, shared.site.page(id), input).html,
        None => markdown::render(input, &shared.site.config.markdown).html,
    };
    let is_block = arguments.get::<bool>("block")?.unwrap_or(false);
    Ok(html(if is_block { rendered } else { markdown::without_paragraph(rendered) }))
}
