//! Pages, look-ups and data of what a site tells of conferences.
//!
//! What there is to tell is found out by `site::conference`; here it gets addresses, words and templates.

mod calendars;
mod data;
mod days;
mod functions;
mod linked;
mod map;
mod pages;
mod routes;
mod statistics;
mod views;

pub(super) use functions::{FUNCTIONS, register};
pub(super) use pages::{DataFile, data_file, fill_overview, is_overview, page, recipes, routes};
pub(super) use routes::View;
pub(super) use views::Told;
