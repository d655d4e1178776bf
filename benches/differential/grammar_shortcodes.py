"""Generates random texts with shortcodes: both delimiters, nested, with arguments of all types, in every place of Markdown.

The shortcodes are a handful whose templates are given to both programs in their own languages (`TEMPLATES`). A few texts are
broken on purpose: both programs must refuse them.
"""

import grammar_markdown

# name -> (Go template, Tera template)
TEMPLATES = {
    "box": ('<b>{{ .Name }}{{ .Ordinal }}{{ with .Parent }}@{{ .Name }}{{ end }}:{{ .Inner }}</b>',
            '<b>{{ name }}{{ ordinal }}{% if parent %}@{{ parent.name }}{% endif %}:{{ inner }}</b>'),
    "blk": ('<div>\n{{ .Inner }}\n</div>\n', '<div>\n{{ inner }}\n</div>\n'),
    "raw": ('{{ .Inner }}', '{{ inner }}'),
    "md": ('<span>{{ .Inner | markdownify }}</span>', '<span>{{ inner | markdown }}</span>'),
    "leaf": ('<i>{{ if not .IsNamedParams }}{{ range .Params }}{{ substr (printf "%T" .) 0 1 }}:{{ . }};{{ end }}{{ end }}</i>',
             '<i>{% for a in args %}{% if a is string %}s{% elif a is bool %}b{% elif a is integer %}i{% else %}f{% endif %}:{{ a }};{% endfor %}</i>'),
    "named": ('<u>{{ .Get "a" }}/{{ .Get "b" }}/{{ .Get "title" }}</u>',
              '<u>{% if named?.a is defined %}{{ named.a }}{% endif %}/{% if named?.b is defined %}{{ named.b }}{% endif %}/'
              '{% if named?.title is defined %}{{ named.title }}{% endif %}</u>'),
    "nothing": ('', ''),
    "lines": ('\n\n*line*\n\n## Made\n', '\n\n*line*\n\n## Made\n'),
    "dir/item": ('[dir](/x)', '[dir](/x)'),
}
PAIRED = ["box", "box", "blk", "raw", "md"]
ALONE = ["leaf", "leaf", "named", "nothing", "lines", "dir/item"]
VALUES = ["1", "-3", "1.5", "true", "false", "word", "a-b", "x_y", "v1.0", "\"two words\"", "\"\"", "\"5\"", "\"a \\\"q\\\" b\"", "`raw`",
          "`raw \"q\" \\n`", "\"a/b:c\"", "\"<b>\"", "\"&amp;\"", "\"'s'\"", "été", "`two\nlines`", "\"back\\slash\"", "0", "007", "1e3",
          "True", "nil", "\"{{ x }}\"", "`>}}`", "\"https://x.y/?a=b\"", "1_000"]
# Values that are refused, or nearly.
DOUBTFUL = ["-", ".5", "5.", "+1", "a/b", "a:b", "'s'", "“q”", "#1", "\"a", "(x)", "a=b=c", "é.è", "@x", "%", ","]
BROKEN = ["{{< box >}}", "{{< /box >}}", "{{< leaf >}}x{{< /leaf >}}", "{{< leaf a=1 b >}}", "{{< leaf", "{{< >}}", "{{< leaf \"a >}}",
          "{{< box >}}x{{< /blk >}}", "{{< leaf a:b >}}", "{{< unknown >}}", "{{% box >}}x{{% /box %}}", "{{< leaf 'a' >}}", "{{< leaf %}}",
          "{{< box >}}{{< leaf >}}", "{{< leaf /x >}}", "{{<leaf>}", "{{< leaf a= >}}", "{{< leaf (x) >}}", "{{< x.inline >}}a{{< /x.inline >}}"]


class Shortcodes(grammar_markdown.Markdown):
    """Writes one document: calm Markdown in which many inlines and blocks are shortcodes."""

    def __init__(self, rng):
        super().__init__(rng, calm=True)
        self.level = 0

    def inline(self, table=False):
        if self.level < 3 and self.rng.random() < 0.2:
            return self.call()
        return super().inline(table)

    def block(self):
        rng = self.rng
        if self.level < 3 and rng.random() < 0.4:
            return self.call_block()
        return super().block()

    def call(self):
        """Writes a call inside of a line."""
        rng = self.rng
        place = rng.random()
        if place < 0.06:
            return f"`{self.single()}`"
        if place < 0.10:
            return f"[{self.single()}](/x)"
        if place < 0.13:
            return f"[x](/y{{{{< raw >}}}}z{{{{< /raw >}}}})"
        if place < 0.16:
            return f"<!-- {self.single()} -->"
        if place < 0.19:
            return f"<span title=\"{{{{< raw >}}}}t{{{{< /raw >}}}}\">"
        if place < 0.24:
            return self.escaped()
        if place < 0.28:
            return rng.choice(["{{ x }}", "{{{ x }}}", "{{ .Title }}", "{{}}", "{{ < leaf > }}", "{ {< leaf >}}", ">}}", "%}}", "{{"])
        if place < 0.34:
            return f"**{self.single()}**"
        if place < 0.65:
            return self.single()
        self.level += 1
        inner = rng.choice(["", " ", "**b**", self.words(), self.words(), self.line(3), "\n" + self.words() + "\n", "a\n\nb"])
        self.level -= 1
        return self.pair(inner)

    def escaped(self):
        return self.rng.choice(["{{</* leaf 1 */>}}", "{{%/* leaf \"x\" */%}}", "{{</* box */>}}x{{</* /box */>}}", "{{</* leaf >}}",
                                "{{</*leaf*/>}}", "{{</* a */>}} {{< leaf 1 >}}"])

    def arguments(self, name):
        rng = self.rng
        gap = rng.choice([" "] * 8 + ["  ", "\n  ", "\t"])
        if name == "named":
            keys = rng.sample(["a", "b", "title", "other"], rng.choice([0, 1, 2, 3]))
            sign = rng.choice(["="] * 6 + [" = ", "= "])
            return "".join(f"{gap}{key}{sign}{self.value()}" for key in keys)
        if name == "leaf":
            return "".join(gap + self.value() for _ in range(rng.choice([0, 1, 1, 2, 3])))
        return ""

    def value(self):
        return self.rng.choice(DOUBTFUL if self.rng.random() < 0.008 else VALUES)

    def around(self, words):
        rng = self.rng
        left, right = rng.choice([("{{<", ">}}"), ("{{<", ">}}"), ("{{%", "%}}")])
        space = rng.choice([" "] * 8 + ["", "  ", "\n"])
        return left + space + words + space + right

    def single(self):
        rng = self.rng
        if rng.random() < 0.1:
            name = rng.choice(PAIRED)
            return self.around(name + " /").replace("/ ", "/").replace("/\n", "/")
        name = rng.choice(ALONE)
        spelled = rng.choice([name] * 9 + [name.upper() if "/" not in name else name])
        return self.around(spelled + self.arguments(name))

    def pair(self, inner):
        rng = self.rng
        name = rng.choice(PAIRED)
        left, right = rng.choice([("{{<", ">}}"), ("{{<", ">}}"), ("{{%", "%}}")])
        close = rng.choice(["/%s"] * 8 + ["/ %s"]) % name
        space = rng.choice([" "] * 6 + [""])
        return f"{left} {name}{' ' + rng.choice(VALUES[:10]) if rng.random() < 0.15 else ''} {right}{inner}{left}{space}{close}{space}{right}"

    def call_block(self):
        """Writes calls that stand in lines of their own."""
        rng = self.rng
        form = rng.randrange(8)
        if form == 0:
            return [self.single()]
        if form == 1:
            return [self.single(), self.single()]
        if form == 2:
            return ["```" + rng.choice(["", "go"]), self.single(), "x", "```"]
        if form == 3:
            return ["    " + self.single()]
        if form == 4:
            return [rng.choice(["## ", "- ", "1. ", "> ", "  ", "# "]) + self.single()]
        if form == 5:
            return ["<div>", self.single(), "</div>"]
        self.level += 1
        body = [""] * rng.choice([0, 1, 1]) + self.nested() + [""] * rng.choice([0, 1, 1])
        self.level -= 1
        return self.pair("\n" + "\n".join(body) + "\n").split("\n")

    def document(self):
        rng = self.rng
        lines = []
        for _ in range(rng.choice([1, 2, 2, 3, 4])):
            lines += self.block() + [""]
        lines += self.definitions()
        if rng.random() < 0.03:
            at = rng.randint(0, len(lines))
            lines[at:at] = [rng.choice(BROKEN), ""]
        return "\n".join(lines) + "\n"


def document(rng):
    """Returns one random text."""
    return Shortcodes(rng).document()
