//! Chooses the class that says how wide a photo of a gallery is for its height.
//!
//! A style attribute would say it exactly, but a strict policy refuses those. So `css/gallery.css` has a class for each
//! of these ratios; a photo between two of them loses a few hundredths of one side.

use crate::image::Size;

/// Width for a height of 100, ascending; what cameras and screens have is among them.
const RATIOS: [u32; 35] = [
    25, 29, 33, 38, 43, 46, 50, 56, 60, 67, 71, 75, 80, 87, 94, 100, 108, 117, 125, 133, 141, 150, 160, 167,
    178, 189, 200, 217, 233, 255, 280, 310, 345, 400, 500,
];

/// The ratio of a picture of unknown size.
const UNKNOWN: u32 = 133;

/// Returns the class of a picture of a size.
pub(super) fn ratio_class(size: Option<Size>) -> String {
    let nearest = |size: Size| {
        let (width, height) = (u64::from(size.width_px.max(1)) * 100, u64::from(size.height_px.max(1)));
        // How much of the picture stays: the smaller of the two ratios over the larger one, in millionths.
        let kept = |ratio: &u32| {
            let (one, other) = (width, height * u64::from(*ratio));
            one.min(other) * 1_000_000 / one.max(other)
        };
        RATIOS.into_iter().max_by_key(kept)
    };
    format!("ratio-{}", size.and_then(nearest).unwrap_or(UNKNOWN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_ratio_is_taken() {
        let table = [
            ((4032, 3024), "ratio-133"),
            ((3024, 4032), "ratio-75"),
            ((6000, 4000), "ratio-150"),
            ((1920, 1080), "ratio-178"),
            ((1080, 1920), "ratio-56"),
            ((500, 500), "ratio-100"),
            ((501, 500), "ratio-100"),
            ((12000, 3000), "ratio-400"),
            ((16000, 1000), "ratio-500"),
            ((1, 100), "ratio-25"),
            ((1, 1), "ratio-100"),
            ((0, 0), "ratio-100"),
        ];
        for ((width, height), class) in table {
            assert_eq!(ratio_class(Some(Size::new(width, height))), class, "{width}x{height}");
        }
        assert_eq!(ratio_class(None), "ratio-133");
    }

    #[test]
    fn little_is_cut_between_two_ratios() {
        for pair in RATIOS.windows(2) {
            // In the middle between two, in the sense of the ratio, most is lost: half of their distance.
            let kept = (f64::from(pair[0]) / f64::from(pair[1])).sqrt();
            let is_common = pair[0] >= 50 && pair[1] <= 233;
            assert!(pair[1] > pair[0], "{pair:?}");
            assert!(kept > if is_common { 0.94 } else { 0.89 }, "{pair:?} keeps {kept}");
        }
    }

    #[test]
    fn the_style_sheet_has_each_ratio_once() {
        let sheet = include_str!("../../../../static/css/gallery.css");
        for ratio in RATIOS {
            let rule = sheet.matches(&format!(".ratio-{ratio} {{")).count();
            assert_eq!(rule, 1, "{ratio}");
        }
        assert_eq!(sheet.matches(".ratio-").count(), RATIOS.len());
        let written = sheet.lines().filter_map(|line| line.strip_prefix(".ratio-")).map(|line| {
            let (ratio, rest) = line.split_once(" { --ratio: ").unwrap();
            (ratio.parse::<f64>().unwrap(), rest.trim_end_matches(" }").parse::<f64>().unwrap())
        });
        for (hundredths, ratio) in written {
            assert!((hundredths / 100.0 - ratio).abs() < 0.005, "{hundredths} {ratio}");
        }
    }
}
