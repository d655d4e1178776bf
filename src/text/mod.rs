//! Turns titles, names and terms into the words that addresses and markup are made of.
//!
//! Pure functions on text: paths and URLs, title case, cutting at a word, escaping. They know nothing
//! about pages, routes or the configuration. Heading ids follow other rules and live with the Markdown.

mod amount;
mod casing;
mod fold;
mod markup;
mod path;
mod plural;

pub use amount::{bytes_in_words, parse_age, parse_bytes};
pub use casing::{TitleStyle, lower, title_case};
pub use fold::fold;
pub use markup::{decode_entities, entity, escape_html, escape_xml, truncate_words};
pub use path::{
    PathRules, clean_path, encode_path, finish_path, sanitize_path, slug_slug, slug_word, term_slug,
    title_slug, title_word, urlize,
};
pub(crate) use path::{cased, decode_path};
pub use plural::pluralize;
