//! A stable name for some bytes: [`Digest`], the key of the cache and of what was written.
//!
//! The same bytes have the same digest on every machine and in every version of the program. It is no secret and
//! proves nothing about who wrote the bytes.

use std::fmt;
use std::io::{self, Read};

/// 128 bits of BLAKE3: enough that two photos never share one by accident.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 16]);

impl Digest {
    /// Returns the digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Digester::new().bytes(bytes).finish()
    }

    /// Reads the 32 hex digits that [`fmt::Display`] writes; anything else is `None`.
    pub fn parse(hex: &str) -> Option<Self> {
        if hex.len() != 32 || !hex.is_ascii() {
            return None;
        }
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// Returns the first 16 hex digits, for file names that people see.
    pub fn short(&self) -> String {
        self.to_string()[..16].to_owned()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Digests several values in order, each with its length, so that `ab`+`c` differs from `a`+`bc`.
#[derive(Debug, Default)]
pub struct Digester(blake3::Hasher);

impl Digester {
    /// Starts with nothing.
    pub fn new() -> Self {
        Self(blake3::Hasher::new())
    }

    /// Adds some bytes.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds `length` bytes as a reader gives them, without holding them all.
    ///
    /// # Errors
    /// The reader fails.
    pub fn reader(mut self, reader: impl Read, length: u64) -> io::Result<Self> {
        self.0.update(&length.to_le_bytes());
        self.0.update_reader(reader)?;
        Ok(self)
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    /// Adds a number.
    #[must_use]
    pub fn number(self, number: u64) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    /// Returns the digest of all that was added.
    pub fn finish(self) -> Digest {
        let mut short = [0; 16];
        short.copy_from_slice(&self.0.finalize().as_bytes()[..16]);
        Digest(short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_survives_being_written_and_read() {
        let digest = Digest::of(b"wasm.io.jpg");
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(Digest::parse("xyz"), None);
        assert_eq!(Digest::parse(&"é".repeat(16)), None);
    }

    #[test]
    fn a_reader_counts_as_its_bytes() {
        let bytes = [7; 100_000];
        let read = Digester::new().reader(&bytes[..], 100_000).unwrap().finish();
        assert_eq!(read, Digest::of(&bytes));
    }

    #[test]
    fn where_a_value_ends_is_part_of_the_digest() {
        let split = |a: &str, b: &str| Digester::new().text(a).text(b).finish();
        assert_ne!(split("ab", "c"), split("a", "bc"));
    }
}
