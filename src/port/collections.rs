//! Functions on numbers, lists, maps and addresses; those on texts and conditions are in `functions`.

use super::code::{Bond, Code, Kind};
use super::functions::fold;
use super::lost::Notes;

/// Arithmetic.
pub(super) fn numbers(name: &str, arguments: &[Code]) -> Option<Code> {
    let kind =
        if arguments.iter().all(|value| value.kind == Kind::Integer) { Kind::Integer } else { Kind::Number };
    let is_text = |value: &Code| matches!(value.kind, Kind::Text | Kind::Html);
    let with = |operator: &str, bond: Bond| fold(arguments, operator, bond, kind);
    Some(match (name, arguments) {
        // Hugo's `add` also joins texts.
        ("add", [_, _, ..]) if arguments.iter().any(is_text) => {
            fold(arguments, "~", Bond::Product, Kind::Text)?
        }
        ("add", [_, _, ..]) => with("+", Bond::Sum)?,
        ("sub", [_, _, ..]) => with("-", Bond::Sum)?,
        ("mul", [_, _, ..]) => with("*", Bond::Product)?,
        // Whole numbers divide to whole numbers in Go.
        ("div", [_, _])
            if arguments.iter().any(|value| value.text.contains('.') && value.bond == Bond::Whole) =>
        {
            with("/", Bond::Product)?
        }
        ("div", [_, _]) => with("//", Bond::Product)?,
        ("mod", [_, _]) => with("%", Bond::Product)?,
        ("math.Round", [value]) => value.filter("round", Kind::Number),
        ("math.Floor", [value]) => value.filter("round(method=\"floor\")", Kind::Number),
        ("math.Ceil", [value]) => value.filter("round(method=\"ceil\")", Kind::Number),
        ("math.Abs", [value]) => value.filter("abs", Kind::Number),
        ("math.Max", [one, two]) => {
            Code::choice(&Code::join(one, ">", two, Bond::Comparison, Kind::Boolean), one, two)
        }
        ("math.Min", [one, two]) => {
            Code::choice(&Code::join(one, "<", two, Bond::Comparison, Kind::Boolean), one, two)
        }
        ("int", [value]) => value.or_default("0").filter("int", Kind::Integer),
        ("float", [value]) => value.or_default("0").filter("float", Kind::Number),
        _ => return None,
    })
}

/// Lists and maps.
pub(super) fn lists(name: &str, arguments: &[Code]) -> Option<Code> {
    let cut = |list: &Code, range: String| {
        let list = list.or_default("[]");
        let kind = if list.kind == Kind::Texts { Kind::Texts } else { Kind::List };
        Code::new(format!("{}[{range}]", list.at_least(Bond::Whole)), Bond::Whole, kind)
    };
    Some(match (name, arguments) {
        ("len", [value]) if value.kind == Kind::Arguments => {
            Code::new("(named | length) + (args | length)", Bond::Sum, Kind::Integer)
        }
        ("len", [value]) => value.or_default("\"\"").filter("length", Kind::Integer),
        ("index", [value, keys @ ..]) if !keys.is_empty() => {
            keys.iter().fold(value.clone(), |value, key| item(&value, key))
        }
        ("isset", [value, key]) => isset(value, key),
        ("first", [count, list]) => cut(list, format!(":{}", count.at_least(Bond::Sum))),
        ("last", [count, list]) => cut(list, format!("-{}:", count.at_least(Bond::Whole))),
        ("after", [count, list]) => cut(list, format!("{}:", count.at_least(Bond::Sum))),
        ("slice", items) => {
            let is_texts =
                !items.is_empty() && items.iter().all(|item| item.kind == Kind::Text && !item.optional);
            let items: Vec<String> = items.iter().map(|item| item.or_default("\"\"").text).collect();
            let kind = if is_texts { Kind::Texts } else { Kind::List };
            Code::new(format!("[{}]", items.join(", ")), Bond::Whole, kind)
        }
        ("dict", entries) => dict(entries)?,
        ("append", [items @ .., list]) if !items.is_empty() => {
            let items: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
            let text = format!("[...{}, {}]", list.at_least(Bond::Whole), items.join(", "));
            Code::new(text, Bond::Whole, Kind::List)
        }
        ("merge", maps @ [_, _, ..]) => {
            let maps: Vec<String> =
                maps.iter().map(|map| format!("...{}", map.at_least(Bond::Whole))).collect();
            Code::new(format!("{{ {} }}", maps.join(", ")), Bond::Whole, Kind::Map)
        }
        ("in", [list, value]) => Code::join(value, "in", &list.or_default("\"\""), Bond::Not, Kind::Boolean),
        ("delimit", [list, separator]) => {
            list.or_default("[]").filter(&format!("join(sep={})", separator.as_text().text), Kind::Text)
        }
        ("reverse", [list]) => list.or_default("[]").filter("reverse", Kind::List),
        ("uniq", [list]) => list.or_default("[]").filter("unique", Kind::List),
        ("sort", [list]) => list.or_default("[]").filter("sort", Kind::List),
        ("sort", [list, key]) => {
            list.or_default("[]").filter(&format!("sort(attribute={})", key.text), Kind::List)
        }
        ("seq", [end]) => sequence(&Code::integer(1), end),
        ("seq", [start, end]) => sequence(start, end),
        _ => return None,
    })
}

/// `index x key`; the keys of parameters are in lower case.
fn item(value: &Code, key: &Code) -> Code {
    match (value.kind, key.kind, key.literal()) {
        (Kind::Arguments, Kind::Integer, _) => Code::path("args", Kind::List).item(key),
        (Kind::Arguments, ..) => item(&Code::path("named", Kind::Map), key),
        (Kind::Params, _, Some(name)) => value.field(&name.to_lowercase()).of(Kind::Params),
        (Kind::Params, Kind::Text | Kind::Any, None) => {
            value.item(&key.as_text().filter("lower", Kind::Text)).of(Kind::Params)
        }
        (_, _, Some(name)) => value.field(&name),
        (Kind::Texts, ..) => value.item(key).of(Kind::Text),
        _ => value.item(key),
    }
}

fn isset(value: &Code, key: &Code) -> Code {
    match (value.kind, key.kind) {
        // A position is given if there are enough of them.
        (Kind::Arguments, Kind::Integer) => {
            let count = Code::path("args", Kind::List).filter("length", Kind::Integer);
            Code::join(&count, ">", key, Bond::Comparison, Kind::Boolean)
        }
        _ => item(value, key).is("defined"),
    }
}

/// `dict "a" 1 "b" 2`; only maps with literal keys can be written.
fn dict(entries: &[Code]) -> Option<Code> {
    let mut written = Vec::new();
    for pair in entries.chunks(2) {
        let [key, value] = pair else {
            return None;
        };
        key.literal()?;
        written.push(format!("{}: {}", key.text, value.or_default("\"\"").text));
    }
    // The spaces keep the braces of maps in maps apart from those of the template.
    Some(Code::new(format!("{{ {} }}", written.join(", ")), Bond::Whole, Kind::Map))
}

/// `seq`: counts up; our `range` stops before its end.
fn sequence(start: &Code, end: &Code) -> Code {
    let number = |value: &Code| {
        if value.kind == Kind::Integer {
            value.clone()
        } else {
            value.or_default("0").filter("int", Kind::Integer)
        }
    };
    let end = match end.text.parse::<i64>() {
        Ok(end) => Code::integer(end.saturating_add(1)),
        Err(_) => Code::join(&number(end), "+", &Code::integer(1), Bond::Sum, Kind::Integer),
    };
    Code::new(format!("range(start={}, end={})", number(start).text, end.text), Bond::Whole, Kind::List)
}

/// Addresses.
pub(super) fn addresses(name: &str, arguments: &[Code], notes: &mut Notes) -> Option<Code> {
    let with = |function: &str, value: &Code| {
        Code::new(format!("{function}(path={})", value.as_text().text), Bond::Whole, Kind::Text)
    };
    Some(match (name, arguments) {
        ("relURL" | "relLangURL", [value]) => {
            if name == "relLangURL" {
                notes.push("`rel_url` knows no languages");
            }
            match value.literal() {
                Some(path) if path.starts_with('/') || path.contains("://") => value.clone(),
                Some(_) => with("rel_url", value),
                // What begins with a slash or a host stays as it is in Hugo.
                None => {
                    let text = value.as_text();
                    let is_rooted = text.is("starting_with(pat=\"/\")");
                    let has_host = Code::join(&Code::quoted("://"), "in", &text, Bond::Not, Kind::Boolean);
                    let is_whole = Code::join(&is_rooted, "or", &has_host, Bond::Or, Kind::Boolean);
                    Code::choice(&is_whole, &text, &with("rel_url", value))
                }
            }
        }
        ("absURL" | "absLangURL", [value]) => {
            if name == "absLangURL" {
                notes.push("`abs_url` knows no languages");
            }
            match value.literal() {
                Some(path) if path.contains("://") => value.clone(),
                Some(_) => with("abs_url", value),
                None => {
                    let text = value.as_text();
                    let has_host = Code::join(&Code::quoted("://"), "in", &text, Bond::Not, Kind::Boolean);
                    Code::choice(&has_host, &text, &with("abs_url", value))
                }
            }
        }
        ("ref" | "relref", [.., path]) if matches!(path.kind, Kind::Text | Kind::Any | Kind::Html) => {
            with(name, path)
        }
        _ => return None,
    })
}
