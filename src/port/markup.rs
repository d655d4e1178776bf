//! Text between the actions: what would be a brace of our language is written as text, and Go's view of HTML is kept in
//! mind where it decides what is printed.

/// Follows the text of a template.
#[derive(Debug, Default)]
pub(super) struct Markup {
    in_script: bool,
}

impl Markup {
    /// Says whether the last text ended in a script or style sheet.
    pub(super) fn is_in_script(&self) -> bool {
        self.in_script
    }

    /// Writes a text so that it comes out as Go prints it: HTML comments are left out, braces are no tags.
    pub(super) fn write(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(start) = self.comment_start(rest) {
            let Some(end) = rest.get(start..).and_then(|from| from.find("-->")).map(|end| start + end) else {
                break;
            };
            let before = rest.get(..start).unwrap_or_default();
            self.follow(before);
            out.push_str(&escape(before));
            let words: Vec<&str> = rest.get(start + 4..end).unwrap_or_default().split_whitespace().collect();
            // A brace before the comment would make another tag of it.
            if out.ends_with('{') {
                out.pop();
                out.push_str("{{ \"{\" }}");
            }
            out.push_str(&format!("{{# {} #}}", words.join(" ").replace("#}", "# }")));
            rest = rest.get(end + 3..).unwrap_or_default();
        }
        self.follow(rest);
        out.push_str(&escape(rest));
        out
    }

    /// Scripts and style sheets have no HTML comments.
    fn comment_start(&self, text: &str) -> Option<usize> {
        let start = text.find("<!--")?;
        let mut ahead = Self { in_script: self.in_script };
        ahead.follow(text.get(..start).unwrap_or_default());
        (!ahead.in_script).then_some(start)
    }

    fn follow(&mut self, text: &str) {
        let lower = text.to_ascii_lowercase();
        let last = |words: [&str; 2]| words.iter().filter_map(|word| lower.rfind(word)).max();
        let (opened, closed) = (last(["<script", "<style"]), last(["</script", "</style"]));
        if opened.is_some() || closed.is_some() {
            self.in_script = opened > closed;
        }
    }
}

fn escape(text: &str) -> String {
    text.replace("{%", "{{ \"{%\" }}").replace("{#", "{{ \"{#\" }}")
}
