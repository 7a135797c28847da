//! Real databases: the samples of the field, and the one of this machine with `dpkg-query` as second judge.

use std::process::Command;

use model::{Package, ProblemSeverity};

use super::DETECTOR;
use crate::listing::{list, run};

/// The file `name` of a txtar archive.
fn member<'a>(archive: &'a str, name: &str) -> &'a str {
    let (_, rest) = archive.split_once(&format!("-- {name} --\n")).expect("the archive has this file");
    rest.find("\n-- ").map_or(rest, |end| &rest[..=end])
}

fn check_sample(sample: &str, expected: (usize, usize)) {
    let Some(path) = testkit::shared(&format!("samples/os-files/pkg/dpkg/{sample}")) else { return };
    let archive = std::fs::read_to_string(path).expect("a readable sample");
    let parsed = run(&DETECTOR, "var/lib/dpkg/status", member(&archive, "var/lib/dpkg/status").as_bytes());
    assert_eq!((parsed.packages.len(), parsed.problems.len()), expected, "{sample}:\n{}", list(&parsed));
}

#[test]
fn samples() {
    check_sample("only-apt.txtar", (1, 0));
    check_sample("third-party.txtar", (2, 0));
    check_sample("digest.txtar", (2, 0));
    check_sample("md5sums.txtar", (1, 0));
    check_sample("valid.txtar", (90, 0));
    check_sample("corrupsed.txtar", (5, 1));
}

/// The line `dpkg-query` would print, without the state.
fn line(package: &Package) -> String {
    let source = package.source.as_ref().expect("a dpkg package has a source");
    let version = package.version.as_deref().unwrap_or_default();
    let architecture = package.purl().qualifier("arch").unwrap_or_default();
    format!("{} {version} {architecture} {} {}", package.name, source.name, source.version)
}

#[test]
fn this_machine() {
    let Ok(status) = std::fs::read("/var/lib/dpkg/status") else {
        return testkit::skip("dpkg's own database", "this machine has none");
    };
    let format = "${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}\t${db:Status-Abbrev}\n";
    let Ok(output) = Command::new("dpkg-query").args(["-W", "-f", format]).output() else {
        return testkit::skip("comparison with dpkg-query", "it is not installed");
    };
    let output = String::from_utf8(output.stdout).expect("UTF-8");
    // The second letter of the state: neither `n`ot installed nor only its `c`onfiguration.
    let present = output.lines().filter_map(|line| line.split_once('\t'));
    let present = present.filter(|(_, state)| !matches!(state.as_bytes().get(1), Some(b'n' | b'c')));
    let mut expected: Vec<&str> = present.map(|(line, _)| line).collect();
    let parsed = run(&DETECTOR, "var/lib/dpkg/status", &status);
    let mut found: Vec<String> = parsed.packages.iter().map(line).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert!(!found.is_empty());
    assert_eq!(found, expected);
    let errors = parsed.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error).count();
    assert_eq!(errors, 0, "{}", list(&parsed));
}
