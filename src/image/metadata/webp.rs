//! WebP: keeps pixels, transparency, animation and colour profile, and drops all other chunks (RFC 9649).

use super::{Damaged, Exif, Stripped, array, slice};

const KEPT: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// In the flags of `VP8X`: EXIF, XMP.
const EXIF_FLAG: u8 = 0x08;
const XMP_FLAG: u8 = 0x04;

pub(super) fn strip(file: &[u8], keeps_copyright: bool) -> Stripped {
    let stated = u32::from_le_bytes(array(file, 4)?);
    let end = usize::try_from(stated).map_err(|_| Damaged)?.checked_add(8).ok_or(Damaged)?.min(file.len());
    let mut out = slice(file, 0, 12)?.to_vec();
    let mut exif = None;
    let mut at = 12;
    while at + 8 <= end {
        let name: [u8; 4] = array(file, at)?;
        let length = usize::try_from(u32::from_le_bytes(array(file, at + 4)?)).map_err(|_| Damaged)?;
        let padded = length.checked_add(length & 1).ok_or(Damaged)?;
        // Some programs leave out the byte that makes the last chunk even.
        let data = slice(file, at + 8, length)?;
        if KEPT.contains(&&name) {
            push_chunk(&mut out, &name, data);
        } else if &name == b"EXIF" {
            exif = Exif::read(data).block_that_stays(keeps_copyright);
        }
        at = at.checked_add(8 + padded).ok_or(Damaged)?;
    }
    // Only an extended file announces metadata, so only there is any that could stay.
    let is_extended = out.get(12..16) == Some(b"VP8X");
    if let (true, Some(block)) = (is_extended, &exif) {
        push_chunk(&mut out, b"EXIF", block);
    }
    if let (true, Some(flags)) = (is_extended, out.get_mut(20)) {
        *flags &= !(EXIF_FLAG | XMP_FLAG);
        *flags |= if exif.is_some() { EXIF_FLAG } else { 0 };
    }
    let length = u32::try_from(out.len() - 8).map_err(|_| Damaged)?;
    out.get_mut(4..8).ok_or(Damaged)?.copy_from_slice(&length.to_le_bytes());
    Ok(out)
}

fn push_chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend(name);
    out.extend((data.len() as u32).to_le_bytes());
    out.extend(data);
    if !data.len().is_multiple_of(2) {
        out.push(0);
    }
}
