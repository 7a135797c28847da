//! Inventories made by others: CycloneDX 1.2 to 1.7 (JSON and XML), SPDX 2.2 and 2.3 (JSON and tag-value), SPDX 3.0 (JSON), alone or as
//! the predicate of an in-toto statement; lists of package URLs.
//!
//! An inventory is scanned when it is named, and found in images, where it is held against what is there. In a tree it would
//! say again what the lockfiles say.

mod attestation;
mod bom;
mod cyclonedx;
mod cyclonedx_xml;
mod purl_list;
mod source_package;
mod spdx;
mod spdx3;
mod spdx_tag;
#[cfg(test)]
mod tests;

use model::ProblemKind;

use crate::package_list::PackageList;
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

pub use self::purl_list::read_purls;

/// What reads any of them. In an image, what an inventory says is a claim about what is there.
pub(crate) const DETECTOR: Detector = Detector {
    name: "sbom",
    evidence: Evidence::Installed,
    claims: &[
        Claim::new(Pattern::Suffix(".spdx.json")),
        Claim::new(Pattern::Suffix(".spdx3.json")),
        Claim::new(Pattern::Suffix(".cdx.json")),
        Claim::new(Pattern::Suffix(".cdx.xml")),
        Claim::new(Pattern::PathMatches(is_bitnami)),
    ],
    parse: read_sbom,
};

/// `opt/bitnami/redis/.spdx-redis.spdx`.
fn is_bitnami(path: &str) -> bool {
    path.starts_with("opt/bitnami/") && path.ends_with(".spdx") && path.contains("/.spdx-")
}

/// How much of a file tells what it is.
const HEAD: usize = 8192;

/// True for a file that looks like an inventory, by its name and its first bytes.
pub fn is_sbom(name: &str, bytes: &[u8]) -> bool {
    const ENDINGS: [&str; 5] = [".cdx.json", ".cdx.xml", ".spdx.json", ".spdx", ".spdx3.json"];
    const NAMES: [&str; 6] = ["bom.json", "bom.xml", "sbom.json", "sbom.xml", "cyclonedx.json", "spdx.json"];
    let name = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let is_named = NAMES.contains(&name.as_str()) || ENDINGS.iter().any(|ending| name.ends_with(ending));
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let text = head.trim_start_matches('\u{FEFF}').trim_start();
    let of_json = ["\"bomFormat\"", "\"spdxVersion\"", "//spdx.org/rdf/3.", "\"payloadType\"", "\"predicateType\""];
    let is_told = match text.as_bytes().first() {
        Some(b'{') => of_json.iter().any(|mark| text.contains(mark)),
        Some(b'<') => text.contains("cyclonedx.org/schema/bom"),
        _ => text.contains("SPDXVersion:"),
    };
    is_told || is_named
}

/// Reads an inventory of any form; what is none is a problem that says what was tried.
pub fn read_sbom(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, DETECTOR.name);
    let text = list.text();
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    if start.starts_with('<') {
        return cyclonedx_xml::read(text, list);
    }
    if !start.starts_with(['{', '[']) {
        return spdx_tag::read(text, list);
    }
    let (root, fault) = json::read(text);
    list.report(fault);
    read_json(&root, list)
}

fn read_json(root: &Node<'_>, mut list: PackageList<'_>) -> Parsed {
    if root.get("bomFormat").is_some() || root.get("specVersion").is_some() && root.get("components").is_some() {
        return cyclonedx::read(root, list);
    }
    if root.get("spdxVersion").is_some() {
        return spdx::read(root, list);
    }
    if root.get("@graph").is_some() {
        return spdx3::read(root, list);
    }
    if let Some(predicate) = root.get("predicate") {
        return read_json(predicate.get("Data").unwrap_or(predicate), list);
    }
    if root.get("payload").is_some() {
        return attestation::read(root, list);
    }
    // What GitHub exports of a repository, as its interface answers.
    if let Some(exported) = root.get("sbom") {
        return read_json(exported, list);
    }
    let tried = "CycloneDX, SPDX 2 and 3, and statements of in-toto about them were tried";
    list.error(ProblemKind::Shape, root.start as usize, format!("this is no inventory that is known: {tried}"));
    list.finish()
}
