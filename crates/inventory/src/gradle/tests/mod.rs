//! Configurations, and lines that are none.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &str = include_str!("../../../../../fixtures/lockfiles/gradle/gradle.lockfile");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&DETECTOR, "gradle.lockfile", LOCK_FILE.as_bytes())), @r"
    pkg:maven/cglib/cglib-nodep@2.1.2 · line 2 · Development
    pkg:maven/junit/junit@4.13.2 · line 3 · Development
    pkg:maven/org.springframework/spring-asm@3.1.3.RELEASE · line 4 · Build
    pkg:maven/org.springframework/spring-beans@5.0.5.RELEASE · line 5 · Runtime
    pkg:maven/org.mapstruct/mapstruct-processor@1.5.5.Final · line 6 · Build
    pkg:maven/old/style@1.0 · line 7
    Error Syntax line 8: `not-a-package` is no group, name and version: it is not read
    Error Syntax line 9: `two:parts=classpath` is no group, name and version: it is not read
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "gradle.lockfile", &LOCK_FILE.as_bytes()[..LOCK_FILE.len() / 2])), @r"
    pkg:maven/cglib/cglib-nodep@2.1.2 · line 2 · Development
    pkg:maven/junit/junit@4.13.2 · line 3 · Development
    pkg:maven/org.springframework/spring-asm@3.1.3.RELEA · line 4
    Warning Truncated line 4: the file does not end in a line break, as its tool writes it: it may be cut short
    ");
    assert_snapshot!(list(&run(&DETECTOR, "gradle.lockfile", b"<>")), @r"
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Syntax line 1: `<>` is no group, name and version: it is not read
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "gradle.lockfile", LOCK_FILE.as_bytes());
}

#[test]
fn names_of_files() {
    for path in
        ["gradle.lockfile", "a/buildscript-gradle.lockfile", "gradle/dependency-locks/compileClasspath.lockfile"]
    {
        assert!(super::is_lockfile(path), "{path}");
    }
    assert!(!super::is_lockfile("other.lockfile") && !super::is_lockfile("a/gradle.lockfile.txt"));
}
