//! Data, queries and infrastructure as code: JSON, SQL, Protocol Buffers, HCL, CUE, Rego and their
//! neighbours.

use super::super::class::Class;
use super::super::grammar::{
    BASE, BOTH, Block, C_COMMENT, Calls, DOUBLE, Escape, Grammar, Interp, Quote, SINGLE,
};
use super::super::words::words;

const TRIPLE: Quote = Quote::new("\"\"\"", Class::S2).multiline();

/// JSON with comments and bare keys, so that JSONC and JSON5 are the same.
pub(in super::super) static JSON: Grammar = Grammar {
    words: words!(":kc true false null NaN Infinity"),
    line_comments: &["//"],
    block_comments: C_COMMENT,
    quotes: &[DOUBLE, SINGLE],
    keys: Some((b':', Class::Nt)),
    ..BASE
};

/// What stands in TOML between two headers.
pub(in super::super) static TOML_VALUES: Grammar = Grammar {
    words: words!(":kc true false inf nan"),
    line_comments: &["#"],
    quotes: &[
        TRIPLE,
        Quote::new("'''", Class::S1).multiline().escape(Escape::None),
        DOUBLE,
        SINGLE.escape(Escape::None),
    ],
    word_inside: "-.",
    keys: Some((b'=', Class::Na)),
    ..BASE
};

pub(in super::super) static SQL: Grammar = Grammar {
    words: words!(
        ":k add after all alter analyze and any as asc auto_increment before begin between by cascade \
         case check collate column comment commit conflict constraint create cross current_date \
         current_timestamp database declare default delete desc describe distinct do drop else end engine \
         escape except execute exists explain extension fetch first for foreign from full function \
         generated grant group having if ignore ilike in index inner insert intersect interval into is \
         join key last lateral left like limit materialized natural not nothing null nulls offset on only \
         or order outer over partition primary procedure recursive references rename replace returning \
         returns revoke right rollback row rows schema select set show some start table temporary then to \
         transaction trigger truncate union unique unlogged update use using values view when where \
         window with within :kc true false \
         :kt bigint binary bit blob boolean bytea char date datetime decimal double enum float int \
         integer json jsonb money nchar numeric nvarchar real serial bigserial smallint text time \
         timestamp timestamptz tinyint uuid varchar varbinary xml array \
         :nb abs avg cast coalesce concat count date_trunc extract greatest least length lower max min \
         now nullif rank round row_number substring sum trim upper"
    ),
    ignore_case: true,
    line_comments: &["--", "# "],
    block_comments: C_COMMENT,
    quotes: &[
        SINGLE.multiline().escape(Escape::Doubled),
        Quote::new("\"", Class::S2).escape(Escape::Doubled),
        Quote::new("`", Class::Sb),
        Quote::new("$$", Class::S).multiline().escape(Escape::None),
    ],
    sigils: &[(b'@', Class::Nv), (b':', Class::Nv), (b'$', Class::Nv)],
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static PROTOBUF: Grammar = Grammar {
    words: words!(
        ":k edition extend extensions group max oneof option optional public repeated required reserved \
         returns rpc stream syntax to weak :kd>nc message enum service :kn import :kn>nn package \
         :kc true false \
         :kt bool bytes double fixed32 fixed64 float int32 int64 map sfixed32 sfixed64 sint32 sint64 \
         string uint32 uint64"
    ),
    line_comments: &["//"],
    block_comments: C_COMMENT,
    quotes: BOTH,
    capital: Class::Nc,
    ..BASE
};

pub(in super::super) static THRIFT: Grammar = Grammar {
    words: words!(
        ":k extends oneway optional required throws :kd const typedef \
         :kd>nc enum exception service struct union :kn include :kn>nn namespace :kc true false \
         :kt binary bool byte double i8 i16 i32 i64 list map set string void"
    ),
    calls: Calls::Paren,
    ..PROTOBUF
};

pub(in super::super) static HCL: Grammar = Grammar {
    words: words!(
        ":k data dynamic for for_each if in locals module moved output import provider provisioner \
         resource terraform variable check removed else endif endfor :kc true false null \
         :kt any bool list map number object set string tuple \
         :nb abs base64encode can cidrsubnet coalesce compact concat contains element file fileexists \
         flatten format join jsondecode jsonencode keys length lookup lower max merge min replace split \
         templatefile toset try upper values yamldecode yamlencode zipmap"
    ),
    line_comments: &["#", "//"],
    block_comments: C_COMMENT,
    quotes: &[DOUBLE.interp(Interp::DollarBrace)],
    word_inside: "-",
    keys: Some((b'=', Class::Na)),
    dollar: Interp::DollarBrace,
    calls: Calls::Paren,
    heredocs: true,
    ..BASE
};

pub(in super::super) static BICEP: Grammar = Grammar {
    words: words!(
        ":k existing for if in targetScope \
         :kd module output param resource type using var :kn import :kc true false null \
         :kt array bool int object string \
         :nb concat contains empty resourceGroup resourceId subscription uniqueString"
    ),
    line_comments: &["//"],
    block_comments: C_COMMENT,
    quotes: &[
        Quote::new("'''", Class::S1).multiline().escape(Escape::None),
        SINGLE.interp(Interp::DollarBrace),
    ],
    sigils: &[(b'@', Class::Nd)],
    keys: Some((b':', Class::Na)),
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static CUE: Grammar = Grammar {
    words: words!(
        ":k for if in let :kn import :kn>nn package :kc true false null _ \
         :kt bool bytes float int int8 int16 int32 int64 number string uint uint8 uint16 uint32 uint64 \
         :nb and close div len mod or quo rem"
    ),
    line_comments: &["//"],
    quotes: &[TRIPLE.interp(Interp::Backslash), DOUBLE.interp(Interp::Backslash), SINGLE],
    sigils: &[(b'#', Class::Nc), (b'@', Class::Nd)],
    keys: Some((b':', Class::Nt)),
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static REGO: Grammar = Grammar {
    words: words!(
        ":k as contains default else every if in some with :ow not :kn import :kn>nn package \
         :kc true false null \
         :nb count sum max min sort concat sprintf startswith endswith split lower upper trim object \
         array set data input"
    ),
    line_comments: &["#"],
    quotes: &[DOUBLE, Quote::new("`", Class::Sb).multiline().escape(Escape::None)],
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static JQ: Grammar = Grammar {
    words: words!(
        ":k as break catch elif else end foreach if label reduce then try :kd>nf def :kn import include \
         :ow and or not :kc true false null \
         :nb add all any ascii_downcase ascii_upcase contains del empty endswith env error first flatten \
         floor from_entries fromjson group_by has indices input inside join keys last length limit \
         ltrimstr map map_values max max_by min min_by paths range recurse rtrimstr select sort sort_by \
         split startswith test to_entries tojson tonumber tostring type unique unique_by values walk \
         with_entries"
    ),
    line_comments: &["#"],
    quotes: &[DOUBLE.interp(Interp::Backslash)],
    sigils: &[(b'$', Class::Nv), (b'@', Class::Nb), (b'.', Class::Na)],
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static PROMQL: Grammar = Grammar {
    words: words!(
        ":k by bool group_left group_right ignoring offset on without :ow and or unless \
         :nb abs absent avg avg_over_time bottomk ceil changes clamp_max clamp_min count count_values \
         delta deriv floor histogram_quantile increase irate label_join label_replace max max_over_time \
         min min_over_time predict_linear quantile rate resets round scalar sort sort_desc stddev sum \
         sum_over_time time topk vector"
    ),
    line_comments: &["#"],
    quotes: BOTH,
    word_inside: ":",
    calls: Calls::Paren,
    keys: None,
    ..BASE
};

pub(in super::super) static CYPHER: Grammar = Grammar {
    words: words!(
        ":k all as asc by call case constraint contains create delete desc detach distinct drop else end \
         ends exists foreach in index is limit load csv match merge on optional order remove return set \
         skip starts then union unwind using when where with yield :ow and not or xor :kc true false null \
         :nb avg coalesce collect count head id keys labels last length max min nodes properties range \
         relationships size sum type"
    ),
    ignore_case: true,
    line_comments: &["//"],
    block_comments: C_COMMENT,
    quotes: BOTH,
    sigils: &[(b':', Class::Nc), (b'$', Class::Nv)],
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static WAT: Grammar = Grammar {
    words: words!(
        ":kd module func type import export memory table global data elem start component core instance \
         alias canon \
         :k param result local block loop if then else end br br_if br_table return call call_indirect \
         drop select local.get local.set local.tee global.get global.set memory.grow memory.size \
         unreachable nop mut offset lift lower \
         :kt i32 i64 f32 f64 v128 funcref externref \
         :nb i32.add i32.sub i32.mul i32.div_s i32.const i32.eq i32.eqz i32.lt_s i32.gt_s i32.load \
         i32.store i64.add i64.const f32.const f64.const"
    ),
    line_comments: &[";;"],
    block_comments: &[Block::nested("(;", ";)")],
    quotes: &[DOUBLE],
    word_inside: ".-",
    sigils: &[(b'$', Class::Nv)],
    ..BASE
};

pub(in super::super) static WIT: Grammar = Grammar {
    words: words!(
        ":k as export import include static use with constructor async \
         :kd>nc enum flags interface record resource type variant world :kd func :kn>nn package \
         :kt bool borrow char f32 f64 future list option own result s8 s16 s32 s64 stream string tuple u8 \
         u16 u32 u64"
    ),
    line_comments: &["//"],
    block_comments: &[Block::nested("/*", "*/")],
    quotes: &[DOUBLE],
    word_inside: "-",
    sigils: &[(b'@', Class::Nd)],
    ..BASE
};

pub(in super::super) static LATEX: Grammar = Grammar {
    line_comments: &["%"],
    quotes: &[Quote::new("$$", Class::S).multiline(), Quote::new("$", Class::S)],
    sigils: &[(b'\\', Class::K)],
    ..BASE
};

/// Feature files: steps and tables.
pub(in super::super) static GHERKIN: Grammar = Grammar {
    words: words!(":k Feature Background Scenario Outline Examples Rule Given When Then And But"),
    line_comments: &["#"],
    quotes: &[TRIPLE, DOUBLE],
    sigils: &[(b'@', Class::Nd)],
    ..BASE
};
