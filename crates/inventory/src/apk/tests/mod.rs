//! What is read of each kind of record, and that nothing in a database stops the reader.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const INSTALLED: &str = include_str!("../../../../../fixtures/installed/apk/installed");
const BROKEN: &str = include_str!("../../../../../fixtures/installed/apk/broken");

fn check(installed: &str) -> String {
    list(&run(&DETECTOR, "lib/apk/db/installed", installed.as_bytes()))
}

#[test]
fn a_database() {
    assert_snapshot!(check(INSTALLED), @r"
    pkg:apk/musl@1.2.5-r0?arch=x86_64 · line 2 · source musl 1.2.5-r0 · license MIT
    pkg:apk/busybox-binsh@1.36.1-r28?arch=x86_64 · line 23 · source busybox 1.36.1-r28 · license GPL-2.0-only · needs busybox
    pkg:apk/busybox@1.36.1-r28?arch=x86_64 · line 34 · source busybox 1.36.1-r28 · license GPL-2.0-only · needs musl
    pkg:apk/tzdata@2024a-r1?arch=noarch · line 46 · source tzdata 2024a-r1 · HalfInstalled
    file /lib/ld-musl-x86_64.so.1 of musl
    file /usr/lib/ld-musl-x86_64.so.1 of musl
    file /lib/libc.musl-x86_64.so.1 of musl
    file /usr/lib/libc.musl-x86_64.so.1 of musl
    file /bin/sh of busybox-binsh
    file /usr/bin/sh of busybox-binsh
    file /etc/network/interfaces of busybox
    file /root-file of busybox
    Note Shape line 49: package `tzdata` is marked broken: its files may be there only in part
    ");
}

#[test]
fn a_broken_record_hides_no_other() {
    assert_snapshot!(check(BROKEN), @r"
    pkg:apk/first@1.0-r0 · line 1 · source first 1.0-r0
    pkg:apk/with-garbage@1.1-r0 · line 10 · source with-garbage 1.1-r0
    pkg:apk/glued-1@1.2-r0 · line 14 · source glued-1 1.2-r0
    pkg:apk/glued-2@1.3-r0 · line 16 · source glued-2 1.3-r0
    Error Shape line 4: package `without-version` has no version (`V:`): it is not read
    Error Shape line 7: a package without a name (`P:`): it is not read
    Error Syntax line 11: this line is no `X:value` field: what it says of its package is not read
    Warning Syntax line 16: a second `P:` line without an empty line before it is taken as the next package
    ");
}

#[test]
fn cut_short() {
    assert_snapshot!(check("P:a\nV:1.2.3-r0\n\nP:b\nV:1.2"), @r"
    pkg:apk/a@1.2.3-r0 · line 1 · source a 1.2.3-r0
    pkg:apk/b@1.2 · line 4 · source b 1.2
    Error Truncated line 5: the package database does not end in a line break: it is cut short and packages may be missing
    ");
    assert_eq!(check(""), "");
}

#[test]
fn bytes_that_are_no_text() {
    let parsed = run(&DETECTOR, "lib/apk/db/installed", b"P:a\nV:1-r0\nL:\xff\n\nP:\xfe\nV:1-r0\n");
    assert_snapshot!(list(&parsed), @r"
    pkg:apk/a@1-r0 · line 1 · source a 1-r0
    Error Encoding line 3: the `L:` line is not UTF-8 and is not read
    Error Encoding line 5: the `P:` line is not UTF-8 and is not read
    ");
}

/// The sample has one record without a version, and its last line is cut.
#[test]
fn sample() {
    let Some(path) = testkit::shared("samples/os-files/pkg/apk/apk") else { return };
    let mut parsed = run(&DETECTOR, "lib/apk/db/installed", &std::fs::read(path).expect("a readable sample"));
    parsed.owned_files.clear();
    assert_snapshot!(list(&parsed), @r"
    pkg:apk/musl@1.1.14-r10?arch=x86_64 · line 2 · source musl 1.1.14-r10 · license MIT
    pkg:apk/busybox@1.24.2-r9?arch=x86_64 · line 26 · source busybox 1.24.2-r9 · license GPL2 · needs musl
    pkg:apk/alpine-baselayout@3.0.3-r0?arch=x86_64 · line 74 · source alpine-baselayout 3.0.3-r0 · license GPL2 · needs busybox musl
    pkg:apk/alpine-keys@1.1-r0?arch=x86_64 · line 212 · source alpine-keys 1.1-r0 · license GPL
    pkg:apk/zlib@1.2.8-r2?arch=x86_64 · line 240 · source zlib 1.2.8-r2 · license zlib · needs musl
    pkg:apk/libcrypto1.0@1.0.2h-r1?arch=x86_64 · line 263 · source openssl 1.0.2h-r1 · license openssl · needs musl zlib
    pkg:apk/libssl1.0@1.0.2h-r1?arch=x86_64 · line 329 · source openssl 1.0.2h-r1 · license openssl · needs musl libcrypto1.0
    pkg:apk/apk-tools@2.6.7-r0?arch=x86_64 · line 354 · source apk-tools 2.6.7-r0 · license GPL2 · needs musl libcrypto1.0 libssl1.0 zlib
    pkg:apk/scanelf@1.1.6-r0?arch=x86_64 · line 383 · source pax-utils 1.1.6-r0 · license GPL2 · needs musl
    pkg:apk/musl-utils@1.1.14-r10?arch=x86_64 · line 404 · source musl 1.1.14-r10 · license MIT BSD GPL2+ · needs scanelf musl
    pkg:apk/libc-utils@0.7-r0?arch=x86_64 · line 438 · source libc-dev 0.7-r0 · license GPL · needs musl-utils
    pkg:apk/pkgconf@1.6.0-r0?arch=x86_64 · line 453 · source pkgconf 1.6.0-r0 · license ISC · needs musl
    pkg:apk/sqlite-libs@3.26.0-r3?arch=x86_64 · line 489 · source sqlite 3.26.0-r3 · license Public-Domain · needs musl
    pkg:apk/test@2.9.11_pre20061021-r2?arch=x86_64 · line 514 · source test-parent 2.9.11_pre20061021-r2 · license Public-Domain · needs pkgconf sqlite-libs
    pkg:apk/ada-libs@2.7.4-r0?arch=x86_64 · line 543 · source ada 2.7.4-r0 · license ( Apache-2.0 OR MIT ) AND MPL-2.0 · needs musl
    Error Shape line 23: package `invalidPackageWithoutAVersion` has no version (`V:`): it is not read
    Error Truncated line 564: the package database does not end in a line break: it is cut short and packages may be missing
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "lib/apk/db/installed", INSTALLED.as_bytes());
    survives(&DETECTOR, "lib/apk/db/installed", BROKEN.as_bytes());
}
