//! Hallway builds the blogs of people who go to conferences and report from them.
//!
//! A site is compiled, like a document: files, pages, site, articles, outputs. Each step is one function from complete
//! values to complete values, in `pipeline`; ARCHITECTURE.md tells why, and which module may know which.

pub mod cache;
pub mod calendar;
pub mod card;
pub mod check;
pub mod config;
pub mod data;
pub mod date;
pub mod diag;
pub mod digest;
pub mod event;
pub mod glob;
pub mod icons;
pub mod image;
pub mod language;
pub mod lift;
pub mod manual;
pub mod markdown;
pub mod media;
pub mod migrate;
pub mod output;
pub mod page;
pub mod path;
pub mod permalink;
pub mod pipeline;
pub mod place;
pub mod port;
pub mod preview;
pub mod publish;
pub mod render;
pub mod scaffold;
pub mod schedule;
pub mod serve;
pub mod site;
pub mod source;
pub mod text;
pub mod theme;
pub mod why;
