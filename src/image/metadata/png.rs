//! PNG: keeps the chunks that decide how the pixels look, and drops texts, times, EXIF and what follows the picture.

use super::{Damaged, Exif, Stripped, array, slice};

/// Chunks that stay beside the critical ones: colour, transparency, resolution and animation (PNG 3rd edition).
const KEPT: [&[u8; 4]; 14] = [
    b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
];

/// Says whether a chunk is needed to show the picture; the first letter of a critical one is a capital.
fn decides_looks(name: &[u8; 4]) -> bool {
    name[0].is_ascii_uppercase() || KEPT.contains(&name)
}

const SIGNATURE_BYTES: usize = 8;

pub(super) fn strip(file: &[u8], keeps_copyright: bool) -> Stripped {
    let mut out = slice(file, 0, SIGNATURE_BYTES)?.to_vec();
    let exif = find_exif(file).and_then(|exif| exif.block_that_stays(keeps_copyright));
    let mut at = SIGNATURE_BYTES;
    loop {
        let (name, chunk) = chunk(file, at)?;
        if decides_looks(&name) {
            out.extend_from_slice(chunk);
        }
        if let (b"IHDR", Some(block)) = (&name, &exif) {
            push_chunk(&mut out, b"eXIf", block);
        }
        if &name == b"IEND" {
            return Ok(out);
        }
        at += chunk.len();
    }
}

/// Returns name and bytes of the chunk at `at`, length and checksum included.
fn chunk(file: &[u8], at: usize) -> Result<([u8; 4], &[u8]), Damaged> {
    let length = u32::from_be_bytes(array(file, at)?);
    let length = usize::try_from(length).map_err(|_| Damaged)?.checked_add(12).ok_or(Damaged)?;
    Ok((array(file, at + 4)?, slice(file, at, length)?))
}

fn find_exif(file: &[u8]) -> Option<Exif> {
    let mut at = SIGNATURE_BYTES;
    loop {
        let (name, chunk) = chunk(file, at).ok()?;
        match &name {
            b"eXIf" => return Some(Exif::read(chunk.get(8..chunk.len() - 4)?)),
            b"IEND" => return None,
            _ => at += chunk.len(),
        }
    }
}

fn push_chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    out.extend(name);
    out.extend(data);
    let mut checksum = crc32fast::Hasher::new();
    checksum.update(name);
    checksum.update(data);
    out.extend(checksum.finalize().to_be_bytes());
}
