//! Turns the bytes of a photo into smaller pictures for the web.
//!
//! Four steps, each a function without side effects: [`probe`] reads the header, [`parse_spec`] reads what
//! the author wants, [`plan`] does the arithmetic and [`variant_name`] names the result, so that pages can be
//! written long before [`make_variants`] touches a pixel. Sizes, cuts and kernels are those of Hugo 0.168
//! (recorded); unlike Hugo, pictures are turned upright as their EXIF orientation says before anything is
//! measured. The disk is the caller's business.

mod animation;
mod avif;
mod color;
mod decode;
mod drawing;
mod encode;
mod film;
mod filter;
mod format;
mod frame_count;
mod geometry;
mod jpeg;
mod limits;
mod mean;
mod metadata;
mod options;
mod plan;
mod planes;
mod probe;
mod responsive;
mod smart_crop;
mod spec;
mod stills;
mod transform;
mod upright;
mod variants;
mod webp;

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod recorded;
#[cfg(test)]
mod stills_tests;
#[cfg(test)]
mod test_pictures;

pub use drawing::Drawing;
pub use filter::Filter;
pub use format::Format;
pub use geometry::{Orientation, Size};
pub use jpeg::CODECS;
pub use limits::{Limits, memory_estimate};
pub use mean::mean_color;
pub use metadata::{Damaged, MetadataPolicy, without_metadata};
pub use options::{Anchor, Avif, Background, Color, Command, Compression, Hint, ImagingOptions};
pub use plan::{Plan, plan, variant_name};
pub use probe::{ImageInfo, probe};
pub use responsive::{Responsive, doubled, fallback_format, format_words};
pub use spec::{IgnoredWords, Spec, parse_spec};
pub use upright::prepared;
pub use variants::make_variants;
