//! Java packages of Gradle: `gradle.lockfile` and its kin (Gradle user manual, "Locking Versions"), version catalogs, verification metadata.

mod catalog;
#[cfg(test)]
mod tests;
mod verification;

use model::{ProblemKind, Scope};

pub(crate) use self::catalog::DETECTOR as CATALOG;
pub(crate) use self::verification::DETECTOR as VERIFICATION;
use crate::bounds::quote;
use crate::lines::lines;
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "gradle-lock";
pub(crate) const NAMING: Naming = Naming { purl_type: "maven", separator: Some(':') };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::PathMatches(is_lockfile))],
    parse,
};

/// One file a project, another for its build script, and once a file for each configuration.
fn is_lockfile(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let of_configuration = name.ends_with(".lockfile") && folder.ends_with("dependency-locks");
    matches!(name, "gradle.lockfile" | "buildscript-gradle.lockfile") || of_configuration
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    for line in lines(list.whole_text()) {
        let text = line.trimmed();
        if text.is_empty() || text.starts_with('#') || text.starts_with("empty=") {
            continue;
        }
        let (coordinates, configurations) = text.split_once('=').unwrap_or((text, ""));
        let Some((name, version)) = coordinates.rsplit_once(':').filter(|(name, version)| {
            name.split(':').filter(|part| !part.is_empty()).count() == 2
                && name.matches(':').count() == 1
                && !version.is_empty()
        }) else {
            let message = format!("`{}` is no group, name and version: it is not read", quote(text));
            list.error(ProblemKind::Syntax, line.range().start, message);
            continue;
        };
        let start = line.range().start;
        if let Some(at) = list.add(NAMING, name, Some(version), start..start + coordinates.trim_end().len()) {
            list.packages[at].scope = scope(configurations);
        }
    }
    list.finish()
}

/// By the names Gradle's own plugins give to configurations; any other may be for running.
fn scope(configurations: &str) -> Scope {
    let names: Vec<&str> = configurations.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    let is_test = |name: &&str| name.starts_with("test") || name.contains("Test");
    let is_build = |name: &&str| *name == "classpath" || name.contains("nnotationProcessor");
    if names.is_empty() {
        Scope::Unknown
    } else if names.iter().all(is_build) {
        Scope::Build
    } else if names.iter().all(|name| is_test(name) || is_build(name)) {
        Scope::Development
    } else {
        Scope::Runtime
    }
}
