//! Takes the words that sites wrote for Docsy's keys for ours of the same meaning.

/// Docsy's keys and ours, the better ones first where several mean one of ours.
///
/// Docsy's alerts and its own words for `note`, `tip`, `warning` and the like have our names already.
const SAME: [(&str, &str); 17] = [
    ("ui_read_more", "read_more"),
    ("ui_search_placeholder", "search"),
    ("ui_search", "search"),
    ("ui_pager_prev", "previous"),
    ("ui_pager_next", "next"),
    ("post_byline_by", "by"),
    ("post_created", "published"),
    ("post_last_mod", "updated"),
    ("docs_last_mod", "updated"),
    ("docs_table_of_contents", "on_this_page"),
    ("toc_on_this_page", "on_this_page"),
    ("alert_note", "note"),
    ("alert_tip", "tip"),
    ("alert_important", "important"),
    ("alert_warning", "warning"),
    ("alert_caution", "caution"),
    ("error_not_found", "not_found"),
];

/// Docsy's keys that stand behind a number of minutes, which ours holds itself.
const AFTER_COUNT: [&str; 2] = ["ui_minute_read", "post_reading_time"];

/// Returns our key for one of Docsy's, and the text as ours has it; `None` for keys that mean nothing to our theme.
pub(super) fn translate(key: &str, text: &str) -> Option<(&'static str, String)> {
    if AFTER_COUNT.contains(&key) {
        return Some(("minutes", format!("{{{{ .Count }}}} {text}")));
    }
    let (_, own) = SAME.iter().find(|(docsy, _)| *docsy == key)?;
    Some((own, text.to_owned()))
}
