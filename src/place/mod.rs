//! Turns what authors write about places into countries, points on the earth and maps.
//!
//! All knowledge is in three tables beside this file (`data/`, made by `tools/place/`); nothing is asked of a network.
//! Geocoding of streets and buildings, tiles and borders in dispute are left to others.

pub mod city;
mod clip;
pub mod country;
mod fold;
pub mod map;
mod outline;
mod projection;
mod simplify;
mod svg;
pub mod view;

pub use city::{City, distance_km, find_city};
pub use country::Country;
pub use map::Map;
pub use view::View;

#[cfg(test)]
mod city_tests;
#[cfg(test)]
mod country_tests;
#[cfg(test)]
mod map_tests;
