//! What a translation could not carry over, and what it carried over with a difference.

/// Something without a counterpart in our templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lost {
    /// What it is, as the end of "… has no counterpart": names are in backticks.
    pub(super) reason: String,
    /// What the author can write in its place.
    pub(super) hint: Option<&'static str>,
    /// Whether it follows from something that has been told already.
    pub(super) is_told: bool,
}

/// The translation of an expression.
pub(super) type Outcome = Result<super::code::Code, Lost>;

/// Differences between the template and its translation, for the action that is being translated.
pub(super) type Notes = Vec<&'static str>;

impl Lost {
    /// Says what is lost.
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), hint: None, is_told: false }
    }

    /// Says that a function has no counterpart.
    pub(super) fn function(name: &str) -> Self {
        Self::new(format!("there is no counterpart to `{name}`"))
    }

    /// Says that something is built on a value that is lost.
    pub(super) fn follows() -> Self {
        Self { is_told: true, ..Self::new("this is built on something that was not translated") }
    }

    /// Says what to do about it.
    #[must_use]
    pub(super) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// `.Store` and `.Scratch`.
    pub(super) fn memory(name: &str) -> Self {
        Self::new(format!("there is no counterpart to `.{name}`"))
            .hint("templates remember nothing from one call to the next: a variable (`{% set x = 1 %}`) lives in one call")
    }
}
