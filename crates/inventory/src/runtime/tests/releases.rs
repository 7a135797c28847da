//! Files that state a release, and the library that does it where there is none.

use insta::assert_snapshot;

use crate::hostile::survives;
use crate::listing::{list, run, run_with};
use crate::runtime::{JAVA_LIBRARY, JAVA_RELEASE, RELEASE};

const TEMURIN: &[u8] = include_bytes!("../../../../../fixtures/installed/runtime/temurin/release");
const LIBRARY: &[u8] = b"\x7fELF\0OpenJDK 64-Bit Server VM (21+35-LTS) for linux-amd64 JRE (21+35-LTS), built on\0";

#[test]
fn go() {
    let text = b"go1.22.1\ntime 2024-02-29T18:18:48Z\n";
    assert_snapshot!(list(&run(&RELEASE, "usr/local/go/VERSION", text)), @"pkg:golang/toolchain@1.22.1 · line 1 · Runtime");
    assert_snapshot!(list(&run(&RELEASE, "usr/lib/go-1.19/VERSION", b"go1.19.8")), @"pkg:golang/toolchain@1.19.8 · line 1 · Runtime");
    assert_snapshot!(list(&run(&RELEASE, "go/VERSION", b"go1.23rc1\n")), @"pkg:golang/toolchain@1.23rc1 · line 1 · Runtime");
    for other in [&b"1.2.3\n"[..], b"devel go1.23-abc", b"goat 1", b"", b"\xff\xfe"] {
        assert_eq!(list(&run(&RELEASE, "go/VERSION", other)), "");
    }
}

#[test]
fn erlang() {
    let path = "usr/local/lib/erlang/releases/25/OTP_VERSION";
    assert_snapshot!(list(&run(&RELEASE, path, b"25.2.3\n")), @"pkg:generic/erlang@25.2.3 · line 1 · Runtime");
    assert_snapshot!(list(&run(&RELEASE, path, b"27.0-rc3\n")), @"pkg:generic/erlang@27.0-rc3 · line 1 · Runtime");
}

#[test]
fn java() {
    let list_of = |bytes: &[u8]| list(&run(&JAVA_RELEASE, "opt/java/release", bytes));
    assert_snapshot!(list_of(TEMURIN), @"pkg:generic/openjdk@17.0.9 · line 4 · Runtime");
    assert_snapshot!(list_of(b"JAVA_VERSION=\"1.8.0_392\"\nOS_NAME=\"Linux\"\n"), @"pkg:generic/openjdk@1.8.0_392 · line 1 · Runtime");
    let oracle = b"BUILD_TYPE=\"commercial\"\r\nJAVA_VERSION=\"21\"\r\nGRAALVM_VERSION=\"23.1.0\"\r\n";
    assert_snapshot!(list_of(oracle), @r"
    pkg:generic/oracle-jdk@21 · line 2 · Runtime
    pkg:generic/graalvm@23.1.0 · line 3 · Runtime
    ");
    assert_snapshot!(list_of(b"X=1\nJAVA_VERSION=\"next\"\n"), @"Error Version line 2: `next` is no version of Java: this runtime is not listed");
    assert_eq!(list_of(b"Fedora release 38\n\xff"), "");
}

#[test]
fn a_virtual_machine_speaks_where_no_file_does() {
    let path = "opt/java/lib/server/libjvm.so";
    assert_snapshot!(list(&run(&JAVA_LIBRARY, path, LIBRARY)), @"pkg:generic/openjdk@21 · Runtime");
    assert_eq!(list(&run_with(&JAVA_LIBRARY, path, LIBRARY, &[("opt/java/release", TEMURIN)])), "");
    let other: &[u8] = b"some release\n";
    assert!(!list(&run_with(&JAVA_LIBRARY, path, LIBRARY, &[("opt/release", other)])).is_empty());
}

#[test]
fn survives_anything() {
    survives(&JAVA_RELEASE, "opt/java/release", TEMURIN);
    survives(&JAVA_LIBRARY, "libjvm.so", LIBRARY);
    survives(&RELEASE, "go/VERSION", b"go1.22.1\n");
}
