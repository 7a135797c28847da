//! Gentoo packages that are installed: a folder `CATEGORY/PN-PVR` each in Portage's database, a file a fact (Package Manager
//! Specification, "Installed packages"; Portage, `dbapi/vartree.py`).
//!
//! The purl specification registers no type for them; `ebuild` is its candidate, and what Syft writes.

#[cfg(test)]
mod tests;

use model::{License, ProblemKind, Provenance, TreePath};

use crate::ownership::Ownership;
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "portage";
const NAMING: Naming = Naming { purl_type: "ebuild", separator: Some('/') };
const DATABASE: &str = "var/db/pkg/";
/// The repository of the distribution itself.
const OFFICIAL: &str = "gentoo";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::PathMatches(is_package)).with(&[Companion::SiblingMatches(is_fact)])],
    parse,
};

fn is_package(path: &str) -> bool {
    is_in_database(path, &["PF"])
}

fn is_fact(path: &str) -> bool {
    is_in_database(path, &["CONTENTS", "LICENSE", "repository"])
}

fn is_in_database(path: &str, names: &[&str]) -> bool {
    let parts = path.strip_prefix(DATABASE).map(|inner| inner.split('/').collect::<Vec<_>>());
    matches!(parts.as_deref(), Some([_, _, name]) if names.contains(name))
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let text = list.text().trim();
    let Some((name, version)) = split(text) else {
        let message = format!("`{}` is no package with its version: it is not read", crate::bounds::quote(text));
        list.error(ProblemKind::Shape, 0, message);
        return list.finish();
    };
    // The category is the folder above.
    let folders = input.origin.path.to_str().and_then(|path| path.strip_prefix(DATABASE));
    let category = folders.and_then(|path| path.split('/').next()).filter(|_| folders.is_some_and(is_nested));
    let name = category.map_or(name.to_owned(), |category| format!("{category}/{name}"));
    let Some(at) = list.add(NAMING, &name, Some(version), 0..text.len()) else { return list.finish() };
    let fact = |name| input.companion(name).and_then(|file| std::str::from_utf8(file.bytes).ok()).map(str::trim);
    list.packages[at].license = fact("LICENSE").and_then(License::stated);
    if let Some(repository) = fact("repository").filter(|repository| !repository.is_empty() && *repository != OFFICIAL)
    {
        list.packages[at].provenance = Provenance::OtherRegistry(crate::bounds::quote(repository));
    }
    let owned_files = owned_files(at, input, &mut list);
    Parsed { owned_files, ..list.finish() }
}

fn is_nested(path: &str) -> bool {
    path.matches('/').count() == 2
}

/// `bash` and `5.2_p21-r1` of `bash-5.2_p21-r1`.
fn split(text: &str) -> Option<(&str, &str)> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let revision = text.rsplit_once("-r").filter(|(_, revision)| is_number(revision));
    let unrevised = revision.map_or(text, |(rest, _)| rest);
    let (name, version) = unrevised.rsplit_once('-')?;
    let is_version = version.starts_with(|first: char| first.is_ascii_digit());
    (is_version && !name.is_empty()).then(|| (name, &text[name.len() + 1..]))
}

/// `obj PATH MD5 TIME`, `sym PATH -> TARGET TIME`, `dir PATH`.
fn owned_files(at: usize, input: &Input<'_>, list: &mut PackageList<'_>) -> Vec<(usize, TreePath)> {
    let Some(contents) = input.companion("CONTENTS") else { return Vec::new() };
    let mut ownership = Ownership::like(&input.origin.path);
    for line in contents.bytes.split(|byte| *byte == b'\n') {
        if let Some(rest) = line.strip_prefix(b"obj ") {
            // A path may hold blanks; the sum and the time do not.
            let mut ends = rest.iter().enumerate().rev().filter(|(_, byte)| **byte == b' ').map(|(at, _)| at);
            let end = ends.nth(1).unwrap_or(rest.len());
            ownership.add(at, &rest[..end]);
        } else if let Some(rest) = line.strip_prefix(b"sym ") {
            let end = rest.windows(4).position(|part| part == b" -> ").unwrap_or(rest.len());
            ownership.add(at, &rest[..end]);
        }
    }
    ownership.finish(&mut list.faults)
}
