//! CycloneDX in JSON, versions 1.2 to 1.7 (ECMA-424; cyclonedx.org, "Specification Overview").

use model::{Checksum, License, ProblemKind, Scope};

use super::bom::{Bom, Component, Kind};
use super::source_package;
use crate::Parsed;
use crate::bounds::quote;
use crate::checksum;
use crate::package_list::PackageList;
use crate::tree::Node;

/// Versions of the format that are known.
pub(super) const VERSIONS: [&str; 8] = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"];

pub(super) fn read(root: &Node<'_>, mut list: PackageList<'_>) -> Parsed {
    let version = root.get("specVersion");
    check_version(version.and_then(Node::word), version.unwrap_or(root).start as usize, &mut list);
    let mut bom = Bom::default();
    if let Some(about) = root.get("metadata").and_then(|metadata| metadata.get("component")) {
        let about_it = component(about);
        bom.roots.insert(about_it.id.clone());
        bom.components.push(about_it);
        take(about.get("components"), &mut bom, &mut list);
    }
    take(root.get("components"), &mut bom, &mut list);
    for node in root.get("dependencies").map_or(&[][..], Node::items) {
        let Some(from) = node.text_of("ref") else { continue };
        let needs = node.get("dependsOn").map_or(&[][..], Node::items).iter().filter_map(Node::text);
        bom.edges.extend(needs.map(|to| (from.to_owned(), to.to_owned())));
    }
    for node in root.get("compositions").map_or(&[][..], Node::items) {
        if let Some(aggregate) = node.text_of("aggregate") {
            check_complete(aggregate, node.start as usize, &mut list);
        }
    }
    if root.get("components").is_none() {
        list.note(ProblemKind::Shape, root.start as usize, "the inventory names no components");
    }
    bom.list(list)
}

/// A version that is not known is read as the newest that is.
pub(super) fn check_version(version: Option<&str>, at: usize, list: &mut PackageList<'_>) {
    if let Some(version) = version.filter(|version| !VERSIONS.contains(version)) {
        let message = format!("CycloneDX {} is not known: it is read as 1.7, and may say more", quote(version));
        list.warning(ProblemKind::FormatVersion, at, message);
    }
}

/// What its maker says of it, a reader must not keep to himself.
pub(super) fn check_complete(aggregate: &str, at: usize, list: &mut PackageList<'_>) {
    if aggregate.starts_with("incomplete") {
        list.warning(ProblemKind::Shape, at, "the inventory says of itself that it is not complete");
    }
}

/// Takes components and those inside them, whatever their depth.
fn take(node: Option<&Node<'_>>, bom: &mut Bom, list: &mut PackageList<'_>) {
    let mut waiting: Vec<&Node<'_>> = node.map_or(&[][..], Node::items).iter().rev().collect();
    while let Some(node) = waiting.pop() {
        waiting.extend(node.get("components").map_or(&[][..], Node::items).iter().rev());
        if node.text_of("name").is_none_or(str::is_empty) {
            list.error(ProblemKind::Shape, node.start as usize, "a component without a name: it is not read");
            continue;
        }
        bom.components.push(component(node));
    }
}

fn component(node: &Node<'_>) -> Component {
    let group = node.text_of("group").filter(|group| !group.is_empty());
    let name = node.text_of("name").unwrap_or_default();
    let version = node.text_of("version").filter(|version| !version.is_empty());
    let properties = node.get("properties").map_or(&[][..], Node::items);
    let property = |wanted: &str| {
        properties.iter().find(|item| item.text_of("name") == Some(wanted)).and_then(|item| item.text_of("value"))
    };
    let purl = node.text_of("purl").filter(|purl| !purl.is_empty());
    Component {
        id: node.text_of("bom-ref").or(purl).unwrap_or_default().to_owned(),
        name: group.map_or(name.to_owned(), |group| format!("{group}/{name}")),
        version: version.map(str::to_owned),
        purl: purl.map(str::to_owned),
        license: license(node),
        checksums: hashes(node),
        scope: scope(node.text_of("scope")),
        source: source_package::of(&property, version).map(Box::new),
        range: range(node),
        kind: kind(node.text_of("type").unwrap_or_default(), version.is_some()),
    }
}

/// The lines that another version would change.
fn range(node: &Node<'_>) -> std::ops::Range<usize> {
    let start = node.member("name").map_or(node.start, |member| member.start);
    let ends = ["name", "version", "purl"].iter().filter_map(|key| node.get(key)).map(|value| value.end);
    let first = ["name", "version", "purl"].iter().filter_map(|key| node.member(key)).map(|member| member.start).min();
    first.unwrap_or(start) as usize..ends.max().unwrap_or(start) as usize
}

/// What a component is, from its `type`.
pub(super) fn kind(stated: &str, has_version: bool) -> Kind {
    match stated {
        "operating-system" => Kind::System,
        // Trivy writes lockfiles as applications without a version.
        "application" | "container" | "platform" if !has_version => Kind::Holder,
        "file"
        | "data"
        | "device"
        | "device-driver"
        | "machine-learning-model"
        | "cryptographic-asset"
        | "firmware"
        | "container" => Kind::Holder,
        _ => Kind::Package,
    }
}

pub(super) fn scope(stated: Option<&str>) -> Scope {
    match stated {
        Some("required") => Scope::Runtime,
        Some("optional") => Scope::Optional,
        Some("excluded") => Scope::Development,
        _ => Scope::Unknown,
    }
}

/// A list of licences, or one expression; several licences hold together.
fn license(node: &Node<'_>) -> Option<License> {
    let stated = node.get("licenses")?.items().iter().filter_map(|choice| {
        choice.text_of("expression").or_else(|| {
            let license = choice.get("license")?;
            license.text_of("id").or_else(|| license.text_of("name"))
        })
    });
    License::stated(&stated.collect::<Vec<_>>().join(" AND "))
}

fn hashes(node: &Node<'_>) -> Vec<Checksum> {
    let items = node.get("hashes").map_or(&[][..], Node::items).iter().take(checksum::MOST);
    items
        .filter_map(|item| {
            let algorithm = model::ChecksumAlgorithm::from_name(item.text_of("alg")?)?;
            checksum::of(algorithm, item.text_of("content")?)
        })
        .collect()
}
