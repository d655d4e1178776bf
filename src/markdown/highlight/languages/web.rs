//! The languages of the web that are not markup: JavaScript, TypeScript, PHP, and what templates put
//! between braces.

use super::super::class::Class;
use super::super::grammar::{BASE, BOTH, C_COMMENT, Calls, DOUBLE, Grammar, Interp, Quote, SINGLE};
use super::super::scanners::markup::Template;
use super::super::words::words;

const BACKTICKS: Quote = Quote::new("`", Class::Sb).multiline().interp(Interp::DollarBrace);

pub(in super::super) static JAVASCRIPT: Grammar = Grammar {
    words: words!(
        ":k as async await break case catch continue debugger default delete do else extends finally for \
         from get if in instanceof new of return set static super switch this throw try typeof void while \
         with yield :kd const let var :kd>nf function :kd>nc class :kn import export \
         :kc true false null undefined NaN Infinity \
         :nb Array BigInt Boolean Date Error JSON Map Math Number Object Promise Proxy Reflect RegExp Set \
         String Symbol WeakMap WeakSet console document globalThis module process require window"
    ),
    line_comments: &["//", "#!"],
    block_comments: C_COMMENT,
    quotes: &[DOUBLE, SINGLE, BACKTICKS],
    word_start: "$#",
    word_inside: "$",
    sigils: &[(b'@', Class::Nd)],
    capital: Class::Nc,
    calls: Calls::Paren,
    regexes: true,
    jsx: true,
    ..BASE
};

pub(in super::super) static TYPESCRIPT: Grammar = Grammar {
    words: words!(
        ":k abstract as asserts async await break case catch continue debugger declare default delete do \
         else extends finally for from get if implements in infer instanceof is keyof new of override \
         private protected public readonly return satisfies set static super switch this throw try typeof \
         unique using void while with yield :kd const let var :kd>nf function \
         :kd>nc class enum interface type :kd>nn namespace module :kn import export \
         :kc true false null undefined NaN Infinity \
         :kt any bigint boolean never number object string symbol unknown \
         :nb Array BigInt Boolean Date Error JSON Map Math Number Object Partial Pick Omit Promise Proxy \
         Readonly Record RegExp Set String Symbol console document globalThis process require window"
    ),
    ..JAVASCRIPT
};

pub(in super::super) static PHP: Grammar = Grammar {
    words: words!(
        ":k abstract and as break case catch clone continue declare default do echo else elseif \
         enddeclare endfor endforeach endif endswitch endwhile extends final finally for foreach global \
         goto if implements include include_once instanceof insteadof match new or print private \
         protected public readonly require require_once return static switch throw try while xor yield \
         :kd const var :kd>nf function fn :kd>nc class interface trait enum :kn>nn namespace use \
         :kc true false null \
         :kt array bool callable float int iterable mixed never object string void self parent \
         :nb isset unset empty list die exit count strlen sprintf printf implode explode array_map \
         array_filter in_array"
    ),
    ignore_case: true,
    line_comments: &["//", "# "],
    block_comments: C_COMMENT,
    quotes: &[DOUBLE.multiline().interp(Interp::Dollar), SINGLE.multiline()],
    sigils: &[(b'$', Class::Nv)],
    capital: Class::Nc,
    calls: Calls::Paren,
    heredocs: true,
    attributes: true,
    ..BASE
};

/// PHP in a page.
pub(in super::super) static PHP_PAGE: &[Template] = &[
    Template { open: "<?php", close: "?>", code: Some(&PHP) },
    Template { open: "<?=", close: "?>", code: Some(&PHP) },
];

/// What Go templates, Jinja, Handlebars, Liquid and their like write between braces.
static EXPRESSION: Grammar = Grammar {
    words: words!(
        ":k assign block break capture case continue cycle define do elif else elseif elsif end endblock \
         endcapture endcase endfor endif endmacro endset endunless endwith extends filter for from if \
         import in include is macro partial raw range return render set template unless when with each \
         try :ow and or not eq ne lt le gt ge \
         :kc true false nil none null True False None \
         :nb default dict index len printf print println now safeHTML urlize upper lower trim join first \
         last where slice append absURL relURL relref ref markdownify plainify humanize cond super loop"
    ),
    block_comments: C_COMMENT,
    quotes: &[DOUBLE, SINGLE, Quote::new("`", Class::Sb)],
    word_start: ".",
    word_inside: ".",
    sigils: &[(b'$', Class::Nv), (b'@', Class::Nv)],
    calls: Calls::Paren,
    ..BASE
};

/// Templates with braces.
pub(in super::super) static BRACES: &[Template] = &[
    Template { open: "{{/*", close: "*/}}", code: None },
    Template { open: "{{!--", close: "--}}", code: None },
    Template { open: "{#", close: "#}", code: None },
    Template { open: "{%", close: "%}", code: Some(&EXPRESSION) },
    Template { open: "{{", close: "}}", code: Some(&EXPRESSION) },
];

/// Ruby and JavaScript templates.
pub(in super::super) static PERCENTS: &[Template] = &[
    Template { open: "<%#", close: "%>", code: None },
    Template { open: "<%--", close: "--%>", code: None },
    Template { open: "<%", close: "%>", code: Some(&super::script::RUBY) },
];

pub(in super::super) static GRAPHQL: Grammar = Grammar {
    words: words!(
        ":k on implements repeatable :kd directive schema extend \
         :kd>nc enum input interface scalar type union \
         :kd>nf fragment mutation query subscription :kc true false null :kt Boolean Float ID Int String"
    ),
    line_comments: &["#"],
    quotes: &[Quote::new("\"\"\"", Class::S2).multiline(), DOUBLE],
    sigils: &[(b'$', Class::Nv), (b'@', Class::Nd)],
    capital: Class::Nc,
    calls: Calls::Paren,
    keys: Some((b':', Class::Na)),
    ..BASE
};

pub(in super::super) static COFFEE: Grammar = Grammar {
    words: words!(
        ":k by break catch continue delete do else extends finally for if in instanceof loop new of \
         return super switch then this throw try typeof unless until when while yield await \
         :ow and or not is isnt :kd>nc class :kn import export \
         :kc true false null undefined yes no on off"
    ),
    line_comments: &["#"],
    quotes: BOTH,
    sigils: &[(b'@', Class::Nv)],
    calls: Calls::Paren,
    capital: Class::Nc,
    regexes: true,
    ..BASE
};
