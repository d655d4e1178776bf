//! Expressions of our template language under construction: text, binding strength, and what is known of the value.
//!
//! Puts parentheses where they are needed. Does not know what stands for what in Go.

/// What is known of a value while a template is translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The call of the shortcode itself: the outermost dot.
    Call,
    /// The call that this one stands in.
    Parent,
    /// `.Params`: by position or by name.
    Arguments,
    /// A page.
    Page,
    /// The files beside a page.
    Resources,
    /// One of these files.
    Resource,
    /// A picture made from one.
    Picture,
    /// The site.
    Site,
    /// A language.
    Language,
    /// A media type.
    MediaType,
    /// A date, as text.
    Date,
    /// Text.
    Text,
    /// HTML that is printed as it is.
    Html,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A list.
    List,
    /// A list of texts.
    Texts,
    /// A map with keys as they are written.
    Map,
    /// A map whose keys are in lower case: parameters of pages and the site.
    Params,
    /// `nil`
    Nil,
    /// Nothing is known.
    Any,
}

/// How strongly parts of an expression hold together, the loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// `a if b else c`
    Choice,
    /// `a or b`
    Or,
    /// `a and b`
    And,
    /// `not a`, `a in b`, `a is b`
    Not,
    /// `a == b`
    Comparison,
    /// `a + b`
    Sum,
    /// `a * b`, `a ~ b`
    Product,
    /// `a | filter`
    Filter,
    /// A number with a sign.
    Sign,
    /// A literal, a call, what stands in parentheses.
    Whole,
    /// A name with fields: may be followed by `?.`
    Path,
}

/// One expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    /// As it is written.
    pub(super) text: String,
    /// What holds it together.
    pub(super) bond: Bond,
    /// What its value is.
    pub(super) kind: Kind,
    /// Whether there may be no value at all, which our templates refuse to print.
    pub(super) optional: bool,
}

impl Code {
    /// Writes a name, or a name with fields.
    pub(super) fn path(text: impl Into<String>, kind: Kind) -> Self {
        Self { text: text.into(), bond: Bond::Path, kind, optional: false }
    }

    /// Writes an expression of a given bond.
    pub(super) fn new(text: impl Into<String>, bond: Bond, kind: Kind) -> Self {
        Self { text: text.into(), bond, kind, optional: false }
    }

    /// Writes a text in quotes.
    pub(super) fn quoted(text: &str) -> Self {
        let mut written = String::from("\"");
        for c in text.chars() {
            match c {
                '"' => written.push_str("\\\""),
                '\\' => written.push_str("\\\\"),
                '\n' => written.push_str("\\n"),
                '\t' => written.push_str("\\t"),
                '\r' => written.push_str("\\r"),
                other => written.push(other),
            }
        }
        written.push('"');
        Self::new(written, Bond::Whole, Kind::Text)
    }

    /// Writes a whole number.
    pub(super) fn integer(number: i64) -> Self {
        let bond = if number < 0 { Bond::Sign } else { Bond::Whole };
        Self::new(number.to_string(), bond, Kind::Integer)
    }

    /// Says of what kind the value is.
    #[must_use]
    pub(super) fn of(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Says that there may be no value.
    #[must_use]
    pub(super) fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Returns the text, in parentheses if it is held together less strongly than `bond`.
    pub(super) fn at_least(&self, bond: Bond) -> String {
        if self.bond < bond { format!("({})", self.text) } else { self.text.clone() }
    }

    /// Says whether the text is a literal text, and which.
    pub(super) fn literal(&self) -> Option<String> {
        let inside = self.text.strip_prefix('"')?.strip_suffix('"')?;
        let mut value = String::new();
        let mut chars = inside.chars();
        while let Some(c) = chars.next() {
            value.push(match c {
                '\\' => match chars.next()? {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    other => other,
                },
                '"' => return None,
                other => other,
            });
        }
        (self.bond == Bond::Whole).then_some(value)
    }

    /// Asks for a field.
    #[must_use]
    pub(super) fn field(&self, name: &str) -> Self {
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if is_name && self.bond == Bond::Path {
            let dot = if self.optional { "?." } else { "." };
            return Self::path(format!("{}{dot}{name}", self.text), Kind::Any).optional();
        }
        self.item(&Self::quoted(name))
    }

    /// Asks for the value of a key or position.
    #[must_use]
    pub(super) fn item(&self, key: &Self) -> Self {
        let text = match (self.bond == Bond::Path, self.optional) {
            (true, true) => format!("{}?[{}]", self.text, key.text),
            (true, false) => format!("{}[{}]", self.text, key.text),
            // Only names can be followed by `?[`.
            (false, true) => format!("({} or {{ }})[{}]", self.at_least(Bond::Or), key.text),
            (false, false) => format!("{}[{}]", self.at_least(Bond::Whole), key.text),
        };
        let bond = if self.bond == Bond::Path { Bond::Path } else { Bond::Whole };
        Self::new(text, bond, Kind::Any).optional()
    }

    /// Sends the value through a filter, written with its arguments.
    #[must_use]
    pub(super) fn filter(&self, filter: &str, kind: Kind) -> Self {
        Self::new(format!("{} | {filter}", self.at_least(Bond::Filter)), Bond::Filter, kind)
    }

    /// Returns the value as a text: most filters take nothing else, and no value is an empty one.
    #[must_use]
    pub(super) fn as_text(&self) -> Self {
        let is_text = matches!(self.kind, Kind::Text | Kind::Html | Kind::Date) && !self.optional;
        if is_text { self.clone() } else { self.filter("str", Kind::Text) }
    }

    /// Returns the value, with another in place of none.
    #[must_use]
    pub(super) fn or_default(&self, value: &str) -> Self {
        if !self.optional {
            return self.clone();
        }
        self.filter(&format!("default(value={value})"), self.kind)
    }

    /// Joins two values with an operator that groups from the left.
    pub(super) fn join(left: &Self, operator: &str, right: &Self, bond: Bond, kind: Kind) -> Self {
        // What stands right of an operator of the same bond needs parentheses; comparisons need them on both sides.
        let (inner, outer) = match bond {
            Bond::Or => (Bond::Or, Bond::And),
            Bond::And => (Bond::And, Bond::Not),
            Bond::Sum => (Bond::Sum, Bond::Product),
            Bond::Product => (Bond::Product, Bond::Filter),
            _ => (Bond::Sum, Bond::Sum),
        };
        let right = if bond == Bond::Product && right.bond == Bond::Sign {
            format!("({})", right.text)
        } else {
            right.at_least(outer)
        };
        Self::new(format!("{} {operator} {right}", left.at_least(inner)), bond, kind)
    }

    /// Negates a condition.
    #[must_use]
    pub(super) fn not(&self) -> Self {
        Self::new(format!("not {}", self.at_least(Bond::Filter)), Bond::Not, Kind::Boolean)
    }

    /// Asks a test of the template language, as in `x is defined`.
    #[must_use]
    pub(super) fn is(&self, test: &str) -> Self {
        Self::new(format!("{} is {test}", self.at_least(Bond::Filter)), Bond::Not, Kind::Boolean)
    }

    /// Chooses between two values.
    pub(super) fn choice(condition: &Self, yes: &Self, no: &Self) -> Self {
        let text = format!(
            "{} if {} else {}",
            yes.at_least(Bond::Or),
            condition.at_least(Bond::Or),
            no.at_least(Bond::Or)
        );
        let kind = if yes.kind == no.kind { yes.kind } else { Kind::Any };
        let code = Self::new(text, Bond::Choice, kind);
        if yes.optional || no.optional { code.optional() } else { code }
    }
}
