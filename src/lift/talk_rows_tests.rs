//! Turns made-up rows into talks, and others into none.

use super::*;
use crate::lift::blocks;

fn programme() -> Programme {
    Programme { name: "foocon".into(), year: Some(2024), hosts: Vec::new() }
}

fn read(body: &str) -> Option<(String, Form)> {
    let blocks = blocks::read(body, 1);
    let (talk, form) = row(blocks.first()?, &programme(), None)?;
    let parts = [
        talk.title,
        talk.speakers.join("+"),
        talk.time.unwrap_or_default(),
        talk.room.unwrap_or_default(),
        talk.url.or(talk.video).unwrap_or_default(),
    ];
    Some((parts.join("|"), form))
}

#[test]
fn rows_are_read_in_every_form() {
    for (body, expected, form) in [
        (
            "- [What is Foo? - Ann Lee (Quux);\n  Bob Ray (Bar)](https://sched.co/a1) (9:00 - 9:35)",
            "What is Foo?|Ann Lee+Bob Ray|09:00-09:35||https://sched.co/a1",
            Form::Full,
        ),
        (
            "- **[Foo at scale](https://sched.co/a1)**<br> by Ann Lee, Quux",
            "Foo at scale|Ann Lee|||https://sched.co/a1",
            Form::Full,
        ),
        (
            "- 11:30-12:00 @ R.12 (Mill) - [Foo at scale](https://foocon.example/2024/schedule/event/foo/)",
            "Foo at scale||11:30-12:00|R.12 (Mill)|https://foocon.example/2024/schedule/event/foo/",
            Form::Full,
        ),
        (
            "9:45 - 10:15 SideCon: [Foo at\nscale](https://sched.co/a1)",
            "Foo at scale||09:45-10:15||https://sched.co/a1",
            Form::Full,
        ),
        (
            "- [Foo at scale](https://youtu.be/aBcDeFgHiJk) -\n  Ann \\\"Dot\\\" Lee, Quux",
            "Foo at scale|Ann \"Dot\" Lee|||https://youtu.be/aBcDeFgHiJk",
            Form::Full,
        ),
        (
            "- Scaling: [Foo at scale - Ann Lee](https://youtu.be/aBcDeFgHiJk)",
            "Foo at scale|Ann Lee|||https://youtu.be/aBcDeFgHiJk",
            Form::Full,
        ),
        (
            "- [Really!? We can!, Ann Lee, Quux](https://youtu.be/aBcDeFgHiJk)",
            "Really!? We can!|Ann Lee|||https://youtu.be/aBcDeFgHiJk",
            Form::Full,
        ),
        ("- [Foo at scale](https://sched.co/a1)", "Foo at scale||||https://sched.co/a1", Form::Linked),
        (
            "- [Foo at scale](https://sched.co/a1) (Mighty Internet)",
            "Foo at scale||||https://sched.co/a1",
            Form::Linked,
        ),
        ("- Foo, the tale -- Ann Lee (Quux) & Bob Ray (Bar)", "Foo, the tale|Ann Lee+Bob Ray|||", Form::Bare),
    ] {
        assert_eq!(read(body), Some((expected.to_owned(), form)), "{body}");
    }
}

#[test]
fn other_links_are_no_talks() {
    for body in [
        "- [Ann's talk on the schedule](https://sched.co/a1)",
        "- [Session Page](https://sched.co/a1)",
        "- I spoke about [Foo at scale](https://sched.co/a1)",
        "- [Foo at scale](https://foocon.example/2019/talk/a1/)",
        "- [Foo at scale](https://ann.example/talks/foo/)",
        "- [Foo at scale](https://youtu.be/aBcDeFgHiJk)",
        "- [Foo at scale - Mar](https://sched.co/a1)",
        "- [Foo](https://foo.example) - Ann Lee",
        "- Foo - the best tool",
        "- [Foo at scale](https://sched.co/a1) was great, I learnt a lot",
    ] {
        assert_eq!(read(body), None, "{body}");
    }
}

#[test]
fn titles_in_running_text_are_in_italics() {
    let body = "We saw [*Foo at scale*](https://foocon.example/2024/schedule/event/foo/) and \
        [“Bar, too”](https://foocon.example/2024/schedule/event/bar/) in the \
        [Quux](https://foocon.example/2024/schedule/event/quux/) room, not [*Baz*](https://baz.example/).";
    let blocks = blocks::read(body, 1);
    let found: Vec<String> =
        blocks.iter().flat_map(|block| inline(block, &programme())).map(|talk| talk.title).collect();
    assert_eq!(found, ["Foo at scale", "Bar, too"]);
}

#[test]
fn titles_are_cleaned() {
    for (title, expected) in [
        ("“Foo at scale”", "Foo at scale"),
        ("“The \"shell\" in \"hell\"”", "The \"shell\" in \"hell\""),
        ("\"Foo\" and bar", "\"Foo\" and bar"),
        ("\"Foo\" and \"bar\"", "\"Foo\" and \"bar\""),
        ("My Talk - CI/CD: Foo", "CI/CD: Foo"),
        ("My Ignite: Foo: a tale", "Foo: a tale"),
        ("Chapitre 2 : Foo au travail", "Foo au travail"),
        ("3. Foo at scale", "Foo at scale"),
        ("Keynote: Foo", "Keynote: Foo"),
        ("Foo: 2. edition", "Foo: 2. edition"),
    ] {
        assert_eq!(clean(title), expected, "{title}");
    }
}
