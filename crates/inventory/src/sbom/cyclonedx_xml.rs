//! CycloneDX in XML: the same facts as in JSON, as elements and attributes.

use model::{Checksum, ChecksumAlgorithm, License, ProblemKind};

use super::bom::{Bom, Component, Kind};
use super::{cyclonedx, source_package};
use crate::Parsed;
use crate::checksum;
use crate::package_list::PackageList;
use crate::xml_tree::{self, Element};

pub(super) fn read(text: &str, mut list: PackageList<'_>) -> Parsed {
    let (document, fault) = xml_tree::read(text);
    list.report(fault);
    let Some(root) = document.child("bom") else {
        list.error(ProblemKind::Shape, 0, "the XML has no `bom`: it is no inventory of CycloneDX");
        return list.finish();
    };
    let namespace = root.attribute("xmlns").unwrap_or_default();
    let version = namespace.rsplit_once("/bom/").map(|(_, version)| version);
    cyclonedx::check_version(version, root.start, &mut list);
    let mut bom = Bom::default();
    if let Some(about) = root.child("metadata").and_then(|metadata| metadata.child("component")) {
        let about_it = component(about);
        bom.roots.insert(about_it.id.clone());
        bom.components.push(about_it);
        take(about.child("components"), &mut bom, &mut list);
    }
    take(root.child("components"), &mut bom, &mut list);
    for from in root.child("dependencies").into_iter().flat_map(|all| all.all("dependency")) {
        let Some(id) = from.attribute("ref") else { continue };
        let needs = from.all("dependency").filter_map(|to| to.attribute("ref"));
        bom.edges.extend(needs.map(|to| (id.to_owned(), to.to_owned())));
    }
    for composition in root.child("compositions").into_iter().flat_map(|all| all.all("composition")) {
        if let Some(aggregate) = composition.text_of("aggregate") {
            cyclonedx::check_complete(aggregate, composition.start, &mut list);
        }
    }
    bom.list(list)
}

fn take(element: Option<&Element>, bom: &mut Bom, list: &mut PackageList<'_>) {
    let mut waiting: Vec<&Element> = inside(element);
    while let Some(element) = waiting.pop() {
        waiting.extend(inside(element.child("components")));
        if element.text_of("name").is_none() {
            list.error(ProblemKind::Shape, element.start, "a component without a name: it is not read");
            continue;
        }
        bom.components.push(component(element));
    }
}

/// The components of a list, last first.
fn inside(list: Option<&Element>) -> Vec<&Element> {
    let mut components: Vec<&Element> = list.into_iter().flat_map(|list| list.all("component")).collect();
    components.reverse();
    components
}

fn component(element: &Element) -> Component {
    let name = element.text_of("name").unwrap_or_default();
    let version = element.text_of("version");
    let purl = element.text_of("purl");
    let properties = element.child("properties");
    let property = |wanted: &str| {
        let mut all = properties.into_iter().flat_map(|all| all.all("property"));
        all.find(|property| property.attribute("name") == Some(wanted)).map(|property| property.text.as_str())
    };
    let kind = cyclonedx::kind(element.attribute("type").unwrap_or_default(), version.is_some());
    Component {
        id: element.attribute("bom-ref").or(purl).unwrap_or_default().to_owned(),
        name: element.text_of("group").map_or(name.to_owned(), |group| format!("{group}/{name}")),
        version: version.map(str::to_owned),
        purl: purl.map(str::to_owned),
        license: license(element),
        checksums: hashes(element),
        scope: cyclonedx::scope(element.text_of("scope")),
        source: source_package::of(&property, version).map(Box::new),
        range: range(element),
        kind: if purl.is_none() && kind == Kind::Package && name.is_empty() { Kind::Holder } else { kind },
    }
}

fn range(element: &Element) -> std::ops::Range<usize> {
    let pieces = || ["name", "version", "purl"].into_iter().filter_map(|name| element.child(name));
    let start = pieces().map(|piece| piece.start).min().unwrap_or(element.start);
    start..pieces().map(|piece| piece.end).max().unwrap_or(element.start)
}

fn license(element: &Element) -> Option<License> {
    let licenses = element.child("licenses")?;
    let named = licenses.all("license").filter_map(|license| license.text_of("id").or_else(|| license.text_of("name")));
    let stated: Vec<&str> = licenses.text_of("expression").into_iter().chain(named).collect();
    License::stated(&stated.join(" AND "))
}

fn hashes(element: &Element) -> Vec<Checksum> {
    let hashes = element.child("hashes").into_iter().flat_map(|all| all.all("hash")).take(checksum::MOST);
    hashes.filter_map(|hash| checksum::of(ChecksumAlgorithm::from_name(hash.attribute("alg")?)?, &hash.text)).collect()
}
