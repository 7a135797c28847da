//! A large real root, beside what its own tools say is in it: nothing missing, nothing more, nothing twice.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::Value;

use crate::command::scan_json;

/// The folder of the set-up.
fn folder() -> Option<PathBuf> {
    let folder = testkit::workspace().join(".cache/images/big");
    if !folder.join("root").exists() {
        testkit::skip("the big root", "run `cargo xtask test` as root once, it makes one");
        return None;
    }
    Some(folder)
}

/// The packages of one scan, which all tests share.
fn packages() -> Option<&'static [Value]> {
    static PACKAGES: OnceLock<Option<Vec<Value>>> = OnceLock::new();
    let scan = || {
        let root = format!("rootfs:{}", folder()?.join("root").display());
        let report = scan_json(testkit::workspace(), &["--fail-on", "none", &root]);
        let target = &report["targets"][0];
        let errors = target["problems"].as_array().unwrap().iter().filter(|problem| problem["severity"] == "error");
        assert_eq!(errors.count(), 0, "{:#}", target["problems"]);
        Some(target["packages"].as_array().unwrap().clone())
    };
    PACKAGES.get_or_init(scan).as_deref()
}

/// What a tool of the root lists, a line each.
fn stated(file: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(folder().unwrap().join(file)).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn text<'v>(package: &'v Value, key: &str) -> &'v str {
    package[key].as_str().unwrap_or("-")
}

fn found(keep: impl Fn(&Value) -> bool, show: impl Fn(&Value) -> String) -> Option<BTreeSet<String>> {
    Some(packages()?.iter().filter(|package| keep(package)).map(show).collect())
}

fn name_and_version(package: &Value) -> String {
    format!("{} {}", text(package, "name"), text(package, "version"))
}

fn check(expected: &BTreeSet<String>, found: &BTreeSet<String>, least: usize) {
    let missing: Vec<_> = expected.difference(found).collect();
    let extra: Vec<_> = found.difference(expected).collect();
    assert!(missing.is_empty() && extra.is_empty(), "missing {missing:?}, more {extra:?}");
    assert!(found.len() >= least, "{} packages are too few to prove anything", found.len());
}

#[test]
fn system_packages_are_those_of_dpkg() {
    let line = |package: &Value| {
        let purl = text(package, "purl");
        let architecture = purl.split_once("arch=").map_or("?", |(_, rest)| rest.split('&').next().unwrap());
        format!("{}\t{}\t{architecture}", text(package, "name"), text(package, "version"))
    };
    let Some(found) = found(|package| package["found_by"] == "dpkg", line) else { return };
    check(&stated("packages.txt"), &found, 400);
}

/// pip lists one package a name: the one Python would import. The other is there all the same.
#[test]
fn python_packages_are_those_of_pip() {
    let normal = |line: &str| line.to_lowercase().replace(['_', '.'], "-");
    let line = |package: &Value| normal(&name_and_version(package));
    let Some(found) = found(|package| package["found_by"] == "python-installed", line) else { return };
    let expected: BTreeSet<String> = stated("python.txt").iter().map(|line| normal(line)).collect();
    let missing: Vec<_> = expected.difference(&found).collect();
    assert!(missing.is_empty(), "missing {missing:?}");
    let names: BTreeSet<&str> = expected.iter().filter_map(|line| line.split(' ').next()).collect();
    let extra: Vec<_> =
        found.difference(&expected).filter(|line| !names.contains(line.split(' ').next().unwrap())).collect();
    assert!(extra.is_empty() && found.len() >= 10, "more {extra:?}");
}

#[test]
fn node_packages_are_those_of_a_walk() {
    let Some(found) = found(|package| package["found_by"] == "node-installed", name_and_version) else { return };
    check(&stated("node.txt"), &found, 100);
}

/// `gem list` shows all versions of a gem in one line, those that come with Ruby behind `default:`.
#[test]
fn gems_are_those_of_gem_list() {
    let Some(found) = found(|package| package["found_by"] == "gem-installed", name_and_version) else { return };
    let mut expected = BTreeSet::new();
    for line in stated("ruby.txt") {
        let (name, versions) = line.split_once(' ').unwrap();
        let versions = versions.replace("default: ", "");
        expected.extend(versions.split(", ").map(|version| format!("{name} {}", version.split(' ').next().unwrap())));
    }
    check(&expected, &found, 50);
}

#[test]
fn archives_are_those_of_a_walk() {
    let is_stated = |package: &Value| package["found_by"] == "java-archive" && package["state"].is_null();
    let Some(found) = found(is_stated, name_and_version) else { return };
    check(&stated("java.txt"), &found, 20);
}

/// What belongs to a package of the system names it, and no two entries are the same package at the same place.
#[test]
fn nothing_is_counted_twice() {
    let Some(packages) = packages() else { return };
    let mut known = BTreeSet::new();
    for package in packages {
        let place = text(&package["locations"][0], "path");
        assert!(known.insert((text(package, "purl"), place)), "twice: {package}");
    }
    let of_node = packages.iter().filter(|package| package["found_by"] == "node-installed");
    for package in of_node {
        let is_systems = text(&package["locations"][0], "path").starts_with("/usr/share/nodejs/");
        assert_eq!(package["owned_by"].is_string(), is_systems, "{package}");
    }
}

/// What Bundler locked from the gems of the root.
#[test]
fn a_lockfile_of_bundler() {
    let Some(folder) = folder() else { return };
    let report = scan_json(&folder.join("root/srv/ruby"), &["--fail-on", "none", "Gemfile.lock"]);
    let packages = report["targets"][0]["packages"].as_array().unwrap();
    let found: BTreeSet<String> = packages.iter().map(name_and_version).collect();
    // Bundler lists itself, and locks everything but itself.
    let expected: BTreeSet<String> =
        stated("bundle.txt").into_iter().filter(|line| !line.starts_with("bundler ")).collect();
    let found: BTreeSet<String> = found.into_iter().filter(|line| !line.starts_with("bundler ")).collect();
    check(&expected, &found, 30);
    let direct: Vec<&str> = packages
        .iter()
        .filter(|package| package["relationship"] == "direct")
        .map(|package| text(package, "name"))
        .collect();
    assert_eq!(direct, ["rails"]);
}
