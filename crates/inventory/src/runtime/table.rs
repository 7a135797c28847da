//! The programs that are known, a row each: their files, and where each says its version.
//!
//! The URL is of the type whose advisories speak of the program; where there is none it is `generic`, with the name the
//! program's makers use.

use super::mark::End::{Anything, Date, Text};
use super::mark::Mark::{self, After, Before, BuildName, Greatest, Named};
use super::version::{Grammar, LETTERS, NUMBERS, PATCH, WHOLE};

/// One program.
pub(super) struct Fingerprint {
    pub(super) name: &'static str,
    pub(super) purl_type: &'static str,
    /// File names, without a version and `.exe`.
    pub(super) programs: &'static [&'static str],
    /// File names up to the version or the ending.
    pub(super) libraries: &'static [&'static str],
    pub(super) grammar: Grammar,
    /// The first that is there counts.
    pub(super) marks: &'static [Mark],
}

impl Fingerprint {
    const fn new(name: &'static str, programs: &'static [&'static str], marks: &'static [Mark]) -> Fingerprint {
        Fingerprint { name, purl_type: "generic", programs, libraries: &[], grammar: NUMBERS, marks }
    }

    const fn libraries(self, libraries: &'static [&'static str]) -> Fingerprint {
        Fingerprint { libraries, ..self }
    }

    const fn grammar(self, grammar: Grammar) -> Fingerprint {
        Fingerprint { grammar, ..self }
    }

    /// Advisories speak of it under its name in this registry.
    const fn published_as(self, purl_type: &'static str) -> Fingerprint {
        Fingerprint { purl_type, ..self }
    }

    /// True when its version cannot stand in a library instead.
    pub(super) fn has_no_library(&self) -> bool {
        self.libraries.is_empty()
    }
}

/// Builds of container images name the machine behind the version.
const BUILT_IN_A_SANDBOX: Mark = Before(b"buildkitsandbox-");

pub(super) const FINGERPRINTS: &[Fingerprint] = &[
    // languages
    Fingerprint::new("node", &["node", "nodejs"], &[After(b"node.js/v", Anything)]).libraries(&["libnode"]),
    // The Rust crate and the npm package are the programs themselves.
    Fingerprint::new("deno", &["deno"], &[After(b"Deno/", Anything)]).published_as("cargo"),
    Fingerprint::new("bun", &["bun", "bunx"], &[After(b"Bun/", Text(b"\0")), After(b"Bun v", Text(b" ("))])
        .published_as("npm"),
    Fingerprint::new("python", &["python"], &[Named]).libraries(&["libpython", "python"]),
    Fingerprint::new("ruby", &["ruby"], &[After(b"ruby ", Text(b" ("))]).libraries(&["libruby"]),
    Fingerprint::new("php", &["php", "php-fpm", "php-cgi"], &[After(b"X-Powered-By: PHP/", Anything)])
        .libraries(&["libphp"]),
    Fingerprint::new("perl", &["perl"], &[After(b"\0v", Text(b"\0"))]).libraries(&["libperl"]),
    Fingerprint::new("lua", &["lua", "luac"], &[After(b": Lua ", Text(b" "))]).libraries(&["liblua"]),
    Fingerprint::new("luajit", &["luajit"], &[After(b"LuaJIT ", Anything)]).libraries(&["libluajit"]),
    Fingerprint::new("julia", &[], &[After(b"__init__\0", Text(b"\0verify"))]).libraries(&["libjulia-internal"]),
    Fingerprint::new("rust", &["rustc"], &[After(b"rustc version ", Text(b" (")), After(b"/rustc-", Text(b"/"))])
        .libraries(&["librustc_driver", "libstd"]),
    Fingerprint::new("bash", &["bash"], &[After(b"@(#)Bash version ", Text(b"("))]),
    Fingerprint::new("busybox", &["busybox"], &[After(b"BusyBox v", Anything)]).libraries(&["libbusybox"]),
    // servers
    Fingerprint::new("nginx", &["nginx"], &[After(b"nginx version: nginx/", Anything)]),
    Fingerprint::new("openresty", &["nginx", "openresty"], &[After(b"nginx version: openresty/", Anything)]),
    Fingerprint::new("httpd", &["httpd", "apache2"], &[After(b"Apache/", Anything)]),
    Fingerprint::new("lighttpd", &["lighttpd"], &[After(b"lighttpd/", Anything)]),
    Fingerprint::new("haproxy", &["haproxy"], &[After(b" version ", Text(b", released "))]),
    Fingerprint::new("envoy", &["envoy"], &[Greatest(1)]),
    Fingerprint::new("varnish", &["varnishd"], &[After(b"varnish-", Text(b" revision "))]),
    Fingerprint::new("openssh", &["sshd", "ssh"], &[After(b"OpenSSH_", Anything)]).grammar(PATCH),
    // databases and caches
    Fingerprint::new(
        "redis",
        &["redis-server"],
        &[Before(b"\0c11-builtin\0"), Before(b"\0atomic-builtin\0"), BUILT_IN_A_SANDBOX, BuildName(b"")],
    ),
    Fingerprint::new("valkey", &["valkey-server"], &[BUILT_IN_A_SANDBOX, BuildName(b"valkey")]),
    Fingerprint::new(
        "memcached",
        &["memcached"],
        &[After(b"memcached ", Text(b"\n")), After(b"VERSION ", Text(b"\0"))],
    ),
    Fingerprint::new("postgresql", &["postgres"], &[After(b"postgres (PostgreSQL) ", Anything)]).grammar(WHOLE),
    Fingerprint::new("mariadb", &["mariadbd", "mysqld"], &[Before(b"-MariaDB"), After(b"\0MariaDB ", Text(b"\0"))]),
    Fingerprint::new("mysql", &["mysqld"], &[After(b"/mysql-", Text(b"/"))]),
    Fingerprint::new("sqlite", &["sqlite3"], &[Greatest(3)]).libraries(&["libsqlite3", "sqlite3"]),
    // libraries and tools
    Fingerprint::new("openssl", &["openssl"], &[After(b"OpenSSL ", Date)]).libraries(&["libcrypto"]).grammar(LETTERS),
    Fingerprint::new("libressl", &["openssl"], &[After(b"LibreSSL ", Anything)]).libraries(&["libcrypto"]),
    Fingerprint::new("curl", &["curl"], &[After(b"\0curl/", Text(b"\0")), After(b"libcurl/", Text(b"\0"))])
        .libraries(&["libcurl", "libcurl-gnutls"]),
    Fingerprint::new("zlib", &[], &[After(b" deflate ", Text(b" Copyright "))]).libraries(&["libz", "zlib"]),
    Fingerprint::new("expat", &[], &[After(b"expat_", Text(b"\0"))]).libraries(&["libexpat"]),
    Fingerprint::new("git", &["git"], &[After(b"git/", Text(b"\0"))]),
];
