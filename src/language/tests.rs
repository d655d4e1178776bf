//! Tests of languages against what Hugo 0.168 printed: `recorded/dates.tsv` has a line a language and layout with the
//! dates of twelve months, `recorded/plurals.tsv` a line of forms for some languages.

use jiff::Zoned;

use super::*;
use crate::data::Format;

const DATES: &str = include_str!("recorded/dates.tsv");
const PLURALS: &str = include_str!("recorded/plurals.tsv");

fn tag(text: &str) -> LanguageTag {
    LanguageTag::new(text)
}

fn date(text: &str) -> Zoned {
    crate::date::parse(text, &jiff::tz::TimeZone::UTC).unwrap()
}

/// Returns the date that was recorded for a month: the third of January at one, the fifth of February at three …
fn recorded_date(month: usize) -> Zoned {
    date(&format!("2024-{month:02}-{:02}T{:02}:04:05Z", 2 * month + 1, 2 * month - 1))
}

#[test]
fn dates_are_written_as_hugo_writes_them() {
    let mut compared = 0;
    for line in DATES.lines() {
        let [language, layout, dates] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        for (index, expected) in dates.split('|').enumerate() {
            let written = format(layout, &recorded_date(index + 1), &tag(language));
            assert_eq!(written, expected, "{language} {layout} month {}", index + 1);
            compared += 1;
        }
    }
    assert_eq!(compared, 7 * 12 * 19);
}

#[test]
fn every_language_of_the_table_is_whole() {
    let mut languages = 0;
    for known in names::tags() {
        languages += 1;
        let known = tag(known);
        for month in 1..=12 {
            for layout in ["January", "Jan", "Monday", "Mon", ":date_full", ":date_short", ":time_short"] {
                let written = format(layout, &recorded_date(month), &known);
                assert!(!written.trim().is_empty() && !written.contains("  "), "{known} {layout}: {written}");
            }
        }
        for layout in [":date_full", ":date_long", ":date_medium"] {
            let first = format(layout, &date("2024-01-09"), &known);
            assert!(first.contains("2024") && first.contains('9'), "{known} {layout}: {first}");
        }
        assert!(native_name(&known).is_some_and(|name| !name.is_empty()), "{known}");
    }
    assert!(languages > 140, "{languages}");
}

#[test]
fn a_language_that_nobody_knows_has_english_names_and_a_region_those_of_its_language() {
    let day = date("2024-03-05T08:30:00Z");
    let cases = [
        ("xx", "2 January 2006", "5 March 2024"),
        ("de-CH", "Monday, 2. January 2006", "Dienstag, 5. März 2024"),
        ("de_AT", "January", "März"),
        ("pt-br", "January", "março"),
        ("zh-cn", "January", "三月"),
        ("zh_TW", "January", "3月"),
        ("no", "January", "mars"),
        ("ar", "Jan", "مارس"),
        ("ca", ":time_short", "8:30"),
        ("fr", ":time_short", "08:30"),
        ("fr", ":nothing", ":nothing"),
    ];
    for (language, layout, expected) in cases {
        assert_eq!(format(layout, &day, &tag(language)), expected, "{language} {layout}");
    }
    assert_eq!(format_with_time(default_layout(&tag("de")), &day, &tag("de")), "5. März 2024, 08:30");
    assert_eq!(format_with_time(default_layout(&tag("en")), &day, &tag("en")), "5 March 2024, 08:30");
}

#[test]
fn counts_take_the_forms_that_hugo_takes() {
    // Every count to 120, then some larger ones.
    let large: [u64; 29] = [
        1000,
        10000,
        100_000,
        1_000_000,
        1_000_001,
        2_000_000,
        3_000_000,
        1_100_000,
        10_000_000,
        1_000_000_000,
        1001,
        1002,
        1011,
        1012,
        1021,
        1020,
        1100,
        1111,
        1112,
        1121,
        20000,
        40000,
        60000,
        80000,
        100_001,
        100_022,
        220_000,
        500_000,
        500_021,
    ];
    let mut languages = 0;
    for (tags, forms) in PLURALS.lines().map(|line| line.split_once('\t').unwrap()) {
        for language in tags.split(' ') {
            let counts = (0..=120).chain(large);
            let written: String = counts.map(|count| letter(plural(&tag(language), count))).collect();
            assert_eq!(written, forms, "{language}");
            languages += 1;
        }
    }
    assert!(languages > 140, "{languages}");
}

fn letter(form: Plural) -> char {
    match form {
        Plural::Zero => '0',
        Plural::One => '1',
        Plural::Two => '2',
        Plural::Few => 'f',
        Plural::Many => 'm',
        Plural::Other => '.',
    }
}

#[test]
fn tags_have_one_spelling() {
    let cases = [
        ("en-us", "en-us", "en-US"),
        ("zh_CN", "zh-cn", "zh-CN"),
        ("zh-hans-cn", "zh-hans-cn", "zh-Hans-CN"),
        ("PT_br", "pt-br", "pt-BR"),
        ("de_DE.UTF-8", "de-de", "de-DE"),
        ("sr-latn", "sr-latn", "sr-Latn"),
        ("es-419", "es-419", "es-419"),
        ("en-u-hc-h12", "en-u-hc-h12", "en-u-hc-h12"),
        ("de-ch-1996", "de-ch-1996", "de-CH-1996"),
        ("", "en", "en"),
    ];
    for (written, lower, display) in cases {
        assert_eq!((tag(written).as_str(), tag(written).to_string().as_str()), (lower, display), "{written}");
    }
    assert_eq!(tag("zh-tw").chain().collect::<Vec<_>>(), ["zh-tw", "zh-hant", "zh"]);
    assert_eq!(tag("pt-br").chain().collect::<Vec<_>>(), ["pt-br", "pt"]);
}

#[test]
fn languages_have_a_direction_and_a_name_of_their_own() {
    let cases = [
        ("fr", "ltr", "Français"),
        ("pt-br", "ltr", "Português"),
        ("pt-PT", "ltr", "Português (Portugal)"),
        ("de-ch", "ltr", "Deutsch (CH)"),
        ("zh-tw", "ltr", "中文 (繁體)"),
        ("ar", "rtl", "العربية"),
        ("he", "rtl", "עברית"),
        ("fa-af", "rtl", "فارسی (افغانستان)"),
        ("ur-pk", "rtl", "اردو (PK)"),
        ("az-arab", "rtl", "Azərbaycan"),
        ("ks-deva", "ltr", ""),
    ];
    for (language, direction_of_it, name) in cases {
        assert_eq!(direction(&tag(language)), direction_of_it, "{language}");
        assert_eq!(native_name(&tag(language)).unwrap_or_default(), name, "{language}");
    }
}

/// Reads files of words that have no mistake.
fn words(files: &[(&str, &str)]) -> Words {
    let (words, warnings) = Words::read(&word_files(files), tag("en")).unwrap();
    assert_eq!(warnings, []);
    words
}

fn word_files(files: &[(&str, &str)]) -> Vec<WordFile> {
    let file = |(path, text): &(&str, &str)| WordFile {
        path: format!("i18n/{path}"),
        text: (*text).to_owned(),
        format: Format::of_extension(path.rsplit_once('.').unwrap().1).unwrap(),
    };
    files.iter().map(file).collect()
}

fn text(words: &Words, language: &str, key: &str, count: Option<u64>) -> Result<String, String> {
    words.text(&tag(language), key, count, |name| (name == "name").then(|| "Ana".to_owned()))
}

#[test]
fn the_themes_words_are_there_in_all_its_languages() {
    let english = words::builtin_table("en").unwrap();
    assert!(english.len() > 50);
    for language in BUILTIN_LANGUAGES {
        let table = words::builtin_table(language).unwrap();
        assert!(table.keys().eq(english.keys()), "{language} has other words than English");
        for key in english.keys() {
            let value = |name: &str| Some(format!("<{name}>"));
            let write = |language| Words::default().text(&tag(language), key, Some(2), value).unwrap();
            assert!(!write(language).trim().is_empty(), "{language} {key}");
            let gaps = |text: &str| text.matches('<').count();
            assert_eq!(gaps(&write(language)), gaps(&write("en")), "{language} {key}");
        }
    }
}

#[test]
fn a_sites_words_stand_over_the_themes() {
    let site = words(&[
        (
            "fr.yaml",
            "read_more: La suite\nKey: cased\nnotes:\n  other: \"{{ .Count }} notes\"\n  one: \"{{.Count}} note\"\n",
        ),
        (
            "pl.toml",
            "[notes]\none = '{{ .Count }} a'\nfew = '{{ .Count }} b'\nmany = '{{ .Count }} c'\nother = 'd'\n",
        ),
        (
            "de.json",
            "[{\"id\": \"notes\", \"translation\": {\"one\": \"eine\", \"other\": \"{{ . }} Noten\"}}, {\"id\": \"by\", \"translation\": \"von\"}]",
        ),
        ("en.yml", "notes: {other: many}\nhello: \"Hello {{- .Name }}!\"\ngroup: {deep: nested}\n"),
        ("pt.yaml", "notes: notas\n"),
    ]);
    let cases = [
        ("fr", "read_more", None, Ok("La suite")),
        ("fr-ca", "read_more", None, Ok("La suite")),
        ("fr", "older", None, Ok("Plus anciens")),
        ("fr", "notes", Some(1), Ok("1 note")),
        // French counts nothing as one.
        ("fr", "notes", Some(0), Ok("0 note")),
        ("fr", "Key", None, Ok("cased")),
        ("fr", "key", None, Err("there is no word `key`: did you mean `Key`?")),
        ("pl", "notes", Some(3), Ok("3 b")),
        ("pl", "notes", Some(5), Ok("5 c")),
        ("pl", "older", None, Ok("Older")),
        ("de", "notes", Some(7), Ok("7 Noten")),
        ("de", "notes", Some(1), Ok("eine")),
        ("de", "by", None, Ok("von")),
        ("de", "hello", None, Ok("HelloAna!")),
        ("de", "group.deep", None, Ok("nested")),
        ("de", "Key", None, Ok("cased")),
        ("pt-br", "notes", None, Ok("notas")),
        ("xx", "notes", None, Ok("many")),
        ("xx", "watch_on", None, Ok("Watch on Ana")),
        ("en", "minutes", Some(3), Ok("3 min read")),
        ("en", "minutes", None, Err("the word `minutes` wants a value: add `count=`")),
        ("en", "read_mor", None, Err("there is no word `read_mor`: did you mean `read_more`?")),
    ];
    for (language, key, count, expected) in cases {
        let expected = expected.map(str::to_owned).map_err(str::to_owned);
        assert_eq!(text(&site, language, key, count), expected, "{language} {key} {count:?}");
    }
}

#[test]
fn words_for_docsys_keys_are_taken_for_ours() {
    let site = words(&[(
        "en.toml",
        "[ui_read_more]\nother = 'On we go'\n[ui_minute_read]\nother = 'minutes of your life'\n[note]\nother = 'Note:'\n\
         [ui_pager_next]\nother = 'docsy'\n[next]\nother = 'own'\n",
    )]);
    let cases = [
        ("read_more", "On we go"),
        ("minutes", "4 minutes of your life"),
        ("note", "Note:"),
        ("next", "own"),
    ];
    for (key, expected) in cases {
        assert_eq!(text(&site, "en", key, Some(4)), Ok(expected.to_owned()), "{key}");
    }
}

#[test]
fn mistakes_in_files_of_words_have_a_place() {
    let problems = Words::read(&word_files(&[("it.yml", "ok: va bene\na: [\n")]), tag("en")).unwrap_err();
    assert_eq!(problems.iter().map(|problem| problem.code.as_ref()).collect::<Vec<_>>(), ["words-syntax"]);
    let place = problems[0].at.as_ref().map(ToString::to_string).unwrap();
    assert!(place.starts_with("i18n/it.yml:"), "{place}");

    let file = [("en.yaml", "a: 5\nb: \"{{ upper .Name }}\"\nc: {other: fine}\nd: \"{{ .Name \"\n")];
    let (words, warnings) = Words::read(&word_files(&file), tag("en")).unwrap();
    let places: Vec<String> =
        warnings.iter().map(|problem| problem.at.as_ref().unwrap().to_string()).collect();
    assert_eq!(places, ["i18n/en.yaml:1:4", "i18n/en.yaml:2:5", "i18n/en.yaml:4:5"], "{warnings:#?}");
    assert_eq!(text(&words, "en", "c", None), Ok("fine".to_owned()));
}
