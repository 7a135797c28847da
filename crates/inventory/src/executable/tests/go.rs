//! Build information of Go, in both of its layouts.

use insta::assert_snapshot;
use object::BinaryFormat;

use super::forge::{ADDRESS, elf, pe, universal, with_section};
use crate::executable::GO_BUILD_INFO;
use crate::hostile::survives;
use crate::listing::{list, run};

const MODULES: &str = include_str!("../../../../../fixtures/installed/executable/modules.txt");

fn check(executable: &[u8]) -> String {
    list(&run(&GO_BUILD_INFO, "usr/bin/app", executable))
}

/// Sixteen marks, the text, sixteen marks.
fn marked(modules: &str) -> Vec<u8> {
    [&[0x30; 16], modules.as_bytes(), &[0xf9; 16]].concat()
}

fn header(pointer_size: u8, flags: u8) -> Vec<u8> {
    [&b"\xff Go"[..], b" buildinf:", &[pointer_size, flags]].concat()
}

/// As Go writes it since 1.18.
fn inline(version: &str, modules: &[u8]) -> Vec<u8> {
    let mut blob = header(0, 2);
    blob.resize(32, 0);
    for text in [version.as_bytes(), modules] {
        let mut length = text.len();
        while length >= 0x80 {
            blob.push(length as u8 | 0x80);
            length >>= 7;
        }
        blob.push(length as u8);
        blob.extend(text);
    }
    blob
}

/// As Go wrote it before: pointers to strings that lie elsewhere, `gap` bytes into the memory.
fn pointers(size: u8, big_endian: bool, version: &str, modules: &[u8]) -> Vec<u8> {
    let number = |value: u64| {
        let bytes = value.to_be_bytes();
        let mut bytes = bytes[8 - usize::from(size)..].to_vec();
        if !big_endian {
            bytes.reverse();
        }
        bytes
    };
    let headers = ADDRESS + 0x60;
    let texts = headers + 4 * u64::from(size);
    let mut memory = vec![0; 0x20];
    memory.extend(header(size, u8::from(big_endian)));
    memory.extend([number(headers), number(headers + 2 * u64::from(size))].concat());
    memory.resize(0x60, 0);
    let (first, second) = (version.len() as u64, modules.len() as u64);
    [texts, first, texts + first, second].into_iter().for_each(|field| memory.extend(number(field)));
    memory.extend(version.as_bytes());
    memory.extend(modules);
    memory
}

#[test]
fn a_module_list() {
    assert_snapshot!(check(&elf(64, false, &inline("go1.22.1", &marked(MODULES)))), @r"
    pkg:golang/example.com/app · Root · Runtime
    pkg:golang/github.com/pkg/errors@v0.9.1 · Runtime
    pkg:golang/example.com/new@v1.1.0 · Runtime
    pkg:golang/example.com/local@v0.0.0-00010101000000-000000000000 · Path · Runtime
    pkg:golang/example.com/workspace · Path · Runtime
    pkg:golang/stdlib@1.22.1 · Runtime
    ");
}

#[test]
fn the_same_in_every_container_and_layout() {
    let blob = inline("go1.22.1", &marked(MODULES));
    let expected = check(&elf(64, false, &blob));
    let shifted = [&[0; 0x40], &blob[..]].concat();
    let mach_o = with_section(BinaryFormat::MachO, "__DATA", "__go_buildinfo", &blob);
    let containers = [
        elf(32, true, &shifted),
        pe(".data", &shifted),
        with_section(BinaryFormat::Elf, "", ".go.buildinfo", &blob),
        universal(&mach_o),
        mach_o,
        elf(64, false, &pointers(8, false, "go1.22.1", &marked(MODULES))),
        elf(64, true, &pointers(8, true, "go1.22.1", &marked(MODULES))),
        elf(32, false, &pointers(4, false, "go1.22.1", &marked(MODULES))),
        elf(32, true, &pointers(4, true, "go1.22.1", &marked(MODULES))),
        pe(".data", &pointers(8, false, "go1.22.1", &marked(MODULES))),
    ];
    for (at, container) in containers.iter().enumerate() {
        assert_eq!(check(container), expected, "container {at}");
    }
}

#[test]
fn only_aligned_places_count() {
    assert_eq!(check(&elf(64, false, &[&[0; 8], &inline("go1.22.1", b"")[..]].concat())), "");
}

#[test]
fn a_damaged_blob_does_not_hide_a_good_one() {
    let mut memory = header(0, 2);
    memory.resize(64, 0xff);
    memory.extend(inline("go1.22.1", b""));
    assert_snapshot!(check(&elf(64, false, &memory)), @"pkg:golang/stdlib@1.22.1 · Runtime");
}

#[test]
fn without_modules() {
    assert_snapshot!(check(&elf(64, false, &inline("devel go1.23-0a1b2c3 Mon Jan 1", b""))), @r"
    pkg:golang/stdlib · Runtime
    Warning Version: built by `devel go1.23-0a1b2c3 Mon Jan 1`, which is no release of Go: its standard library cannot be matched
    ");
    assert_eq!(check(&elf(64, false, b"no Go program")), "");
}

#[test]
fn blobs_that_are_wrong() {
    let long = [&inline("go1.22.1", b"")[..32], &[0xff; 20]].concat();
    let good = inline("go1.22.1", &marked(MODULES));
    let far = pointers(8, false, "go1.22.1", b"");
    let cases = [
        header(0, 2),
        good[..40].to_vec(),
        good[..good.len() - 1].to_vec(),
        long,
        inline("something else", b""),
        inline("go1.22.1", b"path\tmain\n"),
        far[..far.len() - 4].to_vec(),
        [&header(3, 0)[..], &[0; 32]].concat(),
    ];
    let found: String = cases.iter().map(|case| check(&elf(64, false, case))).collect();
    assert_snapshot!(found, @r"
    Error Truncated: the build information of this Go program ends in its header
    Error Truncated: the build information of this Go program ends in the middle of a text
    pkg:golang/stdlib@1.22.1 · Runtime
    Error Truncated: the build information of this Go program ends in the middle of a text
    Error Truncated: the build information of this Go program has a text without a length
    Error Shape: the build information of this Go program names no version of Go
    pkg:golang/stdlib@1.22.1 · Runtime
    Error Shape: the build information of this Go program has a module list without its end marks
    Error Shape: the build information of this Go program has a pointer that leads out of the program
    Error Shape: the build information of this Go program has an impossible pointer size
    ");
}

#[test]
fn lines_that_are_wrong() {
    let modules = "mod\ndep\t\n=>\tx\tv1\ndep\texample.com/a/\tv1\ndep\texample.com/b\tv1.0.0\nnew\tthing\n";
    assert_snapshot!(check(&elf(64, false, &inline("go1.22.1", &marked(modules)))), @r"
    pkg:golang/example.com/b@v1.0.0 · Runtime
    pkg:golang/stdlib@1.22.1 · Runtime
    Error Shape: line 1 (`mod`) of the Go build information names no module
    Error Shape: line 2 (`dep`) of the Go build information names no module
    Error Shape: line 3 (`=>`) of the Go build information names no module
    Error Shape: line 4 of the Go build information is not read: a package URL needs a name
    ");
}

#[test]
fn a_damaged_program_is_read_as_far_as_it_goes() {
    let mut program = with_section(BinaryFormat::Elf, "", ".go.buildinfo", &inline("go1.22.1", &marked(MODULES)));
    // Its section headers are said to lie beyond its end.
    program[0x28..0x30].copy_from_slice(&[0xff, 0xff, 0xff, 0, 0, 0, 0, 0]);
    let found = check(&program);
    assert!(found.starts_with("pkg:golang/example.com/app"), "{found}");
    assert!(found.contains("Error Truncated: this executable is damaged"), "{found}");
    let whole = elf(64, false, &inline("go1.22.1", b""));
    assert_snapshot!(check(&whole[..whole.len() - 1]), @r"
    pkg:golang/stdlib@1.22.1 · Runtime
    Error Truncated: this executable is damaged and a package list in it may be missed: it ends before its last segment
    Error Truncated: the build information of this Go program has a text without a length
    ");
    assert_snapshot!(check(b"\x7fELF"), @"Error Truncated: this executable is damaged and a package list in it may be missed: could not read file magic");
    assert_snapshot!(check(&pe(".data", b"abc")[..0x50]), @"Error Truncated: this executable is damaged and a package list in it may be missed: unknown ms-dos file");
}

#[test]
fn survives_anything() {
    let modules = marked(MODULES);
    survives(&GO_BUILD_INFO, "usr/bin/app", &elf(64, false, &inline("go1.22.1", &modules)));
    survives(&GO_BUILD_INFO, "usr/bin/app", &elf(32, true, &pointers(4, true, "go1.15", &modules)));
    survives(&GO_BUILD_INFO, "usr/bin/app", &pe(".data", &inline("go1.22.1", &modules)));
    let mach_o = with_section(BinaryFormat::MachO, "__DATA", "__go_buildinfo", &inline("go1.22.1", &modules));
    survives(&GO_BUILD_INFO, "usr/bin/app", &universal(&mach_o));
}

#[test]
fn a_version_given_to_the_linker() {
    let built = |flags: &str| {
        let modules = format!("path\texample.com/app\nmod\texample.com/app\t(devel)\t\nbuild\t-ldflags={flags}\n");
        check(&elf(64, false, &inline("go1.22.1 X:boringcrypto", &marked(&modules))))
    };
    assert_snapshot!(built("\"-s -w -X main.version=1.2.3\""), @r"
    pkg:golang/example.com/app@v1.2.3 · Root · Runtime
    pkg:golang/stdlib@1.22.1 · Runtime
    ");
    assert_snapshot!(built("\"-s -w -X main.version=nightly\""), @r"
    pkg:golang/example.com/app · Root · Runtime
    pkg:golang/stdlib@1.22.1 · Runtime
    ");
}
