//! Turns a proposal into YAML 1.2: only the keys that are proposed, quoted where a reader would take them for more.
//!
//! Meant to be put into front matter as it is; does not know what is already there.

use std::fmt::Write;

use super::{Proposal, ProposedEvent, ProposedTalk};

/// Writes a proposal as YAML; empty where nothing is proposed.
pub fn to_yaml(proposal: &Proposal) -> String {
    let mut out = String::new();
    if let Some(event) = &proposal.event {
        out.push_str("event:\n");
        write_event(event, &mut out);
    }
    if !proposal.talks.is_empty() {
        out.push_str("talks:\n");
    }
    for talk in &proposal.talks {
        write_talk(talk, &mut out);
    }
    if !proposal.syndication.is_empty() {
        out.push_str("syndication:\n");
    }
    for url in &proposal.syndication {
        line(&mut out, "  - ", &scalar(url));
    }
    if let Some(url) = &proposal.canonical {
        line(&mut out, "canonical: ", &scalar(url));
    }
    out
}

fn write_event(event: &ProposedEvent, out: &mut String) {
    let ProposedEvent { name, edition, start, end, city, country, venue, url, schedule } = event;
    line(out, "  name: ", &scalar(name));
    if let Some(edition) = edition {
        // A year is a number, as authors write it.
        let is_year = edition.len() == 4 && edition.chars().all(|c| c.is_ascii_digit());
        line(out, "  edition: ", &if is_year { edition.clone() } else { scalar(edition) });
    }
    for (key, date) in [("start", start), ("end", end)] {
        if let Some(date) = date {
            line(out, &format!("  {key}: "), &date.to_string());
        }
    }
    for (key, text) in
        [("venue", venue), ("city", city), ("country", country), ("url", url), ("schedule", schedule)]
    {
        if let Some(text) = text {
            line(out, &format!("  {key}: "), &scalar(text));
        }
    }
}

fn write_talk(talk: &ProposedTalk, out: &mut String) {
    let ProposedTalk { title, speakers, date, time, room, url, slides, video, line: _ } = talk;
    line(out, "  - title: ", &scalar(title));
    if !speakers.is_empty() {
        let speakers: Vec<String> = speakers.iter().map(|speaker| in_flow(speaker)).collect();
        line(out, "    speakers: ", &format!("[{}]", speakers.join(", ")));
    }
    if let Some(date) = date {
        line(out, "    start: ", &date.to_string());
    }
    if let Some(time) = time {
        // YAML 1.1 took `9:30` for a number of seconds.
        line(out, "    time: ", &quoted(time));
    }
    for (key, text) in [("room", room), ("url", url), ("slides", slides), ("video", video)] {
        if let Some(text) = text {
            line(out, &format!("    {key}: "), &scalar(text));
        }
    }
}

fn line(out: &mut String, key: &str, value: &str) {
    out.push_str(key);
    out.push_str(value);
    out.push('\n');
}

/// Writes a text as a scalar in a block.
fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Writes a text as a scalar in a flow, where commas and brackets part values.
fn in_flow(text: &str) -> String {
    if is_plain(text) && !text.contains([',', '[', ']', '{', '}']) { text.to_owned() } else { quoted(text) }
}

/// Tells whether a text means itself without quotes.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 12] =
        ["true", "false", "yes", "no", "on", "off", "null", "y", "n", ".nan", ".inf", "~"];
    let starts_well =
        text.starts_with(char::is_alphabetic) && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    let is_clear = !text.contains(": ") && !text.contains(" #") && !text.ends_with([':', ' ']);
    starts_well && is_clear && !text.contains(|c: char| c.is_control() || matches!(c, '\u{85}' | '\u{feff}'))
}

/// Writes a text in double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || c == '\u{feff}' || c == '\u{2028}' || c == '\u{2029}' => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn only_what_is_proposed_is_written() {
        assert_eq!(to_yaml(&Proposal::default()), "");
        let event = ProposedEvent {
            name: "Foo: the Conf".into(),
            edition: Some("2024".into()),
            start: Some(date(2024, 6, 2)),
            city: Some("Quux".into()),
            ..ProposedEvent::default()
        };
        let talk = ProposedTalk {
            title: "We \"built\" it".into(),
            speakers: vec!["Ann Lee".into(), "Cy \"Dot\" Em".into(), "Lee, Bob".into()],
            time: Some("09:30-10:20".into()),
            room: Some("2.01".into()),
            ..ProposedTalk::default()
        };
        let proposal = Proposal {
            event: Some(event),
            talks: vec![talk],
            syndication: vec!["https://s.example/1".into()],
            canonical: Some("https://c.example".into()),
            evidence: Vec::new(),
        };
        let expected = "event:\n  name: \"Foo: the Conf\"\n  edition: 2024\n  start: 2024-06-02\n  city: Quux\ntalks:\n  \
            - title: We \"built\" it\n    speakers: [Ann Lee, Cy \"Dot\" Em, \"Lee, Bob\"]\n    time: \"09:30-10:20\"\n    \
            room: \"2.01\"\nsyndication:\n  - https://s.example/1\ncanonical: https://c.example\n";
        assert_eq!(to_yaml(&proposal), expected);
    }

    #[test]
    fn texts_are_quoted_where_they_mean_more() {
        for (text, expected) in [
            ("plain text", "plain text"),
            ("yes", "\"yes\""),
            ("2024", "\"2024\""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("- a", "\"- a\""),
            ("@x", "\"@x\""),
            ("https://a.example/#b", "https://a.example/#b"),
            ("a\\b\n", "\"a\\\\b\\n\""),
            ("ends:", "\"ends:\""),
            ("", "\"\""),
        ] {
            assert_eq!(scalar(text), expected, "{text}");
        }
    }
}
