//! The fifteen ways to compute one pixel from many: [`Filter`].
//!
//! Kernels and supports are the textbook ones, as Hugo 0.168 uses them (each compared with its output); the
//! sums are done by `fast_image_resize`.

use std::f64::consts::PI;

use fast_image_resize::{Filter as Kernel, FilterType, ResizeAlg};

/// How pixels are weighted when a picture is scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "these are the common names of kernels; there is nothing to add to them")]
pub enum Filter {
    NearestNeighbor,
    Box,
    Linear,
    Hermite,
    MitchellNetravali,
    CatmullRom,
    BSpline,
    Gaussian,
    Bartlett,
    Lanczos,
    Hann,
    Hamming,
    Blackman,
    Welch,
    Cosine,
}

impl Filter {
    /// Reads a filter's name in any case.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "nearestneighbor" => Self::NearestNeighbor,
            "box" => Self::Box,
            "linear" => Self::Linear,
            "hermite" => Self::Hermite,
            "mitchellnetravali" => Self::MitchellNetravali,
            "catmullrom" => Self::CatmullRom,
            "bspline" => Self::BSpline,
            "gaussian" => Self::Gaussian,
            "bartlett" => Self::Bartlett,
            "lanczos" => Self::Lanczos,
            "hann" => Self::Hann,
            "hamming" => Self::Hamming,
            "blackman" => Self::Blackman,
            "welch" => Self::Welch,
            "cosine" => Self::Cosine,
            _ => return None,
        })
    }

    /// Returns the algorithm for `fast_image_resize`.
    ///
    /// Its own Hamming and Gaussian have another support than Hugo's and its Box drops one of two pixels that
    /// are exactly half a pixel away, so these come from here; where the kernels agree, its own are used.
    pub(super) fn algorithm(self) -> ResizeAlg {
        let kernel = match self {
            Self::NearestNeighbor => return ResizeAlg::Nearest,
            Self::Linear => return ResizeAlg::Convolution(FilterType::Bilinear),
            Self::MitchellNetravali => return ResizeAlg::Convolution(FilterType::Mitchell),
            Self::CatmullRom => return ResizeAlg::Convolution(FilterType::CatmullRom),
            Self::Lanczos => return ResizeAlg::Convolution(FilterType::Lanczos3),
            Self::Box => Kernel::new("box", |x| f64::from(x.abs() <= 0.5), 0.5),
            Self::Hermite => Kernel::new("hermite", hermite, 1.0),
            Self::BSpline => Kernel::new("bspline", b_spline, 2.0),
            Self::Gaussian => Kernel::new("gaussian", |x| (-2.0 * x * x).exp(), 2.0),
            Self::Bartlett => Kernel::new("bartlett", |x| windowed(x, |x| 1.0 - x / 3.0), 3.0),
            Self::Hann => Kernel::new("hann", |x| windowed(x, |x| 0.5 + 0.5 * (PI * x / 3.0).cos()), 3.0),
            Self::Hamming => {
                Kernel::new("hamming", |x| windowed(x, |x| 0.54 + 0.46 * (PI * x / 3.0).cos()), 3.0)
            }
            Self::Blackman => Kernel::new("blackman", |x| windowed(x, blackman), 3.0),
            Self::Welch => Kernel::new("welch", |x| windowed(x, |x| 1.0 - x * x / 9.0), 3.0),
            Self::Cosine => Kernel::new("cosine", |x| windowed(x, |x| (PI * x / 6.0).cos()), 3.0),
        };
        // Only a support of zero or less is refused, and none of these is.
        kernel.map_or(ResizeAlg::Nearest, |kernel| ResizeAlg::Convolution(FilterType::Custom(kernel)))
    }
}

/// The sinc function under a window of three pixels to each side.
fn windowed(x: f64, window: fn(f64) -> f64) -> f64 {
    let x = x.abs();
    match x {
        0.0 => 1.0,
        x if x < 3.0 => (PI * x).sin() / (PI * x) * window(x),
        _ => 0.0,
    }
}

fn blackman(x: f64) -> f64 {
    0.42 + 0.5 * (PI * x / 3.0).cos() + 0.08 * (2.0 * PI * x / 3.0).cos()
}

/// The cubic with a slope of zero at 0 and 1.
fn hermite(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 { (2.0 * x - 3.0) * x * x + 1.0 } else { 0.0 }
}

/// The cubic B-spline.
fn b_spline(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        (0.5 * x - 1.0) * x * x + 2.0 / 3.0
    } else if x < 2.0 {
        (2.0 - x).powi(3) / 6.0
    } else {
        0.0
    }
}
