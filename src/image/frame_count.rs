//! Counts the frames of an animation without decoding any of them.
//!
//! Walks the blocks of a GIF and the chunks of a WebP, which takes a millisecond a million, so that a file of
//! countless tiny frames is refused before it costs anything.

use super::format::Format;

/// Returns the number of frames, at most `most`; a file that is cut off has those that begin in it.
pub(super) fn count_frames(source: &[u8], format: Format, most: u32) -> u32 {
    let mut frames = 0;
    let count = |frames: &mut u32| {
        *frames += 1;
        *frames < most
    };
    match format {
        Format::Gif => walk_gif(source, &mut || count(&mut frames)),
        Format::Webp => walk_webp(source, &mut || count(&mut frames)),
        _ => None,
    };
    frames
}

/// Calls `found` for every image of a GIF until it says no; `None` at the end of the file.
fn walk_gif(source: &[u8], found: &mut dyn FnMut() -> bool) -> Option<()> {
    let palette = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3_usize << ((flags & 7) + 1) };
    let mut rest = source.get(13 + palette(*source.get(10)?)..)?;
    loop {
        match rest {
            // An extension: label, sub-blocks.
            [0x21, _, blocks @ ..] => rest = after_blocks(blocks)?,
            // An image: place and size, flags, its own palette, code size, sub-blocks.
            [0x2C, _, _, _, _, _, _, _, _, flags, _, ..] => {
                if !found() {
                    return None;
                }
                rest = after_blocks(rest.get(11 + palette(*flags)..)?)?;
            }
            // What lies between blocks is skipped by decoders too.
            [0x3B, ..] | [] => return None,
            [_, behind @ ..] => rest = behind,
        }
    }
}

fn after_blocks(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        match rest {
            [0, behind @ ..] => return Some(behind),
            [length, behind @ ..] => rest = behind.get(usize::from(*length)..)?,
            [] => return None,
        }
    }
}

/// Calls `found` for every frame of a WebP until it says no; `None` at the end of the file.
fn walk_webp(source: &[u8], found: &mut dyn FnMut() -> bool) -> Option<()> {
    let mut rest = source.get(12..)?;
    loop {
        let (header, behind) = rest.split_at_checked(8)?;
        if header.starts_with(b"ANMF") && !found() {
            return None;
        }
        let length = u32::from_le_bytes(*header.last_chunk::<4>()?) as usize;
        rest = behind.get(length.checked_add(length & 1)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::test_pictures::{animated_gif, animated_webp, encoded, photo};

    #[test]
    fn frames_are_counted_up_to_the_most() {
        let table = [
            (animated_gif(12, 8, 5), Format::Gif, 5),
            (animated_webp(12, 8, 5), Format::Webp, 5),
            (encoded(&photo(9, 9), Format::Gif), Format::Gif, 1),
            (encoded(&photo(9, 9), Format::Webp), Format::Webp, 0),
        ];
        for (file, format, frames) in table {
            assert_eq!(count_frames(&file, format, 100), frames, "{format:?}");
            assert_eq!(count_frames(&file, format, 3), frames.min(3), "{format:?}");
            for end in 0..file.len() {
                assert!(count_frames(&file[..end], format, 100) <= frames, "{format:?} cut to {end}");
            }
        }
    }
}
