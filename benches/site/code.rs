//! Writes one fenced code block of 8 to 20 lines, in one of eight languages, never the same twice.
//!
//! The blocks look like code on a slide: they are to be highlighted, not run. Names, numbers and strings
//! differ from block to block, so a generator that remembers highlighted blocks gains nothing from it.

use super::fill::fill;
use super::random::Random;
use super::words::{NOUNS, TAGS, VERBS};

/// A language: how a block opens, what may stand in it, how it closes.
///
/// Holes: `@f` `@g` functions, `@a` `@b` `@c` variables and `@T` a type, each the same all over the block;
/// `@n` a number and `@s` a word, new at each place.
struct Language {
    name: &'static str,
    open: &'static str,
    body: &'static [&'static str],
    close: &'static str,
}

/// Writes the block with its fences; `number` is that of the post and part of names: no two blocks are equal.
pub(crate) fn block(number: usize, random: &mut Random) -> String {
    let Language { name, open, body, close } = &LANGUAGES[random.within(0..=LANGUAGES.len() - 1)];
    let mut template = (*open).to_owned();
    let last = close.lines().count();
    let wanted = random.within(10..=16);
    while template.lines().count() + last < wanted {
        template.push_str(random.pick(body));
    }
    template.push_str(close);
    format!("```{name}\n{}```\n", fill_names(&template, number, random))
}

fn fill_names(template: &str, number: usize, random: &mut Random) -> String {
    let mut name = || {
        let (verb, noun) = (random.pick(VERBS).replace(' ', "_"), random.pick(NOUNS));
        (format!("{verb}_{noun}"), noun)
    };
    let [(f, _), (g, _), (_, a), (b, _), (_, c)] = [name(), name(), name(), name(), name()];
    let upper = |word: &str| word[..1].to_uppercase() + &word[1..];
    let kind = format!("{}{number}", upper(a));
    fill(template, |letter| match letter {
        'f' => f.clone(),
        'g' => g.clone(),
        'a' => a.to_owned(),
        'b' => b.clone(),
        'c' => format!("{c}_{number}"),
        'T' => kind.clone(),
        'n' => random.within(2..=65_535).to_string(),
        _ => random.pick(TAGS).to_owned(),
    })
}

const LANGUAGES: &[Language] = &[
    Language {
        name: "go",
        open: "package @s\n\n// @f keeps the @a in order; see @T.\n\
            func @f(ctx context.Context, @a []@T) (int, error) {\n\t@c := 0\n",
        body: &[
            "\tfor i, @b := range @a {\n\t\tif @b.Size > @n {\n\t\t\t@c += i\n\t\t}\n\t}\n",
            "\tif err := @g(ctx, \"@s/@s\", @n); err != nil {\n\t\t\
                 return 0, fmt.Errorf(\"@s: %w\", err)\n\t}\n",
            "\tlog.Printf(\"@s %d of %d\", @c, len(@a))\n",
            "\t@b := make(map[string]time.Duration, @n)\n",
            "\tdefer close(@b[\"@s\"])\n",
        ],
        close: "\treturn @c, nil\n}\n",
    },
    Language {
        name: "rust",
        open: "use std::collections::BTreeMap;\n\n/// Counts what was @f.\n\
            pub fn @f(@a: &[@T]) -> Result<u64, Error> {\n    let mut @c = 0_u64;\n",
        body: &[
            "    for @b in @a.iter().filter(|x| x.size > @n) {\n        @c += @b.size * 0x1f;\n    }\n",
            "    let @b: BTreeMap<&str, u32> = [(\"@s\", @n), (\"@s\", @n)].into();\n",
            "    if @a.is_empty() {\n        return Err(Error::@T { at: @n, why: \"@s\".into() });\n    }\n",
            "    @g(@a, '@n', Some(@n))?; // @s first\n",
            "    println!(\"@s: {@c} of {}\", @a.len());\n",
        ],
        close: "    Ok(@c)\n}\n",
    },
    Language {
        name: "python",
        open: "import asyncio\nfrom @s import @T\n\n\n\
            async def @f(@a: list[@T], limit: int = @n) -> int:\n    \
            \"\"\"Return the @s of each @a.\"\"\"\n    @c = 0\n",
        body: &[
            "    for i, @b in enumerate(@a):\n        if @b.size > @n and not @b.done:\n            \
                 @c += i  # @s\n",
            "    await asyncio.gather(*(@g(x, \"@s\") for x in @a[:@n]))\n",
            "    print(f\"@s: {@c:>8} of {len(@a)}\")\n",
            "    with open(\"/var/@s/@s.log\") as @b:\n        @c += len(@b.read())\n",
        ],
        close: "    return @c\n",
    },
    Language {
        name: "bash",
        open: "#!/usr/bin/env bash\nset -euo pipefail\n\n@c=@n # @s\n",
        body: &[
            "for @b in /srv/@s/*.log; do\n  echo \"@s: ${@b##*/}\"\ndone\n",
            "if [[ \"$@c\" -gt @n ]]; then\n  \
                 curl --silent \"https://@s.example/@a?limit=@n\" | jq '.@a[]'\nfi\n",
            "export @T=\"$(date +%s)-@s\"\n",
            "@f() {\n  local @a=\"${1:-@s}\"\n  printf '%s\\n' \"$@a\" >> \"/tmp/@s.@n\"\n}\n",
        ],
        close: "@f \"$@c\" || exit 1\n",
    },
    Language {
        name: "yaml",
        open: "# @s, as shown on the slide\napiVersion: @s/v1\nkind: @T\nmetadata:\n  name: @c\n\
            spec:\n  replicas: @n\n",
        body: &[
            "  @a:\n    - name: \"@s\"\n      port: @n\n",
            "  @b: { enabled: true, limit: @n }\n",
            "  @f: |\n    @s @s @n\n",
            "  # the @s has to come first\n  @g: '@s-@n'\n",
        ],
        close: "status: ~\n",
    },
    Language {
        name: "javascript",
        open: "import { @T } from \"./@s.js\";\n\n// Collects each @a.\n\
            export async function @f(@a, limit = @n) {\n  let @c = 0;\n",
        body: &[
            "  for (const @b of @a) {\n    if (@b.size > @n) @c += @b.size ?? 1;\n  }\n",
            "  const @b = await fetch(`/@s/${@c}?limit=@n`);\n",
            "  console.log(\"@s\", @a.map((x) => x.@b));\n",
            "  if (!/^@s-\\d+$/.test(@a[0])) {\n    throw new Error('@s @n');\n  }\n",
        ],
        close: "  return new @T(@c);\n}\n",
    },
    Language {
        name: "json",
        open: "{\n  \"@a\": \"@c\",\n  \"@f\": {\n    \"@s\": @n,\n    \"@s\": [true, null, @n.5]\n  },\n",
        body: &[
            "  \"@s_@n\": \"@s\",\n",
            "  \"@s_@n\": { \"@b\": @n, \"@g\": \"@s\\n\" },\n",
            "  \"@s_@n\": [\n    @n,\n    -@n\n  ],\n",
        ],
        close: "  \"done\": false\n}\n",
    },
    Language {
        name: "sql",
        open: "-- @s for each @a\nCREATE TABLE @c (\n  id bigint PRIMARY KEY,\n  \
            @b text NOT NULL DEFAULT '@s'\n);\n",
        body: &[
            "INSERT INTO @c (id, @b) VALUES (@n, '@s');\n",
            "SELECT count(*) AS @f, max(size)\n  FROM @c\n  JOIN @a USING (id)\n \
                 WHERE size > @n AND @b LIKE '%@s%';\n",
            "UPDATE @c SET @b = lower('@s') WHERE id IN (@n, @n);\n",
        ],
        close: "DROP TABLE IF EXISTS @g;\n",
    },
];
