//! A real program of Windows: pip brings one to every machine that has it.

use std::process::Command;

use model::PackageState;

use super::super::WINDOWS_VERSION;
use super::real::{has, output};
use crate::hostile::survives;
use crate::listing::{run, run_with};

/// Finds the program, and reads its version with a search of its own.
const JUDGE: &str = "\
import os, re
import pip._vendor.distlib as d
path = os.path.join(os.path.dirname(d.__file__), 't64.exe')
text = open(path, 'rb').read()
def field(name):
    at = text.find(name.encode('utf-16le'))
    rest = text[at + 2 * len(name):][:200].decode('utf-16le', 'replace').lstrip('\\0') if at >= 0 else ''
    return rest.split('\\0')[0]
print(path); print(field('ProductName')); print(field('ProductVersion'))
";

#[test]
fn version_resource() {
    if !has("python3") {
        return;
    }
    let Some(said) = output(Command::new("python3").args(["-c", JUDGE])) else { return };
    let lines: Vec<&str> = said.lines().collect();
    let [path, name, version] = lines[..] else { panic!("three lines: {said}") };
    let bytes = std::fs::read(path).expect("python found it");
    let found = run(&WINDOWS_VERSION, "app/t64.exe", &bytes);
    // Older releases of the launcher have no such resource.
    let expected: Vec<(&str, &str)> = if name.is_empty() { Vec::new() } else { vec![(name, version)] };
    let shown: Vec<(&str, &str)> = found
        .packages
        .iter()
        .map(|package| (package.name.as_str(), package.version.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(shown, expected);
    assert!(found.packages.iter().all(|package| package.state == PackageState::Inferred));
    let beside = run_with(&WINDOWS_VERSION, "app/t64.exe", &bytes, &[("app/x.deps.json", b"{}")]);
    assert!(beside.packages.is_empty(), "a list of .NET names its files better");
    survives(&WINDOWS_VERSION, "app/t64.exe", &bytes);
}
