//! Turns the `permalinks` patterns of the configuration, and a page's facts, into the page's path.
//!
//! A pattern is parsed once, so that a wrong token is one error and not one for every page. Does not know
//! which pattern is for which page, nor what is written where: `index.html` and language folders are the
//! router's.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::date::format_go;
use crate::diag::Diagnostic;
use crate::text::{
    PathRules, cased, clean_path, decode_path, finish_path, sanitize_path, slug_word, title_word,
};

/// Kinds of page, each with patterns and templates of its own (Hugo's `.Kind`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The home page.
    Home,
    /// A section: a list of the pages below it.
    Section,
    /// A list of all terms, such as all tags.
    Taxonomy,
    /// A list of the pages with one term.
    Term,
    /// A regular page.
    Page,
}

impl Kind {
    /// Returns the kind of a name, as configuration has it.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Home, Self::Section, Self::Taxonomy, Self::Term, Self::Page]
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name))
    }

    /// Returns the name of the kind, which is also that of its template.
    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Section => "section",
            Self::Taxonomy => "taxonomy",
            Self::Term => "term",
            Self::Page => "page",
        }
    }

    /// Says whether pages of this kind list others.
    pub fn is_list(self) -> bool {
        self != Self::Page
    }
}

/// A parsed permalink pattern such as `/:section/:year/:month/:day/:slug/`.
#[derive(Debug, Clone)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Token(Token),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Year,
    Weekday,
    YearDay,
    Section,
    Sections(Slice),
    SectionSlug,
    SectionSlugs(Slice),
    Title,
    Slug,
    SlugOrName,
    Name,
    /// A Go layout such as `2006` or `Jan`, or what another token is short for.
    Layout(Cow<'static, str>),
}

/// Every token with a name.
const TOKENS: &[(&str, Token)] = &[
    ("year", Token::Year),
    ("month", Token::Layout(Cow::Borrowed("01"))),
    ("monthname", Token::Layout(Cow::Borrowed("January"))),
    ("day", Token::Layout(Cow::Borrowed("02"))),
    ("weekday", Token::Weekday),
    ("weekdayname", Token::Layout(Cow::Borrowed("Monday"))),
    ("yearday", Token::YearDay),
    ("section", Token::Section),
    ("sections", Token::Sections(Slice::ALL)),
    ("sectionslug", Token::SectionSlug),
    ("sectionslugs", Token::SectionSlugs(Slice::ALL)),
    ("title", Token::Title),
    ("slug", Token::Slug),
    ("slugorcontentbasename", Token::SlugOrName),
    ("slugorfilename", Token::SlugOrName),
    ("contentbasename", Token::Name),
    ("filename", Token::Name),
];

/// Which of the sections are meant: all, or those of `[1:]`, `[last]`, `[0]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slice {
    from: Bound,
    /// The first that is not meant any more.
    to: Bound,
}

/// A place in a list: so many from the start, or so many before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Start(usize),
    End(usize),
}

/// What a pattern may ask about a page.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The date with its own zone; without one, the first of January of the year 1.
    pub date: Option<&'a Zoned>,
    /// The title, as written.
    pub title: &'a str,
    /// The front matter `slug`, as written.
    pub slug: Option<&'a str>,
    /// The name of a bundle's folder, or of the file without extension and language.
    pub content_base_name: &'a str,
    /// The sections that the page is in, from the top.
    pub sections: &'a [SectionFacts<'a>],
    /// How the site wants its paths.
    pub rules: PathRules,
}

/// What a pattern may ask about a section.
#[derive(Debug, Clone, Copy)]
pub struct SectionFacts<'a> {
    /// The name of its folder.
    pub name: &'a str,
    /// Its title, given or generated.
    pub title: &'a str,
    /// Its front matter `slug`.
    pub slug: Option<&'a str>,
}

impl Pattern {
    /// Parses a pattern: tokens start with `:`, adjacent ones need nothing between them, `\:` is no token.
    ///
    /// A token is as long as there are ASCII letters, digits and `_`; an unknown one that contains an element
    /// of a Go layout is such a layout (`:2006`, `:Jan`).
    ///
    /// # Errors
    /// `permalink-token`: a token that does not exist, or a `[...]` that is no slice or not after a list.
    pub fn parse(pattern: &str) -> Result<Self, Diagnostic> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut rest = pattern;
        while let Some(c) = rest.chars().next() {
            let after = rest.strip_prefix(c).unwrap_or_default();
            let name_end =
                after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
            let (name, after_name) = after.split_at(name_end);
            if c != ':' || name.is_empty() {
                let escaped = if c == '\\' { after.strip_prefix(':') } else { None };
                text.push(if escaped.is_some() { ':' } else { c });
                rest = escaped.unwrap_or(after);
                continue;
            }
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            let (slice, after_slice) = take_slice(after_name);
            pieces.push(Piece::Token(token(pattern, name, slice)?));
            rest = after_slice;
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Ok(Self { pieces })
    }

    /// Returns the page's path, sanitised, without slash at either end and without empty, `.` or `..`
    /// segments.
    ///
    /// It is empty where nothing is left: such a page would be the home page, which the caller has to refuse.
    pub fn expand(&self, facts: &Facts<'_>) -> String {
        finish_path(&self.fill(facts), facts.rules)
    }

    /// Returns the path for a front matter `url` with tokens: what is not a token stays as written, case
    /// included.
    ///
    /// Where there is a token, `+` is a space and `%41` is `A`, else they stay (Hugo 0.168, recorded).
    /// Guarded as [`Pattern::expand`]; whether the `url` ends in `/` or `.html`, and starts with `/`, is to
    /// be asked of it.
    pub fn expand_url(&self, facts: &Facts<'_>) -> String {
        if let [Piece::Text(text)] = self.pieces.as_slice() {
            return clean_path(text);
        }
        clean_path(&decode_path(&self.fill(facts)))
    }

    /// Puts the values in place of the tokens.
    fn fill(&self, facts: &Facts<'_>) -> String {
        let undated = first_day();
        let date = facts.date.unwrap_or(&undated);
        let mut filled = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                // Names of months keep their capital where the rest of the path may.
                Piece::Token(token @ Token::Layout(_)) => filled.push_str(&token.value(facts, date)),
                Piece::Token(token) => filled.push_str(&cased(token.value(facts, date), facts.rules)),
            }
        }
        filled
    }
}

/// The start of the year 1, in seconds since 1970.
const SECONDS_AT_YEAR_1: i64 = -62_135_596_800;

/// Returns the date of a page without one, the first of January of the year 1.
fn first_day() -> Zoned {
    Timestamp::from_second(SECONDS_AT_YEAR_1).unwrap_or_default().to_zoned(TimeZone::UTC)
}

/// Finds the token of this name; `slice` is the text between the brackets after it.
fn token(pattern: &str, name: &str, slice: Option<&str>) -> Result<Token, Diagnostic> {
    let wrong =
        |what: String| Diagnostic::error("permalink-token", format!("{what} in the permalink `{pattern}`"));
    let known = TOKENS.iter().find(|(known, _)| *known == name).map(|(_, token)| token.clone());
    let Some(slice) = slice else {
        let layout = || is_layout(name).then(|| Token::Layout(Cow::Owned(name.to_owned())));
        return known.or_else(layout).ok_or_else(|| {
            let names: Vec<String> = TOKENS.iter().map(|(name, _)| format!(":{name}")).collect();
            wrong(format!("unknown token `:{name}`"))
                .did_you_mean(&format!(":{name}"), names.iter().map(String::as_str))
        });
    };
    let sliced = match known {
        Some(Token::Sections(_)) => Slice::parse(slice).map(Token::Sections),
        Some(Token::SectionSlugs(_)) => Slice::parse(slice).map(Token::SectionSlugs),
        _ => None,
    };
    sliced.ok_or_else(|| {
        wrong(format!("`:{name}[{slice}]` is no list of sections"))
            .hint("write `[0]`, `[last]`, `[1:]` or `[:last]` after `:sections` or `:sectionslugs`")
    })
}

/// Takes `[1:]` off the start of `text`: at least one character up to the next `]`.
fn take_slice(text: &str) -> (Option<&str>, &str) {
    let inner = text.strip_prefix('[').filter(|inner| !inner.starts_with(']'));
    match inner.and_then(|inner| inner.split_once(']')) {
        Some((slice, after)) => (Some(slice), after),
        None => (None, text),
    }
}

/// 2019-11-09 23:01:42 UTC, which differs from the date of the layouts in every part but `PM`.
const SAMPLE_SECONDS: i64 = 1_573_340_502;

/// Says whether `name` has an element of a Go layout other than `PM`, by writing a sample with it.
fn is_layout(name: &str) -> bool {
    let sample = Timestamp::from_second(SAMPLE_SECONDS).unwrap_or_default().to_zoned(TimeZone::UTC);
    format_go(name, &sample) != name
}

impl Token {
    /// Returns the token's value for a page, before the rules of the site on accents and case are applied.
    fn value(&self, facts: &Facts<'_>, date: &Zoned) -> String {
        match self {
            Token::Year => date.year().to_string(),
            Token::Weekday => date.weekday().to_sunday_zero_offset().to_string(),
            Token::YearDay => date.day_of_year().to_string(),
            Token::Section => Slice::FIRST.join(facts.sections, section_name),
            Token::Sections(slice) => slice.join(facts.sections, section_name),
            Token::SectionSlug => Slice::FIRST.join(facts.sections, section_slug),
            Token::SectionSlugs(slice) => slice.join(facts.sections, section_slug),
            Token::Title => title_word(facts.title),
            Token::Slug => slug_or(facts.slug, || title_word(facts.title)),
            Token::SlugOrName => slug_or(facts.slug, || slug_word(facts.content_base_name)),
            Token::Name => slug_word(facts.content_base_name),
            Token::Layout(layout) => format_go(layout, date),
        }
    }
}

/// Returns the word of a front matter slug, or `other` where it is absent or only dashes.
fn slug_or(slug: Option<&str>, other: impl FnOnce() -> String) -> String {
    slug.map(|slug| slug.trim_matches('-')).filter(|slug| !slug.is_empty()).map_or_else(other, slug_word)
}

/// Returns a section's folder as in the path of its pages, always in lower case (Hugo 0.168, recorded).
fn section_name(section: &SectionFacts<'_>) -> String {
    sanitize_path(section.name, PathRules::default())
}

fn section_slug(section: &SectionFacts<'_>) -> String {
    slug_or(section.slug, || title_word(section.title))
}

impl Slice {
    const ALL: Self = Self { from: Bound::Start(0), to: Bound::End(0) };
    const FIRST: Self = Self { from: Bound::Start(0), to: Bound::Start(1) };

    /// Parses what stands between the brackets: `0`, `last`, `1:`, `:last`, `0:2`.
    ///
    /// Hugo takes anything else for `0`; here it is `None`, an error.
    fn parse(text: &str) -> Option<Self> {
        let bound = |text: &str, absent| match text {
            "" => Some(absent),
            "last" => Some(Bound::End(1)),
            number => number.parse().ok().map(Bound::Start),
        };
        match text.split_once(':') {
            Some((from, to)) => {
                Some(Self { from: bound(from, Bound::Start(0))?, to: bound(to, Bound::End(0))? })
            }
            None if text == "last" => Some(Self { from: Bound::End(1), to: Bound::End(0) }),
            None => {
                let index: usize = text.parse().ok()?;
                Some(Self { from: Bound::Start(index), to: Bound::Start(index.checked_add(1)?) })
            }
        }
    }

    /// Joins the words of the sections that are meant with `/`; places outside the list mean nothing.
    fn join(self, sections: &[SectionFacts<'_>], word: impl Fn(&SectionFacts<'_>) -> String) -> String {
        let place = |bound| match bound {
            Bound::Start(count) => sections.len().min(count),
            Bound::End(count) => sections.len().saturating_sub(count),
        };
        let meant = sections.get(place(self.from)..place(self.to)).unwrap_or_default();
        meant.iter().map(word).collect::<Vec<_>>().join("/")
    }
}

#[cfg(test)]
#[path = "permalink_tests.rs"]
mod tests;
