//! Compiled languages with braces: C and its children, the JVM, Go, Rust, Swift and their neighbours.

use super::super::class::Class;
use super::super::grammar::{
    BASE, BOTH, Block, C_COMMENT, Calls, DOUBLE, Escape, Grammar, Interp, Quote, Raw, SINGLE,
};
use super::super::words::words;

const SLASHES: &[&str] = &["//"];
const NESTED: &[Block] = &[Block::nested("/*", "*/")];
const CHAR: Quote = Quote::new("'", Class::Sc);
const TRIPLE: Quote = Quote::new("\"\"\"", Class::S2).multiline();
const AT: &[(u8, Class)] = &[(b'@', Class::Nd)];

/// What most languages of this file share.
const BRACES: Grammar = Grammar {
    line_comments: SLASHES,
    block_comments: C_COMMENT,
    quotes: &[DOUBLE, CHAR],
    calls: Calls::Paren,
    capital: Class::Nc,
    ..BASE
};

pub(in super::super) static GO: Grammar = Grammar {
    words: words!(
        ":k break case chan continue default defer else fallthrough for go goto if range return select \
         switch :kd const map struct interface var :kd>nf func :kd>nc type :kn import :kn>nn package \
         :kc true false nil iota \
         :kt any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 \
         int64 rune string uint uint8 uint16 uint32 uint64 uintptr \
         :nb append cap clear close complex copy delete imag len make max min new panic print println \
         real recover"
    ),
    quotes: &[DOUBLE, CHAR, Quote::new("`", Class::Sb).escape(Escape::None).multiline()],
    capital: Class::Plain,
    ..BRACES
};

pub(in super::super) static RUST: Grammar = Grammar {
    words: words!(
        ":k as async await break continue crate dyn else extern for if impl in loop match move mut ref \
         return self Self super unsafe where while yield :kd let pub const static :kd>nf fn macro_rules \
         :kd>nc enum struct trait type union :kd>nn mod :kn use :kc true false \
         :kt bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize \
         :nb Some None Ok Err Box Vec String Option Result Default Clone Copy Send Sync Iterator From \
         Into"
    ),
    block_comments: NESTED,
    quotes: &[DOUBLE.multiline()],
    prefixes: &["r", "b", "br", "c", "cr"],
    raw: Raw::Rust,
    characters: true,
    calls: Calls::Bang,
    attributes: true,
    ..BRACES
};

const C_QUOTES: &[Quote] = &[DOUBLE, CHAR];

pub(in super::super) static C: Grammar = Grammar {
    words: words!(
        ":k auto break case const continue default do else extern for goto if inline register restrict \
         return sizeof static switch volatile while _Alignas _Alignof _Atomic _Generic _Noreturn \
         _Static_assert _Thread_local asm typeof alignas alignof constexpr :kd typedef \
         :kd>nc struct union enum :kc true false NULL nullptr \
         :kt bool char double float int long short signed unsigned void size_t ssize_t ptrdiff_t wchar_t \
         int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t FILE _Bool"
    ),
    quotes: C_QUOTES,
    preprocessor: true,
    capital: Class::Plain,
    ..BRACES
};

pub(in super::super) static CPP: Grammar = Grammar {
    words: words!(
        ":k alignas alignof asm auto break case catch co_await co_return co_yield const consteval \
         constexpr constinit const_cast continue decltype default delete do dynamic_cast else explicit \
         export extern final for friend goto if inline mutable new noexcept operator override private \
         protected public register reinterpret_cast requires return sizeof static static_assert \
         static_cast switch this thread_local throw try typeid typename virtual volatile while __global__ \
         __device__ __host__ __shared__ :kd template typedef :kd>nc class struct union enum concept \
         :kn import module :kn>nn namespace using :kc true false nullptr NULL \
         :kt bool char char8_t char16_t char32_t double float int long short signed unsigned void wchar_t \
         size_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t"
    ),
    prefixes: &["R", "L", "u8", "u", "U", "LR", "u8R", "uR", "UR"],
    raw: Raw::Cpp,
    quotes: C_QUOTES,
    preprocessor: true,
    ..BRACES
};

pub(in super::super) static OBJECTIVE_C: Grammar = Grammar {
    words: words!(
        ":k auto break case const continue default do else extern for goto if in inline register return \
         self sizeof static super switch volatile while __block __weak __strong nonatomic strong weak \
         copy readonly assign :kd typedef :kd>nc struct union enum :kc true false YES NO NULL nil Nil \
         :kt BOOL bool char double float id instancetype int long short signed unsigned void size_t \
         NSInteger NSUInteger CGFloat SEL Class"
    ),
    quotes: C_QUOTES,
    preprocessor: true,
    sigils: &[(b'@', Class::K)],
    ..BRACES
};

pub(in super::super) static CSHARP: Grammar = Grammar {
    words: words!(
        ":k abstract as async await base break case catch checked continue default delegate do else event \
         explicit extern finally fixed for foreach goto if implicit in init internal is lock new operator \
         out override params partial private protected public readonly ref required return sealed set get \
         sizeof stackalloc static switch this throw try typeof unchecked unsafe virtual volatile when \
         where while with yield :kd const var \
         :kd>nc class struct interface enum record :kn>nn namespace using :kc true false null \
         :kt bool byte char decimal double dynamic float int long nint nuint object sbyte short string \
         uint ulong ushort void"
    ),
    quotes: &[TRIPLE.escape(Escape::None), DOUBLE, CHAR],
    prefixes: &["$", "@", "$@", "@$"],
    word_start: "@$",
    prefixed: Interp::Brace,
    preprocessor: true,
    ..BRACES
};

pub(in super::super) static JAVA: Grammar = Grammar {
    words: words!(
        ":k abstract assert break case catch continue default do else extends final finally for goto if \
         implements instanceof native new non-sealed permits private protected public return sealed \
         static strictfp super switch synchronized this throw throws transient try volatile when while \
         yield :kd const var :kd>nc class interface enum record :kn import :kn>nn package module \
         :kc true false null \
         :kt boolean byte char double float int long short void"
    ),
    quotes: &[TRIPLE, DOUBLE, CHAR],
    sigils: AT,
    ..BRACES
};

pub(in super::super) static KOTLIN: Grammar = Grammar {
    words: words!(
        ":k abstract actual annotation as break by catch companion const constructor continue crossinline \
         data do else enum expect external final finally for get if in infix init inline inner internal \
         is lateinit noinline open operator out override private protected public reified return sealed \
         set super suspend tailrec this throw try value vararg when where while :kd val var :kd>nf fun \
         :kd>nc class interface object typealias :kn import :kn>nn package :kc true false null \
         :kt Any Boolean Byte Char Double Float Int Long Nothing Short String Unit"
    ),
    block_comments: NESTED,
    quotes: &[TRIPLE.escape(Escape::None).interp(Interp::Dollar), DOUBLE.interp(Interp::Dollar), CHAR],
    sigils: AT,
    ..BRACES
};

pub(in super::super) static SCALA: Grammar = Grammar {
    words: words!(
        ":k abstract case catch derives do else end extends extension final finally for forSome given if \
         implicit inline lazy match new opaque open override private protected return sealed super then \
         this throw transparent try using while with yield :kd val var :kd>nf def \
         :kd>nc class trait object enum type :kn import export :kn>nn package :kc true false null \
         :kt Any AnyRef Boolean Byte Char Double Float Int Long Nothing Short String Unit"
    ),
    block_comments: NESTED,
    quotes: &[TRIPLE.escape(Escape::None), DOUBLE],
    prefixes: &["s", "f", "raw"],
    prefixed: Interp::Dollar,
    characters: true,
    sigils: AT,
    ..BRACES
};

pub(in super::super) static GROOVY: Grammar = Grammar {
    words: words!(
        ":k abstract as assert break case catch continue default do else extends final finally for if \
         implements in instanceof new private protected public return static super switch synchronized \
         this throw throws trait try while :kd var :kd def :kd>nc class interface enum :kn import \
         :kn>nn package :kc true false null \
         :kt boolean byte char double float int long short void String \
         :nb agent any always checkout echo environment failure input label node options parallel \
         parameters pipeline post script sh stage stages steps stash success timeout tools triggers \
         unstash when withCredentials"
    ),
    quotes: &[
        TRIPLE.interp(Interp::Dollar),
        Quote::new("'''", Class::S1).multiline(),
        DOUBLE.interp(Interp::Dollar),
        SINGLE,
    ],
    sigils: AT,
    regexes: true,
    ..BRACES
};

pub(in super::super) static SWIFT: Grammar = Grammar {
    words: words!(
        ":k actor any as associatedtype async await break case catch consuming continue convenience \
         default defer deinit didSet do dynamic else fallthrough fileprivate final for get guard if in \
         indirect infix init inout internal is isolated lazy mutating nonisolated nonmutating open \
         optional override postfix precedencegroup prefix private public repeat required rethrows return \
         self Self set some static subscript super switch throw throws try unowned weak where while \
         willSet yield :kd let var :kd>nf func macro \
         :kd>nc class struct enum protocol extension typealias :kn import :kc true false nil \
         :kt Any AnyObject Array Bool Character Dictionary Double Float Int Int8 Int16 Int32 Int64 Never \
         Optional Set String UInt UInt8 UInt16 UInt32 UInt64 Void"
    ),
    block_comments: NESTED,
    quotes: &[TRIPLE.interp(Interp::Backslash), DOUBLE.interp(Interp::Backslash)],
    raw: Raw::Swift,
    sigils: AT,
    ..BRACES
};

pub(in super::super) static DART: Grammar = Grammar {
    words: words!(
        ":k abstract as assert async await base break case catch continue covariant default deferred do \
         else extends external factory final finally for get if implements in is late mixin new on \
         operator part required rethrow return sealed set show hide static super switch sync this throw \
         try when while with yield :kd const var :kd>nc class enum extension typedef \
         :kn import export library :kc true false null \
         :kt bool double dynamic Function Future int Iterable List Map Never num Object Set Stream String \
         void"
    ),
    quotes: &[
        TRIPLE.interp(Interp::Dollar),
        Quote::new("'''", Class::S1).multiline().interp(Interp::Dollar),
        DOUBLE.interp(Interp::Dollar),
        SINGLE.interp(Interp::Dollar),
    ],
    prefixes: &["r"],
    sigils: AT,
    ..BRACES
};

pub(in super::super) static ZIG: Grammar = Grammar {
    words: words!(
        ":k align allowzero and anyframe anytype asm async await break callconv catch comptime continue \
         defer else errdefer export extern for if inline linksection noalias noinline nosuspend or orelse \
         packed pub resume return suspend switch test threadlocal try unreachable usingnamespace volatile \
         while \
         :kd const var error struct union enum opaque :kd>nf fn :kc true false null undefined \
         :kt anyerror anyopaque bool comptime_float comptime_int f16 f32 f64 f128 i8 i16 i32 i64 i128 \
         isize noreturn type u8 u16 u32 u64 u128 usize void"
    ),
    block_comments: &[],
    quotes: &[DOUBLE, CHAR, Quote::pair("\\\\", "\n", Class::S)],
    sigils: &[(b'@', Class::Nb)],
    ..BRACES
};

pub(in super::super) static NIM: Grammar = Grammar {
    words: words!(
        ":k addr and as asm bind block break case cast concept continue defer discard distinct div do \
         elif else end except export finally for if in include is isnot mixin mod not notin object of or \
         out ptr raise ref return shl shr static try when while xor yield :kd let var const type enum \
         :kd>nf proc func iterator converter method macro template :kn import from :kc true false nil \
         :kt bool char cstring float float32 float64 int int8 int16 int32 int64 seq string uint uint8 \
         uint16 uint32 uint64 void auto untyped typed"
    ),
    line_comments: &["#"],
    block_comments: &[Block::nested("#[", "]#")],
    quotes: &[TRIPLE.escape(Escape::None), DOUBLE, CHAR],
    prefixes: &["r"],
    ..BRACES
};

pub(in super::super) static SOLIDITY: Grammar = Grammar {
    words: words!(
        ":k anonymous as assembly break calldata case catch constant continue default delete do else emit \
         external fallback for if immutable indexed internal is memory new override payable private \
         public pure receive return returns revert storage switch this throw try unchecked using view \
         virtual while :kd mapping \
         :kd>nf function modifier event error constructor \
         :kd>nc contract interface library struct enum :kn import pragma :kc true false wei gwei ether \
         :kt address bool bytes bytes32 int int256 string uint uint8 uint256"
    ),
    quotes: BOTH,
    ..BRACES
};

pub(in super::super) static V: Grammar = Grammar {
    words: words!(
        ":k as asm assert break continue defer else for go goto if in is lock match mut none or pub \
         return rlock select shared spawn static unsafe union volatile :kd const __global :kd>nf fn \
         :kd>nc struct interface enum type :kn import :kn>nn module :kc true false \
         :kt bool byte f32 f64 i8 i16 i64 int isize map rune string u8 u16 u32 u64 usize voidptr"
    ),
    block_comments: NESTED,
    quotes: &[DOUBLE.interp(Interp::Dollar), SINGLE.interp(Interp::Dollar)],
    ..BRACES
};

pub(in super::super) static ASSEMBLY: Grammar = Grammar {
    words: words!(
        ":k mov movl movq movb lea leaq add addq addl sub subq subl mul imul div idiv inc dec and or xor \
         not neg shl shr sal sar cmp cmpl cmpq test jmp je jne jz jnz jg jge jl jle ja jb call ret push \
         pop pushq popq leave nop int syscall hlt ldr str ldp stp adr adrp b bl br blr cbz cbnz svc li la \
         lw sw ld sd addi beq bne bge blt jal jalr ecall \
         :kd section global extern db dw dd dq resb resw resd resq equ times \
         :nb rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 eax ebx ecx edx esi edi ebp \
         esp ax bx cx dx al ah bl bh cl ch dl dh sp lr pc x0 x1 x2 x3 x8 x29 x30 w0 w1 a0 a1 a7 t0 t1 s0 \
         ra zero"
    ),
    ignore_case: true,
    line_comments: &[";", "//", "# "],
    block_comments: C_COMMENT,
    quotes: BOTH,
    word_start: ".",
    word_inside: ".$",
    sigils: &[(b'%', Class::Nv)],
    keys: Some((b':', Class::Nl)),
    ..BASE
};
