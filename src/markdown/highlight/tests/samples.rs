//! What each language looks like: code, and the classes it gets.
//!
//! A span is written `‹class:text›` and the text is not escaped, so that a sample can be read.

use super::super::highlight;
use super::more_samples::MORE_SAMPLES;

/// Language, code, expected spans.
const SAMPLES: &[(&str, &str, &str)] = &[
    (
        "bash",
        r#"for f in *.txt; do
  echo "$f ${#f} $(date +%F)" # in
done"#,
        "‹kd:for› ‹nv:f› ‹k:in› ‹o:*›.txt; ‹k:do›
  ‹nb:echo› ‹s2:\"›‹nv:$f›‹s2: ›‹si:${›‹nv:#f›‹si:}›‹s2: ›‹si:$(›date \
      ‹o:+%›F‹si:)›‹s2:\"› ‹c1:# in›
‹k:done›",
    ),
    (
        "sh",
        "$ docker run -it --rm alpine # prompt kept
if=1; echo if done",
        "‹gp:$› docker run -it --rm alpine ‹c1:# prompt kept›
‹nv:if›‹o:=›‹mi:1›; ‹nb:echo› if done",
    ),
    (
        "bash",
        "cat <<'EOF' | sh
echo $HOME
EOF
name() { return 0; }",
        "cat ‹o:<<›‹sh:'EOF'› ‹o:|› sh
‹sh:echo $HOME›
‹sh:EOF›
‹nf:name›() { ‹nb:return› ‹mi:0›; }",
    ),
    ("fish", "set -x PATH $PATH; and echo ok", "‹nb:set› -x PATH ‹nv:$PATH›; ‹k:and› ‹nb:echo› ok"),
    (
        "console",
        "$ ls *.go
main.go
# nothing else
ada@host:~$ cd /tmp",
        "‹gp:$ ›ls ‹o:*›.go
‹go:main.go›
‹c1:# nothing else›
‹gp:ada@host:~$ ›‹nb:cd› /tmp",
    ),
    (
        "powershell",
        r#"Get-ChildItem -Path $env:HOME | Where-Object { $_.Name -eq "a`n" }"#,
        "‹nb:Get-ChildItem› ‹o:-›Path ‹nv:$env›:HOME ‹o:|› ‹nb:Where-Object› { ‹nv:$_›.Name \
      ‹o:-›‹ow:eq› ‹s2:\"a›‹se:`n›‹s2:\"› }",
    ),
    (
        "batch",
        "REM clean
@echo off
set X=%PATH%",
        "‹c1:REM clean›
@‹k:echo› ‹k:off›
‹k:set› X‹o:=›‹nv:%PATH›‹o:%›",
    ),
    (
        "go",
        "func (t *Talk) Len() int { return len(t.Title) + 0x1F }",
        "‹kd:func› (t ‹o:*›Talk) ‹nf:Len›() ‹kt:int› { ‹k:return› ‹nb:len›(t.Title) ‹o:+› \
      ‹mh:0x1F› }",
    ),
    (
        "rust",
        r##"fn f<'a>(s: &'a str) -> char { r#"x""#; 'x' } // end"##,
        "‹kd:fn› ‹nf:f›‹o:<›‹nl:'a›‹o:>›(s: ‹o:&›‹nl:'a› ‹kt:str›) ‹o:->› ‹kt:char› { \
      ‹s:r#\"x\"\"#›; ‹sc:'x'› } ‹c1:// end›",
    ),
    (
        "python",
        r#"@app.route("/")
def f(x: int) -> str:
    return f"{x:>3} {{}}"  # x"#,
        r#"‹nd:@app.route›(‹s2:"/"›)
‹kd:def› ‹nf:f›(x: ‹nb:int›) ‹o:->› ‹nb:str›:
    ‹k:return› ‹s2:f"›‹si:{›x:‹o:>›‹mi:3›‹si:}›‹s2: ›‹se:{{›‹s2:}}"›  ‹c1:# x›"#,
    ),
    (
        "javascript",
        "const re = a / 2 / b, s = /[/]+/g.test(`x${1 + {a: 2}.a}y`);",
        "‹kd:const› re ‹o:=› a ‹o:/› ‹mi:2› ‹o:/› b, s ‹o:=› \
      ‹sr:/[/]+/g›.‹nf:test›(‹sb:`x›‹si:${›‹mi:1› ‹o:+› {a: ‹mi:2›}.a‹si:}›‹sb:y`›);",
    ),
    (
        "jsx",
        r#"return <Card title="x" {...rest}><b>{n}</b></Card>;"#,
        "‹k:return› ‹nt:<Card› title‹o:=›‹s2:\"x\"› \
      {...rest}‹o:>›‹nt:<b›‹o:>›{n}‹nt:</b›‹o:>›‹nt:</Card›‹o:>›;",
    ),
    (
        "ts",
        "export interface Talk<T> { title: string; n?: number }",
        "‹kn:export› ‹kd:interface› ‹nc:Talk›‹o:<›‹nc:T›‹o:>› { title: ‹kt:string›; n‹o:?›: \
      ‹kt:number› }",
    ),
    (
        "json",
        r#"{"a\n": [1, -2.5e3, true, null], "b": "c"} // d"#,
        "{‹s2:\"a›‹se:\\n›‹nt:\"›: [‹mi:1›, ‹o:-›‹mf:2.5e3›, ‹kc:true›, ‹kc:null›], ‹nt:\"b\"›: \
      ‹s2:\"c\"›} ‹c1:// d›",
    ),
    (
        "yaml",
        r#"- run: |
    go test

    echo "x"
  name: "a: b" # c
  on: {push: [main], n: 1.5}
  img: a:b
  v: {{ .Values.x }}"#,
        r#"- ‹nt:run›: ‹o:|›
    ‹s:go test›

    ‹s:echo "x"›
  ‹nt:name›: ‹s2:"a: b"› ‹c1:# c›
  ‹nt:on›: {‹nt:push›: [main], ‹nt:n›: ‹mf:1.5›}
  ‹nt:img›: a:b
  ‹nt:v›: ‹cp:{{ .Values.x }}›"#,
    ),
    (
        "toml",
        r#"# a
[tool.x]
key = "v"
list = [
  [1, 2],
]
d = 2024-03-14"#,
        r#"‹c1:# a›
‹k:[tool.x]›
‹na:key› ‹o:=› ‹s2:"v"›
‹na:list› ‹o:=› [
  [‹mi:1›, ‹mi:2›],
]
‹na:d› ‹o:=› ‹mi:2024›‹o:-›‹mi:03›‹o:-›‹mi:14›"#,
    ),
    (
        "ini",
        "; c
[main]
name = Ada Lovelace",
        "‹c1:; c›
‹k:[main]›
‹na:name› ‹o:=› ‹s:Ada Lovelace›",
    ),
    (
        "html",
        r#"<!-- c -->
<a href="/x" hidden>R&amp;D</a><script>let x = "1";</script><style>a{b:1px}</style>"#,
        "‹cm:<!-- c -->›\n\
      ‹nt:<a› ‹na:href›‹o:=›‹s:\"/x\"› ‹na:hidden›‹nt:>›R‹ni:&amp;›D‹nt:</a><script>›‹kd:let› \
      x ‹o:=› ‹s2:\"1\"›;‹nt:</script><style>a›{‹k:b›:‹mi:1px›}‹nt:</style>›",
    ),
    (
        "xml",
        r#"<?xml version="1.0"?>
<ns:a b='1'/>"#,
        r#"‹cp:<?xml version="1.0"?>›
‹nt:<ns:a› ‹na:b›‹o:=›‹s:'1'›‹nt:/>›"#,
    ),
    (
        "css",
        "@media (min-width: 40em) { a:hover, .b > #c[d=\"e\"] { --x: 1.5rem; color: var(--x) \
      !important; } }",
        "‹k:@media› (min-width: ‹mi:40em›) { ‹nt:a›:‹nd:hover›, ‹nc:.b› ‹o:>› \
      ‹nn:#c›[‹na:d›‹o:=›‹s:\"e\"›] { ‹nv:--x›: ‹mf:1.5rem›; ‹k:color›: ‹nf:var›(‹nv:--x›) \
      ‹cp:!important›; } }",
    ),
    (
        "scss",
        "$w: 10px; // c
.a { &:b { width: $w * 2; } }",
        "‹nv:$w›: ‹mi:10px›; ‹c1:// c›
‹nc:.a› { ‹o:&›:‹nd:b› { ‹k:width›: ‹nv:$w› ‹o:*› ‹mi:2›; } }",
    ),
];

/// Writes HTML in the notation of the samples.
fn marked(html: &str) -> String {
    let spans = html.replace(r#"<span class=""#, "‹").replace(r#"">"#, ":").replace("</span>", "›");
    spans.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn every_sample_is_coloured_as_a_reader_expects() {
    for (language, code, expected) in SAMPLES.iter().chain(MORE_SAMPLES) {
        let html = highlight(code, language).unwrap();
        assert_eq!(marked(&html), *expected, "{language}: {code}");
    }
}
