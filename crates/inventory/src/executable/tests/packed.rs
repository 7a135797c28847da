//! Packed executables are said, and programs that only know of packers are not.

use insta::assert_snapshot;
use object::BinaryFormat;

use super::forge::{elf, pe, with_section};
use crate::executable::PACKED;
use crate::hostile::survives;
use crate::listing::{list, run};

fn check(executable: &[u8]) -> String {
    list(&run(&PACKED, "usr/bin/app", executable))
}

/// Where UPX leaves its mark: behind the program headers, after a checksum.
fn packed_elf(bits: u8) -> Vec<u8> {
    let mut file = elf(bits, false, &[0; 6000]);
    let headers = if bits == 64 { 64 + 56 } else { 52 + 32 };
    file[headers + 4..headers + 8].copy_from_slice(b"UPX!");
    file
}

#[test]
fn upx() {
    let expected = check(&packed_elf(64));
    assert_snapshot!(expected, @"Warning Unsupported: this executable is packed by UPX: what it was built of cannot be seen");
    assert_eq!(check(&packed_elf(32)), expected);
    assert_eq!(check(&pe("UPX0", b"abc")), expected);
    assert_eq!(check(&with_section(BinaryFormat::MachO, "__TEXT", "upx", b"\0\0\0\0UPX!")), expected);
    assert_snapshot!(check(&pe(".MPRESS1", b"abc")), @"Warning Unsupported: this executable is packed by MPRESS: what it was built of cannot be seen");
}

#[test]
fn a_program_that_knows_of_upx() {
    let far = [&[0; 5000][..], b"UPX!"].concat();
    assert_eq!(check(&elf(64, false, &far)), "");
    assert_eq!(check(&pe(".data", b"UPX!")), "");
    assert_eq!(check(b"#!/bin/sh\n# UPX!\n"), "");
}

#[test]
fn survives_anything() {
    survives(&PACKED, "usr/bin/app", &packed_elf(64));
    survives(&PACKED, "app.exe", &pe("UPX0", b"abc"));
}
