//! What the site's configuration says about Markdown: [`MarkdownOptions`].
//!
//! The defaults are Hugo's (`markup.goldmark` and `markup.highlight`). Reads no configuration itself.

/// How Markdown is read and written; the default is Hugo's.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkdownOptions {
    /// Lets raw HTML and `javascript:` links through (`renderer.unsafe`).
    pub unsafe_html: bool,
    /// Makes each line end a `<br>`.
    pub hard_wraps: bool,
    /// Reads `{.class}` on the line after a block as attributes of that block.
    pub block_attributes: bool,
    /// Reads `{#id .class}` at the end of a heading as its attributes.
    pub title_attributes: bool,
    /// Gives every heading an id made from its text.
    pub auto_heading_id: bool,
    /// How that id is made.
    pub heading_id_kind: HeadingIdKind,
    /// Makes bare addresses links.
    pub linkify: bool,
    /// The scheme of addresses that begin with `www.`.
    pub linkify_protocol: String,
    /// Writes typographic quotes, dashes and ellipses.
    pub typographer: bool,
    /// Reads `[^1]`.
    pub footnotes: bool,
    /// Reads `term` and `: definition`.
    pub definition_lists: bool,
    /// Reads tables.
    pub tables: bool,
    /// Reads `~~deleted~~`.
    pub strikethrough: bool,
    /// Reads `- [ ]`.
    pub task_lists: bool,
    /// How code blocks are shown.
    pub code: CodeOptions,
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self {
            unsafe_html: false,
            hard_wraps: false,
            block_attributes: false,
            title_attributes: true,
            auto_heading_id: true,
            heading_id_kind: HeadingIdKind::Github,
            linkify: true,
            linkify_protocol: "https".to_owned(),
            typographer: true,
            footnotes: true,
            definition_lists: true,
            tables: true,
            strikethrough: true,
            task_lists: true,
            code: CodeOptions::default(),
        }
    }
}

/// How code blocks are shown; the default is Hugo's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeOptions {
    /// Colours code of known languages (`codeFences`).
    pub highlight: bool,
    /// Gives blocks of no or an unknown language the same frame as the others (`guessSyntax`).
    pub guess_syntax: bool,
    /// Numbers the lines of known languages (`lineNos`).
    pub line_numbers: bool,
    /// Accepted for compatibility: numbers always stand in their line, which reads well aloud and when
    /// copied.
    pub line_numbers_in_table: bool,
    /// Columns of a tab, if other than the style sheet's 4.
    pub tab_width: usize,
}

impl Default for CodeOptions {
    fn default() -> Self {
        Self {
            highlight: true,
            guess_syntax: false,
            line_numbers: false,
            line_numbers_in_table: true,
            tab_width: 4,
        }
    }
}

/// How the text of a heading becomes its id (`autoHeadingIDType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeadingIdKind {
    /// Letters and digits of any script, `_` and `-`; a space becomes `-`.
    #[default]
    Github,
    /// The same with accents folded, and then only ASCII.
    GithubAscii,
    /// Letters and numbers; each run of anything else becomes one `-`.
    Blackfriday,
}
