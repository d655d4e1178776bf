//! Says whether a text is a template at all, for those who write templates for the author. Renders nothing.

use tera::{ErrorKind, Tera};

use crate::diag::{Diagnostic, Location};

/// Checks the syntax of a template that is to be at `path`; which functions and filters there are is not asked.
///
/// # Errors
/// The first place that cannot be read.
pub fn check_template(path: &str, text: &str) -> Result<(), Diagnostic> {
    let Err(error) = Tera::new().add_raw_template(path, text) else {
        return Ok(());
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let span = report.span();
            let message = report.message().lines().next().unwrap_or_default();
            Err(Diagnostic::error("template", message).at(Location::position(
                path,
                span.start_line,
                span.start_col + 1,
            )))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syntax_is_checked_and_names_are_not() {
        assert_eq!(check_template("a.html", "{% if x %}{{ y | unknown }}{{ f() }}{% endif %}"), Ok(()));
        let problem = check_template("a.html", "ab\n{{ x").unwrap_err();
        assert_eq!(problem.code, "template");
        assert_eq!(problem.at.map(|at| at.path).as_deref(), Some("a.html"));
    }
}
