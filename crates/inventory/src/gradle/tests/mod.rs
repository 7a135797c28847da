//! Configurations, and lines that are none.

use insta::assert_snapshot;

use super::{CATALOG, DETECTOR, VERIFICATION};
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

const CATALOG_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/gradle/libs.versions.toml");
const VERIFICATION_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/gradle/verification-metadata.xml");

#[test]
fn catalog() {
    assert_snapshot!(list(&run(&CATALOG, "gradle/libs.versions.toml", CATALOG_FILE)), @r"
    pkg:maven/com.google.guava/guava@31.1-jre · line 7 · Direct
    pkg:maven/org.slf4j/slf4j-api@1.7.36 · line 8 · Direct
    pkg:maven/org.jetbrains.kotlin/kotlin-stdlib@1.9.22 · line 9 · Direct
    pkg:maven/junit/junit@4.13.2 · line 10 · Direct
    pkg:maven/org.example/managed · line 11 · Direct
    pkg:maven/org.example/moving · line 12 · Direct
    pkg:maven/org.example/dangling · line 13 · Direct
    pkg:maven/org.jetbrains.kotlin.jvm/org.jetbrains.kotlin.jvm.gradle.plugin@1.9.22 · line 20 · Direct · Build
    pkg:maven/com.github.johnrengelman.shadow/com.github.johnrengelman.shadow.gradle.plugin@8.1.1 · line 21 · Direct · Build
    Warning Shape line 13: the version `org.example:dangling` asks for is not among the versions: it cannot be matched
    Error Shape line 14: `odd` is no module of a group and a name: it is not read
    ");
    assert_snapshot!(list(&run(&CATALOG, "gradle/libs.versions.toml", &CATALOG_FILE[..200])), @r"
    pkg:maven/com.google.guava/guava@31.1-jre · line 7 · Direct
    Error Syntax line 8: wrong TOML, key with no value, expected `=`: what this line says may be missing
    ");
}

#[test]
fn verification() {
    assert_snapshot!(list(&run(&VERIFICATION, "gradle/verification-metadata.xml", VERIFICATION_FILE)), @r"
    pkg:maven/com.google.guava/guava@31.1-jre · lines 5-6 · sha256:abababa
    pkg:maven/org.example/plain@1.0 · line 13
    Error Shape line 14: a component without group, name or version: it is not read
    ");
    assert_snapshot!(list(&run(&VERIFICATION, "gradle/verification-metadata.xml", &VERIFICATION_FILE[..700])), @r"
    pkg:maven/com.google.guava/guava@31.1-jre · lines 5-6 · sha256:abababa
    Error Syntax line 13: wrong XML, syntax error: tag not closed: `>` not found before end of input: from here on nothing is read
    ");
    assert_snapshot!(list(&run(&VERIFICATION, "gradle/verification-metadata.xml", b"<x/>")), @r"Error Shape line 1: the file has no `verification-metadata`: no component of it is read");
}

#[test]
fn the_others_survive_anything() {
    survives(&CATALOG, "gradle/libs.versions.toml", CATALOG_FILE);
    survives(&VERIFICATION, "gradle/verification-metadata.xml", VERIFICATION_FILE);
}
