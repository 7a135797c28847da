//! SPDX 2.2 and 2.3 in JSON (spdx.github.io, "SPDX Specification 2.3"); tag-value is read into the same.

use model::{Checksum, ChecksumAlgorithm, License, ProblemKind};

use super::bom::{Bom, Component, Kind};
use crate::Parsed;
use crate::bounds::quote;
use crate::checksum;
use crate::package_list::PackageList;
use crate::tree::Node;

/// What the format has for facts that nobody looked for.
const UNSAID: [&str; 2] = ["NOASSERTION", "NONE"];

pub(super) fn read(root: &Node<'_>, mut list: PackageList<'_>) -> Parsed {
    let version = root.get("spdxVersion");
    check_version(version.and_then(Node::text), version.unwrap_or(root).start as usize, &mut list);
    let mut bom = Bom::default();
    for id in root.get("documentDescribes").map_or(&[][..], Node::items).iter().filter_map(Node::text) {
        bom.roots.insert(id.to_owned());
    }
    for node in root.get("packages").map_or(&[][..], Node::items) {
        if node.text_of("name").is_none_or(str::is_empty) {
            list.error(ProblemKind::Shape, node.start as usize, "a package without a name: it is not read");
            continue;
        }
        bom.components.push(component(node));
    }
    for node in root.get("relationships").map_or(&[][..], Node::items) {
        let ends = [node.text_of("spdxElementId"), node.text_of("relatedSpdxElement")];
        if let ([Some(from), Some(to)], Some(kind)) = (ends, node.text_of("relationshipType")) {
            relate(from, kind, to, &mut bom);
        }
    }
    if root.get("packages").is_none() {
        list.note(ProblemKind::Shape, root.start as usize, "the inventory names no packages");
    }
    finish(bom, list)
}

/// A version that is not known is read as the newest that is.
pub(super) fn check_version(version: Option<&str>, at: usize, list: &mut PackageList<'_>) {
    if let Some(version) =
        version.filter(|version| !matches!(*version, "SPDX-2.0" | "SPDX-2.1" | "SPDX-2.2" | "SPDX-2.3"))
    {
        let message = format!("{} is not known: it is read as SPDX-2.3, and may say more", quote(version));
        list.warning(ProblemKind::FormatVersion, at, message);
    }
}

/// Takes a relationship, `from` and `to` by their identifiers.
pub(super) fn relate(from: &str, kind: &str, to: &str, bom: &mut Bom) {
    let edge = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    match kind {
        "DESCRIBES" => {
            bom.roots.insert(to.to_owned());
        }
        "DESCRIBED_BY" => {
            bom.roots.insert(from.to_owned());
        }
        "DEPENDS_ON" | "CONTAINS" => bom.edges.push(edge(from, to)),
        "CONTAINED_BY" => bom.edges.push(edge(to, from)),
        _ if kind == "DEPENDENCY_OF" || kind.ends_with("_DEPENDENCY_OF") => bom.edges.push(edge(to, from)),
        _ => {}
    }
}

/// A document may describe its packages one by one, and is then about all of them: they are parts, not the whole.
pub(super) fn finish(mut bom: Bom, list: PackageList<'_>) -> Parsed {
    let needed: std::collections::HashSet<&str> = bom.edges.iter().map(|(_, to)| to.as_str()).collect();
    let whole: std::collections::HashSet<&str> = bom.edges.iter().map(|(from, _)| from.as_str()).collect();
    let is_whole = |id: &String| whole.contains(id.as_str()) && !needed.contains(id.as_str());
    let one = bom.roots.len() == 1 && bom.components.len() > 1;
    let roots = bom.roots.iter().filter(|id| one || is_whole(id)).cloned().collect();
    bom.roots = roots;
    bom.list(list)
}

/// What a package is, from its purpose and its identifier.
pub(super) fn kind(purpose: &str, id: &str, is_named: bool) -> Kind {
    // Trivy says it in the identifier, where it says no purpose.
    let purpose = match id.strip_prefix("SPDXRef-").and_then(|id| id.split('-').next()) {
        Some("OperatingSystem") if purpose.is_empty() => "OPERATING-SYSTEM",
        Some("Application") if purpose.is_empty() => "SOURCE",
        _ => purpose,
    };
    match purpose.replace('_', "-").as_str() {
        "OPERATING-SYSTEM" => Kind::System,
        "CONTAINER" | "SOURCE" | "FILE" | "ARCHIVE" | "DEVICE" | "OTHER" => Kind::Holder,
        "APPLICATION" if !is_named => Kind::Holder,
        _ => Kind::Package,
    }
}

/// A text that says something.
pub(super) fn said(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty() && !UNSAID.contains(text))
}

fn component(node: &Node<'_>) -> Component {
    let references = node.get("externalRefs").map_or(&[][..], Node::items);
    let purl = references.iter().find(|reference| reference.text_of("referenceType") == Some("purl"));
    let version = said(node.text_of("versionInfo"));
    let license = said(node.text_of("licenseDeclared")).or(said(node.text_of("licenseConcluded")));
    let start = ["name", "versionInfo"].iter().filter_map(|key| node.member(key)).map(|member| member.start).min();
    let end = ["name", "versionInfo"].iter().filter_map(|key| node.get(key)).map(|value| value.end).max();
    Component {
        id: node.text_of("SPDXID").unwrap_or_default().to_owned(),
        name: node.text_of("name").unwrap_or_default().to_owned(),
        version: version.map(str::to_owned),
        purl: purl.and_then(|reference| reference.text_of("referenceLocator")).map(str::to_owned),
        license: license.and_then(License::stated),
        checksums: checksums(node),
        source: None,
        range: start.unwrap_or(node.start) as usize..end.unwrap_or(node.start) as usize,
        kind: kind(
            node.text_of("primaryPackagePurpose").unwrap_or_default(),
            node.text_of("SPDXID").unwrap_or_default(),
            version.is_some(),
        ),
        ..Component::default()
    }
}

fn checksums(node: &Node<'_>) -> Vec<Checksum> {
    let items = node.get("checksums").map_or(&[][..], Node::items).iter().take(checksum::MOST);
    items
        .filter_map(|item| {
            let algorithm = ChecksumAlgorithm::from_name(item.text_of("algorithm")?)?;
            Checksum::from_hex(algorithm, item.text_of("checksumValue")?)
        })
        .collect()
}
