//! Draws a [`Card`] as the sign of the theme: name of the site on top, title, below it what, where and when; beside it the
//! photo, or a corridor with a bright door.
//!
//! Decides places and sizes only; letters and shapes are `canvas`'s.

use super::canvas::{Canvas, Point, Style};
use super::faces::{Faces, Weight};
use super::lines::{Paragraph, Sizes};
use super::{Card, SIZE};
use crate::image::{Drawing, Size};

/// Where the photo beside a title is.
pub(super) const PANEL: Size = Size::new(448, SIZE.height_px);

/// Where the photo above the sign is, on a card without a title.
pub(super) const WIDE: Size = Size::new(SIZE.width_px, 506);

/// Free space at the edges, and between title and photo.
const MARGIN_PX: f32 = 64.0;

const WIDTH_PX: f32 = SIZE.width_px as f32;
const HEIGHT_PX: f32 = SIZE.height_px as f32;

/// Where the panel begins.
const PANEL_LEFT_PX: f32 = (SIZE.width_px - PANEL.width_px) as f32;

/// How wide texts beside the panel may be.
const COLUMN_PX: f32 = PANEL_LEFT_PX - MARGIN_PX - 48.0;

/// Sizes of a title, and how many lines it may have in each.
const TITLE_SIZES: Sizes<'static> = &[
    (92.0, 1),
    (80.0, 2),
    (72.0, 3),
    (68.0, 3),
    (64.0, 3),
    (60.0, 4),
    (56.0, 4),
    (52.0, 4),
    (48.0, 4),
    (44.0, 4),
];

/// Lines of a title, as parts of its size; of scripts whose letters fill the square.
const LINE_HEIGHT: f32 = 1.12;
const WIDE_LINE_HEIGHT: f32 = 1.26;

/// Size of the pictogram and of the name beside it.
const MARK_PX: f32 = 56.0;
const SITE_PX: f32 = 32.0;

/// Size of what is told below the title.
const FACT_PX: f32 = 32.0;

/// Baseline of the last fact.
const LAST_BASELINE_PX: f32 = HEIGHT_PX - MARGIN_PX;

/// From one fact to the next, and from the last line of the title to the first fact.
const FACT_STEP_PX: f32 = 46.0;
const TITLE_GAP_PX: f32 = 70.0;

/// Draws a card, with its photo in the size that [`Card::photo_size`] wants.
pub(super) fn draw(card: &Card, photo: Option<&Drawing>) -> Drawing {
    let faces = Faces::new(card.own_font.as_ref());
    let mut canvas = Canvas::new(SIZE, card.palette.ground);
    match (photo, &card.title) {
        (Some(photo), None) => {
            canvas.picture(photo, 0, 0);
            strip(&mut canvas, card, &faces);
            return canvas.finish();
        }
        (Some(photo), Some(_)) => canvas.picture(photo, SIZE.width_px - PANEL.width_px, 0),
        (None, _) => corridor(&mut canvas, card),
    }
    mark(&mut canvas, card, (MARGIN_PX, MARGIN_PX));
    // The site's own name is all that a card without a title and a photo can say: it says it large.
    let (title, site) = match &card.title {
        Some(title) => (Some(title), card.site.as_ref()),
        None => (card.site.as_ref(), None),
    };
    if let Some(site) = site {
        let room = COLUMN_PX - MARK_PX - 20.0;
        let at = (MARGIN_PX + MARK_PX + 20.0, MARGIN_PX + MARK_PX / 2.0 + SITE_PX * 0.35);
        let style = Style { weight: Weight::Bold, size_px: SITE_PX, color: card.palette.text };
        one_line(&mut canvas, &faces, site, room, at, style);
    }
    let top = facts(&mut canvas, card, &faces);
    if let Some(title) = title {
        write_title(&mut canvas, card, &faces, title, top);
    }
    canvas.finish()
}

/// Writes event, place and date from the bottom up; returns the baseline of the title's last line.
fn facts(canvas: &mut Canvas, card: &Card, faces: &Faces<'_>) -> f32 {
    let palette = &card.palette;
    let second = joined(&[card.place.as_deref(), card.date.as_deref()]);
    let lines = [(second, palette.quiet, Weight::Medium), (card.event.clone(), palette.accent, Weight::Bold)];
    let mut baseline = LAST_BASELINE_PX;
    let mut first = None;
    for (text, color, weight) in lines {
        if let Some(text) = text {
            let style = Style { weight, size_px: FACT_PX, color };
            one_line(canvas, faces, &text, COLUMN_PX, (MARGIN_PX, baseline), style);
            first = Some(baseline);
            baseline -= FACT_STEP_PX;
        }
    }
    first.map_or(LAST_BASELINE_PX, |baseline| baseline - TITLE_GAP_PX)
}

/// Writes the title; its last line stands on `bottom`.
fn write_title(canvas: &mut Canvas, card: &Card, faces: &Faces<'_>, title: &str, bottom: f32) {
    let paragraph = Paragraph::new(title, faces.edges(Weight::Bold, title));
    let fitted = paragraph.fit(COLUMN_PX, TITLE_SIZES);
    let fills_square = |character: char| (0x2E80..0xFFEF).contains(&u32::from(character));
    let height = if title.contains(fills_square) { WIDE_LINE_HEIGHT } else { LINE_HEIGHT } * fitted.size_px;
    let style = Style { weight: Weight::Bold, size_px: fitted.size_px, color: card.palette.text };
    let mut baseline = bottom;
    for line in fitted.lines.iter().rev() {
        canvas.text(faces, line, (MARGIN_PX, baseline), style);
        baseline -= height;
    }
}

/// Draws the sign below a wide photo: pictogram, name of the site, date.
fn strip(canvas: &mut Canvas, card: &Card, faces: &Faces<'_>) {
    let top = WIDE.height_px as f32;
    let middle = (top + HEIGHT_PX) / 2.0;
    mark(canvas, card, (MARGIN_PX, middle - MARK_PX / 2.0));
    let baseline = middle + FACT_PX * 0.35;
    let mut right = WIDTH_PX - MARGIN_PX;
    let told = joined(&[card.event.as_deref(), card.place.as_deref(), card.date.as_deref()]);
    let left = MARGIN_PX + MARK_PX + 20.0;
    if let Some(told) = told {
        let room = if card.site.is_some() { (right - left) * 0.6 } else { right - left };
        let paragraph = Paragraph::new(&told, faces.edges(Weight::Medium, &told));
        let told = paragraph.one_line(room, FACT_PX);
        right -= faces.edges(Weight::Medium, &told).last().copied().unwrap_or_default() * FACT_PX;
        let style = Style { weight: Weight::Medium, size_px: FACT_PX, color: card.palette.quiet };
        canvas.text(faces, &told, (right, baseline), style);
    }
    if let Some(site) = &card.site {
        let style = Style { weight: Weight::Bold, size_px: SITE_PX, color: card.palette.text };
        one_line(canvas, faces, site, right - left - MARGIN_PX / 2.0, (left, baseline), style);
    }
}

/// Writes a text that ends in an ellipsis where it is too long.
fn one_line(canvas: &mut Canvas, faces: &Faces<'_>, text: &str, room_px: f32, at: Point, style: Style) {
    let paragraph = Paragraph::new(text, faces.edges(style.weight, text));
    canvas.text(faces, &paragraph.one_line(room_px, style.size_px), at, style);
}

/// Draws the pictogram of the theme (templates/partials/mark.html): a corridor with a bright door at its end.
fn mark(canvas: &mut Canvas, card: &Card, at: Point) {
    let unit = MARK_PX / 20.0;
    let place = |x: f32, y: f32| (at.0 + (x - 2.0) * unit, at.1 + (y - 2.0) * unit);
    let (width, color) = (1.75 * unit, card.palette.text);
    let half = 0.875;
    let edges = [
        ((2.0 - half, 2.0), (22.0 + half, 2.0)),
        ((22.0, 2.0), (22.0, 22.0)),
        ((22.0 + half, 22.0), (2.0 - half, 22.0)),
        ((2.0, 22.0), (2.0, 2.0)),
        ((2.0, 2.0), (8.0, 7.5)),
        ((22.0, 2.0), (16.0, 7.5)),
        ((2.0, 22.0), (8.0, 17.5)),
        ((22.0, 22.0), (16.0, 17.5)),
    ];
    for (from, to) in edges {
        canvas.line(place(from.0, from.1), place(to.0, to.1), width, color);
    }
    canvas.rectangle(place(8.0, 7.5), place(16.0, 17.5), card.palette.accent);
}

/// Draws the same corridor in the place of the photo, as large as that.
fn corridor(canvas: &mut Canvas, card: &Card) {
    let place = |x: f32, y: f32| {
        (PANEL_LEFT_PX + (x - 2.0) / 20.0 * PANEL.width_px as f32, (y - 2.0) / 20.0 * PANEL.height_px as f32)
    };
    let outer = [place(2.0, 2.0), place(22.0, 2.0), place(22.0, 22.0), place(2.0, 22.0)];
    let door = [place(8.0, 7.5), place(16.0, 7.5), place(16.0, 17.5), place(8.0, 17.5)];
    let palette = &card.palette;
    let [top_left, top_right, bottom_right, bottom_left] = outer;
    let [door_top_left, door_top_right, door_bottom_right, door_bottom_left] = door;
    canvas.polygon(&[top_left, top_right, door_top_right, door_top_left], palette.ceiling);
    canvas.polygon(&[top_left, door_top_left, door_bottom_left, bottom_left], palette.left_wall);
    canvas.polygon(&[top_right, bottom_right, door_bottom_right, door_top_right], palette.right_wall);
    canvas.polygon(&[bottom_left, door_bottom_left, door_bottom_right, bottom_right], palette.floor);
    let light = [door_bottom_left, door_bottom_right, place(18.4, 22.0), place(5.6, 22.0)];
    canvas.polygon(&light, palette.light);
    canvas.polygon(&door, palette.accent);
}

/// Joins what there is by dots; none where there is nothing.
fn joined(texts: &[Option<&str>]) -> Option<String> {
    let texts: Vec<&str> = texts.iter().copied().flatten().collect();
    (!texts.is_empty()).then(|| texts.join(" · "))
}
