//! C and C++ packages of vcpkg: what a manifest asks for (`vcpkg.json`) and what is installed (`vcpkg/status`), vcpkg documentation.

mod manifest;
mod status;
#[cfg(test)]
mod tests;

use crate::package_list::Naming;
use crate::{Claim, Detector, Evidence, Pattern};

/// No type of vcpkg's ports is registered; this is the one that is proposed.
const NAMING: Naming = Naming { purl_type: "vcpkg", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: "vcpkg-manifest",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("vcpkg.json"))],
    parse: manifest::parse,
};

pub(crate) const INSTALLED: Detector = Detector {
    name: "vcpkg-installed",
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::Suffix("/vcpkg/status"))],
    parse: status::parse,
};

/// `1.2.13#1`: a version and, where the port itself changed, its number.
fn with_port(version: &str, port: &str) -> String {
    if port.is_empty() || port == "0" { version.to_owned() } else { format!("{version}#{port}") }
}
