//! What the site's configuration says about Markdown: [`MarkdownOptions`].
//!
//! The defaults are Hugo's (`markup.goldmark` and `markup.highlight`). Reads no configuration itself.

use std::borrow::Cow;

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
    /// Reads `:smile:` (`enableEmoji`).
    pub emoji: bool,
    /// The marks of text beyond emphasis that are read.
    pub extras: Extras,
    /// What stands around formulas, in the order in which it is looked for; none are looked for if empty.
    pub passthrough: Vec<Delimiters>,
    /// Reads `> [!NOTE]` as an alert; core Hugo leaves that to a theme.
    pub alerts: bool,
    /// Puts an image that is alone in its paragraph into a `<p>` (`wrapStandAloneImageWithinParagraph`).
    pub wrap_lone_image: bool,
    /// Gives the terms of definition lists ids (`autoDefinitionTermID`).
    pub definition_term_ids: bool,
    /// Closes void elements with a slash (`renderer.xhtml`).
    pub xhtml: bool,
    /// What typographic marks are written as.
    pub marks: TypographicMarks,
    /// What the link back from a footnote shows, as HTML.
    pub footnote_backlink: String,
    /// Puts the prefix of the page ([`super::Hooks::id_prefix`]) before the ids of footnotes.
    pub footnote_id_prefix: bool,
    /// Which line ends between East Asian characters vanish.
    pub east_asian_breaks: EastAsianBreaks,
    /// Lets a backslash with a space after it vanish.
    pub escaped_space: bool,
    /// When the caller is asked for the targets of links; only kept here for the caller.
    pub link_hook: HookUse,
    /// When the caller is asked for the targets of images; only kept here for the caller.
    pub image_hook: HookUse,
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
            emoji: false,
            extras: Extras::default(),
            passthrough: Vec::new(),
            alerts: true,
            wrap_lone_image: true,
            definition_term_ids: false,
            xhtml: false,
            marks: TypographicMarks::default(),
            footnote_backlink: "&#x21a9;&#xfe0e;".to_owned(),
            footnote_id_prefix: false,
            east_asian_breaks: EastAsianBreaks::Keep,
            escaped_space: false,
            link_hook: HookUse::Auto,
            image_hook: HookUse::Auto,
            code: CodeOptions::default(),
        }
    }
}

/// Marks of text that are read when switched on (`extensions.extras`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extras {
    /// `~~deleted~~`, where `strikethrough` is off.
    pub delete: bool,
    /// `++inserted++`.
    pub insert: bool,
    /// `==marked==`.
    pub mark: bool,
    /// `H~2~O`, where `strikethrough` is off.
    pub subscript: bool,
    /// `x^2^`.
    pub superscript: bool,
}

/// What stands around a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delimiters {
    /// Before it; not empty.
    pub open: String,
    /// After it; not empty.
    pub close: String,
    /// Whether the formula stands on a line of its own.
    pub is_block: bool,
}

/// Which line ends between East Asian characters vanish (`cjk.eastAsianLineBreaksStyle`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EastAsianBreaks {
    /// None.
    #[default]
    Keep,
    /// Those between two wide characters.
    Simple,
    /// Those beside a character of Chinese or Japanese script.
    Css3Draft,
}

/// When a link or image is resolved by the caller (`renderHooks.*.useEmbedded`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HookUse {
    /// Where the site has `languages`.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
    /// Where the site has no hook of its own, that is always.
    Fallback,
}

/// One of the marks that the typographer writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypographicMark {
    /// Opens a quotation.
    LeftDoubleQuote,
    /// Closes a quotation.
    RightDoubleQuote,
    /// Opens a quotation in a quotation.
    LeftSingleQuote,
    /// Closes a quotation in a quotation.
    RightSingleQuote,
    /// Stands for letters that are left out.
    Apostrophe,
    /// `---`.
    EmDash,
    /// `--`.
    EnDash,
    /// `...`.
    Ellipsis,
    /// `<<`.
    LeftAngleQuote,
    /// `>>`.
    RightAngleQuote,
}

/// What typographic marks are written as, as HTML; the default is an entity for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypographicMarks([Cow<'static, str>; 10]);

impl TypographicMarks {
    /// All marks with the names of their keys in Hugo's configuration.
    pub const KEYS: [(TypographicMark, &'static str); 10] = [
        (TypographicMark::LeftDoubleQuote, "leftDoubleQuote"),
        (TypographicMark::RightDoubleQuote, "rightDoubleQuote"),
        (TypographicMark::LeftSingleQuote, "leftSingleQuote"),
        (TypographicMark::RightSingleQuote, "rightSingleQuote"),
        (TypographicMark::Apostrophe, "apostrophe"),
        (TypographicMark::EmDash, "emDash"),
        (TypographicMark::EnDash, "enDash"),
        (TypographicMark::Ellipsis, "ellipsis"),
        (TypographicMark::LeftAngleQuote, "leftAngleQuote"),
        (TypographicMark::RightAngleQuote, "rightAngleQuote"),
    ];

    /// Returns what is written for a mark.
    pub fn html(&self, mark: TypographicMark) -> &str {
        &self.0[mark as usize]
    }

    /// Changes what is written for a mark; it may be empty.
    pub fn set(&mut self, mark: TypographicMark, html: String) {
        self.0[mark as usize] = Cow::Owned(html);
    }
}

impl Default for TypographicMarks {
    fn default() -> Self {
        Self(
            [
                "&ldquo;", "&rdquo;", "&lsquo;", "&rsquo;", "&rsquo;", "&mdash;", "&ndash;", "&hellip;",
                "&laquo;", "&raquo;",
            ]
            .map(Cow::Borrowed),
        )
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
    /// Number of the first line (`lineNoStart`).
    pub first_line: usize,
    /// Lines that stand out, such as `1 3-5` (`hl_Lines`).
    pub marked_lines: String,
    /// Makes line numbers links to their lines (`anchorLineNos`).
    pub anchors: bool,
    /// What the ids of lines begin with (`lineAnchors`); empty for our own.
    pub anchor_prefix: String,
    /// Class of the frame (`wrapperClass`).
    pub frame_class: String,
    /// Columns of a tab, if other than the style sheet's 4 (`tabWidth`).
    pub tab_width: usize,
}

impl Default for CodeOptions {
    fn default() -> Self {
        Self {
            highlight: true,
            guess_syntax: false,
            line_numbers: false,
            first_line: 1,
            marked_lines: String::new(),
            anchors: false,
            anchor_prefix: String::new(),
            frame_class: "highlight".to_owned(),
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
