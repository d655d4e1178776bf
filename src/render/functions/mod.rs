//! Functions and filters that templates can call.
//!
//! They look things up in the finished site and return facts. Their one effect is to note pictures and diagnostics.

mod addresses;
mod arguments;
mod assets;
mod code;
mod files;
mod metadata;
mod params;
mod pictures;
mod qr;
mod sharing;
mod texts;

use std::sync::Arc;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::context::Shared;
use crate::diag::Location;
use crate::site::{Page, PageId};
use crate::text::urlize;

pub(super) use assets::Assets;
pub use pictures::PLACEHOLDER_SIZE;

use texts::caption_text;

/// Names of our functions, for suggestions.
pub(super) const FUNCTIONS: &[&str] = &[
    "image",
    "photo",
    "related",
    "resource",
    "asset",
    "stylesheet",
    "script",
    "integrity",
    "rel_url",
    "abs_url",
    "ref",
    "relref",
    "param",
    "read_file",
    "highlight",
    "qr",
    "fail",
    "flag",
    "choice",
    "picture",
    "icon",
    "embed",
    "file",
    "gallery",
    "enlarged",
    "person",
    "sharing_picture",
    "json_ld",
];

/// Names of our filters, and of the engine's that authors use most, for suggestions.
pub(super) const FILTERS: &[&str] = &[
    "date",
    "urlize",
    "plainify",
    "markdown",
    "link_target",
    "replace_first",
    "safe",
    "escape",
    "upper",
    "lower",
    "title",
    "capitalize",
    "trim",
    "replace",
    "truncate",
    "default",
    "length",
    "first",
    "last",
    "join",
    "split",
    "reverse",
    "sort",
    "slice",
    "map",
    "filter",
    "group_by",
    "round",
    "striptags",
];

/// Registers everything under the names that the manual lists.
pub(super) fn register(tera: &mut Tera, shared: &Arc<Shared>) {
    super::icons::register(tera, shared);
    super::embeds::register(tera, shared);
    super::conference::register(tera, shared);
    let with = |function: fn(&Shared, &Kwargs, &State<'_>) -> TeraResult<Value>| {
        let shared = Arc::clone(shared);
        move |arguments: Kwargs, state: &State<'_>| function(&shared, &arguments, state)
    };
    tera.register_function("image", with(pictures::image));
    tera.register_function("photo", with(pictures::photo));
    tera.register_function("resource", with(pictures::resource));
    tera.register_function("picture", with(pictures::picture));
    tera.register_function("sharing_picture", with(sharing::sharing_picture));
    tera.register_function("json_ld", with(metadata::json_ld));
    tera.register_function("asset", with(assets::asset));
    tera.register_function("stylesheet", with(assets::stylesheet));
    tera.register_function("integrity", with(assets::integrity_of));
    tera.register_function("script", with(assets::script));
    tera.register_function("rel_url", with(addresses::rel_url));
    tera.register_function("abs_url", with(addresses::abs_url));
    tera.register_function("ref", with(addresses::absolute_ref));
    tera.register_function("relref", with(addresses::relative_ref));
    tera.register_function("param", with(params::param));
    tera.register_function("read_file", with(files::read_file));
    tera.register_function("highlight", with(code::highlight));
    tera.register_function("qr", with(qr::qr));
    tera.register_function("fail", with(arguments::fail));
    tera.register_function("flag", with(arguments::flag));
    tera.register_function("choice", with(arguments::choice));
    tera.register_function("related", with(super::related::related));
    let rules = shared.site.config.path_rules;
    tera.register_filter("urlize", move |input: StringInput<'_>, _: Kwargs, _: &State<'_>| {
        urlize(input.as_str(), rules)
    });
    tera.register_filter("plainify", |input: StringInput<'_>, _: Kwargs, _: &State<'_>| {
        caption_text(input.as_str())
    });
    tera.register_filter("link_target", texts::link_target);
    tera.register_filter("replace_first", texts::replace_first);
    let for_markdown = Arc::clone(shared);
    tera.register_filter(
        "markdown",
        move |input: StringInput<'_>, arguments: Kwargs, state: &State<'_>| -> TeraResult<Value> {
            texts::markdown(&for_markdown, input.as_str(), &arguments, state)
        },
    );
}

pub(super) fn calling_page<'a>(shared: &'a Shared, state: &State<'_>) -> TeraResult<&'a Page> {
    calling_page_id(shared, state)?
        .map(|id| shared.site.page(id))
        .ok_or_else(|| Error::message("this function can be called in pages and shortcodes only"))
}

/// The page whose template or shortcode calls; none for the page of addresses that are not there.
pub(super) fn calling_page_id(shared: &Shared, state: &State<'_>) -> TeraResult<Option<PageId>> {
    let index = state.get::<usize>("page_index")?;
    Ok(index.and_then(|index| shared.site.id(index)))
}

/// The place of the shortcode that is rendered; the document where a page template calls.
pub(super) fn place(state: &State<'_>) -> TeraResult<Location> {
    let path = state.get::<String>("source_path")?.unwrap_or_default();
    Ok(match (state.get::<usize>("source_line")?, state.get::<usize>("source_column")?) {
        (Some(line), Some(column)) => Location::position(path, line, column),
        _ => Location::file(path),
    })
}

/// Renders a line of Markdown in the language of a configuration.
pub(super) fn rendered_inline(source: &str, config: &crate::config::Config) -> String {
    crate::markdown::render_inline(source, &config.markdown)
}
