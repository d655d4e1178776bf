//! What a language decides about the words around a text: names of months and days, plural forms, direction, and the
//! words of the theme.
//!
//! Turns a tag, a date, a count or a key into text. Knows no site and no page, and reads no file: the author's words come
//! as texts. Does not translate what the author wrote.

mod docsy;
mod format;
mod names;
mod plural;
mod tag;
mod word;
mod words;

pub use format::{default_layout, format, format_with_time};
pub use names::{direction, native_name};
pub use plural::{Plural, plural};
pub use tag::LanguageTag;
pub use word::{Gap, Word};
pub use words::{BUILTIN_LANGUAGES, WordFile, Words};

#[cfg(test)]
mod tests;
