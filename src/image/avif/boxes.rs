//! Walks the boxes of an ISO media file (ISO/IEC 14496-12), which AVIF is one of.
//!
//! Bytes in, numbers out: every read is checked, nothing is copied, and no length in a file is believed before the
//! bytes are there.

use std::io;

use super::malformed;

/// Bytes that are read one number after another, biggest digit first.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    /// Takes the next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> io::Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(|| malformed("a box is too short"))?;
        self.0 = rest;
        Ok(taken)
    }

    /// Takes a number of `count` bytes, of which at most eight count.
    pub(super) fn number(&mut self, count: usize) -> io::Result<u64> {
        Ok(self.take(count)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// Takes a number of 32 bits.
    pub(super) fn u32(&mut self) -> io::Result<u32> {
        Ok(u32::try_from(self.number(4)?).unwrap_or_default())
    }

    /// Takes a number of 16 bits.
    pub(super) fn u16(&mut self) -> io::Result<u16> {
        Ok(u16::try_from(self.number(2)?).unwrap_or_default())
    }

    /// Takes a number of 8 bits.
    pub(super) fn u8(&mut self) -> io::Result<u8> {
        Ok(u8::try_from(self.number(1)?).unwrap_or_default())
    }

    /// Takes what begins a "full box": version and flags.
    pub(super) fn version(&mut self) -> io::Result<(u8, u32)> {
        let both = self.u32()?;
        Ok((both.to_be_bytes()[0], both & 0x00FF_FFFF))
    }

    /// Takes the next box: its name and content; `None` at the end.
    pub(super) fn next_box(&mut self) -> io::Result<Option<([u8; 4], Bytes<'a>)>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let whole = self.0;
        let short = self.u32()?;
        let name = self.take(4)?.first_chunk::<4>().copied().unwrap_or_default();
        let (header, length) = match short {
            // To the end of what surrounds it.
            0 => (8, whole.len()),
            1 => (16, usize::try_from(self.number(8)?).unwrap_or(usize::MAX)),
            _ => (8, usize::try_from(short).unwrap_or(usize::MAX)),
        };
        let length = length.checked_sub(header).ok_or_else(|| malformed("a box is shorter than its name"))?;
        Ok(Some((name, Bytes(self.take(length)?))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_end_where_they_say_or_with_what_surrounds_them() {
        let mut bytes = Bytes(b"\0\0\0\x0Aabcdxy\0\0\0\x01long\0\0\0\0\0\0\0\x11z\0\0\0\0lastrest");
        let mut seen = Vec::new();
        while let Some((name, content)) = bytes.next_box().unwrap() {
            seen.push((name, content.0));
        }
        let expected: [([u8; 4], &[u8]); 3] = [(*b"abcd", b"xy"), (*b"long", b"z"), (*b"last", b"rest")];
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_box_that_is_longer_than_the_file_or_shorter_than_its_name_is_an_error() {
        for bytes in
            [&b"\0\0\0\x0Aabcdx"[..], b"\xFF\xFF\xFF\xFFabcd", b"\0\0\0\x07abcd", b"\0\0\0\x01abcd\0"]
        {
            assert!(Bytes(bytes).next_box().is_err(), "{bytes:?}");
        }
    }
}
