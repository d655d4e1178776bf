//! The classes of tokens: the short names that Pygments and Chroma put into `class="…"`.
//!
//! Only classes that a scanner emits are listed; identifiers, white space and brackets have none, because
//! they are drawn in the colour of the text anyway and would double the size of the HTML.

/// Declares the enum and the table of its names from one list, so that they cannot drift apart.
macro_rules! classes {
    ($($variant:ident $name:literal $meaning:literal)*) => {
        /// What kind of token a piece of code is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Class {
            $(#[doc = $meaning] $variant,)*
        }

        /// Every class, in the order of declaration.
        pub(super) const ALL: &[Class] = &[$(Class::$variant),*];

        impl Class {
            /// Returns the name used in `class="…"`, empty for text without a span.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

classes! {
    Plain "" "text without a span"
    K "k" "keyword"
    Kc "kc" "constant of the language: `true`, `nil`"
    Kd "kd" "keyword that declares"
    Kn "kn" "keyword of modules: `import`"
    Kt "kt" "built-in type"
    Na "na" "attribute, property, key"
    Nb "nb" "built-in function"
    Nc "nc" "type or class"
    Nd "nd" "decorator or annotation"
    Nf "nf" "function"
    Ni "ni" "entity"
    Nl "nl" "label, lifetime, anchor"
    Nn "nn" "module or namespace"
    No "no" "constant"
    Nt "nt" "tag or key"
    Nv "nv" "variable"
    S "s" "string of no special kind"
    S1 "s1" "string in single quotes"
    S2 "s2" "string in double quotes"
    Sb "sb" "string in backticks"
    Sc "sc" "character"
    Se "se" "escape in a string"
    Sh "sh" "here document"
    Si "si" "start and end of code in a string"
    Sr "sr" "regular expression"
    Ss "ss" "symbol"
    M "m" "number of no special kind"
    Mb "mb" "binary number"
    Mf "mf" "number with a fraction or exponent"
    Mh "mh" "hexadecimal number"
    Mi "mi" "integer"
    Mo "mo" "octal number"
    O "o" "operator"
    Ow "ow" "operator that is a word"
    C "c" "comment of no special kind"
    C1 "c1" "comment to the end of the line"
    Cm "cm" "comment between delimiters"
    Cp "cp" "preprocessor, directive, template delimiter"
    Cpf "cpf" "file named by an include"
    Gd "gd" "deleted line"
    Ge "ge" "emphasis"
    Gh "gh" "heading"
    Gi "gi" "inserted line"
    Go "go" "output of a command"
    Gp "gp" "prompt"
    Gs "gs" "strong emphasis"
    Gu "gu" "subheading"
}

impl Class {
    /// Returns the class of a name; the name of no class stops the compilation of the table that uses it.
    pub(super) const fn named(name: &[u8]) -> Self {
        let mut index = 0;
        while index < ALL.len() {
            if equal(ALL[index].name().as_bytes(), name) {
                return ALL[index];
            }
            index += 1;
        }
        panic!("a word table names a class that does not exist");
    }
}

/// Compares two byte strings in a constant, where `==` cannot be used yet.
const fn equal(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}
