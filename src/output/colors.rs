//! Puts the mean colours of photos into pages, once the photos are made.
//!
//! A page is rendered before any pixel is known, so it has a mark where the colour will stand. A colour is kept in the
//! cache beside its picture: pages that are written again need no pixels.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;
use rayon::prelude::*;

use super::Outputs;
use crate::cache::{self, Cache};
use crate::digest::{Digest, Digester};
use crate::image;

/// Opens a mark; 32 hex digits follow, the key of a picture. No author types this character.
const MARK: &str = "\u{FDE0}";

/// Hex digits of a key.
const KEY_DIGITS: usize = 32;

/// What stands for the colour of a picture that could not be made.
const NEUTRAL: [u8; 3] = [0x80; 3];

/// Returns what stands in a page for the six hex digits of the mean colour of a picture, by the picture's key.
pub fn color_mark(picture: Digest) -> String {
    format!("{MARK}{picture}")
}

/// Replaces all marks by colours; the pictures have been made.
pub fn fill_colors(outputs: &mut Outputs, cache: &Cache) {
    let mut texts: Vec<&mut Cow<'static, [u8]>> = outputs.texts_mut().collect();
    texts.retain(|bytes| memmem::find(bytes, MARK.as_bytes()).is_some());
    let keys: BTreeSet<Digest> = texts.iter().flat_map(|bytes| keys(bytes)).collect();
    let colors: BTreeMap<Digest, [u8; 3]> =
        keys.into_par_iter().map(|key| (key, color(key, cache).unwrap_or(NEUTRAL))).collect();
    texts.into_par_iter().for_each(|bytes| *bytes = Cow::Owned(filled(bytes, &colors)));
}

/// Returns the keys of all marks in a text.
fn keys(bytes: &[u8]) -> Vec<Digest> {
    memmem::find_iter(bytes, MARK.as_bytes()).filter_map(|at| key_at(bytes, at)).collect()
}

fn key_at(bytes: &[u8], at: usize) -> Option<Digest> {
    let start = at + MARK.len();
    Digest::parse(std::str::from_utf8(bytes.get(start..start + KEY_DIGITS)?).ok()?)
}

fn filled(bytes: &[u8], colors: &BTreeMap<Digest, [u8; 3]>) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut copied = 0;
    for at in memmem::find_iter(bytes, MARK.as_bytes()) {
        let Some([r, g, b]) = key_at(bytes, at).and_then(|key| colors.get(&key)) else { continue };
        out.extend_from_slice(bytes.get(copied..at).unwrap_or_default());
        out.extend_from_slice(format!("{r:02x}{g:02x}{b:02x}").as_bytes());
        copied = at + MARK.len() + KEY_DIGITS;
    }
    out.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    out
}

/// Returns the mean colour of a picture in the cache; `None` where the picture is not there.
fn color(key: Digest, cache: &Cache) -> Option<[u8; 3]> {
    let known = cache.picture(Digester::new().text("mean color").text(&key.to_string()).finish());
    if let Some(color) = cache::find(&known).ok().flatten().and_then(|bytes| bytes.try_into().ok()) {
        return Some(color);
    }
    let color = image::mean_color(&cache::find(&cache.picture(key)).ok()??)?;
    // A colour that cannot be kept is worked out anew the next time.
    let _ = cache::put(&known, &color);
    Some(color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_colors_and_all_else_stays() {
        let key = Digest::of(b"photo");
        let text = format!("é <img data-color=\"#{}\"> {MARK}no key {MARK}", color_mark(key));
        assert_eq!(keys(text.as_bytes()), [key]);
        let made = filled(text.as_bytes(), &BTreeMap::from([(key, [1, 0xAB, 255])]));
        let expected = format!("é <img data-color=\"#01abff\"> {MARK}no key {MARK}");
        assert_eq!(String::from_utf8(made).unwrap(), expected);
    }
}
