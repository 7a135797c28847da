//! Packages of conda: those installed, one file each in `conda-meta` (conda documentation, "Package metadata"), environment files and locks.

mod environment;
mod lock;
#[cfg(test)]
mod tests;

use model::{License, ProblemKind};

use crate::package_list::{Naming, PackageList};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "conda-installed";
pub(crate) const NAMING: Naming = Naming { purl_type: "conda", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::PathMatches(is_record))],
    parse,
};

pub(crate) const ENVIRONMENT: Detector = Detector {
    name: "conda-environment",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("environment.yml")), Claim::new(Pattern::Name("environment.yaml"))],
    parse: environment::parse,
};

pub(crate) const LOCK: Detector = Detector {
    name: "conda-lock",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::NameMatches(is_lock))
        .with(&[Companion::Sibling(environment::NAMES[0]), Companion::Sibling(environment::NAMES[1])])],
    parse: lock::parse,
};

pub(crate) const EXPLICIT: Detector = Detector {
    name: "conda-explicit",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::NameMatches(is_explicit))],
    parse: lock::parse_explicit,
};

/// Name, version and build of `https://…/linux-64/zlib-1.2.13-hd590300_5.conda`.
pub(crate) fn archive_parts(address: &str) -> Option<(&str, &str, &str)> {
    let archive = address.rsplit('/').next()?;
    let stem = archive.strip_suffix(".conda").or_else(|| archive.strip_suffix(".tar.bz2"))?;
    let (rest, build) = stem.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    (!name.is_empty() && !version.is_empty()).then_some((name, version, build))
}

/// `conda-lock.yml`, `dev.conda-lock.yml`.
fn is_lock(name: &str) -> bool {
    name == "conda-lock.yml" || name.ends_with(".conda-lock.yml")
}

/// `conda-linux-64.lock`.
fn is_explicit(name: &str) -> bool {
    name.starts_with("conda-") && name.ends_with(".lock")
}

fn is_record(path: &str) -> bool {
    // Asked of every file: what most lack comes first.
    let Some((folder, _)) = path.ends_with(".json").then(|| path.rsplit_once('/')).flatten() else { return false };
    folder == "conda-meta" || folder.ends_with("/conda-meta")
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    let stated = |key| root.text_of(key).filter(|text| !text.is_empty());
    let (Some(name), Some(version)) = (stated("name"), stated("version")) else {
        if !is_broken {
            let message = "the record of a package has no name or no version: it is not read";
            list.error(ProblemKind::Shape, root.start as usize, message);
        }
        return list.finish();
    };
    if let Some(at) = list.add(NAMING, name, Some(version), root.range_of(&["name", "version"])) {
        let package = &mut list.packages[at];
        for key in ["build", "channel", "subdir"] {
            let purl = stated(key).and_then(|value| package.purl().clone().with_qualifier(key, value).ok());
            purl.into_iter().for_each(|purl| package.set_purl(purl));
        }
        package.license = stated("license").and_then(License::stated);
    }
    list.finish()
}
