//! Lists of cargo-auditable.

use insta::assert_snapshot;
use object::BinaryFormat;

use super::forge;
use super::forge::{compressed, pe, universal, with_section};
use crate::executable::CARGO_AUDITABLE;
use crate::hostile::survives;
use crate::listing::{list, run};

const JSON: &str = include_str!("../../../../../fixtures/installed/executable/auditable.json");

fn elf(section: &[u8]) -> Vec<u8> {
    with_section(BinaryFormat::Elf, "", ".dep-v0", section)
}

fn check(executable: &[u8]) -> String {
    list(&run(&CARGO_AUDITABLE, "usr/bin/app", executable))
}

fn check_json(json: &str) -> String {
    check(&elf(&compressed(json.as_bytes())))
}

#[test]
fn a_list() {
    assert_snapshot!(check_json(JSON), @r#"
    pkg:cargo/app@0.1.0 · Root · Path · Runtime · needs serde cc itoa@0.4.8
    pkg:cargo/serde@1.0.200 · Direct · Runtime · needs itoa@1.0.11
    pkg:cargo/itoa@1.0.11 · Transitive · Runtime
    pkg:cargo/cc@1.0.90 · Direct · Build
    pkg:cargo/itoa@0.4.8 · OtherRegistry("") · Direct · Runtime
    pkg:cargo/forked@2.0.0 · Git("") · Transitive · Runtime
    "#);
}

#[test]
fn the_same_in_every_container() {
    let section = compressed(JSON.as_bytes());
    let mach_o = with_section(BinaryFormat::MachO, "__DATA", ".dep-v0", &section);
    let expected = check_json(JSON);
    assert_eq!(check(&mach_o), expected);
    assert_eq!(check(&universal(&mach_o)), expected);
    // A section of a PE file is padded.
    assert_eq!(check(&pe(".dep-v0", &[&section[..], &[0; 100]].concat())), expected);
}

#[test]
fn without_section_headers() {
    // What only looks like a stream, and a stream of something else, come first.
    let others = [&b"x\x9c\0\0x\xda"[..], &compressed(b"{\"other\":[]}")].concat();
    let memory = [&others[..], &compressed(JSON.as_bytes()), &[0; 32]].concat();
    for bits in [32, 64] {
        assert_eq!(check(&forge::elf(bits, bits == 32, &memory)), check_json(JSON));
        assert_eq!(check(&forge::elf(bits, bits == 32, &others)), "");
    }
}

#[test]
fn an_executable_without_a_list_is_nothing() {
    assert_eq!(check(&with_section(BinaryFormat::Elf, "", ".data", b"abc")), "");
}

#[test]
fn lists_that_are_wrong() {
    assert_snapshot!(check_json("{}"), @"Error Shape: the package list of cargo-auditable is not as its format says: missing field `packages` at line 1 column 2");
    assert_snapshot!(check_json("[1"), @"Error Shape: the package list of cargo-auditable is not as its format says: invalid type: integer `1`, expected a sequence at line 1 column 2");
    assert_snapshot!(check_json(r#"{"packages":[1,{"name":"a"},{"name":"","version":"1","source":"local"},{"name":"b","version":"2","source":"mirror","kind":"test","dependencies":[0,7]}]}"#), @r#"
    pkg:cargo/b@2 · OtherRegistry("mirror")
    Error Shape: package 0 in the list of cargo-auditable is not read: invalid type: integer `1`, expected struct Crate
    Error Shape: package 1 in the list of cargo-auditable is not read: missing field `version`
    Error Shape: a package in the list of cargo-auditable is not read: a package URL needs a name
    Warning Shape: `b` depends on package 7 of the list of cargo-auditable, which it has not
    "#);
    assert_snapshot!(check(&elf(b"no zlib stream")), @"Error Compression: the package list of cargo-auditable cannot be inflated: corrupt deflate stream");
    let section = compressed(JSON.as_bytes());
    assert_snapshot!(check(&elf(&section[..section.len() / 2])), @"Error Truncated: the package list of cargo-auditable ends in the middle of its compressed stream");
}

#[test]
fn a_bomb_is_a_limit() {
    assert_snapshot!(check(&elf(&compressed(&vec![b' '; 17 << 20]))), @"Error Limit: the package list of cargo-auditable inflates to more than 16 MiB and is not read");
}

#[test]
fn survives_anything() {
    survives(&CARGO_AUDITABLE, "usr/bin/app", &elf(&compressed(JSON.as_bytes())));
    survives(&CARGO_AUDITABLE, "usr/bin/app", &pe(".dep-v0", &compressed(JSON.as_bytes())));
}
