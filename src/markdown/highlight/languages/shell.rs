//! Shells, and files that are mostly commands: Dockerfiles, make, CMake, nginx.

use super::super::class::Class;
use super::super::grammar::{BASE, BOTH, Block, Calls, DOUBLE, Escape, Grammar, Interp, Quote, SINGLE};
use super::super::words::words;

const HASH: &[&str] = &["#"];
const EXPANDED: Quote = DOUBLE.multiline().interp(Interp::Shell);
const VERBATIM: Quote = SINGLE.multiline().escape(Escape::None);

pub(in super::super) static BASH: Grammar = Grammar {
    words: words!(
        ":k if then else elif fi do done while until esac time coproc :kd>nv for select :kd case \
         :kd>nf function :ow in \
         :nb alias bg bind builtin caller cd command compgen complete declare dirs disown echo enable \
         eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile \
         popd printf pushd pwd read readarray readonly return set shift shopt source test times trap true \
         type typeset ulimit umask unalias unset wait break continue sudo autoload setopt zstyle"
    ),
    line_comments: HASH,
    spaced_comments: true,
    quotes: &[
        EXPANDED,
        Quote::pair("$'", "'", Class::S1).multiline(),
        VERBATIM,
        Quote::new("`", Class::Sb).multiline().interp(Interp::Shell),
    ],
    word_start: "./~-",
    word_inside: "./+@%-:,~",
    dollar: Interp::Shell,
    heredocs: true,
    shell: true,
    ..BASE
};

pub(in super::super) static FISH: Grammar = Grammar {
    words: words!(
        ":k if else switch case while begin end and or not :kd>nv for :kd>nf function :ow in \
         :nb abbr alias argparse bg bind builtin cd command commandline complete contains count echo emit \
         eval exec exit fg fish_add_path functions history jobs math printf pwd random read return set \
         set_color source status string test trap type ulimit wait break continue sudo"
    ),
    quotes: &[EXPANDED, SINGLE.multiline()],
    heredocs: false,
    ..BASH
};

pub(in super::super) static DOCKERFILE: Grammar = Grammar {
    words: words!(
        ":k run cmd entrypoint healthcheck onbuild shell if then else elif fi do done while until esac \
         :kd>nv for \
         :kd from add copy env arg label expose volume user workdir stopsignal maintainer case :ow as in \
         :nb cd echo export set test exit sudo"
    ),
    ignore_case: true,
    ..BASH
};

pub(in super::super) static POWERSHELL: Grammar = Grammar {
    words: words!(
        ":k begin break catch continue data do dynamicparam else elseif end exit finally for foreach if \
         in param process return switch throw trap try until using while workflow :kd>nf function filter \
         :kd>nc class enum \
         :nb add-content clear-host compare-object convertfrom-json convertto-json copy-item export-csv \
         foreach-object format-list format-table get-childitem get-command get-content get-date get-help \
         get-item get-location get-member get-process get-service import-csv import-module install-module \
         invoke-command invoke-expression invoke-restmethod invoke-webrequest join-path measure-object \
         move-item new-item new-object out-file out-host out-null read-host remove-item rename-item \
         resolve-path restart-service select-object select-string set-content set-executionpolicy \
         set-item set-location set-variable sort-object split-path start-process start-service \
         start-sleep stop-process stop-service test-connection test-path where-object write-debug \
         write-error write-host write-output write-verbose write-warning \
         :ow and or not eq ne gt ge lt le like notlike match notmatch contains replace split join is as \
         :kt bool byte datetime double hashtable int int32 int64 object psobject string switch xml"
    ),
    ignore_case: true,
    line_comments: HASH,
    block_comments: &[Block::flat("<#", "#>")],
    quotes: &[
        Quote::pair("@\"", "\n\"@", Class::S2).multiline().escape(Escape::Backtick).interp(Interp::Shell),
        Quote::pair("@'", "\n'@", Class::S1).multiline().escape(Escape::None),
        DOUBLE.multiline().escape(Escape::Backtick).interp(Interp::Shell),
        SINGLE.multiline().escape(Escape::Doubled),
    ],
    word_inside: "-",
    sigils: &[(b'$', Class::Nv)],
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static BATCH: Grammar = Grammar {
    words: words!(
        ":k call choice cls cmd copy defined del dir do echo else endlocal errorlevel exist exit for goto \
         if in md mkdir move not off on path pause popd prompt pushd rd ren rmdir set setlocal shift \
         start title type cd :ow equ geq gtr leq lss neq :kc nul con :c1 rem"
    ),
    ignore_case: true,
    line_comments: &["::"],
    quotes: &[DOUBLE.escape(Escape::None)],
    sigils: &[(b':', Class::Nl), (b'%', Class::Nv)],
    ..BASE
};

/// The parts of a makefile that are not recipes.
pub(in super::super) static MAKE: Grammar = Grammar {
    words: words!(
        ":k define else endef endif export if ifdef ifeq ifndef ifneq include override sinclude undefine \
         unexport vpath \
         :nb abspath addprefix addsuffix basename call dir eval error filter filter-out findstring \
         firstword foreach info lastword notdir patsubst realpath shell sort strip subst suffix warning \
         wildcard word words"
    ),
    line_comments: HASH,
    quotes: BOTH,
    word_inside: "-.",
    dollar: Interp::Shell,
    ..BASE
};

pub(in super::super) static CMAKE: Grammar = Grammar {
    words: words!(
        ":k break continue else elseif endforeach endfunction endif endmacro endwhile foreach if return \
         while :kd function macro \
         :ow and or not defined exists matches strequal equal less greater version_less in_list \
         :kc on off true false \
         :nv public private interface required components version languages"
    ),
    ignore_case: true,
    line_comments: HASH,
    block_comments: &[Block::flat("#[[", "]]")],
    quotes: &[DOUBLE.multiline().interp(Interp::DollarBrace)],
    dollar: Interp::DollarBrace,
    calls: Calls::Paren,
    ..BASE
};

pub(in super::super) static NGINX: Grammar = Grammar {
    words: words!(
        ":k events geo http if location map mail server stream types upstream :kc on off default \
         :nb access_log add_header alias auth_basic auth_basic_user_file client_max_body_size daemon deny \
         allow error_log error_page expires fastcgi_param fastcgi_pass gzip gzip_types include index \
         keepalive_timeout listen log_format proxy_cache proxy_http_version proxy_pass proxy_read_timeout \
         proxy_set_header resolver return rewrite root sendfile server_name set ssl_certificate \
         ssl_certificate_key ssl_protocols ssl_ciphers tcp_nopush try_files user worker_connections \
         worker_processes"
    ),
    line_comments: HASH,
    quotes: BOTH,
    word_inside: "-./",
    sigils: &[(b'$', Class::Nv)],
    ..BASE
};

/// Caddyfiles and Apache's configuration: words, blocks and quotes.
pub(in super::super) static DIRECTIVES: Grammar = Grammar {
    words: words!(
        ":k reverse_proxy file_server encode log tls respond redir handle handle_path route root rewrite \
         header import basicauth basic_auth php_fastcgi DocumentRoot ServerName ServerAlias ServerAdmin \
         Listen LoadModule ErrorLog CustomLog Order Allow Deny Require Options AllowOverride \
         RewriteEngine RewriteRule RewriteCond ProxyPass ProxyPassReverse Redirect Header SSLEngine \
         SSLCertificateFile SSLCertificateKeyFile DirectoryIndex Include IncludeOptional SetEnv Alias \
         :kc on off On Off All None granted denied"
    ),
    line_comments: HASH,
    spaced_comments: true,
    quotes: BOTH,
    word_inside: "-./_",
    sigils: &[(b'@', Class::Nv), (b'$', Class::Nv)],
    jsx: true,
    ..BASE
};
