//! Writes the page that is shown where there is no site to show yet: its mistakes as text.

use std::fmt::Write as _;

use crate::diag::Diagnostic;
use crate::text::escape_html;

/// Writes the page; it needs no style sheet and no script.
pub(super) fn write(problems: &[Diagnostic]) -> String {
    let mut page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
                    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
                    <meta name=\"color-scheme\" content=\"light dark\">\n\
                    <title>This page cannot be shown yet</title>\n</head>\n<body>\n\
                    <h1>This page cannot be shown yet</h1>\n\
                    <p>It appears here as soon as this is mended:</p>\n<pre>"
        .to_owned();
    for problem in problems {
        let _ = writeln!(page, "{}\n", escape_html(&problem.to_string()));
    }
    page.push_str("</pre>\n</body>\n</html>\n");
    page
}
