//! Lockfiles written by the real package managers: what we list is what each of them says is locked.

use std::collections::BTreeSet;

use crate::command::scan_json;

/// Scans one folder of the set-up and compares names and versions with the manager's own list.
fn check(folder: &str, file: &str, purl_type: &str, more: &[&str]) {
    check_files(folder, &[file], purl_type, more);
}

/// The same of a lockfile that takes in others: the first of the files is the one that names them.
fn check_files(folder: &str, files: &[&str], purl_type: &str, more: &[&str]) {
    let root = testkit::workspace().join(".cache/lockfiles").join(folder);
    if !root.exists() {
        testkit::skip(folder, "run `cargo xtask test` once, it makes lockfiles with the real package managers");
        return;
    }
    let expected = std::fs::read_to_string(root.join("expected.txt")).unwrap();
    // Which of them are direct is compared where each is read, in `inventory`.
    let expected = expected.lines().map(|line| line.trim_end_matches(" direct").trim_end_matches(" transitive"));
    let expected: BTreeSet<String> = expected.chain(more.iter().copied()).map(str::to_owned).collect();
    let report = scan_json(&root, &["--fail-on", "none", if files.len() == 1 { files[0] } else { "." }]);
    let target = &report["targets"][0];
    let packages = target["packages"].as_array().unwrap();
    let found: BTreeSet<String> = packages
        .iter()
        .filter(|package| package["type"] == purl_type && is_in(files, package))
        .map(|package| format!("{} {}", package["name"].as_str().unwrap(), package["version"].as_str().unwrap_or("?")))
        .collect();
    let (missing, extra) =
        (expected.difference(&found).collect::<Vec<_>>(), found.difference(&expected).collect::<Vec<_>>());
    assert!(missing.is_empty() && extra.is_empty(), "{folder}: missing {missing:?}, more {extra:?}");
    assert!(
        packages.iter().all(|package| package["locations"][0]["line"].is_u64()),
        "{folder}: a package without a line"
    );
    assert_eq!(
        target["problems"].as_array().unwrap().iter().filter(|problem| problem["severity"] == "error").count(),
        0
    );
}

fn is_in(files: &[&str], package: &serde_json::Value) -> bool {
    package["locations"][0]["path"].as_str().is_some_and(|path| files.contains(&path))
}

#[test]
fn cargo() {
    check("cargo", "Cargo.lock", "cargo", &[]);
}

#[test]
fn cargo_workspaces_of_both_newer_forms() {
    for form in ["cargo-v3", "cargo-v4"] {
        check(form, "Cargo.lock", "cargo", &[]);
    }
}

#[test]
fn npm_of_every_generation() {
    for generation in ["npm-v1", "npm-v2", "npm-v3"] {
        check(generation, "package-lock.json", "npm", &[]);
    }
}

#[test]
fn go() {
    let root = testkit::workspace().join(".cache/lockfiles/go/go.mod");
    let directive = std::fs::read_to_string(root).unwrap_or_default();
    let toolchain = directive.lines().find_map(|line| line.strip_prefix("go ")).unwrap_or_default().to_owned();
    check("go", "go.mod", "golang", &[&format!("stdlib {toolchain}")]);
}

#[test]
fn pip() {
    check("pip", "requirements.txt", "pypi", &[]);
}

#[test]
fn pip_with_files_that_name_each_other() {
    check_files("pip-includes", &["requirements.txt", "lists/web", "rest.in"], "pypi", &[]);
}
