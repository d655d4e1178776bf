//! Plans files that an author starts from: a page with its pictures, or a whole site.
//!
//! Pure: what is there already, the time and the archetypes come in, and what is to be written goes out. Writing it, and never
//! over something else, is the business of `output::write_new`.

mod archetype;
mod page;
mod site;

pub use archetype::{Values, fill};
pub use page::{EventFacts, Kind, NewPage, Picture, folder_name, page_text, picture_name};
pub use site::{NewSite, site_files};
