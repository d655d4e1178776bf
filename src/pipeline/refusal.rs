//! Refuses builds with problems that forbid them: errors, and warnings where the author asks for it.

use super::{Build, Failure, FailureKind};
use crate::diag::{Diagnostic, Severity};

/// Refuses a build with errors.
pub(super) fn refuse_errors(build: Build, strict: bool) -> Result<Build, Failure> {
    refuse(build, |diagnostic| forbids(diagnostic, strict))
}

/// Refuses a build with errors, unless all of them are of pictures: others may be broken in their pixels.
pub(super) fn refuse_other_errors(build: Build, strict: bool) -> Result<Build, Failure> {
    refuse(build, |diagnostic| forbids(diagnostic, strict) && !diagnostic.code.starts_with("image-"))
}

fn refuse(build: Build, forbids: impl Fn(&Diagnostic) -> bool) -> Result<Build, Failure> {
    if build.diagnostics.iter().any(forbids) {
        return Err(Failure::new(FailureKind::Content, build.diagnostics));
    }
    Ok(build)
}

fn forbids(diagnostic: &Diagnostic, strict: bool) -> bool {
    diagnostic.is_error() || strict && diagnostic.severity == Severity::Warning
}
