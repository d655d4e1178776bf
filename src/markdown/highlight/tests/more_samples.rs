//! More of `samples`: compiled languages and the rest.

/// Language, code, expected spans.
pub(super) const MORE_SAMPLES: &[(&str, &str, &str)] = &[
    (
        "c",
        r#"#include <stdio.h>
#define N 10
int main(void) { return printf("%d\n", N); }"#,
        r#"‹cp:#include› ‹cpf:<stdio.h>›
‹cp:#define› N ‹mi:10›
‹kt:int› ‹nf:main›(‹kt:void›) { ‹k:return› ‹nf:printf›(‹s2:"%d›‹se:\n›‹s2:"›, N); }"#,
    ),
    (
        "c++",
        r#"template <class T> auto f() { return R"x(a)")x"; }"#,
        "‹kd:template› ‹o:<›‹kd:class› ‹nc:T›‹o:>› ‹k:auto› ‹nf:f›() { ‹k:return› \
      ‹s:R\"x(a)\")x\"›; }",
    ),
    (
        "objc",
        "@interface A : NSObject
- (void)b;
@end",
        "‹k:@interface› ‹nc:A› : ‹nc:NSObject›
‹o:-› (‹kt:void›)b;
‹k:@end›",
    ),
    (
        "c#",
        r#"var s = $"{name}!"; // x
using System;"#,
        r#"‹kd:var› s ‹o:=› ‹s2:$"›‹si:{›name‹si:}›‹s2:!"›; ‹c1:// x›
‹kn:using› ‹nn:System›;"#,
    ),
    (
        "java",
        r#"@Override public String toString() { return "a" + 1L; }"#,
        "‹nd:@Override› ‹k:public› ‹nc:String› ‹nf:toString›() { ‹k:return› ‹s2:\"a\"› ‹o:+› \
      ‹mi:1L›; }",
    ),
    (
        "kotlin",
        r#"val s = "Hi $name ${a + 1}""#,
        r#"‹kd:val› s ‹o:=› ‹s2:"Hi ›‹nv:$name›‹s2: ›‹si:${›a ‹o:+› ‹mi:1›‹si:}›‹s2:"›"#,
    ),
    (
        "scala",
        r#"case class A(x: Int) { def f = s"$x" }"#,
        "‹k:case› ‹kd:class› ‹nc:A›(x: ‹kt:Int›) { ‹kd:def› ‹nf:f› ‹o:=› ‹s2:s\"›‹nv:$x›‹s2:\"› }",
    ),
    (
        "jenkinsfile",
        "pipeline { agent any
  sh 'make' }",
        "‹nb:pipeline› { ‹nb:agent› ‹nb:any›
  ‹nb:sh› ‹s1:'make'› }",
    ),
    (
        "swift",
        r#"let s = "a \(x + (1)) b""#,
        r#"‹kd:let› s ‹o:=› ‹s2:"a ›‹si:\(›x ‹o:+› (‹mi:1›)‹si:)›‹s2: b"›"#,
    ),
    ("dart", "final s = 'a $b';", "‹k:final› s ‹o:=› ‹s1:'a ›‹nv:$b›‹s1:'›;"),
    (
        "php",
        r#"$a = ["x" => 1]; function f($b) { return "$b->c"; }"#,
        "‹nv:$a› ‹o:=› [‹s2:\"x\"› ‹o:=>› ‹mi:1›]; ‹kd:function› ‹nf:f›(‹nv:$b›) { ‹k:return› \
      ‹s2:\"›‹nv:$b›‹s2:->c\"›; }",
    ),
    ("php", "<p><?php echo 1; ?></p>", "‹nt:<p>›‹cp:<?php› ‹k:echo› ‹mi:1›; ‹cp:?>›‹nt:</p>›"),
    (
        "ruby",
        r##"class A < B
  def ok?(x) = puts "#{x}: #{:sym}"
end"##,
        "‹kd:class› ‹nc:A› ‹o:<› ‹nc:B›
  ‹kd:def› ‹nf:ok?›(x) ‹o:=› ‹nb:puts› ‹s2:\"›‹si:#{›x‹si:}›‹s2:: \
      ›‹si:#{›‹ss::sym›‹si:}›‹s2:\"›
‹k:end›",
    ),
    (
        "perl",
        r#"my $x = shift; # a
print "$x\n";"#,
        r#"‹kd:my› ‹nv:$x› ‹o:=› ‹nb:shift›; ‹c1:# a›
‹nb:print› ‹s2:"›‹nv:$x›‹se:\n›‹s2:"›;"#,
    ),
    (
        "lua",
        "local s = [[a]] -- b
print(#s)",
        "‹kd:local› s ‹o:=› ‹s:[[a]]› ‹c1:-- b›
‹nb:print›(#s)",
    ),
    ("r", "x <- c(1, NA) # v", "x ‹o:<-› ‹nb:c›(‹mi:1›, ‹kc:NA›) ‹c1:# v›"),
    (
        "julia",
        r#"f(x) = @show "a $(x + 1)""#,
        r#"‹nf:f›(x) ‹o:=› ‹nd:@show› ‹s2:"a ›‹si:$(›x ‹o:+› ‹mi:1›‹si:)›‹s2:"›"#,
    ),
    (
        "haskell",
        "f' :: Maybe a -> Char
f' _ = 'x' -- c",
        "f' :: ‹kt:Maybe› a ‹o:->› ‹kt:Char›
f' _ ‹o:=› ‹sc:'x'› ‹c1:-- c›",
    ),
    ("elm", "type Msg = Add | Del", "‹kd:type› ‹kt:Msg› ‹o:=› ‹nc:Add› ‹o:|› ‹nc:Del›"),
    (
        "ocaml",
        "let f x = (* a (* b *) *) Some 'c'",
        "‹kd:let› f x ‹o:=› ‹cm:(* a (* b *) *)› ‹kc:Some› ‹sc:'c'›",
    ),
    ("f#", r#"let f x = $"{x}" // c"#, r#"‹kd:let› f x ‹o:=› ‹s2:$"›‹si:{›x‹si:}›‹s2:"› ‹c1:// c›"#),
    (
        "elixir",
        r##"defmodule A do
  def f(x), do: "#{x}" |> IO.puts()
end"##,
        r#"‹kd:defmodule› ‹nc:A› ‹k:do›
  ‹kd:def› ‹nf:f›(x), ‹ss:do›: ‹s2:"›‹si:#{›x‹si:}›‹s2:"› ‹o:|>› ‹nb:IO›.‹nf:puts›()
‹k:end›"#,
    ),
    (
        "erlang",
        "-module(a).
f(X) -> ok. % c",
        "‹kd:-module›(a).
‹nf:f›(‹nv:X›) ‹o:->› ‹kc:ok›. ‹c1:% c›",
    ),
    (
        "clojure",
        "(defn f [x] (map inc [:a x])) ; c",
        "(‹kd:defn› ‹nf:f› [x] (‹nb:map› ‹nb:inc› [‹ss::a› x])) ‹c1:; c›",
    ),
    ("lisp", "(define (f x) (car x))", "(‹kd:define› (‹nf:f› x) (‹nb:car› x))"),
    (
        "nix",
        r#"{ pkgs }: { x = "${pkgs.hello}"; } # c"#,
        r#"{ ‹nb:pkgs› }: { ‹na:x› ‹o:=› ‹s2:"›‹si:${›pkgs.hello‹si:}›‹s2:"›; } ‹c1:# c›"#,
    ),
    ("zig", r#"const std = @import("std");"#, r#"‹kd:const› std ‹o:=› ‹nb:@import›(‹s2:"std"›);"#),
    (
        "nim",
        "proc f(x: int): string = $x # c",
        "‹kd:proc› ‹nf:f›(x: ‹kt:int›): ‹kt:string› ‹o:=› $x ‹c1:# c›",
    ),
    (
        "sql",
        "SELECT count(*) FROM talks WHERE title = 'it''s' -- c",
        "‹k:SELECT› ‹nb:count›(‹o:*›) ‹k:FROM› talks ‹k:WHERE› title ‹o:=› ‹s1:'it''s'› ‹c1:-- c›",
    ),
    (
        "graphql",
        "query Q($id: ID!) { talk(id: $id) { title } }",
        "‹kd:query› ‹nf:Q›(‹nv:$id›: ‹kt:ID›‹o:!›) { ‹nf:talk›(‹na:id›: ‹nv:$id›) { title } }",
    ),
    (
        "proto",
        "message Talk { repeated string a = 1; }",
        "‹kd:message› ‹nc:Talk› { ‹k:repeated› ‹kt:string› a ‹o:=› ‹mi:1›; }",
    ),
    (
        "terraform",
        r#"resource "aws_s3_bucket" "b" {
  name = "x-${var.env}"
}"#,
        r#"‹k:resource› ‹s2:"aws_s3_bucket"› ‹s2:"b"› {
  ‹na:name› ‹o:=› ‹s2:"x-›‹si:${›var.env‹si:}›‹s2:"›
}"#,
    ),
    (
        "dockerfile",
        "FROM golang:1.22 AS build
RUN cd /src && go build
ENV A=1",
        "‹kd:FROM› golang:1.22 ‹k:AS› build
‹k:RUN› ‹nb:cd› /src ‹o:&&› go build
‹kd:ENV› ‹nv:A›‹o:=›‹mi:1›",
    ),
    (
        "makefile",
        "VERSION := 1.0
build: main.go
	@echo $(VERSION)",
        "‹nv:VERSION› :‹o:=› ‹mf:1.0›
‹nf:build›: main.go
‹o:	@›‹nb:echo› ‹si:$(›VERSION‹si:)›",
    ),
    ("cmake", "add_library(x STATIC a.c) # c", "‹nf:add_library›(x STATIC a.c) ‹c1:# c›"),
    (
        "nginx",
        "server { listen 80; proxy_set_header Host $host; }",
        "‹k:server› { ‹nb:listen› ‹mi:80›; ‹nb:proxy_set_header› Host ‹nv:$host›; }",
    ),
    (
        "diff",
        "--- a/x
+++ b/x
@@ -1 +1 @@
-old
+new
 same",
        "‹gh:--- a/x›
‹gh:+++ b/x›
‹gu:@@ -1 +1 @@›
‹gd:-old›
‹gi:+new›
 same",
    ),
    (
        "markdown",
        "# T
- **b** `c` [d](e)
```go
var x
```
end",
        "‹gh:# T›
‹k:-› ‹gs:**b**› ‹sb:`c`› [‹nt:d›](‹na:e›)
‹sb:```›‹nl:go›
‹kd:var› x
‹sb:```›
end",
    ),
    (
        "vim",
        r#"" c
set number"#,
        r#"‹c1:" c›
‹k:set› number"#,
    ),
    ("awk", "/x/ { print $1 }", "‹sr:/x/› { ‹k:print› ‹nv:$1› }"),
    ("asm", "main: mov eax, 1 ; c", "‹nl:main›: ‹k:mov› ‹nb:eax›, ‹mi:1› ‹c1:; c›"),
    (
        "wat",
        "(module (func $f (param i32))) ;; c",
        "(‹kd:module› (‹kd:func› ‹nv:$f› (‹k:param› ‹kt:i32›))) ‹c1:;; c›",
    ),
    ("cue", "#T: {n: int | *1}", "‹nc:#T›: {‹nt:n›: ‹kt:int› ‹o:|› ‹o:*›‹mi:1›}"),
    ("rego", "allow if { input.x == 1 }", "allow ‹k:if› { ‹nb:input›.x ‹o:==› ‹mi:1› }"),
    ("jq", r#".a[] | select(.b == "c")"#, r#"‹na:.a›[] ‹o:|› ‹nb:select›(‹na:.b› ‹o:==› ‹s2:"c"›)"#),
    (
        "http",
        r#"GET /x HTTP/1.1
Host: a.b

{"a": 1}"#,
        r#"‹k:GET› /x HTTP/1.1
‹na:Host›‹o::› a.b

{‹nt:"a"›: ‹mi:1›}"#,
    ),
    (
        "go-html-template",
        r#"<p class="{{ .C }}">{{/* c */}}{{ range $i, $x := .Pages }}{{ end }}</p>"#,
        "‹nt:<p› ‹na:class›‹o:=›‹s:\"›‹cp:{{› .C ‹cp:}}›‹s:\"›‹nt:>›‹cm:{{/* c */}}›‹cp:{{› \
      ‹k:range› ‹nv:$i›, ‹nv:$x› :‹o:=› .Pages ‹cp:}}{{› ‹k:end› ‹cp:}}›‹nt:</p>›",
    ),
    (
        "jinja",
        "{% for t in talks %}{{ t.name|upper }}{% endfor %}",
        "‹cp:{%› ‹k:for› t ‹k:in› talks ‹cp:%}{{› t.name‹o:|›‹nb:upper› ‹cp:}}{%› ‹k:endfor› \
      ‹cp:%}›",
    ),
    ("latex", r"\section{A} % c", r"‹k:\section›{A} ‹c1:% c›"),
    ("bicep", "param name string = 'a${b}'", "‹kd:param› name ‹kt:string› ‹o:=› ‹s1:'a›‹si:${›b‹si:}›‹s1:'›"),
    ("bazel", r#"go_library(name = "x")"#, r#"‹nb:go_library›(name ‹o:=› ‹s2:"x"›)"#),
    (
        "puppet",
        r#"package { "nginx": ensure => present }"#,
        r#"‹nb:package› { ‹s2:"nginx"›: ensure ‹o:=>› ‹kc:present› }"#,
    ),
    (
        "promql",
        r#"sum by (job) (rate(http_total{code="500"}[5m]))"#,
        r#"‹nb:sum› ‹k:by› (job) (‹nb:rate›(http_total{code‹o:=›‹s2:"500"›}[‹mi:5m›]))"#,
    ),
    ("cypher", "MATCH (a:Person) RETURN a.name", "‹k:MATCH› (a:Person) ‹k:RETURN› a.name"),
    (
        "erb",
        "<% if x %><b><%= y %></b><% end %>",
        "‹cp:<%› ‹k:if› x ‹cp:%>›‹nt:<b>›‹cp:<%›‹o:=› y ‹cp:%>›‹nt:</b>›‹cp:<%› ‹k:end› ‹cp:%>›",
    ),
    (
        "caddy",
        "example.com {
  reverse_proxy localhost:80
}",
        "example.com {
  ‹k:reverse_proxy› localhost:‹mi:80›
}",
    ),
    ("jsx", "<p>{a}</p>", "‹nt:<p›‹o:>›{a}‹nt:</p›‹o:>›"),
];
