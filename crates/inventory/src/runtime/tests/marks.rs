//! One test a program: the bytes around its version.

use insta::assert_snapshot;

use crate::hostile::survives;
use crate::listing::{list, run};
use crate::runtime::FINGERPRINT;

/// A program that holds these bytes somewhere.
fn program(bytes: &[u8]) -> Vec<u8> {
    [&b"\x7fELF\x02\x01\x01"[..], &[0; 64], bytes, &[0; 8]].concat()
}

fn list_of(path: &str, bytes: &[u8]) -> String {
    list(&run(&FINGERPRINT, path, &program(bytes)))
}

fn check(path: &str, bytes: &[u8], expected: &str) {
    assert_eq!(list_of(path, bytes), format!("{expected} · Runtime\n"), "{path}");
}

#[test]
fn node() {
    check("usr/local/bin/node", b"/json\0node.js/v22.1.0\0(delegate_)", "pkg:generic/node@22.1.0");
    check("usr/lib/libnode.so.108", b"node.js/v18.20.4\0", "pkg:generic/node@18.20.4");
    check("app/node.exe", b"\0node.js/v24.0.0-rc.1\0", "pkg:generic/node@24.0.0-rc.1");
}

#[test]
fn deno() {
    // Texts of Rust follow each other without a sign; another program's name ends in the same way.
    let texts = b"OTel-Exporter-Deno/0.80.0grpcdenover2.9.6Deno/2.9.6Deno/2.9.6+e518fbd";
    check("usr/bin/deno", texts, "pkg:cargo/deno@2.9.6");
}

#[test]
fn bun() {
    check("usr/local/bin/bun", b"Bun/Bun HMR\0Bun/1.1.30\0", "pkg:npm/bun@1.1.30");
    check("bun.exe", b"\0Bun v1.1.30 (Windows x64)", "pkg:npm/bun@1.1.30");
}

#[test]
fn python() {
    check("usr/local/bin/python3.11", b"\x003.1.2\x003.11\x003.11.2\0Python %s", "pkg:generic/python@3.11.2");
    // The end of a longer text is stored once.
    check("usr/lib/libpython3.13t.so.1.0", b"13.13.9\0/versions/3.13.0\0", "pkg:generic/python@3.13.0");
    check("app/python312.dll", b"\x003.12.0rc2\0", "pkg:generic/python@3.12.0rc2");
    check("usr/bin/python2.7", b"\x002.7.18+\0", "pkg:generic/python@2.7.18");
}

#[test]
fn ruby() {
    let text = b"ruby - Copyright\0ruby 3.1.2p20 (2022-04-12 revision 4491bb740a) +YJIT [x86_64-linux]";
    check("usr/lib/libruby-3.1.so.3.1", text, "pkg:generic/ruby@3.1.2");
    check("usr/local/bin/ruby", b"\0ruby 3.4.0preview1 (2024-05-16 ", "pkg:generic/ruby@3.4.0preview1");
}

#[test]
fn php() {
    for path in ["usr/local/bin/php", "usr/sbin/php-fpm8.2", "usr/bin/php-cgi", "usr/lib/libphp8.2.so"] {
        check(path, b"%s,%s\0X-Powered-By: PHP/8.2.36\0ZEND", "pkg:generic/php@8.2.36");
    }
}

#[test]
fn perl() {
    check("usr/bin/perl", b"\0v%vd\0v5.36.0\0panic: sysconf", "pkg:generic/perl@5.36.0");
    check("usr/lib/libperl.so.5.36", b"\0v5.36.0\0", "pkg:generic/perl@5.36.0");
}

#[test]
fn lua() {
    check("usr/bin/lua5.4", b"\0$LuaVersion: Lua 5.4.4  Copyright (C) 1994-2022 ", "pkg:generic/lua@5.4.4");
    check("usr/lib/liblua5.1.so.0.0.0", b"\0$Lua: Lua 5.1.5 Copyright (C)", "pkg:generic/lua@5.1.5");
    check("usr/bin/luajit-2.1", b"\0LuaJIT 2.1.0-beta3\0", "pkg:generic/luajit@2.1.0-beta3");
}

#[test]
fn julia() {
    check("opt/julia/lib/libjulia-internal.so.1.9", b"__init__\x001.9.3\0verify", "pkg:generic/julia@1.9.3");
}

#[test]
fn rust() {
    check("lib/librustc_driver-6108105cd7e839cf.so", b"\0rustc version 1.95.0 (59807616e", "pkg:generic/rust@1.95.0");
    check("lib/libstd-a5a48102fbd58791.so", b"CAPACITY/usr/src/rustc-1.63.0/library", "pkg:generic/rust@1.63.0");
}

#[test]
fn shells() {
    check("bin/bash", b"\0@(#)Bash version 5.2.15(1) release GNU\0", "pkg:generic/bash@5.2.15");
    check("bin/busybox", b"\0BusyBox v1.35.0 (2022-12-01", "pkg:generic/busybox@1.35.0");
}

#[test]
fn web_servers() {
    check("usr/sbin/nginx", b"\0nginx version: nginx/1.22.1\n\0", "pkg:generic/nginx@1.22.1");
    check("usr/sbin/nginx", b"\0nginx version: openresty/1.21.4.1\n", "pkg:generic/openresty@1.21.4.1");
    check("usr/sbin/apache2", b"\0Apache/2.4.71 (Debian)\0", "pkg:generic/httpd@2.4.71");
    check("usr/sbin/lighttpd", b"\0lighttpd/1.4.69 (ssl)", "pkg:generic/lighttpd@1.4.69");
    check("usr/sbin/haproxy", b"HA-Proxy version 1.8.4-1deb90d, released 2018/02/08\0", "pkg:generic/haproxy@1.8.4");
    check("usr/sbin/haproxy", b"\0 version 2.6.12-1+deb12u4, released 2026", "pkg:generic/haproxy@2.6.12");
    check("bin/envoy", b"\x001.0.0\x0056.0.0\x001.40.0\0 so", "pkg:generic/envoy@1.40.0 · Inferred");
    check("usr/sbin/varnishd", b"\0varnish-7.1.1 revision 7cee1c", "pkg:generic/varnish@7.1.1");
    check("usr/sbin/sshd", b"\0OpenSSH_9.2\0OpenSSH_9.2p1 Debian-2\0", "pkg:generic/openssh@9.2p1");
}

#[test]
fn databases() {
    check("usr/bin/redis-server", b"\x002.8.7\0err\x007.0.15\0c11-builtin\0", "pkg:generic/redis@7.0.15");
    check("redis-server", b"\x005.0.0\0x7.2.4buildkitsandbox-17281", "pkg:generic/redis@7.2.4");
    let build = b"\x0014.2.1\x005.0.14\0\x006.0.0\x005.0.149f1c0a3b2d1e-1701469167000000000\0";
    check("redis-server", build, "pkg:generic/redis@5.0.14 · Inferred");
    let build = b"\x0014.2.1\x009.1.2\x009.1.0\0valkey9.1.22036e910ab2c-179260013845336800000000\0";
    check("valkey-server", build, "pkg:generic/valkey@9.1.2 · Inferred");
    check("usr/bin/memcached", b"\0memcached 1.6.18\0memcached 1.6.18\n\0", "pkg:generic/memcached@1.6.18");
    check("bin/postgres", b"\0postgres (PostgreSQL) 15.20 (Debian", "pkg:generic/postgresql@15.20");
    check("bin/postgres", b"\0postgres (PostgreSQL) 17rc1\n", "pkg:generic/postgresql@17rc1");
    check("usr/sbin/mariadbd", b"\0-0+deb12u1\x0010.11.19-MariaDB\0", "pkg:generic/mariadb@10.11.19");
    check("usr/sbin/mysqld", b"\0/builddir/mysql-8.0.35/sql/x.cc\0", "pkg:generic/mysql@8.0.35");
    check("usr/lib/libsqlite3.so.0.8.6", b"\x003.40.1\0", "pkg:generic/sqlite@3.40.1 · Inferred");
}

#[test]
fn libraries() {
    check("usr/lib/libcrypto.so.3", b"\0OpenSSL 3.0.22 25 Aug 2026\0", "pkg:generic/openssl@3.0.22");
    check("libcrypto-1_1-x64.dll", b"\0OpenSSL 1.1.1n  15 Mar 2022\0", "pkg:generic/openssl@1.1.1n");
    check("libcrypto.so.46", b"\0LibreSSL 3.7.3\0", "pkg:generic/libressl@3.7.3");
    // A fork that says which version it is like.
    assert_eq!(list_of("libcrypto.so", b"\0OpenSSL 1.1.1 (compatible; BoringSSL)\0"), "");
    check("usr/lib/libcurl.so.4.8.0", b"CLIENT libcurl 7.88.1\r\n\0libcurl/7.88.1\0", "pkg:generic/curl@7.88.1");
    check("usr/bin/curl", b"json\0curl/7.88.1\0", "pkg:generic/curl@7.88.1");
    check("lib/libz.so.1.2.13", b" deflate 1.2.13 Copyright 1995-2022 ", "pkg:generic/zlib@1.2.13");
    check("lib/libexpat.so.1.8.10", b"\0expat_2.5.0\0", "pkg:generic/expat@2.5.0");
    check("usr/bin/git", b"\xfegit/2.39.5\0GIT_USER_AGENT", "pkg:generic/git@2.39.5");
}

#[test]
fn names_without_a_version() {
    // A few lines that start the library.
    assert_eq!(list_of("usr/bin/python3.11", b"libpython3.11.so.1.0\0/versions/3.10.4\0"), "");
    assert_snapshot!(list_of("usr/sbin/nginx", b"no version"), @"Note Version: `nginx` is named like nginx, but no version of it stands inside: it is not listed");
    // No program, and a program of another name.
    assert_eq!(list(&run(&FINGERPRINT, "usr/bin/node", b"#!/bin/sh\nnode.js/v1.2.3\n")), "");
    assert_eq!(list_of("usr/bin/node-red", b"node.js/v1.2.3"), "");
}

#[test]
fn a_file_made_to_keep_us_busy() {
    let dots =
        [&b"\x7fELF"[..], &b"\x001.".repeat(1 << 20), &b"node.js/v".repeat(1 << 18), &b"-MariaDB".repeat(1 << 17)];
    for name in ["redis-server", "node", "mysqld", "python3.11"] {
        assert_eq!(run(&FINGERPRINT, name, &dots.concat()).packages.len(), 0, "{name}");
    }
}

#[test]
fn survives_anything() {
    let texts =
        b"\x007.0.15\0c11-builtin\x003.11.2\x0010.11.19-MariaDB\0postgres (PostgreSQL) 15.20 \0OpenSSL 1.1.1n  15 Mar";
    for name in ["redis-server", "python3.11", "mysqld", "postgres", "libcrypto.so.3"] {
        survives(&FINGERPRINT, name, &program(texts));
    }
}
