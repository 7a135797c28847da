//! A package with its files, one with an epoch, damaged ones, and which files are asked for.

use insta::assert_snapshot;

use super::{DETECTOR, is_description, is_file_list};
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const DESC: &[u8] = include_bytes!("../../../../../fixtures/installed/pacman/acl-2.3.2-1/desc");
const FILES: &[u8] = include_bytes!("../../../../../fixtures/installed/pacman/acl-2.3.2-1/files");
const EPOCH: &[u8] = include_bytes!("../../../../../fixtures/installed/pacman/containers-common-1:0.57.4-1/desc");
const PATH: &str = "var/lib/pacman/local/acl-2.3.2-1/desc";

#[test]
fn a_package() {
    let files = [("var/lib/pacman/local/acl-2.3.2-1/files", FILES)];
    assert_snapshot!(list(&run_with(&DETECTOR, PATH, DESC, &files)), @r"
    pkg:alpm/acl@2.3.2-1?arch=x86_64 · lines 2-5 · source acl 2.3.2-1 · license GPL-2.0-or-later AND LGPL-2.1-or-later · needs glibc attr
    file /usr/bin/chacl of acl
    file /usr/lib/libacl.so.1 of acl
    ");
    assert_snapshot!(list(&run(&DETECTOR, PATH, EPOCH)), @r"pkg:alpm/containers-common@1:0.57.4-1?arch=any · lines 2-5 · source containers-common 1:0.57.4-1");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, &DESC[..12])), @r"Error Shape line 1: the description of a package has no %NAME% or no %VERSION%: it is not read");
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"")), @r"Error Shape line 1: the description of a package has no %NAME% or no %VERSION%: it is not read");
}

#[test]
fn names_of_files() {
    assert!(is_description(PATH) && is_description("usr/lib/holo/pacmandb/local/a-1-1/desc"));
    assert!(is_file_list("var/lib/pacman/local/a-1-1/files"));
    assert!(!is_description("var/lib/pacman/local/desc") && !is_description("var/lib/pacman/sync/a-1-1/desc"));
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, PATH, DESC);
}
