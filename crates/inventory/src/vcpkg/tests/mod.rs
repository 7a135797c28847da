//! What is asked for and what is installed.

use insta::assert_snapshot;

use super::{DETECTOR, INSTALLED};
use crate::hostile::survives;
use crate::listing::{list, run};

const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/vcpkg/vcpkg.json");
const STATUS: &[u8] = include_bytes!("../../../../../fixtures/installed/vcpkg/status");

#[test]
fn manifest() {
    assert_snapshot!(list(&run(&DETECTOR, "vcpkg.json", MANIFEST)), @r"
    pkg:vcpkg/fmt@10.1.1 · line 6 · Direct · Runtime
    pkg:vcpkg/zlib · line 7 · Direct · Runtime
    pkg:vcpkg/protobuf · line 8 · Direct · Build
    pkg:vcpkg/openssl@3.1.0%232 · line 13 · Direct · Optional
    Warning Unsupported line 1: 2 ports have the version of a baseline that is not in the file: it is not known
    ");
}

#[test]
fn installed() {
    assert_snapshot!(list(&run(&INSTALLED, "app/vcpkg_installed/vcpkg/status", STATUS)), @r"
    pkg:vcpkg/vcpkg-cmake@2023-05-04?triplet=x64-linux · lines 1-2
    pkg:vcpkg/zlib@1.2.13%231?triplet=x64-linux · lines 8-9 · needs vcpkg-cmake
    pkg:vcpkg/curl@8.4.0?triplet=x64-linux · lines 16-17 · needs vcpkg-cmake zlib
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "vcpkg.json", br#"{"dependencies": ["a", {}, 1"#)), @r"
    pkg:vcpkg/a · line 1 · Direct · Runtime
    Error Truncated line 1: the JSON ends in the middle: what follows is missing
    Error Shape line 1: a dependency without a name: it is not read
    Error Shape line 1: a dependency without a name: it is not read
    Warning Unsupported line 1: 1 ports have the version of a baseline that is not in the file: it is not known
    ");
    assert_snapshot!(list(&run(&INSTALLED, "x/vcpkg/status", b"Version: 1\n\nPackage: a\nStatus: install ok installed\n")), @r"
    Error Shape line 1: `Version: 1` begins a paragraph without `Package` or `Status`: it is not read
    Error Shape line 3: package `a` has no version: it is not read
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "vcpkg.json", MANIFEST);
    survives(&INSTALLED, "x/vcpkg/status", STATUS);
}
