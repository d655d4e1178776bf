//! Makes photos of 12 megapixels, or of 48: a stage, coloured lights, an audience and the noise of a small sensor.
//!
//! The noise is what makes such a file as large, and as slow to decode, as one from a phone.

use std::io;
use std::path::Path;

use rusty_jpeg::{ColorType, Encoder, SamplingFactor};

use crate::site::random::Random;

const WIDTH_PX: u16 = 4032;
const HEIGHT_PX: u16 = 3024;
const QUALITY_PERCENT: u8 = 90;

/// Writes photo `number` to `path`: JPEG, 4032x3024 times `scale` on each side, 4:2:0, as cameras do it.
///
/// # Errors
/// The disk's.
pub(crate) fn write(path: &Path, number: usize, scale: u16) -> io::Result<()> {
    let mut encoder = Encoder::new_file(path, QUALITY_PERCENT).map_err(io::Error::other)?;
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let (width, height) = (WIDTH_PX * scale, HEIGHT_PX * scale);
    encoder.encode(&pixels(number, scale), width, height, ColorType::Rgb).map_err(io::Error::other)
}

/// A spot light: centre, radius in pixels, colour.
struct Light {
    x: f32,
    y: f32,
    radius: f32,
    colour: [f32; 3],
}

fn pixels(number: usize, scale: u16) -> Vec<u8> {
    let mut random = Random::new(!(number as u64));
    let lights: Vec<Light> = (0..6).map(|_| light(&mut random)).collect();
    let mut pixels = Vec::with_capacity(usize::from(WIDTH_PX * scale) * usize::from(HEIGHT_PX * scale) * 3);
    for y in 0..HEIGHT_PX * scale {
        for x in 0..WIDTH_PX * scale {
            let noise = random.number();
            let scene = scene(f32::from(x) / f32::from(scale), f32::from(y) / f32::from(scale), &lights);
            // Three bytes of noise, one for each channel, of up to 13 steps either way.
            pixels.extend(
                [0, 8, 16]
                    .map(|shift| f32::from((noise >> shift) as u8) / 9.8 - 13.0)
                    .iter()
                    .zip(scene)
                    .map(|(noise, level)| (level + noise).clamp(0.0, 255.0) as u8),
            );
        }
    }
    pixels
}

fn light(random: &mut Random) -> Light {
    let mut within = |low: usize, high: usize| random.within(low..=high) as f32;
    Light {
        x: within(0, WIDTH_PX.into()),
        y: within(0, 1600),
        radius: within(300, 1100),
        colour: [within(40, 255), within(40, 255), within(40, 255)],
    }
}

/// The colour at a point: dusk above, rows of heads below, light that fades with the distance.
fn scene(x: f32, y: f32, lights: &[Light]) -> [f32; 3] {
    let depth = y / f32::from(HEIGHT_PX);
    let row = (y / 150.0).floor();
    let (dx, dy) = ((x + row * 97.0) % 190.0 - 95.0, y % 150.0 - 75.0);
    let shade = if depth > 0.6 && dx * dx + dy * dy < 3_600.0 { 0.3 } else { 1.0 };
    let mut colour = [60.0 * depth, 40.0 * depth + 20.0, 90.0 - 50.0 * depth];
    for light in lights {
        let (dx, dy) = (x - light.x, y - light.y);
        let strength = 1.0 / (1.0 + (dx * dx + dy * dy) / (light.radius * light.radius));
        for (level, add) in colour.iter_mut().zip(light.colour) {
            *level += add * strength * 0.6;
        }
    }
    let detail = if is_on_the_screen(x, y) { lettering(x, y) } else { cloth(x, y) };
    colour.map(|level| level * shade + detail)
}

/// The screen behind the speaker.
fn is_on_the_screen(x: f32, y: f32) -> bool {
    (900.0..3_100.0).contains(&x) && (250.0..1_500.0).contains(&y)
}

/// Lines of letters: sharp edges, no two alike.
fn lettering(x: f32, y: f32) -> f32 {
    let (column, line) = ((x / 26.0).floor(), (y / 64.0).floor());
    let stroke = ((x / 6.5).floor() * 7.0 + (y / 8.0).floor() * 13.0 + column * 31.0 + line * 57.0) % 5.0;
    if y % 64.0 < 40.0 && stroke < 2.0 { -40.0 } else { 70.0 }
}

/// A weave that reaches up to what the sensor can tell apart.
fn cloth(x: f32, y: f32) -> f32 {
    8.0 * (x * 0.9).sin() * (y * 0.7).cos() + 10.0 * (x * 0.13 + (y * 0.05).sin() * 4.0).sin()
}
