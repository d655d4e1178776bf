//! Breaks a title into lines and chooses its size: [`Paragraph`].
//!
//! Arithmetic on widths in units of the font size. Where a line may end is Unicode's rule (UAX 14, with kinsoku), how many
//! lines and sizes there are is the card's.

use std::ops::Range;

use unicode_linebreak::linebreaks;

/// Steps of the search for the narrowest column that needs no more lines.
const BALANCE_STEPS: usize = 12;

/// A text with what is needed to break it.
#[derive(Debug)]
pub(super) struct Paragraph {
    characters: Vec<char>,
    /// Where each character begins, and the last one ends.
    edges: Vec<f32>,
    /// How many characters may stand before the end of a line, ascending; the last is their number.
    ends: Vec<usize>,
}

/// A text in lines.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lines {
    pub(super) size_px: f32,
    pub(super) lines: Vec<String>,
}

/// Sizes to try, from the largest, each with the most lines that look good in it.
pub(super) type Sizes<'a> = &'a [(f32, usize)];

impl Paragraph {
    /// Takes a text of one line, and the edges of its characters in units of the font size.
    pub(super) fn new(text: &str, edges: Vec<f32>) -> Self {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let ends = linebreaks(text).map(|(at, _)| starts.partition_point(|start| *start < at)).collect();
        Self { characters: text.chars().collect(), edges, ends }
    }

    /// Returns the text in the largest size in which it fits into a column; in the smallest one it is cut.
    ///
    /// The lines are about equally long. A word that is wider than the column in all sizes is broken anywhere.
    pub(super) fn fit(&self, column_px: f32, sizes: Sizes<'_>) -> Lines {
        for (size_px, lines_max) in sizes {
            if let Some(lines) =
                self.wrap(column_px / size_px, false).filter(|lines| lines.len() <= *lines_max)
            {
                let lines = self.balanced(lines, column_px / size_px);
                return Lines {
                    size_px: *size_px,
                    lines: lines.into_iter().map(|line| self.text(line)).collect(),
                };
            }
        }
        let (size_px, lines_max) = sizes.last().copied().unwrap_or((1.0, 1));
        let width = column_px / size_px;
        let wrapped = self.wrap(width, true).unwrap_or_default();
        let is_cut = wrapped.len() > lines_max;
        let mut lines: Vec<String> =
            wrapped.iter().take(lines_max).map(|line| self.text(line.clone())).collect();
        if is_cut && let (Some(last), Some(range)) = (lines.last_mut(), wrapped.get(lines_max - 1)) {
            *last = self.cut(range.start, width);
        }
        Lines { size_px, lines }
    }

    /// Returns the text in one line, with an ellipsis in place of what does not fit.
    pub(super) fn one_line(&self, column_px: f32, size_px: f32) -> String {
        let all = 0..self.characters.len();
        let width = column_px / size_px;
        if self.width(&all) <= width { self.text(all) } else { self.cut(0, width) }
    }

    /// Breaks lines as late as the width allows; none where a word is wider, unless it may be broken anywhere.
    fn wrap(&self, width: f32, anywhere: bool) -> Option<Vec<Range<usize>>> {
        let mut lines = Vec::new();
        let mut start = 0;
        while start < self.characters.len() {
            let fits = |end: &usize| *end > start && self.width(&(start..*end)) <= width;
            let end = match self.ends.iter().copied().filter(|end| fits(end)).max() {
                Some(end) => end,
                None if anywhere => {
                    (start + 1..=self.characters.len()).filter(fits).max().unwrap_or(start + 1)
                }
                None => return None,
            };
            lines.push(start..end);
            start = end;
        }
        Some(lines)
    }

    /// Breaks the text into as many lines of about the same length.
    fn balanced(&self, lines: Vec<Range<usize>>, width: f32) -> Vec<Range<usize>> {
        let (mut best, mut narrow, mut wide) = (lines, 0.0, width);
        for _ in 0..BALANCE_STEPS {
            let middle = (narrow + wide) / 2.0;
            match self.wrap(middle, false).filter(|lines| lines.len() <= best.len()) {
                Some(lines) => (best, wide) = (lines, middle),
                None => narrow = middle,
            }
        }
        best
    }

    /// Returns what fits from a character on, with an ellipsis behind.
    fn cut(&self, start: usize, width: f32) -> String {
        // The ellipsis is about as wide as the square of the font.
        let fits = |end: &usize| self.width(&(start..*end)) + 1.0 <= width;
        let word = self.ends.iter().copied().filter(|end| *end > start).filter(fits).max();
        let end = word.or_else(|| (start..=self.characters.len()).filter(fits).max()).unwrap_or(start);
        let text = self.text(start..end);
        format!("{}…", text.trim_end_matches(|c: char| c.is_whitespace() || ",;:-–—、。".contains(c)))
    }

    /// Returns the width of some characters without the spaces at their end.
    fn width(&self, range: &Range<usize>) -> f32 {
        let spaces = self.characters.get(range.clone()).unwrap_or_default().iter().rev();
        let end = range.end - spaces.take_while(|character| character.is_whitespace()).count();
        let edge = |index: usize| self.edges.get(index).copied().unwrap_or_default();
        edge(end) - edge(range.start)
    }

    fn text(&self, range: Range<usize>) -> String {
        let text: String = self.characters.get(range).unwrap_or_default().iter().collect();
        text.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: Sizes<'static> = &[(20.0, 2), (10.0, 3)];

    /// Every character is as wide as the size.
    fn fit(text: &str, column_px: f32) -> (f32, Vec<String>) {
        let edges = (0..=text.chars().count()).map(|count| count as f32).collect();
        let Lines { size_px, lines } = Paragraph::new(text, edges).fit(column_px, SIZES);
        (size_px, lines)
    }

    #[test]
    fn a_title_shrinks_until_it_fits_and_is_cut_then() {
        let table: [(&str, f32, &[&str]); 8] = [
            ("short", 20.0, &["short"]),
            ("two words", 20.0, &["two words"]),
            ("a few words more", 20.0, &["a few", "words more"]),
            ("this one needs three lines", 10.0, &["this one needs", "three lines"]),
            ("incomprehensibilities", 10.0, &["incomprehensibilitie", "s"]),
            ("", 20.0, &[]),
            (
                "one two three four five six seven eight nine ten eleven twelve thirteen",
                10.0,
                &["one two three four", "five six seven eight", "nine ten eleven…"],
            ),
            ("x", 20.0, &["x"]),
        ];
        for (text, size_px, lines) in table {
            assert_eq!(
                fit(text, 200.0),
                (size_px, lines.iter().map(|line| line.to_string()).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn no_line_begins_with_japanese_punctuation() {
        let text = "東京で開かれた会議、とても良かった。また行きます！";
        for column in 40..200_u8 {
            let (_, lines) = fit(text, f32::from(column));
            for line in lines.iter().filter(|_| column >= 60) {
                assert!(!line.starts_with(['、', '。', '！', 'ー', 'っ']), "{column}: {lines:?}");
            }
        }
    }

    #[test]
    fn what_is_too_long_for_one_line_ends_in_an_ellipsis() {
        let edges = (0..=11).map(|count| count as f32).collect();
        let text = Paragraph::new("Ghent, here", edges);
        assert_eq!(text.one_line(110.0, 10.0), "Ghent, here");
        assert_eq!(text.one_line(80.0, 10.0), "Ghent…");
    }
}
