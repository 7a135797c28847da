//! What is read of each kind of stanza, and that nothing in a database stops the reader.

mod real;

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const STATUS: &str = include_str!("../../../../../fixtures/installed/dpkg/status");
const BROKEN: &str = include_str!("../../../../../fixtures/installed/dpkg/broken");

fn check(status: &str) -> String {
    list(&run(&DETECTOR, "var/lib/dpkg/status", status.as_bytes()))
}

#[test]
fn a_database() {
    assert_snapshot!(check(STATUS), @r"
    pkg:deb/base-files@12.4%2Bdeb12u5?arch=amd64 · line 1 · source base-files 12.4+deb12u5 · needs libc6 mawk
    pkg:deb/libc6@2.36-9%2Bdeb12u4?arch=amd64 · line 16 · source glibc 2.36-9+deb12u4 · needs libgcc-s1
    pkg:deb/libc6@2.36-9%2Bdeb12u4?arch=i386 · line 25 · source glibc 2.36-9+deb12u4
    pkg:deb/libgcc-s1@12.2.0-14%2Bb1?arch=amd64 · line 33 · source gcc-12 12.2.0-14 · needs libc6
    pkg:deb/mawk@1.3.4.20200120-3.1?arch=amd64 · line 41 · source mawk 1.3.4.20200120-3.1 · needs libc6
    pkg:deb/openssl@1:3.0.11-1~deb12u2?arch=amd64 · line 49 · source openssl 1:3.0.11-1~deb12u2 · HalfInstalled · needs libc6
    pkg:deb/man-db@2.11.2-2?arch=amd64 · line 66 · source man-db 2.11.2-2 · needs libc6 mawk
    Note Shape line 49: package `openssl` is half-configured: its files may be there only in part
    ");
}

#[test]
fn a_broken_stanza_hides_no_other() {
    assert_snapshot!(check(BROKEN), @r"
    pkg:deb/first@1.0 · line 1 · source first 1.0
    pkg:deb/with-garbage@1.1 · line 11 · source with-garbage 1.1
    pkg:deb/glued-1@1.2 · line 16 · source glued-1 1.2
    pkg:deb/glued-2@1.3 · line 18 · source glued-2 1.3
    pkg:deb/odd-status@1.4 · line 21 · source odd-status 1.4
    pkg:deb/odd-source@1.5 · line 26 · source something 1.5
    pkg:deb/last@2.0 · line 30 · source last 2.0
    Error Shape line 5: package `without-version` has no version: it is not read
    Error Shape line 8: a package without a name: it is not read
    Error Syntax line 13: this line is no `Name: value` field: what it says of its package is not read
    Warning Syntax line 18: a `Package` field without an empty line before it is taken as the next package
    Warning Shape line 24: a second `version` field in one package is ignored: the first counts
    Warning Shape line 22: unknown package status `install ok levitating`: the package is taken as installed
    Warning Shape line 26: package `odd-source` has a malformed source version `(`: its own version stands for it
    ");
}

#[test]
fn files_of_packages() {
    let lists: [(&str, &[u8]); 4] = [
        ("var/lib/dpkg/info/mawk.list", include_bytes!("../../../../../fixtures/installed/dpkg/info/mawk.list")),
        (
            "var/lib/dpkg/info/libc6:amd64.list",
            include_bytes!("../../../../../fixtures/installed/dpkg/info/libc6:amd64.list"),
        ),
        (
            "var/lib/dpkg/info/libc6:i386.list",
            include_bytes!("../../../../../fixtures/installed/dpkg/info/libc6:i386.list"),
        ),
        ("var/lib/dpkg/info/nano.list", include_bytes!("../../../../../fixtures/installed/dpkg/info/nano.list")),
    ];
    let mut parsed = run_with(&DETECTOR, "var/lib/dpkg/status", STATUS.as_bytes(), &lists);
    let architectures: Vec<_> =
        parsed.owned_files.iter().map(|(owner, _)| parsed.packages[*owner].purl().qualifier("arch")).collect();
    assert_eq!(
        architectures,
        [Some("amd64"), Some("amd64"), Some("amd64"), Some("amd64"), Some("amd64"), Some("i386"), Some("i386")]
    );
    parsed.owned_files.truncate(3);
    parsed.packages.truncate(5);
    parsed.problems.clear();
    assert_snapshot!(list(&parsed).lines().skip(5).collect::<Vec<_>>().join("\n"), @r"
    file /bin/mawk of mawk
    file /usr/bin/mawk of mawk
    file /usr/share/doc/mawk/copyright of mawk
    ");
}

#[test]
fn a_stanza_of_its_own() {
    let folder = "var/lib/dpkg/status.d";
    let stanza = include_bytes!("../../../../../fixtures/installed/dpkg/status.d/tzdata");
    let sums = include_bytes!("../../../../../fixtures/installed/dpkg/status.d/tzdata.md5sums");
    let sums_path = format!("{folder}/tzdata.md5sums");
    let parsed =
        run_with(&DETECTOR, &format!("{folder}/tzdata"), stanza, &[(&sums_path, sums), ("x/other.md5sums", b"0  a")]);
    assert_snapshot!(list(&parsed), @r"
    pkg:deb/tzdata@2024a-0%2Bdeb12u1?arch=all · line 1 · source tzdata 2024a-0+deb12u1
    file /usr/share/zoneinfo/UTC of tzdata
    file /usr/share/zoneinfo/Europe/Berlin of tzdata
    ");
    assert_eq!(list(&run(&DETECTOR, &sums_path, sums)), "", "checksums are no stanza");
}

#[test]
fn line_breaks() {
    assert_snapshot!(check("Package: a\r\nVersion: 1\r\n\r\nPackage: b\r\nVersion: 2\r\n"), @r"
    pkg:deb/a@1 · line 1 · source a 1
    pkg:deb/b@2 · line 4 · source b 2
    ");
    assert_snapshot!(check("Package: a\nVersion: 1\n \t\nPackage: b\nVersion: 2"), @r"
    pkg:deb/a@1 · line 1 · source a 1
    pkg:deb/b@2 · line 4 · source b 2
    Error Truncated line 5: the package database does not end in a line break: it is cut short and packages may be missing
    ");
    assert_eq!(check(""), "");
    assert_eq!(check("\n\n"), "");
}

#[test]
fn bytes_that_are_no_text() {
    let parsed = run(&DETECTOR, "var/lib/dpkg/status", b"Package: a\xff\nVersion: 1\n\nPackage: b\nVersion: 2\n");
    assert_snapshot!(list(&parsed), @r"
    pkg:deb/b@2 · line 4 · source b 2
    Error Encoding line 1: the `package` field is not UTF-8 and is not read
    ");
}

#[test]
fn garbage_is_bounded() {
    let parsed = run(&DETECTOR, "var/lib/dpkg/status", "no field\n".repeat(100_000).as_bytes());
    assert_eq!((parsed.packages.len(), parsed.problems.len()), (0, 101));
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "var/lib/dpkg/status", STATUS.as_bytes());
    survives(&DETECTOR, "var/lib/dpkg/status.d/x", BROKEN.as_bytes());
}
