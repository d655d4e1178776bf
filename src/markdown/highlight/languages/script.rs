//! Scripting languages: Python, Ruby, Perl, Lua, R, Julia, Elixir and their neighbours.

use super::super::class::Class;
use super::super::grammar::{BASE, BOTH, Block, Calls, DOUBLE, Escape, Grammar, Interp, Quote, Raw, SINGLE};
use super::super::words::words;

const HASH: &[&str] = &["#"];
const TRIPLE: Quote = Quote::new("\"\"\"", Class::S2).multiline();
const TRIPLE_SINGLE: Quote = Quote::new("'''", Class::S1).multiline();

pub(in super::super) static PYTHON: Grammar = Grammar {
    words: words!(
        ":k as assert async await break continue del elif else except finally for global if lambda match \
         case nonlocal pass raise return try while with yield :kd>nf def :kd>nc class :kn import from \
         :ow and in is not or \
         :kc True False None Ellipsis NotImplemented \
         :nb abs all any bin bool breakpoint bytearray bytes callable chr classmethod compile complex \
         delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals \
         hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview \
         min next object oct open ord pow print property range repr reversed round set setattr slice \
         sorted staticmethod str sum super tuple type vars zip self cls"
    ),
    line_comments: HASH,
    quotes: &[TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE],
    prefixes: &["f", "r", "b", "u", "rb", "br", "fr", "rf", "F", "R", "B", "U", "Rb", "RB", "BR", "FR", "t"],
    prefixed: Interp::Brace,
    sigils: &[(b'@', Class::Nd)],
    capital: Class::Nc,
    calls: Calls::Paren,
    ..BASE
};

/// Starlark, the Python of build files.
pub(in super::super) static STARLARK: Grammar = Grammar {
    words: words!(
        ":k break continue elif else for if lambda pass return load :kd>nf def :ow and in not or \
         :kc True False None \
         :nb all any bool dict dir enumerate fail float getattr glob hasattr hash int len list max min \
         native package print range repr reversed rule select set sorted str struct tuple type zip \
         cc_binary cc_library cc_test go_binary go_library go_test java_library py_binary py_library \
         rust_binary rust_library"
    ),
    ..PYTHON
};

pub(in super::super) static RUBY: Grammar = Grammar {
    words: words!(
        ":k alias begin BEGIN break case defined? do else elsif end END ensure for if in next redo rescue \
         retry return super then undef unless until when while yield :kd>nf def :kd>nc class module \
         :kn require require_relative include extend load prepend :ow and or not \
         :kc true false nil self __FILE__ __LINE__ \
         :nb attr_accessor attr_reader attr_writer catch fail format gets lambda loop p print printf \
         private proc protected public puts raise rand sleep throw"
    ),
    line_comments: HASH,
    block_comments: &[Block::flat("=begin", "=end")],
    quotes: &[
        DOUBLE.multiline().interp(Interp::Hash),
        SINGLE.multiline(),
        Quote::new("`", Class::Sb).interp(Interp::Hash),
    ],
    word_inside: "?!",
    sigils: &[(b'@', Class::Nv), (b'$', Class::Nv), (b':', Class::Ss)],
    keys: Some((b':', Class::Ss)),
    capital: Class::Nc,
    calls: Calls::Paren,
    heredocs: true,
    regexes: true,
    ..BASE
};

pub(in super::super) static PERL: Grammar = Grammar {
    words: words!(
        ":k do else elsif eval for foreach goto given if last next redo return unless until when while \
         default :kd my our local state :kd>nf sub :kn>nn package use no require \
         :ow and or not xor eq ne lt gt le ge cmp x \
         :nb abs bless chomp chop chr close defined delete die each exists exit grep join keys lc length \
         map open ord pop print printf push ref reverse say scalar shift sort splice split sprintf \
         sprintf substr uc undef unshift values wantarray warn"
    ),
    line_comments: HASH,
    spaced_comments: true,
    block_comments: &[Block::flat("\n=pod", "=cut")],
    quotes: &[
        DOUBLE.multiline().interp(Interp::Dollar),
        SINGLE.multiline(),
        Quote::new("`", Class::Sb).interp(Interp::Dollar),
    ],
    sigils: &[(b'$', Class::Nv), (b'@', Class::Nv), (b'%', Class::Nv), (b'&', Class::Nf)],
    capital: Class::Plain,
    calls: Calls::Paren,
    heredocs: true,
    regexes: true,
    ..BASE
};

pub(in super::super) static LUA: Grammar = Grammar {
    words: words!(
        ":k break do else elseif end for goto if in repeat return then until while :kd local \
         :kd>nf function :ow and or not :kc true false nil \
         :nb assert collectgarbage dofile error getmetatable ipairs load loadfile next pairs pcall print \
         rawequal rawget rawlen rawset require select self setmetatable tonumber tostring type xpcall \
         coroutine debug io math os string table utf8 vim"
    ),
    line_comments: &["--"],
    block_comments: &[Block::flat("--[[", "]]"), Block::flat("--[=[", "]=]")],
    quotes: BOTH,
    raw: Raw::Lua,
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static R: Grammar = Grammar {
    words: words!(
        ":k break else for if in next repeat return while :kd function :kn library require source \
         :kc TRUE FALSE NULL NA NaN Inf NA_integer_ NA_real_ NA_character_ T F \
         :nb c cat data.frame dim factor head is.na lapply length list matrix mean names paste paste0 \
         plot print read.csv rnorm sapply sd seq seq_along set.seed str sum summary table tail vapply \
         which write.csv"
    ),
    line_comments: HASH,
    quotes: BOTH,
    word_inside: ".",
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static JULIA: Grammar = Grammar {
    words: words!(
        ":k abstract baremodule begin break catch continue do else elseif end finally for if in isa let \
         mutable outer primitive quote return try where while :kd const global local \
         :kd>nf function macro :kd>nc struct type :kn using import export :kn>nn module \
         :kc true false nothing missing NaN Inf pi \
         :kt Any Array Bool Char Complex Dict Float32 Float64 Int Int8 Int16 Int32 Int64 Integer Matrix \
         Nothing Number Real Set String Symbol Tuple UInt8 UInt16 UInt32 UInt64 Vector"
    ),
    line_comments: HASH,
    block_comments: &[Block::nested("#=", "=#")],
    quotes: &[
        TRIPLE.interp(Interp::DollarParen),
        DOUBLE.multiline().interp(Interp::DollarParen),
        Quote::new("`", Class::Sb).interp(Interp::DollarParen),
    ],
    prefixes: &["r", "raw", "b", "v"],
    characters: true,
    word_inside: "!",
    sigils: &[(b'@', Class::Nd), (b':', Class::Ss)],
    capital: Class::Nc,
    calls: Calls::Bang,
    ..BASE
};

pub(in super::super) static ELIXIR: Grammar = Grammar {
    words: words!(
        ":k after case catch cond do else end fn for if quote raise receive rescue try unless unquote \
         with \
         :kd>nf def defp defmacro defmacrop defguard defdelegate :kd>nc defmodule defprotocol defimpl \
         :kd defstruct defexception defoverridable :kn alias import require use :ow and in not or when \
         :kc true false nil \
         :nb self send spawn spawn_link hd tl length elem is_atom is_list is_map is_nil IO"
    ),
    line_comments: HASH,
    quotes: &[
        TRIPLE.interp(Interp::Hash),
        DOUBLE.multiline().interp(Interp::Hash),
        SINGLE.interp(Interp::Hash),
    ],
    word_inside: "?!",
    sigils: &[(b'@', Class::Na), (b':', Class::Ss), (b'&', Class::Nf)],
    keys: Some((b':', Class::Ss)),
    capital: Class::Nc,
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static GDSCRIPT: Grammar = Grammar {
    words: words!(
        ":k as assert await break breakpoint continue elif else extends for if in is match pass return \
         setget signal super tool while yield \
         :kd const enum export onready static var :kd>nf func :kd>nc class class_name :ow and not or \
         :kc true false null self PI TAU INF NAN \
         :kt bool float int void String Vector2 Vector3"
    ),
    ..PYTHON
};

pub(in super::super) static VIM: Grammar = Grammar {
    words: words!(
        ":k augroup autocmd au break call catch colorscheme command continue echo echom else elseif \
         endfor endfunction endif endtry endwhile execute exe filetype finally finish for highlight hi if \
         imap inoremap let map nmap nnoremap noremap normal return runtime set setlocal silent source \
         syntax throw try unlet vmap vnoremap while xnoremap tnoremap noh Plug packadd :kd>nf function \
         :kc v:true v:false v:null on off"
    ),
    line_comments: &["\" ", "\"\"", "\"\n"],
    quotes: &[SINGLE.escape(Escape::Doubled), DOUBLE],
    word_inside: ":",
    sigils: &[(b'&', Class::Nv), (b'$', Class::Nv)],
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static AWK: Grammar = Grammar {
    words: words!(
        ":k BEGIN END BEGINFILE ENDFILE break continue delete do else exit for getline if in next \
         nextfile print printf return while :kd>nf func function \
         :nb atan2 cos exp gensub gsub index int length log match rand sin split sprintf sqrt srand \
         strftime sub substr system tolower toupper \
         :nv ARGC ARGV ENVIRON FILENAME FNR FS NF NR OFS ORS RS RSTART RLENGTH SUBSEP"
    ),
    line_comments: HASH,
    quotes: &[DOUBLE],
    sigils: &[(b'$', Class::Nv)],
    calls: Calls::Paren,
    regexes: true,
    ..BASE
};

pub(in super::super) static TCL: Grammar = Grammar {
    words: words!(
        ":k after append array break catch continue else elseif error eval expr for foreach global if \
         incr lappend lindex list llength namespace package proc puts return set source string switch \
         then unset uplevel upvar variable while"
    ),
    line_comments: HASH,
    spaced_comments: true,
    quotes: &[DOUBLE.multiline().interp(Interp::Dollar)],
    sigils: &[(b'$', Class::Nv)],
    ..BASE
};
