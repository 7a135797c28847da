//! A database as opkg writes it, with a file list; one with faults.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const STATUS: &[u8] = include_bytes!("../../../../../fixtures/installed/opkg/status");
const BROKEN: &[u8] = include_bytes!("../../../../../fixtures/installed/opkg/broken");
const LIST: &[u8] = include_bytes!("../../../../../fixtures/installed/opkg/info/busybox.list");

#[test]
fn a_database() {
    let lists = [("usr/lib/opkg/info/busybox.list", LIST)];
    assert_snapshot!(list(&run_with(&DETECTOR, "usr/lib/opkg/status", STATUS, &lists)), @r"
    pkg:opkg/libc@1.2.4-4?arch=mips_24kc · line 1 · source libc 1.2.4-4 · needs libgcc1
    pkg:opkg/busybox@1.36.1-1?arch=mips_24kc · line 8 · source busybox 1.36.1-1 · needs libc
    pkg:opkg/libgcc1@12.3.0-4?arch=mips_24kc · line 18 · source libgcc1 12.3.0-4 · HalfInstalled
    file /bin/busybox of busybox
    file /usr/bin/busybox of busybox
    file /bin/ls of busybox
    file /usr/bin/ls of busybox
    file /usr/sbin/ntpd of busybox
    Note Shape line 18: package `libgcc1` is unpacked: its files may be there only in part
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "usr/lib/opkg/status", BROKEN)), @r"
    pkg:opkg/first@1 · line 1 · source first 1
    pkg:opkg/last@2 · line 9 · source last 2
    Error Shape line 5: package `nameless-version` has no version: it is not read
    Error Syntax line 8: this line is no `Name: value` field: what it says of its package is not read
    Warning Shape line 11: unknown package status `install user levitating`: the package is taken as installed
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "usr/lib/opkg/status", STATUS);
}
