//! Makes all wanted pictures from one source, which is decoded once.
//!
//! Single-threaded and deterministic: the caller runs several sources at a time and keeps the results by
//! their names. A photo is turned upright after it has been scaled down, when that is cheap.

use std::num::NonZeroU32;

use super::animation::{self, Frame};
use super::decode::broken;
use super::encode::encode;
use super::film::Film;
use super::frame_count::count_frames;
use super::geometry::Rect;
use super::limits::check_length;
use super::plan::Plan;
use super::planes::{Chroma, Picture};
use super::probe::ImageInfo;
use super::spec::Spec;
use super::stills::{Base, make_stills};
use crate::diag::Diagnostic;

/// Makes the wanted pictures from the bytes of a source, in the order wanted.
///
/// `info` is the source's, from `probe`, and each plan was made from it and the spec beside it; every result
/// has exactly the plan's size and format. Animations stay animated in GIF and WebP, other formats show the
/// first frame.
///
/// # Errors
/// For all if the source is `image-broken`, `image-too-large` or of an unsupported kind.
pub fn make_variants(
    source: &[u8],
    info: &ImageInfo,
    wanted: &[(Spec, Plan)],
) -> Vec<Result<Vec<u8>, Diagnostic>> {
    let made = if wanted.is_empty() { Ok(Vec::new()) } else { make_all(source, info, wanted) };
    made.unwrap_or_else(|error| vec![Err(error); wanted.len()])
}

fn make_all(
    source: &[u8],
    info: &ImageInfo,
    wanted: &[(Spec, Plan)],
) -> Result<Vec<Result<Vec<u8>, Diagnostic>>, Diagnostic> {
    let limits = wanted.first().map(|(spec, _)| spec.limits).unwrap_or_default();
    limits.check(info)?;
    check_length(info, source.len())?;
    let Some(animation) = animation::open(source, info)? else {
        return make_stills(source, info, wanted);
    };
    let plays = animation.plays;
    let frames = count_frames(source, info.format, limits.max_frames.saturating_add(1));
    limits.check_frames(info, frames)?;
    let moves = wanted.iter().any(|(_, plan)| plan.format.keeps_motion());
    let mut drawings: Vec<Drawing<'_>> =
        wanted.iter().map(|wanted| Drawing::new(wanted, plays, frames)).collect();
    for frame in animation.take(if moves { usize::MAX } else { 1 }) {
        let frame = frame?;
        let picture = Picture::Pixels(frame.picture);
        for drawing in &mut drawings {
            drawing.add(&picture, frame.duration_ms, info)?;
        }
    }
    Ok(drawings.into_iter().map(Drawing::finish).collect())
}

/// One wanted animation as it grows.
struct Drawing<'a> {
    spec: &'a Spec,
    plan: &'a Plan,
    /// The part that is shown: the first frame decides.
    part: Option<Rect>,
    reel: Reel<'a>,
}

/// What a drawing is kept in.
enum Reel<'a> {
    Film(Film<'a>),
    /// The first frame, encoded, in a format that does not move.
    Still(Option<Vec<u8>>),
}

impl<'a> Drawing<'a> {
    fn new((spec, plan): &'a (Spec, Plan), plays: Option<NonZeroU32>, frames: u32) -> Self {
        let moves = frames > 1 && plan.format.keeps_motion();
        let film = || Film::new(spec, plan.format, plays, frames);
        Self { spec, plan, part: None, reel: if moves { Reel::Film(film()) } else { Reel::Still(None) } }
    }

    fn add(&mut self, picture: &Picture, duration_ms: u32, info: &ImageInfo) -> Result<(), Diagnostic> {
        if matches!(self.reel, Reel::Still(Some(_))) {
            return Ok(());
        }
        let base = Base::new(picture, info.orientation, self.spec);
        let part = match self.part {
            Some(part) => part,
            None => *self.part.insert(base.part(self.spec, self.plan)?),
        };
        let picture = base.draw(part, self.plan.size, self.spec.filter, Chroma::Full)?.into_pixels();
        match &mut self.reel {
            Reel::Film(film) => film.add(Frame { picture, duration_ms })?,
            Reel::Still(still) => *still = Some(encode(picture, self.spec, self.plan.format)?),
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<u8>, Diagnostic> {
        match self.reel {
            Reel::Film(film) => film.finish(),
            Reel::Still(still) => still.ok_or_else(|| broken("the animation has no frame".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::DynamicImage;
    use proptest::prelude::*;

    use super::*;
    use crate::image::decode::decode;
    use crate::image::format::Format;
    use crate::image::geometry::Orientation;
    use crate::image::jpeg::Scale;
    use crate::image::options::{Command, ImagingOptions};
    use crate::image::plan::plan;
    use crate::image::probe::probe;
    use crate::image::spec::parse_spec;
    use crate::image::test_pictures::{
        FORMATS, animated_gif, animated_webp, encoded, jpeg_with_exif, photo, transparent,
    };
    use crate::image::transform::upright;

    /// Makes one variant and checks that it is what its plan says.
    fn made(source: &[u8], command: Command, options: &str) -> Result<Vec<u8>, Diagnostic> {
        let info = probe(Cursor::new(source))?;
        let spec = parse_spec(command, options, &ImagingOptions::default())?;
        let plan = plan(&info, &spec)?;
        let file = make_variants(source, &info, &[(spec, plan.clone())]).remove(0)?;
        let result = probe(Cursor::new(&file))?;
        assert_eq!((result.size, result.format), (plan.size, plan.format), "{command:?} `{options}`");
        assert_eq!(result.orientation, Orientation::UPRIGHT);
        Ok(file)
    }

    fn pixels(file: &[u8]) -> DynamicImage {
        decode(file, &probe(Cursor::new(file)).unwrap(), Scale::Full).unwrap().picture.into_pixels()
    }

    fn frames_of(file: &[u8]) -> (Vec<u32>, Option<u32>) {
        let animation = animation::open(file, &probe(Cursor::new(file)).unwrap()).unwrap().unwrap();
        let plays = animation.plays.map(std::num::NonZeroU32::get);
        (animation.map(|frame| frame.unwrap().duration_ms).collect(), plays)
    }

    #[test]
    fn every_format_becomes_every_format() {
        for from in FORMATS {
            let source = encoded(&photo(60, 40), from);
            for to in ["jpg", "png", "gif", "webp", "bmp", "tiff", "avif"] {
                made(&source, Command::Resize, &format!("30x {to}")).unwrap();
            }
        }
    }

    #[test]
    fn photos_come_out_upright_whatever_their_orientation() {
        // The upright picture is 60x40 with a red corner top left and a blue one bottom right.
        let seen = photo(60, 40);
        for value in 1..=8 {
            let orientation = Orientation::from_exif(value);
            // EXIF 6 and 8 undo each other; the other orientations undo themselves.
            let undo = Orientation::from_exif(match value {
                6 => 8,
                8 => 6,
                _ => value,
            });
            let source = jpeg_with_exif(&upright(seen.clone(), undo), value);
            for (command, options) in [(Command::Resize, "30x png"), (Command::Fill, "30x20 png left")] {
                let picture = pixels(&made(&source, command, options).unwrap()).to_rgb8();
                assert_eq!(picture.dimensions(), (30, 20), "{orientation:?}");
                let [r, _, b] = picture.get_pixel(1, 1).0;
                assert!(r > 200 && b < 60, "top left of {value} is {r} {b}");
                let [r, _, b] = picture.get_pixel(28, 18).0;
                assert!(b > 200 && r < 60, "bottom right of {value} is {r} {b}");
            }
        }
    }

    #[test]
    fn a_quarter_turn_goes_counter_clockwise() {
        let source = encoded(&photo(60, 40), Format::Png);
        let picture = pixels(&made(&source, Command::Resize, "20x r90").unwrap()).to_rgb8();
        assert_eq!(picture.dimensions(), (20, 30));
        assert_eq!(picture.get_pixel(1, 28).0, [255, 0, 0]);
    }

    #[test]
    fn anchors_choose_the_part_that_stays() {
        let source = encoded(&photo(60, 40), Format::Png);
        let corner = |command, options: &str| {
            let picture = pixels(&made(&source, command, options).unwrap()).to_rgb8();
            (picture.get_pixel(0, 0).0 == [255, 0, 0], picture.get_pixel(9, 9).0 == [0, 0, 255])
        };
        for command in [Command::Fill, Command::Crop] {
            assert_eq!(corner(command, "10x10 topleft box"), (true, false), "{command:?}");
            assert_eq!(corner(command, "10x10 bottomright box"), (false, true), "{command:?}");
        }
        assert_eq!(corner(Command::Crop, "10x10 center"), (false, false));
    }

    #[test]
    fn grey_and_depth_stay_and_idle_alpha_goes() {
        let kind = |picture: DynamicImage, options: &str| {
            pixels(&made(&encoded(&picture, Format::Png), Command::Resize, options).unwrap()).color()
        };
        use image::ColorType;
        assert_eq!(kind(photo(9, 9).to_luma8().into(), "5x"), ColorType::L8);
        assert_eq!(kind(photo(9, 9).to_luma8().into(), "5x jpg"), ColorType::L8);
        assert_eq!(kind(photo(9, 9).to_luma16().into(), "5x"), ColorType::L16);
        assert_eq!(kind(photo(9, 9).to_rgb16().into(), "5x"), ColorType::Rgb16);
        assert_eq!(kind(photo(9, 9).to_rgba8().into(), "5x"), ColorType::Rgb8);
        assert_eq!(kind(transparent(8, 8), "4x"), ColorType::Rgba8);
        assert_eq!(kind(photo(9, 9), "5x r45"), ColorType::Rgba8);
        assert_eq!(kind(photo(9, 9), "5x r45 #f00"), ColorType::Rgb8);
    }

    #[test]
    fn what_is_transparent_gets_the_background_in_a_jpeg() {
        let source = encoded(&transparent(64, 64), Format::Png);
        let left =
            |options| pixels(&made(&source, Command::Resize, options).unwrap()).to_rgb8().get_pixel(0, 32).0;
        assert_eq!(left("64x jpg"), [255; 3]);
        let [r, g, b] = left("64x jpg #00f");
        assert!(r < 10 && g < 10 && b > 245);
        assert_eq!(left("64x png #00f"), [0, 0, 255]);
    }

    #[test]
    fn animations_keep_frames_durations_and_repetitions() {
        let gif = animated_gif(24, 16, 4);
        let table: [(&[u8], &str, Option<u32>); 4] = [
            (&gif, "12x", Some(3)),
            (&gif, "12x webp", Some(3)),
            (&animated_webp(24, 16, 4), "12x", None),
            (&animated_webp(24, 16, 4), "12x gif", None),
        ];
        for (source, options, plays) in table {
            let file = made(source, Command::Resize, options).unwrap();
            assert_eq!(frames_of(&file), (vec![10, 20, 30, 40], plays), "{options}");
        }
        for options in ["12x jpg", "12x png"] {
            assert_eq!(pixels(&made(&gif, Command::Resize, options).unwrap()).width(), 12);
        }
    }

    #[test]
    fn many_variants_are_made_at_once_in_order_and_always_alike() {
        let source = encoded(&photo(60, 40), Format::Jpeg);
        let info = probe(Cursor::new(&source)).unwrap();
        let wanted: Vec<(Spec, Plan)> = ["10x", "20x webp", "30x png"]
            .into_iter()
            .map(|options| {
                let spec = parse_spec(Command::Resize, options, &ImagingOptions::default()).unwrap();
                let plan = plan(&info, &spec).unwrap();
                (spec, plan)
            })
            .collect();
        let first = make_variants(&source, &info, &wanted);
        for ((_, plan), file) in wanted.iter().zip(&first) {
            assert_eq!(probe(Cursor::new(file.as_ref().unwrap())).unwrap().size, plan.size);
        }
        assert_eq!(make_variants(&source, &info, &wanted), first);
        assert_eq!(make_variants(&source, &info, &[]), []);
    }

    #[test]
    fn a_broken_source_is_an_error_for_every_variant() {
        let source = encoded(&photo(60, 40), Format::Jpeg);
        let cut = source.get(..source.len() / 2).unwrap();
        assert_eq!(made(cut, Command::Resize, "9x").unwrap_err().code, "image-broken");
        let gif = animated_gif(24, 16, 3);
        let cut = gif.get(..gif.len() / 2).unwrap();
        assert_eq!(made(cut, Command::Resize, "9x").unwrap_err().code, "image-broken");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn a_result_has_exactly_the_planned_size(
            (w, h) in (1..70_u32, 1..70_u32),
            (bw, bh) in (1..90_u32, 1..90_u32),
            command in prop::sample::select(
                vec![Command::Resize, Command::Fit, Command::Fill, Command::Crop]
            ),
            word in prop::sample::select(vec!["", "r90", "r33", "left", "lanczos", "png", "nearestneighbor"]),
            exif in 1..9_u16,
        ) {
            made(&jpeg_with_exif(&photo(w, h), exif), command, &format!("{bw}x{bh} {word}")).unwrap();
        }

        #[test]
        fn no_bytes_make_the_codecs_panic(format in 0..7_usize, at in 20..400_usize, noise: Vec<u8>) {
            let mut bytes = encoded(&photo(19, 17), FORMATS[format]);
            let end = bytes.len();
            for (old, new) in bytes[at.min(end)..].iter_mut().zip(&noise) {
                *old = *new;
            }
            let _ = made_or_not(&bytes);
        }
    }

    fn made_or_not(source: &[u8]) -> Result<Vec<u8>, Diagnostic> {
        let info = probe(Cursor::new(source))?;
        let spec = parse_spec(Command::Resize, "8x8", &ImagingOptions::default())?;
        let plan = plan(&info, &spec)?;
        make_variants(source, &info, &[(spec, plan)]).remove(0)
    }
}
