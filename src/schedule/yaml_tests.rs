//! Says that what is written is read back with the same values, by the YAML 1.2 reader of the site, and that nothing is left
//! to a YAML 1.1 reader to misunderstand.

use proptest::prelude::*;
use serde_yaml::Value;

use super::*;

fn session(title: &str) -> Session {
    Session {
        id: "ABC123".into(),
        title: title.into(),
        subtitle: None,
        speakers: Vec::new(),
        start: None,
        end: None,
        room: None,
        track: None,
        kind: None,
        is_break: false,
        is_unrecorded: false,
        language: None,
        url: None,
        slides: None,
        video: None,
        summary: None,
    }
}

fn read_back(sessions: &[&Session]) -> Vec<Value> {
    let yaml = to_yaml(sessions);
    let value: Value = serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
    value.get("talks").unwrap().as_sequence().unwrap().clone()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).map(|value| value.as_str().unwrap_or_else(|| panic!("{key} is no text: {value:?}")))
}

#[test]
fn an_entry_reads_as_an_author_would_write_it() {
    let mut talk = session("We Built for Predictability; the Workloads Didn't Care");
    talk.speakers =
        vec![Speaker { name: "Ada Gander".into(), url: None }, Speaker { name: "Bo, Jr".into(), url: None }];
    talk.start = Some(jiff::civil::datetime(2026, 2, 2, 9, 30, 0, 0));
    talk.end = Some(jiff::civil::datetime(2026, 2, 2, 10, 20, 0, 0));
    talk.room = Some("D.Aud".into());
    talk.track = Some("Main: #1".into());
    talk.kind = Some(Kind::Keynote);
    talk.url = Some("https://talks.goose.example/talk/ABC123/".into());
    talk.video = Some("https://youtu.be/x?t=1".into());
    let mut day = session("1984");
    day.kind = Some(Kind::Talk);
    day.start = Some(jiff::civil::datetime(2026, 2, 3, 0, 0, 0, 0));
    day.speakers = vec![
        Speaker { name: "Cy Teal".into(), url: Some("https://cy.example/".into()) },
        Speaker { name: "Di".into(), url: None },
    ];
    let expected = r#"talks:
  - title: We Built for Predictability; the Workloads Didn't Care
    id: ABC123
    speakers: [Ada Gander, "Bo, Jr"]
    start: 2026-02-02T09:30
    end: 2026-02-02T10:20
    room: D.Aud
    track: "Main: #1"
    kind: keynote
    url: https://talks.goose.example/talk/ABC123/
    video: "https://youtu.be/x?t=1"
  - title: "1984"
    id: ABC123
    speakers:
      - name: Cy Teal
        url: https://cy.example/
      - Di
    start: 2026-02-03
"#;
    assert_eq!(to_yaml(&[&talk, &day]), expected);
    assert_eq!(to_yaml(&[]), "talks: []\n");
    assert!(
        to_yaml_entries(&[&day], 0)
            .starts_with("- title: \"1984\"\n  id: ABC123\n  speakers:\n    - name: Cy")
    );
    assert_eq!(read_back(&[&talk, &day]).len(), 2);
}

#[test]
fn texts_that_mean_something_to_yaml_are_quoted() {
    for title in [
        "yes",
        "No",
        "ON",
        "y",
        "null",
        "~",
        "true",
        "1",
        "1e3",
        "0x1F",
        "1:30",
        ".5",
        "NaN",
        "2026-02-02",
        "12:30:45",
        "=",
        "<<",
        "@home",
        "`code`",
        "#1",
        "- dash",
        "? key",
        ": colon",
        "a: b",
        "ends:",
        "a #b",
        "[list]",
        "{map}",
        "*star",
        "&anchor",
        "!tag",
        "|",
        ">",
        "%TAG",
        "\"quoted\"",
        "'single'",
        "---",
        "...",
        "",
        " space ",
        "emoji 🦆",
        "new\nline",
        "tab\t",
        "\u{0}",
        "\u{85}",
        "\u{2028}",
        "\u{FEFF}",
        "\u{FFFE}",
        "back\\slash",
        "日本: 語",
        "a, b",
        "infinity",
    ] {
        let session = session(title);
        let yaml = to_yaml(&[&session]);
        assert_eq!(yaml.lines().count(), 3, "{yaml}");
        assert_eq!(
            read_back(&[&session]).first().and_then(|talk| text(talk, "title")),
            Some(title),
            "{yaml}"
        );
    }
}

#[test]
fn plain_texts_are_no_more_than_words_to_yaml_1_1() {
    for text in [
        "yes",
        "oFF",
        "N",
        "1",
        "-",
        ".inf",
        "2026-02-02",
        "1:30",
        "=",
        "<<",
        "~",
        "a: b",
        "b #c",
        "é:",
        "d\n",
    ] {
        assert!(!is_plain(text), "{text}");
    }
    for text in
        ["Yes, we can", "Größe", "Q&A? no"].into_iter().take(2).chain(["日本", "https://example.org/a"])
    {
        assert!(is_plain(text), "{text}");
    }
}

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-a-z0-9:#,'\" \\[\\]{}&*!|>%@`~?=<.\\\\\n\t]{0,12}",
        "[ynYNofe]{1,3}",
        "[-+0-9.:eExobT_Z]{1,8}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(
        title in anything(), room in anything(), track in anything(), url in anything(),
        names in prop::collection::vec((anything(), prop::option::of(anything())), 0..4),
    ) {
        let mut written = session(&title);
        written.room = Some(room.clone());
        written.track = Some(track.clone());
        written.url = Some(url.clone());
        written.speakers = names.iter().cloned().map(|(name, url)| Speaker { name, url }).collect();
        let read = read_back(&[&written, &written]);
        prop_assert_eq!(read.len(), 2);
        for talk in &read {
            let fields = ["title", "room", "track", "url"].map(|key| text(talk, key).unwrap());
            prop_assert_eq!(fields, [&title, &room, &track, &url]);
            let speakers = talk.get("speakers").and_then(Value::as_sequence).cloned().unwrap_or_default();
            let speakers: Vec<(String, Option<String>)> = speakers.iter().map(|speaker| match speaker.as_str() {
                Some(name) => (name.to_owned(), None),
                None => (text(speaker, "name").unwrap().to_owned(), text(speaker, "url").map(str::to_owned)),
            }).collect();
            prop_assert_eq!(&speakers, &names);
        }
    }
}
