//! The shared tables of orderings: one comparison a line, `a < b`.

use std::cmp::Ordering;

use portcullis_version::{Scheme, Version, compare};

/// Checks every line of a table both ways round; the number of lines guards against a table that is not read.
fn check(scheme: Scheme, file: &str, lines: usize) {
    let Some(path) = testkit::shared(&format!("conformance/versions/{file}-versions.txt")) else { return };
    let text = std::fs::read_to_string(path).expect("a table");
    let mut seen = 0;
    let mut faults = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with("//"))
    {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let [left, sign, right] = parts[..] else { panic!("`{line}` is no comparison") };
        let expected = match sign {
            "<" => Ordering::Less,
            "=" => Ordering::Equal,
            ">" => Ordering::Greater,
            other => panic!("`{other}` is no sign"),
        };
        seen += 1;
        let (found, turned) = (compare(scheme, left, right), compare(scheme, right, left));
        if found != Ok(expected) || turned != Ok(expected.reverse()) {
            faults.push(format!("{line}: found {found:?}, turned {turned:?}"));
        }
    }
    assert!(faults.is_empty(), "{} of {seen} lines:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(seen, lines, "comparisons in {file}");
}

#[test]
fn semver() {
    check(Scheme::SemVer, "semver", 86);
}

#[test]
fn pep440() {
    check(Scheme::Pep440, "pypi", 37);
}

#[test]
fn debian() {
    check(Scheme::Debian, "debian", 30);
}

#[test]
fn apk() {
    check(Scheme::Apk, "alpine", 778);
}

#[test]
fn rpm() {
    check(Scheme::Rpm, "redhat", 165);
}

#[test]
fn nuget() {
    check(Scheme::NuGet, "nuget", 35);
}

#[test]
fn packagist() {
    check(Scheme::Packagist, "packagist", 95);
}

#[test]
fn rubygems() {
    check(Scheme::RubyGems, "rubygems", 25);
}

#[test]
fn maven() {
    check(Scheme::Maven, "maven", 102);
}

#[test]
fn cran() {
    check(Scheme::Cran, "cran", 21);
}

#[test]
fn hackage() {
    check(Scheme::Hackage, "hackage", 11);
}

#[test]
fn dart() {
    check(Scheme::Pub, "pub", 100);
}

#[test]
fn apk_validity() {
    for (file, is_valid) in [("valid", true), ("invalid", false)] {
        let Some(path) = testkit::shared(&format!("conformance/versions/alpine-validity/{file}_versions.txt")) else {
            return;
        };
        let text = std::fs::read_to_string(path).expect("a list");
        let mut seen = 0;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            seen += 1;
            let is_regular = Version::parse(Scheme::Apk, line).is_ok_and(|version| version.irregularity().is_none());
            assert_eq!(is_regular, is_valid, "{line}");
        }
        assert!(seen > 10, "{file}: {seen} lines");
    }
}
