//! Numbers that look random and are the same on every machine: [`Random`].
//!
//! SplitMix64 (Steele, Lea, Flood 2014): three lines, good enough to choose words, no dependency to change
//! under us.

use std::ops::RangeInclusive;

/// A stream of numbers that its seed decides.
pub(crate) struct Random(u64);

impl Random {
    /// Starts the stream of `seed`; streams of neighbouring seeds have nothing in common.
    pub(crate) fn new(seed: u64) -> Self {
        Self(mix(seed.wrapping_add(GAMMA)))
    }

    /// Returns the next number, any of 64 bits.
    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        mix(self.0)
    }

    /// Returns a number of `range`.
    pub(crate) fn within(&mut self, range: RangeInclusive<usize>) -> usize {
        let count = (range.end() - range.start() + 1) as u64;
        range.start() + (self.number() % count) as usize
    }

    /// Says yes in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.number() % 100 < percent
    }

    /// Picks one of `choices`, of which there is at least one.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.within(0..=choices.len() - 1)]
    }
}

/// The step of SplitMix64, 2^64 divided by the golden ratio.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
