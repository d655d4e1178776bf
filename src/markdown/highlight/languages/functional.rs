//! Functional languages: the ML family, Haskell, Erlang, the Lisps, Nix.

use super::super::class::Class;
use super::super::grammar::{BASE, Block, C_COMMENT, Calls, DOUBLE, Escape, Grammar, Interp, Quote, SINGLE};
use super::super::words::words;

const ML_COMMENT: &[Block] = &[Block::nested("(*", "*)")];
const TRIPLE: Quote = Quote::new("\"\"\"", Class::S2).multiline();

pub(in super::super) static HASKELL: Grammar = Grammar {
    words: words!(
        ":k case class deriving do else family forall foreign hiding if in infix infixl infixr instance \
         let mdo of pattern proc qualified rec then via where as :kd>nc data newtype type :kn import \
         :kn>nn module \
         :kt Bool Char Double Either Float IO Int Integer Maybe Monad Ordering String Text Word \
         :kc True False Nothing Just Left Right otherwise"
    ),
    line_comments: &["--"],
    block_comments: &[Block::nested("{-", "-}")],
    quotes: &[DOUBLE],
    characters: true,
    word_inside: "'",
    capital: Class::Nc,
    ..BASE
};

pub(in super::super) static ELM: Grammar = Grammar {
    words: words!(
        ":k alias as case else exposing if in infix let of port then where :kd>nc type :kn import \
         :kn>nn module :kc True False Nothing Just Ok Err \
         :kt Bool Char Cmd Float Html Int List Maybe Msg Result String Sub"
    ),
    quotes: &[TRIPLE, DOUBLE],
    ..HASKELL
};

pub(in super::super) static OCAML: Grammar = Grammar {
    words: words!(
        ":k and as assert begin constraint do done downto else end exception external for fun function \
         functor if in include inherit initializer lazy match method mutable new nonrec object of private \
         rec sig struct then to try val virtual when while with :kd let :kd type :kd>nc class module \
         :kn>nn open :ow asr land lor lsl lsr lxor mod or :kc true false None Some Ok Error \
         :kt array bool bytes char exn float int list option string unit result"
    ),
    block_comments: ML_COMMENT,
    quotes: &[DOUBLE.multiline(), Quote::pair("{|", "|}", Class::S).multiline().escape(Escape::None)],
    characters: true,
    word_inside: "'",
    sigils: &[(b'~', Class::Nv)],
    capital: Class::Nc,
    ..BASE
};

pub(in super::super) static FSHARP: Grammar = Grammar {
    words: words!(
        ":k abstract and as assert base begin class default delegate do done downcast downto elif else \
         end exception extern finally fixed for fun function global if in inherit inline interface \
         internal lazy match member mutable new not of or override private public rec return select \
         static struct then to try upcast use val void when while with yield async task :kd let \
         :kd>nc type :kn>nn module namespace open :kc true false null None Some Ok Error \
         :kt bool byte char decimal float int int64 list option seq string unit"
    ),
    line_comments: &["//"],
    block_comments: ML_COMMENT,
    quotes: &[TRIPLE, DOUBLE.multiline()],
    prefixes: &["$", "@"],
    prefixed: Interp::Brace,
    characters: true,
    word_start: "$",
    word_inside: "'",
    preprocessor: true,
    capital: Class::Nc,
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static ERLANG: Grammar = Grammar {
    words: words!(
        ":k after begin case catch cond else end fun if let maybe of query receive try when \
         :ow and andalso band bnot bor bsl bsr bxor div not or orelse rem xor \
         :kc true false undefined ok error \
         :nb apply atom_to_list hd is_atom is_binary is_list is_map length list_to_binary self send spawn \
         spawn_link tl"
    ),
    line_comments: &["%"],
    quotes: &[DOUBLE.multiline(), Quote::new("'", Class::Ss)],
    sigils: &[(b'-', Class::Kd), (b'?', Class::No), (b'#', Class::Nc)],
    capital: Class::Nv,
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static LISP: Grammar = Grammar {
    words: words!(
        ":k and begin block case catch cond do dolist dotimes else flet if labels lambda let let* letrec \
         let-values loop match not or parameterize progn quasiquote quote return return-from setf setq \
         syntax-rules tagbody throw unless unwind-protect when while with \
         :kd>nf define defun defmacro defgeneric defmethod define-syntax \
         :kd>nv defvar defparameter defconst defcustom setq-default :kd>nc defclass defstruct \
         :kn import require provide use-package in-package :kc t nil true false \
         :nb append apply assoc assq caar cadr car cdr concat cons eq eql equal error format funcall \
         gethash length list map mapcar member message null number? print princ reverse set-car! \
         string-append vector"
    ),
    line_comments: &[";"],
    block_comments: &[Block::nested("#|", "|#")],
    quotes: &[DOUBLE.multiline()],
    word_start: "*<>=!?+-/",
    word_inside: "*<>=!?+-/.:",
    sigils: &[(b':', Class::Ss), (b'#', Class::Kc), (b'&', Class::K)],
    calls: Calls::Head,
    ..BASE
};

pub(in super::super) static CLOJURE: Grammar = Grammar {
    words: words!(
        ":k -> ->> and as-> binding case catch comment cond cond-> cond->> condp do doall dorun doseq \
         dosync dotimes finally fn for future if if-let if-not if-some let letfn locking loop \
         monitor-enter new or quote recur reify some-> throw try var when when-first when-let when-not \
         while with-open \
         :kd>nf defn defn- defmacro defmulti defmethod :kd>nv def defonce \
         :kd>nc defprotocol defrecord deftype :kn>nn ns in-ns :kn import require use :kc true false nil \
         :nb apply assoc assoc-in atom comp concat conj cons contains? count dec deref dissoc drop empty? \
         every? filter first get get-in hash-map identity inc into iterate keys last map map-indexed mapv \
         merge nil? not nth partial partition pr-str print println range reduce remove repeat rest reset! \
         reverse second select-keys seq set some sort sort-by str swap! take update update-in vals vec \
         vector zipmap"
    ),
    block_comments: &[],
    characters: false,
    word_start: "*<>=!?+-",
    word_inside: "*<>=!?+-/.'#",
    sigils: &[(b':', Class::Ss), (b'\\', Class::Sc), (b'%', Class::Nv)],
    ..LISP
};

pub(in super::super) static NIX: Grammar = Grammar {
    words: words!(
        ":k assert else if in inherit let or rec then with :kc true false null \
         :nb abort baseNameOf builtins derivation dirOf fetchTarball import isNull map removeAttrs throw \
         toString fetchurl fetchFromGitHub mkDerivation callPackage lib pkgs"
    ),
    line_comments: &["#"],
    block_comments: C_COMMENT,
    quotes: &[
        Quote::new("''", Class::S).multiline().escape(Escape::None).interp(Interp::DollarBrace),
        DOUBLE.multiline().interp(Interp::DollarBrace),
    ],
    word_inside: "-.'",
    keys: Some((b'=', Class::Na)),
    dollar: Interp::DollarBrace,
    ..BASE
};

pub(in super::super) static PROLOG: Grammar = Grammar {
    words: words!(
        ":k is mod rem div \
         :nb append assert asserta assertz atom atom_length bagof call consult fail findall format \
         functor halt length listing member msort nb_getval nl nonvar not nth0 nth1 number once print \
         read retract reverse setof sort true var write writeln"
    ),
    line_comments: &["%"],
    block_comments: C_COMMENT,
    quotes: &[DOUBLE, Quote::new("'", Class::Ss)],
    capital: Class::Nv,
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static GLEAM: Grammar = Grammar {
    words: words!(
        ":k as assert auto case delegate derive echo else if implement let macro opaque panic pub test \
         todo use :kd const :kd>nf fn :kd>nc type :kn import :kc True False Nil Ok Error \
         :kt Bool BitArray Dict Float Int List Option Result String"
    ),
    line_comments: &["//"],
    quotes: &[DOUBLE.multiline()],
    sigils: &[(b'@', Class::Nd)],
    capital: Class::Nc,
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static PUPPET: Grammar = Grammar {
    words: words!(
        ":k and case contain default else elsif if import in include inherits node notify or realize \
         require unless undef :kd>nf define function :kd>nc class plan \
         :kc true false absent present running stopped \
         :nb alert create_resources debug defined epp err fail file hiera info lookup notice template \
         versioncmp warning exec cron group mount package service user yumrepo \
         :kt Array Boolean Enum Hash Integer Optional String Variant"
    ),
    line_comments: &["#"],
    block_comments: C_COMMENT,
    quotes: &[DOUBLE.multiline().interp(Interp::Dollar), SINGLE.multiline()],
    word_inside: ":",
    sigils: &[(b'$', Class::Nv), (b'@', Class::Nd)],
    keys: None,
    capital: Class::Nc,
    calls: Calls::Paren,
    ..BASE
};
