//! Tests only: what a detector found as text, one line a fact.

use std::fmt::Write;

use model::{Origin, Package, TreePath};

use crate::{CompanionFile, Detector, Input, Parsed};

/// Runs a detector on a file inside an image.
pub(crate) fn run(detector: &Detector, path: &str, bytes: &[u8]) -> Parsed {
    run_with(detector, path, bytes, &[])
}

/// The same with companions: (path, content).
pub(crate) fn run_with(detector: &Detector, path: &str, bytes: &[u8], companions: &[(&str, &[u8])]) -> Parsed {
    let paths: Vec<TreePath> = companions.iter().map(|(path, _)| rooted(path)).collect();
    let companions: Vec<CompanionFile<'_>> =
        paths.iter().zip(companions).map(|(path, (_, bytes))| CompanionFile { path, bytes }).collect();
    let origin = Origin::file(rooted(path));
    (detector.parse)(&Input { origin: &origin, bytes, companions: &companions })
}

/// Everything that was found.
pub(crate) fn list(parsed: &Parsed) -> String {
    let mut text = String::new();
    for package in &parsed.packages {
        list_package(&mut text, package);
    }
    for (owner, path) in &parsed.owned_files {
        let name = parsed.packages.get(*owner).map_or("?", |package| package.name.as_str());
        writeln!(text, "file {path} of {name}").expect("a string takes all");
    }
    if let Some(os) = &parsed.os {
        writeln!(text, "{os:?}").expect("a string takes all");
    }
    for problem in &parsed.problems {
        let line = problem.line.map(|line| format!(" line {line}")).unwrap_or_default();
        writeln!(text, "{:?} {:?}{line}: {}", problem.severity, problem.kind, problem.message)
            .expect("a string takes all");
    }
    text
}

fn list_package(text: &mut String, package: &Package) {
    let mut facts = vec![package.purl().to_string()];
    facts.extend(package.locations.iter().filter_map(|location| location.span).map(lines));
    facts.extend(package.source.as_ref().map(|source| format!("source {} {}", source.name, source.version)));
    facts.extend(package.license.as_ref().map(|license| format!("license {license}")));
    facts.extend(package.checksums.iter().map(|sum| sum.to_string().chars().take(14).collect()));
    if !package.state.is_installed() {
        facts.push(format!("{:?}", package.state));
    }
    if !package.provenance.is_registry() {
        facts.push(format!("{:?}", package.provenance));
    }
    if package.relationship != model::Relationship::Unknown {
        facts.push(format!("{:?}", package.relationship));
    }
    if package.scope != model::Scope::Unknown {
        facts.push(format!("{:?}", package.scope));
    }
    if !package.dependencies.is_empty() {
        facts.push(format!("needs {}", package.dependencies.join(" ")));
    }
    writeln!(text, "{}", facts.join(" · ")).expect("a string takes all");
}

fn lines(span: model::Span) -> String {
    match (span.start.line, span.end.line) {
        (first, last) if first == last => format!("line {first}"),
        (first, last) => format!("lines {first}-{last}"),
    }
}

fn rooted(path: &str) -> TreePath {
    TreePath::rooted(path).expect("a valid path")
}
