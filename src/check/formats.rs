//! Writes findings as programs want them: annotations of GitHub, the code quality report of GitLab, and SARIF 2.1.0.
//!
//! Paths are those of findings with `prefix` before them, which is where the site lies in the repository: empty, or with
//! a slash at its end. Nothing here depends on the time or the machine.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diag::{Diagnostic, Severity};
use crate::digest::Digester;
use crate::manual::{self, Passage};
use crate::text::encode_path;

/// Writes annotations, one a line, as GitHub reads them from the log of a step (workflow commands).
pub fn github(found: &[Diagnostic], prefix: &str) -> String {
    let mut text = String::new();
    for diagnostic in found {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = Vec::new();
        if let Some(at) = &diagnostic.at {
            properties.push(format!("file={}", property(&format!("{prefix}{}", at.path))));
            properties.extend(at.line.map(|line| format!("line={line}")));
            properties.extend(at.column.map(|column| format!("col={column}")));
        }
        properties.push(format!("title={}", property(&diagnostic.code)));
        let _ = writeln!(text, "::{command} {}::{}", properties.join(","), data(&sentence(diagnostic)));
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// What was found, and what to do about it.
fn sentence(diagnostic: &Diagnostic) -> String {
    match &diagnostic.hint {
        Some(hint) => format!("{} ({hint})", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

/// Writes the report that GitLab shows in merge requests (Code Quality).
pub fn gitlab(found: &[Diagnostic], prefix: &str) -> String {
    let prints = fingerprints(found, prefix);
    let issue = |(diagnostic, fingerprint): (&Diagnostic, &String)| {
        let severity = match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        };
        let at = diagnostic.at.as_ref();
        let path = at.map_or_else(|| "hallway.yaml".to_owned(), |at| format!("{prefix}{}", at.path));
        json!({
            "description": sentence(diagnostic),
            "check_name": diagnostic.code,
            "fingerprint": fingerprint,
            "severity": severity,
            "location": {"path": path, "lines": {"begin": at.and_then(|at| at.line).unwrap_or(1)}},
        })
    };
    let issues: Vec<Value> = found.iter().zip(&prints).map(issue).collect();
    pretty(&Value::Array(issues))
}

/// Writes SARIF 2.1.0 (OASIS), with the long text of every rule that a result has.
pub fn sarif(found: &[Diagnostic], prefix: &str, version: &str) -> String {
    let mut codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code.as_ref()).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let prints = fingerprints(found, prefix);
    let results: Vec<Value> = found
        .iter()
        .zip(&prints)
        .map(|(diagnostic, print)| result(diagnostic, print, &codes, prefix))
        .collect();
    pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "hallway", "semanticVersion": version, "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

/// Tells of a rule what the manual says; one paragraph in short, all of it as help.
fn rule(code: &str) -> Value {
    let passages = manual::explanation(code);
    match passages.first() {
        Some(Passage::Paragraph(text)) => json!({
            "id": code,
            "shortDescription": {"text": text.split_inclusive(". ").next().unwrap_or(text).trim_end()},
            "fullDescription": {"text": text},
            "help": {
                "text": manual::plain_text(&passages, usize::MAX),
                "markdown": manual::markdown(&passages),
            },
        }),
        _ => json!({"id": code}),
    }
}

fn result(diagnostic: &Diagnostic, fingerprint: &str, codes: &[&str], prefix: &str) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": codes.binary_search(&diagnostic.code.as_ref()).unwrap_or_default(),
        "level": level,
        "message": {"text": sentence(diagnostic)},
        "partialFingerprints": {"hallway/v1": fingerprint},
    });
    if let Some(at) = &diagnostic.at {
        let mut place = json!({"artifactLocation": {
            "uri": encode_path(&format!("{prefix}{}", at.path)), "uriBaseId": "%SRCROOT%",
        }});
        if let Some(line) = at.line {
            place["region"] = match at.column {
                Some(column) => json!({"startLine": line, "startColumn": column}),
                None => json!({"startLine": line}),
            };
        }
        result["locations"] = json!([{"physicalLocation": place}]);
    }
    result
}

/// Returns what each finding is known by from one run to the next: not by its line, and the second of two of a kind
/// by its number.
fn fingerprints(found: &[Diagnostic], prefix: &str) -> Vec<String> {
    let mut counts: BTreeMap<(String, String, String), u64> = BTreeMap::new();
    let print = |diagnostic: &Diagnostic| {
        let path = diagnostic.at.as_ref().map(|at| at.path.clone()).unwrap_or_default();
        let key = (diagnostic.code.to_string(), path, diagnostic.message.clone());
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        let digester = Digester::new().text(prefix).text(&key.0).text(&key.1).text(&key.2);
        digester.number(*count).finish().to_string()
    };
    found.iter().map(print).collect()
}

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Location;

    fn found() -> Vec<Diagnostic> {
        vec![
            Diagnostic::error("link-broken", "100%\nof `a`").at(Location::position(
                "content/a, b: é.md",
                3,
                4,
            )),
            Diagnostic::note("file-unused", "nothing").at(Location::file("content/x.jpg")).hint("do"),
            Diagnostic::note("file-unused", "nothing").at(Location::file("content/x.jpg")),
            Diagnostic::warning("git-missing", "none"),
        ]
    }

    #[test]
    fn annotations_cannot_be_broken_by_a_name() {
        assert_eq!(
            github(&found(), "docs/"),
            "::error file=docs/content/a%2C b%3A é.md,line=3,col=4,title=link-broken::100%25%0Aof `a`\n\
             ::notice file=docs/content/x.jpg,title=file-unused::nothing (do)\n\
             ::notice file=docs/content/x.jpg,title=file-unused::nothing\n\
             ::warning title=git-missing::none\n"
        );
    }

    #[test]
    fn reports_name_each_finding_once_and_for_all() {
        let report: Value = serde_json::from_str(&gitlab(&found(), "")).unwrap();
        let prints: std::collections::BTreeSet<&str> =
            report.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(prints.len(), 4);
        assert_eq!(report[0]["location"], json!({"path": "content/a, b: é.md", "lines": {"begin": 3}}));
        let moved = vec![found()[0].clone().at(Location::position("content/a, b: é.md", 9, 9))];
        let again: Value = serde_json::from_str(&gitlab(&moved, "")).unwrap();
        assert_eq!(again[0]["fingerprint"], report[0]["fingerprint"]);
    }

    #[test]
    fn results_point_at_their_rules() {
        let report: Value = serde_json::from_str(&sarif(&found(), "", "1.2.3")).unwrap();
        let run = &report["runs"][0];
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        }
        let place = &run["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/a,%20b:%20%C3%A9.md");
        assert_eq!(place["region"], json!({"startLine": 3, "startColumn": 4}));
    }
}
