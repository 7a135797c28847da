//! .NET programs in one file, put together as the host's design document says.

use insta::assert_snapshot;

use super::super::DOTNET_BUNDLE;
use super::super::bundle::MARK;
use super::forge::elf;
use crate::hostile::survives;
use crate::listing::{list, run};

const DEPS: &[u8] = br#"{"libraries": {"App/1.0.0": {"type": "project"}, "Newtonsoft.Json/12.0.3": {"type": "package", "serviceable": true}}}"#;

/// A host, `deps.json`, then the bundle's header.
fn bundle(major: u32, deps: &[u8], size: u64) -> Vec<u8> {
    let mut file = host(0);
    let place = file.len() as u64;
    let header = place + deps.len() as u64;
    file = host(header);
    file.extend(deps);
    for word in [major, 0, 1] {
        file.extend(word.to_le_bytes());
    }
    file.extend([4, b'a', b'b', b'c', b'd']);
    for long in [place, size, 0, 0, 0] {
        file.extend(long.to_le_bytes());
    }
    file
}

/// A host that says where its bundle begins.
fn host(header: u64) -> Vec<u8> {
    elf(64, false, &[b"a host".as_slice(), &header.to_le_bytes(), &MARK].concat())
}

fn check(bytes: &[u8]) -> String {
    list(&run(&DOTNET_BUNDLE, "app/program", bytes))
}

#[test]
fn bundles() {
    let whole = bundle(6, DEPS, DEPS.len() as u64);
    assert_snapshot!(check(&whole), @r"pkg:nuget/Newtonsoft.Json@12.0.3 · Runtime");
    survives(&DOTNET_BUNDLE, "app/program", &whole);
}

#[test]
fn without_a_list() {
    assert_snapshot!(check(&bundle(6, b"", 0)), @r"Warning Unsupported: a .NET program in one file without a deps.json: which packages it holds is not known");
    assert_snapshot!(check(&bundle(1, DEPS, DEPS.len() as u64)), @r"Warning Unsupported: a .NET program in one file without a deps.json: which packages it holds is not known");
    assert_snapshot!(check(&bundle(6, DEPS, 1 << 40)), @r"Error Truncated: the bundle of a .NET program lies beyond the end of the file: which packages it holds is not known");
    // A host with no bundle has zeros before its mark.
    assert_eq!(check(&host(0)), "");
}
