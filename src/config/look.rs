//! How the theme looks on this site: colours, fonts and whether it is light or dark, from `params`.
//!
//! Other themes have parameters of the same names, so what is not understood is a warning and never ends a build.

use std::fmt::Write as _;

use serde_json::Value;

use super::ConfigFile;
use super::colors::{TEXT_MIN, contrast, hex, readable};
use super::keys::place;
use super::read::Values;
use crate::data::scalar_text;
use crate::diag::{Diagnostic, nearest};
use crate::image::Color;

/// What the author changes of the theme's looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Colours in the order of [`COLORS`], as far as they are set or follow from one that is.
    pub colors: Vec<(&'static str, Pair)>,
    /// Lists of font families by the custom property that holds them.
    pub fonts: Vec<(&'static str, String)>,
    /// Whether the site is always light or always dark.
    pub appearance: Option<&'static str>,
}

/// A colour in both appearances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// On light paper.
    pub light: Color,
    /// On dark paper.
    pub dark: Color,
}

const fn pair(light: [u8; 3], dark: [u8; 3]) -> Pair {
    let ([r, g, b], [red, green, blue]) = (light, dark);
    Pair { light: Color([r, g, b, 255]), dark: Color([red, green, blue, 255]) }
}

/// Colours that can be set, with the theme's own (those of `static/css/hallway.css`).
pub const COLORS: [(&str, Pair); 7] = [
    ("paper", pair([0xfb, 0xfc, 0xfa], [0x10, 0x15, 0x13])),
    ("sunk", pair([0xef, 0xf4, 0xf0], [0x19, 0x21, 0x1d])),
    ("line", pair([0xd3, 0xdd, 0xd6], [0x2e, 0x3a, 0x34])),
    ("ink", pair([0x17, 0x20, 0x1c], [0xe0, 0xe8, 0xe3])),
    ("quiet", pair([0x53, 0x65, 0x5c], [0x9b, 0xad, 0xa3])),
    ("accent", pair([0x00, 0x68, 0x4a], [0x74, 0xd8, 0xaa])),
    ("sign", pair([0x07, 0x5e, 0x43], [0x0c, 0x4d, 0x39])),
];

/// Fonts that can be set: the parameter, and the custom property.
const FONTS: [(&str, &str); 3] = [("text", "--read"), ("headings", "--way"), ("code", "--code")];

impl Look {
    /// Returns a colour of the theme as this site has it.
    pub fn color(&self, name: &str) -> Pair {
        let set = self.colors.iter().chain(&COLORS).find(|(known, _)| *known == name);
        set.map_or(Pair { light: Color::WHITE, dark: Color::WHITE }, |(_, pair)| *pair)
    }

    /// Returns the style sheet that sets what the site changes, or nothing where it changes nothing.
    pub fn style_sheet(&self) -> Option<String> {
        if self.colors.is_empty() && self.fonts.is_empty() {
            return None;
        }
        let mut css = String::from(":root {\n");
        for (name, Pair { light, dark }) in &self.colors {
            let _ = writeln!(css, "  --{name}: light-dark({}, {});", hex(*light), hex(*dark));
        }
        if self.colors.iter().any(|(name, _)| *name == "sign") {
            let Pair { light, dark } = self.color("sign");
            let (light, dark) = (hex(on(light)), hex(on(dark)));
            let _ = writeln!(css, "  --on-sign: light-dark({light}, {dark});\n  --glow: var(--on-sign);");
        }
        for (property, families) in &self.fonts {
            let _ = writeln!(css, "  {property}: {families};");
        }
        css.push_str("}\n");
        Some(css)
    }
}

/// Returns white or near-black, whichever is easier to read on a colour.
fn on(ground: Color) -> Color {
    let black = Color([0x10, 0x15, 0x13, 255]);
    if contrast(Color::WHITE, ground) >= contrast(black, ground) { Color::WHITE } else { black }
}

/// Reads `params.colors`, `params.fonts` and `params.appearance`; the warnings tell of what means nothing or cannot be read.
pub(super) fn read_look(values: &Values<'_>, files: &[ConfigFile]) -> (Look, Vec<Diagnostic>) {
    let mut warnings = Vec::new();
    let mut colors = read_colors(values, files, &mut warnings);
    derive(&mut colors);
    let look =
        Look { colors, fonts: read_fonts(values, files, &mut warnings), appearance: read_appearance(values) };
    warnings.extend(faint(&look, files));
    (look, warnings)
}

fn refused(key: &str, message: String, files: &[ConfigFile]) -> Diagnostic {
    Diagnostic::warning("config-look", message).at(place(key, files))
}

fn read_colors(
    values: &Values<'_>,
    files: &[ConfigFile],
    warnings: &mut Vec<Diagnostic>,
) -> Vec<(&'static str, Pair)> {
    let Some(written) = values.map("params.colors") else { return Vec::new() };
    for name in written.keys().filter(|name| !COLORS.iter().any(|(known, _)| known == name)) {
        let near = nearest(name, COLORS.iter().map(|(known, _)| *known));
        let problem =
            refused(name, format!("`params.colors.{name}`: the theme has no colour of this name"), files);
        let all = COLORS.map(|(known, _)| format!("`{known}`")).join(", ");
        warnings.push(match near {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint(format!("its colours are {all}")),
        });
    }
    let mut colors = Vec::new();
    for (name, own) in COLORS {
        let Some(value) = written.get(name) else { continue };
        match read_pair(value, own, name) {
            Some(pair) => colors.push((name, pair)),
            None => warnings.push(
                refused(name, format!("`params.colors.{name}` is no colour"), files)
                    .hint("write `\"#075e43\"`, or `light: \"#075e43\"` and `dark: \"#74d8aa\"`"),
            ),
        }
    }
    colors
}

/// Reads one colour for light paper, or a map of both; what is not said follows.
fn read_pair(value: &Value, own: Pair, name: &str) -> Option<Pair> {
    let opaque = |text: &str| Color::parse(text.trim()).map(|Color([r, g, b, _])| Color([r, g, b, 255]));
    if let Value::Object(map) = value {
        let side = |key: &str, own: Color| match map.get(key) {
            Some(value) => scalar_text(value).and_then(|text| opaque(&text)),
            None => Some(own),
        };
        return Some(Pair { light: side("light", own.light)?, dark: side("dark", own.dark)? });
    }
    let light = opaque(&scalar_text(value)?)?;
    let dark = match name {
        "accent" => readable(light, &[COLORS[0].1.dark, COLORS[1].1.dark]),
        "sign" => light,
        _ => own.dark,
    };
    Some(Pair { light, dark })
}

/// The sign follows the accent where only that is set: one line gives a site its colour.
fn derive(colors: &mut Vec<(&'static str, Pair)>) {
    let accent = colors.iter().find(|(name, _)| *name == "accent").map(|(_, pair)| *pair);
    if let (Some(accent), false) = (accent, colors.iter().any(|(name, _)| *name == "sign")) {
        let sign = readable(accent.light, &[Color::WHITE]);
        colors.push(("sign", Pair { light: sign, dark: sign }));
    }
}

fn read_fonts(
    values: &Values<'_>,
    files: &[ConfigFile],
    warnings: &mut Vec<Diagnostic>,
) -> Vec<(&'static str, String)> {
    let mut fonts = Vec::new();
    for (name, property) in FONTS {
        let key = format!("params.fonts.{name}");
        let families = values.list(&key).join(", ");
        // What ends a declaration would let a value say more than fonts.
        let is_plain = |c: char| c.is_alphanumeric() || " ,-_\"'.".contains(c);
        if families.is_empty() {
            continue;
        }
        if families.chars().all(is_plain) && families.matches(['"', '\'']).count().is_multiple_of(2) {
            fonts.push((property, families));
        } else {
            warnings.push(
                refused(name, format!("`{key}` is no list of font families"), files)
                    .hint("write `\"Source Serif 4\", Georgia, serif`"),
            );
        }
    }
    fonts
}

fn read_appearance(values: &Values<'_>) -> Option<&'static str> {
    let written = values.text("params.appearance")?.to_lowercase();
    ["light", "dark"].into_iter().find(|known| *known == written)
}

/// What has to be read, and what it stands on.
const READ_ON: [(&str, &str); 5] =
    [("ink", "paper"), ("ink", "sunk"), ("quiet", "paper"), ("accent", "paper"), ("accent", "sunk")];

/// Tells of colours that the author set and that are hard to read, each once, with the nearest that is not.
fn faint(look: &Look, files: &[ConfigFile]) -> Vec<Diagnostic> {
    let is_set = |name: &str| look.colors.iter().any(|(known, _)| *known == name);
    let mut found: Vec<Diagnostic> = Vec::new();
    for (name, ground) in READ_ON.into_iter().filter(|(name, ground)| is_set(name) || is_set(ground)) {
        let (color, behind) = (look.color(name), look.color(ground));
        let sides = [("light", color.light, behind.light), ("dark", color.dark, behind.dark)];
        for (side, color, behind) in sides {
            let is_shown = look.appearance.is_none_or(|appearance| appearance == side);
            let ratio = contrast(color, behind);
            let key = if is_set(name) { name } else { ground };
            let message = format!("`params.colors.{key}`: `{name}` is hard to read in the {side} appearance");
            if ratio >= TEXT_MIN || !is_shown || found.iter().any(|known| known.message == message) {
                continue;
            }
            let grounds = READ_ON.into_iter().filter(|(other, _)| *other == name);
            let grounds: Vec<Color> = grounds.map(|(_, ground)| look.color(ground).at(side)).collect();
            let near = hex(readable(color, &grounds));
            found.push(Diagnostic::warning("colors-contrast", message).at(place(key, files)).hint(format!(
                "{} on {} has a contrast of {ratio:.1}:1, and text needs {TEXT_MIN}:1: `{near}` would do",
                hex(color),
                hex(behind),
            )));
        }
    }
    found
}

impl Pair {
    fn at(self, side: &str) -> Color {
        if side == "dark" { self.dark } else { self.light }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Format;

    fn told(yaml: &str) -> (Look, Vec<Diagnostic>) {
        let file =
            ConfigFile { path: "hallway.yaml".to_owned(), text: yaml.to_owned(), format: Format::Yaml };
        let (configs, warnings) = super::super::load(&[file], false).unwrap();
        (configs.general().look.clone(), warnings)
    }

    fn look(yaml: &str) -> (Look, Vec<String>) {
        let (look, warnings) = told(yaml);
        let shown = warnings.iter().map(|warning| format!("{}: {}", warning.code, warning.message));
        (look, shown.collect())
    }

    #[test]
    fn one_line_gives_a_site_its_colour() {
        let (found, warnings) = look("params:\n  colors:\n    accent: '#8a1c5b'\n");
        assert_eq!(warnings, Vec::<String>::new());
        assert_eq!(
            found.style_sheet().unwrap(),
            ":root {\n  --accent: light-dark(#8a1c5b, #b67299);\n  --sign: light-dark(#8a1c5b, #8a1c5b);\n  \
             --on-sign: light-dark(#ffffff, #ffffff);\n  --glow: var(--on-sign);\n}\n"
        );
    }

    #[test]
    fn a_site_that_changes_nothing_has_no_style_sheet_of_its_own() {
        assert_eq!(look("params:\n  appearance: Dark\n").0.style_sheet(), None);
        assert_eq!(look("params:\n  appearance: Dark\n").0.appearance, Some("dark"));
        assert_eq!(look("params:\n  appearance: auto\n").0.appearance, None);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_what_can() {
        let (_, warnings) = look("params:\n  colors:\n    accent: '#ffee00'\n");
        assert_eq!(
            warnings,
            ["colors-contrast: `params.colors.accent`: `accent` is hard to read in the light appearance"]
        );
    }

    #[test]
    fn the_color_that_is_proposed_can_be_read_wherever_it_stands() {
        for accent in ["#ffee00", "#8c7000", "#00e5ff", "#ff8800"] {
            let (_, warnings) = told(&format!("params:\n  colors:\n    accent: '{accent}'\n"));
            let shown = warnings.first().map(ToString::to_string).unwrap_or_default();
            let near = shown.rsplit('`').nth(1).unwrap_or_default();
            assert!(near.starts_with('#'), "{accent}: {shown}");
            let (_, warnings) =
                look(&format!("params:\n  appearance: light\n  colors:\n    accent: '{near}'\n"));
            assert_eq!(warnings, Vec::<String>::new(), "{near} for {accent}");
        }
    }

    #[test]
    fn what_means_nothing_is_told_and_passed_over() {
        let (found, warnings) = look(
            "params:\n  colors: {acent: '#000', ink: red}\n  fonts: {text: 'Georgia; } body { color: red'}\n",
        );
        assert_eq!(found, Look::default());
        assert_eq!(
            warnings,
            [
                "config-look: `params.colors.acent`: the theme has no colour of this name",
                "config-look: `params.colors.ink` is no colour",
                "config-look: `params.fonts.text` is no list of font families",
            ]
        );
    }
}
