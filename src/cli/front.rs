//! Puts lines of YAML into the front matter of a post, and leaves the rest as it is.

use std::io::Write as _;
use std::path::Path;

use hallway::data::Format;
use hallway::diag::{Diagnostic, Location};
use hallway::output::write_new;
use hallway::page::split;
use hallway::source;

/// Writes data on stdout; whoever closed the pipe has seen enough.
pub(crate) fn hand_out(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

const HINT: &str = "put what is written where it belongs";

/// Adds `yaml`, whose keys must not be there yet, at the end of the front matter.
///
/// # Errors
/// The file cannot be read or written, its front matter is not YAML, or has one of the keys.
pub(crate) fn insert(post: &Path, yaml: &str) -> Result<(), Diagnostic> {
    let path = post.display().to_string();
    let text = source::read_named(post, &path)?;
    let (parts, _) = split(&text);
    let place = Location::file(path);
    let refuse =
        |message: String| Err(Diagnostic::error("schedule-post", message).at(place.clone()).hint(HINT));
    if parts.format != Format::Yaml || !text.trim_start_matches('\u{FEFF}').trim_start().starts_with("---") {
        return refuse("the front matter of this post is not YAML".to_owned());
    }
    let keys = |text: &str| -> Vec<String> {
        let own = text.lines().filter(|line| line.starts_with(char::is_alphabetic));
        own.filter_map(|line| Some(line.split_once(':')?.0.to_lowercase())).collect()
    };
    let known = keys(parts.front);
    if let Some(key) = keys(yaml).into_iter().find(|key| known.contains(key)) {
        return refuse(format!("this post has `{key}` already"));
    }
    let start = parts.front.as_ptr() as usize - text.as_ptr() as usize;
    let end = start + parts.front.len();
    let break_line = if parts.front.is_empty() || parts.front.ends_with('\n') { "" } else { "\n" };
    let whole = format!("{}{break_line}{yaml}{}", &text[..end], &text[end..]);
    let name = post.file_name().unwrap_or_default().to_string_lossy();
    let folder = post.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    write_new(folder, &name, &whole, true)
}
