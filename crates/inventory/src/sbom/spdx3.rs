//! SPDX 3.0 in JSON-LD (spdx.github.io, "SPDX Specification 3.0.1"): a flat graph of elements and relationships.

use std::collections::HashMap;

use model::{Checksum, ChecksumAlgorithm, License, ProblemKind};

use super::bom::{Bom, Component, Kind};
use crate::Parsed;
use crate::checksum;
use crate::package_list::PackageList;
use crate::tree::Node;

pub(super) fn read(root: &Node<'_>, mut list: PackageList<'_>) -> Parsed {
    let elements = root.get("@graph").map_or(&[][..], Node::items);
    check_context(root, &mut list);
    let mut bom = Bom::default();
    let mut licenses: HashMap<&str, &str> = HashMap::new();
    for node in elements {
        match kind_of(node) {
            "software_Package" => bom.components.push(component(node)),
            "simplelicensing_LicenseExpression" => {
                licenses.extend(id(node).zip(node.text_of("simplelicensing_licenseExpression")));
            }
            "SpdxDocument" | "software_Sbom" | "Bom" => {
                bom.roots.extend(texts(node.get("rootElement")).map(str::to_owned));
            }
            _ => {}
        }
    }
    let places: HashMap<String, usize> =
        bom.components.iter().enumerate().map(|(at, component)| (component.id.clone(), at)).collect();
    for node in elements.iter().filter(|node| matches!(kind_of(node), "Relationship" | "LifecycleScopedRelationship")) {
        relate(node, &licenses, &places, &mut bom);
    }
    // A document's root is often its bill of materials, whose root is the thing itself.
    bom.roots.retain(|id| places.contains_key(id));
    super::spdx::finish(bom, list)
}

fn check_context(root: &Node<'_>, list: &mut PackageList<'_>) {
    let is_known = texts(root.get("@context")).any(|context| context.contains("/rdf/3.0"));
    if !is_known {
        let at = root.get("@context").unwrap_or(root).start as usize;
        let message = "the graph is not of SPDX 3.0: it is read as that, and may say more";
        list.warning(ProblemKind::FormatVersion, at, message);
    }
}

fn relate(node: &Node<'_>, licenses: &HashMap<&str, &str>, places: &HashMap<String, usize>, bom: &mut Bom) {
    let Some(from) = node.text_of("from") else { return };
    let kind = node.text_of("relationshipType").unwrap_or_default();
    for to in texts(node.get("to")) {
        match kind {
            "dependsOn" | "contains" | "hasDynamicLink" | "hasStaticLink" => {
                bom.edges.push((from.to_owned(), to.to_owned()));
            }
            "describes" => {
                bom.roots.insert(to.to_owned());
            }
            "hasDeclaredLicense" => {
                let license = licenses.get(to).and_then(|text| License::stated(text));
                if let Some(at) = places.get(from) {
                    bom.components[*at].license = license;
                }
            }
            _ => {}
        }
    }
}

fn component(node: &Node<'_>) -> Component {
    let identifiers = node.get("externalIdentifier").map_or(&[][..], Node::items).iter();
    let mut purls = identifiers
        .filter(|item| matches!(item.text_of("externalIdentifierType"), Some("packageUrl" | "packageURL" | "purl")));
    let purl = node.text_of("software_packageUrl").or_else(|| purls.next()?.text_of("identifier"));
    let version = node.text_of("software_packageVersion").filter(|version| !version.is_empty());
    let purpose = node.text_of("software_primaryPurpose").unwrap_or_default();
    let keys = ["name", "software_packageVersion"];
    let start = keys.iter().filter_map(|key| node.member(key)).map(|member| member.start).min().unwrap_or(node.start);
    let end = keys.iter().filter_map(|key| node.get(key)).map(|value| value.end).max().unwrap_or(node.start);
    Component {
        id: id(node).unwrap_or_default().to_owned(),
        name: node.text_of("name").or(purl).unwrap_or_default().to_owned(),
        version: version.map(str::to_owned),
        purl: purl.map(str::to_owned),
        checksums: checksums(node),
        range: start as usize..end as usize,
        kind: match purpose {
            "operatingSystem" => Kind::System,
            "container" | "source" | "file" | "archive" | "device" | "other" => Kind::Holder,
            _ => Kind::Package,
        },
        ..Component::default()
    }
}

fn checksums(node: &Node<'_>) -> Vec<Checksum> {
    let items = node.get("verifiedUsing").map_or(&[][..], Node::items).iter().take(checksum::MOST);
    items
        .filter_map(|item| {
            Checksum::from_hex(ChecksumAlgorithm::from_name(item.text_of("algorithm")?)?, item.text_of("hashValue")?)
        })
        .collect()
}

fn kind_of<'t>(node: &'t Node<'_>) -> &'t str {
    node.text_of("type").or_else(|| node.text_of("@type")).unwrap_or_default()
}

fn id<'t>(node: &'t Node<'_>) -> Option<&'t str> {
    node.text_of("spdxId").or_else(|| node.text_of("@id"))
}

/// A text, or the texts of a list.
fn texts<'t>(node: Option<&'t Node<'_>>) -> impl Iterator<Item = &'t str> {
    let (one, many) = (node.and_then(Node::text), node.map_or(&[][..], Node::items));
    one.into_iter().chain(many.iter().filter_map(Node::text))
}
