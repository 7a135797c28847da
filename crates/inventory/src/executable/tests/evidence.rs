//! The parts of a program, with zeros between them, say what the whole says: of programs of every kind, whole and damaged.

use std::io::Cursor;

use model::TargetKind;
use object::write::{Object, Symbol, SymbolSection};
use object::{Architecture, BinaryFormat, Endianness, SectionKind, SymbolFlags, SymbolKind, SymbolScope};
use proptest::prelude::*;

use super::forge::{compressed, elf, pe};
use crate::listing::{list, run};
use crate::{ClaimTable, evidence_in, suffices};

const JSON: &[u8] = include_bytes!("../../../../../fixtures/installed/executable/auditable.json");

/// Code and data around one section, and a symbol.
fn program(section: &str, data: &[u8], symbol: &str) -> Vec<u8> {
    let mut object = Object::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little);
    let code = object.add_section(Vec::new(), b".text".to_vec(), SectionKind::Text);
    object.append_section_data(code, &[0xcc; 20_000], 16);
    let own = object.add_section(Vec::new(), section.into(), SectionKind::Data);
    object.append_section_data(own, data, 16);
    let constants = object.add_section(Vec::new(), b".rodata".to_vec(), SectionKind::ReadOnlyData);
    object.append_section_data(constants, &[0xdd; 20_000], 16);
    object.add_symbol(Symbol {
        name: symbol.into(),
        value: 0,
        size: 4,
        kind: SymbolKind::Text,
        scope: SymbolScope::Linkage,
        weak: false,
        section: SymbolSection::Section(code),
        flags: SymbolFlags::None,
    });
    object.write().expect("a small object")
}

fn go(flags: u8) -> Vec<u8> {
    let mut blob = [&b"\xff Go"[..], b" buildinf:", &[8, flags]].concat();
    blob.resize(32, 0);
    blob.extend(b"\x08go1.22.1\x00");
    blob
}

/// What is at hand where only the parts are, if they are enough.
fn parts(name: &str, whole: &[u8]) -> Option<Vec<u8>> {
    let mut parts = vec![0; whole.len()];
    for range in evidence_in(Cursor::new(whole), name.as_bytes())? {
        let place = |at: u64| usize::try_from(at).map_or(whole.len(), |at| at.min(whole.len()));
        let range = place(range.start)..place(range.end);
        parts[range.clone()].copy_from_slice(&whole[range]);
    }
    suffices(&parts).then_some(parts)
}

/// What everybody says who wants a program of this beginning.
fn said(name: &str, bytes: &[u8]) -> Vec<String> {
    let (detectors, _) = ClaimTable::new(TargetKind::Image, false).sniff(&bytes[..bytes.len().min(64)]);
    assert!(!detectors.is_empty(), "{name}");
    let path = format!("usr/bin/{name}");
    detectors.into_iter().map(|id| list(&run(id.detector(), &path, bytes))).collect()
}

fn check(name: &str, whole: &[u8], are_enough: bool) {
    let parts = parts(name, whole);
    assert_eq!(parts.is_some(), are_enough, "{name}");
    if let Some(parts) = parts {
        assert_eq!(said(name, &parts), said(name, whole), "{name}");
        assert!(parts.iter().filter(|byte| **byte == 0xcc).count() < 10_000, "{name}: its code is not looked at");
    }
}

#[test]
fn parts_are_enough_for_most() {
    let list = compressed(JSON);
    check("auditable", &program(".dep-v0", &list, "main"), true);
    // There is something to lose.
    assert_ne!(said("x", &program(".dep-v0", &list, "main")), said("x", &program(".data", &list, "main")));
    check("go", &program(".go.buildinfo", &go(2), "main"), true);
    check("plain", &program(".data", b"nothing", "main"), true);
}

#[test]
fn a_version_beside_a_text_is_among_the_parts() {
    let node = program(".rodata", b"at node.js/v18.13.0 and node.js/v99", "main");
    check("libnode.so.108", &node, true);
    assert_ne!(said("libnode.so.108", &node), said("libnode.so.108", &program(".rodata", b"nothing", "main")));
    check("python3.11", &program(".rodata", b"3.11.so 3.11.2\x003.11.9", "main"), true);
    check("sshd", &program(".rodata", b"OpenSSH_9.2p1 Debian", "main"), true);
    check("redis-server", &program(".rodata", b"7.2.4buildkitsandbox-1", "main"), false);
    // Zeros are what lies between the parts.
    check("perl", &program(".rodata", b"\0v5.36.0\0", "main"), false);
    check("sqlite3", &program(".rodata", b"\x003.40.1\0", "main"), false);
    check("node", &program(".rodata", &b"node.js/v1 ".repeat(2000), "main"), false);
}

#[test]
fn what_leads_elsewhere_is_read_whole() {
    check("go-by-pointers", &program(".go.buildinfo", &go(0), "main"), false);
    check("native-image", &program(".data", b"nothing", "sbom_length"), false);
    check("without-sections", &elf(64, false, &compressed(JSON)), false);
    check("windows", &pe(".data", b"nothing"), false);
    let cut = program(".dep-v0", &compressed(JSON), "main");
    check("cut", &cut[..cut.len() - 100], false);
}

#[test]
fn this_very_test_is_a_program() {
    let own = std::env::current_exe().and_then(std::fs::read).expect("a running program can be read");
    match parts("test", &own) {
        Some(parts) => assert_eq!(said("test", &parts), said("test", &own)),
        // Other systems have other programs.
        None => assert!(!own.starts_with(b"\x7fELF") || !suffices(&own)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn damage_changes_nothing(
        which in 0_usize..3,
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>(), any::<u8>()), 1..6),
    ) {
        let list = compressed(JSON);
        let programs = [program(".dep-v0", &list, "a"), program(".go.buildinfo", &go(2), "a"), program(".data", &list, "a")];
        let mut whole = programs[which].clone();
        let headers = 64;
        let sections = whole.len() - 9 * 64;
        for (at, in_header, byte) in damage {
            let at = if in_header { at.index(headers) } else { sections + at.index(whole.len() - sections) };
            // Nobody but an ELF file is asked for its parts.
            if at >= 4 {
                whole[at] = byte;
            }
        }
        if let Some(parts) = parts("damaged", &whole) {
            prop_assert_eq!(said("damaged", &parts), said("damaged", &whole));
        }
    }
}
