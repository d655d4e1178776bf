//! What holds for any body: no panic, no lost text, no more time than its length asks for.

use proptest::prelude::*;

use super::*;

#[test]
fn shortcodes_too_deep_are_refused_before_the_stack_is_in_danger() {
    let nested = |depth: usize| "{{< box >}}".repeat(depth) + &"{{< /box >}}".repeat(depth);
    assert!(scan(&nested(tree::DEEPEST), &names()).is_ok());
    let problems = scan(&nested(tree::DEEPEST + 1), &names()).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn any_input_comes_to_an_end_in_time_with_its_length() {
    // Bodies that a search to the end from each tag would make slow; the short ones are searched by
    // character.
    let (long, short) = (1_000_000, 200_000);
    let pieces = [
        ("{{</*", long),
        ("{{%/*", long),
        ("{{< a `", long),
        ("{{< a \"", long),
        ("{{<", short),
        ("{{<a\"x\"=", short),
        ("{{<a=b", short),
        ("{{<a:", short),
        ("{{< a=\"\\\"", short),
        ("{{< box >}}", short),
        ("{{< box >}}{{< /blk >}}", short),
        ("{{< /nope >}}", short),
        ("{", short),
    ];
    for (piece, length) in pieces {
        let body = piece.repeat(length / piece.len());
        // No clock is read: quadratic work on a body of this length would keep the test busy for hours.
        let _ = scan(&body, &names());
    }
}

/// Returns the texts that lie in `body`, with their offsets, in the order of the tree.
fn texts<'a>(body: &str, nodes: &[Node<'a>], found: &mut Vec<(usize, &'a str)>) {
    for node in nodes {
        match node {
            Node::Text(text) => {
                let offset = text.as_ptr() as usize - body.as_ptr() as usize;
                found.push((offset, text));
            }
            Node::Unknown(_) => {}
            Node::Call(call) => texts(body, call.inner.as_deref().unwrap_or_default(), found),
        }
    }
}

fn body() -> impl Strategy<Value = String> {
    let words = [
        "{{<",
        ">}}",
        "{{%",
        "%}}",
        "/*",
        "*/",
        "/",
        "box",
        "blk",
        "leaf",
        "nope",
        " ",
        "\n",
        "\"",
        "`",
        "\\",
        "=",
        "a",
        "é",
        "1.5",
        "{",
        "}",
        ":",
        "{{< box >}}",
        "{{< /box >}}",
        "{{% blk %}}",
        "{{% /blk %}}",
        "{{< leaf a=1 >}}",
        "{{</* x */>}}",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..40).prop_map(|words| words.concat())
}

/// Bodies that have no problem, for the law of the texts.
fn sound_body() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a",
        "{{",
        "é\n",
        "{{< leaf a=1 >}}",
        "{{% leaf `>}}` %}}",
        "{{</* x */>}}",
        "{{< box />}}",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 40, 5, |inner| {
        prop::collection::vec(inner, 0..5).prop_flat_map(|parts| {
            let inner = parts.concat();
            prop::sample::select(vec![
                format!("{{{{< box >}}}}{inner}{{{{< /box >}}}}"),
                format!("{{{{% blk %}}}}{inner}{{{{% /blk %}}}}"),
                inner,
            ])
        })
    })
}

proptest! {
    #[test]
    fn nothing_panics_and_problems_lie_in_the_text_in_order(body in prop_oneof![body(), any::<String>()]) {
        if let Err(problems) = scan(&body, &names()) {
            prop_assert!(!problems.is_empty());
            prop_assert!(problems.is_sorted_by_key(|problem| problem.offset));
            prop_assert!(problems.iter().all(|problem| body.is_char_boundary(problem.offset)));
        }
    }

    #[test]
    fn texts_and_tags_cover_the_body_in_order(body in sound_body()) {
        let nodes = scan(&body, &names()).map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
        let mut found = Vec::new();
        texts(&body, &nodes, &mut found);
        let mut end = 0;
        for (offset, text) in found.into_iter().chain([(body.len(), "")]) {
            let gap = &body[end..offset];
            let is_tags = gap.is_empty() || gap.starts_with("{{") && gap.ends_with("}}");
            prop_assert!(is_tags || gap == "/*" || gap == "*/", "{gap:?} is in no text");
            end = offset + text.len();
        }
    }
}
