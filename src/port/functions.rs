//! Functions: what `markdownify`, `printf` or `strings.TrimPrefix` are in our templates.
//!
//! Arguments come in Go's order; what is piped is the last one. Fields and methods are `fields`' business, formats of
//! `printf` those of `format`.

use super::code::{Bond, Code, Kind};
use super::collections::{addresses, lists, numbers};
use super::format;
use super::lost::{Lost, Notes, Outcome};

/// Hugo's names with a namespace, and the short name that this module knows them by.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("collections.After", "after"),
    ("collections.Append", "append"),
    ("collections.Delimit", "delimit"),
    ("collections.Dictionary", "dict"),
    ("collections.First", "first"),
    ("collections.In", "in"),
    ("collections.Index", "index"),
    ("collections.IsSet", "isset"),
    ("collections.Last", "last"),
    ("collections.Merge", "merge"),
    ("collections.Reverse", "reverse"),
    ("collections.Seq", "seq"),
    ("collections.Slice", "slice"),
    ("collections.Sort", "sort"),
    ("collections.Uniq", "uniq"),
    ("compare.Conditional", "cond"),
    ("compare.Default", "default"),
    ("compare.Eq", "eq"),
    ("compare.Ge", "ge"),
    ("compare.Gt", "gt"),
    ("compare.Le", "le"),
    ("compare.Lt", "lt"),
    ("compare.Ne", "ne"),
    ("cast.ToFloat", "float"),
    ("cast.ToInt", "int"),
    ("cast.ToString", "string"),
    ("fmt.Errorf", "errorf"),
    ("fmt.Print", "print"),
    ("fmt.Printf", "printf"),
    ("fmt.Println", "println"),
    ("lang.Translate", "i18n"),
    ("T", "i18n"),
    ("math.Add", "add"),
    ("math.Div", "div"),
    ("math.Mod", "mod"),
    ("math.Mul", "mul"),
    ("math.Sub", "sub"),
    ("safe.CSS", "safeCSS"),
    ("safe.HTML", "safeHTML"),
    ("safe.HTMLAttr", "safeHTMLAttr"),
    ("safe.JS", "safeJS"),
    ("safe.URL", "safeURL"),
    ("strings.FirstUpper", "firstUpper"),
    ("strings.HasPrefix", "hasPrefix"),
    ("strings.HasSuffix", "hasSuffix"),
    ("strings.Replace", "replace"),
    ("strings.Split", "split"),
    ("strings.Title", "title"),
    ("strings.ToLower", "lower"),
    ("strings.ToUpper", "upper"),
    ("strings.Trim", "trim"),
    ("strings.Truncate", "truncate"),
    ("time.Format", "dateFormat"),
    ("transform.HTMLEscape", "htmlEscape"),
    ("transform.Highlight", "highlight"),
    ("transform.Markdownify", "markdownify"),
    ("transform.Plainify", "plainify"),
    ("urls.AbsLangURL", "absLangURL"),
    ("urls.AbsURL", "absURL"),
    ("urls.Ref", "ref"),
    ("urls.RelLangURL", "relLangURL"),
    ("urls.RelRef", "relref"),
    ("urls.RelURL", "relURL"),
    ("urls.URLize", "urlize"),
];

/// What authors can do about functions that have no counterpart, by the beginning of the name.
const HINTS: &[(&str, &str)] = &[
    (
        "partial",
        "another template is `{% include \"partials/name.html\" %}`; the partial itself has to be written anew",
    ),
    ("resources.Get", "put the file into `static/` and use `asset(path=\"name\")`"),
    ("resources.", "put the file into `static/` and use `asset(path=\"name\")`"),
    ("hugo.", "templates cannot ask for the program or the machine: the same site gives the same pages"),
    ("now", "templates cannot ask for the time: the same site gives the same pages"),
    ("warnf", "`throw(message=\"…\")` ends the build with an error"),
    ("getJSON", "nothing is fetched while a site is built: put the data into the front matter"),
    ("getCSV", "nothing is fetched while a site is built: put the data into the front matter"),
    ("replaceRE", "`replace` exchanges plain texts only"),
    ("findRE", "`x is containing(pat=\"…\")` looks for plain texts"),
];

/// Calls a function.
pub(super) fn call(name: &str, arguments: &[Code], notes: &mut Notes) -> Outcome {
    let name = SHORT_NAMES.iter().find(|(long, _)| *long == name).map_or(name, |(_, short)| short);
    let known = logic(name, arguments)
        .or_else(|| texts(name, arguments, notes))
        .or_else(|| numbers(name, arguments))
        .or_else(|| lists(name, arguments))
        .or_else(|| addresses(name, arguments, notes));
    if let Some(code) = known {
        return Ok(code);
    }
    if let ("printf" | "errorf" | "print" | "println", [_, ..]) = (name, arguments) {
        return format::print(name, arguments);
    }
    Err(lost(name))
}

/// Says that a function has no counterpart, with what can be written in its place.
pub(super) fn lost(name: &str) -> Lost {
    let lost = Lost::function(name);
    match HINTS.iter().find(|(start, _)| name.starts_with(start)) {
        Some((_, hint)) => lost.hint(hint),
        None => lost,
    }
}

/// Joins two or more values with an operator.
pub(super) fn fold(values: &[Code], operator: &str, bond: Bond, kind: Kind) -> Option<Code> {
    let joined = |left: Code, right: &Code| Code::join(&left, operator, right, bond, kind);
    let (first, rest) = values.split_first()?;
    Some(rest.iter().fold(first.clone(), joined))
}

/// Conditions and comparisons.
fn logic(name: &str, arguments: &[Code]) -> Option<Code> {
    let either = |bond: Bond, operator: &str| {
        let code = fold(arguments, operator, bond, Kind::Any)?;
        // `or` gives its last value if all are empty, `and` the first that is.
        let is_optional = match bond {
            Bond::Or => arguments.last().is_some_and(|value| value.optional),
            _ => arguments.iter().any(|value| value.optional),
        };
        let kind = arguments
            .first()
            .map(|value| value.kind)
            .filter(|kind| arguments.iter().all(|value| value.kind == *kind));
        let code = code.of(kind.unwrap_or(Kind::Any));
        Some(if is_optional { code.optional() } else { code })
    };
    Some(match (name, arguments) {
        ("and", [_, ..]) => either(Bond::And, "and")?,
        ("or", [_, ..]) => either(Bond::Or, "or")?,
        ("not", [value]) => value.not(),
        ("eq", [first, rest @ ..]) if !rest.is_empty() => {
            let each: Vec<Code> = rest.iter().map(|other| equal(first, "==", other)).collect();
            fold(&each, "or", Bond::Or, Kind::Boolean)?
        }
        ("ne", [first, rest @ ..]) if !rest.is_empty() => {
            let each: Vec<Code> = rest.iter().map(|other| equal(first, "!=", other)).collect();
            fold(&each, "and", Bond::And, Kind::Boolean)?
        }
        ("lt", [left, right]) => ordered(left, "<", right),
        ("le", [left, right]) => ordered(left, "<=", right),
        ("gt", [left, right]) => ordered(left, ">", right),
        ("ge", [left, right]) => ordered(left, ">=", right),
        ("cond", [condition, yes, no]) => Code::choice(condition, yes, no),
        ("default", [fallback, value]) => default(fallback, value),
        _ => return None,
    })
}

/// `==` and `!=`: an argument that is not given is an empty text to Hugo.
fn equal(left: &Code, operator: &str, right: &Code) -> Code {
    let other_is_empty = |other: &Code| other.literal().is_some_and(|text| text.is_empty());
    let filled = |value: &Code, other: &Code| {
        if other_is_empty(other) || (value.optional && other.optional) {
            value.or_default("\"\"")
        } else {
            value.clone()
        }
    };
    Code::join(&filled(left, right), operator, &filled(right, left), Bond::Comparison, Kind::Boolean)
}

/// `<` and its relatives: numbers may have been written as texts.
fn ordered(left: &Code, operator: &str, right: &Code) -> Code {
    let is_number = |code: &Code| matches!(code.kind, Kind::Integer | Kind::Number);
    let read = |value: &Code, other: &Code| {
        if is_number(other) && value.kind == Kind::Any {
            value.or_default("0").filter("float", Kind::Number)
        } else {
            value.or_default("\"\"")
        }
    };
    Code::join(&read(left, right), operator, &read(right, left), Bond::Comparison, Kind::Boolean)
}

/// `default`: an empty text is no value, but `false` is one.
fn default(fallback: &Code, value: &Code) -> Code {
    // Where the fallback is true, `false` has to stay; else the shorter form is as good.
    if matches!(fallback.text.as_str(), "true" | "\"true\"" | "\"yes\"" | "\"on\"") {
        let code = value.clone().optional().or_default(&fallback.text);
        return code.of(if value.kind == fallback.kind { value.kind } else { Kind::Any });
    }
    let code = Code::join(value, "or", fallback, Bond::Or, Kind::Any);
    let kind = if value.kind == fallback.kind { value.kind } else { Kind::Any };
    let code = code.of(kind);
    if fallback.optional { code.optional() } else { code }
}

/// Texts and HTML.
fn texts(name: &str, arguments: &[Code], notes: &mut Notes) -> Option<Code> {
    let through = |value: &Code, filter: &str| value.as_text().filter(filter, Kind::Text);
    Some(match (name, arguments) {
        ("markdownify", [value]) => value.as_text().filter("markdown", Kind::Html),
        ("safeHTML" | "safeHTMLAttr", [value]) => value.clone().filter("safe", Kind::Html),
        // The escaping of HTML is what remains of Go's four; it is right in attributes.
        ("safeURL" | "safeCSS" | "safeJS" | "safeJSStr", [value]) => value.clone(),
        ("string", [value]) => through(value, "str"),
        ("html", [value]) => value.as_text().filter("escape", Kind::Html),
        ("htmlEscape", [value]) => through(value, "escape_html"),
        ("plainify", [value]) => through(value, "plainify"),
        ("urlize", [value]) => through(value, "urlize"),
        ("anchorize", [value]) => {
            notes.push("`urlize` differs from `anchorize` in signs such as points");
            through(&value.as_text().filter("lower", Kind::Text), "urlize")
        }
        ("lower", [value]) => through(value, "lower"),
        ("upper", [value]) => through(value, "upper"),
        ("title", [value]) => {
            notes.push("the filter `title` writes every word with a capital, also short ones");
            through(value, "title")
        }
        ("firstUpper", [value]) => {
            notes.push("the filter `capitalize` writes all letters but the first small");
            through(value, "capitalize")
        }
        ("strings.TrimSpace", [value]) => through(value, "trim"),
        ("trim", [value, set]) => through(value, &trim("trim", set)?),
        ("strings.TrimLeft", [set, value]) => through(value, &trim("trim_start", set)?),
        ("strings.TrimRight", [set, value]) => through(value, &trim("trim_end", set)?),
        ("strings.TrimPrefix", [start, value]) => {
            let count = start.literal()?.chars().count();
            without(value, &format!("starting_with(pat={})", start.text), &format!("{count}:"))
        }
        ("strings.TrimSuffix", [end, value]) => {
            let count = end.literal()?.chars().count();
            without(value, &format!("ending_with(pat={})", end.text), &format!(":-{count}"))
        }
        ("chomp", [value]) => through(value, "trim_end(pat=\"\\n\")"),
        ("replace", [value, from, to]) => {
            let (from, to) = (from.as_text().text, to.as_text().text);
            through(value, &format!("replace(from={from}, to={to})"))
        }
        ("truncate", [length, value]) => {
            notes.push("the filter `truncate` also cuts within a word");
            through(value, &format!("truncate(length={}, end=\" …\")", length.text))
        }
        ("hasPrefix", [value, start]) => {
            value.as_text().is(&format!("starting_with(pat={})", start.as_text().text))
        }
        ("hasSuffix", [value, end]) => {
            value.as_text().is(&format!("ending_with(pat={})", end.as_text().text))
        }
        ("strings.Contains", [value, part]) => {
            Code::join(&part.as_text(), "in", &value.as_text(), Bond::Not, Kind::Boolean)
        }
        ("split", [value, separator]) => {
            value.as_text().filter(&format!("split(pat={})", separator.as_text().text), Kind::Texts)
        }
        ("dateFormat", [layout, date]) => through(date, &format!("date(format={})", layout.as_text().text)),
        ("time" | "time.AsTime", [date]) => date.as_text().of(Kind::Date),
        ("i18n", [key]) => Code::new(format!("t(key={})", key.as_text().text), Bond::Whole, Kind::Text),
        ("i18n", [key, count]) if matches!(count.kind, Kind::Integer | Kind::Number | Kind::Any) => {
            let text = format!("t(key={}, count={})", key.as_text().text, count.text);
            Code::new(text, Bond::Whole, Kind::Text)
        }
        ("highlight", [code, language]) => {
            let text = format!("highlight(code={}, lang={})", code.as_text().text, language.as_text().text);
            Code::new(text, Bond::Whole, Kind::Html)
        }
        ("highlight", [code, language, options]) if options.kind != Kind::Map => {
            let (code, language, options) =
                (code.as_text().text, language.as_text().text, options.as_text().text);
            let text = format!("highlight(code={code}, lang={language}, options={options})");
            Code::new(text, Bond::Whole, Kind::Html)
        }
        _ => return None,
    })
}

/// Takes one end away from a text that has it; our filters would take it away as often as it stands there.
fn without(value: &Code, test: &str, rest: &str) -> Code {
    let text = value.as_text();
    let cut = Code::new(format!("{}[{rest}]", text.at_least(Bond::Whole)), Bond::Whole, Kind::Text);
    Code::choice(&text.is(test), &cut, &text)
}

/// Go trims any of several characters, our filters one text: the same for one character, and for white space.
fn trim(filter: &str, set: &Code) -> Option<String> {
    let characters = set.literal()?;
    if !characters.is_empty() && characters.chars().all(char::is_whitespace) && characters.contains('\n') {
        return Some(filter.to_owned());
    }
    (characters.chars().count() == 1).then(|| format!("{filter}(pat={})", set.text))
}
