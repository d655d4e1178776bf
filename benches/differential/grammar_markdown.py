"""Generates random Markdown: every block and inline of Hugo's set-up, nested in each other, with awkward edges.

A text is a function of its random generator alone. Half of the texts are calm: the same blocks and inlines, but without stray
marks, broken lines and edges that only a test would write. Left out, because they are features of our own: alerts
(`> [!NOTE]`), mermaid fences.
"""

WORDS = """one two three word Report Wasm Proxmox talk hall the of and in a I it's don't naïve Émile straße été
    日本語 中文。 한국어 İstanbul Ж привет שלום 😲 👩‍💻 snake_case_name a_b __init__ C++ C# e.g. i.e. AT&T R&D 3x 2024 1. 10) -
    100% $5 50€ 1/2 ½ x² H2O 12:30 #tag # ## @name a@b.c me@example.org v1.0.0-rc.1 foo.bar example.com path/to/x a-b
    — – … ’ “q” «g» :smile: :+1: nbsp\u00a0here thin\u2009sp zero\u200bwidth soft\u00adhy""".split()
TYPOGRAPHY = ["\"quoted\"", "'single'", "\"a 'b' c\"", "'tis", "rock 'n' roll", "the '90s", "5'10\"", "--", "---", "----", "a--b",
              "a---b", "...", "....", ". . .", "<<", ">>", "<<g>>", "(\"x\")", "\"", "'", "x\"y", "don't", "'s", "\"(a)\"", "\"-\"",
              "\"é\"", "L'été", "\"*b*\"", "'**b**'", "*\"b\"*", "1--2", "\"...\"", "\"a,\"", "n't", "'em", "\"'x'\""]
ENTITIES = ["&amp;", "&lt;", "&copy;", "&nbsp;", "&#35;", "&#x1F600;", "&#0;", "&bogus;", "&amp", "&ouml;", "&quot;", "&#39;",
            "&hellip;", "&ldquo;", "&ngE;", "&#xD800;", "&zwj;", "&shy;"]
MARKS = ["*", "_", "**", "__", "***", "~", "~~", "`", "``", "[", "]", "(", ")", "<", ">", "!", "\\", "|", "^", "==", "++", "$",
         "&", "{", "}", "{.a}", ":", "[ ]", "[x]", "[^", "![", "](", "<!--", "-->", "\\\\", "%", "}}"]
ESCAPES = ["\\*", "\\_", "\\[", "\\]", "\\`", "\\<", "\\#", "\\&", "\\\\", "\\a", "\\|", "\\~", "\\\"", "\\'", "\\-", "\\.", "\\:",
           "\\{", "\\!", "\\$", "\\@", "\\1"]
HOSTS = ["https://example.org", "http://a.b.c", "https://example.org/path", "https://example.org/a_b_c", "https://x.y/?q=1&r=2",
         "https://x.y/#frag", "www.example.org", "www.example.org/x", "ftp://f.example.org/x", "https://x.y/(a)",
         "https://x.y/a%20b", "https://x.y/é", "http://localhost", "https://127.0.0.1/", "https://example.org:8080/x", "https://x.y/~u",
         "https://x.y/a*b", "https://x.y/a--b", "me@example.org", "me.too+x@sub.example.org", "https://x", "HTTPS://X.Y/",
         "https://x.y/&amp;", "https://x.y/&copy;", "https://x.y/a...", "https://en.wikipedia.org/wiki/A_(b)", "https://x.y/'a'",
         "mailto:a@b.c", "https://user@x.y/", "www.a", "https://x-y.z/", "https://x_y.z/", "https://x.y/\\*"]
EDGES = ["", ".", ",", ":", "!", "?", "*", "_", "~", ")", "(", ";", "'", "\"", "]", ">", "&", "<", "|", "…", "’", "»", "/", "`", "é",
         "</b>", "**", "\\", "--", "&amp;", "&lt;", "{", "}", "[^1]"]
FRONTS = ["", "", "", "", "(", "\"", "'", "*", "_", "~", "[", "<", "-", "«", ".", "é", "x", "**", ">", "<b>", "|", "/", ":"]
INLINE_HTML = ["<b>", "</b>", "<br>", "<br/>", "<span class=\"x\">", "</span>", "<!-- c -->", "<!---->", "<kbd>K</kbd>", "<a href=\"/x\">",
               "</a>", "<i title='a\"b'>", "<?php x ?>", "<!X y>", "<![CDATA[x]]>", "<b", "<1>", "<a-b>", "<b\n>", "<img src=x>"]
BLOCK_HTML = [["<div>", "*a*", "</div>"], ["<div>", "", "*a*", "", "</div>"], ["<pre>", "*a*", "", "b", "</pre>"], ["<!-- c"," ", "*d* -->"],
              ["<!-- one -->"], ["<script>", "var a = 1;", "</script>"], ["<p>x"], ["<details><summary>s</summary>", "", "in", "", "</details>"],
              ["<span>a</span>"], ["<b>", "*x*"], ["</div>"], ["<table><tr><td>", "", "*c*", "", "</td></tr></table>"], ["<?x", "y ?>"],
              ["<style>", "p {}", "", "</style>", "*a*"], ["<iframe src=\"/x\"></iframe>"], ["<div>a</div> *b*"], ["<!-- a --> *b*"],
              ["<hr>"], ["<DIV CLASS=\"x\">", "y", "</DIV>"], ["<video controls>", "<source src=x>", "</video>"], ["<!--more-->"]]
ATTRIBUTES = ["{.a}", "{#id1}", "{.a .b}", "{.a #id2 title=\"t\"}", "{data-x=1}", "{data-x=\"y z\"}", "{lang=fr}", "{onclick=\"x\"}",
              "{style=\"color:red\"}", "{foo=bar}", "{ .a }", "{.a", "{}", "{class=\"c\" .d}", "{aria-label=\"l\"}", "{hidden=true}",
              "{title=\"a \\\"b\\\"\"}", "{#é}", "{.a-b_c}", "{a}", "{id=x}", "{title='s'}", "{width=10}", "{start=5}", "{.a,.b}"]
LANGUAGES = ["", "", "go", "bash", "yaml", "python", "text", "nosuch", "html", "js", "c++", "Go", "go title", "json {.x}",
             "go {linenos=true}", "go {linenos=inline,hl_lines=[1]}", "go {hl_lines=[\"1-2\"]}", "{.x}", "{#i}", "go{linenos=false}",
             "sh {linenos=table linenostart=5}", "text {title=\"t\"}", "diff", "a`b", "&copy;", "md", "console", "go {.x #y}"]
CODE = ["x := 1", "if a < b && c > d {", "}", "echo \"$HOME\"", "key: value", "", "", "\tindented", "    four", "# comment", "*a* `b` <b>&amp;",
        "trailing  ", "{{ .Title }}", "é 日本", "```", "~~~", "\\*", "--- a", "+++ b", "$ ls", "'quotes' \"x\"", "https://x.y/"]
LABELS = ["ref", "Ref Two", "été", "1", "a*b*", "x\\]y", "ẞ"]


class Markdown:
    """Writes one document."""

    def __init__(self, rng, extras=False, calm=False):
        self.rng = rng
        self.extras = extras
        self.calm = calm
        self.depth = 0
        self.notes = []

    def document(self):
        rng = self.rng
        lines = []
        for _ in range(rng.choice([1, 2, 2, 3, 3, 4, 5, 6, 8])):
            lines += self.block() + [""] * rng.choice([0, 1, 1, 1, 1, 1, 2])
        lines += self.definitions()
        if not self.calm and rng.random() < 0.4:
            lines = self.spoiled(lines)
        end = rng.choice(["\n", "\n", "\n", "", "\n\n", "  \n"])
        return "\n".join(lines) + end

    def spoiled(self, lines):
        """Makes one awkward edit: white space, a line lost or doubled, a stray mark."""
        rng = self.rng
        lines = list(lines) or [""]
        at = rng.randrange(len(lines))
        line = lines[at]
        column = rng.randint(0, len(line))
        edit = rng.randrange(9)
        if edit == 0:
            lines[at] = rng.choice([" ", "  ", "   ", "    ", "\t", " \t", "     "]) + line
        elif edit == 1:
            lines[at] = line + rng.choice([" ", "  ", "   ", "\\", "\t", "\u00a0"])
        elif edit == 2:
            del lines[at]
        elif edit == 3:
            lines.insert(at, line)
        elif edit == 4:
            lines[at] = line[:column] + rng.choice(MARKS + ESCAPES) + line[column:]
        elif edit == 5:
            lines[at] = line[:column]
        elif edit == 6:
            lines.insert(at, rng.choice(["", "---", "===", "***", "-", ">", "#", "```", ":", "| |", "<div>", " "]))
        elif edit == 7:
            lines[at] = line[:column] + line[column + rng.randint(1, 4):]
        else:
            lines[at] = line.lstrip()
        return lines

    def definitions(self):
        """Writes link definitions and the notes that were referred to."""
        rng = self.rng
        lines = []
        for label in rng.sample(LABELS, rng.choice([0, 0, 1, 2])):
            title = rng.choice(["", "", " \"t\"", " 'a \"b\"'", " (p)", "\n  \"next\""])
            lines += f"[{label}]: {rng.choice(['/x', '<a b>', 'https://x.y/é', '#f', '../y.md', '<>'])}{title}".split("\n")
        for name in self.notes:
            if rng.random() < 0.85:
                lines += [""] * rng.choice([0, 1]) + [f"[^{name}]: {self.line(4)}"]
                if rng.random() < 0.3:
                    lines += ["", "    " + self.line(4)]
                if rng.random() < 0.15:
                    lines += [""] + ["    " + line for line in self.nested()]
        return lines

    def block(self):
        kinds = [(self.paragraph, 10), (self.heading, 4), (self.setext, 2), (self.rule, 1), (self.fence, 3), (self.indented, 1),
                 (self.html, 2), (self.table, 3), (self.terms, 2)]
        if self.depth < 3:
            kinds += [(self.items, 7), (self.quote, 3)]
        makers, weights = zip(*kinds)
        lines = self.rng.choices(makers, weights)[0]()
        if self.rng.random() < 0.06:
            lines = lines + [self.rng.choice(ATTRIBUTES[:4] if self.calm else ATTRIBUTES)]
        return lines

    def nested(self):
        """Writes one or two blocks for the inside of another."""
        self.depth += 1
        lines = self.block()
        if self.rng.random() < 0.35:
            lines = lines + [""] * self.rng.choice([0, 1, 1]) + self.block()
        self.depth -= 1
        return lines

    def paragraph(self):
        rng = self.rng
        lines = []
        for _ in range(rng.choice([1, 1, 1, 2, 2, 3])):
            lines.append(rng.choice([""] * 12 + [" ", "   ", "\t"]) + self.line() + rng.choice([""] * 8 + [" ", "  ", "\\", "   "]))
        return [line.strip() for line in lines] if self.calm else lines

    def heading(self):
        rng = self.rng
        if self.calm:
            return ["#" * rng.choice([1, 2, 2, 3, 4]) + " " + self.line(4) + rng.choice([""] * 6 + [" {.a}", " {#own}", " ##"])]
        closer = rng.choice([""] * 6 + [" #", " ##", " ## ", "#", " \\#"])
        attributes = rng.choice([""] * 5 + [" " + rng.choice(ATTRIBUTES), rng.choice(ATTRIBUTES)])
        gap = rng.choice([" "] * 9 + ["", "  ", "\t"])
        return [rng.choice([""] * 6 + [" ", "   "]) + "#" * rng.choice([1, 2, 2, 2, 3, 3, 4, 6, 7]) + gap
                + rng.choice([self.line(4), self.line(2), "", "!!!", "Same", "Same", "Same 1"]) + attributes + closer]

    def setext(self):
        rng = self.rng
        if self.calm:
            return [self.line(4), rng.choice(["===", "---", "-------"])]
        return self.paragraph()[:2] + [rng.choice(["===", "---", "=", "--", "  ===", "--- ", "=== =", "-", "    ==="])]

    def rule(self):
        if self.calm:
            return ["", self.rng.choice(["---", "***"]), ""]
        return [self.rng.choice(["---", "***", "___", "- - -", " * * *", "_ _ _ ", "--", "**  *", "-----------"])]

    def fence(self):
        rng = self.rng
        mark = rng.choice(["```", "```", "```", "~~~", "````", "~~~~"])
        info = rng.choice(LANGUAGES[:17] if self.calm else LANGUAGES)
        body = [rng.choice(CODE) for _ in range(rng.choice([0, 1, 1, 2, 3, 4]))]
        indent = rng.choice([""] * 8 + [" ", "  ", "   "])
        close = [indent + mark] if self.calm or rng.random() < 0.92 else rng.choice([[], [mark + "`"], ["    " + mark], [mark + " x"]])
        return [indent + mark + rng.choice(["", "", "", " "]) + info] + [indent + line for line in body] + close

    def indented(self):
        rng = self.rng
        return [rng.choice(["    ", "    ", "\t", "     ", "  \t"]) + rng.choice(CODE) for _ in range(rng.choice([1, 2, 3]))]

    def html(self):
        return list(self.rng.choice(BLOCK_HTML))

    def table(self):
        rng = self.rng
        columns = rng.choice([1, 2, 2, 3])
        outer = rng.random() < 0.8
        def row(cells):
            text = " | ".join(cells)
            return f"| {text} |" if outer else text
        def cell():
            return rng.choice([self.line(2, table=True), self.line(1, table=True), "", "`a|b`", "a\\|b", "`c\\|d`", "**x**", "1"])
        ruler = [rng.choice(["---", "---", ":--", "--:", ":-:", "-"]) for _ in range(columns + rng.choice([0] * 12 + ([0] if self.calm else [1, -1])))]
        lines = [row([cell() for _ in range(columns)]), row(ruler)]
        for _ in range(rng.choice([0, 1, 2, 2, 3])):
            lines.append(row([cell() for _ in range(columns + rng.choice([0, 0, 0, 1, -1]))]))
        return lines

    def terms(self):
        rng = self.rng
        lines = []
        for _ in range(rng.choice([1, 1, 2])):
            lines.append(self.line(2))
            if rng.random() < 0.2:
                lines.append(self.line(1))
            lines += [""] * rng.choice([0, 0, 0, 1])
            for _ in range(rng.choice([1, 1, 2])):
                body = self.nested() if rng.random() < 0.3 and self.depth < 3 else [self.line(3)]
                lines.append(rng.choice([": ", ":   ", ":\t", ":", "  : "]) + body[0])
                lines += ["    " + line if line else "" for line in body[1:]]
        return lines

    def items(self):
        rng = self.rng
        ordered = rng.random() < 0.35
        delimiter = rng.choice([".", ".", ")"])
        number = rng.choice([1, 1, 1, 0, 2, 5, 10, 123])
        mark = rng.choice("-*+")
        loose = rng.random() < 0.3
        task = rng.random() < 0.15
        lines = []
        self.depth += 1
        for position in range(rng.choice([1, 2, 2, 3, 4])):
            if not self.calm and rng.random() < 0.04:
                mark = rng.choice("-*+")
            head = f"{number + position}{delimiter}" if ordered else mark
            gap = " " if self.calm else rng.choice([" "] * 8 + ["  ", "   ", "    ", "\t"])
            body = self.line() if self.calm or rng.random() < 0.85 else rng.choice(["", "", "# h", "- x", "> q", "```", "    code", "| a |", "---"])
            boxes = ["[ ] ", "[x] "] if self.calm else ["[ ] ", "[x] ", "[X] ", "[ ]", "[]"]
            box = rng.choice(boxes) if task and rng.random() < 0.8 else ""
            width = len(head) + (1 if gap == "\t" else len(gap))
            indent = " " * (width if self.calm else rng.choice([width] * 8 + [2, 4, 3, width - 1, 1]))
            lines.append(head + gap + box + body)
            if rng.random() < 0.15:
                lines.append(rng.choice([indent, ""]) + self.line(3))
            if rng.random() < 0.25 and self.depth < 4:
                lines += [""] * rng.choice([0, 1]) + [indent + line if line else "" for line in self.nested()]
            if loose or rng.random() < 0.06:
                lines.append("")
        self.depth -= 1
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def quote(self):
        rng = self.rng
        lines = []
        for number, line in enumerate(self.nested()):
            lazy = not self.calm and number and line and rng.random() < 0.08
            lines.append(line if lazy else rng.choice(["> ", "> ", "> ", "> ", ">", " > "][:4 if self.calm else 6]) + line)
        return lines

    def line(self, most=9, table=False):
        """Writes a line of inlines."""
        rng = self.rng
        parts = [self.inline(table) for _ in range(rng.randint(1, most))]
        gaps = [" "] if self.calm else [" "] * 14 + ["", "", "  "]
        text = "".join(part + rng.choice(gaps) for part in parts).rstrip(" ")
        text = text.replace("\n", " ") if table else text
        return text.replace("|", "\\|") if table else text

    def inline(self, table=False):
        rng = self.rng
        kinds = [(self.word, 40), (lambda: rng.choice(TYPOGRAPHY), 5), (lambda: rng.choice(ENTITIES), 2), (lambda: rng.choice(ESCAPES), 2),
                 (lambda: rng.choice(MARKS), 2), (self.emphasis, 9), (self.code, 4), (self.link, 6), (self.image, 3), (self.address, 5),
                 (lambda: rng.choice(INLINE_HTML), 2), (self.note, 2), (self.auto, 1)]
        if self.calm:
            kinds = [(self.word, 80), (lambda: rng.choice(TYPOGRAPHY[:19]), 4), (lambda: rng.choice(ENTITIES[:5]), 1),
                     (lambda: rng.choice(ESCAPES[:8]), 1), (self.emphasis, 6), (self.code, 3), (self.link, 5), (self.image, 2), (self.address, 3),
                     (lambda: rng.choice(["<br>", "<kbd>K</kbd>", "<!-- c -->"]), 1), (self.note, 1), (self.auto, 1)]
        if self.extras:
            kinds.append((self.extra, 8))
        makers, weights = zip(*kinds)
        return rng.choices(makers, weights)[0]()

    def word(self):
        return self.rng.choice(WORDS[:22] if self.calm else WORDS)

    def words(self, most=3):
        """Writes the inside of a span: words, sometimes with another span inside."""
        rng = self.rng
        self.depth += 1
        inner = self.inline() if self.depth < 6 and rng.random() < 0.4 else self.word()
        self.depth -= 1
        parts = [self.word() for _ in range(rng.randint(0, most - 1))]
        parts.insert(rng.randint(0, len(parts)), inner)
        return " ".join(parts)

    def emphasis(self):
        mark = self.rng.choice(["*", "*", "_", "**", "**", "__", "***", "~~", "~"])
        inside = "%s" if self.calm else self.rng.choice(["%s"] * 12 + [" %s", "%s "])
        return mark + inside % self.words() + mark + self.rng.choice([""] * 6 + ([".", ","] if self.calm else ["s", ".", "*"]))

    def code(self):
        ticks = self.rng.choice(["`", "`", "`", "``", "```"])
        inside = self.rng.choice([self.word(), "a b", " a ", "<b>", "&amp;", "*x*", "\\", "\"q\"", "a--b", " ", "`x` ", "  y  ", "a'b"])
        return ticks + inside + ticks

    def title(self):
        return self.rng.choice([""] * 5 + [" \"t\"", " 't'", " (t)", " \"a 'b' -- &amp; <c>\"", " \"\"", " \"a \\\"b\\\"\"", "  \"x\" "])

    def target(self):
        return self.rng.choice(["/x", "x.md", "../y/", "https://x.y/", "#f", "", "<a b>", "a_b_c", "/é", "/a%20b", "/a(b)", "/a\\)b", "/?a=1&b=2",
                                "/x&amp;y", "javascript:x", "mailto:a@b.c", "/a\"b", "a b", "<>", "/x*y*", "tel:+33", "data:x", "//x.y/", "/a'b"])

    def link(self):
        rng = self.rng
        text = self.words()
        form = rng.randrange(8)
        if form < 5:
            return f"[{text}]({self.target()}{self.title()})"
        label = rng.choice(LABELS + ["REF", "ref  two", "none"])
        return [f"[{text}][{label}]", f"[{label}][]", f"[{label}]"][form - 5]

    def image(self):
        return "!" + self.link()

    def address(self):
        rng = self.rng
        if self.calm:
            return rng.choice(["", "", "("]) + rng.choice(HOSTS[:9]) + rng.choice(["", "", ".", ",", ")"])
        return rng.choice(FRONTS) + rng.choice(HOSTS) + rng.choice(EDGES)

    def auto(self):
        return self.rng.choice(["<https://x.y/>", "<me@example.org>", "<https://x.y/a b>", "<mailto:a@b.c>", "<x:y>", "<http://é.x/>", "<a@b>"])

    def note(self):
        name = self.rng.choice(["1", "2", "n", "long-name", "é"])
        if name not in self.notes:
            self.notes.append(name)
        return f"[^{name}]"

    def extra(self):
        return self.rng.choice(["H~2~O", "x^2^", "==mark==", "++ins++", "$a^2$", "$$b_1$$", "\\(c\\)", "a^b", "==a", "~a b~", "^a b^", "==*a*==",
                                "++a ++", ":heart:", "~~del~~", "E=mc^2^", "$5 and $6", "\\[d\\]"])


def document(rng, extras=False):
    """Returns one random text."""
    text = Markdown(rng, extras, calm=rng.random() < 0.5).document()
    # Shortcodes are the matter of another grammar.
    return text.replace("{{<", "{ {<").replace("{{%", "{ {%")
