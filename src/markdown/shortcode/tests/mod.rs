//! Turns bodies into trees in a compact notation, to compare them with what Hugo 0.168 was seen to do.
//!
//! In the notation a call is `[name#ordinal arguments|inner]`, with `%` before the name for `{{% %}}`, `;`
//! for `|…` if it takes nothing; texts stand as they are.

mod calls;
mod laws;
mod mistakes;
mod unknown;

use std::fmt::Write as _;

use super::*;
use crate::diag::line_and_column;

fn names() -> Names {
    let inner = ["box", "blk", "md", "raw", "dedent", "details", "highlight", "qr"];
    let leaf =
        ["leaf", "ns/deep", "ref", "relref", "param", "figure", "youtube", "gist", "vimeo", "x", "instagram"];
    let named = |names: &[&str], inner: Inner| {
        names.iter().map(move |name| (name.to_string(), inner)).collect::<Vec<_>>()
    };
    let optional = named(&["maybe"], Inner::Optional);
    named(&inner, Inner::Needed).into_iter().chain(named(&leaf, Inner::Unused)).chain(optional).collect()
}

fn show_argument(argument: &Argument) -> String {
    match argument {
        Argument::Text(text) => format!("{text:?}"),
        Argument::Integer(integer) => integer.to_string(),
        Argument::Float(float) => format!("{float:?}"),
        Argument::Boolean(boolean) => boolean.to_string(),
    }
}

fn show(nodes: &[Node]) -> String {
    let mut shown = String::new();
    for node in nodes {
        match node {
            Node::Text(text) => shown.push_str(text),
            Node::Unknown(name) => write!(shown, "[?{name}]").unwrap(),
            Node::Call(call) => {
                let percent = if call.delimiter == Delimiter::Markdown { "%" } else { "" };
                write!(shown, "[{percent}{}#{}", call.name, call.ordinal).unwrap();
                match &call.arguments {
                    Arguments::None => {}
                    Arguments::Positional(list) => list.iter().for_each(|argument| {
                        write!(shown, " {}", show_argument(argument)).unwrap();
                    }),
                    Arguments::Named(named) => named.iter().for_each(|(name, argument)| {
                        write!(shown, " {name}={}", show_argument(argument)).unwrap();
                    }),
                }
                match &call.inner {
                    Some(inner) => write!(shown, "|{}]", show(inner)).unwrap(),
                    None => shown.push_str(";]"),
                }
            }
        }
    }
    shown
}

/// Shows the tree, or the codes and places of the problems.
fn scanned(body: &str) -> String {
    match scan(body, &names()) {
        Ok(nodes) => show(&nodes),
        Err(problems) => {
            let place = |problem: &Problem| {
                let (line, column) = line_and_column(body, problem.offset);
                format!("{} {line}:{column}", problem.diagnostic.code.trim_start_matches("shortcode-"))
            };
            problems.iter().map(place).collect::<Vec<_>>().join(", ")
        }
    }
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<_> = cases
        .iter()
        .map(|(body, wanted)| (body, wanted, scanned(body)))
        .filter(|(_, wanted, found)| *wanted != found)
        .map(|(body, wanted, found)| format!("{body:?}\n  wanted {wanted:?}\n  found  {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
