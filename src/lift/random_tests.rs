//! Turns random text into proposals, and checks that nothing panics and that YAML stays one document.

use super::*;
use jiff::civil::date;

/// Pieces that lead the readers into their corners.
const PIECES: [&str; 64] = [
    "\n",
    "\n\n",
    "# ",
    "### ",
    "- ",
    "> ",
    "| ",
    "|---|---|\n",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "[",
    "]",
    "](",
    ")",
    "(",
    "![",
    "<",
    ">",
    "<!--",
    "-->",
    "{{< youtube ",
    " >}}",
    "{{%",
    "{#",
    "https://fooconf.example/2024/talk/a1/",
    "https://sched.co/a",
    "http://",
    " - ",
    " -- ",
    " – ",
    ": ",
    ", ",
    ". ",
    "“",
    "”",
    "\"",
    "'24",
    "2024",
    "2024-06-10",
    "99/99/2024",
    "June 10-12",
    "31",
    "30:99",
    "09:30-10:20",
    " to ",
    " in ",
    " for ",
    "FooConf",
    "Foo",
    "İstanbul",
    "ß",
    "é",
    "🎙️ ",
    "\u{200d}",
    "Ann Lee",
    "by ",
    "Date: ",
    "Where: ",
    "Slides: ",
    "Also published at: ",
    "originally published on ",
];

/// A small generator (xorshift): the same text each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn text(&mut self, pieces: usize) -> String {
        (0..pieces)
            .map(|_| match self.below(12) {
                0 => char::from_u32(u32::try_from(self.below(0x3000)).unwrap_or(0))
                    .map_or(String::new(), String::from),
                1 => " ".to_owned(),
                _ => PIECES.get(self.below(PIECES.len())).copied().unwrap_or_default().to_owned(),
            })
            .collect()
    }
}

#[test]
fn random_text_never_panics() {
    let places =
        Gazetteer { is_city: |name| name.len() % 3 == 0, is_country: |name| name.len().is_multiple_of(5) };
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut proposed = 0;
    for round in 0..3000 {
        let (title, body) = (random.text(5), random.text(120));
        let title = if round % 2 == 0 { format!("FooConf 2024 {title}") } else { title };
        let tags = [random.text(2), "fooconf".to_owned(), "conference".to_owned()];
        let description = random.text(6);
        let post = Post {
            title: &title,
            description: &description,
            date: (round % 3 > 0).then(|| date(2024, 6, 20)),
            tags: &tags,
            front_keys: &[],
            body: &body,
            body_first_line: random.below(40),
        };
        let proposal = propose(&post, &places);
        proposed += usize::from(!proposal.is_empty());
        let yaml = to_yaml(&proposal);
        assert!(yaml.lines().all(|line| line.contains(':') || line.starts_with("  - ")), "{yaml}");
        assert_eq!(yaml.is_empty(), proposal.is_empty());
    }
    assert!(proposed > 100, "only {proposed} of the random posts led anywhere");
}

#[test]
fn deep_nesting_and_long_lines_are_read() {
    let places = Gazetteer { is_city: |_| true, is_country: |_| true };
    for piece in ["[", "](", "> ", "**", "(", "[a](", "- ", "<", "{{<", "“", "June 1-", "FooConf "] {
        let body = piece.repeat(20_000);
        let post = Post {
            title: "FooConf 2024",
            description: &body,
            date: None,
            tags: &[],
            front_keys: &[],
            body: &body,
            body_first_line: 1,
        };
        propose(&post, &places);
    }
}
