//! `qr`: a text as a QR code, drawn as SVG within the page.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};
use tera::{Kwargs, State, TeraResult, Value};

use super::place;
use crate::diag::Diagnostic;
use crate::render::context::Shared;
use crate::render::values::{map, number, text};

/// `qr(text=, level=, scale=)`: the size of the picture in pixels, of its grid in modules, and the path that draws it.
///
/// As in Hugo the level is one of `low`, `medium`, `quartile` and `high`, the scale is the pixels of a module, and a margin of
/// four modules is around the code. A mistake is noted at the shortcode's place.
pub(super) fn qr(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let wanted: String = arguments.must_get("text")?;
    let level = arguments.get::<String>("level")?.filter(|level| !level.is_empty());
    let scale = arguments.get::<i64>("scale")?.unwrap_or(DEFAULT_SCALE_PX);
    match draw(&wanted, level.as_deref().unwrap_or("medium"), scale) {
        Ok((modules, path)) => Ok(map([
            ("size", number(modules * usize::try_from(scale).unwrap_or_default())),
            ("modules", number(modules)),
            ("path", text(path)),
        ])),
        Err(problem) => {
            shared.note(problem.at(place(state)?));
            Ok(map([("size", number(0)), ("modules", number(0)), ("path", text(""))]))
        }
    }
}

/// Pixels of a module where nothing is said, and at most.
const DEFAULT_SCALE_PX: i64 = 4;
const SCALE_MAX_PX: i64 = 100;

/// Modules that stay empty on each side (ISO/IEC 18004).
const MARGIN: i32 = 4;

/// The four levels of error correction, from the least to the most.
const LEVELS: [(&str, QrCodeEcc); 4] = [
    ("low", QrCodeEcc::Low),
    ("medium", QrCodeEcc::Medium),
    ("quartile", QrCodeEcc::Quartile),
    ("high", QrCodeEcc::High),
];

/// Returns the side of the code in modules, its margin included, and the path of its dark modules.
fn draw(wanted: &str, level: &str, scale: i64) -> Result<(usize, String), Diagnostic> {
    let fault = |message: String| Diagnostic::error("shortcode-argument", message);
    if wanted.is_empty() {
        return Err(fault("a QR code needs a text".to_owned())
            .hint("for example `{{< qr text=\"https://example.org\" />}}`"));
    }
    let Some((_, level)) = LEVELS.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(level)) else {
        let hint = "it is one of `low`, `medium`, `quartile`, `high`";
        return Err(fault(format!("`level` cannot be `{level}`")).hint(hint));
    };
    if !(2..=SCALE_MAX_PX).contains(&scale) {
        return Err(fault(format!("`scale` cannot be {scale}")).hint("it is from 2 to 100 pixels"));
    }
    let code = QrCode::encode_text(wanted, level).map_err(|_| {
        fault("the text is too long for a QR code".to_owned()).hint("it takes about 2,000 letters")
    })?;
    let side = usize::try_from(code.size() + 2 * MARGIN).unwrap_or_default();
    Ok((side, path(&code)))
}

/// Draws each run of dark modules in a row as a rectangle.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let _ = write!(path, "M{} {}h{}v1h-{}z", start + MARGIN, y + MARGIN, x - start, x - start);
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sizes are those of Hugo 0.168: 132 pixels at scale 4, 58 at scale 2.
    #[test]
    fn a_code_is_as_large_as_hugos() {
        let side = |text, level| draw(text, level, 4).map(|(modules, _)| modules).ok();
        assert_eq!(side("https://gohugo.io", "medium"), Some(33));
        assert_eq!(side("https://gohugo.io", "low"), Some(29));
        assert_eq!(side("two\nlines", "Medium"), Some(29));
        let (_, path) = draw("x", "low", 4).unwrap();
        assert!(path.starts_with("M4 4h7v1h-7z"), "the corner mark: {path}");
    }

    #[test]
    fn what_cannot_be_drawn_is_told() {
        for (text, level, scale) in [
            ("", "low", 4),
            ("x", "lwo", 4),
            ("x", "low", 1),
            ("x", "low", 101),
            (&"x".repeat(9000), "low", 4),
        ] {
            assert!(draw(text, level, scale).is_err());
        }
    }
}
