"""Tests of the parts that compare and shrink, without any program: `python3 -m unittest discover benches/differential`."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import grammar_front
import grammar_markdown
import model
import normal
import pages
import rules
import shrink


class Parts(unittest.TestCase):
    def test_html_that_means_the_same_has_the_same_events(self):
        cases = [
            ("<p>a &amp; b</p>", "<p>a &#38; b</p>\n"),
            ("<ul><li>a</li></ul>", "<ul>\n<li>a</li>\n</ul>"),
            ('<a href="x" title="y">z</a>', '<a title="y" href="x">z</a>'),
            ("a<br>b", "a<br />\nb"),
            ('<div class="highlight"><pre class="chroma"><code data-lang="go"><span class="ln">1</span><span>x</span></code></pre></div>',
             '<div class="highlight"><pre><code data-lang="go">x</code></pre></div>'),
            ('<pre tabindex="0"><code>a\n</code></pre>', "<pre><code>a\n</code></pre>\n"),
        ]
        for left, right in cases:
            self.assertEqual(normal.events(left), normal.events(right))

    def test_html_that_means_another_thing_has_other_events(self):
        for left, right in [("<p>a b</p>", "<p>ab</p>"), ("<em>a</em> b", "<em>a</em>b"), ("<p>a</p>", "a"), ("<pre>a\n</pre>", "<pre>a</pre>"),
                            ('<a href="x">y</a>', "<a>y</a>"), ("<!-- a -->", "")]:
            self.assertNotEqual(normal.events(left), normal.events(right))

    def test_a_known_difference_is_named_and_another_one_beside_it_is_not_hidden(self):
        hugo = '<table><tr><td style="text-align: right">1</td></tr></table>'
        ours = '<table><tr><td align="right">1</td></tr></table>'
        self.assertEqual(rules.compare(normal.events(hugo), normal.events(ours)), ("known", ["cell-align"]))
        self.assertEqual(rules.compare(normal.events(hugo), normal.events(ours.replace("1", "2")))[0], "differs")

    def test_shrinking_keeps_what_makes_the_difference_and_nothing_else(self):
        texts = {"one": "first line\nwith an X in it\n\nand *more*\n", "two": "a X\n" * 20}
        small = shrink.shrink(texts, lambda asked: ["X" in text for _, text in asked], rounds=100)
        self.assertEqual(small, {"one": "X", "two": "X"})

    def test_a_seed_gives_the_same_documents(self):
        for kind in (pages.Markdown(), pages.Shortcodes(), model.FrontMatter()):
            self.assertEqual([kind.document("1", number) for number in range(20)], [kind.document("1", number) for number in range(20)])
            self.assertNotEqual(kind.document("1", 0), kind.document("2", 0))

    def test_sites_are_split_into_their_files(self):
        self.assertEqual(grammar_front.files("=== a.md\nx\n\ny\n=== b/c.md\n"), {"a.md": "x\n\ny\n", "b/c.md": ""})
        self.assertIsNone(grammar_front.files("x\n=== a\n"))


if __name__ == "__main__":
    unittest.main()
