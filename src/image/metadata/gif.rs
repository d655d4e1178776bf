//! GIF: keeps pictures, their timing, repetition and colour profile, and drops comments and all other data of programs.

use super::{Damaged, Stripped, array, slice};

/// Applications whose data decide how the picture looks or moves.
const KEPT: [&[u8; 11]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

pub(super) fn strip(file: &[u8]) -> Stripped {
    let [flags] = array(file, 10)?;
    let mut at = 13 + palette_bytes(flags);
    let mut out = slice(file, 0, at)?.to_vec();
    loop {
        // Some programs leave out the end.
        if at == file.len() {
            return Ok(out);
        }
        let start = at;
        let [kind] = array(file, at)?;
        let keeps = match kind {
            0x3B => {
                out.push(0x3B);
                return Ok(out);
            }
            0x2C => {
                let [flags] = array(file, at + 9)?;
                // Descriptor, palette, size of the first code; then the codes.
                at = end_of_blocks(file, at + 10 + palette_bytes(flags) + 1)?;
                true
            }
            0x21 => {
                let [label] = array(file, at + 1)?;
                at = end_of_blocks(file, at + 2)?;
                let application = file.get(start + 3..start + 14);
                match label {
                    // How a picture is shown, and text that is drawn into it.
                    0xF9 | 0x01 => true,
                    0xFF => KEPT.iter().any(|kept| application == Some(&kept[..])),
                    _ => false,
                }
            }
            _ => return Err(Damaged),
        };
        if keeps {
            out.extend_from_slice(slice(file, start, at - start)?);
        }
    }
}

fn palette_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Returns where a row of blocks ends; an empty one is the last.
fn end_of_blocks(file: &[u8], at: usize) -> Result<usize, Damaged> {
    let mut at = at;
    loop {
        let [length] = array(file, at)?;
        at += 1 + usize::from(length);
        if length == 0 {
            return Ok(at);
        }
    }
}
