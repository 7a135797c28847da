//! Go modules: those that are required by `go.mod` and `go.work`, and those that lie in `vendor` (Go modules reference).
//!
//! Since Go 1.17 a `go.mod` lists every module of the build; for older ones `go.sum` fills in what it leaves out.

mod directive;
mod sum;
#[cfg(test)]
mod tests;
mod vendored;
mod workspace;

use std::collections::HashMap;

use model::{PackageState, ProblemKind, Provenance, Relationship, Scope};

use self::directive::{Directive, Module, directives};
use crate::bounds::quote;
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "go-mod";
const NAMING: Naming = Naming { purl_type: "golang", separator: Some('/') };

/// The name advisories use for what comes with the toolchain.
const STANDARD_LIBRARY: &str = "stdlib";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("go.mod")).with(&[Companion::Sibling("go.sum")])],
    parse,
};

pub(crate) const SUM: Detector = Detector {
    name: "go-sum",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("go.sum")).with(&[Companion::Sibling("go.mod")])],
    parse: sum::parse,
};

pub(crate) const WORKSPACE: Detector = Detector {
    name: "go-work",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("go.work"))],
    parse: workspace::parse,
};

pub(crate) const VENDORED: Detector = Detector {
    name: "go-vendor",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::PathMatches(is_vendored)).with(&[Companion::Above("go.mod")])],
    parse: vendored::parse,
};

fn is_vendored(path: &str) -> bool {
    path == "vendor/modules.txt" || path.ends_with("/vendor/modules.txt")
}

/// What a replaced module is replaced by, under its path and the version the replacement is for.
type Replacements<'t> = HashMap<(&'t str, Option<&'t str>), Module<'t>>;

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let text = list.whole_text();
    let directives = directives(text, &mut list);
    let replacements = replacements(&directives);
    let mut requirements = Vec::new();
    for directive in &directives {
        if let Directive::Require { module, indirect } = directive {
            requirements.extend(add(module, &replacements, &mut list).map(|at| (at, *indirect)));
        }
    }
    add_standard_library(&directives, &mut list);
    relate(&requirements, &mut list);
    if input.companion("go.sum").is_none() {
        tell_what_is_missing(&directives, &requirements, &mut list);
    }
    list.finish()
}

fn replacements<'t>(directives: &[Directive<'t>]) -> Replacements<'t> {
    let found = directives.iter().filter_map(|directive| match directive {
        Directive::Replace { old, new } => Some(((old.path, old.version), *new)),
        _ => None,
    });
    found.collect()
}

/// A module as it is built: what replaces it, when something does.
fn add(module: &Module<'_>, replacements: &Replacements<'_>, list: &mut PackageList<'_>) -> Option<usize> {
    let exact = replacements.get(&(module.path, module.version));
    let replacement = exact.or_else(|| replacements.get(&(module.path, None)));
    let built = replacement.filter(|new| !new.is_folder()).unwrap_or(module);
    let at = list.add(NAMING, built.path, built.version, module.range())?;
    if let Some(new) = replacement {
        if new.is_folder() {
            list.set_provenance(at, Provenance::Path);
        }
        let place = list.span(new.range());
        let location = model::Location { span: Some(place), ..list.packages[at].locations[0].clone() };
        list.packages[at].locations.push(location);
    }
    list.packages[at].scope = Scope::Runtime;
    Some(at)
}

/// The toolchain a build uses at least. `toolchain` counts before `go`, as it names a release.
fn add_standard_library(directives: &[Directive<'_>], list: &mut PackageList<'_>) {
    let toolchain = directives.iter().find_map(|directive| match directive {
        Directive::Toolchain(stated) => Some((stated.text.strip_prefix("go")?.split('-').next()?, stated)),
        _ => None,
    });
    let go = directives.iter().find_map(|directive| match directive {
        Directive::Go(stated) => Some((stated.text, stated)),
        _ => None,
    });
    let Some((version, stated)) = toolchain.or(go) else { return };
    if let Some(at) = list.add(NAMING, STANDARD_LIBRARY, Some(version), stated.range()) {
        list.packages[at].state = PackageState::Inferred;
        list.packages[at].scope = Scope::Runtime;
    }
}

/// `// indirect` marks what the main module does not import itself. Who imports it then, the file does not say.
fn relate(requirements: &[(usize, bool)], list: &mut PackageList<'_>) {
    for (at, indirect) in requirements {
        let relationship = if *indirect { Relationship::Transitive } else { Relationship::Direct };
        list.packages[*at].relationship = relationship;
    }
}

/// Before Go 1.17 a file lists only what it must, not what is built.
fn tell_what_is_missing(directives: &[Directive<'_>], requirements: &[(usize, bool)], list: &mut PackageList<'_>) {
    let stated = directives.iter().find_map(|directive| match *directive {
        Directive::Go(stated) => Some(stated),
        _ => None,
    });
    if requirements.is_empty() || stated.is_some_and(|stated| lists_all(stated.text)) {
        return;
    }
    let said = match stated {
        Some(stated) => format!("go {}", quote(stated.text)),
        None => "no go version".to_owned(),
    };
    let message =
        format!("a go.mod of {said} need not list modules that others require: some of what is built is not here");
    list.warning(ProblemKind::Unsupported, stated.map_or(0, |stated| stated.offset), message);
}

/// True of a version of Go whose `go.mod` lists every module.
fn lists_all(version: &str) -> bool {
    let minor = version.strip_prefix("1.").and_then(|rest| rest.split(|digit: char| !digit.is_ascii_digit()).next());
    minor.and_then(|minor| minor.parse().ok()).is_some_and(|minor: u32| minor >= 17)
}

/// The same of a whole `go.mod`.
fn is_whole(manifest: &str) -> bool {
    manifest.lines().filter_map(|line| line.trim().strip_prefix("go ")).any(|version| lists_all(version.trim()))
}
