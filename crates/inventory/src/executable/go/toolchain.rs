//! The standard library is linked in too; its version is the toolchain's.

use model::{Location, Package, ProblemKind, Purl, Scope};

use super::NAME;
use crate::fault_log::FaultLog;

/// The name advisories use.
const STANDARD_LIBRARY: &str = "stdlib";

/// The standard library; without a version when the toolchain is no release.
pub(super) fn package(toolchain: &str, location: &Location, faults: &mut FaultLog<'_>) -> Option<Package> {
    let version = release(toolchain);
    if version.is_none() {
        let shown = toolchain.escape_debug();
        let message = format!("built by `{shown}`, which is no release of Go: its standard library cannot be matched");
        faults.warning(ProblemKind::Version, None, message);
    }
    let purl = Purl::new("golang", None, STANDARD_LIBRARY, version).ok()?;
    let mut package = Package::new(STANDARD_LIBRARY, purl, NAME);
    package.scope = Scope::Runtime;
    package.locations = vec![location.clone()];
    Some(package)
}

/// `1.19.8` of `go1.19.8`, `go1.19.8 X:boringcrypto`, `go1.19.8-vendor`, `go1.19.8b7`, `go1.19.8 (Red Hat 1.19.8-1.el9)`.
fn release(toolchain: &str) -> Option<&str> {
    let version = toolchain.strip_prefix("go")?;
    let end = version.find(|character: char| !character.is_ascii_alphanumeric() && character != '.');
    let (version, rest) = version.split_at(end.unwrap_or(version.len()));
    let is_release = version.starts_with(|first: char| first.is_ascii_digit()) && !rest.starts_with("-devel");
    is_release.then(|| version.split_at(without_branch(version)).0)
}

/// The length up to a letter that is no pre-release: `b7` was the branch with another cryptography.
fn without_branch(version: &str) -> usize {
    let letters = version.find(|character: char| character.is_ascii_alphabetic()).unwrap_or(version.len());
    let is_pre_release = ["rc", "beta"].iter().any(|word| version[letters..].starts_with(word));
    if is_pre_release { version.len() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases() {
        for (toolchain, expected) in [
            ("go1.19.8", Some("1.19.8")),
            ("go1.22rc1", Some("1.22rc1")),
            ("go1.21.0 X:boringcrypto", Some("1.21.0")),
            ("go1.20.4-foo", Some("1.20.4")),
            ("go1.19.8 (Red Hat 1.19.8-1.el9)", Some("1.19.8")),
            ("devel go1.22-0a1b2c Mon Jan 1 00:00:00 2024 +0000", None),
            ("go1.25-devel_3f4164f508 Mon Jan 1 00:00:00 2025 +0000", None),
            ("go1.18.10b7", Some("1.18.10")),
            ("go1.22beta1", Some("1.22beta1")),
            ("go1.24.0+auto", Some("1.24.0")),
            ("go1.22-20240109-RC01 cl/597041403 +dcbe772469 X:loopvar", Some("1.22")),
            ("go", None),
            ("", None),
        ] {
            assert_eq!(release(toolchain), expected, "{toolchain}");
        }
    }
}
