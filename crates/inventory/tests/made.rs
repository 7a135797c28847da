//! Lockfiles the real package managers made: what is read is what each lists, name by name and version by version.

use std::collections::BTreeSet;
use std::path::Path;

use model::{Origin, ProblemSeverity, Relationship, Scope, TargetKind, TreePath};
use portcullis_inventory::{ClaimTable, CompanionFile, Input, Parsed};

/// The lockfile in a folder of `fixtures/lockfiles/made`, with the manifest beside it.
fn read(folder: &str, file: &str, manifest: &str) -> Parsed {
    let made = testkit::workspace().join("fixtures/lockfiles/made");
    let path = TreePath::new(file).expect("a valid path");
    let id = ClaimTable::new(TargetKind::Directory, false).route(&path, false).detectors[0];
    let bytes = std::fs::read(made.join(folder).join(file)).expect("a fixture");
    let place = [made.join(folder).join(manifest), made.join(manifest)].into_iter().find(|file| file.exists());
    let manifest_bytes = std::fs::read(place.expect("a manifest")).expect("a fixture");
    let manifest_path = TreePath::new(manifest).expect("a valid path");
    let companions = [CompanionFile { path: &manifest_path, bytes: &manifest_bytes }];
    let origin = Origin::file(path);
    (id.detector().parse)(&Input { origin: &origin, bytes: &bytes, companions: &companions })
}

fn check(folder: &str, file: &str, manifest: &str, direct: &[&str]) {
    let parsed = read(folder, file, manifest);
    let lost: Vec<_> = parsed.problems.iter().filter(|problem| problem.severity != ProblemSeverity::Note).collect();
    assert!(lost.is_empty(), "{folder}: {lost:?}");
    let expected = Path::new("fixtures/lockfiles/made").join(folder).join("expected.txt");
    let expected = std::fs::read_to_string(testkit::workspace().join(expected)).expect("a fixture");
    let expected: BTreeSet<&str> = expected.lines().collect();
    let shown: Vec<String> = parsed
        .packages
        .iter()
        .map(|package| format!("{} {}", package.name, package.version.as_deref().unwrap_or("-")))
        .collect();
    let found: BTreeSet<&str> = shown.iter().map(String::as_str).collect();
    assert_eq!(found, expected, "{folder}");
    assert_eq!(found.len(), shown.len(), "{folder}: a package twice");
    let asked = parsed.packages.iter().filter(|package| package.relationship == Relationship::Direct);
    let asked: BTreeSet<String> = asked.map(|package| format!("{} {:?}", package.name, package.scope)).collect();
    assert_eq!(asked, direct.iter().map(|text| (*text).to_owned()).collect(), "{folder}");
}

#[test]
fn node() {
    let direct = ["express Runtime", "fsevents Optional", "ms Runtime", "semver Development"];
    for folder in ["pnpm-7", "pnpm-8", "pnpm-9", "pnpm-10"] {
        check(folder, "pnpm-lock.yaml", "package.json", &direct);
    }
    for folder in ["yarn-1", "yarn-4"] {
        check(folder, "yarn.lock", "package.json", &direct);
    }
}

#[test]
fn bun() {
    check(
        "bun",
        "bun.lock",
        "package.json",
        &["express Runtime", "fsevents Optional", "ms Runtime", "semver Development"],
    );
}

/// Maven's list without what it finds in the poms of others, which are in no tree.
#[test]
fn maven() {
    let direct = ["com.google.guava:guava Runtime", "junit:junit Development", "org.slf4j:slf4j-api Runtime"];
    check("maven", "pom.xml", "pom.xml", &direct);
}

#[test]
fn python() {
    let direct = ["attrs Optional", "flask Runtime", "pytest Development", "requests Runtime"];
    check("uv", "uv.lock", "pyproject.toml", &direct);
    check("pylock", "pylock.toml", "pyproject.toml", &direct);
    check("pipenv", "Pipfile.lock", "Pipfile", &["flask Runtime", "pytest Development"]);
}

#[test]
fn what_is_not_direct_is_transitive() {
    let parsed = read("yarn-4", "yarn.lock", "package.json");
    assert!(parsed.packages.iter().all(|package| package.relationship != Relationship::Unknown));
    assert!(parsed.packages.iter().all(|package| package.scope != Scope::Unknown));
}
