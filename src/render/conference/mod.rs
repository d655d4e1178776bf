//! Pages, look-ups and data of what a site tells of conferences.
//!
//! What there is to tell is found out by `site::conference`; here it gets addresses, words and templates.

mod calendars;
mod data;
mod days;
mod feed;
mod files;
mod found;
mod functions;
mod linked;
mod map;
mod pages;
mod photos;
mod routes;
mod statistics;
mod views;

pub(super) use files::{DataFile, data_file};
pub(super) use found::{Found, events_of, found};
pub(super) use functions::{FUNCTIONS, register};
pub(super) use pages::{fill_overview, is_overview, made, page, recipes};
pub(super) use routes::View;
pub(super) use views::Told;
