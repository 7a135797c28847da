//! The rules of the house, checked: arrows, sizes, names, module docs, examples beside policies.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

const LIBRARIES: &[&str] = &[
    "model",
    "version",
    "artifact",
    "inventory",
    "document",
    "advisory",
    "policy",
    "gate",
    "report",
    "network",
    "registry",
    "feed",
    "portcullis",
];
const MIDDLE: &[&str] = &["artifact", "inventory", "document", "advisory", "policy", "gate", "report"];
const MOST_LINES: usize = 800;

/// Which rooms a room may use. `advisory` and `gate` alike see only the vocabulary; data crates see nothing.
fn allowed(room: &str) -> Vec<&'static str> {
    match room {
        "version" | "policies" | "advisories" | "testkit" => vec![],
        "model" => vec!["version"],
        room if MIDDLE.contains(&room) => vec!["model", "version"],
        "network" => vec!["model"],
        // These two stand above the middle: one gives `artifact` the blobs that lie elsewhere, the other `advisory` its records.
        "registry" => vec!["model", "network", "artifact"],
        "feed" => vec!["model", "network", "advisory"],
        "portcullis" => [&["model", "policies", "advisories", "network", "registry", "feed"], MIDDLE].concat(),
        "cli" => vec!["portcullis"],
        // Chores may use any room; nobody uses them.
        "xtask" => [&["model", "version", "testkit", "policies", "portcullis"], MIDDLE].concat(),
        other => panic!("room `{other}` has no line in the table of arrows (ARCHITECTURE.md and tests/rooms.rs)"),
    }
}

fn room_of(package: &str) -> &str {
    if package == "portcullis" { package } else { package.strip_prefix("portcullis-").unwrap_or(package) }
}

fn members() -> Vec<Package> {
    let metadata = MetadataCommand::new()
        .manifest_path(testkit::workspace().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata reads this workspace");
    metadata.packages
}

#[test]
fn arrows_point_one_way() {
    let members = members();
    let rooms: BTreeSet<&str> = members.iter().map(|package| room_of(&package.name)).collect();
    for package in &members {
        let room = room_of(&package.name);
        let allowed = allowed(room);
        for dependency in
            package.dependencies.iter().filter(|dependency| dependency.kind != DependencyKind::Development)
        {
            let other = room_of(&dependency.name);
            let inside = dependency.path.is_some() && rooms.contains(other);
            assert!(!inside || allowed.contains(&other), "new arrow: {room} -> {other}");
        }
    }
}

#[test]
fn the_map_names_every_room() {
    let map = std::fs::read_to_string(testkit::workspace().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for package in members() {
        let room = room_of(&package.name).to_owned();
        assert!(map.contains(&format!("`{room}`")), "ARCHITECTURE.md does not name `{room}`");
    }
}

#[test]
fn files_are_small_and_say_what_they_are_for() {
    let mut faults = Vec::new();
    for file in sources() {
        let text = std::fs::read_to_string(&file).expect("a source file");
        let shown = shown(&file);
        let lines = text.lines().count();
        if lines > MOST_LINES {
            faults.push(format!("{shown}: {lines} lines, the most is {MOST_LINES}"));
        }
        if !text.trim_start_matches("#![cfg(test)]").trim_start().starts_with("//!") {
            faults.push(format!("{shown}: no module doc"));
        }
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if ["util", "utils", "common", "helper", "helpers", "manager", "misc"].contains(&stem) {
            faults.push(format!("{shown}: a name that says nothing"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_median_file_is_short() {
    let mut sizes: Vec<usize> =
        sources().iter().map(|file| std::fs::read_to_string(file).expect("a source file").lines().count()).collect();
    sizes.sort_unstable();
    let median = sizes[sizes.len() / 2];
    assert!(median <= 180, "the median file has {median} lines");
}

#[test]
fn libraries_do_not_print() {
    for room in LIBRARIES {
        for file in files_below(&testkit::workspace().join("crates").join(room).join("src")) {
            if is_test(&file) {
                continue;
            }
            let text = std::fs::read_to_string(&file).expect("a source file");
            let production = text.split("#[cfg(test)]").next().unwrap_or_default();
            for banned in ["println!", "eprintln!", "std::env::", "process::exit", "SystemTime::now", "Timestamp::now"]
            {
                let found =
                    production.lines().any(|line| line.contains(banned) && !line.trim_start().starts_with("//"));
                assert!(!found, "{}: `{banned}` in a library", shown(&file));
            }
        }
    }
}

#[test]
fn unsafe_code_is_in_one_module() {
    for file in sources() {
        let text = std::fs::read_to_string(&file).expect("a source file");
        let allows = text.contains("allow(unsafe_code)") && !file.ends_with("tests/rooms.rs");
        let is_map = file.ends_with("crates/advisory/src/snapshot/map.rs");
        assert!(!allows || is_map, "{}: unsafe code outside the module that maps the snapshot", shown(&file));
    }
}

#[test]
fn every_policy_has_examples() {
    let mut policies = 0;
    for file in all_files(&testkit::workspace().join("policies")) {
        if file.file_name().is_some_and(|name| name == "rule.rego") {
            policies += 1;
            let folder = file.parent().expect("a rule lies in a folder");
            for kind in ["pass", "fail"] {
                let has = all_files(folder).iter().any(|example| name_of(example).starts_with(kind));
                assert!(has, "{}: no {kind}* example", shown(folder));
            }
        }
    }
    assert!(policies >= 20, "{policies} policies");
}

#[test]
fn every_ecosystem_has_fixtures() {
    let fixtures = testkit::workspace().join("fixtures");
    let names: Vec<String> = all_files(&fixtures).iter().map(|file| shown(file)).collect();
    for folder in std::fs::read_dir(testkit::workspace().join("crates/inventory/src")).expect("the room").flatten() {
        if !folder.path().is_dir() {
            continue;
        }
        let ecosystem = folder.file_name().to_string_lossy().replace('_', "-");
        // Shared readers are no ecosystems.
        if ["json"].contains(&ecosystem.as_str()) {
            continue;
        }
        assert!(names.iter().any(|name| name.contains(&format!("/{ecosystem}/"))), "no fixtures/…/{ecosystem}/");
    }
}

fn sources() -> Vec<PathBuf> {
    let root = testkit::workspace();
    ["crates", "tests", "benches", "policies", "advisories", "fuzz"]
        .iter()
        .flat_map(|folder| files_below(&root.join(folder)))
        .collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    all_files(folder).into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() && !["target", "node_modules"].contains(&name_of(&path).as_str()) {
            files.extend(all_files(&path));
        } else if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Files that are compiled for tests only: all in a folder `tests`, and modules that are declared so.
fn is_test(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let declared = format!("#[cfg(test)]\nmod {stem};");
    let declares =
        |name: &str| std::fs::read_to_string(path.with_file_name(name)).is_ok_and(|text| text.contains(&declared));
    path.components().any(|part| part.as_os_str() == "tests")
        || stem == "tests"
        || declares("lib.rs")
        || declares("mod.rs")
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn shown(path: &Path) -> String {
    let root = testkit::workspace().canonicalize().expect("the workspace");
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    path.strip_prefix(root).unwrap_or(&path).display().to_string()
}
