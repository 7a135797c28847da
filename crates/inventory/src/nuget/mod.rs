//! .NET packages of NuGet: `packages.lock.json`, `packages.config`, `project.assets.json`, `Directory.Packages.props` and `*.deps.json` (learn.microsoft.com, NuGet reference;
//! the .NET host's "deps.json" document).

mod central;
mod config;
mod lock;
mod restored;
#[cfg(test)]
mod tests;

pub(crate) use self::restored::read_deps;
use crate::package_list::Naming;
use crate::{Claim, Detector, Evidence, Pattern};

const NAMING: Naming = Naming { purl_type: "nuget", separator: None };

pub(crate) const LOCK: Detector = Detector {
    name: "nuget-lock",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("packages.lock.json"))],
    parse: lock::parse,
};

pub(crate) const CONFIG: Detector = Detector {
    name: "nuget-config",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("packages.config"))],
    parse: config::parse,
};

pub(crate) const CENTRAL: Detector = Detector {
    name: "nuget-central",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("Directory.Packages.props"))],
    parse: central::parse,
};

pub(crate) const ASSETS: Detector = Detector {
    name: "nuget-assets",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("project.assets.json"))],
    parse: restored::parse_assets,
};

/// Lies beside every published application, so it counts in images too.
pub(crate) const DEPS: Detector = Detector {
    name: "dotnet-deps",
    evidence: Evidence::Both,
    claims: &[Claim::new(Pattern::Suffix(".deps.json"))],
    parse: restored::parse_deps,
};
