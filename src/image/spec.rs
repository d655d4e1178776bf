//! Turns a command and its options string into a [`Spec`].
//!
//! The grammar is Hugo's (0.168, recorded): words in any order and any case; words it does not know are
//! ignored, but one that starts with `q`, `r` or `#`, or holds an `x`, must be a quality, rotation, colour or
//! size. Nothing is known about the picture yet; `plan` joins the two.

use std::hash::{Hash, Hasher};

use super::filter::Filter;
use super::format::Format;
use super::limits::Limits;
use super::options::{Anchor, Avif, Background, Color, Command, Compression, Hint, ImagingOptions};
use crate::diag::Diagnostic;

/// What an author wants from a picture, with the site's defaults filled in.
///
/// Canonical: two strings that ask for the same have equal values (`200x0 R-90` and `q75 200x r270`), and
/// what cannot matter is set to a fixed value (the anchor of a `Resize`, the quality of a PNG).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spec {
    /// What to do.
    pub command: Command,
    /// Wanted width in pixels; zero means from the height and the ratio.
    pub width_px: u32,
    /// Wanted height in pixels; zero means from the width and the ratio.
    pub height_px: u32,
    /// Rotation counter-clockwise in whole degrees, 0 to 359, done before anything is measured.
    pub turn_degrees: u16,
    /// Which part stays.
    pub anchor: Anchor,
    /// How pixels are weighted.
    pub filter: Filter,
    /// The wanted format; `None` keeps the source's.
    pub format: Option<Format>,
    /// Quality of JPEG and lossy WebP, 1 to 100.
    pub quality_percent: u8,
    /// How AVIF is written.
    pub avif: Avif,
    /// Hint for WebP.
    pub hint: Hint,
    /// Whether WebP is lossy.
    pub compression: Compression,
    /// What lies under transparent pixels.
    pub background: Background,
    /// Whether the site makes exactly the pictures that are asked for, not each in several sizes: then a source
    /// need seldom be decoded for larger ones.
    pub is_alone: bool,
    /// What the picture may take; no part of what is wanted.
    pub limits: Limits,
    /// Words that mean nothing, for a warning.
    pub ignored_words: IgnoredWords,
}

/// The words of an options string that mean nothing, lower case, in order; all values compare equal.
///
/// They are no part of what a [`Spec`] means: two pictures that differ only here are one picture.
#[derive(Clone, Debug, Default)]
pub struct IgnoredWords(pub Vec<String>);

impl PartialEq for IgnoredWords {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for IgnoredWords {}

impl Hash for IgnoredWords {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// Reads an options string such as `600x400 q50 webp topleft`.
///
/// # Errors
/// `image-option` names the word that is wrong and what is expected; `image-format-unsupported` for a target
/// format that cannot be written.
pub fn parse_spec(command: Command, options: &str, defaults: &ImagingOptions) -> Result<Spec, Diagnostic> {
    let mut spec = Spec {
        command,
        width_px: 0,
        height_px: 0,
        turn_degrees: 0,
        anchor: defaults.anchor,
        filter: defaults.resample_filter,
        format: None,
        quality_percent: defaults.quality_percent.clamp(1, 100),
        avif: defaults.avif,
        hint: defaults.hint,
        compression: defaults.compression,
        background: Background::WhereNeeded(defaults.background),
        is_alone: !defaults.responsive.is_on,
        limits: defaults.limits,
        ignored_words: IgnoredWords::default(),
    };
    for word in options.split_whitespace() {
        read_word(&mut spec, &word.to_lowercase())?;
    }
    check_sides(&spec, options)?;
    Ok(canonical(spec))
}

/// Reads one word in lower case; names come before prefixes, so that `right` and `box` are what they say.
fn read_word(spec: &mut Spec, word: &str) -> Result<(), Diagnostic> {
    if let Some(anchor) = Anchor::parse(word) {
        spec.anchor = anchor;
    } else if let Some(filter) = Filter::parse(word) {
        spec.filter = filter;
    } else if let Some(hint) = Hint::parse(word) {
        spec.hint = hint;
    } else if let Some(compression) = Compression::parse(word) {
        spec.compression = compression;
    } else if word.starts_with('#') {
        spec.background = Background::Always(read_color(word)?);
    } else if let Some(number) = word.strip_prefix('q') {
        spec.quality_percent = read_quality(word, number)?;
        spec.avif.quality_percent = spec.quality_percent;
    } else if let Some(number) = word.strip_prefix('r') {
        spec.turn_degrees = read_turn(word, number)?;
    } else if word.contains('x') {
        read_sides(spec, word)?;
    } else if let Some(format) = Format::from_extension(word) {
        spec.format = Some(format);
    } else if matches!(word, "heic" | "heif") {
        let message = format!("`{word}` pictures cannot be written");
        return Err(Diagnostic::error("image-format-unsupported", message).hint("`webp` is nearly as small"));
    } else {
        spec.ignored_words.0.push(word.to_owned());
    }
    Ok(())
}

fn option_error(message: String) -> Diagnostic {
    Diagnostic::error("image-option", message)
}

fn read_color(word: &str) -> Result<Color, Diagnostic> {
    Color::parse(word).ok_or_else(|| {
        option_error(format!("`{word}` is no colour: expected `#rgb`, `#rrggbb` or `#rrggbbaa`"))
    })
}

fn read_quality(word: &str, number: &str) -> Result<u8, Diagnostic> {
    match number.parse::<i64>() {
        Ok(quality @ 1..=100) => Ok(quality as u8),
        Ok(_) => Err(option_error(format!("the quality `{word}` is out of range: expected `q1` to `q100`"))),
        Err(_) => {
            let message =
                format!("`{word}` is no quality: words that start with `q` are read as one, such as `q75`");
            Err(option_error(message))
        }
    }
}

fn read_turn(word: &str, number: &str) -> Result<u16, Diagnostic> {
    let Ok(degrees) = number.parse::<i64>() else {
        let message = format!(
            "`{word}` is no rotation: words that start with `r` are read as whole degrees \
             counter-clockwise, such as `r90`"
        );
        return Err(option_error(message).did_you_mean(word, ["right"]));
    };
    Ok(degrees.rem_euclid(360) as u16)
}

/// Reads `200x150`, `200x` or `x150`; a side that is left out keeps what an earlier word said.
fn read_sides(spec: &mut Spec, word: &str) -> Result<(), Diagnostic> {
    let wrong = || {
        let message = format!(
            "`{word}` is no size: words that hold an `x` are read as width and height in pixels, \
             such as `600x400`, `600x` or `x400`"
        );
        option_error(message).did_you_mean(word, FILTERS_WITH_X)
    };
    let (width, height) = word.split_once('x').ok_or_else(wrong)?;
    for (text, side) in [(width, &mut spec.width_px), (height, &mut spec.height_px)] {
        if text.is_empty() {
            continue;
        }
        let number = text.parse::<i64>().map_err(|_| wrong())?;
        if number < 0 {
            return Err(option_error(format!("the size `{word}` has a negative side")));
        }
        // More than four billion pixels fail later like any other size that is too large.
        *side = u32::try_from(number).unwrap_or(u32::MAX);
    }
    Ok(())
}

/// The only name among the options that holds an `x`, for a hint.
const FILTERS_WITH_X: [&str; 1] = ["box"];

/// Checks that the command has the sides it needs.
fn check_sides(spec: &Spec, options: &str) -> Result<(), Diagnostic> {
    let name = spec.command.name();
    let (enough, expected) = match spec.command {
        Command::Resize => {
            (spec.width_px > 0 || spec.height_px > 0, "a width or height, such as `600x` or `x400`")
        }
        _ => (spec.width_px > 0 && spec.height_px > 0, "a width and a height, such as `600x400`"),
    };
    if enough {
        return Ok(());
    }
    let error = option_error(format!("`{name}` needs {expected}, but the options are `{}`", options.trim()));
    // A bare number is the usual mistake; Hugo ignores it.
    let number = spec.ignored_words.0.iter().find(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    Err(match number {
        Some(number) if spec.command == Command::Resize => error.hint(format!("did you mean `{number}x`?")),
        Some(number) => error.hint(format!("did you mean `{number}x{number}`?")),
        None => error,
    })
}

/// Sets what cannot matter to fixed values.
fn canonical(mut spec: Spec) -> Spec {
    let neutral = ImagingOptions::default();
    if matches!(spec.command, Command::Resize | Command::Fit) {
        spec.anchor = neutral.anchor;
    } else if spec.command == Command::Crop && spec.anchor != Anchor::Smart {
        spec.filter = neutral.resample_filter;
    }
    if !matches!(spec.format, None | Some(Format::Webp)) {
        spec.hint = neutral.hint;
        spec.compression = neutral.compression;
    }
    let lossless = spec.format == Some(Format::Webp) && spec.compression == Compression::Lossless;
    if lossless || !matches!(spec.format, None | Some(Format::Jpeg | Format::Webp)) {
        spec.quality_percent = neutral.quality_percent;
        spec.hint = neutral.hint;
    }
    if !matches!(spec.format, None | Some(Format::Avif)) {
        spec.avif = neutral.avif;
    }
    spec.background = match (spec.format, spec.background) {
        (Some(format), Background::Always(color)) if !format.keeps_alpha() => Background::WhereNeeded(color),
        (Some(format), Background::WhereNeeded(_)) if format.keeps_alpha() => {
            Background::WhereNeeded(neutral.background)
        }
        (_, background) => background,
    };
    spec
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(command: Command, options: &str) -> Spec {
        parse_spec(command, options, &ImagingOptions::default()).unwrap()
    }

    #[test]
    fn options_that_mean_the_same_are_equal() {
        let table = [
            (Command::Resize, "300x200 q75", " 300X200  q75 Lanczos photo lossy smart"),
            (Command::Resize, "200x", "200x0 r360 left"),
            (Command::Resize, "200x r270", "r-90 200x"),
            (Command::Resize, "200x", "300x 200x"),
            (Command::Resize, "200x png", "200x png q30 drawing lossless"),
            (Command::Resize, "200x avif", "200x avif q60 drawing lossless"),
            (Command::Resize, "200x jpg #f00", "200x jpeg #FF0000 icon"),
            (Command::Resize, "200x jpg", "200x jpg q75"),
            (Command::Resize, "200x webp lossless", "q20 lossless webp 200x text"),
            (Command::Crop, "20x20 top", "20x20 top lanczos"),
            (Command::Resize, "200x", "200x bicubic middle"),
        ];
        for (command, one, other) in table {
            assert_eq!(parsed(command, one), parsed(command, other), "`{one}` and `{other}`");
        }
    }

    #[test]
    fn options_that_mean_different_pictures_differ() {
        let words =
            ["", "q74", "r1", "#fff", "box", "png", "webp", "jpg", "avif", "avif q74", "icon", "lossless"];
        let specs = words.map(|word| parsed(Command::Resize, &format!("200x {word}")));
        for (index, spec) in specs.iter().enumerate() {
            assert_eq!(specs.iter().position(|other| other == spec), Some(index), "{}", words[index]);
        }
        assert_ne!(parsed(Command::Fill, "2x2 left"), parsed(Command::Fill, "2x2 right"));
    }

    #[test]
    fn the_sites_defaults_count_where_nothing_is_said() {
        let defaults = ImagingOptions { quality_percent: 60, ..ImagingOptions::default() };
        let quality =
            |options| parse_spec(Command::Resize, options, &defaults).map(|spec| spec.quality_percent);
        assert_eq!(quality("200x"), Ok(60));
        assert_eq!(quality("200x q90"), Ok(90));
    }

    #[test]
    fn words_without_meaning_are_collected() {
        let spec = parsed(Command::Fill, "200x200 middle Foo q50");
        assert_eq!(spec.ignored_words.0, ["middle", "foo"]);
    }

    #[test]
    fn errors_name_the_word_and_what_is_expected() {
        let table = [
            (Command::Resize, "300", "`Resize` needs a width or height", Some("did you mean `300x`?")),
            (Command::Fit, "200x", "`Fit` needs a width and a height", None),
            (Command::Fill, "200", "`Fill` needs a width and a height", Some("did you mean `200x200`?")),
            (Command::Resize, "300x q0", "`q0` is out of range: expected `q1` to `q100`", None),
            (Command::Resize, "300x quality50", "`quality50` is no quality", None),
            (Command::Fill, "3x3 rihgt", "`rihgt` is no rotation", Some("did you mean `right`?")),
            (Command::Resize, "200x150x2", "`200x150x2` is no size", None),
            (Command::Resize, "-5x5", "`-5x5` has a negative side", None),
            (Command::Resize, "300x #12345", "`#12345` is no colour", None),
        ];
        for (command, options, message, hint) in table {
            let error = parse_spec(command, options, &ImagingOptions::default()).unwrap_err();
            assert_eq!(error.code, "image-option");
            assert!(error.message.contains(message), "{}", error.message);
            assert_eq!(error.hint.as_deref(), hint, "`{options}`");
        }
    }

    proptest! {
        #[test]
        fn no_options_make_the_parser_panic(
            options in "[ -~é०]{0,40}",
            tokens in "([qrx#0-9 -]|webp|box){0,12}",
        ) {
            for command in [Command::Resize, Command::Fit, Command::Fill, Command::Crop] {
                let _ = parse_spec(command, &options, &ImagingOptions::default());
                let _ = parse_spec(command, &tokens, &ImagingOptions::default());
            }
        }
    }
}
