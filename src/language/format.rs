//! Writes dates in a language, by Go's layouts and by Hugo's named ones.

use jiff::Zoned;

use super::LanguageTag;
use super::names::{Column, Names};
use crate::date::format_go_with;

/// Writes `date` by a Go layout with the names of a language, or by one of Hugo's named layouts.
///
/// The named ones are `:date_full`, `:date_long`, `:date_medium`, `:date_short`, `:time_full`, `:time_long`,
/// `:time_medium` and `:time_short`. `AM` and `PM` stay as they are, as in Hugo. A language without names has English ones.
pub fn format(layout: &str, date: &Zoned, tag: &LanguageTag) -> String {
    let names = Names::of(tag);
    let layout = named(layout, names).unwrap_or(layout);
    let Some(layout) = layout.strip_prefix('~') else {
        return format_go_with(layout, date, &names.on(date));
    };
    // Go has no hour of 24 without a zero before it; in these layouts no other number comes first.
    let written = format_go_with(layout, date, &names.on(date));
    match written.find(|c: char| c.is_ascii_digit()) {
        Some(at) if written.get(at..).is_some_and(|rest| rest.starts_with('0')) => {
            let (before, after) = written.split_at(at);
            format!("{before}{}", after.get(1..).unwrap_or_default())
        }
        _ => written,
    }
}

/// Returns the Go layout that a named one stands for.
fn named(layout: &str, names: Names) -> Option<&'static str> {
    let (column, size) = layout.strip_prefix(':')?.split_once('_')?;
    let column = match column {
        "date" => Column::DateLayouts,
        "time" => Column::TimeLayouts,
        _ => return None,
    };
    let index = ["full", "long", "medium", "short"].iter().position(|name| *name == size)?;
    Some(names.value(column, i8::try_from(index).ok()?))
}

/// Returns the layout of dates in a language where the author has chosen none: day, month by name, year.
///
/// English has the day first, which readers everywhere take for the same day.
pub fn default_layout(tag: &LanguageTag) -> &'static str {
    if tag.language() == "en" { "2 January 2006" } else { ":date_long" }
}

/// Writes a date with the time of the day after it, as [`format()`] writes both.
pub fn format_with_time(layout: &str, date: &Zoned, tag: &LanguageTag) -> String {
    let time = if tag.language() == "en" { "15:04" } else { ":time_short" };
    format!("{}, {}", format(layout, date, tag), format(time, date, tag))
}
