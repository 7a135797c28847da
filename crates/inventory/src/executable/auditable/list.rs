//! The JSON of cargo-auditable.

use model::{Location, Package, PackageState, ProblemKind, Provenance, Purl, Relationship, Scope};
use serde::Deserialize;
use serde_json::Value;

use super::NAME;
use crate::fault_log::FaultLog;

/// The whole list. Later versions of the format only add fields.
#[derive(Deserialize)]
struct List {
    packages: Vec<Value>,
}

/// One crate.
#[derive(Deserialize)]
struct Crate {
    name: String,
    version: String,
    source: String,
    #[serde(default)]
    kind: Option<String>,
    /// Places in the list.
    #[serde(default)]
    dependencies: Vec<usize>,
    #[serde(default)]
    root: bool,
}

/// The crates of the list; one that is broken is a problem and the others stay.
pub(super) fn packages(json: &[u8], location: &Location, faults: &mut FaultLog<'_>) -> Vec<Package> {
    let list: List = match serde_json::from_slice(json) {
        Ok(list) => list,
        Err(error) => {
            let kind = if error.is_eof() { ProblemKind::Truncated } else { ProblemKind::Shape };
            faults.error(kind, None, format!("the package list of cargo-auditable is not as its format says: {error}"));
            return Vec::new();
        }
    };
    let crates: Vec<Option<Crate>> =
        list.packages.into_iter().enumerate().map(|(at, value)| read(at, value, faults)).collect();
    let roots: Vec<&Crate> = crates.iter().flatten().filter(|found| found.root).collect();
    let direct: Vec<usize> = roots.iter().flat_map(|root| root.dependencies.iter().copied()).collect();
    let labels: Vec<Option<String>> = labels(&crates);
    let mut packages = Vec::new();
    for (at, found) in crates.iter().enumerate() {
        let Some(found) = found else { continue };
        let Some(mut package) = package(found, faults) else { continue };
        package.relationship = match (found.root, roots.is_empty(), direct.contains(&at)) {
            (true, ..) | (_, true, _) => Relationship::Unknown,
            (_, _, true) => Relationship::Direct,
            (_, _, false) => Relationship::Transitive,
        };
        package.dependencies = dependencies(found, &labels, faults);
        package.locations = vec![location.clone()];
        packages.push(package);
    }
    packages
}

fn read(at: usize, value: Value, faults: &mut FaultLog<'_>) -> Option<Crate> {
    let read = serde_json::from_value(value).map_err(|error| {
        let message = format!("package {at} in the list of cargo-auditable is not read: {error}");
        faults.error(ProblemKind::Shape, None, message);
    });
    read.ok()
}

fn package(found: &Crate, faults: &mut FaultLog<'_>) -> Option<Package> {
    let purl = Purl::new("cargo", None, &found.name, Some(&found.version)).map_err(|error| {
        faults.error(
            ProblemKind::Shape,
            None,
            format!("a package in the list of cargo-auditable is not read: {error}"),
        );
    });
    let mut package = Package::new(&found.name, purl.ok()?, NAME);
    package.state = if found.root { PackageState::Root } else { PackageState::Installed };
    package.provenance = provenance(&found.source);
    package.scope = match found.kind.as_deref() {
        None | Some("runtime") => Scope::Runtime,
        Some("build") => Scope::Build,
        Some(_) => Scope::Unknown,
    };
    Some(package)
}

/// The list names the kind of source, never its address.
fn provenance(source: &str) -> Provenance {
    match source {
        "crates.io" | "CratesIo" => Provenance::Registry,
        "git" => Provenance::Git(String::new()),
        "local" => Provenance::Path,
        "registry" => Provenance::OtherRegistry(String::new()),
        other => Provenance::OtherRegistry(other.to_owned()),
    }
}

/// How others name each crate: with its version where the name alone is not enough.
fn labels(crates: &[Option<Crate>]) -> Vec<Option<String>> {
    let mut counts = std::collections::HashMap::<&str, usize>::new();
    crates.iter().flatten().for_each(|found| *counts.entry(&found.name).or_default() += 1);
    let label = |found: &Crate| match counts.get(found.name.as_str()) {
        Some(1) => found.name.clone(),
        _ => format!("{}@{}", found.name, found.version),
    };
    crates.iter().map(|found| found.as_ref().map(label)).collect()
}

fn dependencies(found: &Crate, labels: &[Option<String>], faults: &mut FaultLog<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for place in &found.dependencies {
        match labels.get(*place) {
            Some(label) => names.extend(label.clone()),
            None => {
                let message = format!(
                    "`{}` depends on package {place} of the list of cargo-auditable, which it has not",
                    found.name
                );
                faults.warning(ProblemKind::Shape, None, message);
            }
        }
    }
    names
}
